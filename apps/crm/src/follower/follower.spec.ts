import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CasePage,
  CaseView,
  InternalNoteView,
  JournalView,
  MentionPage,
  ProblemView,
  TagList,
  TagRefList,
  TagView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

jest.setTimeout(120_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let bruno: TestOperator;
let elsewhere: TestOperator & { readonly office: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno');
  await rest.dataSource.query(
    `update operator set code = case id when $1 then 'bruno.sala' when $2 then 'anna.riva' end where id in ($1, $2)`,
    [bruno.id, anna.id],
  );
  await rest.dataSource.query(`update operator set code = 'eva.blu' where id = $1`, [elsewhere.id]);
});
afterAll(() => rest.stop());

const opened = async (as: TestOperator = anna): Promise<CaseView> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as, body: { subject: 'Buca' } })).body;
const noted = (id: string, text: string, headers = {}) =>
  rest.ask<InternalNoteView>('POST', `/api/cases/${id}/internal-notes`, { as: anna, body: { text }, headers });
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const facts = async (id: string): Promise<string[]> =>
  (await rest.ask<JournalView>('GET', `/api/cases/${id}/journal`, { as: anna })).body.items.map(entry => entry.fact);
const mentions = async (as: TestOperator): Promise<MentionPage['items']> =>
  (await rest.ask<MentionPage>('GET', '/api/mentions', { as })).body.items;
const followed = async (as: TestOperator): Promise<string[]> =>
  (await rest.ask<CasePage>('GET', '/api/cases?followedByMe=true', { as })).body.items.map(one => one.id);

describe('an operator named in a note', () => {
  it('finds it in their list, follows the case, gets a letter, and is told once', async () => {
    const one = await opened();
    const key = { 'idempotency-key': v7() };
    await noted(one.id, '@bruno.sala e @Bruno.Sala, @anna.riva, @eva.blu, @nessuno: lo vedi?', key);
    await noted(one.id, '@bruno.sala e @Bruno.Sala, @anna.riva, @eva.blu, @nessuno: lo vedi?', key);
    const [mention, ...more] = await mentions(bruno);
    expect(more).toEqual([]);
    expect(mention).toMatchObject({ case: { id: one.id, number: one.number }, by: { id: anna.id } });
    expect([await mentions(anna), await mentions(elsewhere)]).toEqual([[], []]);
    expect(await followed(bruno)).toEqual([one.id]);
    expect((await shown(one.id)).followers.map(who => who.id)).toEqual([bruno.id]);
    const letters: { operator_id: string }[] = await rest.dataSource.query(
      `select operator_id from letter where case_id = $1 and kind = 'mention'`,
      [one.id],
    );
    expect(letters.map(letter => letter.operator_id)).toEqual([bruno.id]);
    const read = `/api/mentions/${mention?.id}/reading`;
    expect((await rest.ask('POST', read, { as: anna })).status).toBe(404);
    expect((await rest.ask('POST', read, { as: elsewhere })).status).toBe(404);
    expect((await rest.ask('POST', read, { as: bruno })).status).toBe(204);
    expect((await mentions(bruno))[0]?.readAt).toBeDefined();
    expect(JSON.stringify((await rest.ask('GET', `/api/cases/${one.id}/journal`, { as: anna })).body)).not.toContain(
      'lo vedi',
    );
  });
});

it('an operator who no longer works here is named by nobody, and written to by no note', async () => {
  const one = await opened();
  await rest.dataSource.query('update operator set active = false where id = $1', [bruno.id]);
  await noted(one.id, '@bruno.sala: lo vedi?', { 'idempotency-key': v7() });
  await rest.dataSource.query('update operator set active = true where id = $1', [bruno.id]);
  expect((await mentions(bruno)).filter(mention => mention.case.id === one.id)).toEqual([]);
  expect(await rest.dataSource.query('select from letter where case_id = $1', [one.id])).toEqual([]);
});

describe('a case that is followed', () => {
  it('is in the list of who follows it, until they stop, and is no fact of it', async () => {
    const one = await opened();
    const follow = () => rest.ask('POST', `/api/cases/${one.id}/followers`, { as: anna });
    const before = await facts(one.id);
    expect((await Promise.all([follow(), follow()])).map(answer => answer.status)).toEqual([200, 200]);
    expect(await followed(anna)).toContain(one.id);
    expect((await rest.ask('POST', `/api/cases/${one.id}/followers`, { as: elsewhere })).status).toBe(404);
    expect((await rest.ask('DELETE', `/api/cases/${one.id}/followers/me`, { as: anna })).status).toBe(200);
    expect(await followed(anna)).not.toContain(one.id);
    expect(await facts(one.id)).toEqual(before);
  });
});

describe('a tag', () => {
  const code = (): string => `t_${v7().replaceAll('-', '_')}`;
  const made = async (as: TestOperator = anna): Promise<TagView> =>
    (await rest.ask<TagView>('POST', '/api/tags', { as, body: { code: code(), label: 'Alluvione' } })).body;
  const put = (id: string, tag: string, as: TestOperator = anna) =>
    rest.ask<TagRefList & ProblemView>('POST', `/api/cases/${id}/tags`, { as, body: { tag } });

  it('is put on a case once, found by it, and taken off', async () => {
    const [one, tag] = [await opened(), await made()];
    await Promise.all([put(one.id, tag.id), put(one.id, tag.id)]);
    expect((await shown(one.id)).tags.map(item => item.id)).toEqual([tag.id]);
    expect((await facts(one.id)).filter(fact => fact === 'tagged')).toHaveLength(1);
    const list = await rest.ask<CasePage>('GET', `/api/cases?tag=${tag.id}`, { as: anna });
    expect(list.body.items.map(item => item.id)).toEqual([one.id]);
    const off = () => rest.ask<TagRefList>('DELETE', `/api/cases/${one.id}/tags/${tag.id}`, { as: anna });
    expect([(await off()).body.items, (await off()).status]).toEqual([[], 200]);
    expect((await facts(one.id)).filter(fact => fact === 'untagged')).toHaveLength(1);
  });

  it('is there once for a code, and is not put on any more when it is retired', async () => {
    const body = { code: code(), label: 'Neve' };
    const answers = await Promise.all([1, 2, 3].map(() => rest.ask<TagView>('POST', '/api/tags', { as: anna, body })));
    expect(answers.map(one => one.status).sort()).toEqual([201, 422, 422]);
    const [one, tag] = [await opened(), await made()];
    await put(one.id, tag.id);
    const change = (headers: Record<string, string>) =>
      rest.ask<TagView>('PATCH', `/api/tags/${tag.id}`, {
        as: anna,
        headers,
        body: { retired: true, label: 'Vecchia' },
      });
    expect((await change({})).status).toBe(428);
    const [once, twice] = await Promise.all([change({ 'if-match': '"1"' }), change({ 'if-match': '"1"' })]);
    expect([once.status, twice.status].sort()).toEqual([200, 412]);
    const now = await rest.ask<TagView>('GET', `/api/tags/${tag.id}`, { as: anna });
    expect([now.headers.etag, now.body]).toEqual(['"2"', { ...tag, retired: true, label: 'Vecchia', version: 2 }]);
    expect((await put((await opened()).id, tag.id)).body.errors?.[0]?.pointer).toBe('/tag');
    expect((await shown(one.id)).tags).toHaveLength(1);
  });

  it('is of its own administration', async () => {
    const [ours, theirs, tag, theirTag] = [
      await opened(),
      await opened(elsewhere),
      await made(),
      await made(elsewhere),
    ];
    expect((await put(ours.id, theirTag.id)).status).toBe(422);
    expect((await put(theirs.id, tag.id)).status).toBe(404);
    const label = { as: anna, headers: { 'if-match': '"1"' }, body: { label: 'x' } };
    expect((await rest.ask('PATCH', `/api/tags/${theirTag.id}`, label)).status).toBe(404);
    expect((await rest.ask('DELETE', `/api/cases/${ours.id}/tags/${theirTag.id}`, { as: anna })).status).toBe(404);
    const list = await rest.ask<TagList>('GET', '/api/tags', { as: anna });
    expect(list.body.items.map(item => item.id)).not.toContain(theirTag.id);
    for (const wrong of [{}, { code: 'A b', label: 'l' }, { code: code() }])
      expect((await rest.ask('POST', '/api/tags', { as: anna, body: wrong })).status).toBe(422);
  });
});
