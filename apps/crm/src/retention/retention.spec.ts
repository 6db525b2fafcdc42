import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { ErasurePreview, LegalHoldList, RetentionPolicyList, RetentionRunView } from '@filodiretto/contracts';
import { BlobMissing } from '@filodiretto/platform';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { Erasures } from './erasures.js';
import { keptUntil } from './kept.js';
import { RetentionRuns } from './runs.js';

jest.setTimeout(120_000);

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };
const query = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => rest.dataSource.query(sql, parameters);

beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Rocca', 'admin');
  ways = await rest.channel(TALKS, admin.administrationId);
});
afterAll(() => rest.stop());

const ask = <T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, ifMatch?: string): Promise<Answer<T>> =>
  rest.ask<T>(method, url, { as: admin, body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });

/** A case that ended so many days ago, of a citizen of its own. */
async function ended(kind: string, daysAgo: number, said: object = {}): Promise<{ caseId: string; contact: string }> {
  const { caseId } = await rest.receive(ways, { ...said });
  await query(`update message set send_state = 'sent', send_rank = 40 where send_state in ('queued', 'sending')`);
  await query(
    `update case_file set kind = $2, state = 'closed', ended_at = clock_now() - make_interval(days => $3) where id = $1`,
    [caseId, kind, daysAgo],
  );
  const [row] = await query<{ contact: string }>('select contact_id as contact from case_file where id = $1', [caseId]);
  return { caseId, contact: row?.contact ?? '' };
}
const wordsOf = async (caseId: string): Promise<string> => {
  const [row] = await query<{ said: string }>(
    `select string_agg(text, '') || (select subject from case_file where id = $1) as said from message where case_id = $1`,
    [caseId],
  );
  return row?.said ?? '';
};
const numberOf = async (caseId: string): Promise<string> =>
  (await query<{ number: string }>('select number from case_file where id = $1', [caseId]))[0]?.number ?? '';

async function done(id: string): Promise<RetentionRunView> {
  return eventually(async () => {
    const { body } = await ask<RetentionRunView>('GET', `/api/retention/runs/${id}`);
    return body.state === 'done' ? body : undefined;
  }, 60);
}

describe('what is kept for a while', () => {
  it('is looked at, then destroyed when its time is over; what is held, needed or younger stays', async () => {
    const old = await ended('information', 400);
    const young = await ended('information', 300);
    const report = await ended('report', 400);
    const held = await ended('information', 400);
    const needed = await ended('information', 400);
    const open = await rest.receive(ways, {});
    await query('update case_file set follow_up_of = $2 where id = $1', [open.caseId, needed.caseId]);
    await ask('POST', '/api/legal-holds', { case: held.caseId, reason: 'Contenzioso' });
    await query(
      `insert into upload (id, administration_id, operator_id, sha256, size, media_type, filename, created_at)
       values ($1, $2, $3, $4, 1, 'text/plain', 'bozza.txt', clock_now() - interval '31 days')`,
      [v7(), admin.administrationId, admin.id, 'e'.repeat(64)],
    );

    const { status, body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(status).toBe(201);
    expect(run.preview).toMatchObject([
      { code: 'case.information', count: 1, held: 1, needed: 1, examples: [await numberOf(old.caseId)] },
      { code: 'contact', count: 1 },
      { code: 'upload', count: 1 },
    ]);
    // To look at it destroyed nothing.
    expect(await wordsOf(old.caseId)).not.toMatch(/^Contenuto cancellato$/);

    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(202);
    const over = await done(run.id);
    expect(over.counts).toEqual({ 'case.information': 1, upload: 1, contact: 1 });
    await eventually(async () => ((await wordsOf(old.caseId)) === 'Contenuto cancellato' ? true : undefined));
    for (const { caseId } of [young, report, held, needed]) expect(await wordsOf(caseId)).toMatch(/lampione/);
    expect(
      await query(`select data->>'because' as because from journal where case_id = $1 and fact = 'erased'`, [
        old.caseId,
      ]),
    ).toEqual([{ because: 'retention' }]);
    expect(await query('select erased_at is not null as gone from contact where id = $1', [old.contact])).toEqual([
      { gone: true },
    ]);
    expect(await query('select from contact where erased_at is not null and id = $1', [young.contact])).toEqual([]);

    // The hold is lifted: its time is over at once.
    const { body: holds } = await ask<LegalHoldList>('GET', '/api/legal-holds');
    await ask('POST', `/api/legal-holds/${holds.items[0]?.id ?? ''}/lift`, { reason: 'Causa definita' });
    const { body: second } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(second.preview).toMatchObject([
      { code: 'case.information', count: 1, held: 0, needed: 1 },
      { code: 'contact', count: 1 },
    ]);
  });

  it('is kept as long as the administration decides, for a kind or for a category', async () => {
    const { body } = await ask<RetentionPolicyList>('GET', '/api/retention/policies');
    expect(body.items.find(one => one.code === 'case.praise')).toMatchObject({ months: 12, duty: false, version: 0 });
    const mine = { months: 0, days: 10, duty: false, legalBasis: 'Delibera 3/2026' };
    const url = '/api/retention/policies/case.praise';
    expect((await ask('PUT', url, mine, '"1"')).status).toBe(412);
    expect((await ask('PUT', url, mine, '"0"')).status).toBe(200);
    expect((await ask('PUT', url, mine, '"0"')).status).toBe(412);
    expect((await ask('PUT', '/api/retention/policies/case.nothing', mine, '"0"')).status).toBe(404);
    expect((await ask('PUT', url, { ...mine, days: 0 }, '"1"')).status).toBe(422);

    const { caseId, contact } = await ended('praise', 3);
    const kept = async (): Promise<number> => {
      const [one] = await keptUntil(rest.dataSource, admin.administrationId, contact);
      const [{ now } = { now: new Date() }] = await query<{ now: Date }>('select clock_now() as now');
      return Math.round(((one?.until?.getTime() ?? 0) - now.getTime()) / 86_400_000);
    };
    expect(await kept()).toBe(7);
    const category = v7();
    await query(
      `insert into category (id, administration_id, code, label, kind) values ($1, $2, 'elogi', 'Elogi', 'praise')`,
      [category, admin.administrationId],
    );
    await query('update case_file set category_id = $2 where id = $1', [caseId, category]);
    await ask('PUT', `/api/retention/policies/category.${category}`, { ...mine, days: 20 }, '"0"');
    expect(await kept()).toBe(17);
    await rest.app.get(Clock).advance(18 * 86_400_000);
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(run.preview.map(one => one.code)).toContain(`category.${category}`);
    // Another term was decided than the one that was looked at: it is looked at again.
    await ask('PUT', `/api/retention/policies/category.${category}`, { ...mine, days: 1 }, '"1"');
    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(412);
  });

  it.each([
    ['taken up again', `update case_file set state = 'assigned', ended_at = null where id = $1`],
    [
      'held',
      `insert into legal_hold (id, administration_id, case_id, reason, placed_by, placed_at)
       select gen_random_uuid(), administration_id, $1, 'Causa', (select id from operator o where o.administration_id = c.administration_id limit 1), now()
       from case_file c where id = $1`,
    ],
    [
      'of a run that was stopped',
      `update retention_run set state = 'stopped' where $1::uuid is not null and state = 'running'`,
    ],
  ])('is let go when it was %s while its turn was awaited', async (_, meanwhile) => {
    const { caseId } = await ended('information', 900);
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    await rest.app.get(MachineDataSource).transaction(async manager => {
      await manager.query(
        `update retention_run set state = 'running', started_at = now(), counts = '{"case.information": 1}' where id = $1`,
        [run.id],
      );
      const begun = { id: run.id, administrationId: admin.administrationId, code: 'case.information' };
      await rest.app.get(Erasures).beginRetention(manager, begun, { cases: [caseId] });
      await manager.query(meanwhile, [caseId]);
    });
    await eventually(async () => {
      const rows = await query('select from erasure where case_id = $1', [caseId]);
      return rows.length === 0 || undefined;
    });
    expect(await wordsOf(caseId)).toMatch(/lampione/);
    expect((await ask<RetentionRunView>('GET', `/api/retention/runs/${run.id}`)).body.counts).toEqual({
      'case.information': 0,
    });
    await query(`update retention_run set state = 'stopped' where id = $1`, [run.id]);
    await query(`update case_file set ended_at = now(), state = 'closed' where id = $1`, [caseId]);
  });

  it('by duty is not erased at the citizen’s request before its time', async () => {
    const { contact, caseId } = await ended('foia', 400);
    const { body } = await ask<ErasurePreview>('GET', `/api/contacts/${contact}/erasure`);
    expect(body.obstacles).toMatchObject([{ because: 'kept_by_duty', cases: [await numberOf(caseId)] }]);
    expect(body.obstacles[0]?.until).toBeDefined();
    await ask('POST', '/api/legal-holds', { contact, reason: 'Indagine' });
    const again = await ask<ErasurePreview>('GET', `/api/contacts/${contact}/erasure`);
    expect(again.body.obstacles.map(one => one.because)).toEqual(['legal_hold', 'kept_by_duty']);
    expect((await ask('POST', '/api/legal-holds', { contact, reason: 'Due volte' })).status).toBe(422);
    const elsewhere = await rest.administration('Altrove', 'admin');
    const foreign = await rest.ask('POST', '/api/legal-holds', { as: elsewhere, body: { contact, reason: 'x' } });
    expect(foreign.status).toBe(404);
  });

  it('as a recording goes before the words of its call', async () => {
    const blob = await rest.store.keep(Buffer.from('voce registrata'), 'audio/mpeg');
    const { caseId, message } = await rest.receive(ways, {
      sentAt: new Date(Date.now() - 91 * 86_400_000).toISOString(),
      content: [
        { type: 'call', direction: 'in', arrivedAt: new Date().toISOString(), steps: [], transcription: 'il lampione' },
        { type: 'media', kind: 'voice', mediaType: 'audio/mpeg', blob, fetch: 'done', scan: 'skipped' },
      ],
    });
    await rest.app.get(Clock).advance(3_600_000);
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(run.preview).toContainEqual(expect.objectContaining({ code: 'recording', count: 1 }));
    await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true });
    expect((await done(run.id)).counts).toMatchObject({ recording: 1 });
    await eventually(async () =>
      rest.store.open(blob).then(
        () => undefined,
        (error: unknown) => error instanceof BlobMissing || undefined,
      ),
    );
    const [row] = await query<{ content: object[] }>('select content from message where id = $1', [message]);
    expect(row?.content).toMatchObject([{ transcription: 'il lampione' }, { kind: 'voice', fetch: 'expired' }]);
    expect(JSON.stringify(row)).not.toContain(blob.sha256);
    expect(await query('select state from case_file where id = $1 and ended_at is null', [caseId])).toHaveLength(1);
  });

  it('waits for the night unless told, and stops when somebody says so', async () => {
    await ended('information', 500);
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    // It is made noon in Rome.
    const [{ ms } = { ms: 0 }] = await query<{ ms: number }>(
      `select (extract(epoch from (date_trunc('day', clock_now() at time zone 'Europe/Rome') + interval '36 hours')
         at time zone 'Europe/Rome' - clock_now()) * 1000)::float as ms`,
    );
    await rest.app.get(Clock).advance(ms);
    await ask('POST', `/api/retention/runs/${run.id}/start`, {});
    await rest.app.get(RetentionRuns).run(run.id);
    const { body: waiting } = await ask<RetentionRunView>('GET', `/api/retention/runs/${run.id}`);
    expect(waiting).toMatchObject({ state: 'running', counts: {} });
    expect((await ask<RetentionRunView>('POST', `/api/retention/runs/${run.id}/stop`)).body.state).toBe('stopped');
    await rest.app.get(RetentionRuns).run(run.id);
    expect((await ask<RetentionRunView>('GET', `/api/retention/runs/${run.id}`)).body.counts).toEqual({});
    await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true });
    expect((await done(run.id)).counts).toMatchObject({ 'case.information': expect.any(Number) });
  });
});
