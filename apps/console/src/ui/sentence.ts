import type { TFunction } from 'i18next';
import { said } from '../i18n/en.said.js';
import { it } from '../i18n/it.js';

type Sentence = keyof typeof said;
const isOf = <T extends object>(words: T, value: string): value is keyof T & string => Object.hasOwn(words, value);

/** What stands in a sentence, as people call it. */
function valueWords(t: TFunction, name: string, value: string): string {
  if (name === 'state' && isOf(it.state, value)) return t(`state.${value}`);
  if (name !== 'exposed') return value;
  return value
    .split(', ')
    .map(one => (isOf(it.composer.exposed, one) ? t(`composer.exposed.${one}`) : one))
    .join(', ');
}

interface Known {
  readonly sentence: Sentence;
  readonly pattern: RegExp;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A sentence of the API with what differs from time to time as named groups. */
const patternOf = (text: string): RegExp =>
  new RegExp(
    `^(?:\\w+: )?${text
      .split(/\{\{(\w+)\}\}/)
      .map((part, index) => (index % 2 === 0 ? escaped(part) : `(?<${part}>.*?)`))
      .join('')}$`,
  );

const KNOWN: readonly Known[] = Object.entries(said).map(([sentence, text]) => ({
  sentence: sentence as Sentence,
  pattern: patternOf(text),
}));

/** A sentence of the API in the language of who reads, states by their names; undefined when it has no words here. */
export function sentenceWords(t: TFunction, detail: string): string | undefined {
  for (const { sentence, pattern } of KNOWN) {
    const found = pattern.exec(detail);
    if (!found) continue;
    const values = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, valueWords(t, name, value)]),
    );
    return t(`said.${sentence}`, { defaultValue: detail, ...values });
  }
  return undefined;
}
