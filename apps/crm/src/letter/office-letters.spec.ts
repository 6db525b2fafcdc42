import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AskTracking, type CaseView, type Inbound, type MessageView, type ProblemView } from '@filodiretto/contracts';
import type { CaseFact } from '@filodiretto/contracts/model';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { SendAnswers } from '../message/send.answers.js';
import { OfficeLetters, type Letter, type Written } from './office-letters.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: { channel: string; account: string };
let roads: string;
let laura: TestOperator;

const ROADS = 'strade@comune.example';
const LAURA = 'laura.bassi@comune.example';

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  await rest.administration('Montechiaro');
  mail = await rest.channel(
    {
      reply: true,
      initiate: true,
      acknowledge: true,
      subject: true,
      text: { maxLength: 20_000 },
      attachments: { max: 5, maxBytes: 1_000_000, mediaTypes: ['*/*'] },
      conversations: 'thread',
      addressKinds: ['email'],
    },
    anna.administrationId,
  );
  roads = await rest.office(anna.administrationId, 'Strade');
  await rest.dataSource.query('update office set email = $2 where id = $1', [roads, ROADS]);
  laura = await rest.operator(anna.administrationId, roads, 'Laura Bassi');
  await rest.dataSource.query('update operator set email = $2 where id = $1', [
    laura.id,
    'Laura.Bassi@Comune.example ',
  ]);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const CITIZEN = 'ada.righi@example.org';
const report = (
  said: Partial<Inbound> & { readonly text?: string } = {},
): Promise<{ message: string; caseId: string }> =>
  rest.receive(mail, {
    subject: 'Albero caduto',
    text: 'Un albero è caduto in via Roma.',
    from: { kind: 'email', value: CITIZEN, displayName: 'Ada Righi' },
    ...said,
  });
const write = (letter: Partial<Letter>): Promise<Written> =>
  rest.dataSource.transaction(manager =>
    rest.app.get(OfficeLetters).write(manager, {
      administrationId: anna.administrationId,
      to: { office: roads },
      kind: 'assignment',
      subject: 'Pratica assegnata',
      text: 'Vi è stata assegnata una pratica.',
      cause: null,
      ...letter,
    }),
  );
const seen = async (caseId: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
const move = async (caseId: string, body: object): Promise<void> => {
  const { version } = await seen(caseId);
  const headers = { 'if-match': `"${version}"` };
  expect((await rest.ask('POST', `/api/cases/${caseId}/transitions`, { as: anna, body, headers })).status).toBe(200);
};
const messages = async (caseId: string): Promise<MessageView[]> =>
  (await seen(caseId)).timeline.flatMap(entry => entry.message ?? []);
const facts = async (caseId: string): Promise<CaseFact[]> =>
  (
    await rest.core.query<{ fact: CaseFact }>('select fact from journal where case_id = $1 order by version', [caseId])
  ).map(row => row.fact);
const tokenOf = async ({ message }: Written): Promise<string> => {
  if (message === null) throw new Error('the letter waits');
  return (await rest.orderOf(message, mail)).thread.token;
};
const answer = (
  token: string,
  said: Partial<Inbound> & { readonly text?: string },
): Promise<{ message: string; caseId: string }> =>
  rest.receive(mail, { thread: { tokens: [token] }, conversation: `mail-${v7()}`, ...said });

describe('a letter to an office', () => {
  it('goes to its address as an internal message of the case, with the number and a proof of its own', async () => {
    const { caseId } = await report();
    const before = await seen(caseId);
    const written = await write({ caseId });
    const order = await rest.orderOf(written.message ?? '', mail);
    expect(order).toMatchObject({
      to: { kind: 'email', value: ROADS, displayName: 'Strade' },
      author: 'automation',
      automatic: 'notification',
      visibility: 'internal',
      subject: `Pratica assegnata [#${before.number}]`,
      content: [{ type: 'text', text: 'Vi è stata assegnata una pratica.' }],
    });
    expect(order.thread.token).toMatch(/^l-/);
    const after = await seen(caseId);
    expect(after.version).toBe(before.version + 1);
    expect(after.lastMessageAt).toBe(before.lastMessageAt);
    const shown = (await messages(caseId)).find(message => message.id === written.message);
    expect(shown).toMatchObject({
      visibility: 'internal',
      letter: { id: written.letter, kind: 'assignment', office: { id: roads, name: 'Strade' } },
    });
    expect(shown?.letter?.verified).toBeUndefined();
    expect(after.conversations.filter(one => one.internal)).toHaveLength(1);
  });

  it('does not get in the way of who had just read the case', async () => {
    const { caseId } = await report();
    const { version } = await seen(caseId);
    await write({ caseId });
    const change = (
      ifMatch: number,
    ): Promise<{ status: number; body: ProblemView & { changes?: { fact: string }[] } }> =>
      rest.ask('PATCH', `/api/cases/${caseId}`, {
        as: anna,
        body: { priority: ifMatch === version ? 'high' : 'low' },
        headers: { 'if-match': `"${ifMatch}"` },
      });
    expect((await change(version)).status).toBe(200);
    const late = await change(version + 1);
    expect([late.status, late.body.changes?.map(one => one.fact)]).toEqual([412, ['priority_changed']]);
  });

  it('goes to an operator at their own address, and to a body outside at the one given', async () => {
    const { caseId } = await report();
    const toLaura = await write({ caseId, to: { operator: laura.id } });
    expect((await rest.orderOf(toLaura.message ?? '', mail)).to).toMatchObject({
      value: LAURA,
      displayName: 'Laura Bassi',
    });
    const outside = await write({ caseId, to: { address: 'Guasti@Acquedotto.example', name: 'Acquedotto' } });
    expect((await rest.orderOf(outside.message ?? '', mail)).to.value).toBe('guasti@acquedotto.example');
  });

  it('is threaded with the letters before it about the same case', async () => {
    const { caseId } = await report();
    const first = await write({ caseId });
    await rest.dataSource.query('update message set external_id = $2 where id = $1', [first.message, 'first@here']);
    const second = await write({ caseId, kind: 'reminder' });
    const order = await rest.orderOf(second.message ?? '', mail);
    expect(order.thread.references).toEqual(['first@here']);
    expect(order.conversation).toBe(`letter:${first.letter}`);
  });

  it('is refused for an office or a case of another administration', async () => {
    const other = await rest.administration('Altrove');
    const { caseId } = await report();
    await expect(write({ to: { office: other.office } })).rejects.toThrow('its administration does not have');
    await expect(
      write({ administrationId: other.administrationId, to: { office: other.office }, caseId }),
    ).rejects.toThrow('there is no case');
  });

  it('leaves nothing behind when its transaction does not commit', async () => {
    const { caseId } = await report();
    const before = await facts(caseId);
    await expect(
      rest.dataSource.transaction(async manager => {
        await rest.app.get(OfficeLetters).write(manager, {
          administrationId: anna.administrationId,
          to: { office: roads },
          caseId,
          kind: 'reminder',
          subject: 's',
          text: 't',
          cause: null,
        });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await facts(caseId)).toEqual(before);
    expect((await messages(caseId)).filter(one => one.visibility === 'internal')).toEqual([]);
  });

  it('may be about no case', async () => {
    const written = await write({ kind: 'weekly', subject: 'La vostra settimana' });
    expect((await rest.orderOf(written.message ?? '', mail)).subject).toBe('La vostra settimana');
  });
});

describe('a letter that nothing can carry', () => {
  it('waits, says so in the journal once, and leaves as soon as the office has an address', async () => {
    const { caseId } = await report();
    const office = await rest.office(anna.administrationId, 'Verde');
    const written = await write({ caseId, to: { office } });
    expect(written.message).toBeNull();
    expect(await facts(caseId)).toContain('letter_delayed');
    const due = (): Promise<unknown> =>
      rest.dataSource.query('update letter set next_try_at = now() where id = $1', [written.letter]);
    await due();
    expect(await rest.app.get(OfficeLetters).writeWaiting()).toBe(0);
    await rest.dataSource.query('update office set email = $2 where id = $1', [office, 'verde@comune.example']);
    expect(await rest.app.get(OfficeLetters).writeWaiting()).toBe(0);
    await due();
    expect(await rest.app.get(OfficeLetters).writeWaiting()).toBe(1);
    expect((await facts(caseId)).filter(fact => fact.startsWith('letter_'))).toEqual([
      'letter_delayed',
      'letter_queued',
    ]);
    const [row] = await rest.core.query<Record<string, unknown>>('select * from letter where id = $1', [
      written.letter,
    ]);
    expect(row).toMatchObject({ state: 'queued', trouble: null, sent_to: 'verde@comune.example' });
  });

  it('is sent once, by whichever of two processes finds it', async () => {
    const { caseId } = await report();
    const office = await rest.office(anna.administrationId, 'Parchi');
    const written = await write({ caseId, to: { office } });
    await rest.dataSource.query('update office set email = $2 where id = $1', [office, 'parchi@comune.example']);
    await rest.dataSource.query('update letter set next_try_at = now() where id = $1', [written.letter]);
    const letters = rest.app.get(OfficeLetters);
    const left = await Promise.all([letters.writeWaiting(), letters.writeWaiting(), letters.writeWaiting()]);
    expect(left.reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  it('waits for a channel where the administration has none', async () => {
    const other = await rest.administration('Senzaposta');
    await rest.dataSource.query('update office set email = $2 where id = $1', [other.office, 'urp@senza.example']);
    const written = await write({ administrationId: other.administrationId, to: { office: other.office } });
    expect(written.message).toBeNull();
    const [row] = await rest.core.query<Record<string, unknown>>('select trouble from letter where id = $1', [
      written.letter,
    ]);
    expect(row?.trouble).toMatch(/^No channel/);
  });
});

describe('an answer to a letter', () => {
  it('is the words of the office: internal, no contact, no acknowledgement, and the case is taken in charge', async () => {
    const { caseId } = await report();
    await move(caseId, { command: 'assign', office: roads });
    const token = await tokenOf(await write({ caseId }));
    const back = await answer(token, { text: 'Interveniamo domani.', from: { kind: 'email', value: ROADS } });
    expect(back.caseId).toBe(caseId);
    const view = await seen(caseId);
    expect(view).toMatchObject({ state: 'in_charge', office: { id: roads } });
    expect((await messages(caseId)).find(one => one.id === back.message)).toMatchObject({
      direction: 'in',
      author: 'office',
      visibility: 'internal',
      letter: { office: { id: roads }, verified: true },
    });
    expect((await facts(caseId)).slice(-2)).toEqual(['office_answered', 'taken_in_charge']);
    expect(
      await rest.core.query(`select state from work_item where case_id = $1 and state <> 'done'`, [caseId]),
    ).toEqual([]);
    const contacts: unknown[] = await rest.dataSource.query('select from contact_address where value = $1', [ROADS]);
    expect(contacts).toEqual([]);
    const acknowledged = (await messages(caseId)).filter(one => one.automatic === 'acknowledgement');
    expect(acknowledged.filter(one => one.address.value !== CITIZEN)).toEqual([]);
  });

  it('of a member at their own address is theirs by name', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId }));
    const { message } = await answer(token, { from: { kind: 'email', value: LAURA } });
    expect((await messages(caseId)).find(one => one.id === message)).toMatchObject({
      author: 'office',
      operator: { id: laura.id, name: 'Laura Bassi' },
    });
    const [fact] = await rest.core.query<Record<string, unknown>>(
      `select actor_kind, actor_id from journal where case_id = $1 and fact = 'office_answered'`,
      [caseId],
    );
    expect(fact).toEqual({ actor_kind: 'operator', actor_id: laura.id });
  });

  it('of who no longer works here is that of a stranger, also to a letter that was theirs', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId, to: { operator: laura.id } }));
    await rest.core.query('update operator set active = false where id = $1', [laura.id]);
    const { message } = await answer(token, { from: { kind: 'email', value: LAURA } });
    await rest.core.query('update operator set active = true where id = $1', [laura.id]);
    expect((await messages(caseId)).find(one => one.id === message)?.author).not.toBe('office');
    expect(
      await rest.core.query(`select 1 from journal where case_id = $1 and fact = 'office_answered'`, [caseId]),
    ).toEqual([]);
  });

  it('is recognised by the thread alone, where the token was lost', async () => {
    const { caseId } = await report();
    const written = await write({ caseId });
    await rest.dataSource.query('update message set external_id = $2 where id = $1', [
      written.message,
      `sent-${caseId}`,
    ]);
    const back = await rest.receive(mail, {
      thread: { references: [`sent-${caseId}`] },
      from: { kind: 'email', value: ROADS },
      text: 'Fatto.',
    });
    expect(back.caseId).toBe(caseId);
    expect(await facts(caseId)).toContain('office_answered');
  });

  it.each([
    ['a stranger', { from: { kind: 'email', value: 'qualcuno@altrove.example' } }, 'stranger'],
    [
      'who pretends to be the office',
      { from: { kind: 'email', value: ROADS }, flags: { unauthenticated: true } },
      'unauthenticated',
    ],
    [
      'a machine of the office',
      { from: { kind: 'email', value: ROADS }, flags: { automatic: 'auto_reply' } },
      'automatic',
    ],
  ] as const)('from %s is kept and shown, and does not act', async (_, said, because) => {
    const { caseId } = await report();
    await move(caseId, { command: 'assign', office: roads });
    const token = await tokenOf(await write({ caseId }));
    const { message } = await answer(token, said);
    expect((await seen(caseId)).state).toBe('assigned');
    expect((await messages(caseId)).find(one => one.id === message)).toMatchObject({
      visibility: 'internal',
      letter: { verified: false },
    });
    const [last] = await rest.core.query<Record<string, unknown>>(
      'select fact, data from journal where case_id = $1 order by version desc limit 1',
      [caseId],
    );
    expect(last).toMatchObject({ fact: 'answer_set_aside', data: { because } });
  });

  it('whose proof is forged, or of another administration, proves nothing', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId }));
    const forged = await answer(
      token.replace(/.$/, last => (last === '0' ? '1' : '0')),
      {
        from: { kind: 'email', value: ROADS },
      },
    );
    expect(forged.caseId).not.toBe(caseId);
  });

  it('arrives also after the end of the case, which stays ended', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId }));
    await move(caseId, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    const back = await answer(token, { from: { kind: 'email', value: ROADS } });
    expect(back.caseId).toBe(caseId);
    expect((await seen(caseId)).state).toBe('resolved');
    expect(await facts(caseId)).toContain('office_answered');
  });

  it('that came twice is one', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId }));
    const externalId = `twice-${v7()}`;
    await answer(token, { externalId, from: { kind: 'email', value: ROADS } });
    await answer(token, { externalId, from: { kind: 'email', value: ROADS } });
    expect((await facts(caseId)).filter(fact => fact === 'office_answered')).toHaveLength(1);
  });

  it('to a letter about no case is kept', async () => {
    const token = await tokenOf(await write({ kind: 'weekly' }));
    const externalId = `weekly-${v7()}`;
    await expect(answer(token, { externalId, from: { kind: 'email', value: ROADS } })).rejects.toThrow(
      'opened no case',
    );
    const rows = await rest.core.query<Record<string, unknown>>(
      'select visibility, author from message where external_id = $1',
      [externalId],
    );
    expect(rows).toEqual([{ visibility: 'internal', author: 'office' }]);
  });
});

describe('the citizen', () => {
  it('is answered where they wrote, also when the office wrote last', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId }));
    await answer(token, { text: 'Sistemato.', from: { kind: 'email', value: ROADS } });
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Fatto!' },
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ visibility: 'parties', address: { value: CITIZEN } });
    const order = await rest.orderOf(reply.body.id, mail);
    expect(order.thread.token).toMatch(/^c-/);
    expect(JSON.stringify(order)).not.toContain(ROADS);
  });

  it('of a case opened by hand is written to at their own address, not in the thread of the letter', async () => {
    const { body } = await rest.ask<CaseView>('POST', '/api/cases', {
      as: anna,
      body: {
        subject: 'Buca',
        newContact: { name: 'Bruno', addresses: [{ kind: 'email', value: 'bruno@example.org' }] },
      },
    });
    await write({ caseId: body.id });
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${body.id}/replies`, {
      as: anna,
      body: { text: 'Ok' },
    });
    expect(reply.body.address?.value).toBe('bruno@example.org');
  });

  it('who was passed a letter and answers in it is still the citizen', async () => {
    const { caseId } = await report();
    const token = await tokenOf(await write({ caseId }));
    const back = await answer(token, { text: 'Grazie', from: { kind: 'email', value: CITIZEN.toUpperCase() } });
    expect(back.caseId).toBe(caseId);
    expect((await messages(caseId)).find(one => one.id === back.message)).toMatchObject({
      author: 'contact',
      visibility: 'parties',
    });
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Prego' },
    });
    expect(reply.body.address.value.toLowerCase()).toBe(CITIZEN);
  });

  it('sees nothing of letters when following the matter', async () => {
    const trackingCode = 'segreto-di-ada-1';
    const { caseId } = await report({ trackingCode });
    const tracking = (): Promise<object> =>
      rest.app.get(SendAnswers, { strict: false }).tracking(Object.assign(new AskTracking(), { trackingCode }));
    const before = await tracking();
    const token = await tokenOf(await write({ caseId, text: 'Riservato agli uffici' }));
    await answer(token, { text: 'Nota interna', from: { kind: 'email', value: ROADS } });
    expect(await tracking()).toEqual(before);
  });
});

describe('an operator', () => {
  it('answers the office in its thread, where nothing reaches the citizen', async () => {
    const { caseId } = await report();
    const before = await seen(caseId);
    const token = await tokenOf(await write({ caseId }));
    await answer(token, { text: 'In quale civico?', from: { kind: 'email', value: ROADS } });
    const conversation = (await seen(caseId)).conversations.find(one => one.internal);
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Al 12.', conversation: conversation?.id, visibility: 'parties' },
    });
    expect(reply.body).toMatchObject({
      visibility: 'internal',
      address: { value: ROADS },
      letter: { kind: 'assignment' },
    });
    expect((await rest.orderOf(reply.body.id, mail)).thread.token).toBe(token);
    expect((await seen(caseId)).lastMessageAt).toBe(before.lastMessageAt);
    expect((await facts(caseId)).at(-1)).toBe('letter_queued');
  });

  it('who asks for an internal message to a citizen is told to write a note', async () => {
    const { caseId } = await report();
    const reply = await rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'x', visibility: 'internal' },
    });
    expect(reply.status).toBe(422);
  });

  it('may order a failed letter again, with the same proof', async () => {
    const { caseId } = await report();
    const written = await write({ caseId });
    const token = await tokenOf(written);
    await rest.dataSource.query(`update message set send_state = 'failed', failed_at = now() where id = $1`, [
      written.message,
    ]);
    const again = await rest.ask('POST', `/api/messages/${written.message}/attempts`, { as: anna, body: {} });
    expect(again.status).toBeLessThan(300);
    expect((await rest.orderOf(written.message ?? '', mail)).thread.token).toBe(token);
    expect((await facts(caseId)).at(-1)).toBe('letter_queued');
  });
});
