import type { TFunction } from 'i18next';
import { it } from '../i18n/it.js';
import { sentenceWords } from './sentence.js';

interface Mistake {
  readonly pointer: string;
  readonly detail: string;
}

type Field = keyof typeof it.work.field;
const isField = (name: string): name is Field => Object.hasOwn(it.work.field, name);

/** How a field is called that a JSON pointer names; undefined where it has no name for people. */
function fieldWords(t: TFunction, pointer: string): string | undefined {
  const name = pointer
    .split('/')
    .filter(part => part !== '' && !/^\d+$/.test(part))
    .at(-1);
  return name !== undefined && isField(name) ? t(`work.field.${name}`) : undefined;
}

type Known = Exclude<keyof typeof it.work.mistake, 'short' | 'long' | 'other'>;

/** What the API and its rules say of a field, by the words that they say it with. */
const KNOWN: readonly (readonly [RegExp, Known])[] = [
  [/should not be empty|required|must be said|is missing|^say /i, 'required'],
  [/there is n|are not here|does not exist|is not one of the case|has this code/i, 'unknown'],
  [/in the past/i, 'past'],
  [/twice|once|named already|of another office/i, 'twice'],
  [/later than/i, 'later'],
  [/\bdate\b|\ba day\b/i, 'date'],
  [/\bnumber\b|integer/i, 'number'],
  [/match|regular expression|must be an? |valid/i, 'form'],
];

/** What is wrong with a field, in words: patterns of the machine are nobody's to read. */
export const mistakeWords = (t: TFunction, detail: string): string =>
  knownMistake(t, detail) ?? t('work.mistake.other');

/** The same; undefined where it has no words here. */
export function knownMistake(t: TFunction, detail: string): string | undefined {
  const said = sentenceWords(t, detail);
  if (said !== undefined) return said;
  const count = Number(/\d+/.exec(detail)?.[0] ?? 0);
  if (/longer than or equal to|at least \d+ char/.test(detail)) return t('work.mistake.short', { count });
  if (/shorter than or equal to|at most \d+ char/.test(detail)) return t('work.mistake.long', { count });
  const [, known] = KNOWN.find(([words]) => words.test(detail)) ?? [];
  return known && t(`work.mistake.${known}`);
}

/** What is wrong, field by field, in words; nothing of those fields that say it themselves. */
export function mistakesIn(
  t: TFunction,
  errors: readonly Mistake[],
  besides: ReadonlySet<string> = new Set(),
): readonly string[] {
  const told = errors
    .filter(({ pointer }) => !besides.has(pointer))
    .map(({ pointer, detail }) => {
      const field = fieldWords(t, pointer);
      const words = mistakeWords(t, detail);
      return field === undefined ? words : `${field}: ${words}`;
    });
  return [...new Set(told)];
}
