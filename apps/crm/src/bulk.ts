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

/** Rows as a statement reads them: one value for each column, and beside it where the rows are and what each column is. */
interface Columns {
  readonly values: readonly string[];
  /** A FROM item named `n`, its columns named as the properties are. */
  readonly from: string;
  expression(property: string): string;
}

/**
 * The rows, column by column: an array for each, in the database's own spelling, which it reads quicker than rows of JSON.
 * Documents stay JSON. Absent is null.
 */
function columnsOf(
  rows: readonly object[],
  properties: readonly string[],
  types: ReadonlyMap<string, string>,
): Columns {
  const typeOf = (property: string): string => {
    const type = types.get(columnOf(property));
    if (type === undefined) throw new Error(`no column for ${property}`);
    return type;
  };
  const column = (property: string): unknown[] => rows.map(row => (row as Readonly<Record<string, unknown>>)[property]);
  const documents = properties.filter(property => isDocument(typeOf(property)));
  const plain = properties.filter(property => !documents.includes(property));
  const arrays = plain.map((property, index) => {
    const type = typeOf(property);
    return `$${index + 1}::${isList(type) ? 'text' : type}[]`;
  });
  const sources = [
    ...(arrays.length > 0 ? [`unnest(${arrays.join(', ')})`] : []),
    ...documents.map((_, index) => `jsonb_array_elements($${plain.length + index + 1}::jsonb)`),
  ];
  return {
    values: [
      ...plain.map(property => arrayOf(column(property))),
      ...documents.map(property => JSON.stringify(column(property))),
    ],
    from: `rows from (${sources.join(', ')}) n(${[...plain, ...documents].map(property => `"${property}"`).join(', ')})`,
    expression: property => {
      const type = typeOf(property);
      if (isDocument(type)) return `nullif(n."${property}", 'null')${type === 'jsonb' ? '' : `::${type}`}`;
      return isList(type) ? `n."${property}"::${type}` : `n."${property}"`;
    },
  };
}

const isDocument = (type: string): boolean => type === 'jsonb' || type === 'json';
const isList = (type: string): boolean => type.endsWith('[]');

/** An array as PostgreSQL spells it; lists within it are spelt too. */
const arrayOf = (values: readonly unknown[]): string => `{${values.map(elementOf).join(',')}}`;

function elementOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'NULL';
    default:
      if (value === null) return 'NULL';
      if (value instanceof Date) return quoted(value.toISOString());
      if (Buffer.isBuffer(value)) return quoted(`\\x${value.toString('hex')}`);
      return quoted(Array.isArray(value) ? arrayOf(value) : JSON.stringify(value));
  }
}

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`;

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
  const columns = columnsOf(rows, properties, types);
  const { rows: inserted } = await prepared<{ value: string }>(
    manager,
    `insert into ${checkedName(table)} (${properties.map(columnOf).join(', ')})
     select ${properties.map(property => columns.expression(property)).join(', ')} from ${columns.from}
     ${said.ifAbsent === undefined ? '' : `on conflict ${said.ifAbsent && `(${said.ifAbsent})`} do ${said.otherwise ?? 'nothing'}`}
     ${said.returning ? `returning ${checkedName(said.returning)} as value` : ''}`,
    columns.values,
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
  const types = await typesOf(manager, table, properties);
  const columns = columnsOf(rows, properties, types);
  const set = properties
    .filter(property => property !== 'id')
    .map(property => `${columnOf(property)} = ${columns.expression(property)}`)
    .join(', ');
  const { onlyFrom } = said;
  const [ids, befores] = [columns.values.length + 1, columns.values.length + 2];
  const { count } = await prepared(
    manager,
    `update ${checkedName(table)} t set ${set} from ${columns.from}
     ${onlyFrom ? `join unnest($${ids}::uuid[], $${befores}::int[]) b(id, before) on b.id = n.id` : ''}
     where t.id = n.id ${onlyFrom ? `and t.${checkedName(onlyFrom.column)} = b.before` : ''}`,
    [...columns.values, ...(onlyFrom ? [rows.map(row => row.id), onlyFrom.values] : [])],
  );
  return count;
}
