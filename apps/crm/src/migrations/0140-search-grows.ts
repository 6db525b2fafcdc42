import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lexemes from which a document is made again, of the last messages only, rather than grown. */
const GROWN = 3_000;

const STATEMENTS = [
  // Adds what some messages say to what is searched of their cases. Gives the cases that must be read whole instead: those not
  // searched yet, those whose people or addresses are others now, and those that have grown large. A row is locked before it is
  // read: who waits for another writer sees what that one wrote.
  `create function search_add(cases uuid[], messages uuid[]) returns setof uuid language plpgsql as $$
  begin
    perform from search_case where case_id = any(cases) order by case_id for no key update;
    return query
    with asked as (
      select a.id, array_agg(a.message_id) as messages from unnest(cases, messages) a(id, message_id) group by a.id
    ), found as materialized (
      select a.id, w.words, coalesce(length(s.document) < ${GROWN}
        and (s.keys = known.keys or starts_with(s.keys, known.keys || E'\\n')), false) as grows
      from asked a join case_file c on c.id = a.id left join search_case s on s.case_id = a.id
      left join lateral search_names(c.contact_id) k on true
      cross join lateral (select lower(unaccent(concat_ws(E'\\n', c.number, k.names, k.addresses))) as keys) known
      left join lateral (
        select string_agg(left(m.text, 20000), E'\\n' order by m.sent_at desc, m.seq desc) as words from message m
        where m.id = any(a.messages) and m.case_id = a.id and m.copy_of is null) w on true
    ), grown as (
      update search_case s set document = s.document || to_tsvector('filodiretto', f.words),
        keys = concat_ws(E'\\n', s.keys, lower(unaccent(search_codes(f.words))))
      from found f where f.id = s.case_id and f.grows and f.words is not null
    )
    select f.id from found f where not f.grows;
  end $$`,
];

/** What is said in a case is added to what is searched of it: the case is not read again. */
export class SearchGrows0140 implements MigrationInterface {
  readonly name = 'SearchGrows1700000000140';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
