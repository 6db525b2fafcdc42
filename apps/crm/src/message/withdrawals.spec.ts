import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView, DraftView, MessageView, Outbound, ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { SendAnswers } from './send.answers.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  ways = await rest.channel(TALKS, anna.administrationId);
});
afterAll(() => rest.stop());

const say = async (caseId: string, text: string, sendAfter?: number): Promise<MessageView> => {
  const body = { text, ...(sendAfter === undefined ? {} : { sendAfter }) };
  return (await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, { as: anna, body })).body;
};
const withdraw = (message: string, as: TestOperator = anna) =>
  rest.ask<MessageView & ProblemView>('POST', `/api/messages/${message}/withdrawals`, { as });
const stateOf = async (message: string): Promise<string | undefined> =>
  (await rest.ask<MessageView>('GET', `/api/messages/${message}`, { as: anna })).body.send?.state;
const claim = (message: string) => rest.app.get(SendAnswers, { strict: false }).claim({ message, attempt: 1 });
const factsOf = async (caseId: string): Promise<string[]> => {
  const rows: { fact: string }[] = await rest.dataSource.query(
    `select fact from journal where case_id = $1 and fact like 'reply%' and data->>'automatic' is null order by version`,
    [caseId],
  );
  return rows.map(({ fact }) => fact);
};
const termsOf = (caseId: string): Promise<object[]> =>
  rest.dataSource.query(
    `select clock, due_at, ended_at, met from deadline where case_id = $1 and clock in ('acknowledgement', 'first_reply') order by clock`,
    [caseId],
  );
const caseOf = async (caseId: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
/** The words of the orders that a channel was given, in their order. */
const ordered = async ({ channel, account }: typeof ways): Promise<string[]> => {
  const consumer = await rest.core.bus.jetstream.consumers.get('OUT', {
    filter_subjects: subjects.out(channel, account),
  });
  const found: string[] = [];
  for await (const message of await consumer.fetch({ max_messages: 100, expires: 1_000 }))
    found.push(
      message
        .json<Outbound>()
        .content.map(part => (part.type === 'text' ? part.text : ''))
        .join(),
    );
  // What a machine acknowledges is longer.
  return found.filter(text => text.length < 20);
};

describe('a reply that is held', () => {
  it('leaves once its time is over, by what the database keeps, and whatever else is said there waits behind it', async () => {
    const own = await rest.channel(TALKS, anna.administrationId);
    const { caseId } = await rest.receive(own, {});
    const held = await say(caseId, 'Prima', 30);
    await say(caseId, 'Dopo');
    expect(held.send).toMatchObject({ state: 'queued', heldUntil: expect.any(String) });
    expect(Date.parse(held.send?.heldUntil ?? '') - Date.now()).toBeLessThanOrEqual(30_000);
    // Another conversation waits for nothing.
    const other = await rest.receive(own, {});
    await say(other.caseId, 'Altrove');
    const told = (count: number): Promise<string[]> =>
      eventually(async () => {
        const words = await ordered(own);
        return words.length === count ? words : undefined;
      });
    expect(await told(1)).toEqual(['Altrove']);
    // As if the thirty seconds were over.
    await rest.dataSource.query(`update outbox set due_at = clock_timestamp() where event_id = $1`, [`${held.id}-1`]);
    expect(await told(3)).toEqual(['Altrove', 'Prima', 'Dopo']);
  });

  it('is taken back: it is never sent, the case is as it was, and its words are a draft again', async () => {
    const { caseId } = await rest.receive(ways, {});
    const [before, terms] = [await caseOf(caseId), await termsOf(caseId)];
    const { id } = await say(caseId, 'Troppo presto', 30);
    expect(await termsOf(caseId)).not.toEqual(terms);
    const taken = await withdraw(id);
    expect([taken.status, taken.body.send?.state]).toEqual([200, 'withdrawn']);
    expect(await rest.dataSource.query('select from outbox where event_id = $1', [`${id}-1`])).toEqual([]);
    expect((await claim(id)).granted).toBe(false);
    const after = await caseOf(caseId);
    expect([after.state, after.lastMessageAt]).toEqual([before.state, before.lastMessageAt]);
    expect(await termsOf(caseId)).toEqual(terms);
    expect(await factsOf(caseId)).toEqual(['reply_queued', 'reply_withdrawn']);
    const draft = await rest.ask<DraftView>('GET', `/api/cases/${caseId}/drafts/reply`, { as: anna });
    expect(draft.body.text).toBe('Troppo presto');
    // Once more is no other fact.
    expect((await withdraw(id)).status).toBe(200);
    expect(await factsOf(caseId)).toEqual(['reply_queued', 'reply_withdrawn']);
  });

  it('is taken back before what was begun meanwhile, of which nothing is lost', async () => {
    const { caseId } = await rest.receive(ways, {});
    const { id } = await say(caseId, 'Troppo presto', 30);
    await rest.ask('PUT', `/api/cases/${caseId}/drafts/reply`, {
      as: anna,
      body: { text: 'Altro', begunFrom: 1 },
      headers: { 'if-match': '"0"' },
    });
    expect((await withdraw(id)).status).toBe(200);
    const draft = await rest.ask<DraftView>('GET', `/api/cases/${caseId}/drafts/reply`, { as: anna });
    expect(draft.body.text).toBe('Troppo presto\n\nAltro');
    expect(draft.body.key).not.toBe(id);
  });

  it('is taken back when another was sent since: the terms were met by that one', async () => {
    const { caseId } = await rest.receive(ways, {});
    const first = await say(caseId, 'Sbagliata', 30);
    await say(caseId, 'Giusta');
    await withdraw(first.id);
    const [answer]: { at: Date }[] = await rest.dataSource.query(
      `select at from journal where case_id = $1 and fact = 'reply_queued' and data->>'automatic' is null and data->>'message' <> $2`,
      [caseId, first.id],
    );
    expect(await termsOf(caseId)).toContainEqual(
      expect.objectContaining({ clock: 'first_reply', met: true, ended_at: answer?.at }),
    );
  });

  it('is either sent or withdrawn, whoever is first', async () => {
    const { caseId } = await rest.receive(ways, {});
    const seen = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const { id } = await say(caseId, `Giro ${round}`, 30);
      const taking = round % 2 === 0 ? [withdraw(id), claim(id)] : [claim(id), withdraw(id)];
      const answers = await Promise.all(taking);
      const granted = answers.some(answer => 'granted' in answer && answer.granted);
      const taken = answers.some(answer => 'status' in answer && answer.status === 200);
      expect(granted).not.toBe(taken);
      expect(await stateOf(id)).toBe(granted ? 'sending' : 'withdrawn');
      seen.add(granted ? 'sent' : 'withdrawn');
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('is not taken back once it left', async () => {
    const { caseId } = await rest.receive(ways, {});
    const { id } = await say(caseId, 'Partita');
    expect((await claim(id)).granted).toBe(true);
    const late = await withdraw(id);
    expect([late.status, late.body.type]).toEqual([409, '/problems/cannot-be-withdrawn']);
    expect(await factsOf(caseId)).toEqual(['reply_queued']);
  });

  it('is not taken back when the case ended by it', async () => {
    const { caseId } = await rest.receive(ways, {});
    const { etag = '' } = (await rest.ask('GET', `/api/cases/${caseId}`, { as: anna })).headers;
    const body = { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Riparato' };
    await rest.ask('POST', `/api/cases/${caseId}/transitions`, { as: anna, body, headers: { 'if-match': etag } });
    const [{ id } = { id: '' }]: { id: string }[] = await rest.dataSource.query(
      `select id from message where case_id = $1 and direction = 'out'`,
      [caseId],
    );
    expect((await withdraw(id)).status).toBe(409);
    expect(await stateOf(id)).toBe('queued');
  });

  it('is nobody else’s to take back, and is held no longer than thirty seconds', async () => {
    const { caseId } = await rest.receive(ways, {});
    const { id } = await say(caseId, 'Nostra', 1);
    expect((await withdraw(id, await rest.administration('Montechiaro'))).status).toBe(404);
    const body = { text: 'Troppo', sendAfter: 31 };
    expect((await rest.ask('POST', `/api/cases/${caseId}/replies`, { as: anna, body })).status).toBe(422);
  });
});
