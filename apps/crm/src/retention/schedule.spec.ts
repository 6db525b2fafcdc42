import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  RetentionRunList,
  RetentionRunView,
  RetentionScheduleView,
  RightsRequestPage,
} from '@filodiretto/contracts';
import { KEPT_THINGS } from '@filodiretto/domain';
import { BlobMissing } from '@filodiretto/platform';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { RetentionRuns } from './runs.js';
import { RetentionSchedule } from './schedule.js';

jest.setTimeout(120_000);

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };
const query = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> => rest.dataSource.query(sql, parameters);

beforeAll(async () => {
  rest = await RestApplication.start();
});
afterAll(() => rest.stop());

const ask = <T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, ifMatch?: string): Promise<Answer<T>> =>
  rest.ask<T>(method, url, { as: admin, body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });

async function administration(name: string): Promise<void> {
  admin = await rest.administration(name, 'admin');
  ways = await rest.channel(TALKS, admin.administrationId);
}
/** A case that ended so many days ago, of a citizen of its own. */
async function ended(kind: string, daysAgo: number, said: object = {}): Promise<{ caseId: string; message: string }> {
  const { caseId, message } = await rest.receive(ways, { ...said });
  await query(`update message set send_state = 'sent', send_rank = 40 where send_state in ('queued', 'sending')`);
  await query(
    `update case_file set kind = $2, state = 'closed', ended_at = clock_now() - make_interval(days => $3) where id = $1`,
    [caseId, kind, daysAgo],
  );
  return { caseId, message };
}
async function done(id: string): Promise<RetentionRunView> {
  return eventually(async () => {
    const { body } = await ask<RetentionRunView>('GET', `/api/retention/runs/${id}`);
    return body.state === 'done' ? body : undefined;
  }, 60);
}
const hold = (held: { case: string } | { contact: string }): Promise<Answer<object>> =>
  ask('POST', '/api/legal-holds', { ...held, reason: 'Contenzioso' });

/** Makes it so many o’clock in Rome, of the next day on which it is. */
async function becomes(hour: number): Promise<void> {
  const [{ ms } = { ms: 0 }] = await query<{ ms: number }>(
    `select (extract(epoch from
       (date_trunc('day', clock_now() at time zone 'Europe/Rome') + make_interval(days => 1, hours => $1)) at time zone 'Europe/Rome'
       - clock_now()) * 1000)::float as ms`,
    [hour],
  );
  await rest.app.get(Clock).advance(ms);
}

describe('a run of retention', () => {
  it('destroys what was looked at, of every sort, and nothing of what is held', async () => {
    await administration('Ogni cosa');
    const file = await rest.store.keep(Buffer.from(`una fotografia ${v7()}`), 'image/png');
    const voice = await rest.store.keep(Buffer.from(`una voce ${v7()}`), 'audio/mpeg');
    const media = (blob: object): object => ({
      content: [
        { type: 'text', text: 'Buongiorno, il lampione è spento.' },
        { type: 'media', kind: 'image', mediaType: 'image/png', blob, fetch: 'done', scan: 'skipped' },
      ],
    });
    // Cases whose own time is over, and one that is kept while its files are not.
    await ended('information', 400);
    const heldCase = await ended('information', 400);
    const withFile = await ended('foia', 400, media(file));
    const heldFile = await ended('foia', 400, media(file));
    await ask(
      'PUT',
      '/api/retention/policies/attachment',
      { months: 0, days: 30, duty: false, legalBasis: 'x' },
      '"0"',
    );
    await query(`update attachment set created_at = now() where message_id = any($1::uuid[])`, [[withFile.message]]);
    const called = await rest.receive(ways, {
      sentAt: new Date(Date.now() - 91 * 86_400_000).toISOString(),
      content: [
        { type: 'call', direction: 'in', arrivedAt: new Date().toISOString(), steps: [], transcription: 'il lampione' },
        { type: 'media', kind: 'voice', mediaType: 'audio/mpeg', blob: voice, fetch: 'done', scan: 'skipped' },
      ],
    });
    for (const { caseId } of [heldCase, heldFile]) await hold({ case: caseId });
    // Delivered long ago: one that is over, and one of a case that is held.
    const long = await ended('report', 800);
    await query(
      `update reception_item set recorded_at = clock_now() - interval '3 years' where message_id = any($1::uuid[])`,
      [[long.message, heldFile.message]],
    );
    // Said in no case; and somebody who never asked anything.
    const loose = await rest.receive(ways, {});
    const heldLoose = await rest.receive(ways, {});
    await query(
      `update case_file set contact_id = null, state = 'closed', ended_at = clock_now() where id = any($1::uuid[])`,
      [[loose.caseId, heldLoose.caseId]],
    );
    await query(
      `update message set case_id = null, send_state = case when send_state is null then null else 'sent' end,
         sent_at = clock_now() - interval '13 months' where case_id = any($1::uuid[])`,
      [[loose.caseId, heldLoose.caseId]],
    );
    const [{ contact } = { contact: '' }] = await query<{ contact: string }>(
      'select contact_id as contact from message where id = $1',
      [heldLoose.message],
    );
    await hold({ contact });
    await query(
      `insert into contact (id, administration_id, name, created_at) values ($1, $2, 'Mai Sentita', clock_now() - interval '2 years')`,
      [v7(), admin.administrationId],
    );
    await rowsOver(called.caseId);

    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    const looked = Object.fromEntries(run.preview.filter(one => one.count > 0).map(one => [one.code, one.count]));
    expect(Object.keys(looked).sort()).toEqual(['case.information', ...KEPT_THINGS].sort());
    const holds = Object.fromEntries(run.preview.filter(one => one.held > 0).map(one => [one.code, one.held]));
    expect(Object.keys(holds).sort()).toEqual(['attachment', 'case.information', 'loose_message', 'original']);

    await rest.app.get(Clock).advance(3_600_000);
    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(202);
    expect((await done(run.id)).counts).toEqual(looked);
    // Nothing is left of what went, and it is not found again.
    const { body: again } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(again.preview.filter(one => one.count > 0)).toEqual([]);
    await eventually(async () =>
      rest.store.open(voice).then(
        () => undefined,
        (error: unknown) => error instanceof BlobMissing || undefined,
      ),
    );
    // The same picture is held elsewhere.
    expect((await rest.store.open(file)).byteLength).toBeGreaterThan(0);
    const words = await query<{ id: string; content: object[]; raw: string | null; text: string }>(
      'select id, content, raw_sha256 as raw, text from message where id = any($1::uuid[])',
      [[withFile.message, heldFile.message, long.message, loose.message, heldLoose.message]],
    );
    const said = (id: string): (typeof words)[number] | undefined => words.find(one => one.id === id);
    expect(said(withFile.message)).toMatchObject({ raw: null, content: [{ type: 'text' }, { fetch: 'expired' }] });
    expect(said(withFile.message)?.text).toMatch(/lampione/);
    expect(said(heldFile.message)).toMatchObject({ raw: expect.any(String), content: [{}, { fetch: 'done' }] });
    expect(said(long.message)).toMatchObject({ raw: null, text: expect.stringMatching(/lampione/) });
    expect(said(loose.message)?.text).toBe('');
    expect(said(heldLoose.message)?.text).toMatch(/lampione/);
  });

  it('leaves what is of somebody held or at rest, also once they were found to be somebody else, and what they said in no case', async () => {
    await administration('Chi riposa');
    const [resting, asking, merged, calling] = [
      await ended('information', 400),
      await ended('information', 400),
      await ended('information', 400),
      await ended('information', 400),
    ];
    const contactOf = async (caseId: string): Promise<string> =>
      (await query<{ id: string }>('select contact_id as id from case_file where id = $1', [caseId]))[0]?.id ?? '';
    for (const [{ caseId }, kind] of [
      [resting, 'restriction'],
      [asking, 'access'],
    ] as const)
      expect(
        (await ask('POST', `/api/contacts/${await contactOf(caseId)}/rights-requests`, { kind, identified: 'known' }))
          .status,
      ).toBe(201);
    const { body: requests } = await ask<RightsRequestPage>('GET', '/api/rights-requests?kind=restriction');
    const decided = await ask(
      'POST',
      `/api/rights-requests/${requests.items[0]?.id ?? ''}/decision`,
      {
        outcome: 'granted',
        reason: 'x',
        spoken: true,
      },
      '"1"',
    );
    expect(decided.status).toBe(200);
    await query(
      `update case_file set ended_at = clock_now() where id in (select case_id from rights_request where administration_id = $1 and state <> 'open')`,
      [admin.administrationId],
    );
    // Held first, and found to be somebody else afterwards.
    await hold({ contact: await contactOf(merged.caseId) });
    const into = v7();
    await query(`insert into contact (id, administration_id, name, created_at) values ($1, $2, 'La stessa', now())`, [
      into,
      admin.administrationId,
    ]);
    await query('update contact set merged_into = $2 where id = $1', [await contactOf(merged.caseId), into]);
    // Said in no case: its original is kept as its words are.
    const contact = await contactOf(calling.caseId);
    await hold({ contact });
    await query(
      `update message set case_id = null, sent_at = clock_now() - interval '3 years' where case_id = $1 and direction = 'in'`,
      [calling.caseId],
    );
    await query(`update reception_item set recorded_at = clock_now() - interval '3 years' where message_id = $1`, [
      calling.message,
    ]);

    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(Object.fromEntries(run.preview.map(one => [one.code, [one.count, one.held]]))).toEqual({
      'case.information': [0, 4],
      loose_message: [0, 1],
      original: [0, 1],
    });
    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(202);
    expect((await done(run.id)).counts).toEqual({});
  });

  it('leaves who agreed to something that stands, and who logs in; and not who took back what they had agreed to', async () => {
    await administration('Chi resta');
    const since = `clock_now() - interval '5 years'`;
    const [agreed, took, logs, left] = [v7(), v7(), v7(), v7()];
    for (const [id, name] of [
      [agreed, 'Acconsente'],
      [took, 'Ritira'],
      [logs, 'Entra'],
      [left, 'Entrò'],
    ] as const)
      await query(`insert into contact (id, administration_id, name, created_at) values ($1, $2, $3, ${since})`, [
        id,
        admin.administrationId,
        name,
      ]);
    const entry = (contact: string, act: string): Promise<unknown> =>
      query(
        `insert into consent_entry (id, administration_id, contact_id, purpose, act, text_version, language, at, how, proven, actor_kind)
         values ($1, $2, $3, 'newsletter', $4, 1, 'it', ${since}, 'desk', true, 'operator')`,
        [v7(), admin.administrationId, contact, act],
      );
    await entry(agreed, 'given');
    await entry(took, 'given');
    await entry(took, 'withdrawn');
    for (const [contact, lastAt] of [
      [logs, 'clock_now()'],
      [left, since],
    ] as const)
      await query(
        `insert into citizen_identity (id, administration_id, code_hash, contact_id, assurance_level, last_at)
         values ($1, $2, sha256(convert_to($3, 'UTF8')), $4, 3, ${lastAt})`,
        [v7(), admin.administrationId, contact, contact],
      );
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(run.preview.find(one => one.code === 'contact')).toMatchObject({ count: 2 });
    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(202);
    expect((await done(run.id)).counts).toEqual({ contact: 2 });
    const names = await query<{ name: string }>(
      'select name from contact where administration_id = $1 and erased_at is null order by name',
      [admin.administrationId],
    );
    expect(names.map(({ name }) => name)).toEqual(['Acconsente', 'Entra']);
  });

  it('ends what was settled in the quarantine and no administration claimed, as whose account it is, or who settled it, says', async () => {
    await administration('Altrove');
    const elsewhere = admin;
    await administration('Di nessuno');
    const parked = async (account: string, state: string, by: string | null): Promise<string> => {
      const id = v7();
      await query(
        `insert into parked (id, administration_id, event_id, type, kind, channel, account, reason, payload, state, created_at,
           settled_at, settled_by, settled_reason)
         values ($1::uuid, null, $1::uuid::text, 'message.received.v1', 'failed', $2, $3, 'x', '{}', $4,
           clock_now() - interval '3 years', case when $4 <> 'waiting' then clock_now() - interval '3 years' end, $5,
           case when $4 = 'discarded' then 'Pubblicità' end)`,
        [id, ways.channel, account, state, by],
      );
      return id;
    };
    const nobodys = v7();
    await parked(ways.account, 'retried', null);
    await parked(ways.account, 'discarded', elsewhere.id);
    await parked(nobodys, 'discarded', admin.id);
    const stay = [await parked(nobodys, 'waiting', null), await parked(nobodys, 'discarded', elsewhere.id)];
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect(run.preview).toMatchObject([{ code: 'parked', count: 3 }]);
    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(202);
    expect((await done(run.id)).counts).toEqual({ parked: 3 });
    const left = await query<{ id: string }>(
      `select id from parked where channel = $1 and account in ($2, $3) order by id`,
      [ways.channel, ways.account, nobodys],
    );
    expect(left.map(({ id }) => id)).toEqual([...stay].sort());
  });

  it('ends what time alone settled and whose account is nobody’s, as the administration that was here first says', async () => {
    await administration('Non la prima');
    const [first]: { id: string }[] = await query(
      `select id from office where kind = 'administration' order by id limit 1`,
    );
    const [id, account] = [v7(), v7()];
    await query(
      `insert into parked (id, administration_id, event_id, type, kind, channel, account, reason, payload, state, created_at, settled_at)
       values ($1::uuid, null, $1::uuid::text, 'message.received.v1', 'failed', 'spec', $2, 'x', '{}', 'retried',
         clock_now() - interval '3 years', clock_now() - interval '3 years')`,
      [id, account],
    );
    const run = async (): Promise<number> => {
      const { body } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
      expect((await ask('POST', `/api/retention/runs/${body.id}/start`, { byDay: true })).status).toBe(202);
      await done(body.id);
      return (await query('select from parked where id = $1', [id])).length;
    };
    expect(await run()).toBe(1);
    const firstId = first?.id ?? '';
    admin = { ...admin, ...(await rest.operator(firstId, firstId, 'Ada', 'admin')) };
    expect(await run()).toBe(0);
  });

  it('forgets who comes after many against whom something stands', async () => {
    await administration('Molti prima');
    const [other, last] = [v7(), `ffffffff-ffff-7fff-bfff-${v7().slice(-12)}`];
    await query(`insert into contact (id, administration_id, name, created_at) values ($1, $2, 'Un’altra', now())`, [
      other,
      admin.administrationId,
    ]);
    // More than a batch: each spoke in a case of somebody else that was taken up again.
    for (let n = 0; n < 21; n += 1) {
      const { message, caseId } = await rest.receive(ways, {});
      await query(
        `update contact set created_at = clock_now() - interval '5 years' where id = (select contact_id from message where id = $1)`,
        [message],
      );
      await query(`update case_file set contact_id = $2, state = 'assigned', ended_at = clock_now() where id = $1`, [
        caseId,
        other,
      ]);
    }
    await query(`update message set send_state = 'sent', send_rank = 40 where send_state in ('queued', 'sending')`);
    await query(
      `insert into contact (id, administration_id, name, created_at) values ($1, $2, 'L’ultima', clock_now() - interval '5 years')`,
      [last, admin.administrationId],
    );
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    expect((await ask('POST', `/api/retention/runs/${run.id}/start`, { byDay: true })).status).toBe(202);
    expect((await done(run.id)).counts).toEqual({ contact: 1 });
  });

  it('does not begin by hand while the night’s, or another, is under way; nor the night’s while that one is', async () => {
    await administration('Una alla volta');
    await ended('information', 400);
    const night = v7();
    await query(
      `insert into retention_run (id, administration_id, state, preview, created_at, started_at, night)
       values ($1, $2, 'running', '[]', clock_now(), clock_now(), '2020-01-01')`,
      [night, admin.administrationId],
    );
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    const start = () => ask<{ type: string }>('POST', `/api/retention/runs/${run.id}/start`, { byDay: true });
    const refused = await start();
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/retention-under-way']);
    expect((await ask('POST', `/api/retention/runs/${night}/stop`)).status).toBe(200);
    expect((await Promise.all([start(), start()])).map(({ status }) => status)).toEqual([202, 202]);
    expect((await done(run.id)).counts).toEqual({ 'case.information': 1, contact: 1 });
    await query(`update retention_run set state = 'running' where id = $1`, [night]);
    const itself = { administrationId: admin.administrationId, night: '2020-01-02', most: 10 };
    const began = (): Promise<boolean> =>
      rest.dataSource.transaction(manager => rest.app.get(RetentionRuns).beginByItself(manager, itself));
    expect(await began()).toBe(false);
    await ask('POST', `/api/retention/runs/${night}/stop`);
    expect(await began()).toBe(true);
  });

  it('that two processes have in hand at once does all of it once', async () => {
    await administration('Due mani');
    for (let n = 0; n < 25; n += 1) await ended('information', 400);
    const { body: run } = await ask<RetentionRunView>('POST', '/api/retention/runs', {});
    await query(`update retention_run set state = 'running', by_day = true, started_at = now() where id = $1`, [
      run.id,
    ]);
    const runs = rest.app.get(RetentionRuns);
    await Promise.all([runs.run(run.id), runs.run(run.id), runs.run(run.id)]);
    expect((await done(run.id)).counts).toEqual({ 'case.information': 25, contact: 25 });
    expect(await query('select from erasure where run_id = $1 and case_id is not null', [run.id])).toHaveLength(25);
  });
});

describe('what has had its time', () => {
  const schedule = '/api/retention/schedule';
  const nights = async (): Promise<RetentionRunView[]> =>
    (await ask<RetentionRunList>('GET', '/api/retention/runs')).body.items.filter(one => one.byItself);

  it('stays until an administration decides that it goes by itself', async () => {
    await administration('Ferma');
    await ended('information', 400);
    const { body } = await ask<RetentionScheduleView>('GET', schedule);
    expect(body).toEqual({ active: false, most: 2_000, version: 0 });
    await becomes(22);
    await rest.app.get(RetentionSchedule).look();
    expect(await nights()).toEqual([]);
  });

  it('goes by night then, once a night, as much as was decided, until it is switched off', async () => {
    await administration('Notturna');
    for (let n = 0; n < 3; n += 1) await ended('information', 400);
    expect((await ask('PUT', schedule, { active: true, most: 2 }, '"4"')).status).toBe(412);
    const decided = await ask<RetentionScheduleView>('PUT', schedule, { active: true, most: 2 }, '"0"');
    expect(decided.body).toMatchObject({ active: true, most: 2, version: 1, decidedBy: { id: admin.id } });
    expect((await ask('PUT', schedule, { active: false }, '"0"')).status).toBe(412);
    const look = (): Promise<void> => rest.app.get(RetentionSchedule).look();

    await becomes(12);
    await look();
    expect(await nights()).toEqual([]);
    await becomes(22);
    await Promise.all([look(), look()]);
    const [first, ...more] = await nights();
    expect(more).toEqual([]);
    expect(first?.preview).toContainEqual(expect.objectContaining({ code: 'case.information', count: 3 }));
    expect((await done(first?.id ?? '')).counts).toEqual({ 'case.information': 2, contact: 2 });
    await look();
    expect(await nights()).toHaveLength(1);

    await becomes(22);
    await look();
    const [second] = await nights();
    expect(second?.id).not.toBe(first?.id);
    expect((await done(second?.id ?? '')).counts).toEqual({ 'case.information': 1, contact: 1 });
    expect(
      await query(
        `select distinct data->>'because' as because from journal j join erasure e on e.case_id = j.case_id
         where e.administration_id = $1 and fact = 'erased'`,
        [admin.administrationId],
      ),
    ).toEqual([{ because: 'retention' }]);

    expect((await ask('PUT', schedule, { active: false }, '"1"')).body).toMatchObject({ active: false, version: 2 });
    await ended('information', 400);
    await becomes(22);
    await look();
    expect(await nights()).toHaveLength(2);
  });

  it('is decided by who decides retention alone', async () => {
    const other = await rest.operator(admin.administrationId, admin.office, 'Piero', 'urp_referent');
    expect((await rest.ask('GET', schedule, { as: other })).status).toBe(403);
    const refused = await rest.ask('PUT', schedule, {
      as: other,
      body: { active: true },
      headers: { 'if-match': '"2"' },
    });
    expect(refused.status).toBe(403);
  });
});

/** A row of each thing that has a term of its own and is no message, file or person; all of them over. */
async function rowsOver(caseId: string): Promise<void> {
  const [{ administrationId, id: operator, office }, old] = [admin, `clock_now() - interval '3 years'`];
  const rows: [string, unknown[]][] = [
    [
      `with e as (insert into trail_entry (id, administration_id, at, actor_kind, actor_id, act, operation, subject_kind, fields)
         values ($1, $2, ${old}, 'operator', $3, 'searched', 'searchCases', 'case', '{}') returning id)
       insert into searched_words (entry_id, salt, words) select id, 'x', 'lampione' from e`,
      [v7(), administrationId, operator],
    ],
    [
      `insert into parked (id, administration_id, event_id, type, kind, channel, account, reason, payload, state, created_at, settled_at)
       values ($1::uuid, $2, $1::uuid::text, 'message.received.v1', 'failed', $3, $4, 'x', '{}', 'retried', ${old}, ${old})`,
      [v7(), administrationId, ways.channel, ways.account],
    ],
    [
      `insert into upload (id, administration_id, operator_id, sha256, size, media_type, filename, created_at)
       values ($1, $2, $3, $4, 1, 'text/plain', 'bozza.txt', ${old})`,
      [v7(), administrationId, operator, 'f'.repeat(64)],
    ],
    [
      `insert into case_draft (id, administration_id, case_id, operator_id, kind, text, begun_from, saved_at, key)
       values ($1, $2, $3, $4, 'note', 'bozza', 1, ${old}, $5)`,
      [v7(), administrationId, caseId, operator, v7()],
    ],
    [
      `insert into idempotency (key, operator_id, fingerprint, resource, created_at) values ($1, $2, 'x', 'y', ${old})`,
      [v7(), operator],
    ],
    [
      `insert into early_progress (id, event_id, channel, account, external_id, progress, received_at)
       values ($1::uuid, $1::uuid::text, $2, $3, 'x', '{}', ${old})`,
      [v7(), ways.channel, ways.account],
    ],
    [
      `insert into letter (id, administration_id, kind, operator_id, subject, text, state, conversation_id, sent_to, created_at)
       select $1, $2, 'weekly', $3, 'La settimana', 'Pratica 1: il lampione', 'queued', c.id, 'x@example.org', ${old}
       from conversation c where c.administration_id = $2 limit 1`,
      [v7(), administrationId, operator],
    ],
    [
      `with w as (insert into work_item (id, administration_id, office_id, case_id, state, priority, virtual_start, effective_start, done_at)
         values ($1, $2, $3, $4, 'done', 'normal', ${old}, ${old}, ${old}) returning id)
       insert into offer (id, administration_id, work_item_id, operator_id, state, shared, offered_at, expires_at, settled_at,
         explanation, sentence)
       select $1, $2, id, $5, 'rejected', false, ${old}, ${old}, ${old}, '{}', 'x' from w`,
      [v7(), administrationId, office, caseId, operator],
    ],
    [
      `with a as (insert into automation (id, administration_id, owner_id, name, facts, conditions, actions, enabled)
         values ($1, $2, $3, 'x', '{opened}', '{}', '[]', false) returning id)
       insert into automation_run (id, automation_id, trigger, case_id, chain, state, at) select $1, id, 'x', $4, '{}', 'done', ${old} from a`,
      [v7(), administrationId, operator, caseId],
    ],
    [
      `with b as (insert into bulk_action (id, administration_id, operator_id, asked, state, created_at)
         values ($1, $2, $3, '{}', 'done', ${old}) returning id)
       insert into bulk_item (bulk_id, position, case_id, state) select id, 1, $4, 'done' from b`,
      [v7(), administrationId, operator, caseId],
    ],
    [
      `insert into absence (id, administration_id, operator_id, from_at, to_at) values ($1, $2, $3, ${old} - interval '1 day', ${old})`,
      [v7(), administrationId, operator],
    ],
  ];
  for (const [sql, parameters] of rows) await query(sql, parameters);
}
