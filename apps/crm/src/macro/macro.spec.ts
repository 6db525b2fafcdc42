import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  ActionsPreview,
  BulkActionView,
  CaseView,
  JournalView,
  MacroList,
  MacroView,
  ProblemView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let bruno: TestOperator;
let roads: string;
let tag: string;
let template: string;
let door: { channel: string; account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  roads = await rest.office(anna.administrationId, 'Strade');
  bruno = await rest.operator(anna.administrationId, roads, 'Bruno', 'specialist');
  door = await rest.channel(
    { reply: true, text: { maxLength: 1_000 }, conversations: 'person' },
    anna.administrationId,
  );
  const made = async (path: string, body: object) =>
    (await rest.ask<{ id: string }>('POST', path, { as: anna, body })).body.id;
  tag = await made('/api/tags', { code: 'buche', label: 'Buche' });
  template = await made('/api/templates', {
    code: 'arriviamo',
    language: 'it',
    name: 'Arriviamo',
    purpose: 'reply',
    text: 'Pratica {{ case.number }}: arriviamo.',
  });
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const keep = (actions: object, more: object = {}, as: TestOperator = anna) =>
  rest.ask<MacroView & ProblemView>('POST', '/api/macros', { as, body: { name: 'Buca', actions, ...more } });
const reported = async (): Promise<string> => (await rest.receive(door, { text: 'Una buca in via Roma' })).caseId;
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const facts = async (id: string): Promise<string[]> =>
  (await rest.ask<JournalView>('GET', `/api/cases/${id}/journal`, { as: anna })).body.items.map(entry => entry.fact);
const apply = async (id: string, macro: string, headers: Record<string, string> = {}, as: TestOperator = anna) =>
  rest.ask<CaseView & ProblemView>('POST', `/api/cases/${id}/macro-applications`, {
    as,
    body: { macro },
    headers: { 'if-match': `"${(await shown(id)).version}"`, ...headers },
  });
const preview = async (id: string, macro: string): Promise<ActionsPreview> =>
  (await rest.ask<ActionsPreview>('POST', `/api/cases/${id}/macro-previews`, { as: anna, body: { macro } })).body;
const everything = () => ({
  change: { priority: 'high', office: roads },
  tags: [tag],
  note: 'Verificare domattina.',
  task: { body: { name: 'Acquedotto', address: 'a@acquedotto.example' }, question: 'È vostra?' },
  textTemplate: template,
});

describe('a macro', () => {
  it('does everything it says in one version step of the case, once for each key, and nothing when previewed', async () => {
    const { body: macro } = await keep(everything());
    const id = await reported();
    const before = await facts(id);
    const seen = await preview(id, macro.id);
    expect(seen.problem).toBeUndefined();
    expect(seen.told).toMatch(/^Pratica \d{4}-\d+-\d: arriviamo\.$/);
    expect(seen.facts).toEqual(
      expect.arrayContaining(['priority_changed', 'tagged', 'note_added', 'asked', 'reply_queued']),
    );
    expect(await facts(id)).toEqual(before);
    const key = { 'idempotency-key': v7(), 'if-match': `"${(await shown(id)).version}"` };
    const answers = [await apply(id, macro.id, key), await apply(id, macro.id, key)];
    expect(answers.map(one => one.status)).toEqual([201, 201]);
    expect((await facts(id)).slice(before.length)).toEqual(seen.facts);
    expect(await shown(id)).toMatchObject({ priority: 'high', office: { id: roads }, tags: [{ id: tag }] });
    const stale = await apply(id, macro.id, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
  });

  it('does nothing at all when one thing is refused, and says which', async () => {
    const { body: macro } = await keep({ ...everything(), move: { command: 'schedule', plannedDate: '2020-01-01' } });
    const id = await reported();
    const before = await facts(id);
    const seen = await preview(id, macro.id);
    const answer = await apply(id, macro.id);
    expect([answer.status, seen.problem]).toEqual([409, 'transition-not-allowed']);
    expect(await facts(id)).toEqual(before);
    expect(await shown(id)).toMatchObject({ priority: 'normal', tags: [], tasks: [] });
  });

  it('is seen by whom it is shared with, and changed by its owner alone', async () => {
    const { body: mine } = await keep({ note: 'n' });
    const { body: shared } = await keep({ note: 'n' }, { sharedWith: 'administration' });
    const theirs = (await rest.ask<MacroList>('GET', '/api/macros', { as: bruno })).body.items.map(one => one.id);
    expect(theirs).toContain(shared.id);
    expect(theirs).not.toContain(mine.id);
    const change = (as: TestOperator, version = 1) =>
      rest.ask<MacroView>('PUT', `/api/macros/${shared.id}`, {
        as,
        body: { name: 'Altro', actions: { note: 'm' }, sharedWith: 'administration' },
        headers: { 'if-match': `"${version}"` },
      });
    expect((await change(bruno)).status).toBe(403);
    expect([(await change(anna)).body.version, (await change(anna)).status]).toEqual([2, 412]);
    expect((await rest.ask('DELETE', `/api/macros/${shared.id}`, { as: bruno })).status).toBe(403);
    expect((await rest.ask('DELETE', `/api/macros/${shared.id}`, { as: anna })).status).toBe(204);
    const passedOn = await reported();
    await rest.ask('PATCH', `/api/cases/${passedOn}`, {
      as: anna,
      body: { office: roads },
      headers: { 'if-match': `"${(await shown(passedOn)).version}"` },
    });
    expect((await apply(passedOn, mine.id, {}, bruno)).body.errors?.[0]?.pointer).toBe('/macro');
    expect((await keep({ note: 'n' }, { sharedWith: 'administration' }, bruno)).status).toBe(403);
  });

  it.each<[string, () => object, string]>([
    ['does nothing', () => ({}), '/actions'],
    ['gives to an office of nobody', () => ({ change: { office: v7() } }), '/actions/change/office'],
    ['puts a tag of nobody', () => ({ tags: [v7()] }), '/actions/tags'],
    ['sends a template of nobody', () => ({ textTemplate: v7() }), '/actions/textTemplate'],
    ['asks an office of nobody', () => ({ task: { office: v7(), question: 'q' } }), '/actions/task/office'],
  ])('is not kept when it %s', async (_, actions, pointer) => {
    const answer = await keep(actions());
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is applied to many cases, each all or nothing', async () => {
    const { body: macro } = await keep({ change: { office: roads }, tags: [tag], move: { command: 'takeCharge' } });
    const [a, b] = [await reported(), await reported()];
    await rest.ask('POST', `/api/cases/${b}/transitions`, {
      as: anna,
      body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true },
      headers: { 'if-match': `"${(await shown(b)).version}"` },
    });
    const prepared = await rest.ask<BulkActionView & ProblemView>('POST', '/api/bulk-actions', {
      as: anna,
      body: { macro: macro.id, cases: [a, b] },
    });
    expect([prepared.status, prepared.body.refusals.map(one => one.cases)]).toEqual([201, [1]]);
    await rest.ask('POST', `/api/bulk-actions/${prepared.body.id}/start`, { as: anna, body: {} });
    const done = await eventually(async () => {
      const { body } = await rest.ask<BulkActionView>('GET', `/api/bulk-actions/${prepared.body.id}`, { as: anna });
      return body.state === 'done' ? body : undefined;
    }, 30);
    expect([done.done, done.refused]).toEqual([1, 1]);
    expect(await shown(a)).toMatchObject({ state: 'in_charge', tags: [{ id: tag }] });
    expect((await shown(b)).tags).toEqual([]);
  });
});
