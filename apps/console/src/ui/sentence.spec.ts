import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { en as english } from '../i18n/en.js';
import { it as italian } from '../i18n/it.js';
import { knownMistake } from './mistake.js';
import { sentenceWords } from './sentence.js';

const words = i18next.createInstance();
await words.init({
  lng: 'it',
  resources: { it: { translation: italian }, en: { translation: english } },
  interpolation: { escapeValue: false },
});
const italianly = words.getFixedT('it');
const englishly = words.getFixedT('en');

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** The sources under a folder, without their tests. */
const sourcesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map(file => readFileSync(join(ROOT, folder, file), 'utf8'));

const QUOTED = String.raw`(?:'(?:[^'\\]|\\.)*'|\x60[^\x60]*\x60)`;
const SAID = [
  new RegExp(String.raw`\brefuse(?:Field)?\(\s*'[\w-]+',\s*(${QUOTED}(?:\s*\+\s*${QUOTED})*)`, 'g'),
  new RegExp(String.raw`\bdetail: (${QUOTED}(?:\s*\+\s*${QUOTED})*)`, 'g'),
];

/** What the rules say when they refuse, each with a figure where it differs from time to time. */
const sentencesOf = (source: string): string[] =>
  SAID.flatMap(pattern => [...source.matchAll(pattern)])
    .map(([, quoted = '']) =>
      quoted
        .replaceAll(/['`]\s*\+\s*['`]/g, '')
        .slice(1, -1)
        .replaceAll(/\$\{[^}]*\}/g, '7'),
    )
    .filter(sentence => /[a-z]{2} /.test(sentence));

interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly examples?: object }>>;
}
interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses?: Readonly<Record<string, Answer>> }>>>
  >;
  readonly components: { readonly responses: Readonly<Record<string, Answer>> };
}

/** Every problem that an operation of the API may answer with. */
const problemsOf = (): string[] => {
  const { paths, components } = JSON.parse(readFileSync(join(ROOT, 'contracts/openapi.json'), 'utf8')) as Document;
  const named = Object.values(paths)
    .flatMap(path => Object.values(path))
    .flatMap(({ responses = {} }) => Object.values(responses))
    .map(answer => components.responses[answer.$ref?.split('/').at(-1) ?? ''] ?? answer)
    .flatMap(({ content }) => Object.keys(content?.['application/problem+json']?.examples ?? {}));
  return [...new Set(named)].sort();
};

describe('a refusal of the API', () => {
  it('has words in both languages, whichever problem it is', () => {
    const problems = problemsOf();
    expect(problems.length).toBeGreaterThan(20);
    expect(problems.filter(problem => !Object.hasOwn(italian.problem, problem))).toEqual([]);
    expect(problems.filter(problem => !Object.hasOwn(english.problem, problem))).toEqual([]);
  });

  it('is told in Italian, whichever sentence the rules say it with', () => {
    const said = ['libs/domain/src', 'apps/crm/src'].flatMap(sourcesIn).flatMap(sentencesOf);
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter(sentence => knownMistake(italianly, sentence) === undefined)).toEqual([]);
  });

  it.each([
    [
      'Case 2026-004217-3 is "closed": only an open case is merged.',
      'La pratica 2026-004217-3 è nello stato «Chiusa»: si unisce solo una pratica aperta.',
      'Case 2026-004217-3 is "Closed": only an open case is merged.',
    ],
    [
      'messages: Something must stay: nothing else would be left here.',
      'Nella pratica deve restare almeno un messaggio.',
      'Something must stay: nothing else would be left here.',
    ],
    [
      'It would be public, and seems to hold: fiscal_code, email.',
      'Sembra contenere: un codice fiscale, un indirizzo e-mail.',
      'It would be public, and seems to hold: a fiscal code, an e-mail address.',
    ],
  ])('says what differs by its name: %s', (sentence, inItalian, inEnglish) => {
    expect(sentenceWords(italianly, sentence)).toBe(inItalian);
    expect(sentenceWords(englishly, sentence)).toBe(inEnglish);
  });

  it('that nobody foresaw has no words', () => {
    expect(sentenceWords(italianly, 'Something new went wrong.')).toBeUndefined();
  });
});
