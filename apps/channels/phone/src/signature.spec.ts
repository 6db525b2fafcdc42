import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSigned, parametersOf } from './signature.js';

const TOKEN = 'a-token-of-the-spec';
const OTHER = 'another-token-of-the-spec';
const URL_ = 'https://citta.example/telefono/voice/step?at=menu&retry=0';
const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

const hmac = (token: string, data: string): string => createHmac('sha1', token).update(data).digest('base64');
const signedForm = (token: string, url: string, form: URLSearchParams): string => {
  const keys = [...new Set(form.keys())].sort();
  const data = keys
    .map(key =>
      [...new Set(form.getAll(key))]
        .sort()
        .map(value => key + value)
        .join(''),
    )
    .join('');
  return hmac(token, url + data);
};
const check = (
  body: string,
  signature: string,
  { url = URL_, mediaType = FORM, tokens = [TOKEN] }: { url?: string; mediaType?: string; tokens?: string[] } = {},
): boolean => isSigned({ url, method: 'POST', signature, mediaType }, Buffer.from(body), tokens);

describe('a signature', () => {
  const form = new URLSearchParams({ CallSid: 'CA1', Digits: '1', From: '+39 347', Body: 'à è ’ & = +' });

  it('of the address and the sorted parameters is good', () =>
    expect(check(form.toString(), signedForm(TOKEN, URL_, form))).toBe(true));
  it('counts the path that a proxy adds to the public address', () =>
    expect(check(form.toString(), signedForm(TOKEN, URL_.replace('/telefono', ''), form))).toBe(false));
  it('is good with either of two tokens, and with no third', () => {
    const signed = signedForm(OTHER, URL_, form);
    expect(check(form.toString(), signed, { tokens: [TOKEN, OTHER] })).toBe(true);
    expect(check(form.toString(), signed, { tokens: [TOKEN] })).toBe(false);
  });
  it('is no good for a body that was changed', () =>
    expect(check(form.toString().replace('Digits=1', 'Digits=2'), signedForm(TOKEN, URL_, form))).toBe(false));
  it('is no good for another address', () =>
    expect(check(form.toString(), signedForm(TOKEN, URL_, form), { url: URL_.replace('menu', 'altro') })).toBe(false));
  it('covers a parameter that is repeated, in any order', () => {
    const media = new URLSearchParams('Media=b&Media=a&Media=b&CallSid=CA1');
    expect(parametersOf(media)).toEqual({ Media: ['b', 'a', 'b'], CallSid: 'CA1' });
    expect(check(media.toString(), signedForm(TOKEN, URL_, media))).toBe(true);
  });
  it('that is missing or empty is no good', () => expect(check(form.toString(), '')).toBe(false));
  it('of no bytes covers the address alone', () => expect(check('', hmac(TOKEN, URL_))).toBe(true));

  describe('of a body that is no form', () => {
    const body = '{"event":"x"}';
    const hash = createHash('sha256').update(body).digest('hex');
    const url = `${URL_}&bodySHA256=${hash}`;
    const json = { url, mediaType: 'application/json' };

    it('covers its hash, which travels in the address', () => {
      expect(check(body, hmac(TOKEN, url), json)).toBe(true);
      expect(check(body.replace('x', 'y'), hmac(TOKEN, url), json)).toBe(false);
    });
    it('without its hash covers nothing of it, and is no good', () =>
      expect(check(body, hmac(TOKEN, URL_), { mediaType: 'application/json' })).toBe(false));
  });
});
