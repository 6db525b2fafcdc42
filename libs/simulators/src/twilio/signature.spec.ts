import { describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { signatureOf } from './signature.js';

const TOKEN = '0123456789abcdef0123456789abcdef';

describe('the signature', () => {
  it.each([
    ['http://127.0.0.1:3202/voice', { CallSid: 'CA1', From: '+393471000001', Digits: '1#' }],
    ['https://city.example/voice/step?at=menu&retry=0', { b: '2', B: '1', a: 'è, à & "so on"', empty: '' }],
    ['https://city.example:8443/sms', { Body: 'L’ora?\nGrazie 😀', NumMedia: '0' }],
    ['https://city.example/voice?x=%2B39', {}],
  ])('of %s is the one that the provider’s SDK expects', (url, parameters) => {
    const signature = signatureOf(TOKEN, url, parameters);
    expect(twilio.validateRequest(TOKEN, signature, url, parameters)).toBe(true);
    expect(twilio.validateRequest(`${TOKEN}0`, signature, url, parameters)).toBe(false);
    expect(twilio.validateRequest(TOKEN, signature, `${url}x`, parameters)).toBe(false);
  });
});
