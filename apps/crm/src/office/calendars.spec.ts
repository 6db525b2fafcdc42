import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant } from '@filodiretto/contracts/model';
import { isOpen, USUAL_OPENING, type Opening } from '@filodiretto/domain';
import { v7 } from 'uuid';
import { testDatabase, type TestDatabase } from '../testing.js';
import { Calendars } from './calendars.js';

let database: TestDatabase;
let city: string;
let registry: string;
let counter: string;

const office = async (name: string, parent: string | null, administration: string | null): Promise<string> => {
  const id = v7();
  await database.dataSource.query(
    `insert into office (id, administration_id, parent_id, code, name, kind, tier) values ($1, $2, $3, $4, $4, $5, 2)`,
    [id, administration ?? id, parent, name, parent === null ? 'administration' : 'office'],
  );
  return id;
};
const MORNING: Opening[] = [{ weekday: 1, from: '08:30', to: '12:30' }];
const query = (sql: string, parameters: unknown[]): Promise<unknown> => database.dataSource.query(sql, parameters);
const setHours = (officeId: string, opening: readonly Opening[], channel: string | null = null) =>
  query(
    `insert into office_hours (office_id, administration_id, channel, intervals) values ($1, $2, $3, $4)
     on conflict (office_id, channel) do update set intervals = excluded.intervals`,
    [officeId, city, channel, JSON.stringify(opening)],
  );

beforeAll(async () => {
  database = await testDatabase();
  city = await office('city', null, null);
  registry = await office('registry', city, city);
  counter = await office('counter', registry, city);
}, 60_000);
afterAll(() => database.drop(), 60_000);

describe('the calendar of an office, from the database', () => {
  it('is the usual one until somebody says otherwise, with the national holidays of the years around', async () => {
    const calendar = await new Calendars().calendarOf(database.dataSource.manager, city, counter);
    expect(calendar).toMatchObject({ timeZone: 'Europe/Rome', opening: USUAL_OPENING, closures: [] });
    const year = new Date().getFullYear();
    for (const date of [`${year - 3}-12-25`, `${year}-06-02`, `${year + 5}-01-01`])
      expect(calendar.holidays).toContain(date);
    expect(calendar.holidays).not.toContain(`${year}-02-14`);
    expect(isOpen(calendar, instant('2026-06-01T10:00:00.000Z'))).toBe(true);
    expect(isOpen(calendar, instant('2026-06-02T10:00:00.000Z'))).toBe(false);
  });

  it('is the same object as long as nothing changes, and another at once after any change, in every process', async () => {
    const [here, there] = [new Calendars(), new Calendars()];
    const { manager } = database.dataSource;
    const asked = async (): Promise<unknown[]> => [
      await here.calendarOf(manager, city, counter),
      await there.calendarOf(manager, city, counter),
    ];
    const [before] = await asked();
    expect((await asked())[0]).toBe(before);
    await setHours(registry, MORNING);
    for (const calendar of await asked()) expect(calendar).toMatchObject({ opening: MORNING });
    await query(
      `insert into closure (id, administration_id, office_id, from_date, to_date, reason) values ($1, $2, $3, $4, $5, 'trasloco')`,
      [v7(), city, registry, '2026-09-01', '2026-09-03'],
    );
    for (const calendar of await asked())
      expect(calendar).toMatchObject({ closures: [{ from: '2026-09-01', to: '2026-09-03' }] });
    await query(`update office set patron_saint = '06-24' where id = $1`, [city]);
    for (const calendar of await asked())
      expect(calendar).toMatchObject({ holidays: expect.arrayContaining(['2026-06-24']) as unknown });
    await query('delete from closure where office_id = $1', [registry]);
    for (const calendar of await asked()) expect(calendar).toMatchObject({ closures: [] });
  });

  it('is that of the transaction that asks, and forgets what was rolled back', async () => {
    const calendars = new Calendars();
    const before = await calendars.calendarOf(database.dataSource.manager, city, registry);
    const undone = database.dataSource.transaction(async manager => {
      await manager.query('delete from office_hours where office_id = $1', [registry]);
      expect((await calendars.calendarOf(manager, city, registry)).opening).toEqual(USUAL_OPENING);
      expect((await calendars.calendarOf(database.dataSource.manager, city, registry)).opening).toEqual(before.opening);
      throw new Error('never mind');
    });
    await expect(undone).rejects.toThrow('never mind');
    expect((await calendars.calendarOf(database.dataSource.manager, city, registry)).opening).toEqual(before.opening);
  });

  it('has the hours of the channel asked for', async () => {
    await setHours(registry, [], 'calls');
    const book = await new Calendars().book(database.dataSource.manager, city);
    expect(book.of(counter, 'calls').opening).toEqual([]);
    expect(book.of(counter, 'letters').opening).toEqual(MORNING);
    expect(book.of(null).opening).toEqual(USUAL_OPENING);
  });

  it('knows nothing of an administration that is not there', async () => {
    await expect(new Calendars().calendarOf(database.dataSource.manager, v7(), null)).rejects.toThrow(
      'no administration',
    );
  });
});
