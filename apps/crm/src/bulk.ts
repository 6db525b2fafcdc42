import type { EntityManager } from 'typeorm';

const written = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : (value ?? null));
const columnOf = (property: string): string => property.replace(/([A-Z])/g, '_$1').toLowerCase();

/** The rows as PostgreSQL's json_populate_recordset reads them: columns by their names, bytes in hexadecimal. */
const asRecordset = (rows: readonly object[]): string =>
  JSON.stringify(
    rows.map(row => Object.fromEntries(Object.entries(row).map(([key, value]) => [columnOf(key), written(value)]))),
  );

/** Names of tables and columns come from the code alone, never from a message. */
function checkedName(name: string): string {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`not a name: ${name}`);
  return name;
}

/**
 * Inserts all rows by one statement; all have the same properties, named as in the entity. With `ifAbsent` (a unique key),
 * those that are there already stay as they are, or are changed by `otherwise`. Gives a column of the rows written.
 */
export async function insertAll<T extends object>(
  manager: EntityManager,
  table: string,
  rows: readonly T[],
  said: { readonly ifAbsent?: string; readonly otherwise?: string; readonly returning?: string } = {},
): Promise<string[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first)
    .map(property => checkedName(columnOf(property)))
    .join(', ');
  const inserted: { value: string }[] = await manager.query(
    `insert into ${checkedName(table)} (${columns})
     select ${columns} from json_populate_recordset(null::${checkedName(table)}, $1::json)
     ${said.ifAbsent ? `on conflict (${said.ifAbsent}) do ${said.otherwise ?? 'nothing'}` : ''}
     ${said.returning ? `returning ${checkedName(said.returning)} as value` : ''}`,
    [asRecordset(rows)],
  );
  return said.returning ? inserted.map(row => row.value) : [];
}

/**
 * Updates all rows, found by `id`, by one statement: every other property is set. `onlyFrom` names a column that must still
 * have the value given beside each row. Gives how many rows were changed.
 */
export async function updateAll<T extends { readonly id: string }>(
  manager: EntityManager,
  table: string,
  rows: readonly T[],
  said: { readonly onlyFrom?: { readonly column: string; readonly values: readonly number[] } } = {},
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const into = checkedName(table);
  const set = Object.keys(first)
    .filter(property => property !== 'id')
    .map(property => checkedName(columnOf(property)))
    .map(name => `${name} = n.${name}`)
    .join(', ');
  const { onlyFrom } = said;
  const result: [unknown, number] = await manager.query(
    `update ${into} t set ${set} from json_populate_recordset(null::${into}, $1::json) n
     ${onlyFrom ? 'join unnest($2::uuid[], $3::int[]) b(id, before) on b.id = n.id' : ''}
     where t.id = n.id ${onlyFrom ? `and t.${checkedName(onlyFrom.column)} = b.before` : ''}`,
    [asRecordset(rows), ...(onlyFrom ? [rows.map(row => row.id), onlyFrom.values] : [])],
  );
  return result[1];
}
