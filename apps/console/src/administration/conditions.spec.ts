import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import type { Schemas } from '../api/client.js';
import { en } from '../i18n/en.js';
import { it as italian } from '../i18n/it.js';
import { conditionWords } from './conditions.js';

const said = i18next.createInstance();
await said.init({
  lng: 'it',
  interpolation: { escapeValue: false },
  resources: { it: { translation: italian }, en: { translation: en } },
});
const names = {
  channel: (id: string) => (id === 'pigeon' ? 'Piccione' : undefined),
  category: (code: string) => (code === 'carta_identita' ? 'Carta d’identità' : undefined),
  kind: () => undefined,
  weekday: (day: number) => ({ 6: 'sabato' })[day],
};
const words = (language: string, when: Schemas['ConditionsView']): string =>
  conditionWords(said.getFixedT(language), when, names);

describe('when a rule holds', () => {
  it.each([
    [{}, 'sempre', 'always'],
    [{ category: ['carta_identita'] }, 'categoria «Carta d’identità»', 'category «Carta d’identità»'],
    [{ channel: ['pigeon', 'owl'] }, 'canale «Piccione» o «owl»', 'channel «Piccione» or «owl»'],
    [
      { words: { none: ['multa'] }, hours: { weekdays: [6], from: '18:00', open: false }, knownContact: true },
      'nessuna delle parole «multa», sabato, dalle 18:00, a ufficio chiuso, persona già nota',
      'none of the words «multa», sabato, from 18:00, while the office is closed, somebody already known',
    ],
  ])('%j is said in both languages, by the names of things', (when, italianWords, englishWords) => {
    expect([words('it', when), words('en', when)]).toEqual([italianWords, englishWords]);
  });
});
