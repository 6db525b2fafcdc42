import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What people looked at, searched, took away and changed. \`xid\` and \`position\`: as in the journal.
  `create table trail_entry (
    id uuid primary key,
    position bigint generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    administration_id uuid not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id uuid not null,
    act text not null check (act in ('looked', 'searched', 'exported', 'changed')),
    operation text not null,
    subject_kind text not null,
    subject_id uuid,
    case_id uuid,
    fields text[] not null,
    words_digest bytea
  )`,
  `create index trail_entry_stream on trail_entry (administration_id, xid, position)`,
  `create index trail_entry_newest on trail_entry (administration_id, at desc, id desc)`,
  `create index trail_entry_case on trail_entry (case_id, at desc, id desc) where case_id is not null`,
  `create index trail_entry_subject on trail_entry (subject_id, at desc, id desc) where subject_id is not null`,
  `create index trail_entry_actor on trail_entry (actor_id, at desc, id desc)`,
  // The words of a search are somebody's name, as a rule: they go when their time is over, and the trail stays true without.
  `create table searched_words (
    entry_id uuid primary key references trail_entry,
    salt bytea not null,
    words text not null
  )`,
  `create table trail_seal (
    administration_id uuid not null,
    day date not null,
    number integer not null,
    source text not null check (source in ('journal', 'entries')),
    rows uuid[] not null,
    digests bytea not null,
    at timestamptz not null,
    previous bytea not null,
    hash bytea not null,
    primary key (administration_id, day, number),
    check (octet_length(digests) = 32 * cardinality(rows))
  )`,
  // Where the chain of an administration ends, and how far each source is sealed.
  `create table trail_head (
    administration_id uuid primary key,
    day date,
    number integer,
    hash bytea not null,
    journal_xid xid8 not null default '0',
    journal_position bigint not null default 0,
    entries_xid xid8 not null default '0',
    entries_position bigint not null default 0
  )`,
  `create table trail_anchor (
    id uuid primary key,
    administration_id uuid not null,
    day date not null,
    number integer not null,
    hash bytea not null,
    at timestamptz not null,
    key text,
    signature bytea,
    driver text not null,
    state text not null check (state in ('waiting', 'held')),
    tries integer not null default 0,
    next_try_at timestamptz,
    trouble text,
    receipt bytea,
    held_at timestamptz,
    unique (administration_id, day, number, driver)
  )`,
  `create index trail_anchor_waiting on trail_anchor (next_try_at) where state = 'waiting'`,
  `create function trail_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'the trail is append-only' using errcode = 'restrict_violation';
  end $$`,
  ...['trail_entry', 'trail_seal'].flatMap(table => [
    `create trigger ${table}_append_only before update or delete on ${table}
      for each row execute function trail_is_append_only()`,
    `create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function trail_is_append_only()`,
  ]),
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert on trail_entry, trail_seal to filodiretto_app;
      grant select, insert, delete on searched_words to filodiretto_app;
      grant select, insert, update on trail_head, trail_anchor to filodiretto_app;
    end if;
  end $$`,
];

/** Who looked at what, sealed day by day together with the journal. */
export class Trail0190 implements MigrationInterface {
  readonly name = 'Trail1700000000190';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
