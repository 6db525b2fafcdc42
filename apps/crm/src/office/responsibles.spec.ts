import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { testDatabase, type TestDatabase } from '../testing.js';
import { Responsibles } from './responsibles.js';

let database: TestDatabase;
const ids = new Map<string, string>();
const idOf = (name: string): string => {
  const id = ids.get(name) ?? v7();
  ids.set(name, id);
  return id;
};
const responsibles = new Responsibles();
const query = (sql: string, parameters: unknown[]): Promise<unknown> => database.dataSource.query(sql, parameters);

async function office(name: string, kind: string, parent: string | null): Promise<void> {
  await query(
    `insert into office (id, administration_id, parent_id, code, name, kind, tier) values ($1, $2, $3, $4, $4, $5, 2)`,
    [idOf(name), idOf('city'), parent === null ? null : idOf(parent), name, kind],
  );
}
async function operator(name: string, officeName: string): Promise<void> {
  await query(
    `insert into operator (id, administration_id, office_id, code, name, role, email) values ($1, $2, $3, $4, $4, 'office_head', $5)`,
    [idOf(name), idOf('city'), idOf(officeName), name, `${name}@example.org`],
  );
}
const lead = (officeName: string, column: 'responsible_id' | 'substitute_power_holder_id', name: string) =>
  query(`update office set ${column} = $2 where id = $1`, [idOf(officeName), idOf(name)]);
const away = (name: string, from: string, to: string, substitute: string | null = null) =>
  query(
    `insert into absence (id, administration_id, operator_id, from_at, to_at, substitute_id) values ($1, $2, $3, $4, $5, $6)`,
    [v7(), idOf('city'), idOf(name), from, to, substitute === null ? null : idOf(substitute)],
  );
const nameOf = (one: { name: string } | null): string | null => one?.name ?? null;

beforeAll(async () => {
  database = await testDatabase();
  await office('city', 'administration', null);
  await office('works', 'department', 'city');
  await office('roads', 'office', 'works');
  await office('crew', 'team', 'roads');
  for (const [name, where] of [
    ['secretary', 'city'],
    ['director', 'works'],
    ['laura', 'roads'],
    ['bruno', 'roads'],
    ['carla', 'roads'],
  ] as const)
    await operator(name, where);
  await lead('city', 'substitute_power_holder_id', 'secretary');
  await lead('works', 'responsible_id', 'director');
  await lead('roads', 'responsible_id', 'laura');
  for (const [position, name] of ['bruno', 'carla'].entries())
    await query(
      'insert into office_substitute (office_id, operator_id, administration_id, position) values ($1, $2, $3, $4)',
      [idOf('roads'), idOf(name), idOf('city'), position],
    );
  await away('laura', '2026-08-01T00:00:00Z', '2026-08-16T00:00:00Z');
  await away('bruno', '2026-08-10T00:00:00Z', '2026-08-12T00:00:00Z');
  await away('carla', '2026-08-11T00:00:00Z', '2026-08-12T00:00:00Z', 'bruno');
}, 60_000);
afterAll(() => database.drop(), 60_000);

describe('who answers for an office', () => {
  it('is its responsible person now, by name and address', async () => {
    expect(await responsibles.headOf(database.dataSource.manager, idOf('roads'))).toEqual({
      operator: idOf('laura'),
      office: idOf('roads'),
      as: 'named',
      insteadOf: null,
      name: 'laura',
      email: 'laura@example.org',
      officeName: 'roads',
    });
  });

  it.each([
    ['2026-07-31T23:59:59Z', 'laura'],
    ['2026-08-01T00:00:00Z', 'bruno'],
    ['2026-08-10T12:00:00Z', 'carla'],
    ['2026-08-11T12:00:00Z', 'director'],
    ['2026-08-12T00:00:00Z', 'bruno'],
    ['2026-08-16T00:00:00Z', 'laura'],
  ])('at %s is %s, as absences and substitutes have it', async (at, name) => {
    const { manager } = database.dataSource;
    expect(nameOf(await responsibles.headOf(manager, idOf('crew'), new Date(at)))).toBe(name);
  });

  it('and above are the director, and the holder of the substitute power', async () => {
    const { manager } = database.dataSource;
    expect(nameOf(await responsibles.directorOf(manager, idOf('crew')))).toBe('director');
    expect(nameOf(await responsibles.directorOf(manager, idOf('works')))).toBeNull();
    expect(nameOf(await responsibles.substitutePowerHolderOf(manager, idOf('crew')))).toBe('secretary');
  });

  it('is nobody who is no longer active, and nobody of an office that is not there', async () => {
    const { manager } = database.dataSource;
    await query('update operator set active = false where id = $1', [idOf('laura')]);
    expect(await responsibles.headOf(manager, idOf('roads'))).toMatchObject({
      name: 'bruno',
      as: 'substitute',
      insteadOf: idOf('laura'),
    });
    expect(await responsibles.headOf(manager, v7())).toBeNull();
  });
});

it('whoever is written as an operator is a member of their main office', async () => {
  const rows = await query('select role, tier from membership where operator_id = $1 and office_id = $2', [
    idOf('laura'),
    idOf('roads'),
  ]);
  expect(rows).toEqual([{ role: 'office_head', tier: 2 }]);
});
