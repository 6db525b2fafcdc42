import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import { AskTracking, type Inbound, type Outbound, type Part, type TrackedCase } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { CaseFile } from '../case/case-file.entity.js';
import { Books } from '../deadline/books.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { SendAnswers } from '../message/send.answers.js';
import { Acknowledgements } from './acknowledgement.js';
import { codesOf, TrackingCodes, trackingHashOf, withoutCode } from './tracking.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const PAGES = 'https://servizi.example.org';
const CODE = /#(\d{4}-\d+-\d)\.([0-9A-HJKMNP-TV-Z]{12})/;

type Account = { readonly channel: string; readonly account: string };
let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: Account;
let chat: Account;
let comments: Account;
beforeAll(async () => {
  rest = await RestApplication.start({ CITIZEN_PAGES_URL: `${PAGES}/` });
  anna = await rest.administration('Valdoro', 'admin');
  const can = { reply: true, acknowledge: true, addressKinds: ['email'], text: { maxLength: 20_000 } };
  mail = await rest.channel({ ...can, subject: true, conversations: 'thread' }, anna.administrationId);
  chat = await rest.channel({ ...can, conversations: 'person' }, anna.administrationId);
  comments = await rest.channel({ ...can, public: true, conversations: 'thread' }, anna.administrationId);
});
afterAll(() => rest.stop());

const wrote = (account: Account, more: Partial<Inbound> = {}): Promise<{ caseId: string }> =>
  rest.receive(account, {
    conversation: v7(),
    from: { kind: 'email', value: `${v7()}@example.org`, displayName: 'Ada', verified: true },
    text: 'Il lampione è spento',
    ...more,
  });
/** The orders to send in a case, as the channel gets them. */
const orders = async (caseId: string): Promise<Outbound[]> => {
  const rows: { id: string; channel: string; account: string }[] = await rest.dataSource.query(
    `select id, channel, account from message where case_id = $1 and direction = 'out' and letter_id is null order by seq`,
    [caseId],
  );
  return Promise.all(
    rows.map(({ id, channel, account }) =>
      eventually(async () => {
        const { streams } = rest.core.bus.manager;
        const { state } = await streams.info('OUT');
        for (let seq = state.last_seq; seq >= state.first_seq; seq -= 1) {
          const found = await streams.getMessage('OUT', { seq }).catch(() => null);
          if (found?.subject !== subjects.out(channel, account)) continue;
          const order = found.json<Outbound>();
          if (order.id === id) return order;
        }
        return undefined;
      }),
    ),
  );
};
const wordsOf = (content: readonly Part[]): string =>
  content.map(part => (part.type === 'text' ? part.text : '')).join('\n');
/** The number and the code that a case's first order gives. */
const given = async (caseId: string): Promise<{ number: string; code: string; words: string }> => {
  const [order] = await orders(caseId);
  const words = wordsOf(order?.content ?? []);
  const [, number = '', code = ''] = CODE.exec(words) ?? [];
  return { number, code, words };
};
let place = 0;
const follow = (code: string) =>
  rest.ask<TrackedCase>('POST', '/public/tracked-cases', { body: { code }, from: `203.0.113.${(place += 1)}` });
const confide = (caseId: string): Promise<unknown> =>
  rest.dataSource.query(`update case_file set confidentiality = 'reserved' where id = $1`, [caseId]);

describe('whoever writes in private is given a code', () => {
  it.each([
    ['by letter, with the link and the code', () => mail, 'Codice per seguirla: '],
    ['where people talk, by the link alone and in few words', () => chat, 'Richiesta ricevuta: pratica '],
  ])('%s, which opens their case', async (_, account, says) => {
    const { caseId } = await wrote(account());
    const { number, code, words } = await given(caseId);
    expect(words).toContain(`${PAGES}/pratica#${number}.${code}`);
    expect(words).toContain(says);
    const seen = await follow(code);
    expect([seen.status, seen.body]).toEqual([
      200,
      expect.objectContaining({
        number,
        writable: false,
        said: [expect.objectContaining({ text: 'Il lampione è spento' })],
      }),
    ]);
    // As people type it: small letters, a space, letters that look like digits.
    expect(
      (
        await follow(
          code
            .toLowerCase()
            .replace(/^(.{4})/, '$1 ')
            .replaceAll('0', 'o'),
        )
      ).status,
    ).toBe(200);
  });

  it.each([
    [
      'whole',
      400,
      /^Richiesta ricevuta: pratica 2026-000001-5, presso Strade\. Risposta qui appena possibile\.\nPer seguirla: https/,
    ],
    [
      'without the link',
      100,
      /^Richiesta ricevuta: pratica 2026-000001-5, presso Strade\. Risposta qui appena possibile\.$/,
    ],
    ['without the office', 75, /^Richiesta ricevuta: pratica 2026-000001-5\. Risposta qui appena possibile\.$/],
    ['by its number alone', 20, /^2026-000001-5$/],
  ])('as far as there is room on their channel: %s', async (_, maxLength, words) => {
    const acknowledgements = await Acknowledgements.read(rest.dataSource.manager, rest.app.get(Books), []);
    const file = Object.assign(new CaseFile(), {
      id: 'x',
      administrationId: 'x',
      number: '2026-000001-5',
      subject: '',
    });
    const [part] = acknowledgements.content(file, {
      office: 'Strade',
      contact: null,
      capabilities: { text: { maxLength } },
      tracking: rest.app.get(TrackingCodes).mark({ number: file.number, confidentiality: null }),
      now: new Date(),
      promise: undefined,
    });
    expect(part).toEqual({ type: 'text', text: expect.stringMatching(words) });
  });

  it('that nothing here keeps: neither the message, nor what is searched, nor a log', async () => {
    const { caseId } = await wrote(mail);
    const { code } = await given(caseId);
    const tables: { name: string }[] = await rest.dataSource.query(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`,
    );
    for (const { name } of tables) {
      const held: unknown[] = await rest.core.query(
        `select from ${name} t where t::text like '%' || $1 || '%' limit 1`,
        [code],
      );
      expect([name, held.length]).toEqual([name, 0]);
    }
    const kept: { tracking_hash: Buffer }[] = await rest.dataSource.query(
      `select tracking_hash from message where case_id = $1 and direction = 'out'`,
      [caseId],
    );
    expect(kept.map(one => one.tracking_hash)).toEqual([trackingHashOf(code)]);
  });

  it('with which nothing can be added, since it came where one can answer', async () => {
    const { caseId } = await wrote(chat);
    const { code } = await given(caseId);
    const asked = Object.assign(new AskTracking(), { trackingCode: code });
    expect(await rest.app.get(SendAnswers, { strict: false }).tracking(asked)).toEqual({ found: false });
  });

  it('that shows the answers, and of what gave it nothing again', async () => {
    const { caseId } = await wrote(mail);
    const { code } = await given(caseId);
    await rest.dataSource.query(
      `update message set automatic = null, send_state = 'sent' where case_id = $1 and direction = 'out'`,
      [caseId],
    );
    const { body } = await follow(code);
    expect(body.answers).toHaveLength(1);
    expect(body.answers[0]?.text).toMatch(/pratica n\./);
    expect(body.answers[0]?.text).not.toMatch(/Codice|pratica#|•/);
  });
});

describe('who follows a case', () => {
  it('reads which office answered, the outcome and why it is so, as shipped', async () => {
    const { caseId } = await wrote(mail);
    const { code } = await given(caseId);
    const [conversation]: { id: string }[] = await rest.dataSource.query(
      'select distinct conversation_id as id from message where case_id = $1',
      [caseId],
    );
    const replied = await rest.ask('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { conversation: conversation?.id, text: 'Lo ripariamo domani.' },
    });
    expect([replied.status, replied.text]).toEqual([201, expect.anything()]);
    await rest.dataSource.query(`update message set send_state = 'sent' where case_id = $1 and direction = 'out'`, [
      caseId,
    ]);
    const [office]: { name: string }[] = await rest.dataSource.query('select name from office where id = $1', [
      anna.officeId,
    ]);
    const ends = async (reason: string): Promise<TrackedCase> => {
      await rest.dataSource.query(
        `update case_file set state = 'resolved', outcome = 'negative', outcome_reason = $2, ended_at = now() where id = $1`,
        [caseId, reason],
      );
      return (await follow(code)).body;
    };
    const seen = await ends('no_resources');
    expect(seen.answers).toEqual([expect.objectContaining({ text: 'Lo ripariamo domani.', office: office?.name })]);
    expect(seen).toMatchObject({
      outcome: 'Negativo',
      outcomeReasonCode: 'no_resources',
      outcomeReason: 'Mancano le risorse',
    });
    // A reason that the administration added has words for its own people alone.
    expect(await ends('bilancio_2027')).not.toHaveProperty('outcomeReason');
  });
});

describe('a link', () => {
  it('opens the case that took the other in, by the number that it was given with', async () => {
    const [first, second] = [await wrote(mail), await wrote(mail)];
    const link = await given(second.caseId);
    const version = (await rest.ask<{ version: number }>('GET', `/api/cases/${first.caseId}`, { as: anna })).body
      .version;
    const merged = await rest.ask('POST', `/api/cases/${first.caseId}/merges`, {
      as: anna,
      body: { from: second.caseId, differentPeople: true },
      headers: { 'if-match': `"${version}"` },
    });
    expect([merged.status, merged.text]).toEqual([201, expect.anything()]);
    const asked = (number: string) =>
      rest.ask<TrackedCase>('POST', '/public/tracked-cases', {
        body: { code: link.code, number },
        from: `203.0.113.${(place += 1)}`,
      });
    const seen = await asked(link.number);
    expect([seen.status, seen.body.number]).toEqual([200, (await given(first.caseId)).number]);
    expect((await asked('2026-999999-9')).status).toBe(404);
  });
});

describe('what nobody marked', () => {
  it('keeps its dots, whoever wrote them, and is no code', async () => {
    const dots = 'IBAN IT60 ••••••••••••3456';
    const { caseId } = await wrote(chat, {
      from: { kind: 'email', value: `${v7()}@example.org`, displayName: 'Ada', verified: true },
      content: [{ type: 'text', text: dots }],
    });
    const { code } = await given(caseId);
    const [conversation]: { id: string }[] = await rest.dataSource.query(
      'select distinct conversation_id as id from message where case_id = $1',
      [caseId],
    );
    await rest.ask('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { conversation: conversation?.id, text: `Sul conto\n${dots}\nil 12 dicembre` },
    });
    await rest.dataSource.query(`update message set send_state = 'sent' where case_id = $1 and direction = 'out'`, [
      caseId,
    ]);
    const { body } = await follow(code);
    expect(body.said.map(one => one.text)).toEqual([dots]);
    expect(body.answers.map(one => one.text)).toEqual([`Sul conto\n${dots}\nil 12 dicembre`]);
  });
});

describe('no code is given', () => {
  it.each([
    ['to what everybody reads', () => comments, { flags: { public: true } }],
    ['to what several people read', () => chat, { flags: { shared: true } }],
    ['to a machine', () => mail, { flags: { automatic: 'autoreply' } }],
  ] as const)('%s', async (_, account, more) => {
    const { caseId } = await wrote(account(), more as Partial<Inbound>);
    expect((await orders(caseId)).map(order => wordsOf(order.content)).join('\n')).not.toMatch(/pratica#|Codice/);
    expect(
      await rest.dataSource.query(`select from message where case_id = $1 and tracking_hash is not null`, [caseId]),
    ).toEqual([]);
  });

  it('by a case that not everybody may know of, and one given before opens it, and rates it, no more', async () => {
    const { caseId } = await wrote(mail);
    const { code } = await given(caseId);
    await rest.dataSource.query(
      `update case_file set state = 'resolved', outcome = 'positive', outcome_reason = 'done', ended_at = now() where id = $1`,
      [caseId],
    );
    const rate = () =>
      rest.ask('POST', '/public/ratings', { body: { code, stars: 1 }, from: `203.0.113.${(place += 1)}` });
    expect((await rate()).status).toBeLessThan(300);
    await confide(caseId);
    expect((await follow(code)).status).toBe(404);
    expect((await rate()).status).toBe(404);
  });
});

describe('a code', () => {
  const said = { id: v7(), administrationId: v7() };
  const codes = (...keys: [string, ...string[]]): TrackingCodes => new TrackingCodes(keys, PAGES);
  const marked = (from: TrackingCodes) => {
    const mark = from.mark({ number: '2026-000001-7', confidentiality: null });
    const content: Part[] = [{ type: 'text', text: `Prima.\n\nQui: ${mark?.link}\nO: ${mark?.code}\n\nPoi.` }];
    return { ...said, content, trackingHash: from.hashFor({ ...said, content }) };
  };
  const codeOf = (message: { content: readonly Part[] }): string => CODE.exec(wordsOf(message.content))?.[2] ?? '';

  it('is the same whenever its message is made again, also after the key changed', () => {
    const message = marked(codes('one'));
    const first = codes('one').leaving(message);
    expect(codesOf(codeOf(first)).map(trackingHashOf)).toContainEqual(message.trackingHash);
    expect(codes('one').leaving(message)).toEqual(first);
    expect(codes('two', 'one').leaving(message)).toEqual(first);
    expect(codeOf(codes('one').leaving({ ...marked(codes('one')), id: v7() }))).not.toBe(codeOf(first));
  });

  it('is left out, with its line, when the key that made it is gone: never a wrong one', () => {
    expect(wordsOf(codes('two').leaving(marked(codes('one'))).content)).toBe('Prima.\n\nPoi.');
  });

  it('is of no message without its mark, and no mark is made where citizens have no pages', () => {
    const plain = { ...said, content: [{ type: 'text' as const, text: 'Ciao.' }] };
    expect(codes('one').hashFor(plain)).toBeNull();
    expect(codes('one').leaving(plain)).toBe(plain);
    expect(
      new TrackingCodes(['one'], undefined).mark({ number: '2026-000001-7', confidentiality: null }),
    ).toBeUndefined();
    expect(codes('one').mark({ number: '2026-000001-7', confidentiality: 'reserved' })).toBeUndefined();
  });

  it('goes from words with its line, and nothing else does', () => {
    expect(withoutCode(wordsOf(marked(codes('one')).content))).toBe('Prima.\n\nPoi.');
    expect(withoutCode('Due\n\n\n\nrighe •••')).toBe('Due\n\n\n\nrighe •••');
  });
});
