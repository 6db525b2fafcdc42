import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView, TrackedCase } from '@filodiretto/contracts';
import { Metrics } from '@filodiretto/platform';
import { firstBrokenVersion } from '../case/journal-hash.js';
import { JournalEntry } from '../case/journal.entity.js';
import { Clock } from '../clock.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { CalendarChanges } from './calendar-changes.js';
import { DeadlineWatch } from './deadline-watch.js';

jest.setTimeout(120_000);
const DAY_MS = 86_400_000;
const LATE = 'filodiretto_deadline_alarm_late_seconds';

interface Row {
  readonly clock: string;
  readonly due_at: Date | null;
  readonly met: boolean | null;
  readonly ended_at: Date | null;
}

describe('the deadlines of cases', () => {
  let rest: RestApplication;
  let anna: TestOperator & { readonly office: string };
  let head: TestOperator;
  let admin: TestOperator;
  let account: { channel: string; account: string };

  beforeAll(async () => {
    rest = await RestApplication.start();
    anna = await rest.administration('Scadenze');
    head = await rest.operator(anna.administrationId, anna.office, 'Carla Capo', 'office_head');
    admin = await rest.operator(anna.administrationId, anna.office, 'Ada Amministra', 'admin');
    await rest.dataSource.query('update office set responsible_id = $2 where id = $1', [anna.office, head.id]);
    account = await rest.channel(TALKS, anna.administrationId);
    await rest.dataSource
      .query('update channel_account set office_id = $2 where channel = $1', [account.channel, anna.office])
      .catch(() => undefined);
  });
  afterAll(() => rest.stop());

  const clock = (): Clock => rest.app.get(Clock);
  const rows = (caseId: string): Promise<Row[]> =>
    rest.dataSource.query(
      'select clock, due_at, met, ended_at from deadline where case_id = $1 order by started_at, clock',
      [caseId],
    );
  const facts = async (caseId: string): Promise<string[]> =>
    (
      await rest.dataSource.query<{ fact: string }[]>('select fact from journal where case_id = $1 order by version', [
        caseId,
      ])
    ).map(({ fact }) => fact);
  const open = async (subject: string): Promise<string> => {
    const { status, body } = await rest.ask<CaseView>('POST', '/api/cases', {
      as: anna,
      body: { subject, kind: 'report', office: anna.office },
    });
    expect(status).toBe(201);
    return body.id;
  };
  const move = async (caseId: string, body: object): Promise<CaseView> => {
    const { body: seen, headers } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    const answer = await rest.ask<CaseView>('POST', `/api/cases/${seen.id}/transitions`, {
      as: anna,
      body,
      headers: { 'if-match': headers.etag ?? '' },
    });
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    return answer.body;
  };

  interface Seen {
    readonly due_date: string;
    readonly next_due_at: Date;
    readonly alarm: Date;
  }
  const seen = async (caseId: string): Promise<Seen> => {
    const [file]: Seen[] = await rest.dataSource.query(
      `select due_date::text as due_date, next_due_at, 
         (select next_at from deadline where case_id = c.id and clock = 'take_charge' and ended_at is null) as alarm
       from case_file c where id = $1`,
      [caseId],
    );
    if (!file) throw new Error(`there is no case ${caseId}`);
    return file;
  };
  const day = (days: number): string => new Date(clock().now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const close = async (from: number, to: number): Promise<string> => {
    const { status, body } = await rest.ask<{ closures: { id: string }[] }>(
      'POST',
      `/api/offices/${anna.office}/closures`,
      { as: admin, body: { from: day(from), to: day(to), reason: 'Lavori' } },
    );
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.closures.at(-1)?.id ?? '';
  };
  const reopen = async (closure: string): Promise<void> => {
    const path = `/api/offices/${anna.office}/closures/${closure}`;
    expect((await rest.ask('DELETE', path, { as: admin })).status).toBeLessThan(300);
  };
  const settled = (): Promise<true> =>
    eventually(async () => {
      const left: unknown[] = await rest.dataSource.query('select from calendar_change where administration_id = $1', [
        anna.administrationId,
      ]);
      return left.length === 0 ? true : undefined;
    }, 30);

  it('begin with the case, in the transaction that opens it, and the case says what was promised', async () => {
    const { caseId } = await rest.receive(account, { text: 'Il lampione è spento.' });
    expect((await rows(caseId)).map(row => row.clock)).toEqual(expect.arrayContaining(['first_reply', 'resolution']));
    const [file]: { due_date: string; next_due_at: Date }[] = await rest.dataSource.query(
      'select due_date::text as due_date, next_due_at from case_file where id = $1',
      [caseId],
    );
    const thirty = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
    expect((file?.due_date ?? '') >= thirty).toBe(true);
    expect(file?.next_due_at).toBeInstanceOf(Date);
  });

  it('are met by what is done, and are over with the case', async () => {
    const id = await open('Buca in via Emilia');
    await move(id, { command: 'takeCharge' });
    expect((await rows(id)).find(row => row.clock === 'take_charge')?.met).toBe(true);
    await move(id, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    expect((await rows(id)).every(row => row.ended_at !== null && row.met)).toBe(true);
    const [file]: { next_due_at: Date | null }[] = await rest.dataSource.query(
      'select next_due_at from case_file where id = $1',
      [id],
    );
    expect(file?.next_due_at).toBeNull();
  });

  it('stand still while the citizen is asked, and go on', async () => {
    const id = await open('Manca una foto');
    const before = await move(id, { command: 'takeCharge' });
    const asked = await move(id, { command: 'askCitizen', spoken: true, reason: 'foto' });
    expect((await rows(id)).find(row => row.clock === 'resolution')?.due_at).toBeNull();
    // Nobody is told a day that will not be the one.
    expect([before.dueDate, asked.dueDate]).toEqual([expect.any(String), undefined]);
    const going = await move(id, { command: 'resume' });
    expect((await rows(id)).find(row => row.clock === 'resolution')?.due_at).toBeInstanceOf(Date);
    expect(going.dueDate).toEqual(expect.any(String));
  });

  it('warn, expire and climb the ladder by themselves, each once, when time passes; also after nobody watched', async () => {
    const id = await open('Nessuno la prende in carico');
    await clock().advance(40 * DAY_MS);
    const said = await eventually(async () => {
      const found = (await facts(id)).filter(fact => /^(deadline_|reminded|escalated)/.test(fact));
      return found.includes('escalated') && found.filter(one => one === 'deadline_breached').length === 2
        ? found
        : undefined;
    }, 30);
    expect(said.filter(fact => fact === 'deadline_warned')).toHaveLength(2);
    const watch = rest.app.get(DeadlineWatch);
    await Promise.all([watch.watch(), watch.watch(), watch.watch()]);
    const after = (await facts(id)).filter(fact => /^(deadline_|reminded|escalated)/.test(fact));
    const all = await rest.dataSource.query<{ rungs: number[] }[]>('select rungs from deadline where case_id = $1', [
      id,
    ]);
    const rungs = all.reduce((sum, one) => sum + one.rungs.length, 0);
    expect(after.filter(fact => fact === 'reminded' || fact === 'escalated')).toHaveLength(rungs);
    expect(after.filter(fact => fact === 'deadline_breached')).toHaveLength(2);
    const letters: { operator_id: string | null; kind: string }[] = await rest.dataSource.query(
      'select operator_id, kind from letter where case_id = $1',
      [id],
    );
    expect(letters).toHaveLength(rungs);
    expect(letters.some(one => one.kind === 'escalation' && one.operator_id === head.id)).toBe(true);
    const journal = await rest.dataSource
      .getRepository(JournalEntry)
      .find({ where: { caseId: id }, order: { version: 'ASC' } });
    expect(firstBrokenVersion(id, journal)).toBeUndefined();
  });

  it('are counted again when offices come to be open at other times, once, and the journal tells it', async () => {
    const id = await open('Chiude l’ufficio');
    const still = await open('Prorogata');
    await move(still, { command: 'takeCharge' });
    const later = new Date(clock().now().getTime() + 35 * DAY_MS).toISOString().slice(0, 10);
    await move(still, { command: 'extend', dueDate: later, reason: 'rilievi' });
    const before = await seen(id);
    const ended = await open('È già finita');
    await move(ended, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    // From today to past every term: nothing runs meanwhile.
    const closing = await close(0, 60);
    const counted = await eventually(async () => {
      const now = await seen(id);
      return now.next_due_at > before.next_due_at ? now : undefined;
    });
    expect(counted.next_due_at.getTime() - before.next_due_at.getTime()).toBeGreaterThan(50 * DAY_MS);
    expect(counted.alarm > before.alarm).toBe(true);
    const dueAt = async (clockName: string): Promise<Date | null | undefined> =>
      (await rows(id)).find(row => row.clock === clockName)?.due_at;
    const dues = (await rows(id)).flatMap(row => row.due_at ?? []).map(Number);
    expect(counted.next_due_at.getTime()).toBe(Math.min(...dues));
    const told = await rest.dataSource.query<{ data: { clock: string; dueAt: string } }[]>(
      `select data from journal where case_id = $1 and fact = 'deadline_recounted'`,
      [id],
    );
    const takeCharge = told.find(({ data }) => data.clock === 'take_charge');
    expect(takeCharge?.data.dueAt).toBe((await dueAt('take_charge'))?.toISOString());
    // The day that the citizen is told goes with the term that they were promised.
    const { body } = await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna });
    const resolution = body.deadlines.find(one => one.clock === 'resolution');
    expect(Date.parse(`${body.dueDate}T12:00:00Z`)).toBeLessThanOrEqual(Date.parse(resolution?.dueAt ?? ''));
    expect(counted.due_date >= before.due_date).toBe(true);
    // What was said stays, what was put off to a day too; and counted twice it is as it was.
    await settled();
    await Promise.all([rest.app.get(CalendarChanges).follow(), rest.app.get(CalendarChanges).follow()]);
    expect((await facts(id)).filter(fact => fact === 'deadline_recounted')).toHaveLength(told.length);
    for (const other of [still, ended]) expect(await facts(other)).not.toContain('deadline_recounted');
    // A closure that is taken away takes nothing of what was promised.
    await reopen(closing);
    await settled();
    expect((await seen(id)).next_due_at).toEqual(counted.next_due_at);
    const journal = await rest.dataSource
      .getRepository(JournalEntry)
      .find({ where: { caseId: id }, order: { version: 'ASC' } });
    expect(firstBrokenVersion(id, journal)).toBeUndefined();
  });

  it('are counted again too when they were begun by the old calendar and written after the change', async () => {
    const id = await open('Cominciata prima');
    const running = { 'no term yet': 'now()', 'its terms': 'null' } as const;
    const become = (what: keyof typeof running): string =>
      `update deadline set ended_at = ${running[what]} where case_id = '${id}'`;
    await rest.dataSource.query(become('no term yet'));
    const before = await seen(id);
    const slow = rest.dataSource.createQueryRunner();
    await slow.startTransaction();
    await slow.query(become('its terms'));
    const closing = await close(0, 60);
    // Seen, and gone through if nobody was waited for.
    for (let times = 0; times < 3; times += 1) await rest.app.get(CalendarChanges).follow();
    await slow.commitTransaction();
    await slow.release();
    await settled();
    expect((await seen(id)).next_due_at.getTime() - before.next_due_at.getTime()).toBeGreaterThan(50 * DAY_MS);
    await reopen(closing);
    await settled();
  });

  it('are all counted again although one cannot be, and whoever counted died in the middle', async () => {
    const cases: string[] = [];
    for (let n = 0; n < 6; n += 1) cases.push(await open(`Numero ${n}`));
    const before = await Promise.all(cases.map(seen));
    const [bad = ''] = cases;
    await rest.dataSource.query(`update deadline set anchor_at = 'infinity' where case_id = $1`, [bad]);
    // The third case is where the first who counts dies, together with what it had counted.
    await rest.dataSource.query(`create function dies() returns trigger language plpgsql as $$
      begin
        if new.case_id = '${cases[2]}' and nextval('dying') < 2 then raise exception 'dies here'; end if;
        return new;
      end $$`);
    await rest.dataSource.query('create sequence dying');
    await rest.dataSource.query('grant all on sequence dying to public');
    await rest.dataSource.query(`create trigger dies before update on deadline for each row execute function dies()`);
    const closing = await close(0, 60);
    await eventually(async () => {
      const now = await Promise.all(cases.slice(1).map(seen));
      return now.every((one, n) => one.next_due_at > (before[n + 1]?.next_due_at ?? Infinity)) ? true : undefined;
    }, 30).finally(() => rest.dataSource.query('drop function dies cascade'));
    await settled();
    for (const id of cases.slice(1))
      expect((await facts(id)).filter(fact => fact === 'deadline_recounted').length).toBeLessThanOrEqual(2);
    await rest.dataSource.query('delete from deadline where case_id = $1', [bad]);
    await reopen(closing);
  });

  it('that cannot be judged keep no other waiting', async () => {
    const bad = await open('Guasta');
    const good = await open('Sana');
    await rest.dataSource.query(`update deadline set anchor_at = 'infinity' where case_id = $1`, [bad]);
    await clock().advance(40 * DAY_MS);
    await eventually(async () => ((await facts(good)).includes('deadline_breached') ? true : undefined), 30);
    const [row] = await eventually(async () => {
      const found: { trouble: string | null }[] = await rest.dataSource.query(
        'select trouble from deadline where case_id = $1 and trouble is not null',
        [bad],
      );
      return found.length > 0 ? found : undefined;
    });
    expect(row?.trouble).toBeTruthy();
    await rest.dataSource.query('delete from deadline where case_id = $1', [bad]);
  });

  it('are told with the case: what is promised, who holds it since when and until when', async () => {
    const id = await open('Chi ce l’ha?');
    const { body } = await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna });
    expect(body.deadlines.map(one => [one.clock, one.state])).toEqual([
      ['resolution', 'running'],
      ['take_charge', 'running'],
    ]);
    const takeCharge = body.deadlines.find(one => one.clock === 'take_charge');
    expect(body.holding).toEqual({
      office: { id: anna.office, name: 'URP Scadenze' },
      sorting: false,
      responsible: { id: head.id, name: 'Carla Capo' },
      since: body.openedAt,
      until: takeCharge?.dueAt,
    });
    expect(body.nextDueAt).toBe(takeCharge?.dueAt);
    const taken = await move(id, { command: 'takeCharge' });
    expect(taken.holding.operator?.id).toBe(anna.id);
    expect(taken.holding.until).toBe(taken.deadlines.find(one => one.clock === 'resolution')?.dueAt);
  });

  it('of a case that no office has are of who sorts it: the administration, with a person who answers for it, from its arrival on', async () => {
    const mayor = await rest.operator(anna.administrationId, anna.office, 'Ada Segretaria', 'office_head');
    await rest.dataSource.query('update office set responsible_id = $1 where id = $2', [
      mayor.id,
      anna.administrationId,
    ]);
    const { caseId } = await rest.receive(account, { text: 'A chi tocca?', trackingCode: 'N0BD-YHAS-TEST' });
    const shown = async (): Promise<CaseView> =>
      (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    const tracked = async (): Promise<TrackedCase> =>
      (await rest.ask<TrackedCase>('POST', '/public/tracked-cases', { body: { code: 'N0BD-YHAS-TEST' } })).body;
    const first = await shown();
    const sorts = first.deadlines.find(one => one.clock === 'take_charge' && one.state === 'running');
    expect(sorts?.startedAt).toBe(first.openedAt);
    expect(first.holding).toEqual({
      office: { id: anna.administrationId, name: 'Scadenze' },
      sorting: true,
      responsible: { id: mayor.id, name: 'Ada Segretaria' },
      since: first.openedAt,
      until: sorts?.dueAt,
    });
    expect(first.office).toBeUndefined();
    const list = await rest.ask<{ items: CaseView[] }>('GET', '/api/cases?limit=200', { as: anna });
    expect(list.body.items.find(one => one.id === caseId)?.nextDueAt).toBe(first.nextDueAt);
    expect(Date.parse(first.nextDueAt ?? '')).toBeLessThanOrEqual(Date.parse(sorts?.dueAt ?? ''));
    const told = await tracked();
    expect([told.office, told.sorting, told.takeChargeBy]).toEqual(['Scadenze', true, sorts?.dueAt]);
    expect(JSON.stringify(told)).not.toContain('Segretaria');

    await move(caseId, { command: 'assign', office: anna.office });
    const given = await shown();
    const running = given.deadlines.filter(one => one.clock === 'take_charge' && one.state === 'running');
    expect(given.holding).toMatchObject({
      office: { id: anna.office },
      sorting: false,
      responsible: { id: head.id },
      until: running[0]?.dueAt,
    });
    expect(running).toHaveLength(1);
    expect(await tracked()).toMatchObject({ office: 'URP Scadenze', sorting: false, takeChargeBy: running[0]?.dueAt });

    await move(caseId, { command: 'refuseCompetence', reason: 'Non è nostra' });
    const back = await shown();
    expect(back.holding).toMatchObject({
      office: { id: anna.administrationId },
      sorting: true,
      responsible: { id: mayor.id },
    });
    expect(back.holding.until).toBe(
      back.deadlines.find(one => one.clock === 'take_charge' && one.state === 'running')?.dueAt,
    );
    await move(caseId, { command: 'assign', office: anna.office, assignee: anna.id });
    await move(caseId, { command: 'takeCharge' });
    expect((await tracked()).takeChargeBy).toBeUndefined();
  });

  it('that nobody sorts urge who answers for the administration, and are told late', async () => {
    const { caseId } = await rest.receive(account, { text: 'Nessuno mi guarda' });
    await clock().advance(20 * DAY_MS);
    await eventually(async () => ((await facts(caseId)).includes('deadline_breached') ? true : undefined), 30);
    const rungs: { fact: string; data: { clock: string; operators: string[] } }[] = await rest.dataSource.query(
      `select fact, data from journal where case_id = $1 and fact in ('reminded', 'escalated') order by version`,
      [caseId],
    );
    const [named]: { responsible_id: string }[] = await rest.dataSource.query(
      'select responsible_id from office where id = $1',
      [anna.administrationId],
    );
    expect(rungs.find(({ data }) => data.clock === 'take_charge')?.data.operators).toEqual([named?.responsible_id]);
  });

  it('sort and filter the list: what ends first, what is late', async () => {
    const first = await open('Prima');
    const { status } = await rest.ask('POST', '/api/demonstration/clock', { as: anna, body: { seconds: 20 * 86_400 } });
    expect(status).toBe(200);
    const second = await open('Dopo');
    const list = async (query: string): Promise<string[]> =>
      (
        await rest.ask<{ items: { id: string }[] }>('GET', `/api/cases?limit=200&${query}`, { as: anna })
      ).body.items.map(one => one.id);
    const byDue = await list('sort=nextDue');
    expect(byDue.indexOf(first)).toBeLessThan(byDue.indexOf(second));
    const late = await list('late=true');
    expect([late.includes(first), late.includes(second)]).toEqual([true, false]);
    expect(await list('late=false')).toContain(second);
    const page = await rest.ask<{ items: { id: string }[]; next: string }>('GET', '/api/cases?limit=1&sort=nextDue', {
      as: anna,
    });
    const next = await rest.ask<{ items: { id: string }[] }>(
      'GET',
      `/api/cases?limit=1&sort=nextDue&after=${page.body.next}`,
      { as: anna },
    );
    expect([page.body.items[0]?.id, next.body.items[0]?.id]).toEqual(byDue.slice(0, 2));
  });

  it('that are promised anew leave what was promised as it was', async () => {
    const before = await open('Vecchia promessa');
    const policy = {
      code: 'take_charge',
      name: 'Presa in carico rapida',
      clock: 'take_charge',
      term: { amount: 4, unit: 'working_hours' },
    };
    const wrong = await rest.ask('POST', '/api/deadline-policies', {
      as: anna,
      body: { ...policy, term: { amount: 0, unit: 'working_hours' } },
      headers: { 'if-match': '"1"' },
    });
    expect(wrong.status).toBe(422);
    const write = (seen?: string) =>
      rest.ask<{ version: number; type: string }>('POST', '/api/deadline-policies', {
        as: anna,
        body: policy,
        ...(seen === undefined ? {} : { headers: { 'if-match': seen } }),
      });
    expect((await write()).body.type).toBe('/problems/version-required');
    // Two who promise anew at once: one is told that the other was first.
    const both = await Promise.all([write('"1"'), write('"1"')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
    const written = both.find(({ status }) => status === 201);
    expect([written?.body.version, written?.headers.etag]).toEqual([2, '"2"']);
    expect((await write('"1"')).body.type).toBe('/problems/version-stale');
    const after = await open('Nuova promessa');
    const dueOf = async (id: string): Promise<number> =>
      (await rows(id)).find(row => row.clock === 'take_charge')?.due_at?.getTime() ?? 0;
    expect(await dueOf(after)).toBeLessThan(await dueOf(before));
    const versions = await rest.ask<{ items: { code: string; version: number }[] }>('GET', '/api/deadline-policies', {
      as: anna,
    });
    expect(versions.body.items.filter(one => one.code === 'take_charge').map(one => one.version)).toEqual([1, 2]);
  });

  it('let a citizen see who holds their case, with its code and not without', async () => {
    const { caseId } = await rest.receive(account, { text: 'Vorrei seguirla', trackingCode: 'K7QF-2M9X-TEST' });
    const [file]: { number: string }[] = await rest.dataSource.query('select number from case_file where id = $1', [
      caseId,
    ]);
    const ask = (body: object): ReturnType<typeof rest.ask> =>
      rest.ask<Record<string, unknown>>('POST', '/public/tracked-cases', { body });
    const seen = await ask({ number: file?.number, code: 'K7QF-2M9X-TEST' });
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      number: file?.number,
      milestones: expect.arrayContaining([expect.objectContaining({ label: 'Ricevuta' })]),
    });
    // It is a look in the trail, of who the code was given to: one an hour, and none of a code that is wrong.
    await ask({ number: file?.number, code: 'K7QF-2M9X-TEST' });
    await ask({ number: file?.number, code: 'K7QF-2M9X-TESX' });
    const looks = (): Promise<unknown[]> =>
      rest.dataSource.query(
        `select t.act, t.actor_kind, t.actor_id = c.contact_id as theirs from trail_entry t join case_file c on c.id = t.subject_id
         where t.case_id = $1 and t.operation = 'trackCase'`,
        [caseId],
      );
    expect(await looks()).toEqual([{ act: 'looked', actor_kind: 'contact', theirs: true }]);
    await rest.app.get(Clock).advance(3_600_001);
    await ask({ code: 'K7QF-2M9X-TEST' });
    expect(await looks()).toHaveLength(2);
    // Their own words, in the conversation of the code; nothing that the same person said elsewhere, or somebody else there.
    const [mine]: { conversation_id: string; contact_id: string }[] = await rest.dataSource.query(
      'select conversation_id, contact_id from message where case_id = $1',
      [caseId],
    );
    const elsewhere = await rest.receive(account, { text: 'Detto altrove' });
    const other = await rest.receive(account, { text: 'Detto da altri' });
    await rest.dataSource.query('update message set case_id = $2, contact_id = $3 where id = $1', [
      elsewhere.message,
      caseId,
      mine?.contact_id,
    ]);
    await rest.dataSource.query('update message set case_id = $2, conversation_id = $3, seq = 1000 where id = $1', [
      other.message,
      caseId,
      mine?.conversation_id,
    ]);
    const own = await ask({ code: 'K7QF-2M9X-TEST' });
    expect(own.text).toContain('Vorrei seguirla');
    expect(own.text).not.toMatch(/Anna|Detto/);
    expect((await ask({ code: ' K7QF-2M9X-TEST ' })).body).toEqual(seen.body);
    const wrong = await ask({ number: file?.number, code: 'another' });
    const none = await ask({ number: '2026-999999-9', code: 'K7QF-2M9X-TEST' });
    const same = ({ status, text }: { status: number; text: string }): unknown[] => [
      status,
      text.replace(/"instance":"[^"]*"/, ''),
    ];
    expect(same(wrong)).toEqual(same(none));
    expect(wrong.status).toBe(404);
  });

  it('show a citizen what they put into a form once, by its labels, with no bare answers after it', async () => {
    const words = 'Che cosa riguarda: Illuminazione pubblica\nDove si trova: Via Rossini 12';
    await rest.receive(account, {
      subject: 'Lampione',
      trackingCode: 'F0RM-ONCE-TEST',
      content: [
        { type: 'text', text: words },
        {
          type: 'form',
          form: 'segnalazione',
          version: '2',
          fields: { categoria: 'illuminazione', luogo: 'Via Rossini 12', latitudine: 44.603374, longitudine: 11.2 },
        },
        { type: 'location', latitude: 44.603374, longitude: 11.2, address: 'Via Rossini 12' },
      ],
    });
    const seen = await rest.ask<TrackedCase>('POST', '/public/tracked-cases', { body: { code: 'F0RM-ONCE-TEST' } });
    expect(seen.body.said.map(({ text }) => text)).toEqual([words]);
  });

  it('that are due at one moment are each said once, and how late each was is measured', async () => {
    const many = 200;
    const ids: string[] = [];
    while (ids.length < many) ids.push(...(await Promise.all(Array.from({ length: 20 }, () => open('Insieme')))));
    // All as if they had been opened at the moment of the first.
    await rest.dataSource.query(
      `update deadline d set started_at = f.started_at, anchor_at = f.anchor_at, due_at = f.due_at, next_at = f.next_at
       from deadline f where f.case_id = $1 and f.clock = d.clock and d.case_id = any($2::uuid[])`,
      [ids[0], ids],
    );
    const [next]: { at: Date }[] = await rest.dataSource.query(
      'select min(next_at) as at from deadline where case_id = any($1::uuid[])',
      [ids],
    );
    const at = next?.at ?? new Date(Number.NaN);
    const measured = async (): Promise<number> => {
      const { values } = await rest.app.get(Metrics).registry.getSingleMetric(LATE)!.get();
      return values.filter(one => one.labels.le === '+Inf').reduce((sum, { value }) => sum + value, 0);
    };
    const said = (): Promise<{ case_id: string; version: number }[]> =>
      rest.dataSource.query(
        `select case_id, version from journal where case_id = any($1::uuid[]) and fact ~ '^(deadline_|reminded|escalated)'`,
        [ids],
      );
    expect(await said()).toEqual([]);
    const before = await measured();
    await clock().advance(Math.max(0, at.getTime() - clock().now().getTime()));
    const facts = await eventually(async () => {
      const found = await said();
      return new Set(found.map(one => one.case_id)).size === many ? found : undefined;
    }, 60);
    await rest.app.get(DeadlineWatch).watch();
    expect(await said()).toEqual(facts);
    expect(facts).toHaveLength(many);
    expect((await measured()) - before).toBeGreaterThanOrEqual(many);
  });
});
