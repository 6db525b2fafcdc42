import { en } from './en.js';
import { it, type Texts } from './it.js';

export type { Texts } from './it.js';

const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const TEXTS: Readonly<Record<Language, Texts>> = { it, en };
export const textsIn = (language: Language): Texts => TEXTS[language];

export const isLanguage = (word: string | undefined): word is Language => LANGUAGES.some(one => one === word);

/** The first language of the browser that these pages speak; Italian when there is none. */
export function preferredIn(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map(one => {
      const [tag = '', ...parameters] = one.trim().toLowerCase().split(';');
      const weight = parameters.map(word => /^\s*q=([\d.]+)$/.exec(word)?.[1]).find(word => word !== undefined);
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(one => isLanguage(one.language) && one.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const [first] = wanted;
  return first && isLanguage(first.language) ? first.language : 'it';
}

/** A day, as people of the language write it. `day` is a date or an instant. */
export function dayIn(texts: Texts, day: string): string {
  const date = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T12:00:00Z`) : new Date(day);
  return new Intl.DateTimeFormat(texts.dates, { dateStyle: 'long', timeZone: 'Europe/Rome' }).format(date);
}
/** An instant, as people of the language write it, at the clock of Rome. */
export const instantIn = (texts: Texts, instant: string): string =>
  new Intl.DateTimeFormat(texts.dates, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Rome' }).format(
    new Date(instant),
  );
