import { describe, expect, it } from '@jest/globals';
import type { ConsentAct, Instant } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import {
  agrees,
  consentChoice,
  consentsOf,
  pressCounts,
  readConsentChoice,
  readConsentName,
  readConsentWords,
  whyNotAsk,
  type ConsentFact,
} from './consent.js';

const fact = (act: ConsentAct, day: number, addressKind: string | null = null, textVersion = 1): ConsentFact => ({
  purpose: 'newsletter',
  act,
  addressKind,
  textVersion,
  at: new Date(Date.UTC(2026, 0, day)).toISOString() as Instant,
});
const on = (day: number): Instant => new Date(Date.UTC(2026, 0, day)).toISOString() as Instant;

describe('whether a person agrees', () => {
  it.each<[string, ConsentFact[], boolean]>([
    ['silence is no', [], false],
    ['a question is no', [fact('asked', 1)], false],
    ['given is yes', [fact('given', 1)], true],
    ['a later question takes nothing back', [fact('given', 1), fact('asked', 2)], true],
    ['refused is no', [fact('asked', 1), fact('refused', 2)], false],
    ['withdrawn is no', [fact('given', 1), fact('withdrawn', 2)], false],
    ['given again is yes', [fact('given', 1), fact('withdrawn', 2), fact('given', 3)], true],
    ['given by another way is no', [fact('given', 1, 'b')], false],
    ['given by any way is yes', [fact('given', 1, null)], true],
    ['withdrawn by any way is no', [fact('given', 1, 'a'), fact('withdrawn', 2, null)], false],
    ['withdrawn by another way stays', [fact('given', 1, 'a'), fact('withdrawn', 2, 'b')], true],
  ])('%s', (_, facts, yes) => expect(agrees(facts, 'newsletter', 'a')).toBe(yes));

  it('is nothing of another purpose', () => expect(agrees([fact('given', 1)], 'other', null)).toBe(false));

  it('is no after a withdrawal by any way, whatever came before it', () => {
    const acts = fc.constantFrom<ConsentAct>('asked', 'given', 'refused', 'withdrawn');
    const before = fc.array(fc.tuple(acts, fc.constantFrom(null, 'a', 'b')));
    fc.assert(
      fc.property(before, fc.constantFrom(null, 'a', 'b'), (said, kind) => {
        const facts = said.map(([act, address], i) => fact(act, i + 1, address));
        return !agrees([...facts, fact('withdrawn', 300)], 'newsletter', kind);
      }),
    );
  });
});

describe('where the consents of a person stand', () => {
  it('is one line for each purpose and kind of address, a decision before a question', () => {
    const facts = [fact('asked', 1, 'a'), fact('given', 2, 'a'), fact('asked', 3, 'a'), fact('asked', 4, 'b')];
    expect(consentsOf(facts).map(({ addressKind, state }) => [addressKind, state])).toEqual([
      ['a', 'given'],
      ['b', 'asked'],
    ]);
  });
});

describe('whether a person may be asked', () => {
  const said = { now: on(20), againAfterDays: 10, textVersion: 1 };
  it.each<[string, ConsentFact[], ReturnType<typeof whyNotAsk>]>([
    ['never asked', [], undefined],
    ['asked eleven days ago, without an answer', [fact('asked', 9)], undefined],
    ['asked five days ago', [fact('asked', 15)], 'asked_lately'],
    ['asked five days ago by another way', [fact('asked', 15, 'b')], 'asked_lately'],
    ['refused five days ago', [fact('asked', 1), fact('refused', 15)], 'decided_lately'],
    ['withdrawn five days ago', [fact('given', 1), fact('withdrawn', 15)], 'decided_lately'],
    ['withdrawn long ago', [fact('given', 1), fact('withdrawn', 5)], undefined],
    ['given', [fact('given', 1)], 'given'],
    ['given to words that were changed since', [fact('given', 1, null, 0)], undefined],
  ])('%s', (_, facts, why) => expect(whyNotAsk(facts, 'newsletter', 'a', said)).toBe(why));
});

describe('the words of an answer', () => {
  it.each([
    ['ACCONSENTO', 'yes', ''],
    [' Acconsento! ', 'yes', ''],
    ['Sì, acconsento.', 'yes', ''],
    ['I agree', 'yes', ''],
    ['NON ACCONSENTO', 'no', ''],
    ['REVOCA', 'withdraw', ''],
    ['revoca: Notiziario', 'withdraw', 'notiziario'],
  ])('%s', (text, kind, about) => expect(readConsentWords(text)).toEqual({ kind, about }));

  it.each(['', 'sì', 'no', 'Acconsento, ma quando aprite?', 'Non revoca nulla', `acconsento${' '.repeat(200)}`])(
    'are not in «%s»',
    text => expect(readConsentWords(text)).toBeUndefined(),
  );
});

describe('the name by which a form or a call says a purpose', () => {
  it.each([
    ['consent_newsletter', { purpose: 'newsletter' }],
    ['consent_training_recording_v3', { purpose: 'training_recording', textVersion: 3 }],
    ['consent-training-recording', { purpose: 'training_recording' }],
    ['consent-newsletter-v12', { purpose: 'newsletter', textVersion: 12 }],
  ])('%s', (name, named) => expect(readConsentName(name)).toEqual(named));
  it.each(['consenso', 'consent_', 'privacy', 'consent_Évian'])('is not %s', name =>
    expect(readConsentName(name)).toBeUndefined(),
  );
});

describe('the button of a question', () => {
  const asked = fact('asked', 5);
  const press = (answer: 'yes' | 'no', later: ConsentFact[] = [], inForce: number | undefined = 1): boolean =>
    pressCounts([fact('given', 1), fact('withdrawn', 2), asked, ...later], asked, answer, inForce);

  it('is known by its id alone, and fits what channels carry', () => {
    const question = '019bc14e-7a00-7000-8000-00000000000a';
    for (const answer of ['yes', 'no'] as const) {
      expect(readConsentChoice(consentChoice(question, answer))).toEqual({ question, answer });
      expect(consentChoice(question, answer).length).toBeLessThanOrEqual(200);
    }
    for (const other of ['', 'consent:1:yes', `consent:${question}:maybe`, `x${consentChoice(question, 'yes')}`])
      expect(readConsentChoice(other)).toBeUndefined();
  });

  it.each<[string, boolean]>([
    ['agrees while nothing was decided since', press('yes')],
    ['refuses while nothing was decided since', press('no')],
    ['takes back what was agreed to since', press('no', [fact('given', 6)])],
    ['agrees after a no: they changed their mind', press('yes', [fact('refused', 6)])],
    ['takes that back too', press('no', [fact('refused', 6), fact('given', 7)])],
  ])('%s', (_, counts) => expect(counts).toBe(true));

  it.each<[string, boolean]>([
    ['a second time', press('yes', [fact('given', 6)])],
    ['to agree after a yes and a no', press('yes', [fact('given', 6), fact('refused', 7)])],
    ['to agree after a no, to words that are no longer in force', press('yes', [fact('refused', 6)], 2)],
    ['to agree after it was given and taken back', press('yes', [fact('given', 6), fact('withdrawn', 7)])],
    ['to refuse after a no', press('no', [fact('refused', 6)])],
    ['to agree to words that are no longer in force', press('yes', [], 2)],
    ['to agree to what nobody asks any more', pressCounts([asked], asked, 'yes', undefined)],
  ])('means nothing %s', (_, counts) => expect(counts).toBe(false));
});
