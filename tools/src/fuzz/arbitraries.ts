import fc from 'fast-check';
import type { ApiDocument, Schema } from './document.js';

/** What programs trip over, in any place where a text may be. None of it is long: what is long has a place of its own. */
export const NAUGHTY: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\u202egnp.exe',
  '\u200b\u200d\ufeff',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'Z̸͖̈a̴̛l̵g̷o',
  "'; drop table case_file; --",
  "' or '1'='1",
  '%',
  '%25%00',
  '%s%n%x',
  '\\',
  '../../../etc/passwd',
  '{{7*7}}',
  '${7*7}',
  '<script>fuzz()</script>',
  '"><img src=x onerror=fuzz()>',
  '=1+1',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e999',
  '99999999999999999999',
  '0x10',
  'constructor',
  '__proto__',
  'toString',
  '2026-02-30',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '-000001-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'not-a-uuid',
  '&&&',
  '!',
  ':*',
  '(((',
  '"',
  'a & | b',
  '\r\nX-Injected: 1',
  '🙂'.repeat(400),
  'ß'.repeat(3_000),
];

const JUNK: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...NAUGHTY),
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, -(2 ** 31) - 1),
  fc.constantFrom<unknown>(
    [],
    {},
    [[[[]]]],
    [null],
    { constructor: 1 },
    { __proto__: null, toString: 'x' },
    { '': '' },
  ),
  fc.array(fc.constantFrom(...NAUGHTY), { maxLength: 5 }),
  fc.constant(null).map(() => nested(40)),
  fc.constant(null).map(() => Array.from({ length: 2_000 }, (_, index) => index)),
);

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { v: value };
  return value;
}

/** Ids that were seen in answers: what is asked for may then be there. */
export interface Known {
  ids(): readonly string[];
}

/** Values of a schema: mostly what it describes, sometimes what it does not. */
export class Arbitraries {
  constructor(
    private readonly api: ApiDocument,
    private readonly known: Known,
  ) {}

  /** What the schema describes, or with that chance in each of its places, something else. */
  of(schema: Schema, strange: number, depth = 0): fc.Arbitrary<unknown> {
    const fitting = this.fitting(this.api.resolved(schema), strange, depth);
    return strange === 0
      ? fitting
      : fc.oneof(
          { weight: Math.round((1 - strange) * 100), arbitrary: fitting },
          { weight: Math.round(strange * 100), arbitrary: JUNK },
        );
  }

  private fitting(schema: Schema, strange: number, depth: number): fc.Arbitrary<unknown> {
    if (depth > 8) return fc.constant(null);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const [only] = schema.allOf ?? [];
    if (only) return this.of(only, strange, depth + 1);
    const several = schema.oneOf ?? schema.anyOf;
    if (several) return fc.oneof(...several.map(one => this.of(one, strange, depth + 1)));
    switch (schema.type) {
      case 'string':
        return this.text(schema);
      case 'integer':
        return fc.integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 1_000, 1e9) });
      case 'number':
        return fc.double({ min: schema.minimum ?? -90, max: schema.maximum ?? 90, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'array':
        return fc.array(this.of(schema.items ?? {}, strange, depth + 1), {
          maxLength: Math.min(3, schema.maxItems ?? 3),
        });
      case 'object':
        return this.object(schema, strange, depth);
      default:
        return schema.properties ? this.object(schema, strange, depth) : fc.constantFrom('x', 1, null);
    }
  }

  private object(schema: Schema, strange: number, depth: number): fc.Arbitrary<unknown> {
    const entries = Object.entries(schema.properties ?? {});
    const required = strange === 0 ? [...(schema.required ?? [])] : (schema.required ?? []).filter(() => true);
    const shape = Object.fromEntries(entries.map(([name, one]) => [name, this.of(one, strange, depth + 1)]));
    const whole = fc.record(shape, { requiredKeys: required.filter(name => name in shape) });
    if (strange === 0) return whole;
    return fc
      .tuple(whole, fc.constantFrom('', 'more', 'less'), fc.constantFrom(...NAUGHTY), JUNK)
      .map(([value, how, name, junk]) => {
        if (how === 'more') return { ...value, [name]: junk };
        const [first] = Object.keys(value);
        return how === 'less' && first !== undefined
          ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== first))
          : value;
      });
  }

  private text(schema: Schema): fc.Arbitrary<string> {
    if (schema.format === 'uuid') {
      const ids = this.known.ids();
      const strangers = fc.uuid();
      return ids.length === 0
        ? strangers
        : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: strangers });
    }
    if (schema.format === 'date-time')
      return fc
        .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
        .map(date => date.toISOString());
    if (schema.format === 'date')
      return fc
        .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
        .map(date => date.toISOString().slice(0, 10));
    if (schema.format === 'email') return fc.emailAddress();
    if (schema.format === 'uri') return fc.webUrl();
    if (schema.pattern !== undefined)
      return typeof schema.example === 'string'
        ? fc.constant(schema.example)
        : fc.stringMatching(new RegExp(schema.pattern));
    const [min, max] = [schema.minLength ?? 0, Math.min(schema.maxLength ?? 40, 60)];
    const example = typeof schema.example === 'string' ? [fc.constant(schema.example)] : [];
    return fc.oneof(...example, fc.string({ minLength: min, maxLength: Math.max(min, max), unit: 'grapheme' }));
  }
}
