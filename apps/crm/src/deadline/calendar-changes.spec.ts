import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { asMachine } from '../isolation/acting.js';
import { CalendarChanges } from './calendar-changes.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);
const DAY_MS = 86_400_000;

describe('terms, where an office comes to be open at other times', () => {
  let rest: RestApplication;
  beforeAll(async () => {
    rest = await RestApplication.start();
  });
  afterAll(() => rest.stop());

  interface Town {
    readonly clerk: TestOperator & { readonly office: string };
    readonly admin: TestOperator;
  }
  const town = async (name: string): Promise<Town> => {
    const clerk = await rest.administration(name);
    return { clerk, admin: await rest.operator(clerk.administrationId, clerk.office, 'Ada', 'admin') };
  };
  const open = async ({ clerk }: Town, subject: string): Promise<string> => {
    const body = { subject, kind: 'report', office: clerk.office };
    const answer = await rest.ask<CaseView>('POST', '/api/cases', { as: clerk, body });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const day = (days: number): string =>
    new Date(rest.app.get(Clock).now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const close = async ({ clerk, admin }: Town, from: number, to: number): Promise<void> => {
    const body = { from: day(from), to: day(to), reason: 'Lavori' };
    expect((await rest.ask('POST', `/api/offices/${clerk.office}/closures`, { as: admin, body })).status).toBe(201);
  };
  const follow = (): Promise<unknown> =>
    asMachine('a test follows the calendars', () => rest.app.get(CalendarChanges).follow());
  const followed = ({ clerk }: Town): Promise<true> =>
    eventually(async () => {
      await follow();
      const left: unknown[] = await rest.dataSource.query('select from calendar_change where administration_id = $1', [
        clerk.administrationId,
      ]);
      return left.length === 0 ? true : undefined;
    }, 30);
  const dueOf = async (caseId: string): Promise<number> => {
    const [row]: { due_at: Date }[] = await rest.dataSource.query(
      `select due_at from deadline where case_id = $1 and clock = 'take_charge'`,
      [caseId],
    );
    return row?.due_at.getTime() ?? Number.NaN;
  };

  it('are counted again of a case that somebody opens by hand, who read the calendar before the change', async () => {
    const here = await town('Lentezza');
    const usual = await dueOf(await open(here, 'Prima'));
    await followed(here);
    const [held, office] = [rest.dataSource.createQueryRunner(), rest.dataSource.createQueryRunner()];
    await held.startTransaction();
    await held.query('lock table case_file in share mode');
    const opening = open(here, 'Lenta');
    await eventually(async () => {
      const waiting: unknown[] = await rest.dataSource.query(
        `select from pg_locks where not granted and relation = 'case_file'::regclass`,
      );
      return waiting.length > 0 ? true : undefined;
    });
    await close(here, 0, 60);
    await follow();
    // It goes on to its end only when the counting would have passed it.
    await office.startTransaction();
    await office.query('select from office where id = $1 for update', [here.clerk.office]);
    await held.rollbackTransaction();
    for (let times = 0; times < 3; times += 1) await follow();
    await office.rollbackTransaction();
    await Promise.all([held.release(), office.release()]);
    const id = await opening;
    await followed(here);
    expect((await dueOf(id)) - usual).toBeGreaterThan(50 * DAY_MS);
  });

  it('are counted again after the last of two changes, whichever was begun first', async () => {
    const here = await town('Contemporanea');
    const id = await open(here, 'Buca');
    await followed(here);
    const before = await dueOf(id);
    const [late, slow] = [rest.dataSource.createQueryRunner(), rest.dataSource.createQueryRunner()];
    await late.startTransaction();
    await late.query('select pg_current_xact_id()');
    await close(here, 400, 401);
    await follow();
    await slow.startTransaction();
    await slow.query('select from case_file where id = $1 for no key update', [id]);
    // As if its term were written by that transaction: nobody else sees that it runs until it commits.
    await rest.dataSource.query('update deadline set ended_at = now() where case_id = $1', [id]);
    await slow.query('update deadline set ended_at = null where case_id = $1', [id]);
    await late.query(
      `insert into closure (id, administration_id, office_id, from_date, to_date, reason) values ($1, $2, $3, $4, $5, 'Lavori')`,
      [v7(), here.clerk.administrationId, here.clerk.office, day(0), day(60)],
    );
    await late.commitTransaction();
    for (let times = 0; times < 4; times += 1) await follow();
    await slow.commitTransaction();
    await Promise.all([late.release(), slow.release()]);
    await followed(here);
    expect((await dueOf(id)) - before).toBeGreaterThan(50 * DAY_MS);
  });
});
