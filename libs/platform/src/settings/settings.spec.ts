import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsInt, IsString } from 'class-validator';
import {
  ChoiceSetting,
  ConfigurationError,
  describeSettings,
  FlagSetting,
  JsonSetting,
  ListSetting,
  loadSettings,
  TextSetting,
  UrlSetting,
  WholeSetting,
} from './settings.js';

class Mailbox {
  @IsString() readonly address: string;
  @IsInt() readonly port: number;
}
class Base {
  @WholeSetting('Port', { max: 65_535 }) readonly port: number;
}
class Example extends Base {
  @TextSetting('Key', { secret: true, min: 8 }) readonly apiKey: string;
  @FlagSetting('Switch', { default: false }) readonly recordCalls: boolean;
  @ChoiceSetting('Colour', ['red', 'blue'], { default: 'red' }) readonly colour: string;
  @ListSetting('Hosts', { default: [] }) readonly hosts: readonly string[];
  @UrlSetting('Address', { optional: true }) readonly publicUrl?: string;
  @JsonSetting('Mailboxes', () => Mailbox, { list: true, default: [] }) readonly mailboxes: Mailbox[];
}
const good = { PORT: '3000', API_KEY: 'very-secret-key' };
const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadSettings(Example, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
};

describe('the configuration of a service', () => {
  it('is read with its defaults, base class included', () => {
    expect(loadSettings(Example, { ...good, HOSTS: 'a, b,', PUBLIC_URL: 'https://x.example/' })).toEqual({
      port: 3000,
      apiKey: 'very-secret-key',
      recordCalls: false,
      colour: 'red',
      hosts: ['a', 'b'],
      publicUrl: 'https://x.example',
      mailboxes: [],
    });
  });

  it('lists all mistakes together, by environment name, and never a secret', () => {
    const mistakes = mistakesOf({
      PORT: '70000',
      API_KEY: 'short',
      RECORD_CALLS: 'yes',
      COLOUR: 'green',
      PUBLIC_URL: 'x',
      MAILBOXES: '[{"address":"a","port":"b"},7]',
    });
    expect(mistakes.map(words => words.split(':')[0])).toEqual([
      'PORT',
      'API_KEY',
      'RECORD_CALLS',
      'COLOUR',
      'PUBLIC_URL',
      'MAILBOXES',
    ]);
    expect(mistakes.join('\n')).not.toContain('short');
    expect(mistakes.join('\n')).toContain('[0].port');
    expect(mistakes.join('\n')).toContain('[1] is not an object');
  });

  it('counts an empty value as a missing one', () => {
    expect(mistakesOf({ PORT: '', API_KEY: 'very-secret-key' })).toEqual([expect.stringMatching(/^PORT: is missing/)]);
  });

  it('reads a secret from the file that `_FILE` names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'key');
    writeFileSync(file, 'from-a-file\n');
    expect(loadSettings(Example, { PORT: '1', API_KEY_FILE: file }).apiKey).toBe('from-a-file');
    expect(mistakesOf({ PORT: '1', API_KEY_FILE: `${file}.missing` })).toEqual([
      expect.stringContaining('API_KEY_FILE cannot be read'),
    ]);
  });

  it('describes itself for the example file', () => {
    expect(describeSettings(Example).map(({ name, secret }) => [name, secret])).toEqual([
      ['PORT', false],
      ['API_KEY', true],
      ['RECORD_CALLS', false],
      ['COLOUR', false],
      ['HOSTS', false],
      ['PUBLIC_URL', false],
      ['MAILBOXES', false],
    ]);
  });
});
