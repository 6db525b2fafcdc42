import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A word of letters and digits together. */
const CODE = String.raw`\m(?=[[:alnum:]]*[[:digit:]])(?=[[:alnum:]]*[[:alpha:]])[[:alnum:]]{4,32}\M`;

const STATEMENTS = [
  // The codes that a text has, each once: of meters, of practices, of tickets. The parser of full text takes some of them for a
  // part of a path, a host or a number, and knows none of them by a part.
  `create function search_codes(words text) returns text language sql immutable parallel safe as $$
    select string_agg(c.code, E'\\n' order by c.code) from (
      select distinct lower(m[1]) as code from regexp_matches(left(words, 200000), '(${CODE})', 'g') m limit 100) c $$`,
  `create or replace function search_write(cases uuid[]) returns void language sql as $$
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
      lower(unaccent(concat_ws(E'\\n', c.number, k.names, k.addresses, search_codes(concat_ws(E'\\n', c.subject, said.words)))))
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
  `insert into search_stale select case_id from search_case on conflict do nothing`,
];

/** A code that somebody wrote is found whole or by a part, whatever stands around it. */
export class Codes0120 implements MigrationInterface {
  readonly name = 'Codes1700000000120';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
