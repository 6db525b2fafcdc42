import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { ASKS, EVENTS, type EventType } from '@filodiretto/contracts';
import { parse } from 'yaml';
import { addressOf, addressOfAsk, asyncapi } from './asyncapi.js';
import { pageOf as capabilitiesPage } from './capabilities.js';
import { exampleOf } from './environment.js';
import { pageOf as lifeCyclePage } from './life-cycle.js';
import { differences, writeAll } from './output.js';

const filled = (address: string): string =>
  address.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'partition' ? '3' : name));

describe('the description of the bus', () => {
  it('names the subjects that the bus builds', () => {
    const built: Record<EventType, string> = {
      'message.received.v1': subjects.in(3, 'channel', 'account', 'message'),
      'message.progressed.v1': subjects.in(3, 'channel', 'account', 'progress'),
      'reception.unreadable.v1': subjects.in(3, 'channel', 'account', 'unreadable'),
      'reception.empty.v1': subjects.in(3, 'channel', 'account', 'empty'),
      'message.queued.v1': subjects.out('channel', 'account'),
      'case.changed.v1': subjects.event('case', 'fact', 'id'),
      'message.changed.v1': subjects.event('message', 'fact', 'id'),
      'call.changed.v1': subjects.event('call', 'fact', 'id'),
      'offer.changed.v1': subjects.event('offer', 'fact', 'id'),
    };
    const described = Object.fromEntries(
      (Object.keys(EVENTS) as EventType[]).map(type => [type, filled(addressOf(type))]),
    );
    expect(described).toEqual(built);
  });
  it('names the questions that the bus asks', () => {
    expect((Object.keys(ASKS) as (keyof typeof ASKS)[]).map(name => filled(addressOfAsk(name))).sort()).toEqual(
      [
        subjects.ask('claim'),
        subjects.ask('tracking'),
        subjects.ask('attendance'),
        subjects.askChannel('channel', 'read-again'),
        subjects.askChannel('channel', 'fetch-again'),
        subjects.askChannel('channel', 'check-connections'),
      ].sort(),
    );
  });
  it('has every event with its schema, every reference in it leads somewhere, and twice it is the same', async () => {
    const { text } = await asyncapi('1.2.3');
    expect((await asyncapi('1.2.3')).text).toBe(text);
    const document = parse(text) as {
      components: { messages: Record<string, { name: string }>; schemas: Record<string, unknown> };
    };
    const names = Object.values(document.components.messages).map(message => message.name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(EVENTS)));
    const references = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(match => match[1] ?? '');
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter(name => !(name in document.components.schemas))).toEqual([]);
  });
});

describe('the example configuration', () => {
  const text = exampleOf([
    {
      title: 'One',
      settings: [
        { name: 'PORT', description: 'Port', kind: 'whole', secret: false, optional: false },
        { name: 'KEY', description: 'Key', kind: 'text', secret: true, optional: false, default: 'hush' },
        {
          name: 'LEVEL',
          description: 'Level',
          kind: 'choice',
          secret: false,
          optional: false,
          default: 'info',
          values: ['info', 'warn'],
        },
      ],
    },
  ]);
  it('leaves a required setting open and comments one that has a default', () => {
    expect(text).toContain('\nPORT=\n');
    expect(text).toContain('\n# LEVEL=info\n');
    expect(text).toContain('one of info, warn');
  });
  it('never shows the value of a secret', () => {
    expect(text).not.toContain('hush');
  });
});

describe('the page of the life cycle', () => {
  const rows = {
    open: { facts: ['opened'], from: [], to: ['received'], by: ['contact'] },
    reject: { facts: ['rejected'], from: ['received', 'triage'], to: ['rejected'], by: ['operator'] },
    extend: { facts: ['extended'], from: ['received'], to: [], by: ['operator'] },
  } as const;
  it('draws a road for each change of state, and none for a command that changes nothing', () => {
    const page = lifeCyclePage(rows);
    expect(page).toContain('[*] --> received: open');
    expect(page).toContain('triage --> rejected: reject');
    expect(page).not.toMatch(/-->.*extend/);
    expect(page).toContain('| `extend` | `extended` | `received` | unchanged | operator |');
  });
});

describe('the page of capabilities', () => {
  it('leaves empty what a channel does not say it can do', () => {
    const page = capabilitiesPage([
      {
        folder: 'a',
        config: Object,
        manifest: { id: 'a', name: 'Uno', capabilities: { reply: true, text: { maxLength: 4096 } } },
      },
      { folder: 'b', config: Object, manifest: { id: 'b', name: 'Due', capabilities: { reply: false } } },
    ]);
    expect(page).toContain('| `reply` | yes |  |');
    expect(page).toContain('| `text.maxLength` | 4,096 |  |');
  });
});

describe('freshness', () => {
  it('a file that was edited or is missing is told, with its first line that differs', () => {
    const root = mkdtempSync(join(tmpdir(), 'generated-'));
    writeAll(root, [
      { path: 'a/same.md', text: 'x\n' },
      { path: 'b.md', text: 'one\ntwo edited\n' },
    ]);
    const faults = differences(root, [
      { path: 'a/same.md', text: 'x\n' },
      { path: 'b.md', text: 'one\ntwo\n' },
      { path: 'c.md', text: '' },
    ]);
    expect(faults).toHaveLength(2);
    expect(faults[0]).toContain('line 2, committed: two edited');
    expect(faults[1]).toContain('c.md is missing');
  });
});
