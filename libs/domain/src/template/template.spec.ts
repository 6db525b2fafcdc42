import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseOutcomeTemplate, type OutcomeTemplate } from './choose.js';
import { fitted, lengthOf, type TextLimit } from './fit.js';
import { EXAMPLE_KNOWLEDGE, TEMPLATE_VARIABLES, templateValues, unknownVariables } from './variables.js';

const leaves = (value: object, above: readonly string[] = []): string[] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? leaves(inner, [...above, key]) : [[...above, key].join('.')],
  );

describe('what a template is filled from', () => {
  it('has every variable that is documented, and no other', () => {
    expect(leaves(templateValues(EXAMPLE_KNOWLEDGE, 'it')).sort()).toEqual(Object.keys(TEMPLATE_VARIABLES).sort());
  });

  it('says days in the words of its language', () => {
    expect(templateValues(EXAMPLE_KNOWLEDGE, 'it')).toMatchObject({ case: { dueDate: '1 aprile 2026' } });
    expect(templateValues(EXAMPLE_KNOWLEDGE, 'en')).toMatchObject({ case: { dueDate: 'April 1, 2026' } });
  });

  it('names what nobody would fill, once each', () => {
    expect(
      unknownVariables([
        ['case', 'number'],
        ['contact', 'fiscalCode'],
        ['case', 0],
        ['contact', 'fiscalCode'],
      ]),
    ).toEqual(['contact.fiscalCode', 'case.0']);
  });
});

describe('the template of an outcome', () => {
  const of = (
    outcome: OutcomeTemplate['outcome'],
    outcomeReason: string | null,
    language: string,
  ): OutcomeTemplate => ({
    outcome,
    outcomeReason,
    language,
  });
  const all = [
    of('positive', null, 'it'),
    of('positive', null, 'de'),
    of('positive', 'done', 'it'),
    of('negative', null, 'it'),
  ];

  it.each<[string, string, readonly string[], OutcomeTemplate | undefined]>([
    ['of the very reason comes before that of the outcome', 'done', ['it'], all[2]],
    ['of the outcome serves a reason that has none', 'granted', ['it'], all[0]],
    ['in the wanted language comes before another', 'granted', ['de', 'it'], all[1]],
    ['of the very reason comes before the wanted language', 'done', ['de', 'it'], all[2]],
    ['is none where nobody speaks the language', 'done', ['fr'], undefined],
  ])('%s', (_, reason, languages, expected) => {
    expect(chooseOutcomeTemplate(all, { outcome: 'positive', reason }, languages)).toBe(expected);
  });

  it('is never that of another outcome', () => {
    expect(chooseOutcomeTemplate(all, { outcome: 'partial', reason: 'done' }, ['it'])).toBeUndefined();
  });
});

describe('a text on a channel', () => {
  it.each<[string, string, TextLimit['unit'], number]>([
    ['counts an emoji as one character', '👍', 'characters', 1],
    ['counts an accent as two bytes', 'è', 'bytes', 2],
    ['is one segment up to 160 letters', 'à'.repeat(160), 'segments', 1],
    ['is two segments from 161 on', 'a'.repeat(161), 'segments', 2],
    ['counts the euro twice', '€'.repeat(81), 'segments', 2],
    ['falls to 70 letters when one is outside the alphabet', `ç${'a'.repeat(70)}`, 'segments', 2],
  ])('%s', (_, text, unit, expected) => {
    expect(lengthOf(text, unit)).toBe(expected);
  });

  it.each<[string, string, string | null, number | undefined, object]>([
    ['is whole where it fits', 'intero', 'corto', 6, { text: 'intero', variant: 'full', length: 6 }],
    [
      'is the short one where the whole does not fit',
      'intero',
      'corto',
      5,
      { text: 'corto', variant: 'short', length: 5 },
    ],
    ['is refused when there is no short one', 'intero', null, 5, { tooLong: 6, limit: { maxLength: 5 } }],
    [
      'is refused when the short one is too long as well',
      'intero',
      'corto',
      4,
      { tooLong: 5, limit: { maxLength: 4 } },
    ],
    ['is whole where nothing limits it', 'intero', null, undefined, { text: 'intero', variant: 'full', length: 6 }],
  ])('%s', (_, full, short, maxLength, expected) => {
    expect(fitted(full, short, maxLength === undefined ? undefined : { maxLength })).toEqual(expected);
  });

  it('is never longer than the channel takes, and never cut', () => {
    const unit = fc.constantFrom('characters' as const, 'bytes' as const, 'segments' as const);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        fc.integer({ min: 1, max: 50 }),
        unit,
        (full, short, maxLength, by) => {
          const result = fitted(full, short, { maxLength, unit: by });
          if ('tooLong' in result) expect(result.tooLong).toBeGreaterThan(maxLength);
          else {
            expect([full, short]).toContain(result.text);
            expect(lengthOf(result.text, by)).toBeLessThanOrEqual(maxLength);
          }
        },
      ),
    );
  });
});
