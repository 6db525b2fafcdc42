import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { STATE_BUCKET } from '@filodiretto/contracts';
import { TestCore } from '../testing.js';
import { FOLDERS, STREAMS, TABLES } from './classification.js';

jest.setTimeout(90_000);

/** Types that hold no words: nothing of a person can be in them but by what they refer to. */
const WORDLESS = [
  'uuid',
  'boolean',
  'smallint',
  'integer',
  'bigint',
  'date',
  'interval',
  'xid8',
  'timestamp with time zone',
  'uuid[]',
];

describe('what may hold something of a citizen', () => {
  let core: TestCore;
  beforeAll(async () => {
    core = await TestCore.start();
  });
  afterAll(() => core.stop());

  it('is known of every column of every table', async () => {
    const columns: { name: string; wordless: boolean }[] = await core.query(
      `select c.relname || '.' || a.attname as name, format_type(a.atttypid, null) = any($1::text[]) as wordless
       from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
      [WORDLESS],
    );
    const classified = Object.entries(TABLES).flatMap(([table, { personal = '', staff = '', ours = '' }]) =>
      [personal, staff, ours].flatMap(names => names.split(' ').filter(Boolean)).map(name => `${table}.${name}`),
    );
    expect(new Set(classified).size).toBe(classified.length);
    const there = new Set(columns.map(column => column.name));
    expect(classified.filter(name => !there.has(name))).toEqual([]);
    expect(columns.filter(column => !column.wordless && !classified.includes(column.name))).toEqual([]);
  });

  it('is known of every table, also of one without words', async () => {
    const tables: { name: string }[] = await core.query(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    expect(tables.map(table => table.name).filter(name => !(name in TABLES))).toEqual([]);
  });

  it('is known of every stream, and those that hold it let it be destroyed', async () => {
    await core.bus.bucket(STATE_BUCKET);
    for await (const { config } of core.bus.manager.streams.list()) {
      expect(Object.keys(STREAMS)).toContain(config.name);
      if (STREAMS[config.name] === 'personal')
        expect({ stream: config.name, kept: config.deny_delete && config.deny_purge }).toEqual({
          stream: config.name,
          kept: false,
        });
    }
  });

  it('is known of every folder of the store', () => {
    expect(readdirSync(core.blobs).filter(name => !(name in FOLDERS))).toEqual([]);
  });
});
