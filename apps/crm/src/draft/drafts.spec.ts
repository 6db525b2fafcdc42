import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView, DraftPage, DraftView, MessageView, ProblemView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { MachineDataSource } from '../data-source.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { eraseCase } from '../retention/rows.js';
import { TALKS } from '../testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let bruno: TestOperator;
let ways: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno');
  ways = await rest.channel(TALKS, anna.administrationId);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const at = (caseId: string, kind = 'reply'): string => `/api/cases/${caseId}/drafts/${kind}`;
const read = (as: TestOperator, caseId: string, kind = 'reply') => rest.ask<DraftView>('GET', at(caseId, kind), { as });
/** What a screen sends that has seen what there is. */
const seenBy = async (as: TestOperator, caseId: string, kind: string) => ({
  'if-match': (await read(as, caseId, kind)).headers.etag ?? '"0"',
});
const save = async (as: TestOperator, caseId: string, body: object, kind = 'reply') =>
  saveFrom(await seenBy(as, caseId, kind), as, caseId, body, kind);
/** Saves from what was seen, whatever there is now. */
const saveFrom = (headers: Record<string, string>, as: TestOperator, caseId: string, body: object, kind = 'reply') =>
  rest.ask<DraftView & ProblemView>('PUT', at(caseId, kind), { as, body: { begunFrom: 1, ...body }, headers });
const discard = async (as: TestOperator, caseId: string, seen?: string) =>
  rest.ask<ProblemView>('DELETE', at(caseId), {
    as,
    headers: seen === undefined ? await seenBy(as, caseId, 'reply') : { 'if-match': seen },
  });
const mine = async (as: TestOperator): Promise<string[]> =>
  (await rest.ask<DraftPage>('GET', '/api/drafts', { as })).body.items.map(one => `${one.kind} ${one.text}`);
const received = async (): Promise<string> => (await rest.receive(ways, {})).caseId;

describe('a draft', () => {
  it('is kept as it is written, one of each kind, and found again by who writes it', async () => {
    const id = await received();
    await save(anna, id, { text: 'Buon' });
    expect((await save(anna, id, { text: 'Buongiorno', subject: 'Lampione' })).body).toMatchObject({
      case: { id },
      kind: 'reply',
      text: 'Buongiorno',
      subject: 'Lampione',
    });
    await save(anna, id, { text: 'Sentire il manutentore' }, 'note');
    expect((await read(anna, id)).body.text).toBe('Buongiorno');
    expect((await read(anna, id, 'note')).body.text).toBe('Sentire il manutentore');
    expect((await mine(anna)).slice(0, 2)).toEqual(['note Sentire il manutentore', 'reply Buongiorno']);
    expect((await discard(anna, id)).status).toBe(204);
    expect((await read(anna, id)).status).toBe(404);
  });

  it('says from which version it was begun, and which there is now', async () => {
    const id = await received();
    const { version } = (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
    await save(anna, id, { text: 'Buongiorno', begunFrom: version });
    await rest.ask('POST', `/api/cases/${id}/internal-notes`, { as: bruno, body: { text: 'Già riparato' } });
    const { begunFrom, caseVersion } = (await read(anna, id)).body;
    expect([begunFrom, caseVersion]).toEqual([version, version + 1]);
  });

  it('is of its writer alone, whoever asks, also of the database', async () => {
    const id = await received();
    await save(anna, id, { text: 'Di Anna' });
    await save(bruno, id, { text: 'Di Bruno' });
    expect((await read(bruno, id)).body.text).toBe('Di Bruno');
    expect(await mine(bruno)).toEqual(['reply Di Bruno']);
    await discard(bruno, id);
    expect((await read(anna, id)).body.text).toBe('Di Anna');
    expect((await read(bruno, id)).status).toBe(404);
  });

  it('goes with what is sent, and with a note, each its own; what was refused takes nothing away', async () => {
    const id = await received();
    await save(anna, id, { text: 'Risposta' });
    await save(anna, id, { text: 'Nota' }, 'note');
    await save(bruno, id, { text: 'Di Bruno' });
    const refused = await rest.ask('POST', `/api/cases/${id}/replies`, { as: anna, body: {} });
    expect([refused.status, (await read(anna, id)).status]).toEqual([422, 200]);
    await rest.ask('POST', `/api/cases/${id}/replies`, { as: anna, body: { text: 'Risposta' } });
    expect([(await read(anna, id)).status, (await read(anna, id, 'note')).status]).toEqual([404, 200]);
    await rest.ask('POST', `/api/cases/${id}/internal-notes`, { as: anna, body: { text: 'Nota' } });
    expect([(await read(anna, id, 'note')).status, (await read(bruno, id)).status]).toEqual([404, 200]);
  });

  it('is said once, from however many screens at once, and is no draft any more for the one that still shows it', async () => {
    const id = await received();
    const { key } = (await save(anna, id, { text: 'Arriviamo' })).body;
    const send = (text: string) =>
      rest.ask<MessageView & ProblemView>('POST', `/api/cases/${id}/replies`, {
        as: anna,
        body: { text },
        headers: { 'idempotency-key': key },
      });
    const both = await Promise.all([send('Arriviamo'), send('Arriviamo')]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both.map(({ body }) => body.id)).toEqual([key, key]);
    expect(both.map(({ headers }) => headers['idempotency-replayed']).sort()).toEqual(['true', undefined]);
    const { timeline } = (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
    expect(timeline.filter(({ message }) => message?.author === 'operator')).toHaveLength(1);
    expect((await send('Arriviamo domani')).body.type).toBe('/problems/idempotency-mismatch');
    const again = await save(anna, id, { text: 'Arriviamo domani', key });
    expect([again.status, again.body.type]).toEqual([409, '/problems/already-said']);
    expect((await read(anna, id)).status).toBe(404);
    // What is begun then is another.
    const other = await save(anna, id, { text: 'Arriviamo domani', key: v7() });
    expect([other.status, other.body.key === key]).toEqual([200, false]);
  });

  it('keeps the key it was begun with, whichever screen goes on, and takes that of who begins it', async () => {
    const id = await received();
    const [mine, theirs] = [v7(), v7()];
    expect((await save(anna, id, { text: 'Bu', key: mine })).body.key).toBe(mine);
    expect((await save(anna, id, { text: 'Buon', key: theirs })).body).toMatchObject({ key: mine, text: 'Buon' });
    expect((await save(anna, id, { text: 'Buongiorno' })).body.key).toBe(mine);
  });

  it('saved while it is being said does not outlive what was said', async () => {
    const id = await received();
    for (let round = 0; round < 5; round += 1) {
      const key = v7();
      const text = `Riga ${round}`;
      const [said, saved] = await Promise.all([
        rest.ask('POST', `/api/cases/${id}/replies`, { as: anna, body: { text }, headers: { 'idempotency-key': key } }),
        save(anna, id, { text, key }),
      ]);
      expect(said.status).toBe(201);
      expect([200, 404, 409, 412]).toContain(saved.status);
      expect((await read(anna, id)).status).toBe(404);
    }
  });

  it('waits for what is being said in its case, and is refused when that was what it says', async () => {
    const id = await received();
    const key = v7();
    let settled = false;
    const saying = rest.app.get(MachineDataSource).createQueryRunner();
    await saying.startTransaction();
    try {
      // As the ledger holds a case that is written.
      await saying.query('select from case_file where id = $1 for no key update', [id]);
      const saved = save(anna, id, { text: 'Arriviamo', key }).finally(() => (settled = true));
      await eventually(async () => {
        const waiting: unknown[] = await rest.dataSource.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%from case_file%'`,
        );
        return settled || waiting.length > 0 || undefined;
      });
      await saying.query(
        `insert into idempotency (key, operator_id, fingerprint, resource, created_at) values ($1, $2, 'x', $1, now())`,
        [key, anna.id],
      );
      await saying.commitTransaction();
      expect([(await saved).status, (await saved).body.type]).toEqual([409, '/problems/already-said']);
      expect((await read(anna, id)).status).toBe(404);
    } finally {
      await saying.release();
    }
  });

  it('is not written over by a screen that did not see it: its words are there, and those of the screen are refused', async () => {
    const id = await received();
    const unsaid = await rest.ask<ProblemView>('PUT', at(id), { as: anna, body: { text: 'x', begunFrom: 1 } });
    expect([unsaid.status, unsaid.body.type]).toEqual([428, '/problems/version-required']);
    const begun = await saveFrom({ 'if-match': '"0"' }, anna, id, { text: 'Buon' });
    expect([begun.status, begun.body.version, begun.headers.etag]).toEqual([200, 1, '"1"']);
    const office = await saveFrom({ 'if-match': '"1"' }, anna, id, { text: 'Buongiorno dall’ufficio' });
    expect([office.status, office.headers.etag]).toEqual([200, '"2"']);
    const home = await saveFrom({ 'if-match': '"1"' }, anna, id, { text: 'Buongiorno da casa' });
    expect([home.status, home.body.type]).toEqual([412, '/problems/version-stale']);
    const second = await saveFrom({ 'if-match': '"0"' }, anna, id, { text: 'Cominciata altrove' });
    expect(second.status).toBe(412);
    // Told again because no answer came: the same words are no other ones.
    const again = await saveFrom({ 'if-match': '"1"' }, anna, id, { text: 'Buongiorno dall’ufficio' });
    expect([again.status, again.headers.etag]).toEqual([200, '"2"']);
    expect((await discard(anna, id, '"1"')).status).toBe(412);
    expect((await read(anna, id)).body.text).toBe('Buongiorno dall’ufficio');
    expect((await discard(anna, id, '"2"')).status).toBe(204);
    expect((await discard(anna, id, '"2"')).status).toBe(204);
    expect((await saveFrom({ 'if-match': '"2"' }, anna, id, { text: 'Di nuovo' })).status).toBe(412);
  });

  it('begun at two screens at the same moment is that of one, and the other is told', async () => {
    const id = await received();
    const both = await Promise.all(
      ['Uno', 'Due'].map(text => saveFrom({ 'if-match': '"0"' }, anna, id, { text, key: v7() })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await read(anna, id)).body.text).toBe(both.find(({ status }) => status === 200)?.body.text);
  });

  it('is found by its case', async () => {
    const [one, other] = [await received(), await received()];
    await save(anna, one, { text: 'Prima' });
    await save(anna, other, { text: 'Seconda' });
    const found = (await rest.ask<DraftPage>('GET', `/api/drafts?case=${one}`, { as: anna })).body.items;
    expect(found.map(({ text }) => text)).toEqual(['Prima']);
  });

  it.each(['reply', 'note'])('is not said as a %s by a screen that did not see what another saved', async kind => {
    const id = await received();
    const key = v7();
    await saveFrom({ 'if-match': '"0"' }, anna, id, { key, text: 'Domani.' }, kind);
    const seen = await seenBy(anna, id, kind);
    await save(anna, id, { text: 'Domani mattina alle otto.' }, kind);
    const say = (headers: Record<string, string>) =>
      rest.ask<ProblemView>('POST', `/api/cases/${id}/${kind === 'note' ? 'internal-notes' : 'replies'}`, {
        as: anna,
        body: { text: 'Domani.' },
        headers: { 'idempotency-key': key, ...headers },
      });
    const refused = await say(seen);
    expect([refused.status, refused.body.type]).toEqual([412, '/problems/version-stale']);
    expect((await read(anna, id, kind)).body.text).toBe('Domani mattina alle otto.');
    expect((await say(await seenBy(anna, id, kind))).status).toBe(201);
    expect((await read(anna, id, kind)).status).toBe(404);
  });

  it('goes with the answer that ends the case', async () => {
    const id = await received();
    await save(anna, id, { text: 'Riparato' });
    const { etag = '' } = (await rest.ask('GET', `/api/cases/${id}`, { as: anna })).headers;
    const done = await rest.ask('POST', `/api/cases/${id}/transitions`, {
      as: anna,
      body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Riparato' },
      headers: { 'if-match': etag },
    });
    expect([done.status, (await read(anna, id)).status]).toEqual([200, 404]);
  });

  it('leaves neither fact nor entry of the trail, and is erased with the case', async () => {
    const id = await received();
    const traces = (): Promise<unknown> =>
      rest.dataSource.query(
        `select (select count(*) from trail_entry where subject_id = $1) as entries, (select count(*) from journal where case_id = $1) as facts`,
        [id],
      );
    const before = await traces();
    await save(anna, id, { text: 'La signora dice che…' });
    expect(await traces()).toEqual(before);
    const { administrationId } = anna;
    await rest.app.get(MachineDataSource).transaction(async manager => {
      const erasure = { id: v7(), administrationId, contactId: null, caseId: id, because: 'retention' as const };
      await manager.query(
        `insert into erasure (id, administration_id, case_id, because, reason, state, asked_at) values ($1, $2, $3, 'retention', 'x', 'running', now())`,
        [erasure.id, administrationId, id],
      );
      await eraseCase(manager, erasure, id);
    });
    expect((await read(anna, id)).status).toBe(404);
  });

  it.each([
    ['a file that nobody uploaded', 'reply', { text: '', attachments: [v7()] }, '/attachments/0'],
    ['a conversation of another case', 'reply', { text: '', conversation: v7() }, '/conversation'],
    ['a note with a title', 'note', { text: '', subject: 'Titolo' }, '/subject'],
    ['no words', 'reply', {}, '/text'],
  ])('is refused with %s', async (_, kind, body, pointer) => {
    const answer = await save(anna, await received(), body, kind);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is neither a telegram nor in a case that is not seen', async () => {
    const id = await received();
    expect((await save(anna, id, { text: 'x' }, 'telegram')).status).toBe(404);
    const stranger = await rest.administration('Montechiaro');
    expect((await save(stranger, id, { text: 'x' })).status).toBe(404);
  });
});
