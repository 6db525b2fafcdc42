import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create extension if not exists unaccent`,
  `create extension if not exists pg_trgm`,
  `create extension if not exists btree_gin`,
  // Italian as people type it: with and without accents is the same word.
  `create text search configuration filodiretto (copy = italian)`,
  `alter text search configuration filodiretto alter mapping for hword, hword_part, word with unaccent, italian_stem`,
  // They cost every message that was taken in; search has its own table, written afterwards.
  `drop index message_text`,
  `drop index case_file_subject`,
  // How far each reader of the journal has come, in each administration.
  `create table journal_reader (
    name text not null,
    administration_id uuid not null references office,
    xid xid8 not null default '0',
    position bigint not null default 0,
    primary key (name, administration_id)
  )`,
  // A month of an administration. Search looks at one after the other, the newest first, and stops when it has a page.
  `create table search_bucket (
    id integer generated always as identity primary key,
    administration_id uuid not null references office,
    month date not null,
    unique (administration_id, month)
  )`,
  // What is searched of a case; everything in it can be made again from the other tables.
  `create table search_case (
    case_id uuid primary key references case_file,
    bucket integer not null references search_bucket,
    opened_at timestamptz not null,
    document tsvector not null,
    keys text not null
  )`,
  // The list of entries still to be sorted in is read by every search: it is kept short.
  `create index search_case_found on search_case using gin (bucket, document, keys gin_trgm_ops)
    with (gin_pending_list_limit = 256)`,
  `create table search_contact (
    contact_id uuid primary key references contact,
    bucket integer not null references search_bucket,
    created_at timestamptz not null,
    keys text not null
  )`,
  `create index search_contact_found on search_contact using gin (bucket, keys gin_trgm_ops)
    with (gin_pending_list_limit = 256)`,
  // Cases whose search row is to be written again although their journal says nothing new.
  `create table search_stale (case_id uuid primary key references case_file)`,
  `create function search_bucket_of(administration uuid, at timestamptz) returns integer language sql stable as $$
    select b.id from search_bucket b
    where b.administration_id = administration and b.month = date_trunc('month', at at time zone 'utc')::date $$`,
  // The names and addresses of a contact, or of the one it was merged into.
  `create function search_names(contact uuid, out names text, out addresses text) language sql stable as $$
    select string_agg(distinct coalesce(a.display_name, k.name), E'\\n'), string_agg(a.value, E'\\n')
    from contact asked join contact k on k.id = coalesce(asked.merged_into, asked.id)
    left join contact_address a on a.contact_id = k.id
    where asked.id = contact $$`,
  // Writes what is searched of some cases and of whose they are. A case is searched by its title, by whose it is, and by the
  // last two hundred messages and notes, of each the first twenty thousand characters.
  `create function search_write(cases uuid[]) returns void language sql as $$
    insert into search_bucket (administration_id, month)
    select distinct c.administration_id, date_trunc('month', t.at at time zone 'utc')::date
    from case_file c left join contact k on k.id = c.contact_id cross join lateral (values (c.opened_at), (k.created_at)) t(at)
    where c.id = any(cases) and t.at is not null
    order by 1, 2
    on conflict do nothing;

    insert into search_case (case_id, bucket, opened_at, document, keys)
    select c.id, search_bucket_of(c.administration_id, c.opened_at), c.opened_at,
      setweight(to_tsvector('filodiretto', c.subject), 'A') || setweight(to_tsvector('filodiretto', coalesce(k.names, '')), 'B')
        || to_tsvector('filodiretto', coalesce(said.words, '')),
      lower(unaccent(concat_ws(E'\\n', c.number, k.names, k.addresses)))
    from case_file c
    left join lateral search_names(c.contact_id) k on true
    left join lateral (
      select string_agg(w.words, E'\\n') as words from (
        (select left(m.text, 20000) as words from message m
         where m.case_id = c.id and m.copy_of is null order by m.sent_at desc, m.seq desc limit 200)
        union all
        (select left(i.text, 20000) from internal_note i where i.case_id = c.id order by i.created_at desc limit 200)
      ) w) said on true
    where c.id = any(cases)
    order by c.id
    on conflict (case_id) do update set document = excluded.document, keys = excluded.keys
      where (search_case.document, search_case.keys) is distinct from (excluded.document, excluded.keys);

    insert into search_contact (contact_id, bucket, created_at, keys)
    select k.id, search_bucket_of(k.administration_id, k.created_at), k.created_at,
      lower(unaccent(concat_ws(E'\\n', n.names, n.addresses)))
    from contact k cross join lateral search_names(k.id) n
    where k.merged_into is null and k.id in (
      select coalesce(o.merged_into, o.id) from contact o join case_file c on c.contact_id = o.id where c.id = any(cases))
      and search_bucket_of(k.administration_id, k.created_at) is not null
    order by k.id
    on conflict (contact_id) do update set keys = excluded.keys where search_contact.keys <> excluded.keys;
  $$`,
  // The desk's lists, each by its own index: the newest of those that are still open.
  `create index case_file_open on case_file (administration_id, opened_at desc, id desc)
    where state not in ('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')`,
  `create index case_file_office_open on case_file (office_id, opened_at desc, id desc)
    where state not in ('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')`,
  `drop index case_file_assignee`,
  `create index case_file_assignee on case_file (assignee_id, opened_at desc, id desc) where assignee_id is not null`,
  `drop index case_file_contact`,
  `create index case_file_contact on case_file (contact_id, opened_at desc, id desc)`,
  `create index case_file_category on case_file (category_id, opened_at desc, id desc) where category_id is not null`,
  `create index case_file_state on case_file (administration_id, state, opened_at desc, id desc)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on journal_reader, search_bucket, search_case, search_contact, search_stale to filodiretto_app;
    end if;
  end $$`,
];

/** Search in cases, messages and contacts, and the lists of the desk, at a million cases. */
export class Search0060 implements MigrationInterface {
  readonly name = 'Search1700000000060';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
