import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CaseCounts,
  CasePage,
  CaseView,
  FoundCases,
  MessageView,
  ProblemView,
  TaskView,
} from '@filodiretto/contracts';
import { seesCase, type SeenCase, type Sight } from '@filodiretto/domain';
import fc from 'fast-check';
import { v5, v7 } from 'uuid';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { beginningOf, personOf } from '../isolation/acting.js';
import { PEOPLE_ROLE } from '../isolation/roles.js';
import { notHiddenSql, seenWith } from './seen.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

let rest: RestApplication;
let front: TestOperator & { readonly office: string };
let taxes: TestOperator;
let other: TestOperator;
let above: TestOperator;
let taxesOffice: string;

beforeAll(async () => {
  rest = await RestApplication.start();
  front = await rest.administration('Collefiorito', 'tier1_operator');
  const { administrationId } = front;
  const area = await rest.office(administrationId, 'Area');
  taxesOffice = await rest.office(administrationId, 'Tributi', 'office', area);
  taxes = await rest.operator(administrationId, taxesOffice, 'Tullia', 'back_office_member');
  above = await rest.operator(administrationId, area, 'Capo Area', 'office_head');
  other = await rest.operator(
    administrationId,
    await rest.office(administrationId, 'Scuola'),
    'Sandro',
    'back_office_member',
  );
});
afterAll(() => rest.stop());

const open = async (as: TestOperator, subject: string, more: object = {}): Promise<string> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as, body: { subject, ...more } })).body.id;
const get = <T>(as: TestOperator, path: string): Promise<Answer<T>> => rest.ask<T>('GET', path, { as });
const assign = async (as: TestOperator, id: string, office: string): Promise<number> => {
  const { headers } = await get(as, `/api/cases/${id}`);
  const answer = await rest.ask('PATCH', `/api/cases/${id}`, {
    as,
    body: { office },
    headers: { 'if-match': headers['etag'] ?? '' },
  });
  return answer.status;
};
const listed = async (as: TestOperator): Promise<string[]> =>
  (await get<CasePage>(as, '/api/cases?limit=200')).body.items.map(({ id }) => id);

describe('the rule in SQL', () => {
  const ids = Array.from({ length: 4 }, (_, index) => v5(`id ${index}`, v5.URL));
  const id = fc.constantFrom(...ids);
  const some = fc.uniqueArray(id, { maxLength: 3 });
  const sights: fc.Arbitrary<Sight> = fc.record({
    operator: id,
    reach: fc.constantFrom('administration', 'offices'),
    offices: some,
    confided: some,
    levels: fc.subarray(['minors', 'health']),
    opened: some,
  });
  // Who holds a case and who was asked are among those concerned with it: so the ledger writes them.
  const cases: fc.Arbitrary<SeenCase> = fc
    .record({
      id,
      office: fc.option(id),
      asked: some,
      concerned: some,
      acquainted: some,
      assignee: fc.option(id),
      confidentiality: fc.option(fc.constantFrom('minors', 'health')),
    })
    .map(one => ({
      ...one,
      concerned: [...new Set([...one.concerned, ...one.asked, ...(one.office === null ? [] : [one.office])])],
    }));
  const ROW = `(select $1::uuid as id, $2::uuid as office_id, $3::uuid[] as asked, $4::uuid[] as concerned,
    $5::uuid[] as acquainted, $6::uuid as assignee_id, $7::text as confidentiality) c`;

  /** Whether the rule of rows shows a case, made out of one that is there, to a person. */
  async function guarded(sight: Sight, one: SeenCase): Promise<boolean> {
    const runner = rest.dataSource.createQueryRunner();
    try {
      await runner.query(
        beginningOf(personOf({ id: sight.operator, administrationId: elsewhere.administrationId, sight })),
      );
      // The offices and people of these cases are none.
      await runner.query('set local session_replication_role = replica');
      await runner.query(
        `update case_file set id = $1, office_id = $2, asked = $3, concerned = $4, acquainted = $5, assignee_id = $6,
           confidentiality = $7 where id = $8`,
        [one.id, one.office, one.asked, one.concerned, one.acquainted, one.assignee, one.confidentiality, model],
      );
      await runner.query(`set local role ${PEOPLE_ROLE}`);
      const found = (await runner.query('select from case_file where id = $1', [one.id])) as unknown[];
      return found.length === 1;
    } finally {
      await runner.query('rollback');
      await runner.release();
    }
  }
  let elsewhere: TestOperator;
  let model: string;
  beforeAll(async () => {
    elsewhere = await rest.administration('Altrove');
    model = await open(elsewhere, 'Una pratica');
  });

  it('says of every case and every person what the rule of the domain says, and so does that of rows', async () => {
    await fc.assert(
      fc.asyncProperty(sights, cases, async (sight, one) => {
        const parameters: unknown[] = [
          one.id,
          one.office,
          one.asked,
          one.concerned,
          one.acquainted,
          one.assignee,
          one.confidentiality,
        ];
        const [row]: { seen: boolean | null }[] = await rest.dataSource.query(
          `select ${seenWith(sight, parameters)} as seen from ${ROW}`,
          parameters,
        );
        expect([row?.seen ?? false, await guarded(sight, one)]).toEqual([seesCase(sight, one), seesCase(sight, one)]);
      }),
      { numRuns: 300 },
    );
  });

  it('hides from who sees the administration what is confidential, and nothing else', () => {
    const sight: Sight = { operator: v7(), reach: 'administration', offices: [], confided: [], levels: [], opened: [] };
    const sql = notHiddenSql({ administrationId: front.administrationId, sight }, 's.case_id', () => '$1');
    expect(sql).toMatch(/confidentiality is not null and \(.*\) is not true/);
    expect(notHiddenSql({ administrationId: front.administrationId, sight: 'all' }, 's.case_id', () => '$1')).toBe(
      'true',
    );
  });
});

describe('who sees their offices’ cases alone', () => {
  let own: string;
  let foreign: string;
  beforeAll(async () => {
    own = await open(front, 'Rimborso della tassa', { office: taxesOffice });
    foreign = await open(front, 'Scuolabus in ritardo', { office: other.officeId });
  });

  it('finds them in lists, and no others; the front finds all', async () => {
    expect([await listed(taxes), await listed(above), await listed(other)]).toEqual([[own], [own], [foreign]]);
    expect((await listed(front)).sort()).toEqual([own, foreign].sort());
  });

  it('is told of others exactly as of what is not there', async () => {
    const paths = (id: string): string[] =>
      ['', '/journal', '/relations', '/tasks', '/automation-runs', '/incident-suggestions'].map(
        rest_ => `/api/cases/${id}${rest_}`,
      );
    const answers = async (id: string): Promise<unknown[]> =>
      Promise.all(
        paths(id).map(async path => {
          const { status, body } = await get<ProblemView>(taxes, path);
          return [status, body.type, body.title, body.detail];
        }),
      );
    expect(await answers(foreign)).toEqual(await answers(v7()));
    expect((await get(taxes, `/api/cases/${foreign}`)).status).toBe(404);
    for (const path of paths(own)) expect((await get(taxes, path)).status).toBe(200);
  });

  it('searches, and counts, nothing of others', async () => {
    await rest.searchable();
    const found = async (as: TestOperator, text: string): Promise<string[]> =>
      (await get<FoundCases>(as, `/api/search?text=${text}`)).body.items.map(one => one.case.id);
    expect([await found(taxes, 'scuolabus'), await found(taxes, 'rimborso')]).toEqual([[], [own]]);
    expect([await found(front, 'scuolabus'), await found(front, 'rimborso')]).toEqual([[foreign], [own]]);
    const count = await get<{ cases: number }>(taxes, '/api/search/count?text=scuolabus');
    expect(count.body.cases).toBe(0);
    const { body } = await get<CaseCounts>(above, '/api/reports/cases');
    expect(body.items.reduce((sum, { cases }) => sum + cases, 0)).toBe(1);
  });

  it('keeps in sight what their office passed on, and may note and chase it, not change it', async () => {
    const id = await open(taxes, 'Non è nostra', { office: taxesOffice });
    expect(await assign(taxes, id, other.officeId)).toBe(200);
    expect((await get(taxes, `/api/cases/${id}`)).status).toBe(200);
    expect(await assign(taxes, id, taxesOffice)).toBe(403);
    const note = await rest.ask('POST', `/api/cases/${id}/internal-notes`, {
      as: taxes,
      body: { text: 'Sentita la scuola' },
    });
    const chase = await rest.ask('POST', `/api/cases/${id}/chases`, { as: taxes, body: {} });
    expect([note.status, chase.status]).toEqual([201, 201]);
    expect(await assign(other, id, other.officeId)).toBe(200);
  });

  it('sees what it was asked about, and the task, as long as it lasts and after', async () => {
    const id = await open(front, 'Una domanda per i tributi', { office: front.office });
    expect((await get(taxes, `/api/cases/${id}`)).status).toBe(404);
    const asked = await rest.ask<TaskView>('POST', `/api/cases/${id}/tasks`, {
      as: front,
      body: { question: 'È dovuta?', office: taxesOffice },
    });
    expect((await get(taxes, `/api/tasks/${asked.body.id}`)).status).toBe(200);
    expect((await get(other, `/api/tasks/${asked.body.id}`)).status).toBe(404);
    const answer = await rest.ask('POST', `/api/tasks/${asked.body.id}/moves`, {
      as: taxes,
      body: { command: 'answer', text: 'Sì' },
    });
    expect([answer.status, (await get(taxes, `/api/cases/${id}`)).status]).toEqual([200, 200]);
  });

  it('sees what somebody named them in, and what they opened, wherever it went', async () => {
    const mine = await open(other, 'Aperta qui per un altro ufficio', { office: taxesOffice });
    expect((await get(other, `/api/cases/${mine}`)).status).toBe(200);
    const code = `code-${other.id}`;
    await rest.ask('POST', `/api/cases/${own}/internal-notes`, { as: taxes, body: { text: `Sentiamo @${code}` } });
    expect((await get(other, `/api/cases/${own}`)).status).toBe(200);
    expect((await rest.ask('DELETE', `/api/cases/${own}/followers/me`, { as: other })).status).toBe(200);
    expect((await get(other, `/api/cases/${own}`)).status).toBe(200);
  });

  it('names none of others in a request: linking, merging and bulk actions know only what one sees', async () => {
    const mine = await open(taxes, 'Nostra', { office: taxesOffice });
    const hidden = await open(front, 'Di altri', { office: front.office });
    const named = async (id: string): Promise<unknown[]> => {
      const link = await rest.ask<ProblemView>('POST', `/api/cases/${mine}/links`, { as: taxes, body: { case: id } });
      const head = await rest.ask<ProblemView>('POST', `/api/cases/${mine}/merges`, {
        as: taxes,
        body: { from: id },
        headers: { 'if-match': (await get(taxes, `/api/cases/${mine}`)).headers['etag'] ?? '' },
      });
      const bulk = await rest.ask<ProblemView>('POST', '/api/bulk-actions', {
        as: above,
        body: { change: { priority: 'high' }, cases: [id] },
      });
      return [link, head, bulk].map(({ status, body }) => [status, body.detail, body.errors]);
    };
    const answers = await named(hidden);
    expect(answers).toEqual(await named(v7()));
    expect(answers.map(one => (one as unknown[])[0])).toEqual([422, 422, 422]);
  });

  it('opens no message of others, by its own id', async () => {
    const door = await rest.channel({ reply: true }, front.administrationId);
    const { message, caseId } = await rest.receive(door, {});
    expect((await get<MessageView>(front, `/api/messages/${message}`)).status).toBe(200);
    for (const path of [`/api/messages/${message}`, `/api/messages/${message}/original`])
      expect((await get(taxes, path)).status).toBe(404);
    expect(await assign(front, caseId, taxesOffice)).toBe(200);
    expect((await get(taxes, `/api/messages/${message}`)).status).toBe(200);
  });
});
