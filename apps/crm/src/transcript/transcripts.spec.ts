import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView, Inbound, MessageView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let talk: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start({ TRANSCRIPT_SILENCE_SECONDS: '5' });
  anna = await rest.administration('Valdoro', 'admin');
  talk = await rest.channel(
    { reply: true, text: { maxLength: 4_000 }, conversations: 'person' },
    anna.administrationId,
  );
  await rest.channel(
    {
      reply: true,
      initiate: true,
      acknowledge: true,
      subject: true,
      text: { maxLength: 1_500 },
      conversations: 'thread',
      addressKinds: ['email'],
    },
    anna.administrationId,
  );
}, 60_000);
afterAll(() => rest.stop(), 120_000);

interface Talk {
  readonly caseId: string;
  readonly email: string;
  readonly say: (text: string, more?: Partial<Inbound>) => Promise<void>;
  readonly ask: (email?: string) => Promise<void>;
}
async function begun(text: string): Promise<Talk> {
  const conversation = v7();
  const email = `${conversation}@posta.example`;
  const from = { kind: 'visitor', value: conversation, verified: false };
  const one = await rest.receive(talk, { conversation, from, text });
  const say: Talk['say'] = async (words, more = {}) => {
    await rest.receive(talk, { conversation, from, text: words, ...more });
  };
  const ask: Talk['ask'] = (value = email) =>
    say('Vorrei averla per iscritto.', { transcriptTo: { kind: 'email', value, verified: false } });
  return { caseId: one.caseId, email, say, ask };
}
const write = async (caseId: string, text: string): Promise<void> => {
  const answer = await rest.ask('POST', `/api/cases/${caseId}/replies`, {
    as: anna,
    body: { text },
    headers: { 'idempotency-key': v7() },
  });
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
};
/** Replies, and the channel says that it went. */
const reply = async (caseId: string, text: string): Promise<void> => {
  await write(caseId, text);
  await left(caseId);
};
/** The channel says of what waits in the conversation that it went. */
const left = async (caseId: string): Promise<void> => {
  const queued = await rest.core.query<{ message: string; attempt: number; account: string }>(
    `select id as message, attempt, account from message where case_id = $1 and channel = $2 and send_state = 'queued'`,
    [caseId, talk.channel],
  );
  expect(queued).toHaveLength(1);
  for (const one of queued)
    await rest.core.tell({ ...one, channel: talk.channel, state: 'sent', at: new Date().toISOString() });
};
/** What left the case by another channel than the conversation's own. */
const sent = async (caseId: string): Promise<MessageView[]> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body.timeline
    .flatMap(entry => entry.message ?? [])
    .filter(one => one.direction === 'out' && one.channel !== talk.channel);
const once = (caseId: string): Promise<MessageView> => eventually(async () => (await sent(caseId))[0], 75);
const words = (message: MessageView): string =>
  message.content.map(part => (part.type === 'text' ? part.text : '')).join('');
/** How many wishes are still looked at. */
const waiting = async (caseId: string): Promise<number> => {
  const [row] = await rest.core.query<{ count: number }>(
    `select count(*)::int as count from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     join message m on m.id = (j.payload->>'wish')::uuid where t.identifier = 'transcript.send' and m.case_id = $1`,
    [caseId],
  );
  return row?.count ?? 0;
};
const settled = (caseId: string): Promise<true> =>
  eventually(async () => (await waiting(caseId)) === 0 || undefined, 75);

describe('a conversation in writing', () => {
  it('is sent once, to the address that was typed in it, when it is silent: all that was said about the case, and no note', async () => {
    const { caseId, email, say, ask } = await begun('Quando passa il camion del vetro?');
    await ask();
    await rest.ask('POST', `/api/cases/${caseId}/internal-notes`, {
      as: anna,
      body: { text: 'Nota che nessuno fuori legge' },
      headers: { 'idempotency-key': v7() },
    });
    await reply(caseId, 'Il martedì mattina.');
    await say('Grazie!');
    expect(await sent(caseId)).toEqual([]);
    const letter = await once(caseId);
    expect(letter.address.value).toBe(email);
    expect(letter).toMatchObject({ author: 'automation', automatic: 'notification', visibility: 'parties' });
    const text = words(letter);
    expect(text).toMatch(/Quando passa il camion del vetro\?[\s\S]*Il martedì mattina\.[\s\S]*Grazie!/);
    expect(text).not.toContain('Nota che');
    expect(text).not.toContain('per iscritto');
    await settled(caseId);
    expect(await sent(caseId)).toHaveLength(1);
  }, 240_000);

  it('is sent of a long conversation as far as it fits, the last words first, and says that there was more', async () => {
    const { caseId, say, ask } = await begun(`Le prime parole ${'a'.repeat(600)}`);
    await say(`Le altre parole ${'b'.repeat(600)}`);
    await ask();
    await reply(caseId, 'Le ultime parole');
    const text = words(await once(caseId));
    expect(text.length).toBeLessThanOrEqual(1_500);
    expect(text).toContain('Le ultime parole');
    expect(text).not.toContain('Le prime parole');
    expect(text).toContain('è troppo lunga');
  }, 240_000);

  it('is not sent while an answer may still be taken back, also when its case is over', async () => {
    const { caseId, ask } = await begun('È aperta la biblioteca?');
    await ask();
    await write(caseId, 'Sì, fino alle otto.');
    await rest.core.query(`update case_file set state = 'resolved', ended_at = now() where id = $1`, [caseId]);
    await new Promise(resolve => setTimeout(resolve, 4_000));
    expect(await sent(caseId)).toEqual([]);
    await left(caseId);
    expect(words(await once(caseId))).toContain('Sì, fino alle otto.');
  }, 240_000);

  it('is sent to the last address that was typed, when two were', async () => {
    const { caseId, ask } = await begun('Dove si paga la mensa?');
    await ask(`${v7()}@posta.example`);
    const right = `${v7()}@posta.example`;
    await ask(right);
    await reply(caseId, 'Sul portale.');
    expect((await once(caseId)).address.value).toBe(right);
    await settled(caseId);
    expect(await sent(caseId)).toHaveLength(1);
  }, 240_000);

  it('is not sent by itself while nobody answered, nor of a confidential case', async () => {
    const [unanswered, confidential] = [await begun('C’è nessuno?'), await begun('È una cosa delicata')];
    await unanswered.ask();
    await rest.dataSource.query(`update case_file set confidentiality = 'reserved' where id = $1`, [
      confidential.caseId,
    ]);
    await rest.dataSource.query(
      `insert into message (id, administration_id, conversation_id, seq, case_id, contact_id, direction, author, channel, account, address,
         content, text, visibility, send_state, send_rank, attempt, queued_at, sent_at, received_at)
       select gen_random_uuid(), administration_id, conversation_id, seq + 1000, case_id, contact_id, 'out', 'operator', channel, account, address,
         '[{"type":"text","text":"Eccoci"}]', 'Eccoci', 'parties', 'sent', 3, 1, now(), now(), now() from message where case_id = $1 limit 1`,
      [confidential.caseId],
    );
    await confidential.ask();
    await settled(confidential.caseId);
    expect(await waiting(unanswered.caseId)).toBe(1);
    const rows = await rest.core.query(
      `select from message where case_id = any($1::uuid[]) and direction = 'out' and channel <> $2`,
      [[unanswered.caseId, confidential.caseId], talk.channel],
    );
    expect(rows).toEqual([]);
    // Whoever had to wait has it once somebody answered.
    await reply(unanswered.caseId, 'Eccoci.');
    expect((await once(unanswered.caseId)).address.value).toBe(unanswered.email);
  }, 240_000);
});
