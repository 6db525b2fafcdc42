import type { ApiDocument, Schema } from './document.js';

/** The way to a field of a body: names of properties, and 0 for the first of a list. */
export type FieldPath = readonly (string | 0)[];

const DEEPEST = 6;

/** Every place of a body in which a text may be, of all the shapes that it may have. */
export function textFields(api: ApiDocument, schema: Schema, depth = 0): FieldPath[] {
  const one = api.resolved(schema);
  if (depth > DEEPEST) return [];
  const within = (part: string | 0, inner: Schema): FieldPath[] =>
    textFields(api, inner, depth + 1).map(path => [part, ...path]);
  const shapes = [...(one.allOf ?? []), ...(one.oneOf ?? []), ...(one.anyOf ?? [])];
  const found = [
    ...(one.type === 'string' ? [[]] : []),
    ...shapes.flatMap(shape => textFields(api, shape, depth + 1)),
    ...Object.entries(one.properties ?? {}).flatMap(([name, inner]) => within(name, inner)),
    ...(one.items ? within(0, one.items) : []),
  ];
  return [...new Map(found.map(path => [path.join('/'), path])).values()];
}

/** The same value with a text in that place, which is made where it is not there. */
export function withText(value: unknown, [part, ...rest]: FieldPath, text: string): unknown {
  if (part === undefined) return text;
  if (part === 0) {
    const [first, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
    return [withText(first, rest, text), ...others];
  }
  const there = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return { ...there, [part]: withText((there as Record<string, unknown>)[part], rest, text) };
}

/** Bodies that are small to send and large to read, by what they are. */
export const JSON_BOMBS: Readonly<Record<string, string>> = {
  'lists a hundred thousand deep': '['.repeat(100_000),
  'lists that end, fifty thousand deep': `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  'objects thirty thousand deep': `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`,
  'a number of a hundred thousand digits': `{"a":${'9'.repeat(100_000)}}`,
  'a number beyond all numbers': '{"version":1e99999,"limit":-1e99999}',
  'forty thousand fields': `{${Array.from({ length: 40_000 }, (_, index) => `"f${index}":0`).join()}}`,
  'one field forty thousand times': `{${'"reason":"x",'.repeat(40_000)}"reason":"y"}`,
  'a hundred thousand empty lists': `[${'[],'.repeat(100_000)}[]]`,
  'a prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
  'three megabytes': `{"text":"${'x'.repeat(3_000_000)}"}`,
};
