import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { instant } from '@filodiretto/contracts/model';
import { caseNumber, type Command } from '@filodiretto/domain';
import { v7 } from 'uuid';
import { ensureAdministration } from '../office/first-administration.js';
import { isRefused } from '../refused.js';
import { testDatabase, type TestDatabase } from '../testing.js';
import { CaseFile } from './case-file.entity.js';
import { CaseNumbers, yearOf } from './case-numbers.js';
import { caseOf } from './case-row.js';
import { firstBrokenVersion } from './journal-hash.js';
import { JournalEntry } from './journal.entity.js';
import { Ledger } from './ledger.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('the ledger', () => {
  const ledger = new Ledger();
  let database: TestDatabase;
  let administration: string;
  beforeAll(async () => {
    database = await testDatabase();
    await ensureAdministration(database.dataSource, 'Comune di prova', false);
    const [row]: { id: string }[] = await database.dataSource.query('select id from office');
    administration = row?.id ?? '';
  });
  afterAll(() => database.drop());

  const execute = (caseId: string, commands: readonly Command[], expectedVersion?: number) =>
    database.dataSource.transaction(manager =>
      ledger.execute(manager, {
        caseId,
        commands,
        cause: 'a request',
        expectedVersion,
        opening: { subject: 'Orari', channel: null, account: null, trackingHash: null },
      }),
    );
  const open = async (): Promise<string> => {
    const id = v7();
    const numbers = new CaseNumbers(database.dataSource);
    const [counter = 0] = await numbers.take(database.dataSource.manager, administration, yearOf(new Date()), 1);
    const opened = await execute(id, [
      {
        name: 'open',
        id,
        administration,
        number: caseNumber(yearOf(new Date()), counter),
        kind: 'information',
        priority: 'normal',
        by: { kind: 'system' },
      },
    ]);
    expect(isRefused(opened)).toBe(false);
    return id;
  };
  const journal = (caseId: string): Promise<JournalEntry[]> =>
    database.dataSource.getRepository(JournalEntry).find({ where: { caseId }, order: { version: 'ASC' } });
  const note = (text: string): Command => ({ name: 'addNote', note: text, by: { kind: 'system' } });

  it('writes the row, the journal and the outbox together, or none of them', async () => {
    const id = await open();
    await expect(
      database.dataSource.transaction(async manager => {
        await ledger.execute(manager, { caseId: id, commands: [note(v7())], cause: null });
        throw new Error('the caller failed');
      }),
    ).rejects.toThrow('the caller failed');
    expect(await journal(id)).toHaveLength(1);
    const file = await database.dataSource.getRepository(CaseFile).findOneByOrFail({ id });
    expect(file.version).toBe(1);
    const said: { payload: { version: number } }[] = await database.dataSource.query(
      'select payload from outbox where ordering = $1',
      [id],
    );
    expect(said.map(row => row.payload.version)).toEqual([1]);
  });

  it('refuses whoever has not seen what a person did, or saw what never was, and writes nothing', async () => {
    const id = await open();
    await execute(id, [{ name: 'addNote', note: 'one', by: { kind: 'operator', id: v7() } }]);
    expect(await execute(id, [note('two')], 1)).toMatchObject({ refused: 'version-stale' });
    expect(await execute(id, [note('two')], 3)).toMatchObject({ refused: 'version-stale' });
    expect(await journal(id)).toHaveLength(2);
  });

  it('lets a change be that was meant for the case before what machines wrote of it', async () => {
    const id = await open();
    const warn: Command = {
      name: 'warnDeadline',
      clock: 'resolution',
      dueAt: instant(new Date()),
      by: { kind: 'system' },
    };
    await execute(id, [note('of a rule'), warn]);
    const priority: Command = { name: 'changePriority', priority: 'high', by: { kind: 'operator', id: v7() } };
    expect(await execute(id, [priority], 1)).toMatchObject({ version: 4, priority: 'high' });
    expect(await execute(id, [warn], 3)).toMatchObject({ refused: 'version-stale' });
  });

  it('counts every fact of a case of which it is not known which of them matter', async () => {
    const id = await open();
    await database.dataSource.query('update case_file set changed_version = null where id = $1', [id]);
    await execute(id, [note('of a rule')]);
    expect(await execute(id, [note('two')], 1)).toMatchObject({ version: 3 });
    await database.dataSource.query('update case_file set changed_version = null where id = $1', [id]);
    expect(await execute(id, [note('three')], 2)).toMatchObject({ refused: 'version-stale' });
  });

  it('carries out none of the commands when one of them is refused', async () => {
    const id = await open();
    const takeCharge: Command = { name: 'takeCharge', by: { kind: 'operator', id: v7() } };
    expect(await execute(id, [note('first'), takeCharge])).toMatchObject({ refused: 'transition-not-allowed' });
    expect(await journal(id)).toHaveLength(1);
  });

  it('gives twenty changes at the same time twenty versions, in one unbroken chain', async () => {
    const id = await open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => execute(id, [note(`note ${index}`)])));
    const entries = await journal(id);
    expect(entries.map(entry => entry.version)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(firstBrokenVersion(id, entries)).toBeUndefined();
  });

  it('names the first entry that was altered, left out or put elsewhere', async () => {
    const id = await open();
    await execute(id, [note('a'), note('b'), note('c')]);
    const entries = await journal(id);
    expect(firstBrokenVersion(id, entries.with(2, { ...entries[2], data: { note: 'x' } }))).toBe(3);
    expect(firstBrokenVersion(id, entries.toSpliced(1, 1))).toBe(3);
    expect(firstBrokenVersion(v7(), entries)).toBe(1);
  });

  it.each(['update journal set cause = null', 'delete from journal', 'truncate journal'])(
    'has a journal that refuses "%s"',
    async statement => {
      await open();
      await expect(database.dataSource.query(statement)).rejects.toThrow('append-only');
    },
  );

  it('reads back from its row the case that the rules decided', async () => {
    const id = await open();
    const file = await execute(id, [{ name: 'changePriority', priority: 'high', by: { kind: 'system' } }]);
    if (isRefused(file)) throw new Error(file.detail);
    const stored = await database.dataSource.getRepository(CaseFile).findOneByOrFail({ id });
    expect(caseOf(stored)).toEqual(caseOf(file));
    expect(stored.journalHash.equals(file.journalHash)).toBe(true);
  });

  it('never gives a case number twice, to whoever asks at the same time', async () => {
    const taken = await Promise.all(
      Array.from({ length: 20 }, () =>
        new CaseNumbers(database.dataSource).take(database.dataSource.manager, administration, 2031, 5),
      ),
    );
    expect(new Set(taken.flat()).size).toBe(100);
  });

  it('is the only one that writes cases, journal and outbox', () => {
    const source = join(import.meta.dirname, '..');
    const writes =
      /(insert\s+into|update|delete\s+from)\s+(case_file|journal|outbox)\b|(insertAll|updateAll)\(\s*\S+,\s*'(case_file|journal|outbox)'|\.(save|insert|update|upsert|delete|remove)\((CaseFile|JournalEntry|OutboxRow)\b/;
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      name => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.startsWith('migrations/'),
    );
    const writers = files.filter(name => writes.test(readFileSync(join(source, name), 'utf8')));
    // The relay only removes what the bus holds; erasure only empties words, and the ledger writes the fact of it.
    expect(writers.sort()).toEqual(['case/ledger.ts', 'outbox/relay.ts', 'retention/rows.ts']);
  });
});
