import { describe, expect, it } from '@jest/globals';
import {
  filledBy,
  fromForm,
  missingFields,
  schemaMistakes,
  shownValue,
  toldFields,
  valueMistakes,
  type FieldDefinition,
} from './field.js';

const field = (type: FieldDefinition['type'], more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  code: 'x',
  label: 'Campo',
  type,
  required: 'never',
  citizen: false,
  ...more,
});
const CHOICES = [
  { code: 'red', label: 'Rosso' },
  { code: 'blue', label: 'Blu' },
];

describe('a value of a field', () => {
  it.each<[string, FieldDefinition, unknown, string | undefined]>([
    ['a text', field('text'), 'ciao', undefined],
    ['a text of nothing', field('text'), '  ', 'must be a text'],
    ['a text too short', field('text', { min: 3 }), 'ab', 'must have at least 3 characters'],
    ['a text too long', field('text', { max: 3 }), 'abcd', 'must have at most 3 characters'],
    ['a text without limit, too long', field('text'), 'a'.repeat(2_001), 'must have at most 2000 characters'],
    ['a number', field('number', { min: 1, max: 5 }), 5, undefined],
    ['a number in words', field('number'), '5', 'must be a number'],
    ['no number', field('number'), Number.NaN, 'must be a number'],
    ['a number too small', field('number', { min: 1 }), 0, 'must be at least 1'],
    ['a number too great', field('number', { max: 5 }), 6, 'must be at most 5'],
    ['a date', field('date'), '2028-02-29', undefined],
    ['a day that never is', field('date'), '2026-02-29', 'must be a date, YYYY-MM-DD'],
    ['a date as people write it', field('date'), '1/2/2026', 'must be a date, YYYY-MM-DD'],
    ['a choice', field('choice', { choices: CHOICES }), 'red', undefined],
    ['a choice that is none', field('choice', { choices: CHOICES }), 'Rosso', 'must be one of: red, blue'],
    ['choices', field('choices', { choices: CHOICES }), ['blue', 'red'], undefined],
    [
      'choices, one twice',
      field('choices', { choices: CHOICES }),
      ['red', 'red'],
      'must be some of: red, blue; each once',
    ],
    [
      'a choice where there are several',
      field('choices', { choices: CHOICES }),
      'red',
      'must be some of: red, blue; each once',
    ],
    ['yes', field('yes_no'), true, undefined],
    ['yes in words', field('yes_no'), 'true', 'must be true or false'],
    ['taken away', field('number'), null, undefined],
  ])('%s', (_, definition, value, expected) => {
    expect(valueMistakes([definition], { x: value })[0]?.detail).toBe(expected);
  });
  it.each(['constructor', 'hasOwnProperty', 'toString', '__proto__'])('of a field "%s" is of no field', code => {
    const values = JSON.parse(`{"${code}":"a"}`) as Record<string, unknown>;
    expect(valueMistakes([field('text')], values)).toHaveLength(1);
  });
  it.each(['constructor', 'toString'])('of a required field "%s" is missing until somebody gives it', code => {
    const fields = [field('text', { code, required: 'opening' })];
    expect(missingFields(fields, {}, 'opening')).toHaveLength(1);
    expect(missingFields(fields, { [code]: 'a' }, 'opening')).toEqual([]);
  });
  it.each(['constructor', 'hasOwnProperty', '__proto__', '__defineGetter__', 'Tipo', '1a', 'a-b', ''])(
    'has no field of the code "%s"',
    code => {
      expect(schemaMistakes([field('text', { code })])).toEqual([
        { pointer: '/fields/0/code', detail: expect.any(String) },
      ]);
    },
  );
  it('of a field that there is not is named', () => {
    expect(valueMistakes([field('text')], { y: 'a' })).toEqual([
      { pointer: '/fields/y', detail: 'no field of the category has this code' },
    ]);
  });
  it.each<[FieldDefinition, unknown, string]>([
    [field('yes_no'), false, 'No'],
    [field('choice', { choices: CHOICES }), 'blue', 'Blu'],
    [field('choices', { choices: CHOICES }), ['red', 'gone'], 'Rosso, gone'],
    [field('number'), 3.5, '3.5'],
  ])('is shown in words', (definition, value, expected) => {
    expect(shownValue(definition, value)).toBe(expected);
  });
  it.each<[FieldDefinition, unknown, unknown]>([
    [field('number'), '3,5', 3.5],
    [field('choices', { choices: CHOICES }), 'red', ['red']],
    [field('yes_no'), 'on', true],
    [field('text'), 'on', 'on'],
  ])('is what a form said', (definition, said, expected) => {
    expect(fromForm(definition, said)).toEqual(expected);
  });
});

describe('a field that must be filled', () => {
  const fields = [
    field('text', { code: 'a', required: 'opening' }),
    field('choices', { code: 'b', required: 'closing' }),
  ];
  it.each<[string, 'opening' | 'closing', object, readonly string[]]>([
    ['at opening', 'opening', {}, ['/fields/a']],
    ['at closing', 'closing', { a: 'x', b: [] }, ['/fields/b']],
    ['is', 'closing', { b: ['red'] }, []],
  ])('%s', (_, when, values, expected) => {
    expect(missingFields(fields, { ...values }, when).map(one => one.pointer)).toEqual(expected);
  });
});

describe('a schema', () => {
  it.each<[string, readonly FieldDefinition[], readonly string[]]>([
    ['is well', [field('text', { max: 5 }), field('choice', { code: 'y', choices: CHOICES })], []],
    ['with a code twice', [field('text'), field('number')], ['/fields/1/code']],
    ['with nothing to choose', [field('choice', { choices: [] })], ['/fields/0/choices']],
    ['with choices for a text', [field('text', { choices: CHOICES })], ['/fields/0/choices']],
    ['with a choice twice', [field('choice', { choices: [...CHOICES, ...CHOICES] })], ['/fields/0/choices']],
    ['with limits of a date', [field('date', { min: 1, max: 2 })], ['/fields/0/min', '/fields/0/max']],
    ['with limits crossed', [field('number', { min: 2, max: 1 })], ['/fields/0/min']],
    ['with a text too long', [field('text', { max: 3_000 })], ['/fields/0/max']],
  ])('%s', (_, fields, expected) => {
    expect(schemaMistakes(fields).map(one => one.pointer)).toEqual(expected);
  });
});

describe('what a form says', () => {
  const fields = [
    field('number', { code: 'pali', max: 5 }),
    field('choice', { code: 'luce', choices: CHOICES }),
    field('text', { code: 'note' }),
  ];
  it.each([
    ['fills fields by their codes', { pali: '3', luce: 'red', altro: 'x' }, { pali: 3, luce: 'red' }],
    ['leaves out what a field does not allow', { pali: '9', luce: 'verde', note: 'ciao' }, { note: 'ciao' }],
    ['leaves out what is empty', { pali: '', note: '' }, {}],
  ])('%s', (_, answers, filled) => {
    expect(filledBy(fields, answers)).toEqual(filled);
  });
});

it('what is confidential is not told, the rest is told in words', () => {
  const held = [
    { definition: field('choice', { label: 'Luce', choices: CHOICES }), value: 'red' },
    { definition: field('text', { label: 'Riservato', confidential: true }), value: 'segreto' },
    { definition: field('yes_no', { label: 'Spento', confidential: false }), value: true },
  ];
  expect(toldFields(held)).toEqual([
    { label: 'Luce', value: 'Rosso' },
    { label: 'Spento', value: 'Sì' },
  ]);
});
