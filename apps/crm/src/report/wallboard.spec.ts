import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallPart, CaseView, WallboardOffice, WallboardView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let account: { channel: string; account: string };
let roads: string;
let people: TestOperator[];

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Cartellone', 'supervisor');
  account = await rest.channel({ reply: true, text: { maxLength: 4_000 } }, anna.administrationId);
  roads = await rest.office(anna.administrationId, 'Strade');
  people = [];
  for (const name of ['Ada', 'Bice', 'Carlo', 'Dora', 'Elio'])
    people.push(await rest.operator(anna.administrationId, roads, name, 'specialist'));
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const wallboard = async (as: TestOperator = anna): Promise<WallboardView> =>
  (await rest.ask<WallboardView>('GET', '/api/reports/wallboard', { as })).body;
const officeIn = (board: WallboardView, id = roads): WallboardOffice | undefined =>
  board.offices.find(({ office }) => office.id === id);

/** A case that waits in the queue of an office. */
async function waiting(office = roads): Promise<string> {
  const { caseId } = await rest.receive(account, { text: 'Una buca' });
  const id = String(caseId);
  const { body } = await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna });
  const moved = await rest.ask('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body: { command: 'assign', office },
    headers: { 'if-match': `"${body.version}"` },
  });
  expect(moved.status).toBe(200);
  return id;
}
const sql = (text: string, values: unknown[]): Promise<unknown> => rest.dataSource.query(text, values);
/** Somebody took what waited for a case, so many seconds after it came. */
const taken = (id: string, seconds: number): Promise<unknown> =>
  sql(
    `update work_item set state = 'done', operator_id = null, assigned_at = virtual_start + make_interval(secs => $2),
       due_at = virtual_start + interval '60 seconds', done_at = clock_timestamp() where case_id = $1`,
    [id, seconds],
  );

describe('the wallboard', () => {
  it('tells what waits, for how long, what is open and what is late', async () => {
    const before = await wallboard();
    expect(officeIn(before)).toBeUndefined();
    const [first] = [await waiting(), await waiting(), await waiting()];
    await sql(`update work_item set virtual_start = now() - interval '10 minutes' where case_id = $1`, [first]);
    await sql(
      `update case_file set opened_at = opened_at - interval '20 days', next_due_at = clock_now() - interval '1 minute' where id = $1`,
      [first],
    );
    const board = await wallboard();
    expect(officeIn(board)).toMatchObject({ waiting: 3, open: 3, untaken: 3, late: 1, ages: [2, 0, 0, 0, 1, 0] });
    expect(officeIn(board)?.oldestWaitSeconds).toBeGreaterThanOrEqual(600);
    expect(board.ageDays).toEqual([1, 3, 7, 15, 30]);
    expect(board.channels.map(({ manifest }) => manifest.id)).toContain(account.channel);
    expect(board.hours.at(-1)?.opened).toBeGreaterThanOrEqual(0);
    expect(board.hours.reduce((sum, { opened }) => sum + opened, 0)).toBeGreaterThanOrEqual(2);
  });

  it('tells who is there, who can take more and who cannot', async () => {
    const [ada, bice, carlo] = people;
    if (!ada || !bice || !carlo) throw new Error('nobody works there');
    for (const one of [ada, bice, carlo])
      await rest.ask('PUT', '/api/operators/me/presence', { as: one, body: { status: 'available' } });
    await rest.ask('PUT', '/api/operators/me/presence', { as: carlo, body: { status: 'busy' } });
    await sql(`update operator_presence set capacity = 0 where operator_id = $1`, [bice.id]);
    expect(officeIn(await wallboard())).toMatchObject({ available: 2, free: 1, busy: 2 });
  });

  it('tells which share of what came today was taken within the target, and how soon', async () => {
    await sql('delete from work_item where administration_id = $1', [anna.administrationId]);
    await taken(await waiting(), 30);
    await taken(await waiting(), 50);
    await taken(await waiting(), 100);
    await waiting();
    const now = await wallboard();
    // What was promised within a target that has not passed yet is neither kept nor broken.
    expect(officeIn(now)?.today).toMatchObject({ came: 4, taken: 3, due: 3, inTime: 2, speedSeconds: 60 });
    expect(now.today).toMatchObject({ came: 4, taken: 3, due: 3, inTime: 2 });
  });

  it('tells how many calls were answered, how soon, and how many were given up', async () => {
    const call = async (part: Partial<CallPart>): Promise<void> => {
      const { caseId } = await rest.receive(account, { text: 'Squilla' });
      await sql(`update case_file set office_id = $2 where id = $1`, [caseId, roads]);
      const content = { type: 'call', direction: 'in', arrivedAt: '2026-03-03T09:00:00.000Z', steps: [], ...part };
      await sql(`update message set content = jsonb_build_array($2::jsonb) where case_id = $1`, [
        caseId,
        JSON.stringify(content),
      ]);
    };
    await call({ answeredAt: '2026-03-03T09:00:20.000Z', endedAt: '2026-03-03T09:05:00.000Z', ending: 'completed' });
    await call({ answeredAt: '2026-03-03T09:00:40.000Z' });
    await call({ endedAt: '2026-03-03T09:01:00.000Z', ending: 'abandoned' });
    const board = await wallboard();
    expect(officeIn(board)?.today).toMatchObject({ calls: 3, answered: 2, abandoned: 1, answerSeconds: 30 });
    expect(board.hours.reduce((sum, { calls }) => sum + calls, 0)).toBe(3);
  });

  it('shows the service of a small office only where counting people one by one is authorised', async () => {
    const small = await rest.office(anna.administrationId, 'Piccolo');
    await rest.operator(anna.administrationId, small, 'Fosca', 'specialist');
    await taken(await waiting(small), 10);
    const board = await wallboard();
    expect(officeIn(board, small)).toMatchObject({ open: 1 });
    expect(officeIn(board, small)).not.toHaveProperty('today');
    expect([board.withheld, board.today.came]).toEqual([true, officeIn(board)?.today?.came]);
    await sql(
      `insert into monitoring_authorization (id, administration_id, kind, reference, signed_on, valid_until, scopes, recorded_by, recorded_at)
       values ($3, $1, 'union_agreement', 'Accordo', '2020-01-01', '2999-01-01', '{figures}', $2, now())`,
      [anna.administrationId, anna.id, v7()],
    );
    const open = await wallboard();
    expect(officeIn(open, small)?.today).toMatchObject({ came: 1, inTime: 1 });
    expect([open.withheld, open.today.came]).toEqual([false, board.today.came + 1]);
  });

  it('counts no case that whoever asks does not see, nor any of elsewhere', async () => {
    const before = (await wallboard()).offices.reduce((sum, { open }) => sum + open, 0);
    const id = await waiting();
    await sql(`update case_file set confidentiality = 'reserved' where id = $1`, [id]);
    const after = await wallboard();
    expect(after.offices.reduce((sum, { open }) => sum + open, 0)).toBe(before);
    const elsewhere = await rest.administration('Altrove', 'supervisor');
    const theirs = await wallboard(elsewhere);
    expect([theirs.offices, theirs.unassigned, theirs.today.came]).toEqual([[], 0, 0]);
    const desk = people[4];
    expect((await rest.ask('GET', '/api/reports/wallboard', { as: desk })).status).toBe(403);
  });
});
