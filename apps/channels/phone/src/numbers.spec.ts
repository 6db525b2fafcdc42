import { describe, expect, it } from '@jest/globals';
import { callBackNumber, caller, e164, isItalianLandline, spoken, writer } from './numbers.js';

describe('a number', () => {
  it.each([
    ['+393471234567', '+393471234567'],
    ['347 1234567', '+393471234567'],
    ['055 0000100', '+390550000100'],
    ['+44 20 7946 0000', '+442079460000'],
    ['anonymous', undefined],
    ['Restricted', undefined],
    ['+266696687', undefined],
    ['', undefined],
    ['sip:anna@citta.example', undefined],
  ])('written %j is %j', (written, number) => expect(e164(written)).toBe(number));

  it.each([
    ['+393471234567', true],
    ['+390550000100', true],
    ['0550000100', true],
    ['3471234567', true],
    ['00393471234567', true],
    ['+88213123456', false],
    ['+41791234567', false],
    ['899123456', false],
    ['144123456', false],
    ['1', false],
    ['112', false],
    ['+390', false],
    ['anonymous', false],
    ['', false],
  ])('%j may be called back: %j', (digits, may) => expect(callBackNumber(digits) !== undefined).toBe(may));

  it('is a landline unless it begins with three', () =>
    expect(['+390550000100', '+393471234567', '+442079460000'].map(isItalianLandline)).toEqual([true, false, false]));
  it('is read aloud digit by digit', () => expect(spoken('+39347123')).toBe('3 4 7 1 2 3'));
});

describe('who calls', () => {
  it('is known by the number, and so is the conversation', () =>
    expect(caller('+393471234567', 'CA1', ' Anna ')).toEqual({
      address: { kind: 'phone', value: '+393471234567', displayName: 'Anna' },
      conversation: 'call:+393471234567',
    }));
  it('and hides the number is another at each call', () => {
    const [one, other] = [caller('anonymous', 'CA1'), caller('anonymous', 'CA2')];
    expect(one.address).toEqual({ kind: 'withheld', value: 'CA1' });
    expect(one.conversation).not.toBe(other.conversation);
  });
  it('over the internet is known by the address', () =>
    expect(caller('sip:anna@citta.example', 'CA1').address).toEqual({ kind: 'sip', value: 'sip:anna@citta.example' }));
});

describe('who writes', () => {
  it.each([
    ['+393471234567', true],
    ['PosteInfo', false],
    ['48000', false],
    ['', false],
  ])('as %j can be answered: %j', (from, answerable) => expect(writer(from).answerable).toBe(answerable));
});
