import { describe, expect, it } from '@jest/globals';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { courtesyIn, forbiddenNames, linesWith, selection, speaksOneWay } from './words.js';

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
    'Chi l’ha scritta non lavora più qui: la scriva qualcun altro.',
  ])('%s is found', text => {
    expect(courtesyIn('x.ts', text)).toHaveLength(1);
  });
  it.each(['La tua richiesta', 'Le misure del servizio', 'le sue pratiche', 'La risposta arriva', 'Se vuoi, allega'])(
    '%s is left alone',
    text => {
      expect(courtesyIn('x.ts', text)).toEqual([]);
    },
  );
  it('is looked for in pages and in what a channel shows as an example, not in what specs and simulators say', async () => {
    const root = await mkdtemp(join(tmpdir(), 'words-'));
    try {
      for (const folder of ['apps/portal', 'apps/channels/phone', 'libs/kit/simulators'])
        await mkdir(join(root, folder), { recursive: true });
      for (const path of [
        'apps/portal/page.tsx',
        'apps/portal/page.spec.tsx',
        'apps/channels/phone/README.md',
        'apps/channels/phone/voice.ts',
        'apps/channels/phone/voice.spec.ts',
        'libs/kit/simulators/citizen.ts',
      ])
        await writeFile(join(root, path), 'La richiameremo.\n');
      expect((await speaksOneWay(root)).map(said => said.split(':')[0])).toEqual([
        'apps/channels/phone/README.md',
        'apps/channels/phone/voice.ts',
        'apps/portal/page.tsx',
      ]);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
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
