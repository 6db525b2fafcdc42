import type { EntityManager } from 'typeorm';

const written = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value);

const columns = new Map<string, string>();
/** The column of a property; a name comes from the code alone, never from a message. */
function columnOf(property: string): string {
  let column = columns.get(property);
  if (column === undefined) {
    column = checkedName(property.replace(/([A-Z])/g, '_$1').toLowerCase());
    columns.set(property, column);
  }
  return column;
}

/** The rows as PostgreSQL's json_populate_recordset reads them: columns by their names, bytes in hexadecimal, absent as null. */
function asRecordset(rows: readonly object[], properties: readonly string[]): string {
  const named = properties.map(property => [property, columnOf(property)] as const);
  return JSON.stringify(
    rows.map(row => {
      const values = row as Record<string, unknown>;
      const record: Record<string, unknown> = {};
      for (const [property, column] of named) record[column] = written(values[property]);
      return record;
    }),
  );
}

/** Every property that some row has. */
const propertiesOf = (rows: readonly object[]): string[] => [...new Set(rows.flatMap(row => Object.keys(row)))];

function checkedName(name: string): string {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`not a name: ${name}`);
  return name;
}

/**
 * Inserts all rows by one statement; properties are named as in the entity, and what one row lacks is null. With `ifAbsent` (a unique key; empty: any),
 * those that are there already stay as they are, or are changed by `otherwise`. Gives a column of the rows written.
 */
export async function insertAll<T extends object>(
  manager: EntityManager,
  table: string,
  rows: readonly T[],
  said: { readonly ifAbsent?: string; readonly otherwise?: string; readonly returning?: string } = {},
): Promise<string[]> {
  if (rows.length === 0) return [];
  const properties = propertiesOf(rows);
  const columns = properties.map(columnOf).join(', ');
  const inserted: { value: string }[] = await manager.query(
    `insert into ${checkedName(table)} (${columns})
     select ${columns} from json_populate_recordset(null::${checkedName(table)}, $1::json)
     ${said.ifAbsent === undefined ? '' : `on conflict ${said.ifAbsent && `(${said.ifAbsent})`} do ${said.otherwise ?? 'nothing'}`}
     ${said.returning ? `returning ${checkedName(said.returning)} as value` : ''}`,
    [asRecordset(rows, properties)],
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
  if (rows.length === 0) return 0;
  const into = checkedName(table);
  const properties = propertiesOf(rows);
  const set = properties
    .filter(property => property !== 'id')
    .map(columnOf)
    .map(name => `${name} = n.${name}`)
    .join(', ');
  const { onlyFrom } = said;
  const result: [unknown, number] = await manager.query(
    `update ${into} t set ${set} from json_populate_recordset(null::${into}, $1::json) n
     ${onlyFrom ? 'join unnest($2::uuid[], $3::int[]) b(id, before) on b.id = n.id' : ''}
     where t.id = n.id ${onlyFrom ? `and t.${checkedName(onlyFrom.column)} = b.before` : ''}`,
    [asRecordset(rows, properties), ...(onlyFrom ? [rows.map(row => row.id), onlyFrom.values] : [])],
  );
  return result[1];
}
