import { createHash } from 'node:crypto';
import { isJson, ScimFault, type Json } from './scim.js';

/** What of a filter is looked at, at most: what has more is refused, whoever asks. */
const LONGEST = 2_000;
const MOST_PARTS = 100;
const DEEPEST = 20;

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
type Operator = (typeof OPERATORS)[number];
type Value = string | number | boolean | null;

/** A filter of RFC 7644, section 3.4.2.2, as what it asks of a resource. */
type Filter = (resource: Json) => boolean;

/** Words whose letters' case says something (RFC 7643: `caseExact`). */
const CASE_EXACT = new Set(['id', 'externalid', '$ref']);

/** One attribute that must be one text: what a store looks up by an index. What it finds is looked at by the filter all the same. */
export interface Sought {
  /** In small letters. */
  readonly attribute: string;
  readonly value: string;
}

interface Read {
  readonly accepts: Filter;
  readonly asks: ReadonlySet<string>;
  /** The whole filter asks for this alone. */
  readonly sought: Sought | undefined;
}

/** Reads a filter. Throws `invalidFilter` for what is none, and for what is too much. */
export function filterOf(text: unknown): Read | undefined {
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string' || text.length > LONGEST) throw wrong('A filter is a text of 2,000 characters at most.');
  return new Reader(text).read();
}

const wrong = (detail: string): ScimFault => new ScimFault(400, 'invalidFilter', detail);

const TOKEN = /\s*([()[\]]|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+)/gy;

/** Descends: `or` binds least, then `and`, then `not` and what stands in brackets. */
class Reader {
  private readonly tokens: readonly string[];
  private at = 0;
  private parts = 0;
  private readonly asks = new Set<string>();

  constructor(text: string) {
    const found = [...text.matchAll(TOKEN)];
    const end = found.reduce((sum, [whole]) => sum + whole.length, 0);
    if (text.slice(end).trim() !== '') throw wrong('It has a text that does not end.');
    this.tokens = found.map(([, token = '']) => token);
  }

  read(): Read {
    const accepts = this.either(0, '');
    if (this.at < this.tokens.length) throw wrong(`It goes on after its end, at ${this.shown()}.`);
    return { accepts, asks: this.asks, sought: this.sought() };
  }

  /** Of a filter that was read to its end. */
  private sought(): Sought | undefined {
    const [path = '', operator = '', text = '', more] = this.tokens;
    if (more !== undefined || operator.toLowerCase() !== 'eq') return undefined;
    const [attribute = '', ...parts] = wayOf(path);
    const value = valueOf(text);
    return parts.length === 0 && typeof value === 'string' ? { attribute, value } : undefined;
  }

  private either(depth: number, within: string): Filter {
    const all = [this.both(depth, within)];
    while (this.takes('or')) all.push(this.both(depth, within));
    return resource => all.some(one => one(resource));
  }
  private both(depth: number, within: string): Filter {
    const all = [this.one(depth, within)];
    while (this.takes('and')) all.push(this.one(depth, within));
    return resource => all.every(one => one(resource));
  }
  private one(depth: number, within: string): Filter {
    if (depth > DEEPEST || (this.parts += 1) > MOST_PARTS) throw wrong('It has too many parts.');
    if (this.takes('not')) {
      if (this.tokens[this.at] !== '(') throw wrong('After not there is a bracket.');
      const not = this.one(depth + 1, within);
      return resource => !not(resource);
    }
    if (this.takes('(')) return this.closed(this.either(depth + 1, within), ')');
    return this.asked(depth, within);
  }
  private closed(filter: Filter, bracket: string): Filter {
    if (!this.takes(bracket)) throw wrong(`There is no ${bracket}, at ${this.shown()}.`);
    return filter;
  }

  private asked(depth: number, within: string): Filter {
    const path = this.next();
    const way = wayOf(path);
    if (within === '') this.asks.add(way[0] ?? '');
    if (this.takes('[')) {
      if (within !== '') throw wrong('A list in a list is not asked about.');
      const inside = this.closed(this.either(depth + 1, path), ']');
      return resource => at(resource, way).some(one => isJson(one) && inside(one));
    }
    if (this.takes('pr')) return resource => at(resource, way).some(isThere);
    const operator = OPERATORS.find(known => this.takes(known));
    if (!operator) throw wrong(`There is no such operator: ${this.shown()}.`);
    const value = valueOf(this.next());
    if (operator !== 'eq' && operator !== 'ne' && typeof value !== 'string' && typeof value !== 'number')
      throw wrong(`${operator} is asked of texts and numbers.`);
    const exact = CASE_EXACT.has(way.at(-1) ?? '');
    const holds = (one: unknown): boolean => compares(operator === 'ne' ? 'eq' : operator, plain(one), value, exact);
    return operator === 'ne'
      ? resource => !found(resource, way).some(holds)
      : resource => found(resource, way).some(holds);
  }

  private takes(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at += 1;
    return true;
  }
  private next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw wrong('It ends too early.');
    this.at += 1;
    return token;
  }
  private shown(): string {
    return (this.tokens[this.at] ?? 'its end').slice(0, 100);
  }
}

/** What there is to compare: nothing is compared as `null`. */
const found = (resource: Json, way: readonly string[]): unknown[] => {
  const values = at(resource, way);
  return values.length > 0 ? values : [null];
};

const SCHEMA = /^(urn:[^\s]+:[\d.]+:\w+):(.+)$/i;
const NAME = /^(\$ref|[a-z][\w-]*)(\.(\$ref|[a-z][\w-]*))?$/i;

/** A path as the names that lead to it, in small letters. The attributes of the core schemas may have theirs before them. */
function wayOf(path: string): string[] {
  const [, schema, own = path] = SCHEMA.exec(path) ?? [];
  if (!NAME.test(own)) throw wrong(`There is no ${path.slice(0, 100)}.`);
  const names = own.toLowerCase().split('.');
  return schema === undefined || /:core:/i.test(schema) ? names : [schema.toLowerCase(), ...names];
}

/** The values at the end of a way; of a list, of each of what is in it. */
function at(value: unknown, way: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap(one => at(one, way));
  const [name, ...rest] = way;
  if (name === undefined) return value === undefined || value === null ? [] : [value];
  if (!isJson(value)) return [];
  const entry = Object.entries(value).find(([key]) => key.toLowerCase() === name);
  return entry ? at(entry[1], rest) : [];
}

const isThere = (value: unknown): boolean => value !== '' && !(isJson(value) && Object.keys(value).length === 0);
/** Of what has parts its value is compared. */
const plain = (value: unknown): unknown => (isJson(value) ? value.value : value);

function valueOf(token: string): Value {
  try {
    const value: unknown = JSON.parse(/^(true|false|null)$/i.test(token) ? token.toLowerCase() : token);
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Value;
  } catch {
    // Said below, in the same words.
  }
  throw wrong(`${token.slice(0, 100)} is no value: a text stands between quotation marks.`);
}

function compares(operator: Operator, have: unknown, value: Value, exact: boolean): boolean {
  if (typeof have === 'string' && typeof value === 'string') {
    const [one, other] = exact ? [have, value] : [have.toLowerCase(), value.toLowerCase()];
    if (operator === 'co') return one.includes(other);
    if (operator === 'sw') return one.startsWith(other);
    if (operator === 'ew') return one.endsWith(other);
    return ordered(operator, one < other ? -1 : one > other ? 1 : 0);
  }
  if (typeof have === 'number' && typeof value === 'number') return ordered(operator, have - value);
  return operator === 'eq' && have === value;
}
function ordered(operator: Operator, order: number): boolean {
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    default:
      return false;
  }
}

/** In which order `sortBy` and `sortOrder` ask for resources; what has no such value comes last, or first when it goes down. */
export function orderOf(
  sortBy: unknown,
  sortOrder: unknown,
): { readonly asks: string; readonly compare: (one: Json, other: Json) => number } | undefined {
  if (sortBy === undefined || sortBy === '') return undefined;
  if (typeof sortBy !== 'string' || sortBy.length > 200) throw new ScimFault(400, 'invalidPath', 'sortBy is a path.');
  const way = wayOf(sortBy);
  const down = typeof sortOrder === 'string' && sortOrder.toLowerCase() === 'descending';
  const exact = CASE_EXACT.has(way.at(-1) ?? '');
  const key = (resource: Json): string | undefined => {
    const values = at(resource, way);
    const chosen = values.find(one => isJson(one) && one.primary === true) ?? values[0];
    const value = plain(chosen);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    return exact ? String(value) : String(value).toLowerCase();
  };
  const up = (one: string | undefined, other: string | undefined): number =>
    one === other ? 0 : one === undefined ? 1 : other === undefined ? -1 : one < other ? -1 : 1;
  return { asks: way[0] ?? '', compare: (one, other) => (down ? -1 : 1) * up(key(one), key(other)) };
}

/** Always returned, whatever is asked for. */
const ALWAYS = new Set(['schemas', 'id']);

/** What of a resource is returned: `attributes` alone, or all but `excludedAttributes`. */
export function shownOf(
  attributes: unknown,
  excluded: unknown,
): { readonly of: (resource: Json) => Json; readonly leavesOut: (name: string) => boolean } {
  const only = waysIn(attributes);
  const not = waysIn(excluded);
  if (only) {
    const wanted = only.map(way => way[0]);
    return {
      of: resource => kept(resource, only) as Json,
      leavesOut: name => !wanted.includes(name.toLowerCase()),
    };
  }
  return {
    of: resource =>
      (not ?? [])
        .filter(([first = '']) => !ALWAYS.has(first))
        .reduce<Json>((rest, way) => without(rest, way) as Json, resource),
    leavesOut: name => (not ?? []).some(way => way.length === 1 && way[0] === name.toLowerCase()),
  };
}

function waysIn(names: unknown): string[][] | undefined {
  if (names === undefined || names === '') return undefined;
  if (typeof names !== 'string' || names.length > LONGEST)
    throw new ScimFault(400, 'invalidPath', 'Attributes are names with commas between them.');
  return names
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(name => (/^urn:/i.test(name) && !/:[\d.]+:\w+:/.test(name) ? [name.toLowerCase()] : wayOf(name)));
}

function kept(value: unknown, ways: readonly (readonly string[])[], top = true): unknown {
  if (Array.isArray(value)) return value.map(one => kept(one, ways, false));
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const name = key.toLowerCase();
      if (top && ALWAYS.has(name)) return [[key, one]];
      const rest = ways.filter(([first]) => first === name).map(way => way.slice(1));
      if (rest.length === 0) return [];
      return [[key, rest.some(way => way.length === 0) ? one : kept(one, rest, false)]];
    }),
  );
}
function without(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map(one => without(one, [name ?? '', ...rest]));
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      key.toLowerCase() !== name ? [[key, one]] : rest.length === 0 ? [] : [[key, without(one, rest)]],
    ),
  );
}

/** The version of a resource: whatever is told of it differs, the version does. Weak, as directories expect it. */
export const versionOf = (resource: Json): string =>
  `W/"${createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 32)}"`;

const matches = (tags: string, version: string): boolean =>
  tags.trim() === '*' ||
  tags
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''))
    .includes(version.replace(/^W\//, ''));

/** Refuses (412) a change of what is no longer as whoever asks saw it. */
export function stillAt(ifMatch: string | undefined, version: string): void {
  if (ifMatch !== undefined && !matches(ifMatch, version))
    throw new ScimFault(412, undefined, 'It has changed since: read it again.');
}
/** Whether who asks has what they would be told. */
export const isKnown = (ifNoneMatch: string | undefined, version: string): boolean =>
  ifNoneMatch !== undefined && matches(ifNoneMatch, version);
