/**
 * What the archive is made with: a schema of its own, dropped at the end. Everything follows from a number and a seed, so that
 * the same archive comes out each time.
 */
export const TOOLS = [
  `drop schema if exists archive cascade`,
  `create schema archive`,
  `create unlogged table archive.sentence (id integer primary key, words text not null, document tsvector, title tsvector)`,
  `create unlogged table archive.person (id integer primary key, name text not null, document tsvector)`,
  `create unlogged table archive.office (position integer primary key, id uuid not null, operator_id uuid)`,
  `create unlogged table archive.category (position integer primary key, id uuid not null, kind text not null, office_id uuid not null)`,
  // A number below `size`, always the same for the same `n` and `seed`.
  `create function archive.pick(n bigint, seed integer, size integer) returns integer language sql immutable parallel safe as
     $$ select ((hashint8extended(n, seed) & 9223372036854775807) % size)::integer $$`,
  // An id of version 7, of an instant, a number and a seed.
  `create function archive.id_of(at timestamptz, n bigint, seed integer) returns uuid language sql immutable parallel safe as
     $$ select encode(substr(int8send((extract(epoch from at) * 1000)::bigint), 3) || '\\x7a0c'::bytea
          || int8send(hashint8extended(n, seed) & 4611686018427387903 | -9223372036854775808), 'hex')::uuid $$`,
  // The words of texts one after the other, as their documents have them.
  `create aggregate archive.together(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '')`,
  // ISO/IEC 7064, MOD 11,10.
  `create function archive.check_digit(digits text) returns integer language plpgsql immutable parallel safe as $$
   declare product integer := 10; place integer;
   begin
     for place in 1 .. length(digits) loop
       product := (product + substr(digits, place, 1)::integer) % 10;
       product := (2 * case product when 0 then 10 else product end) % 11;
     end loop;
     return (11 - product) % 10;
   end $$`,
];

const PARSE = `update archive.sentence set document = to_tsvector('filodiretto', words),
  title = setweight(to_tsvector('filodiretto', left(words, 90)), 'A') where id % 2`;

/** Each sentence and name is parsed once: what is searched of a case is put together from them. */
export const PARSED = [
  `${PARSE} = 0`,
  `${PARSE} = 1`,
  `update archive.person set document = setweight(to_tsvector('filodiretto', name), 'B')`,
];

const CONTACT = `archive.id_of(timestamptz '2020-01-01', c.contact, 101)`;
const NUMBERED = `lateral (select extract(year from c.opened_at)::text as year, (1000000 + c.n)::text as counter) digits`;

/** The cases of a piece, from which its rows are made. */
export const CASES = `
  create unlogged table archive.piece_$piece as
  select c.*, archive.id_of(c.opened_at, c.n, 102) as id, archive.id_of(c.opened_at, c.n, 103) as conversation_id, ${CONTACT} as contact_id,
    digits.year || '-' || digits.counter || '-' || archive.check_digit(digits.year || digits.counter) as number,
    g.id as category_id, g.kind, g.office_id, t.version, t.version = 3 as ended, case when t.version > 1 then o.operator_id end as assignee_id,
    now() + interval '1 hour' * (24 + archive.pick(c.n, 13, 1416)) as due_at, upper(substr(md5('code ' || c.n), 1, 8)) as code,
    jsonb_build_object('kind', 'email', 'value', 'archivio-' || c.n || '@posta.example') as address,
    sha256(int8send(c.n * 4 + t.version)) as hash
  from (
    select c.*,
      case when age > 0.04 and luck >= 5 or luck < 300 and age <= 0.04
        then (array['closed', 'closed', 'closed', 'resolved', 'closed', 'closed', 'rejected', 'closed', 'withdrawn', 'closed'])[luck % 10 + 1]
        else (array['received', 'triage', 'assigned', 'assigned', 'in_charge', 'in_charge', 'in_charge', 'scheduled', 'waiting_citizen', 'waiting_third'])[luck % 10 + 1]
      end as state
    from (
      select n, 1 - n::float8 / $cases as age, archive.pick(n, 1, 1000) as luck,
        date_trunc('second', now()) - interval '1 hour' - (interval '1 day' * $days * (1 - n::float8 / $cases))
          - interval '1 second' * archive.pick(n, 2, 40) as opened_at,
        1 + archive.pick(n, 3, $contacts)::bigint as contact, 1 + archive.pick(n, 4, 9) as messages,
        archive.pick(n, 5, (select count(*)::integer from archive.category)) as category,
        (array['email', 'webform', 'whatsapp', 'phone', 'email'])[1 + archive.pick(n, 6, 5)] as channel,
        (array['normal', 'normal', 'normal', 'low', 'high', 'normal', 'urgent', 'normal'])[1 + archive.pick(n, 7, 8)] as priority,
        archive.pick(n, 8, $sentences) as title
      from generate_series($first::bigint, $last::bigint) n
    ) c
  ) c
  cross join ${NUMBERED}
  cross join lateral (select case when c.state in ('received', 'triage') then 1
    when c.state in ('closed', 'resolved', 'rejected', 'withdrawn') then 3 else 2 end as version) t
  join archive.category g on g.position = c.category
  left join archive.office o on o.id = g.office_id`;

const MAIL = `lower(replace(p.name, ' ', '.')) || '.' || c.contact || '@posta.example'`;
/** What somebody of the archive is reached by. */
const REACHED = `case c.contact % 3 when 0 then '+393' || lpad((c.contact * 7919 % 1000000000)::text, 9, '0') else ${MAIL} end`;
const KNOWN_SINCE = `now() - interval '1 day' * $days * (1 - c.contact::float8 / $contacts)`;
const PEOPLE = `(select n as contact, archive.id_of(timestamptz '2020-01-01', n, 101) as id
  from generate_series($first::bigint, $last::bigint) n) c join archive.person p on p.id = archive.pick(c.contact, 9, $people)`;

/** People of the archive, and what is searched of them. */
export const CONTACTS = [
  `insert into contact (id, administration_id, name, created_at) select c.id, $administration, p.name, ${KNOWN_SINCE} from ${PEOPLE}`,
  `insert into contact_address (id, administration_id, contact_id, kind, value, display_name, verified, created_at)
   select archive.id_of(timestamptz '2020-01-01', c.contact, 104), $administration, c.id,
     case c.contact % 3 when 0 then 'phone' else 'email' end, ${REACHED}, p.name, false, ${KNOWN_SINCE}
   from ${PEOPLE}`,
  `insert into search_contact (contact_id, bucket, created_at, keys)
   select c.id, b.id, ${KNOWN_SINCE}, lower(unaccent(concat_ws(E'\\n', p.name, ${REACHED})))
   from ${PEOPLE} join search_bucket b on b.administration_id = $administration
     and b.month = date_trunc('month', (${KNOWN_SINCE}) at time zone 'utc')::date`,
];

/** The months in which the archive's cases were opened, and its people first written. */
export const MONTHS = `
  insert into search_bucket (administration_id, month)
  select $administration, generate_series(date_trunc('month', (now() - interval '1 day' * ($days + 2)) at time zone 'utc'),
    now() at time zone 'utc', '1 month')::date
  on conflict do nothing`;

/** The rows of a piece, from its cases. Whatever the journal says of them has the cause `archive`. */
export const ROWS = [
  `insert into case_file (id, administration_id, number, state, kind, category_id, office_id, assignee_id, priority, outcome, outcome_reason,
     subject, contact_id, channel, account, version, journal_hash, refusals, opened_at, taken_in_charge_at, ended_at, last_message_at, updated_at, next_due_at)
   select c.id, $administration, c.number, c.state, c.kind, c.category_id, c.office_id, c.assignee_id, c.priority,
     case when c.ended then 'positive' end, case when c.ended then 'done' end, left(s.words, 90), c.contact_id, c.channel, 'archivio', c.version,
     c.hash, 0, c.opened_at, case when c.version > 1 then c.opened_at + interval '5 hours' end, case when c.ended then c.opened_at + interval '9 days' end,
     c.opened_at + interval '7 hours' * (c.messages - 1), c.opened_at + interval '9 days', case when not c.ended then c.due_at end
   from archive.piece_$piece c join archive.sentence s on s.id = c.title`,
  `insert into conversation (id, administration_id, channel, account, key, contact_id, address, case_id, last_seq, last_inbound_at, created_at)
   select c.conversation_id, $administration, c.channel, 'archivio', 'archivio ' || c.n, c.contact_id, c.address, c.id, c.messages, c.opened_at, c.opened_at
   from archive.piece_$piece c`,
  // Messages, and what is searched of their cases: as `search_write` would make it, but for the places of words in a text.
  `with said as materialized (
     select c.n, k, c.opened_at + interval '7 hours' * (k - 1) as at,
       a.words || ' ' || b.words || coalesce(' ' || d.words, '') || case when k = 1 then ' Rif. ' || c.code else '' end as words,
       a.document || b.document || coalesce(d.document, '') || case when k = 1 then to_tsvector('filodiretto', 'Rif. ' || c.code) else '' end as document
     from archive.piece_$piece c cross join lateral generate_series(1, c.messages) k cross join lateral (select c.n * 16 + k as m) t
     join archive.sentence a on a.id = archive.pick(m, 10, $sentences)
     join archive.sentence b on b.id = archive.pick(m, 11, $sentences)
     left join archive.sentence d on m % 3 = 0 and d.id = archive.pick(m, 12, $sentences)
   ), written as (
     insert into message (id, administration_id, conversation_id, seq, case_id, contact_id, direction, author, channel, account, external_id, address,
       subject, content, text, visibility, send_state, send_rank, attempt, queued_at, left_at, delivered_at, sent_at, received_at, created_at)
     select archive.id_of(at, c.n * 16 + k, 105), $administration, c.conversation_id, k, c.id, c.contact_id,
       case when k % 2 = 1 then 'in' else 'out' end, case when k % 2 = 1 then 'contact' else 'operator' end, c.channel, 'archivio',
       'archivio-' || c.n || '-' || k, c.address, case when k = 1 then left(s.words, 90) end,
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', w.words)), w.words, 'parties',
       case when k % 2 = 0 then 'delivered' end, case when k % 2 = 0 then 6 end, case when k % 2 = 0 then 1 end,
       case when k % 2 = 0 then at end, case when k % 2 = 0 then at end, case when k % 2 = 0 then at end, at, at, at
     from said w join archive.piece_$piece c using (n) join archive.sentence s on s.id = c.title
     order by c.n, k
   )
   insert into search_case (case_id, bucket, opened_at, document, keys)
   select c.id, b.id, c.opened_at, s.title || p.document || w.document,
     lower(unaccent(concat_ws(E'\\n', c.number, p.name, ${REACHED}, case when c.code ~ '[0-9]' and c.code ~ '[A-Z]' then c.code end)))
   from (select n, archive.together(document order by k desc) as document from said group by n) w
   join archive.piece_$piece c using (n) join archive.sentence s on s.id = c.title
   join archive.person p on p.id = archive.pick(c.contact, 9, $people)
   join search_bucket b on b.administration_id = $administration and b.month = date_trunc('month', c.opened_at at time zone 'utc')::date
   order by c.n`,
  `insert into journal (case_id, version, id, administration_id, at, fact, actor_kind, cause, data, prev_hash, hash)
   select c.id, v, archive.id_of(c.opened_at, c.n * 4 + v, 106), $administration, c.opened_at + interval '5 hours' * (v - 1),
     (array['opened', 'taken_in_charge', 'closed'])[v], 'system', 'archive', '{}', sha256(int8send(c.n * 4 + v - 1)), sha256(int8send(c.n * 4 + v))
   from archive.piece_$piece c cross join lateral generate_series(1, c.version) v`,
  `insert into deadline (id, administration_id, case_id, clock, policy_id, office_id, started_at, anchor_at, left_amount, left_unit,
     due_at, stops, stopped_days, rungs, next_at)
   select archive.id_of(c.opened_at, c.n, 107), $administration, c.id, 'resolution', d.id, c.office_id, c.opened_at, c.opened_at,
     30, 'calendar_days', c.due_at, 0, 0, '{}', c.due_at
   from archive.piece_$piece c cross join (
     select id from deadline_policy where administration_id = $administration and clock = 'resolution' order by seq limit 1) d
   where not c.ended`,
  `insert into work_item (id, administration_id, office_id, case_id, state, channel, priority, virtual_start, effective_start, due_at,
     operator_id, by_hand, queued_at, assigned_at)
   select archive.id_of(c.opened_at, c.n, 108), $administration, c.office_id, c.id,
     case when c.assignee_id is null then 'queued' else 'assigned' end, c.channel, c.priority, c.opened_at, c.opened_at, c.due_at,
     c.assignee_id, c.assignee_id is not null, c.opened_at, case when c.assignee_id is not null then c.opened_at end
   from archive.piece_$piece c where not c.ended`,
];

/** A piece that is written is let go. */
export const DONE = `drop table archive.piece_$piece`;

/** What follows the journal has read the archive's: its followers begin after it. */
export const READ = `
  insert into journal_reader (name, administration_id, xid, position)
  select r.name, $administration, j.xid, j.position
  from (select 'search' union select 'place' union select name from journal_reader) r(name),
    (select xid, position from journal where administration_id = $administration order by xid desc, position desc limit 1) j
  on conflict (name, administration_id) do update set xid = excluded.xid, position = excluded.position`;
