import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFiscalCode, isIban, personalDataIn } from './personal-data.js';

describe('a fiscal code', () => {
  it.each([
    ['RSSMRA80A01H501U', true],
    ['rssmra80a01h501u', true],
    ['RSSMRA80A01H501V', false],
    ['RSSMRA80A01H50MP', false],
    ['RSSMRA8LA01H501C', false],
    ['RSSMRA80F01H501U', false],
    ['RSSMRA80A01H501', false],
    ['1234567890123456', false],
  ])('%s', (text, yes) => expect(isFiscalCode(text)).toBe(yes));

  it('is one by one check character alone, also where letters stand for digits', () => {
    const digit = fc.constantFrom(...'0123456789LMNPQRSTUV');
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    const body = fc
      .tuple(
        fc.array(letter, { minLength: 6, maxLength: 6 }),
        fc.tuple(digit, digit),
        fc.constantFrom(...'ABCDEHLMPRST'),
        fc.tuple(digit, digit),
        letter,
        fc.tuple(digit, digit, digit),
      )
      .map(parts => parts.flat().join(''));
    fc.assert(
      fc.property(
        body,
        code => [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter(check => isFiscalCode(code + check)).length === 1,
      ),
    );
  });
});

describe('an IBAN', () => {
  it.each([
    ['IT60X0542811101000000123456', true],
    ['it60x0542811101000000123456', true],
    ['DE89370400440532013000', true],
    ['IT61X0542811101000000123456', false],
    ['IT60X054281110100000012345', false],
    ['XX00', false],
  ])('%s', (text, yes) => expect(isIban(text)).toBe(yes));
});

describe('what of a person stands in words', () => {
  it.each<[string, string[]]>([
    ['Il lampione di via Roma 12 è stato riparato il 12/03/2026.', []],
    ['La pratica 2026-004217-3 è chiusa, protocollo 0012345/2026.', []],
    ['Il CF è RSSMRA80A01H501U, grazie.', ['fiscal_code']],
    ['Il CF è RSSMRA80A01H501V, grazie.', []],
    ['Bonifico su IT60 X054 2811 1010 0000 0123 456 entro domani', ['iban']],
    ['Scriva a mario.bianchi@example.org.', ['email']],
    ['Chiamare il 333 1234567', ['phone']],
    ['Chiamare il +39 06 1234 5678 o il 0039 3331234567', ['phone', 'phone']],
    ['Phone +44 20 7946 0958', ['phone']],
    ['Il numero verde 800 e il 112', []],
    ['Chi ha una invalidità o è in gravidanza', ['health', 'health']],
    ['Il codice non è invalidato', []],
  ])('%s', (text, kinds) => expect(personalDataIn(text).map(({ kind }) => kind)).toEqual(kinds));

  it('is not what the administration itself is reached at', () => {
    expect(personalDataIn('Scrivere a urp@comune.example', new Set(['urp@comune.example']))).toEqual([]);
  });

  it('says where it stands', () => {
    const text = 'CF RSSMRA80A01H501U.';
    expect(personalDataIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['RSSMRA80A01H501U']);
  });

  it('is looked for in any words without hanging', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), text => personalDataIn(text).every(({ start, end }) => start < end)),
    );
    const started = Date.now();
    for (const word of ['a@', '0 ', '+1', 'IT60 ', '3333333', 'a.']) personalDataIn(word.repeat(20_000));
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});
