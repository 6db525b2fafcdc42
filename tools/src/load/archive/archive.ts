import pg from 'pg';
import { CannotGoOn, type Tell } from '../../runtime/words.js';
import { CASES, CONTACTS, DONE, MONTHS, PARSED, READ, ROWS, TOOLS } from './statements.js';
import { names, sentences } from './vocabulary.js';

/** Its seed: the same archive each time. */
const SEED = 2026;
const SENTENCES = 100_000;
const PEOPLE = 40_000;
/** Cases written by one statement. */
const PIECE = 50_000;
const CONTACTS_PER_CASE = 0.6;
/** As many as the two cores that it is meant for. */
const LANES = 2;
/** More cases than this are somebody's work: no archive is put on top of them. */
const MAX_FOUND = 10_000;
/** The tables that it fills, the largest first. */
const TABLES = [
  'search_case',
  'message',
  'journal',
  'search_contact',
  'case_file',
  'conversation',
  'contact_address',
  'contact',
  'deadline',
  'work_item',
];

/** How many cases, opened over how many years: what a search costs goes by how many a month has. */
export interface ArchiveAsked {
  readonly cases: number;
  readonly years: number;
}

export interface ArchiveSize {
  readonly cases: number;
  readonly messages: number;
}

/**
 * Fills a migrated database with some years of an administration's cases: contacts, conversations, five messages a case on
 * average in invented words as frequent as people's own, journal and search. Indexes are taken away first and made again at
 * the end: for a database that nobody works in meanwhile. A superuser's way in spares the checks of foreign keys, which is most
 * of the time. Throws `CannotGoOn` when it holds somebody's work.
 */
export async function fillArchive(url: string, { cases, years }: ArchiveAsked, tell: Tell): Promise<ArchiveSize> {
  const pool = new pg.Pool({ connectionString: url, max: LANES + 1 });
  try {
    return await new Archive(pool, { cases, years }, tell).fill();
  } finally {
    await pool.end();
  }
}

type Values = Readonly<Record<string, string | number>>;

/** The statement with its numbers and ids in place of their names. */
const withValues = (statement: string, values: Values): string =>
  statement.replaceAll(/(?<!\$)\$([a-z]+)\b/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );

class Archive {
  constructor(
    private readonly pool: pg.Pool,
    private readonly asked: ArchiveAsked,
    private readonly tell: Tell,
  ) {}

  async fill(): Promise<ArchiveSize> {
    const administration = await this.administration();
    for (const statement of TOOLS) await this.pool.query(statement);
    await this.words();
    await this.offices(administration);
    const contacts = Math.max(1, Math.ceil(this.asked.cases * CONTACTS_PER_CASE));
    const values = {
      administration: `'${administration}'::uuid`,
      cases: this.asked.cases,
      days: Math.ceil(this.asked.years * 365.25),
      contacts,
      sentences: SENTENCES,
      people: PEOPLE,
    };
    await this.inLanes(PARSED, 'words', statement => this.query(statement));
    await this.query('vacuum analyze archive.sentence, archive.person, archive.category, archive.office');
    await this.query(withValues(MONTHS, values));
    const again = await this.takeIndexesAway();
    await this.pieces(contacts, 'contacts', CONTACTS, values);
    await this.pieces(this.asked.cases, 'cases', [CASES, ...ROWS, DONE], values);
    await this.inLanes(again, 'indexes', statement => this.query(statement));
    await this.query(withValues(READ, values));
    await this.pool.query('drop schema archive cascade');
    await this.inLanes(TABLES, 'statistics', table => this.query(`vacuum analyze ${table}`));
    await this.query('analyze');
    const { rows } = await this.pool.query<{ cases: string; messages: string }>(
      'select (select count(*) from case_file) as cases, (select count(*) from message) as messages',
    );
    return { cases: Number(rows[0]?.cases), messages: Number(rows[0]?.messages) };
  }

  private async administration(): Promise<string> {
    const { rows } = await this.pool.query<{ id: string; found: boolean }>(
      `select o.id, (select count(*) > ${MAX_FOUND} from (select from case_file limit ${MAX_FOUND + 1}) c) as found
       from office o where o.kind = 'administration' order by o.id limit 1`,
    );
    const [row] = rows;
    if (!row) throw new CannotGoOn('The database has no administration: start the core on it first.');
    if (row.found) throw new CannotGoOn('The database holds cases already: give the archive one of its own.');
    return row.id;
  }

  private async words(): Promise<void> {
    const put = (table: string, column: string, list: readonly string[]): Promise<unknown> =>
      this.pool.query(
        `insert into archive.${table} (id, ${column}) select n - 1, w from unnest($1::text[]) with ordinality u(w, n)`,
        [list],
      );
    await put('sentence', 'words', sentences(SENTENCES, SEED));
    await put('person', 'name', names(PEOPLE, SEED));
  }

  /** Categories with the office that answers for each, and somebody who works there. */
  private async offices(administration: string): Promise<void> {
    await this.pool.query(
      `insert into archive.category select row_number() over (order by g.code) - 1, g.id, g.kind, g.office_id
       from category g where g.administration_id = $1 and g.office_id is not null`,
      [administration],
    );
    await this.pool.query(
      `insert into archive.office select row_number() over (order by o.code) - 1, o.id,
         (select p.id from operator p where p.office_id = o.id order by p.code limit 1)
       from office o where o.administration_id = $1`,
      [administration],
    );
  }

  /**
   * Drops the indexes and unique keys of the large tables. Gives the statements that make them again, those that take longest
   * first: two are made at once, and neither waits for the other at the end.
   */
  private async takeIndexesAway(): Promise<string[]> {
    const { rows: keys } = await this.pool.query<{ name: string; on: string; definition: string }>(
      `select quote_ident(c.conname) as name, c.conrelid::regclass::text as on, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c where c.contype = 'u' and c.conrelid = any($1::regclass[])`,
      [TABLES],
    );
    for (const { name, on } of keys) await this.pool.query(`alter table ${on} drop constraint ${name}`);
    const { rows: indexes } = await this.pool.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
       where i.indrelid = any($1::regclass[]) and not i.indisprimary
       order by a.amname <> 'gin', array_position($1::regclass[], i.indrelid::regclass)`,
      [TABLES],
    );
    for (const { name } of indexes) await this.pool.query(`drop index ${name}`);
    return [
      ...indexes.map(({ definition }) => definition),
      ...keys.map(({ name, on, definition }) => `alter table ${on} add constraint ${name} ${definition}`),
    ];
  }

  private async pieces(count: number, what: string, statements: readonly string[], values: Values): Promise<void> {
    const pieces = Array.from({ length: Math.ceil(count / PIECE) }, (_, piece) => piece);
    await this.inLanes(pieces, what, async piece => {
      const ofPiece = { ...values, piece, first: piece * PIECE + 1, last: Math.min(count, (piece + 1) * PIECE) };
      for (const statement of statements) await this.query(withValues(statement, ofPiece));
    });
  }

  private async inLanes<T>(jobs: readonly T[], what: string, work: (job: T) => Promise<void>): Promise<void> {
    const began = performance.now();
    const waiting = [...jobs];
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await work(job);
      }),
    );
    this.tell(`Archive: ${what} in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
  }

  /** On a connection that leaves foreign keys unchecked where it may: every row is made with what it refers to. */
  private async query(statement: string): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query(
        `set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set synchronous_commit = off; set jit = off;
         set max_parallel_maintenance_workers = 0`,
      );
      await client.query(`set session_replication_role = replica`).catch(onlyForSuperusers);
      await client.query(statement);
    } finally {
      client.release();
    }
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';
function onlyForSuperusers(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
}
