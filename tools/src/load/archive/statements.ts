/**
 * What the archive is made with: a schema of its own, dropped at the end. Everything follows from a number and a seed, so that
 * the same archive comes out each time.
 */
export const TOOLS = [
  `drop schema if exists archive cascade`,
  `create schema archive`,
  `create unlogged table archive.sentence (id integer primary key, words text not null)`,
  `create unlogged table archive.person (id integer primary key, name text not null)`,
  `create unlogged table archive.office (position integer primary key, id uuid not null, operator_id uuid)`,
  `create unlogged table archive.category (position integer primary key, id uuid not null, kind text not null, office_id uuid not null)`,
  // A number below `size`, always the same for the same `n` and `seed`.
  `create function archive.pick(n bigint, seed integer, size integer) returns integer language sql immutable parallel safe as
     $$ select ((hashint8extended(n, seed) & 9223372036854775807) % size)::integer $$`,
  // An id of version 7, of the instant and the words given.
  `create function archive.id_of(at timestamptz, words text) returns uuid language sql immutable parallel safe as
     $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(words), 1, 3)
          || 'a' || substr(md5(words), 4, 15))::uuid $$`,
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

/** Parameters of `CASES` and what follows it: administration, first and last case of the piece, cases of the whole archive. */
export const CASES = `
  create unlogged table archive.piece_$piece as
  select n, archive.id_of(opened_at, 'case ' || n) as id, opened_at, contact, messages, g.id as category_id, g.kind, g.office_id,
    o.operator_id, channel, priority, subject,
    case when age > 0.04 and luck >= 5 or luck < 300 and age <= 0.04
      then (array['closed', 'closed', 'closed', 'resolved', 'closed', 'closed', 'rejected', 'closed', 'withdrawn', 'closed'])[luck % 10 + 1]
      else (array['received', 'triage', 'assigned', 'assigned', 'in_charge', 'in_charge', 'in_charge', 'scheduled', 'waiting_citizen', 'waiting_third'])[luck % 10 + 1]
    end as state
  from (
    select n, 1 - n::float8 / $cases as age, archive.pick(n, 1, 1000) as luck,
      date_trunc('second', now()) - interval '1 hour' - (interval '1 day' * $days * (1 - n::float8 / $cases))
        - interval '1 second' * archive.pick(n, 2, 40) as opened_at,
      1 + archive.pick(n, 3, greatest(1, $cases * 6 / 10)) as contact, 1 + archive.pick(n, 4, 9) as messages,
      archive.pick(n, 5, (select count(*)::integer from archive.category)) as category,
      (array['email', 'webform', 'whatsapp', 'phone', 'email'])[1 + archive.pick(n, 6, 5)] as channel,
      (array['normal', 'normal', 'normal', 'low', 'high', 'normal', 'urgent', 'normal'])[1 + archive.pick(n, 7, 8)] as priority,
      (select left(s.words, 90) from archive.sentence s where s.id = archive.pick(n, 8, $sentences)) as subject
    from generate_series($first::bigint, $last::bigint) n
  ) c
  join archive.category g on g.position = c.category
  left join archive.office o on o.id = g.office_id`;

/** People of the archive: parameters first and last. */
export const CONTACTS = [
  `insert into contact (id, administration_id, name, created_at)
   select archive.id_of(timestamptz '2020-01-01', 'contact ' || n), $administration, p.name, now() - interval '1 day' * $days * (1 - n::float8 / $contacts)
   from generate_series($first::bigint, $last::bigint) n join archive.person p on p.id = archive.pick(n, 9, $people)`,
  `insert into contact_address (id, administration_id, contact_id, kind, value, display_name, verified, created_at)
   select archive.id_of(timestamptz '2020-01-01', 'address ' || n), $administration, archive.id_of(timestamptz '2020-01-01', 'contact ' || n),
     case n % 3 when 0 then 'phone' else 'email' end,
     case n % 3 when 0 then '+393' || lpad((n * 7919 % 1000000000)::text, 9, '0')
       else lower(replace(p.name, ' ', '.')) || '.' || n || '@posta.example' end,
     p.name, false, now() - interval '1 day' * $days * (1 - n::float8 / $contacts)
   from generate_series($first::bigint, $last::bigint) n join archive.person p on p.id = archive.pick(n, 9, $people)`,
];

const CONTACT = `archive.id_of(timestamptz '2020-01-01', 'contact ' || p.contact)`;
const VERSION = `case when p.state in ('received', 'triage') then 1 when p.state in ('closed', 'resolved', 'rejected', 'withdrawn') then 3 else 2 end`;
const OPEN = `p.state not in ('closed', 'resolved', 'rejected', 'withdrawn')`;
/** When an open case is due: nobody's clock goes off while somebody measures. */
const DUE = `now() + interval '1 hour' * (24 + archive.pick(p.n, 13, 1416))`;
const HASH = `sha256(convert_to('archive ' || p.n || ' ' || v, 'UTF8'))`;

/** The rows of a piece, from its cases. Whatever the journal says of them has the cause `archive`. */
export const ROWS = [
  `insert into case_file (id, administration_id, number, state, kind, category_id, office_id, assignee_id, priority, outcome, outcome_reason,
     subject, contact_id, channel, account, version, journal_hash, refusals, opened_at, taken_in_charge_at, ended_at, last_message_at, updated_at, next_due_at)
   select p.id, $administration, digits.year || '-' || digits.counter || '-' || archive.check_digit(digits.year || digits.counter), p.state, p.kind,
     p.category_id, p.office_id, case when p.state in ('received', 'triage') then null else p.operator_id end, p.priority,
     case when v = 3 then 'positive' end, case when v = 3 then 'done' end, p.subject, ${CONTACT}, p.channel, 'archivio', v, ${HASH}, 0,
     p.opened_at, case when v > 1 then p.opened_at + interval '5 hours' end, case when v = 3 then p.opened_at + interval '9 days' end,
     p.opened_at + interval '7 hours' * (p.messages - 1), p.opened_at + interval '9 days', case when ${OPEN} then ${DUE} end
   from (select *, ${VERSION} as v from archive.piece_$piece p) p,
     lateral (select extract(year from p.opened_at)::text as year, (1000000 + p.n)::text as counter) digits`,
  `insert into conversation (id, administration_id, channel, account, key, contact_id, address, case_id, last_seq, last_inbound_at, created_at)
   select archive.id_of(p.opened_at, 'conversation ' || p.n), $administration, p.channel, 'archivio', 'archivio ' || p.n, ${CONTACT},
     jsonb_build_object('kind', 'email', 'value', 'archivio-' || p.n || '@posta.example'), p.id, p.messages, p.opened_at, p.opened_at
   from archive.piece_$piece p`,
  `insert into message (id, administration_id, conversation_id, seq, case_id, contact_id, direction, author, channel, account, external_id, address,
     subject, content, text, visibility, send_state, send_rank, attempt, queued_at, left_at, delivered_at, sent_at, received_at, created_at)
   select archive.id_of(at, 'message ' || p.n || ' ' || k), $administration, archive.id_of(p.opened_at, 'conversation ' || p.n), k, p.id, ${CONTACT},
     case when k % 2 = 1 then 'in' else 'out' end, case when k % 2 = 1 then 'contact' else 'operator' end, p.channel, 'archivio',
     'archivio-' || p.n || '-' || k, jsonb_build_object('kind', 'email', 'value', 'archivio-' || p.n || '@posta.example'),
     case when k = 1 then p.subject end, jsonb_build_array(jsonb_build_object('type', 'text', 'text', w.words)), w.words, 'parties',
     case when k % 2 = 0 then 'delivered' end, case when k % 2 = 0 then 6 end, case when k % 2 = 0 then 1 end,
     case when k % 2 = 0 then at end, case when k % 2 = 0 then at end, case when k % 2 = 0 then at end, at, at, at
   from archive.piece_$piece p cross join lateral generate_series(1, p.messages) k
   cross join lateral (select p.opened_at + interval '7 hours' * (k - 1) as at, p.n * 16 + k as m) t
   join archive.sentence a on a.id = archive.pick(m, 10, $sentences)
   join archive.sentence b on b.id = archive.pick(m, 11, $sentences)
   join archive.sentence c on c.id = archive.pick(m, 12, $sentences)
   cross join lateral (select a.words || ' ' || b.words || case m % 3 when 0 then ' ' || c.words else '' end
     || case when k = 1 then ' Rif. ' || upper(substr(md5('code ' || p.n), 1, 8)) else '' end as words) w`,
  `insert into journal (case_id, version, id, administration_id, at, fact, actor_kind, cause, data, prev_hash, hash)
   select p.id, v, archive.id_of(p.opened_at, 'journal ' || p.n || ' ' || v), $administration, p.opened_at + interval '5 hours' * (v - 1),
     (array['opened', 'taken_in_charge', 'closed'])[v], 'system', 'archive', '{}',
     sha256(convert_to('archive ' || p.n || ' ' || v - 1, 'UTF8')), ${HASH}
   from archive.piece_$piece p cross join lateral generate_series(1, ${VERSION}) v`,
  `insert into deadline (id, administration_id, case_id, clock, policy_id, office_id, started_at, anchor_at, left_amount, left_unit,
     due_at, stops, stopped_days, rungs, next_at)
   select archive.id_of(p.opened_at, 'deadline ' || p.n), $administration, p.id, 'resolution', d.id, p.office_id, p.opened_at, p.opened_at,
     30, 'calendar_days', ${DUE}, 0, 0, '{}', ${DUE}
   from archive.piece_$piece p cross join (
     select id from deadline_policy where administration_id = $administration and clock = 'resolution' order by seq limit 1) d
   where ${OPEN}`,
  `insert into work_item (id, administration_id, office_id, case_id, state, channel, priority, virtual_start, effective_start, due_at,
     operator_id, by_hand, queued_at, assigned_at)
   select archive.id_of(p.opened_at, 'work ' || p.n), $administration, p.office_id, p.id,
     case when t.operator_id is null then 'queued' else 'assigned' end, p.channel, p.priority, p.opened_at, p.opened_at, ${DUE},
     t.operator_id, t.operator_id is not null, p.opened_at, case when t.operator_id is not null then p.opened_at end
   from archive.piece_$piece p
   cross join lateral (select case when p.state in ('received', 'triage') then null else p.operator_id end) t(operator_id)
   where ${OPEN}`,
];

/** What follows the journal has read the archive's: its followers begin after it. */
export const READ = `
  insert into journal_reader (name, administration_id, xid, position)
  select r.name, $administration, j.xid, j.position
  from (values ('search'), ('place')) r(name),
    (select xid, position from journal where administration_id = $administration order by xid desc, position desc limit 1) j
  on conflict (name, administration_id) do update set xid = excluded.xid, position = excluded.position`;
