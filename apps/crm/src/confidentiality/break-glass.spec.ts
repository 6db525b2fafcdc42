import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CasePage,
  CaseView,
  JournalView,
  LetterPage,
  OpenedCase,
  OpenedCasePage,
  ProblemView,
  TrailPage,
} from '@filodiretto/contracts';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { tokenFor } from '../testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const REASON = 'La Procura chiede chi segue il minore';
let rest: RestApplication;
let front: TestOperator & { readonly office: string };
let member: TestOperator;
let head: TestOperator;
let admin: TestOperator;
let auditor: TestOperator;
let id: string;
let number: string;

const get = <T>(as: TestOperator, path: string): Promise<Answer<T>> => rest.ask<T>('GET', path, { as });
const breakGlass = (as: TestOperator, asked: object): Promise<Answer<OpenedCase & ProblemView>> =>
  rest.ask('POST', '/api/cases/break-glass', { as, body: asked });
const told = ({ status, body }: Answer<ProblemView>): unknown[] => [status, body.type, body.title, body.detail];

beforeAll(async () => {
  rest = await RestApplication.start();
  front = await rest.administration('Roccaserena', 'supervisor');
  const { administrationId } = front;
  const social = await rest.office(administrationId, 'Servizi sociali');
  member = await rest.operator(administrationId, social, 'Francesca', 'specialist');
  head = await rest.operator(administrationId, social, 'Responsabile', 'office_head');
  admin = await rest.operator(administrationId, administrationId, 'Amministra', 'admin');
  auditor = await rest.operator(administrationId, administrationId, 'Revisore', 'auditor');
  await rest.dataSource.query('update office set responsible_id = $2 where id = $1', [social, head.id]);
  const made = await rest.ask<CaseView>('POST', '/api/cases', {
    as: member,
    body: { subject: 'Affido', office: social },
  });
  ({ id, number } = made.body);
  await rest.ask('PUT', `/api/cases/${id}/confidentiality`, {
    as: member,
    body: { level: 'minors', reason: 'Riguarda un minore' },
    headers: { 'if-match': made.headers['etag'] ?? '' },
  });
});
afterAll(() => rest.stop());

describe('breaking the glass', () => {
  it.each([
    ['a reason too short', () => ({ number, reason: 'Serve' })],
    ['a reason of blanks', () => ({ number, reason: ' '.repeat(40) })],
    ['no number', () => ({ reason: REASON })],
  ])('is refused for %s, and opens nothing', async (_, asked) => {
    expect((await breakGlass(front, asked())).status).toBe(422);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
  });

  it('is refused to who has not the permission, and asks who logged in long ago to log in again', async () => {
    expect((await breakGlass(member, { number, reason: REASON })).status).toBe(403);
    const old = await tokenFor(front.id, { authTime: Math.floor(Date.now() / 1_000) - 3_600 });
    const answer = await breakGlass({ ...front, token: old }, { number, reason: REASON });
    expect([answer.status, answer.body.type]).toEqual([401, '/problems/step-up-required']);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
  });

  it('answers a wrong number as one of another administration, and the trail has both', async () => {
    const elsewhere = await rest.administration('Altrove', 'admin');
    const made = await rest.ask<CaseView>('POST', '/api/cases', { as: elsewhere, body: { subject: 'Loro' } });
    await rest.dataSource.query(`update case_file set number = '2026-777777-7' where id = $1`, [made.body.id]);
    const answers = [
      await breakGlass(front, { number: '2026-777777-7', reason: REASON }),
      await breakGlass(front, { number: '2026-999999-9', reason: REASON }),
    ];
    expect(answers.map(told)).toEqual([told(answers[1]), told(answers[1])]);
    expect(answers[0]?.status).toBe(404);
    const { body } = await get<TrailPage>(auditor, `/api/trail?operator=${front.id}&act=searched`);
    const words = body.items.filter(entry => entry.operation === 'breakGlass').map(entry => entry.words);
    expect(words).toEqual(expect.arrayContaining(['2026-777777-7', '2026-999999-9']));
  });

  it('opens that case to that person alone: it is read, noted and chased, not changed', async () => {
    const opened = await breakGlass(front, { number, reason: REASON });
    expect([opened.status, opened.body.case]).toEqual([201, { id, number }]);
    const minutes = (Date.parse(opened.body.until) - Date.parse(opened.body.at)) / 60_000;
    expect(Math.round(minutes)).toBe(60);
    const seen = await get<CaseView>(front, `/api/cases/${id}`);
    const list = await get<CasePage>(front, `/api/cases?number=${number}`);
    expect([seen.status, list.body.items.length]).toEqual([200, 1]);
    const note = await rest.ask('POST', `/api/cases/${id}/internal-notes`, { as: front, body: { text: 'Richiamata' } });
    const change = await rest.ask('PATCH', `/api/cases/${id}`, {
      as: front,
      body: { priority: 'high' },
      headers: { 'if-match': seen.headers['etag'] ?? '' },
    });
    const follow = await rest.ask('POST', `/api/cases/${id}/followers`, { as: front });
    expect([note.status, change.status, follow.status]).toEqual([201, 403, 403]);
    expect((await get(admin, `/api/cases/${id}`)).status).toBe(404);
  });

  it('is in the journal and before the auditor, and is told at once to who answers for it', async () => {
    const { body } = await get<JournalView>(member, `/api/cases/${id}/journal`);
    expect(body.items.find(entry => entry.fact === 'glass_broken')).toMatchObject({
      actor: { kind: 'operator' },
      data: { reason: REASON },
    });
    const openings = await get<OpenedCasePage>(auditor, '/api/break-glass');
    expect(openings.body.items).toMatchObject([{ case: { id, number }, operator: { id: front.id }, reason: REASON }]);
    expect((await get(front, '/api/break-glass')).status).toBe(403);
    const { body: letters } = await get<LetterPage>(admin, '/api/letters?kind=break_glass');
    expect(letters.items.map(letter => letter.operator?.id).sort()).toEqual([head.id, admin.id].sort());
  });

  it('tells who protects data instead of who administers, where the settings name them', async () => {
    const officer = await rest.operator(front.administrationId, front.administrationId, 'Garante', 'dpo');
    const settings = await get<object>(admin, '/api/settings');
    const named = await rest.ask('PATCH', '/api/settings', {
      as: admin,
      body: { dataProtectionOfficer: officer.id, breakGlassMinutes: 5 },
      headers: { 'if-match': settings.headers['etag'] ?? '' },
    });
    expect(named.status).toBe(200);
    const again = await breakGlass(front, { number, reason: REASON });
    expect(Math.round((Date.parse(again.body.until) - Date.parse(again.body.at)) / 60_000)).toBe(5);
    const { body } = await get<LetterPage>(admin, '/api/letters?kind=break_glass');
    expect(
      body.items
        .slice(0, 2)
        .map(letter => letter.operator?.id)
        .sort(),
    ).toEqual([head.id, officer.id].sort());
  });

  it('is over when its time is, by the clock of the database', async () => {
    expect((await get(front, `/api/cases/${id}`)).status).toBe(200);
    await rest.dataSource.query('update break_glass set until = clock_now() where case_id = $1', [id]);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
    expect((await get<CasePage>(front, `/api/cases?number=${number}`)).body.items).toEqual([]);
  });
});
