import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // For whom the transaction at hand is: said by its first statement. Without it there is nobody, and nothing is equal to nobody.
  `create function acting_administration() returns uuid language sql stable parallel safe as
    $$ select nullif(current_setting('app.administration', true), '')::uuid $$`,
  `create function acting_operator() returns uuid language sql stable parallel safe as
    $$ select nullif(current_setting('app.operator', true), '')::uuid $$`,
  // The counters of case numbers are the owner's: whoever opens a case takes numbers, and cannot turn a counter back.
  `create function make_case_counter(administration uuid, in_year integer) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare counter text := 'case_number_' || replace(administration::text, '-', '') || '_' || in_year;
    begin
      if in_year not between 1900 and 9999 then raise exception 'not a year of cases: %', in_year; end if;
      perform pg_advisory_xact_lock(hashtext(counter));
      execute format('create sequence if not exists %I', counter);
    end $$`,
  `create function take_case_numbers(administration uuid, in_year integer, how_many integer) returns setof bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if current_setting('role') = 'filodiretto_app' and administration is distinct from acting_administration() then
        raise exception 'case numbers of another administration' using errcode = 'insufficient_privilege';
      end if;
      return query select nextval(('case_number_' || replace(administration::text, '-', '') || '_' || in_year)::regclass)
        from generate_series(1, how_many);
    end $$`,
  // Below a rule PostgreSQL looks up no words and no pieces of names by an index: it would show them to an operator it does not
  // trust. These give the ids alone, of months of who acts; whether a case is seen, the guarded table says to which they are joined.
  `create function is_acting_in(bucket_id integer) returns boolean language sql stable security definer
    set search_path = public, pg_temp as $$
      select current_setting('role') <> 'filodiretto_app' or exists (
        select from search_bucket b where b.id = bucket_id and b.administration_id = acting_administration()) $$`,
  `create function cases_with_words(bucket_id integer, words tsquery, pieces text[], before timestamptz, before_id uuid, until timestamptz)
    returns table (case_id uuid, opened_at timestamptz)
    language plpgsql stable security definer rows 200 set search_path = public, pg_temp as $$
    begin
      if not is_acting_in(bucket_id) then return; end if;
      if pieces is null then
        return query select s.case_id, s.opened_at from search_case s
          where s.bucket = bucket_id and s.document @@ words
            and (before is null or (s.opened_at, s.case_id) < (before, before_id)) and (until is null or s.opened_at <= until);
      else
        return query select s.case_id, s.opened_at from search_case s
          where s.bucket = bucket_id and (s.document @@ words or (s.keys like pieces[1] and s.keys like all (pieces)))
            and (before is null or (s.opened_at, s.case_id) < (before, before_id)) and (until is null or s.opened_at <= until);
      end if;
    end $$`,
  `create function contacts_with_pieces(bucket_id integer, pieces text[], before timestamptz, before_id uuid)
    returns table (contact_id uuid, created_at timestamptz)
    language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
    begin
      if not is_acting_in(bucket_id) then return; end if;
      return query select s.contact_id, s.created_at from search_contact s
        where s.bucket = bucket_id and s.keys like pieces[1] and s.keys like all (pieces)
          and (before is null or (s.created_at, s.contact_id) < (before, before_id));
    end $$`,
  `revoke all on function is_acting_in(integer), contacts_with_pieces(integer, text[], timestamptz, uuid),
    cases_with_words(integer, tsquery, text[], timestamptz, uuid, timestamptz) from public`,
  `grant execute on function contacts_with_pieces(integer, text[], timestamptz, uuid),
    cases_with_words(integer, tsquery, text[], timestamptz, uuid, timestamptz) to filodiretto_app, filodiretto_machine`,
  `revoke all on function make_case_counter(uuid, integer), take_case_numbers(uuid, integer, integer) from public`,
  `grant execute on function make_case_counter(uuid, integer) to filodiretto_machine`,
  `grant execute on function take_case_numbers(uuid, integer, integer) to filodiretto_app, filodiretto_machine`,
];

/** What row-level security asks. The rules themselves are in isolation/rules.ts. */
export class Isolation0200 implements MigrationInterface {
  readonly name = 'Isolation1700000000200';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
