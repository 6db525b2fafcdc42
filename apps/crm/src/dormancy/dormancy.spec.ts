import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView, DormancyView, LetterPage, OfficeDetail, SettingsView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { Dormancy } from './dormancy.js';
import { WeeklyLetters } from './weekly-letters.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: { channel: string; account: string };
let roads: string;
let bruno: TestOperator;
let carla: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro', 'admin');
  mail = await rest.channel(
    {
      reply: true,
      initiate: true,
      subject: true,
      text: { maxLength: 20_000 },
      conversations: 'thread',
      addressKinds: ['email'],
    },
    anna.administrationId,
  );
  roads = await rest.office(anna.administrationId, 'Strade');
  await rest.dataSource.query(
    `insert into monitoring_authorization (id, administration_id, kind, reference, signed_on, valid_until, scopes, recorded_by, recorded_at)
     values (gen_random_uuid(), $1, 'union_agreement', 'Accordo', '2020-01-01', '2999-01-01', '{figures}', $2, now())`,
    [anna.administrationId, anna.id],
  );
  bruno = await rest.operator(anna.administrationId, roads, 'Bruno', 'office_head');
  carla = await rest.operator(anna.administrationId, roads, 'Carla', 'back_office_member');
  const sql = (text: string, values: unknown[]): Promise<unknown> => rest.dataSource.query(text, values);
  await sql(`update operator set email = lower(name) || '@comune.example' where id = any($1::uuid[])`, [
    [bruno.id, carla.id],
  ]);
  await sql(`update office set email = 'strade@comune.example', responsible_id = $2 where id = $1`, [roads, bruno.id]);
  await sql(
    'insert into office_substitute (office_id, operator_id, administration_id, position) values ($1, $2, $3, 0)',
    [roads, carla.id, anna.administrationId],
  );
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const seen = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const assigned = async (assignee?: string, office = roads): Promise<string> => {
  const { caseId: id } = await rest.receive(mail, { subject: 'Buca' });
  const answer = await rest.ask('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body: { command: 'assign', office, ...(assignee ? { assignee } : {}) },
    headers: { 'if-match': `"${(await seen(id)).version}"` },
  });
  expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
  return id;
};
const dormancy = async (): Promise<DormancyView> =>
  (await rest.ask<DormancyView>('GET', '/api/dormancy', { as: anna })).body;
const gone = (operator: TestOperator): Promise<unknown> =>
  rest.dataSource.query(
    `update operator set introduced_at = now() - interval '90 days', last_seen_at = now() - interval '60 days' where id = $1`,
    [operator.id],
  );
const look = (): Promise<void> => rest.app.get(Dormancy).look();

describe('who never comes', () => {
  it('is nobody who was just introduced, or logs in', async () => {
    await look();
    expect(await dormancy()).toEqual({ operators: [], operatorsWithheld: false, offices: [] });
  });

  it('is shown, and what is given to them goes to who stands in', async () => {
    await gone(bruno);
    await look();
    expect((await dormancy()).operators).toMatchObject([
      { operator: { id: bruno.id }, lastSeenAt: expect.any(String) },
    ]);
    expect(await seen(await assigned(bruno.id))).toMatchObject({ office: { id: roads }, assignee: { id: carla.id } });
  });

  it('is back at once when they log in', async () => {
    await rest.ask('GET', '/api/operators/me', { as: bruno });
    expect((await dormancy()).operators).toEqual([]);
    expect(await seen(await assigned(bruno.id))).toMatchObject({ assignee: { id: bruno.id } });
  });

  it('is counted by the days that the administration decides', async () => {
    await rest.dataSource.query(
      `update operator set introduced_at = now() - interval '90 days', last_seen_at = now() - interval '12 days' where id = $1`,
      [bruno.id],
    );
    await look();
    expect((await dormancy()).operators).toEqual([]);
    const settings = await rest.ask<SettingsView>('PATCH', '/api/settings', {
      as: anna,
      body: { dormantDays: 10 },
      headers: { 'if-match': '"0"' },
    });
    expect([settings.status, settings.body.dormantDays]).toEqual([200, 10]);
    await look();
    expect((await dormancy()).operators).toMatchObject([{ operator: { id: bruno.id } }]);
  });

  it('may be an office that holds cases of which nobody touched anything; an action by a link wakes it', async () => {
    const old = await assigned();
    await gone(bruno);
    await rest.dataSource.query(
      `update operator set introduced_at = now() - interval '90 days', last_seen_at = now() - interval '60 days' where office_id = $1`,
      [roads],
    );
    await rest.dataSource.query(`update case_file set opened_at = opened_at - interval '60 days' where id = $1`, [old]);
    await look();
    expect((await dormancy()).offices).toEqual([]);
    await rest.dataSource.query('alter table journal disable trigger user');
    await rest.dataSource.query(`update journal set at = at - interval '60 days' where case_id = $1`, [old]);
    await rest.dataSource.query('alter table journal enable trigger user');
    await look();
    expect((await dormancy()).offices).toMatchObject([{ office: { id: roads }, openCases: expect.any(Number) }]);
    await rest.dataSource.query('update operator set last_seen_at = now() where id = $1', [carla.id]);
    await rest.dataSource.query('update operator set dormant_since = null where id = $1', [carla.id]);
    expect(await seen(await assigned())).toMatchObject({ office: { id: roads }, assignee: { id: carla.id } });
    await look();
    expect((await dormancy()).offices).toEqual([]);
  });
});

describe('the letter of the week', () => {
  const monday = (hour: string): Date => {
    const today = new Date();
    const days = ((8 - today.getUTCDay()) % 7 || 7) + 7;
    const date = new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    return new Date(`${date}T${hour}:00Z`);
  };
  const weekly = async (): Promise<LetterPage['items']> =>
    (await rest.ask<LetterPage>('GET', '/api/letters?kind=weekly', { as: anna })).body.items;

  it('tells the head what the office holds, once, also when two write it at once', async () => {
    await rest.ask('GET', '/api/operators/me', { as: bruno });
    const letters = rest.app.get(WeeklyLetters);
    await letters.write(monday('03:00'));
    expect(await weekly()).toEqual([]);
    await Promise.all([letters.write(monday('10:00')), letters.write(monday('10:00')), letters.write(monday('10:01'))]);
    await letters.write(monday('11:00'));
    const written = await weekly();
    expect(written).toMatchObject([{ operator: { id: bruno.id }, sentTo: 'bruno@comune.example', state: 'queued' }]);
    const [row] = await rest.core.query<{ text: string }>('select text from letter where id = $1', [written[0]?.id]);
    expect(row?.text).toMatch(/STRADE\nPratiche aperte: \d+\. Da prendere in carico: \d+\. In ritardo: \d+\./);
    expect(row?.text).toMatch(/- \d{4}-\d{6}-\d, del .*: Buca/);
  });

  it('names who never comes only while that is authorised; else it says how many, of an office of five people or more', async () => {
    await gone(carla);
    await look();
    let weeks = 10;
    const told = async (): Promise<string> => {
      weeks += 1;
      await rest.app.get(WeeklyLetters).write(new Date(monday('10:30').getTime() + weeks * 7 * 86_400_000));
      const [row] = await rest.core.query<{ text: string }>(
        `select text from letter where kind = 'weekly' and operator_id = $1 order by created_at desc, id desc limit 1`,
        [bruno.id],
      );
      return row?.text ?? '';
    };
    const authorized = (until: string): Promise<unknown> =>
      rest.dataSource.query('update monitoring_authorization set valid_until = $2 where administration_id = $1', [
        anna.administrationId,
        until,
      ]);
    expect(await told()).toContain('Non accedono da tempo: Carla.');
    await authorized('2020-01-02');
    const small = await told();
    expect(small).toContain('STRADE');
    expect(small).not.toMatch(/Carla|accedono/);
    for (const name of ['Dario', 'Elsa', 'Fabio'])
      await rest.operator(anna.administrationId, roads, name, 'back_office_member');
    const large = await told();
    expect(large).toContain('Persone che non accedono da tempo: 1 su 5.');
    expect(large).not.toContain('Carla');
    await authorized('2999-01-01');
    expect(await told()).toContain('Non accedono da tempo: Carla.');
    await rest.ask('GET', '/api/operators/me', { as: carla });
  });

  it('tells of an office that opens later in the week by a second letter, and never twice of the first', async () => {
    const sea = await rest.office(anna.administrationId, 'Porto');
    await rest.dataSource.query(`update office set responsible_id = $2 where id = $1`, [sea, bruno.id]);
    await rest.dataSource.query(
      `insert into office_hours (office_id, channel, administration_id, intervals) values ($1, null, $2, $3)`,
      [sea, anna.administrationId, JSON.stringify([{ weekday: 3, from: '09:00', to: '12:00' }])],
    );
    const before = (await weekly()).length;
    await assigned(undefined, sea);
    const letters = rest.app.get(WeeklyLetters);
    const nextWeek = (days: number): Date => new Date(monday('10:30').getTime() + (7 + days) * 86_400_000);
    await letters.write(nextWeek(0));
    await Promise.all([letters.write(nextWeek(2)), letters.write(nextWeek(2))]);
    await letters.write(nextWeek(3));
    const rows = await rest.core.query<{ text: string }>(
      `select text from letter where kind = 'weekly' and operator_id = $1 order by created_at, id`,
      [bruno.id],
    );
    const heard = rows.slice(before).map(({ text }) => [text.includes('STRADE'), text.includes('PORTO')]);
    expect(heard).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('says what is held, how old it is, what is late, what came back and what is asked; and to who sorts, what no office has', async () => {
    const sql = (text: string, values: unknown[]): Promise<unknown> => rest.dataSource.query(text, values);
    const bridges = await rest.office(anna.administrationId, 'Ponti');
    const [gina, ugo] = [
      await rest.operator(anna.administrationId, bridges, 'Gina', 'office_head'),
      await rest.operator(anna.administrationId, anna.office, 'Ugo', 'office_head'),
    ];
    await sql(`update operator set email = lower(name) || '@comune.example' where id = any($1::uuid[])`, [
      [gina.id, ugo.id],
    ]);
    await sql('update office set responsible_id = $2 where id = $1', [bridges, gina.id]);
    await sql('update office set responsible_id = $2 where id = $1', [anna.administrationId, ugo.id]);
    const now = new Date(monday('10:30').getTime() + 30 * 7 * 86_400_000);
    const step = async (id: string, body: object): Promise<void> => {
      const answer = await rest.ask('POST', `/api/cases/${id}/transitions`, {
        as: anna,
        body,
        headers: { 'if-match': `"${(await seen(id)).version}"` },
      });
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    };
    const aged = (id: string, days: number, due: number): Promise<unknown> =>
      sql(`update case_file set opened_at = $2, next_due_at = $3 where id = $1`, [
        id,
        new Date(now.getTime() - days * 86_400_000 - 3_600_000),
        new Date(now.getTime() + due * 86_400_000),
      ]);
    const [old, late, back] = [
      await assigned(undefined, bridges),
      await assigned(undefined, bridges),
      await assigned(undefined, bridges),
    ];
    await step(back, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    await step(back, { command: 'reopen', reason: 'Non era finita' });
    await sql('alter table journal disable trigger user', []);
    await sql(`update journal set at = $2 where case_id = $1 and fact = 'reopened'`, [
      back,
      new Date(now.getTime() - 86_400_000),
    ]);
    await sql('alter table journal enable trigger user', []);
    await aged(old, 41, 5);
    await aged(late, 12, -2);
    await aged(back, 9, 5);
    const elsewhere = await assigned();
    const asked = await rest.ask('POST', `/api/cases/${elsewhere}/tasks`, {
      as: anna,
      body: { question: 'Il ponte regge?', office: bridges, dueDate: now.toISOString().slice(0, 10) },
      headers: { 'if-match': `"${(await seen(elsewhere)).version}"` },
    });
    expect([asked.status, asked.text]).toEqual([201, expect.anything()]);
    const nobodys = (await rest.receive(mail, { subject: 'Di chi è?' })).caseId;

    await rest.app.get(WeeklyLetters).write(now);
    const letterTo = async (operator: TestOperator): Promise<string> => {
      const rows = await rest.core.query<{ text: string }>(
        `select text from letter where kind = 'weekly' and operator_id = $1`,
        [operator.id],
      );
      expect(rows).toHaveLength(1);
      return rows[0]?.text ?? '';
    };
    const numbers = new Map(
      await Promise.all([old, late, back, nobodys].map(async id => [id, (await seen(id)).number] as const)),
    );
    const lines = (await letterTo(gina)).split('\n');
    expect(lines).toContain('PONTI');
    expect(lines).toContain('Pratiche aperte: 3. Da prendere in carico: 3. In ritardo: 1.');
    expect(lines).toContain('La più vecchia è aperta da 41 giorni.');
    expect(lines).toContain('Quesiti di altri uffici senza risposta: 1.');
    const listed = lines.filter(line => line.startsWith('- '));
    expect(listed[0]).toMatch(new RegExp(`^- ${numbers.get(late)}, del .*, IN RITARDO: Buca$`));
    expect(listed[1]).toMatch(new RegExp(`^- ${numbers.get(old)}, del [^,]*: Buca$`));
    expect(lines.slice(lines.indexOf('Tornate indietro in questa settimana:') + 1)).toEqual([
      `- ${numbers.get(back)}: Buca`,
    ]);
    const sorts = await letterTo(ugo);
    expect(sorts).toContain('VALDORO\nPratiche aperte: ');
    expect(sorts).toContain(numbers.get(nobodys));
  });
});

describe('letters', () => {
  it('are listed by office, case, kind and fate, page by page', async () => {
    const { body } = await rest.ask<LetterPage>('GET', `/api/letters?office=${roads}&limit=1`, { as: anna });
    expect([body.items.length, body.next]).toEqual([1, expect.any(String)]);
    const [first] = body.items;
    const again = await rest.ask<LetterPage>('GET', `/api/letters?office=${roads}&limit=1&after=${body.next}`, {
      as: anna,
    });
    expect(again.body.items[0]?.id).not.toBe(first?.id);
    await rest.dataSource.query(
      `update message set send_state = 'failed', send_detail = '550 no such user' where letter_id = $1`,
      [first?.id],
    );
    const failed = await rest.ask<LetterPage>('GET', '/api/letters?state=failed', { as: anna });
    expect(failed.body.items).toMatchObject([{ id: first?.id, state: 'failed', trouble: '550 no such user' }]);
  });

  it('are switched off for an office, and stay so when nothing is said of them', async () => {
    const detail = async (): Promise<{ body: OfficeDetail; etag: string }> => {
      const { body, headers } = await rest.ask<OfficeDetail>('GET', `/api/offices/${roads}`, { as: anna });
      return { body, etag: headers.etag ?? '' };
    };
    const put = async (body: object): Promise<void> => {
      const answer = await rest.ask('PUT', `/api/offices/${roads}`, {
        as: anna,
        body: { name: 'Strade', kind: 'office', tier: 2, ...body },
        headers: { 'if-match': (await detail()).etag },
      });
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    };
    expect((await detail()).body.letters).toBe(true);
    await put({ letters: false });
    await put({});
    expect((await detail()).body.letters).toBe(false);
  });
});
