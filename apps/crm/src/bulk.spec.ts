import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { insertAll, updateAll } from './bulk.js';
import { testDatabase, type TestDatabase } from './testing.js';

describe('rows written by one statement', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await database.dataSource.query(
      `create table awkward (id uuid primary key, words text, many text[], numbers smallint[], document jsonb, old json, bytes bytea,
         at timestamptz, day date, amount double precision, big bigint, yes boolean, usual text default 'usual')`,
    );
  });
  afterAll(() => database.drop());

  const read = async (id: string): Promise<Record<string, unknown> | undefined> => {
    const [row]: Record<string, unknown>[] = await database.dataSource.query(
      'select *, day::text as day, big::text as big from awkward where id = $1',
      [id],
    );
    return row;
  };
  const AWKWARD = [
    'plain',
    '',
    'NULL',
    'null',
    '{}',
    '{a,b}',
    'a "quoted" word, and a comma',
    'back\\slash \\" and \\\\',
    "l'ufficio è chiuso",
    'first\nsecond\ttab',
    '$1 $2 \\x00 %s',
    '𝓯ilo ☎ ñ',
  ];

  it.each(AWKWARD)('keeps what was said as it was said: %j', async words => {
    const row = {
      id: v7(),
      words,
      many: [words, 'other', words],
      numbers: [1, -2],
      document: { words, list: [words, null, { [`key ${words}`]: 1.5 }] },
      old: [words],
      bytes: Buffer.from(words),
      at: new Date('2026-11-25T10:11:12.345Z'),
      day: '2026-12-31',
      amount: 0.1,
      big: '9007199254740993',
      yes: true,
    };
    await database.dataSource.transaction(async manager => {
      await insertAll(manager, 'awkward', [{ id: v7(), words: 'first' }, row, { id: v7(), document: 'text' }]);
    });
    expect(await read(row.id)).toEqual({ ...row, usual: 'usual' });
    const other = {
      ...row,
      words: `${words}!`,
      many: [],
      document: [words],
      bytes: Buffer.from([0, 92, 34]),
      yes: false,
    };
    await database.dataSource.transaction(manager => updateAll(manager, 'awkward', [other]));
    expect(await read(row.id)).toEqual({ ...other, usual: 'usual' });
  });

  it('takes what is absent for null, and gives what nobody speaks of its usual value', async () => {
    const [first, second] = [v7(), v7()];
    await database.dataSource.transaction(manager =>
      insertAll(manager, 'awkward', [
        { id: first, words: 'one', document: null, many: null, at: undefined },
        { id: second, big: 7n },
      ]),
    );
    const nothing = { bytes: null, numbers: null, old: null, day: null, amount: null, yes: null };
    const rest = { ...nothing, usual: 'usual', document: null, many: null, at: null };
    expect(await read(first)).toEqual({ id: first, words: 'one', big: null, ...rest });
    expect(await read(second)).toEqual({ id: second, words: null, big: '7', ...rest });
  });
});
