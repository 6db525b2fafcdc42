import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  AutomationRunPage,
  AutomationSimulation,
  AutomationView,
  CaseView,
  JournalView,
  ProblemView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { Intake } from '../intake/intake.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let door: { channel: string; account: string };
let mail: { channel: string; account: string };
let form: { channel: string; account: string };
let words: string;
const tags: string[] = [];

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  door = await rest.channel(
    { reply: true, text: { maxLength: 1_000 }, conversations: 'person' },
    anna.administrationId,
  );
  mail = await rest.channel(
    { reply: true, acknowledge: true, text: { maxLength: 1_000 }, conversations: 'thread' },
    anna.administrationId,
  );
  form = await rest.channel({ text: { maxLength: 1_000 }, conversations: 'thread' }, anna.administrationId);
  const template = await rest.ask<{ id: string }>('POST', '/api/templates', {
    as: await rest.operator(anna.administrationId, anna.office, 'Ada', 'admin'),
    body: { code: 'seen', language: 'it', name: 'Letto', purpose: 'notification', text: 'Abbiamo letto.' },
  });
  words = template.body.id;
  for (const code of ['a', 'b'])
    tags.push((await rest.ask<{ id: string }>('POST', '/api/tags', { as: anna, body: { code, label: code } })).body.id);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const write = (body: object, as: TestOperator = anna) =>
  rest.ask<AutomationView & ProblemView>('POST', '/api/automations', {
    as,
    body: { name: `A ${v7()}`, enabled: true, ...body },
  });
const put = (one: AutomationView, headers: Readonly<Record<string, string>>) =>
  rest.ask<AutomationView>('PUT', `/api/automations/${one.id}`, {
    as: anna,
    headers,
    body: { name: one.name, on: ['opened'], when: {}, actions: { note: 'spenta' }, enabled: false },
  });
const off = async (one: AutomationView): Promise<void> => {
  const { headers } = await rest.ask('GET', `/api/automations/${one.id}`, { as: anna });
  expect((await put(one, { 'if-match': headers.etag ?? '' })).status).toBe(200);
};
const reported = async (text: string): Promise<string> => (await rest.receive(door, { text })).caseId;
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const journal = async (id: string): Promise<JournalView['items']> =>
  (await rest.ask<JournalView>('GET', `/api/cases/${id}/journal`, { as: anna })).body.items;
const facts = async (id: string): Promise<string[]> => (await journal(id)).map(({ fact }) => fact);
/** Resolves when nothing is left to be done of what happened. */
const settled = (): Promise<true> =>
  eventually(async () => {
    const [row]: { behind: boolean }[] = await rest.dataSource.query(
      `select exists (select from automation_run where state = 'waiting') or exists (
         select from journal j left join journal_reader r on r.name = 'automation' and r.administration_id = j.administration_id
         where (j.xid, j.position) > (coalesce(r.xid, '0'::xid8), coalesce(r.position, 0))) as behind`,
    );
    return row?.behind === false || undefined;
  }, 30);

const notesOf = async (id: string): Promise<number> => (await facts(id)).filter(fact => fact === 'note_added').length;
/** What machines said to the citizen of a case, the first first. */
const automatic = (id: string): Promise<{ id: string }[]> =>
  rest.dataSource.query(
    `select id from message where case_id = $1 and direction = 'out' and automatic is not null and letter_id is null order by seq`,
    [id],
  );
const runsOf = (rule: string): Promise<{ state: string; detail: string | null }[]> =>
  rest.dataSource.query('select state, detail from automation_run where automation_id = $1 order by id', [rule]);
const ruleNow = async (id: string): Promise<AutomationView> =>
  (await rest.ask<AutomationView>('GET', `/api/automations/${id}`, { as: anna })).body;

describe('an automation', () => {
  it('is changed by who has seen it as it is: of two at once, one', async () => {
    const { body: rule } = await write({ on: ['withdrawn'], when: {}, actions: { note: 'x' }, enabled: false });
    expect([rule.version, (await put(rule, {})).status]).toEqual([1, 428]);
    const both = await Promise.all([put(rule, { 'if-match': '"1"' }), put(rule, { 'if-match': '"1"' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await ruleNow(rule.id)).version).toBe(2);
  });

  it('acts on what happens where its conditions hold, once, and the journal names it', async () => {
    const { body: rule } = await write({
      on: ['opened'],
      when: { words: { any: ['pericol*'] }, priority: ['normal'] },
      actions: { change: { priority: 'urgent', reason: 'Pericolo' }, tags: [tags[0]] },
    });
    const [danger, calm] = [await reported('Ramo pericolante in via Roma'), await reported('Orari della biblioteca')];
    await settled();
    expect(await shown(danger)).toMatchObject({ priority: 'urgent', tags: [{ id: tags[0] }] });
    expect(await shown(calm)).toMatchObject({ priority: 'normal', tags: [] });
    const by = (await journal(danger)).filter(({ fact }) => fact === 'priority_changed' || fact === 'tagged');
    expect(by.map(({ actor }) => [actor.kind, actor.id])).toEqual([
      ['automation', rule.id],
      ['automation', rule.id],
    ]);
    // Read again, whatever happened is not acted on again.
    await rest.dataSource.query(`update journal_reader set xid = '0', position = 0 where name = 'automation'`);
    await settled();
    expect((await facts(danger)).filter(fact => fact === 'tagged')).toHaveLength(1);
    await off(rule);
  });

  it('never sets itself off, not even through another, and a chain ends', async () => {
    const note = { on: ['note_added'], when: {} };
    const rules = [
      (await write({ ...note, actions: { note: 'uno' } })).body,
      (await write({ ...note, actions: { note: 'due' } })).body,
    ];
    const id = await reported('Una nota');
    await rest.ask('POST', `/api/cases/${id}/internal-notes`, { as: anna, body: { text: 'Prima' } });
    await settled();
    // The first note sets both off, and each of theirs sets off the other: four, and no more.
    expect((await facts(id)).filter(fact => fact === 'note_added')).toHaveLength(5);
    for (const rule of rules) await off(rule);
  });

  it('that is refused again and again is switched off with the reason, and the others go on', async () => {
    const { body: broken } = await write({
      on: ['opened'],
      when: {},
      actions: { tags: [tags[1]], move: { command: 'resume' } },
    });
    const { body: sound } = await write({ on: ['opened'], when: {}, actions: { tags: [tags[0]] } });
    const cases: string[] = [];
    for (let n = 0; n < 6; n += 1) cases.push(await reported(`Caso ${n}`));
    await settled();
    const { body: now } = await rest.ask<AutomationView>('GET', `/api/automations/${broken.id}`, { as: anna });
    expect(now).toMatchObject({ enabled: false, failures: 5, done: 0 });
    expect([now.trouble, now.offAt !== undefined]).toEqual([expect.stringMatching(/^transition-not-allowed: /), true]);
    for (const id of cases) expect((await shown(id)).tags.map(tag => tag.id)).toEqual([tags[0]]);
    await off(sound);
  });

  it('acts once on a case in which nothing happened for so long', async () => {
    const id = await reported('Nessuno risponde');
    const { body: rule } = await write({ quietHours: 48, when: {}, actions: { note: 'Ferma da due giorni.' } });
    const [{ at } = { at: '' }] = (await journal(id)).slice(-1);
    await rest.app.get(Clock).advance(49 * 3_600_000);
    await eventually(async () => ((await facts(id)).includes('note_added') ? true : undefined), 30);
    expect(at).not.toBe('');
    await rest.app.get(Clock).advance(49 * 3_600_000);
    await rest.app.get(Clock).advance(60_000);
    await settled();
    const notes = (await journal(id)).filter(({ fact, actor }) => fact === 'note_added' && actor.id === rule.id);
    expect(notes).toHaveLength(1);
    await off(rule);
  }, 60_000);

  it('is tried on past cases without doing anything, and refused when it cannot be', async () => {
    const id = await reported('Albero sulla strada');
    const draft = {
      name: 'Alberi',
      on: ['opened'],
      when: { words: { any: ['alber*'] } },
      actions: { tags: [tags[0]] },
    };
    const simulate = (body: object) =>
      rest.ask<AutomationSimulation & ProblemView>('POST', '/api/automations/simulate', { as: anna, body });
    const tried = (await simulate(draft)).body;
    expect(tried.acts).toBe(1);
    expect(tried.items.find(one => one.verdict === 'acts')?.case.id).toBe(id);
    expect((await shown(id)).tags).toEqual([]);
    for (const [more, pointer] of [
      [{ on: [] }, '/on'],
      [{ quietHours: 3 }, '/on'],
      [{ on: ['mai'] }, '/on'],
      [{ actions: {} }, '/actions'],
      [{ actions: { move: { command: 'withdraw' } } }, '/actions/move/command'],
      [{ actions: { tags: [v7()] } }, '/actions/tags'],
    ] as const)
      expect((await simulate({ ...draft, ...more })).body.errors?.[0]?.pointer).toBe(pointer);
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'specialist');
    expect((await write(draft, bruno)).status).toBe(403);
  });
});

describe('an automation along the life cycle', () => {
  const move = async (id: string, body: object): Promise<void> => {
    const headers = { 'if-match': `"${(await shown(id)).version}"` };
    const { status, text } = await rest.ask('POST', `/api/cases/${id}/transitions`, { as: anna, body, headers });
    expect([status, text]).toEqual([200, expect.anything()]);
  };

  it('takes charge for who has the case, asks the citizen, and ends the matter with outcome, reason and words', async () => {
    const resolve = { command: 'resolve', outcome: 'positive', outcomeReason: 'already_solved', text: 'Già fatto.' };
    const ask = { command: 'askCitizen', text: 'A che altezza?' };
    const rules = [
      await write({ on: ['assigned'], when: { assigned: true }, actions: { move: { command: 'takeCharge' } } }),
      await write({ on: ['tagged'], when: { state: ['in_charge'] }, actions: { move: ask } }),
      await write({ on: ['tagged'], when: { words: { any: ['doppia'] } }, actions: { move: resolve } }),
    ].map(({ body }) => body);
    const from = () => ({ kind: 'email', value: `${v7()}@example.org`, verified: true }) as const;
    const { caseId } = await rest.receive(mail, { text: 'Una buca', from: from() });
    const { caseId: double } = await rest.receive(mail, { text: 'Segnalazione doppia', from: from() });
    await move(caseId, { command: 'assign', office: anna.office, assignee: anna.id });
    await settled();
    expect(await shown(caseId)).toMatchObject({ state: 'in_charge', assignee: { id: anna.id } });
    for (const id of [caseId, double])
      await rest.ask('POST', `/api/cases/${id}/tags`, { as: anna, body: { tag: tags[0] } });
    await settled();
    expect((await shown(caseId)).state).toBe('waiting_citizen');
    expect(await shown(double)).toMatchObject({
      state: 'resolved',
      outcome: 'positive',
      outcomeReason: 'already_solved',
    });
    const by = [...(await journal(caseId)), ...(await journal(double))].filter(({ fact }) =>
      ['taken_in_charge', 'paused', 'resolved'].includes(fact),
    );
    expect(by.map(({ actor }) => [actor.kind, actor.id])).toEqual(rules.map(({ id }) => ['automation', id]));
    const said = (await shown(double)).timeline.flatMap(({ message }) => message?.content ?? []);
    expect(JSON.stringify(said)).toContain('Già fatto.');
    for (const rule of rules) await off(rule);
  });

  it('says before what a person would be asked then', async () => {
    const resolve = { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Fatto.' };
    for (const [wrong, pointer] of [
      [{ ...resolve, outcome: undefined }, '/actions/move/outcome'],
      [{ ...resolve, outcomeReason: undefined }, '/actions/move/outcomeReason'],
      [{ ...resolve, text: undefined }, '/actions/move/text'],
      [{ ...resolve, text: undefined, spoken: true }, '/actions/move/spoken'],
      [{ command: 'askCitizen' }, '/actions/move/text'],
    ] as const) {
      const { status, body } = await write({ on: ['opened'], when: {}, actions: { move: wrong } });
      expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
  });
});

describe('what an automation looks at', () => {
  it('holds: the form, the language, who was known, and whether the office is open', async () => {
    const always = { weekdays: [1, 2, 3, 4, 5, 6, 7] };
    const rules = [];
    for (const [text, when] of [
      ['buche', { form: ['buche'] }],
      ['lingua', { language: ['de'] }],
      ['nota', { knownContact: true }],
      ['nuova', { knownContact: false }],
      ['aperto', { hours: { ...always, open: true } }],
      ['chiuso', { hours: { ...always, open: false } }],
    ] as const)
      rules.push((await write({ on: ['opened'], when, actions: { note: text } })).body);
    await rest.ask('PUT', `/api/offices/${anna.administrationId}/hours`, {
      as: await rest.operator(anna.administrationId, anna.office, 'Orari', 'admin'),
      body: { items: [] },
    });
    const from = { kind: 'email', value: `${v7()}@example.org`, verified: true } as const;
    const cases = [
      await rest.receive(door, { from, hints: { form: 'buche', language: 'de-AT' }, text: 'Loch' }),
      await rest.receive(door, { from: { ...from, value: `${v7()}@example.org` }, hints: { form: 'altro' } }),
      await rest.receive(mail, { from, text: 'Ancora io' }),
    ].map(({ caseId }) => caseId);
    await settled();
    const notes = await Promise.all(
      cases.map(async id => (await shown(id)).timeline.flatMap(({ note }) => note?.text ?? [])),
    );
    const hours = ['aperto', 'chiuso'];
    expect(notes.map(said => said.filter(one => !hours.includes(one)).sort())).toEqual([
      ['buche', 'lingua', 'nuova'],
      ['nuova'],
      ['nota'],
    ]);
    // It is open or closed now, whatever the hour of this test, and never neither nor both.
    for (const said of notes) expect(said.filter(one => hours.includes(one))).toHaveLength(1);
    for (const rule of rules) await off(rule);
  });
});

describe('what automations did', () => {
  it('is listed by rule and by case, with why it was left out or refused, page by page', async () => {
    const { body: rule } = await write({ on: ['opened'], when: {}, actions: { textTemplate: words } });
    const { body: wrong } = await write({ on: ['opened'], when: {}, actions: { move: { command: 'resume' } } });
    const cases: string[] = [];
    for (let n = 0; n < 3; n += 1) cases.push((await rest.receive(form, {})).caseId);
    await settled();
    const page = async (path: string): Promise<AutomationRunPage> =>
      (await rest.ask<AutomationRunPage>('GET', path, { as: anna })).body;
    const first = await page(`/api/automations/${rule.id}/runs?limit=2`);
    const second = await page(`/api/automations/${rule.id}/runs?limit=2&after=${first.next}`);
    expect([...first.items, ...second.items].map(one => one.case.id)).toEqual(cases.toReversed());
    expect(second.next).toBeUndefined();
    expect(first.items[0]).toMatchObject({
      automation: { id: rule.id, name: rule.name },
      state: 'done',
      detail: expect.stringMatching(/^no-reply-address: /),
      cause: (await journal(cases[2] ?? ''))[0]?.id,
    });
    const inCase = await page(`/api/cases/${cases[0]}/automation-runs`);
    expect(inCase.items.map(one => [one.automation.id, one.state]).sort()).toEqual(
      [
        [rule.id, 'done'],
        [wrong.id, 'refused'],
      ].sort(),
    );
    const refused = await page(`/api/automations/${wrong.id}/runs?state=refused`);
    expect(refused.items.map(one => one.detail)).toEqual(
      Array(3).fill(expect.stringMatching(/^transition-not-allowed: /)),
    );
    const other = await rest.administration('Altrove');
    for (const path of [`/api/automations/${rule.id}/runs`, `/api/cases/${cases[0]}/automation-runs`])
      expect((await rest.ask('GET', path, { as: other })).status).toBe(404);
    for (const one of [rule, wrong]) await off(one);
  });
});

describe('an automation that writes', () => {
  it('answers nobody who opens a case and is not proven, and does the rest', async () => {
    const { body: rule } = await write({ on: ['opened'], when: {}, actions: { note: 'Vista.', textTemplate: words } });
    const { caseId } = await rest.receive(mail, { ...person().first, flags: { unauthenticated: true } });
    const proven = await rest.receive(mail, person().first);
    await settled();
    expect([await notesOf(caseId), (await automatic(caseId)).length]).toEqual([1, 0]);
    expect((await runsOf(rule.id))[0]).toEqual({ state: 'done', detail: expect.stringContaining('not proven') });
    expect(await automatic(proven.caseId)).not.toEqual([]);
    await off(rule);
  });

  const person = () => {
    const externalId = `ext-${v7()}`;
    const from = { kind: 'email', value: `${v7()}@example.org`, verified: true } as const;
    return { first: { externalId, from }, again: { from, thread: { references: [externalId] } } };
  };

  it('answers a robot as little as acknowledgements do, does the rest, and says what it left out', async () => {
    const { body: rule } = await write({
      on: ['message_received'],
      when: {},
      actions: { note: 'Ha scritto.', textTemplate: words },
    });
    const { first, again } = person();
    const { caseId } = await rest.receive(mail, first);
    for (let n = 0; n < 6; n += 1) expect((await rest.receive(mail, again)).caseId).toBe(caseId);
    await settled();
    // The acknowledgement and two answers: three in an hour.
    expect([await notesOf(caseId), (await automatic(caseId)).length]).toEqual([6, 3]);
    const runs = await runsOf(rule.id);
    expect(runs.map(({ state }) => state)).toEqual(Array(6).fill('done'));
    expect(runs.map(({ detail }) => detail)).toEqual([
      null,
      null,
      ...Array<unknown>(4).fill(expect.stringContaining('too_many')),
    ]);
    expect(await ruleNow(rule.id)).toMatchObject({ enabled: true, failures: 0, done: 6 });
    await off(rule);
  });

  it('goes on, and stays on, where nobody can be written to', async () => {
    const { body: rule } = await write({ on: ['opened'], when: {}, actions: { textTemplate: words, note: 'Vista.' } });
    const cases: string[] = [];
    for (const channel of [form, form, form, door, door, door]) cases.push((await rest.receive(channel, {})).caseId);
    await settled();
    for (const id of cases) expect([await notesOf(id), (await automatic(id)).length]).toEqual([1, 0]);
    const why = (await runsOf(rule.id)).map(({ state, detail }) => [state, detail?.split(':')[0]]);
    expect(why).toEqual([
      ...Array<unknown>(3).fill(['done', 'no-reply-address']),
      ...Array<unknown>(3).fill(['done', 'channel-cannot']),
    ]);
    expect(await ruleNow(rule.id)).toMatchObject({ enabled: true, failures: 0 });
    await off(rule);
  });

  it('is not set off by strangers, machines and the unauthenticated who write in a case', async () => {
    const { body: rule } = await write({ on: ['message_received'], when: {}, actions: { note: 'Ha scritto.' } });
    const { first, again } = person();
    const { caseId } = await rest.receive(mail, first);
    for (const more of [
      { from: person().first.from },
      { flags: { automatic: 'bulk' } },
      { flags: { unauthenticated: true } },
    ] as const)
      expect((await rest.receive(mail, { ...again, ...more })).caseId).toBe(caseId);
    await settled();
    expect((await facts(caseId)).filter(fact => fact === 'message_received')).toHaveLength(3);
    expect(await notesOf(caseId)).toBe(0);
    await rest.receive(mail, again);
    await settled();
    expect(await notesOf(caseId)).toBe(1);
    await off(rule);
  });

  it('is not set off by its own answers that do not arrive, and is by a person’s', async () => {
    const { body: rule } = await write({ on: ['delivery_failed'], when: {}, actions: { textTemplate: words } });
    const failed = (message: string | undefined): Promise<void> =>
      rest.app.get(Intake).takeAll([
        {
          eventId: v7(),
          type: 'message.progressed.v1',
          data: {
            ...mail,
            at: new Date().toISOString(),
            state: 'failed',
            message: message ?? '',
            attempt: 1,
            reason: 'undeliverable',
          },
          correlationId: v7(),
          released: false,
        },
      ]);
    const { caseId } = await rest.receive(mail, person().first);
    const { body: reply } = await rest.ask<{ id: string }>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Buongiorno.' },
      headers: { 'if-match': `"${(await shown(caseId)).version}"` },
    });
    await failed(reply.id);
    await settled();
    const said = await automatic(caseId);
    expect(said).toHaveLength(2);
    await failed(said[1]?.id);
    await settled();
    expect((await facts(caseId)).filter(fact => fact === 'delivery_failed')).toHaveLength(2);
    expect([(await automatic(caseId)).length, (await runsOf(rule.id)).length]).toEqual([2, 1]);
    await off(rule);
  });

  it('keeps what another process made of a run that this one was refused', async () => {
    const { body: rule } = await write({ on: ['reopened'], when: {}, actions: { move: { command: 'resume' } } });
    const caseId = await reported('Conteso');
    await settled();
    const run = v7();
    const [holder, other] = [rest.dataSource.createQueryRunner(), rest.dataSource.createQueryRunner()];
    const waiters = (): Promise<{ n: number }[]> =>
      rest.dataSource.query('select count(distinct pid)::int as n from pg_locks where not granted');
    const waiting = (n: number): Promise<true> =>
      eventually(async () => ((await waiters())[0]?.n ?? 0) >= n || undefined, 30);
    await holder.startTransaction();
    await holder.query('select from case_file where id = $1 for no key update', [caseId]);
    await rest.dataSource.query(
      `insert into automation_run (id, automation_id, trigger, case_id, chain, at) values ($1, $2, 'test', $3, '{}', now())`,
      [run, rule.id, caseId],
    );
    await waiting(1);
    await other.startTransaction();
    // Whoever waits for a table is given it before the one that let it go can ask again.
    const won = other.query('lock table automation_run in exclusive mode');
    await waiting(2);
    await holder.commitTransaction();
    await won;
    await other.query(`update automation_run set state = 'done' where id = $1 and state = 'waiting'`, [run]);
    await other.commitTransaction();
    await Promise.all([holder.release(), other.release()]);
    // The next run is carried out after the refusal was written down.
    await rest.dataSource.query(
      `insert into automation_run (id, automation_id, trigger, case_id, chain, at) values ($1, $2, 'next', $3, '{}', now())`,
      [v7(), rule.id, caseId],
    );
    await settled();
    expect((await runsOf(rule.id)).map(({ state }) => state)).toEqual(['done', 'refused']);
    expect((await ruleNow(rule.id)).failures).toBe(1);
    await off(rule);
  });
});

describe('a confidential case', () => {
  it('is not touched by the rule of somebody who may not know of it, who would give it to themselves', async () => {
    const social = await rest.office(anna.administrationId, 'Servizi sociali');
    const [stranger, confided] = [
      await rest.operator(anna.administrationId, anna.office, 'Sergio', 'supervisor'),
      await rest.operator(anna.administrationId, social, 'Carla', 'supervisor'),
    ];
    const on = { on: ['confidentiality_changed'], when: {} };
    const taking = await write({ ...on, actions: { change: { assignee: stranger.id } } }, stranger);
    const marking = await write({ ...on, actions: { tags: [tags[0]] } }, confided);
    expect([taking.status, marking.status]).toEqual([201, 201]);
    const opened = await rest.ask<CaseView>('POST', '/api/cases', {
      as: anna,
      body: { subject: 'Da tacere', office: social },
    });
    const { id } = opened.body;
    const answer = await rest.ask('PUT', `/api/cases/${id}/confidentiality`, {
      as: anna,
      headers: { 'if-match': opened.headers.etag ?? '' },
      body: { level: 'minors', reason: 'Riguarda un minore' },
    });
    expect(answer.status).toBe(204);
    await settled();
    expect((await rest.ask('GET', `/api/cases/${id}`, { as: stranger })).status).toBe(404);
    const { body } = await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: confided });
    expect([body.assignee, body.tags.length]).toEqual([undefined, 1]);
    const runs: { id: string; state: string }[] = await rest.dataSource.query(
      'select automation_id as id, state from automation_run where case_id = $1',
      [id],
    );
    expect(runs.find(one => one.id === taking.body.id)?.state).toBe('skipped');
  });
});
