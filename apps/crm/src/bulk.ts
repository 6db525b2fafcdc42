import type { EntityManager } from 'typeorm';
import { prepared } from './prepared.js';

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

function checkedName(name: string): string {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`not a name: ${name}`);
  return name;
}

/** The types of the columns of the tables, as the database names them. */
const tables = new Map<string, ReadonlyMap<string, string>>();

async function typesOf(
  manager: EntityManager,
  table: string,
  properties: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = tables.get(table);
  if (known && properties.every(property => known.has(columnOf(property)))) return known;
  const rows: { name: string; type: string }[] = await manager.query(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [checkedName(table)],
  );
  const types = new Map(rows.map(({ name, type }) => [name, type]));
  tables.set(table, types);
  return types;
}

/** Every property that some row has, in an order of its own: the same properties give the same statement. */
function propertiesOf(rows: readonly object[]): string[] {
  const found = new Set<string>();
  for (const row of rows) for (const property in row) if (Object.hasOwn(row, property)) found.add(property);
  return [...found].sort();
}

/** What a statement reads from its first value: the rows, columns named as the properties are. Absent is null. */
const recordset = (properties: readonly string[], types: ReadonlyMap<string, string>): string =>
  `json_to_recordset($1::json) n(${properties
    .map(property => {
      const type = types.get(columnOf(property));
      if (type === undefined) throw new Error(`no column for ${property}`);
      return `"${property}" ${type}`;
    })
    .join(', ')})`;

/** The rows as JSON; bytes in hexadecimal, as PostgreSQL reads them. */
function jsonOf(rows: readonly object[], properties: readonly string[], types: ReadonlyMap<string, string>): string {
  const bytes = properties.filter(property => types.get(columnOf(property)) === 'bytea');
  if (bytes.length === 0) return JSON.stringify(rows);
  return JSON.stringify(
    rows.map(row => {
      const copy: Record<string, unknown> = { ...row };
      for (const property of bytes) {
        const value = copy[property];
        if (Buffer.isBuffer(value)) copy[property] = `\\x${value.toString('hex')}`;
      }
      return copy;
    }),
  );
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
  const types = await typesOf(manager, table, properties);
  const { rows: inserted } = await prepared<{ value: string }>(
    manager,
    `insert into ${checkedName(table)} (${properties.map(columnOf).join(', ')})
     select ${properties.map(property => `"${property}"`).join(', ')} from ${recordset(properties, types)}
     ${said.ifAbsent === undefined ? '' : `on conflict ${said.ifAbsent && `(${said.ifAbsent})`} do ${said.otherwise ?? 'nothing'}`}
     ${said.returning ? `returning ${checkedName(said.returning)} as value` : ''}`,
    [jsonOf(rows, properties, types)],
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
  const properties = propertiesOf(rows);
  const set = properties
    .filter(property => property !== 'id')
    .map(property => `${columnOf(property)} = n."${property}"`)
    .join(', ');
  const types = await typesOf(manager, table, properties);
  const { onlyFrom } = said;
  const { count } = await prepared(
    manager,
    `update ${checkedName(table)} t set ${set} from ${recordset(properties, types)}
     ${onlyFrom ? 'join unnest($2::uuid[], $3::int[]) b(id, before) on b.id = n.id' : ''}
     where t.id = n.id ${onlyFrom ? `and t.${checkedName(onlyFrom.column)} = b.before` : ''}`,
    [jsonOf(rows, properties, types), ...(onlyFrom ? [rows.map(row => row.id), onlyFrom.values] : [])],
  );
  return count;
}
