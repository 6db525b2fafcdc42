import { describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { en } from '../i18n/en.js';
import { it as italian } from '../i18n/it.js';
import { choiceWords, isKey } from './choice.js';

const said = i18next.createInstance();
await said.init({ lng: 'it', resources: { it: { translation: italian }, en: { translation: en } } });
const [it1, en1] = [said.getFixedT('it'), said.getFixedT('en')];

describe('what happened at a step of a call', () => {
  it.each([
    ['1 tributi', 'ha premuto 1 tributi', 'pressed 1 tributi'],
    ['*', 'ha premuto *', 'pressed *'],
    ['open', 'ufficio aperto', 'office open'],
    ['closed', 'ufficio chiuso', 'office closed'],
    ['left:hangup', 'ha riattaccato', 'hung up'],
    ['left:bridged', 'ha parlato con un operatore', 'spoke to an operator'],
    ['left:leave', 'ha lasciato l’attesa', 'left the queue'],
    ['accepted', 'ha chiesto di essere richiamato', 'asked to be called back'],
    ['no-answer', 'senza risposta', 'no answer'],
  ])('%s is “%s” in Italian and “%s” in English', (choice, italianWords, englishWords) => {
    expect([choiceWords(it1, choice), choiceWords(en1, choice)]).toEqual([italianWords, englishWords]);
  });

  it('is a key that was pressed only where it begins with one', () => {
    expect(['1', '9 tributi', '#'].every(isKey)).toBe(true);
    expect([undefined, 'open', 'left:hangup', '12', 'no number'].some(isKey)).toBe(false);
  });

  it('is what the channel says where nobody has words for it', () => {
    expect(choiceWords(it1, 'anagrafe')).toBe('«anagrafe»');
  });
});
