import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { AutomationSimulation, AutomationView, CaseView, JournalView, ProblemView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let door: { channel: string; account: string };
const tags: string[] = [];

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  door = await rest.channel(
    { reply: true, text: { maxLength: 1_000 }, conversations: 'person' },
    anna.administrationId,
  );
  for (const code of ['a', 'b'])
    tags.push((await rest.ask<{ id: string }>('POST', '/api/tags', { as: anna, body: { code, label: code } })).body.id);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const write = (body: object, as: TestOperator = anna) =>
  rest.ask<AutomationView & ProblemView>('POST', '/api/automations', {
    as,
    body: { name: `A ${v7()}`, enabled: true, ...body },
  });
const off = (one: AutomationView) =>
  rest.ask('PUT', `/api/automations/${one.id}`, {
    as: anna,
    body: { name: one.name, on: ['opened'], when: {}, actions: { note: 'spenta' }, enabled: false },
  });
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

describe('an automation', () => {
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
