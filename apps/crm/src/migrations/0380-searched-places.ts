import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Where a case is stands after what `search_add` looks at, which goes on adding to it.
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
        || to_tsvector('filodiretto', concat_ws(E'\\n', said.words, held.words, p.address)),
      lower(unaccent(concat_ws(E'\\n', c.number, k.names, k.addresses, p.address, search_codes(concat_ws(E'\\n', c.subject, said.words, held.words)))))
    from case_file c
    left join lateral search_names(c.contact_id) k on true
    left join case_place p on p.case_id = c.id
    left join lateral (select search_fields(c.id) as words) held on true
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
  `insert into search_stale select case_id from case_place where address is not null on conflict do nothing`,
];

/** Cases are found by part of the address of their place, whoever said it. */
export class SearchedPlaces0380 implements MigrationInterface {
  readonly name = 'SearchedPlaces1700000000380';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
