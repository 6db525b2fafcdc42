import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  AnnouncementView,
  CaseRelationList,
  CaseView,
  IncidentSuggestionList,
  JournalView,
  MemberPreviews,
  ProblemView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

jest.setTimeout(120_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator & { readonly office: string };
let channels: { channel: string; account: string }[];
let mute: { channel: string; account: string };
let roads: string;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  roads = await rest.office(anna.administrationId, 'Strade');
  channels = [
    await rest.channel(
      { reply: true, subject: true, text: { maxLength: 10_000 }, conversations: 'thread' },
      anna.administrationId,
    ),
    await rest.channel({ reply: true, text: { maxLength: 1_000 }, conversations: 'person' }, anna.administrationId),
    await rest.channel(
      { reply: true, text: { maxLength: 1, unit: 'segments' }, conversations: 'person' },
      anna.administrationId,
    ),
  ];
  mute = await rest.channel({ text: { maxLength: 100 } }, anna.administrationId);
});
afterAll(() => rest.stop());

interface Report {
  readonly caseId: string;
  readonly name: string;
}
async function reported(index: number, more: object = {}, channel = channels[index % 3]): Promise<Report> {
  if (!channel) throw new Error('no channel');
  const name = `Cittadino ${index} ${v7().slice(-6)}`;
  const from = { kind: 'email', value: `${v7()}@example.org`, displayName: name };
  return {
    ...(await rest.receive(channel, { from, conversation: v7(), subject: 'Via Verdi allagata', ...more })),
    name,
  };
}
const many = async (count: number): Promise<Report[]> => {
  const all: Report[] = [];
  for (let n = 0; n < count; n += 1) all.push(await reported(n));
  return all;
};
const headed = async (more: object = { office: roads }): Promise<CaseView> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as: anna, body: { subject: 'Via Verdi allagata', ...more } })).body;
const attach = (head: string, cases: readonly string[], as = anna) =>
  rest.ask<CaseRelationList & ProblemView>('POST', `/api/cases/${head}/members`, { as, body: { cases } });
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const facts = async (id: string): Promise<string[]> =>
  (await rest.ask<JournalView>('GET', `/api/cases/${id}/journal`, { as: anna })).body.items.map(entry => entry.fact);
const resolved = async (id: string, more: object) =>
  rest.ask<CaseView & ProblemView>('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', ...more },
    headers: { 'if-match': `"${(await shown(id)).version}"` },
  });
const announced = (id: string, body: object, as = anna, headers = {}) =>
  rest.ask<AnnouncementView & ProblemView>('POST', `/api/cases/${id}/announcements`, { as, body, headers });
const done = (id: string): Promise<AnnouncementView> =>
  eventually(async () => {
    const { body } = await rest.ask<AnnouncementView>('GET', `/api/announcements/${id}`, { as: anna });
    return body.state === 'done' ? body : undefined;
  }, 60);
const said = async (caseId: string): Promise<string[]> =>
  (await shown(caseId)).timeline.flatMap(entry =>
    entry.message?.direction === 'out'
      ? entry.message.content.map(part => ('text' in part ? String(part.text) : ''))
      : [],
  );
const TEXT = {
  text: 'Gentile {{ contact.name }}, via Verdi è stata riaperta. Pratica {{ case.number }}.'.padEnd(300, ' .'),
  shortText: '{{ contact.name }}: via Verdi riaperta.',
};

describe('an incident', () => {
  it('is suggested from what looks alike, of about the same time and open', async () => {
    const [one, two] = [await reported(0), await reported(1, { subject: 'Allagata via Verdi, non si passa' })];
    const other = await reported(2, { subject: 'Orari della biblioteca', text: 'Quando apre?' });
    const old = await reported(0);
    await rest.dataSource.query(`update case_file set opened_at = opened_at - interval '3 days' where id = $1`, [
      old.caseId,
    ]);
    const ask = (query = '', as = anna) =>
      rest.ask<IncidentSuggestionList>('GET', `/api/cases/${one.caseId}/incident-suggestions${query}`, { as });
    const found = (await ask()).body.items.map(item => item.case.id);
    expect(found).toContain(two.caseId);
    for (const not of [one, other, old]) expect(found).not.toContain(not.caseId);
    expect((await ask('?hours=100')).body.items.map(item => item.case.id)).toContain(old.caseId);
    expect((await ask('?hours=0')).status).toBe(422);
    expect((await ask('', elsewhere)).status).toBe(404);
  });

  it('is suggested from its place, its category and what was first said, and says why', async () => {
    const category = v7();
    await rest.dataSource.query(
      `insert into category (id, administration_id, code, label, kind) values ($1, $2, 'luce', 'Luce', 'report')`,
      [category, anna.administrationId],
    );
    const at = async (one: Report, latitude: number): Promise<void> => {
      const answer = await rest.ask('PUT', `/api/cases/${one.caseId}/place`, {
        as: anna,
        body: { latitude, longitude: 9.19 },
        headers: { 'if-match': `"${(await shown(one.caseId)).version}"` },
      });
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    };
    const head = await reported(0, { subject: 'Aiuto', text: 'Il lampione di via Garibaldi è spento da ieri sera.' });
    const near = await reported(1, { subject: 'Marciapiede', text: 'Buche ovunque, ci si fa male.' });
    const far = await reported(2, { subject: 'Marciapiede', text: 'Buche ovunque, ci si fa male.' });
    const words = await reported(1, { subject: 'Buonasera', text: 'In via Garibaldi è spento un lampione da ieri.' });
    const same = await reported(2, { subject: 'Domanda', text: 'Quando si paga?' });
    const older = await reported(1, { subject: 'Ciao', text: 'Il lampione di via Garibaldi è spento da ieri sera.' });
    await at(head, 45.4642);
    await at(near, 45.4649);
    await at(far, 45.4742);
    await rest.dataSource.query('update case_file set category_id = $1 where id = any($2::uuid[])', [
      category,
      [head.caseId, same.caseId],
    ]);
    await rest.dataSource.query(`update case_file set opened_at = opened_at - interval '50 hours' where id = $1`, [
      older.caseId,
    ]);
    const suggested = async (query = '') => {
      const { body } = await rest.ask<IncidentSuggestionList>(
        'GET',
        `/api/cases/${head.caseId}/incident-suggestions${query}`,
        { as: anna },
      );
      return new Map(body.items.map(({ case: one, ...why }) => [one.id, why]));
    };
    const found = await suggested();
    expect(found.get(near.caseId)).toEqual({
      sameCategory: false,
      likeness: expect.any(Number),
      alikeWords: false,
      meters: 78,
      near: true,
      hoursApart: 0,
    });
    expect(found.get(words.caseId)).toMatchObject({ sameCategory: false, alikeWords: true, near: false });
    expect(found.get(words.caseId)).not.toHaveProperty('meters');
    expect(found.get(same.caseId)).toMatchObject({ sameCategory: true, alikeWords: false, near: false });
    for (const not of [head, far, older]) expect(found.has(not.caseId)).toBe(false);
    expect((await suggested('?hours=72')).get(older.caseId)).toMatchObject({ alikeWords: true, hoursApart: 50 });
  });

  it('is held by the office of its head, and told in every journal', async () => {
    const head = await headed();
    const [a, b] = [await reported(0), await reported(1)];
    const answer = await attach(head.id, [a.caseId, b.caseId, a.caseId]);
    expect([answer.status, answer.body.items.map(item => [item.kind, item.case.id]).sort()]).toEqual([
      200,
      [
        ['incident_member', a.caseId],
        ['incident_member', b.caseId],
      ].sort(),
    ]);
    expect((await shown(a.caseId)).office?.id).toBe(roads);
    expect(await facts(a.caseId)).toEqual(expect.arrayContaining(['attached', 'assigned']));
    expect((await facts(head.id)).filter(fact => fact === 'members_attached')).toHaveLength(1);
    await attach(head.id, [a.caseId]);
    expect((await facts(head.id)).filter(fact => fact === 'members_attached')).toHaveLength(1);
    const off = await rest.ask<CaseRelationList>('POST', `/api/cases/${head.id}/member-removals`, {
      as: anna,
      body: { cases: [a.caseId], reason: 'È un altro guasto' },
    });
    expect(off.body.items.map(item => item.case.id)).toEqual([b.caseId]);
    expect((await facts(a.caseId)).at(-1)).toBe('detached');
  });

  it('is looked at before it is made: what would move, what is there already, what would be refused, and nothing changes', async () => {
    const head = await headed();
    const [a, b, ended, leads] = [await reported(0), await reported(1), await reported(2), await headed()];
    await attach(head.id, [b.caseId]);
    await attach(leads.id, [(await reported(0)).caseId]);
    await resolved(ended.caseId, { spoken: true });
    const look = (cases: readonly string[], as = anna) =>
      rest.ask<MemberPreviews & ProblemView>('POST', `/api/cases/${head.id}/member-previews`, { as, body: { cases } });
    const before = await facts(a.caseId);
    const { status, body } = await look([a.caseId, b.caseId, ended.caseId, leads.id, head.id]);
    expect([status, body.head.id, body.office]).toEqual([200, head.id, { id: roads, name: 'Strade' }]);
    expect(body.items.map(one => [one.case.id, one.moves, one.already, one.problem])).toEqual([
      [a.caseId, true, false, undefined],
      [b.caseId, false, true, undefined],
      [ended.caseId, false, false, 'invalid-input'],
      [leads.id, false, false, 'invalid-input'],
      [head.id, false, false, 'invalid-input'],
    ]);
    expect(await facts(a.caseId)).toEqual(before);
    expect((await look([v7()])).status).toBe(422);
    expect((await look([a.caseId], elsewhere)).status).toBe(404);
    const under = await rest.ask('POST', `/api/cases/${b.caseId}/member-previews`, {
      as: anna,
      body: { cases: [a.caseId] },
    });
    expect(under.status).toBe(409);
  });

  it('writes its office one letter, of its head, however many cases follow', async () => {
    const mail = await rest.channel(
      {
        reply: true,
        initiate: true,
        subject: true,
        text: { maxLength: 10_000 },
        conversations: 'thread',
        addressKinds: ['email'],
      },
      anna.administrationId,
    );
    const sewers = await rest.office(anna.administrationId, 'Fognature');
    await rest.dataSource.query(`update office set email = 'fognature@comune.example' where id = $1`, [sewers]);
    const head = await headed();
    const members = [(await reported(0, {}, mail)).caseId, (await reported(1, {}, mail)).caseId];
    await attach(head.id, members);
    const given = await rest.ask('POST', `/api/cases/${head.id}/transitions`, {
      as: anna,
      body: { command: 'assign', office: sewers },
      headers: { 'if-match': `"${(await shown(head.id)).version}"` },
    });
    expect(given.status).toBe(200);
    for (const id of members)
      await eventually(async () => ((await shown(id)).office?.id === sewers ? true : undefined));
    const letters = await rest.core.query<{ case_id: string }>(
      `select case_id from letter where kind = 'assignment' and office_id = $1`,
      [sewers],
    );
    expect(letters.map(one => one.case_id)).toEqual([head.id]);
  });

  it('goes where its head goes, to the office and to the person, and is taken in charge with it', async () => {
    const head = await headed();
    const [a, b] = [await reported(0), await reported(1)];
    await attach(head.id, [a.caseId, b.caseId]);
    const green = await rest.office(anna.administrationId, `Verde ${v7()}`);
    const bruno = await rest.operator(anna.administrationId, green, 'Bruno');
    const change = async (body: object) =>
      rest.ask('PATCH', `/api/cases/${head.id}`, {
        as: anna,
        body,
        headers: { 'if-match': `"${(await shown(head.id)).version}"` },
      });
    expect((await change({ office: green, assignee: bruno.id })).status).toBe(200);
    const both = (is: (one: CaseView) => boolean) =>
      eventually(async () => (is(await shown(a.caseId)) && is(await shown(b.caseId)) ? true : undefined), 30);
    await both(one => one.office?.id === green && one.assignee?.id === bruno.id);
    const before = await facts(a.caseId);
    await rest.ask('POST', `/api/cases/${head.id}/transitions`, {
      as: bruno,
      body: { command: 'takeCharge' },
      headers: { 'if-match': `"${(await shown(head.id)).version}"` },
    });
    await both(one => one.state === 'in_charge');
    expect(await facts(a.caseId)).toEqual([...before, 'taken_in_charge']);
    // What a person does with one of them stays as it is until the head moves again.
    await rest.ask('POST', `/api/cases/${head.id}/internal-notes`, { as: anna, body: { text: 'Nota' } });
    expect(await facts(b.caseId)).toEqual(await facts(a.caseId));
  });

  it('takes in neither what ended, nor another head, nor what is elsewhere; and then nothing of it', async () => {
    const [head, second] = [await headed(), await headed()];
    const [a, b, ended] = [await reported(0), await reported(1), await reported(2)];
    await attach(second.id, [a.caseId]);
    await resolved(ended.caseId, { spoken: true });
    const theirs = (await rest.ask<CaseView>('POST', '/api/cases', { as: elsewhere, body: { subject: 's' } })).body;
    for (const wrong of [a.caseId, second.id, ended.caseId, theirs.id, v7(), head.id]) {
      const answer = await attach(head.id, [b.caseId, wrong]);
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/cases']);
    }
    expect(await facts(b.caseId)).not.toContain('attached');
    expect((await attach(a.caseId, [b.caseId])).status).toBe(409);
    expect((await attach(head.id, [b.caseId], elsewhere)).status).toBe(404);
    const off = await rest.ask('POST', `/api/cases/${head.id}/member-removals`, {
      as: anna,
      body: { cases: [a.caseId], reason: 'r' },
    });
    expect(off.status).toBe(422);
  });

  it('takes each case in once, however many ask at once', async () => {
    const heads = [await headed(), await headed()];
    const a = await reported(0);
    const answers = await Promise.all(heads.map(head => attach(head.id, [a.caseId])));
    expect(answers.map(one => one.status).sort()).toEqual([200, 422]);
  });
});

describe('one answer to everybody', () => {
  it('reaches forty citizens on three channels, each once, each in their own words, whoever is killed meanwhile', async () => {
    const reports = await many(40);
    const head = await headed();
    await attach(
      head.id,
      reports.map(one => one.caseId),
    );
    const key = { 'idempotency-key': v7() };
    const answers = await Promise.all([announced(head.id, TEXT, anna, key), announced(head.id, TEXT, anna, key)]);
    expect(answers.map(one => [one.status, one.body.id])).toEqual([
      [201, key['idempotency-key']],
      [201, key['idempotency-key']],
    ]);
    const killer = setInterval(() => {
      void rest.core
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and query like '%announcement_recipient%'`,
        )
        .catch(() => undefined);
    }, 60);
    await new Promise(resolve => setTimeout(resolve, 1_500));
    clearInterval(killer);
    const view = await done(key['idempotency-key']);
    expect(view).toMatchObject({ cases: 40, told: 40, pending: 0, refused: [] });
    const names = reports.map(one => one.name);
    for (const [index, { caseId, name }] of reports.entries()) {
      const words = await said(caseId);
      expect(words).toHaveLength(1);
      expect(words[0]).toMatch(index % 3 === 2 ? /^Cittadino .*: via Verdi riaperta\.$/ : /^Gentile Cittadino/);
      expect(names.filter(one => words[0]?.includes(one))).toEqual([name]);
    }
    const [orders]: { count: number }[] = await rest.dataSource.query(
      `select count(*)::int from message where case_id = any($1::uuid[]) and direction = 'out'`,
      [reports.map(one => one.caseId)],
    );
    expect(orders?.count).toBe(40);
    expect((await facts(head.id)).filter(fact => fact === 'announced')).toHaveLength(1);
  });

  it('is said once to who reported twice, and whoever cannot be told is named', async () => {
    const from = { kind: 'email', value: `${v7()}@example.org`, displayName: 'Due Volte' };
    const [a, b] = [await reported(0, { from }), await reported(1, { from })];
    const c = await reported(0, {}, mute);
    const head = await headed();
    await attach(head.id, [a.caseId, b.caseId, c.caseId]);
    const answer = await announced(head.id, TEXT);
    const view = await done(answer.body.id);
    expect(view).toMatchObject({ cases: 3, told: 1, pending: 0 });
    expect(view.refused.map(one => [one.case.id, one.problem])).toEqual([[c.caseId, 'no-reply-address']]);
    expect([...(await said(a.caseId)), ...(await said(b.caseId))]).toHaveLength(1);
  });

  it('is refused to an incident of nobody, in words that cannot be filled, and from elsewhere', async () => {
    const head = await headed();
    expect((await announced(head.id, TEXT)).status).toBe(409);
    const a = await reported(0);
    await attach(head.id, [a.caseId]);
    for (const [body, pointer] of [
      [{}, '/text'],
      [{ ...TEXT, textTemplate: v7() }, '/text'],
      [{ textTemplate: v7() }, '/textTemplate'],
      [{ text: '{{ contact.address }}' }, '/text'],
    ] as const)
      expect((await announced(head.id, body)).body.errors?.[0]?.pointer).toBe(pointer);
    expect((await announced(head.id, TEXT, elsewhere)).status).toBe(404);
    const answer = await announced(head.id, TEXT);
    await done(answer.body.id);
    expect((await rest.ask('GET', `/api/announcements/${answer.body.id}`, { as: elsewhere })).status).toBe(404);
  });
});

describe('the end of an incident', () => {
  it('ends every case with the same outcome, and tells each citizen and whoever reported the same before', async () => {
    const [a, b, same] = [await reported(0), await reported(1), await reported(2)];
    const head = await headed();
    await attach(head.id, [a.caseId, b.caseId]);
    await rest.ask('POST', `/api/cases/${same.caseId}/transitions`, {
      as: anna,
      body: { command: 'markDuplicate', leading: head.id },
      headers: { 'if-match': `"${(await shown(same.caseId)).version}"` },
    });
    const answer = await resolved(head.id, { text: 'La strada è riaperta.' });
    expect(answer.body).toMatchObject({ state: 'resolved', outcome: 'positive' });
    for (const { caseId } of [a, b]) {
      await eventually(async () => ((await shown(caseId)).state === 'resolved' ? true : undefined), 30);
      expect(await shown(caseId)).toMatchObject({ outcome: 'positive', outcomeReason: 'done' });
      expect(await said(caseId)).toEqual(['La strada è riaperta.']);
    }
    await eventually(async () => ((await said(same.caseId)).length > 0 ? true : undefined), 30);
    expect((await shown(same.caseId)).state).toBe('duplicate');
  });

  it('tells also who reported the same as a case that was merged into it', async () => {
    const [into, from, same] = [await reported(0), await reported(1), await reported(2)];
    const put = async (method: 'POST', id: string, path: string, body: object) =>
      rest.ask<{ id: string }>(method, `/api/cases/${id}/${path}`, {
        as: anna,
        body,
        headers: { 'if-match': `"${(await shown(id)).version}"` },
      });
    await put('POST', same.caseId, 'transitions', { command: 'markDuplicate', leading: from.caseId });
    const merge = await put('POST', into.caseId, 'merges', { from: from.caseId, differentPeople: true });
    expect(merge.status).toBe(201);
    const answer = await resolved(into.caseId, { text: 'Riparato per tutti.' });
    expect(answer.status).toBe(200);
    await eventually(async () => ((await said(same.caseId)).length > 0 ? true : undefined), 30);
    expect(await said(same.caseId)).toEqual(['Riparato per tutti.']);
  });

  it('needs words for everybody, and is told to the citizen of its head as well', async () => {
    const [own, a] = [await reported(0), await reported(1)];
    await attach(own.caseId, [a.caseId]);
    const wordless = await resolved(own.caseId, { spoken: true });
    expect([wordless.status, wordless.body.errors?.[0]?.pointer]).toEqual([422, '/text']);
    expect((await resolved(own.caseId, { text: 'Fatto.' })).status).toBe(200);
    expect(await said(own.caseId)).toEqual(['Fatto.']);
    await eventually(async () => ((await shown(a.caseId)).state === 'resolved' ? true : undefined), 30);
    expect(await said(a.caseId)).toEqual(['Fatto.']);
  });
});
