import { describe, expect, it } from '@jest/globals';
import { courtesyIn, forbiddenNames, linesWith, selection } from './words.js';

const channels = ['email', 'facebook', 'loopback', 'phone', 'telegram', 'webform', 'whatsapp'];

describe('the names that the core may not write', () => {
  it.each(['WhatsApp', 'a Twilio number', 'the telegram bot'])('%s is found', text => {
    expect(linesWith('x.ts', text, forbiddenNames(channels))).toHaveLength(1);
  });
  it.each(['an e-mail address', "kind: 'email'", 'phone', 'instant messages', 'metadata'])('%s is left alone', text => {
    expect(linesWith('x.ts', text, forbiddenNames(channels))).toEqual([]);
  });
  it('a new channel is found as soon as its folder is there', () => {
    expect(forbiddenNames(['pigeon-post']).test('sent by pigeon-post')).toBe(true);
    expect(forbiddenNames([]).test('sent by pigeon-post')).toBe(false);
  });
  it('the line is told, counted from 1', () => {
    expect(linesWith('x.ts', 'a\nb twilio', forbiddenNames([]))).toEqual([{ path: 'x.ts', line: 2, text: 'twilio' }]);
  });
});

describe('the courtesy form', () => {
  it.each([
    'abbiamo ricevuto la Sua richiesta',
    'può indicarLe l’ente',
    'Le scriviamo perché',
    'Prema 1 per essere richiamato.',
    'Se può, alleghi una foto',
    'tocca a Lei',
  ])('%s is found', text => {
    expect(courtesyIn('x.ts', text)).toHaveLength(1);
  });
  it.each(['La tua richiesta', 'Le misure del servizio', 'le sue pratiche', 'La risposta arriva', 'Se vuoi, allega'])(
    '%s is left alone',
    text => {
      expect(courtesyIn('x.ts', text)).toEqual([]);
    },
  );
});

describe('behaviour selected by channel', () => {
  it.each([
    "if (message.channel === 'email')",
    "'phone' !== channel",
    "case 'webform':",
    "where channel = 'email'",
    'channel == "phone"',
  ])('%s is found', text => {
    expect(selection(channels).test(text)).toBe(true);
  });
  it.each(["kind: 'email'", "addressKinds: ['phone', 'email']", "@Text('email')"])('%s is left alone', text => {
    expect(selection(channels).test(text)).toBe(false);
  });
});
