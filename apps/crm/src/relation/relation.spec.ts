import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  CaseRelationList,
  CaseView,
  JournalView,
  MergeView,
  MessageView,
  ProblemView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { Forgetting } from './forgetting.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { SendAnswers } from '../message/send.answers.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator & { readonly office: string };
let letters: { channel: string; account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  letters = await rest.channel(
    { reply: true, acknowledge: true, subject: true, text: { maxLength: 1_000 }, conversations: 'thread' },
    anna.administrationId,
  );
}, 60_000);
afterAll(() => rest.stop(), 60_000);

interface Citizen {
  readonly from: { readonly kind: string; readonly value: string };
}
const citizen = (): Citizen => ({ from: { kind: 'email', value: `${v7()}@example.org` } });

/** A case of a citizen, with its first message's external id. */
async function written(
  who: Citizen = citizen(),
  more: object = {},
): Promise<{ caseId: string; message: string; externalId: string; who: Citizen }> {
  const externalId = `ext-${v7()}`;
  return {
    ...(await rest.receive(letters, { externalId, conversation: externalId, ...who, ...more })),
    externalId,
    who,
  };
}
const answering = (one: { externalId: string; who: Citizen }, text = 'Ancora io.') =>
  rest.receive(letters, {
    ...one.who,
    conversation: one.externalId,
    relation: { kind: 'reply', to: one.externalId },
    text,
  });

const shown = async (id: string, as = anna): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as })).body;
const facts = async (id: string): Promise<string[]> =>
  (await rest.ask<JournalView>('GET', `/api/cases/${id}/journal`, { as: anna })).body.items.map(entry => entry.fact);
const messagesOf = async (id: string): Promise<string[]> =>
  (await rest.dataSource.query<{ id: string }[]>('select id from message where case_id = $1 order by id', [id])).map(
    one => one.id,
  );
/** The version of a case that was just looked at; under a key given, the one that the key began with. */
const seen = async (id: string): Promise<string> =>
  (await rest.ask('GET', `/api/cases/${id}`, { as: anna })).headers.etag ?? '"1"';
const merge = async (into: string, from: string, more: object = {}, as = anna, headers: Record<string, string> = {}) =>
  rest.ask<MergeView & ProblemView>('POST', `/api/cases/${into}/merges`, {
    as,
    body: { from, ...more },
    headers: { 'if-match': await seen(into), ...headers },
  });
const undo = (id: string, as = anna, reason = 'Sono due cose diverse') =>
  rest.ask<MergeView & ProblemView>('POST', `/api/merges/${id}/reversals`, { as, body: { reason } });
const split = async (id: string, body: object, as = anna, headers: Record<string, string> = {}) =>
  rest.ask<CaseView & ProblemView>('POST', `/api/cases/${id}/splits`, {
    as,
    body: { subject: 'Buca', ...body },
    headers: { 'if-match': await seen(id), ...headers },
  });
const relations = async (id: string): Promise<[string, string][]> => {
  const { body } = await rest.ask<CaseRelationList>('GET', `/api/cases/${id}/relations`, { as: anna });
  return body.items.map(one => [one.kind, one.case.id]);
};

describe('a link', () => {
  it('stands on both sides, once, and is taken back', async () => {
    const [a, b] = [await written(), await written()];
    const link = () =>
      rest.ask<CaseRelationList>('POST', `/api/cases/${a.caseId}/links`, { as: anna, body: { case: b.caseId } });
    await Promise.all([link(), link(), link()]);
    expect(await relations(a.caseId)).toEqual([['related', b.caseId]]);
    expect(await relations(b.caseId)).toEqual([['related', a.caseId]]);
    expect((await facts(b.caseId)).filter(fact => fact === 'linked')).toHaveLength(1);
    const gone = await rest.ask('DELETE', `/api/cases/${b.caseId}/links/${a.caseId}`, { as: anna });
    expect([gone.status, await relations(a.caseId), (await facts(a.caseId)).at(-1)]).toEqual([200, [], 'unlinked']);
  });

  it('is not made with itself, with nothing, or with what is elsewhere', async () => {
    const a = await written();
    const theirs = (await rest.ask<CaseView>('POST', '/api/cases', { as: elsewhere, body: { subject: 's' } })).body;
    for (const other of [a.caseId, v7(), theirs.id]) {
      const answer = await rest.ask<ProblemView>('POST', `/api/cases/${a.caseId}/links`, {
        as: anna,
        body: { case: other },
      });
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/case']);
    }
    expect(
      (await rest.ask('POST', `/api/cases/${theirs.id}/links`, { as: anna, body: { case: a.caseId } })).status,
    ).toBe(404);
    expect((await rest.ask('GET', `/api/cases/${a.caseId}/relations`, { as: elsewhere })).status).toBe(404);
  });
});

/** Looks again and asks again for as long as somebody changes the case first. */
async function mergedWhateverComes(into: string, from: string): Promise<number> {
  const { status } = await merge(into, from);
  return status === 412 ? mergedWhateverComes(into, from) : status;
}

describe('a merge', () => {
  it('carries every message, conversation and note over, tells both journals, and leads the citizen on', async () => {
    const who = citizen();
    const trackingCode = `codice-${v7()}`;
    const [a, b] = [await written(who), await written(who, { trackingCode })];
    await answering(b);
    await rest.ask('POST', `/api/cases/${b.caseId}/internal-notes`, { as: anna, body: { text: 'Una nota' } });
    const before = [...(await messagesOf(a.caseId)), ...(await messagesOf(b.caseId))].sort();
    expect(before).toHaveLength(5);
    const { status, body } = await merge(a.caseId, b.caseId, { reason: 'Stessa richiesta' });
    expect([status, body.messages, body.conversations, body.into.id, body.from.state]).toEqual([
      201,
      3,
      1,
      a.caseId,
      'duplicate',
    ]);

    expect(await messagesOf(a.caseId)).toEqual(before);
    expect(await messagesOf(b.caseId)).toEqual([]);
    const [into, from] = [await shown(a.caseId), await shown(b.caseId)];
    expect(into.timeline.filter(entry => entry.type === 'message')).toHaveLength(5);
    expect(into.timeline.filter(entry => entry.type === 'note')).toHaveLength(1);
    expect(into.conversations).toHaveLength(2);
    expect(from).toMatchObject({
      state: 'duplicate',
      duplicateOf: a.caseId,
      mergedInto: a.caseId,
      commands: [],
      outcome: 'not_applicable',
    });
    expect((await facts(a.caseId)).at(-1)).toBe('merged');
    expect((await facts(b.caseId)).slice(-2)).toEqual(['marked_duplicate', 'merged_into']);
    expect(await relations(a.caseId)).toEqual([['merged', b.caseId]]);
    expect(await relations(b.caseId)).toEqual([['merged_into', a.caseId]]);
    expect(await rest.app.get(SendAnswers).tracking({ trackingCode })).toMatchObject({
      found: true,
      caseNumber: into.number,
    });

    expect((await answering(b, 'Rispondo alla seconda')).caseId).toBe(a.caseId);
    expect((await shown(b.caseId)).state).toBe('duplicate');
    const refusedReply = await rest.ask<ProblemView>('POST', `/api/cases/${b.caseId}/replies`, {
      as: anna,
      body: { text: 't' },
    });
    expect(refusedReply.status).toBe(409);
    const answer = await rest.ask<MessageView>('POST', `/api/cases/${a.caseId}/replies`, {
      as: anna,
      body: { text: 'Ecco', conversation: from.conversations[0]?.id ?? into.conversations.at(-1)?.id },
    });
    expect(answer.status).toBe(201);
  });

  it('never happens twice, nor to what ended, nor by accident across people, nor across administrations', async () => {
    const who = citizen();
    const [a, b, c, other] = [await written(who), await written(who), await written(who), await written()];
    const theirs = (await rest.ask<CaseView>('POST', '/api/cases', { as: elsewhere, body: { subject: 's' } })).body;
    for (const [from, pointer] of [
      [a.caseId, '/from'],
      [v7(), '/from'],
      [theirs.id, '/from'],
      [other.caseId, '/differentPeople'],
    ] as const)
      expect((await merge(a.caseId, from)).body.errors?.[0]?.pointer).toBe(pointer);
    expect((await merge(a.caseId, b.caseId, {}, elsewhere)).status).toBe(404);
    expect((await merge(a.caseId, b.caseId, {}, anna, { 'if-match': '"99"' })).status).toBe(412);
    expect(
      (await rest.ask('POST', `/api/cases/${a.caseId}/merges`, { as: anna, body: { from: b.caseId } })).status,
    ).toBe(428);
    expect((await merge(a.caseId, other.caseId, { differentPeople: true })).status).toBe(201);
    const key = { 'idempotency-key': v7() };
    const once = [await merge(a.caseId, b.caseId, {}, anna, key), await merge(a.caseId, b.caseId, {}, anna, key)];
    expect(once.map(one => [one.status, one.body.id])).toEqual([
      [201, key['idempotency-key']],
      [201, key['idempotency-key']],
    ]);
    expect((await merge(c.caseId, b.caseId)).status).toBe(409);
    expect((await merge(b.caseId, c.caseId)).status).toBe(409);
  });

  it('is one, however many ask for it both ways at once', async () => {
    const who = citizen();
    const [a, b] = [await written(who), await written(who)];
    const answers = await Promise.all([
      merge(a.caseId, b.caseId),
      merge(b.caseId, a.caseId),
      merge(a.caseId, b.caseId),
    ]);
    expect(answers.map(one => one.status).sort()).toEqual([201, 409, 409]);
    expect([...(await messagesOf(a.caseId)), ...(await messagesOf(b.caseId))]).toHaveLength(4);
  });

  it('loses nothing of what arrives while it happens, and all of it is read in one case', async () => {
    for (let round = 0; round < 5; round += 1) {
      const who = citizen();
      const [a, b] = [await written(who), await written(who)];
      const arriving = Array.from({ length: 6 }, (_, n) => answering(n % 2 ? a : b, `Messaggio ${n}`));
      const merged = mergedWhateverComes(a.caseId, b.caseId);
      await Promise.all([merged, ...arriving]);
      expect(await merged).toBe(201);
      expect(await messagesOf(b.caseId)).toEqual([]);
      expect(await messagesOf(a.caseId)).toHaveLength(4 + arriving.length);
    }
  }, 60_000);

  it('leads on however often the case that took another in is taken in itself', async () => {
    const who = citizen();
    const [a, b, c] = [await written(who), await written(who), await written(who)];
    const first = await merge(b.caseId, c.caseId);
    await merge(a.caseId, b.caseId);
    expect((await answering(c)).caseId).toBe(a.caseId);
    expect((await undo(first.body.id)).status).toBe(409);
  });
});

interface DeadlineSeen {
  readonly id: string;
  readonly case_id: string;
  readonly clock: string;
  readonly due_at: Date | null;
  readonly breached_at: Date | null;
  readonly ended_at: Date | null;
  readonly met: boolean | null;
}
const deadlinesOf = (id: string): Promise<DeadlineSeen[]> =>
  rest.dataSource.query(
    'select id, case_id, clock, due_at, breached_at, ended_at, met from deadline where case_id = $1 order by clock, id',
    [id],
  );
/** Everything that belongs to a case besides what was said in it. */
const belongings = async (id: string) => ({
  deadlines: (await deadlinesOf(id)).filter(one => one.ended_at === null),
  place: await rest.dataSource.query<object[]>('select * from case_place where case_id = $1', [id]),
  tags: await rest.dataSource.query<object[]>('select tag_id from case_tag where case_id = $1 order by 1', [id]),
  followers: await rest.dataSource.query<object[]>('select * from case_follower where case_id = $1 order by 1', [id]),
  due: await rest.dataSource.query<object[]>('select next_due_at, due_date from case_file where id = $1', [id]),
});
const tagged = async (code: string, ...cases: readonly string[]): Promise<string> => {
  const { body } = await rest.ask<{ id: string }>('POST', '/api/tags', { as: anna, body: { code, label: code } });
  for (const id of cases) await rest.ask('POST', `/api/cases/${id}/tags`, { as: anna, body: { tag: body.id } });
  return body.id;
};

describe('what belongs to a case that is merged', () => {
  async function twoCases(): Promise<[string, string]> {
    const who = citizen();
    const [a, b] = [(await written(who)).caseId, (await written(who)).caseId];
    await tagged(`t${v7().slice(-12)}`, b);
    await tagged(`t${v7().slice(-12)}`, a, b);
    await rest.ask('PUT', `/api/cases/${b}/place`, {
      as: anna,
      body: { latitude: 45.4, longitude: 9.2, address: 'Via Roma 1' },
      headers: { 'if-match': await seen(b) },
    });
    await rest.ask('POST', `/api/cases/${b}/followers`, { as: anna });
    // The other waits for longer, and its first reply is late already.
    await rest.dataSource.query(
      `update deadline set due_at = due_at - case when clock = 'take_charge' then interval '5 minutes' else '5 days' end, next_at = null,
         breached_at = case when clock = 'first_reply' then now() end where case_id = $1`,
      [b],
    );
    return [a, b];
  }

  it('goes with it: the earlier term wins and keeps what was said of it, tags and followers are had once', async () => {
    const [a, b] = await twoCases();
    const before = await belongings(b);
    expect([before.place.length, before.tags.length, before.followers.length]).toEqual([1, 2, 1]);
    expect((await merge(a, b)).status).toBe(201);
    const [into, from] = [await belongings(a), await belongings(b)];
    expect(into.deadlines.map(one => [one.id, one.due_at, one.breached_at])).toEqual(
      before.deadlines.map(one => [one.id, one.due_at, one.breached_at]),
    );
    expect(into.tags).toEqual(before.tags);
    expect(into.followers).toMatchObject([{ operator_id: anna.id }]);
    expect(into.place).toMatchObject([{ address: 'Via Roma 1' }]);
    expect(from).toMatchObject({ deadlines: [], place: [], tags: [], followers: [] });
    const dues = before.deadlines.flatMap(one => one.due_at?.getTime() ?? []);
    expect(into.due).toMatchObject([{ next_due_at: new Date(Math.min(...dues)) }]);
    expect((await facts(a)).slice(-3)).toEqual(['merged', 'tagged', 'located']);
  });

  it('comes back whole when the merge is undone, but for what was done since', async () => {
    const [a, b] = await twoCases();
    const [ofA, ofB] = [await belongings(a), await belongings(b)];
    const { status, body: made } = await merge(a, b);
    expect([status, made]).toEqual([201, made]);
    const since = await tagged(`t${v7().slice(-12)}`, a);
    expect((await undo(made.id)).status).toBe(200);
    const [backA, backB] = [await belongings(a), await belongings(b)];
    expect(backB).toEqual({ ...ofB, due: backB.due });
    expect(backB.due).toMatchObject([{ next_due_at: ofA.due.length > 0 ? expect.any(Date) : null }]);
    expect(backA).toEqual({ ...ofA, tags: expect.arrayContaining([...ofA.tags, { tag_id: since }]) });
    expect(backA.tags).toHaveLength(ofA.tags.length + 1);
    expect((await facts(a)).filter(fact => fact === 'untagged')).toHaveLength(1);
  });

  it('is forgotten after its days, never while it can be undone, and then is not undone', async () => {
    const forgotten = async (merge: string): Promise<boolean | undefined> => {
      await rest.app.get(Forgetting).forget();
      const [row]: { gone: boolean }[] = await rest.dataSource.query(
        'select aside is null as gone from case_merge where id = $1',
        [merge],
      );
      return row?.gone;
    };
    const [a, b] = await twoCases();
    const { body: made } = await merge(a, b);
    const ago = (days: number): Promise<unknown> =>
      rest.dataSource.query(`update case_merge set at = clock_now() - make_interval(days => $2) where id = $1`, [
        made.id,
        days,
      ]);
    const undoable = (hours: number): Promise<unknown> =>
      rest.dataSource.query(
        `insert into administration_setting (administration_id, undo_merge_hours) values ($1, $2)
         on conflict (administration_id) do update set undo_merge_hours = excluded.undo_merge_hours`,
        [anna.administrationId, hours],
      );
    expect(await forgotten(made.id)).toBe(false);
    await ago(29);
    expect(await forgotten(made.id)).toBe(false);
    await ago(31);
    await undoable(40 * 24);
    expect(await forgotten(made.id)).toBe(false);
    await undoable(72);
    expect(await forgotten(made.id)).toBe(true);
    await undoable(40 * 24);
    const late = await undo(made.id);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('forgotten')]);
    await undoable(72);
  });

  it('keeps a place that a person said, and gives the other back its own', async () => {
    const [a, b] = await twoCases();
    await rest.ask('PUT', `/api/cases/${a}/place`, {
      as: anna,
      body: { address: 'Via Verdi 2' },
      headers: { 'if-match': await seen(a) },
    });
    const { body: made } = await merge(a, b);
    expect((await belongings(a)).place).toMatchObject([{ address: 'Via Verdi 2' }]);
    await undo(made.id);
    expect((await belongings(a)).place).toMatchObject([{ address: 'Via Verdi 2' }]);
    expect((await belongings(b)).place).toMatchObject([{ address: 'Via Roma 1' }]);
  });

  it('is never taken from an incident, nor are others left without their head', async () => {
    const who = citizen();
    const [a, b, member] = [await written(who), await written(who), await written(who)];
    await rest.ask('POST', `/api/cases/${b.caseId}/members`, { as: anna, body: { cases: [member.caseId] } });
    for (const from of [b.caseId, member.caseId])
      expect((await merge(a.caseId, from)).body.errors?.[0]?.pointer).toBe('/from');
    expect((await merge(b.caseId, member.caseId)).status).toBe(201);
  });
});

describe('a merge undone', () => {
  it('gives back exactly what it carried over, with what was said since where only the other spoke', async () => {
    const who = citizen();
    const [a, b] = [await written(who), await written(who)];
    const [ofA, ofB] = [await messagesOf(a.caseId), await messagesOf(b.caseId)];
    const { body: merged } = await merge(a.caseId, b.caseId);
    const sinceA = (await answering(a)).message;
    const sinceB = (await answering(b)).message;
    const undone = await undo(merged.id);
    expect([undone.status, undone.body.undoneAt !== undefined]).toEqual([200, true]);
    expect(await messagesOf(a.caseId)).toEqual([...ofA, sinceA].sort());
    expect(await messagesOf(b.caseId)).toEqual([...ofB, sinceB].sort());
    const back = await shown(b.caseId);
    expect([back.mergedInto, back.duplicateOf]).toEqual([undefined, undefined]);
    expect(['assigned', 'triage']).toContain(back.state);
    expect((await facts(b.caseId)).slice(-2)).toEqual(['unmerged', 'reopened']);
    expect((await facts(a.caseId)).at(-1)).toBe('unmerged');
    expect((await answering(b)).caseId).toBe(b.caseId);
    expect((await undo(merged.id)).status).toBe(409);
  });

  it('is refused after its time, with no reason, and from elsewhere', async () => {
    const who = citizen();
    const [a, b] = [await written(who), await written(who)];
    const { body: merged } = await merge(a.caseId, b.caseId);
    expect((await undo(merged.id, elsewhere)).status).toBe(404);
    expect((await undo(merged.id, anna, '')).status).toBe(422);
    expect(Date.parse(merged.undoUntil) - Date.parse(merged.at)).toBe(72 * 3_600_000);
    await rest.dataSource.query(`update case_merge set at = $2 where id = $1`, [
      merged.id,
      new Date(rest.app.get(Clock).now().getTime() - 73 * 3_600_000),
    ]);
    expect((await undo(merged.id)).body).toMatchObject({ type: '/problems/transition-not-allowed' });
    expect(await messagesOf(b.caseId)).toEqual([]);
  });
});

describe('a case that is split', () => {
  it('gives some of what was said to a case with a number of its own, and each message is in exactly one', async () => {
    const one = await written();
    const second = await answering(one, 'E poi c’è una buca.');
    const before = await messagesOf(one.caseId);
    const key = { 'idempotency-key': v7() };
    const answers = [
      await split(one.caseId, { messages: [second.message], reason: 'Due cose' }, anna, key),
      await split(one.caseId, { messages: [second.message], reason: 'Due cose' }, anna, key),
    ];
    expect(answers.map(answer => [answer.status, answer.body.id])).toEqual([
      [201, key['idempotency-key']],
      [201, key['idempotency-key']],
    ]);
    const made = answers[0]?.body;
    if (!made) throw new Error('nothing was made');
    expect(made.number).not.toBe((await shown(one.caseId)).number);
    expect(made.contact?.id).toBe((await shown(one.caseId)).contact?.id);
    expect(await messagesOf(made.id)).toEqual([second.message]);
    expect([...(await messagesOf(one.caseId)), second.message].sort()).toEqual(before);
    expect((await facts(made.id)).slice(0, 3)).toEqual(expect.arrayContaining(['opened', 'split_from']));
    expect((await facts(one.caseId)).at(-1)).toBe('split');
    expect(await relations(one.caseId)).toEqual([['split_off', made.id]]);
    expect(await relations(made.id)).toEqual([['split_from', one.caseId]]);
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${made.id}/replies`, {
      as: anna,
      body: { text: 'Arriviamo' },
    });
    expect(reply.status).toBe(201);
  });

  it('promises what is split off from the day it was said, and leaves the other its own promises', async () => {
    const one = await written();
    const second = await answering(one, 'E poi c’è una buca.');
    await rest.app.get(Clock).advance(6 * 86_400_000);
    // Nobody sorted it meanwhile: once that is said, nothing moves by itself any more.
    const before = await eventually(async () => {
      const now = await deadlinesOf(one.caseId);
      return now.some(({ clock, breached_at: late }) => clock === 'take_charge' && late) ? now : undefined;
    }, 60);
    const { body: made } = await split(one.caseId, { messages: [second.message] });
    expect(await deadlinesOf(one.caseId)).toEqual(before);
    const since: { clock: string; days: number }[] = await rest.dataSource.query(
      `select clock, round(extract(epoch from clock_now() - started_at) / 86400)::int as days from deadline where case_id = $1`,
      [made.id],
    );
    expect(Object.fromEntries(since.map(({ clock, days }) => [clock, days]))).toMatchObject({
      first_reply: 6,
      resolution: 6,
    });
  });

  it('can give a whole conversation away, acknowledgement and all, and can be merged back', async () => {
    const who = citizen();
    const [a, b] = [await written(who), await written(who)];
    await merge(a.caseId, b.caseId);
    const conversations = (await shown(a.caseId)).conversations.map(one => one.id);
    const all = await messagesOf(a.caseId);
    const made = await split(a.caseId, { conversations: [conversations[0]] });
    expect(made.status).toBe(201);
    expect([...(await messagesOf(a.caseId)), ...(await messagesOf(made.body.id))].sort()).toEqual(all);
    expect((await merge(a.caseId, made.body.id)).status).toBe(201);
    expect(await messagesOf(a.caseId)).toEqual(all);
  });

  it.each<[string, (one: { caseId: string; message: string }) => object, string]>([
    ['nothing', () => ({}), '/messages'],
    ['what belongs elsewhere', () => ({ messages: [v7()] }), '/messages'],
    ['a conversation of nobody', () => ({ conversations: [v7()] }), '/conversations'],
    ['to an office that is not there', one => ({ messages: [one.message], office: v7() }), '/office'],
  ])('gives away neither %s', async (_, body, pointer) => {
    const one = await written();
    await answering(one);
    const answer = await split(one.caseId, body(one));
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is never emptied, nor split by somebody elsewhere, nor by who has not seen it', async () => {
    const one = await written();
    expect((await split(one.caseId, { messages: await messagesOf(one.caseId) })).body.errors?.[0]?.pointer).toBe(
      '/messages',
    );
    expect((await split(one.caseId, { messages: [one.message] }, elsewhere)).status).toBe(404);
    expect((await split(one.caseId, { messages: [one.message] }, anna, { 'if-match': '"77"' })).status).toBe(412);
  });

  it('gives each message away once, however many ask at once', async () => {
    const one = await written();
    const { message } = await answering(one);
    const answers = await Promise.all(Array.from({ length: 4 }, () => split(one.caseId, { messages: [message] })));
    expect(answers.map(answer => answer.status).sort()).toEqual([201, 422, 422, 422]);
  });
});
