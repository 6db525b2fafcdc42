import type { OverPreview } from '@filodiretto/contracts';
import { KEPT_THINGS, type KeptThing, type RetentionTerm } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { blobsIn, ERASED_TITLE } from './erased-content.js';
import { HELD, heldPerson, TERM_OF_CASE } from './term-of-case.js';

/** A case `c` that an open one refers to, or that an open one took in. */
const NEEDED = `exists (select from case_file o where o.ended_at is null
  and (o.follow_up_of = c.id or o.id = c.merged_into or o.id = c.duplicate_of or o.id = c.incident_head))`;
/** Cases of the administration `$1` whose time by the terms of `$2` is over, and that say something yet. */
const OVER = `
  from case_file c cross join ${TERM_OF_CASE} t
  where c.administration_id = $1 and c.ended_at is not null and c.ended_at + t.lasts <= coalesce($3::timestamptz, clock_now())
    and not exists (select from erasure e where e.case_id = c.id)
    and not exists (select from journal j where j.case_id = c.id and j.fact = 'erased')`;

/** Some cases whose time was over when it was looked, with the term that says so, held until the transaction ends. */
export const overCases = (
  manager: EntityManager,
  { administrationId, createdAt }: { readonly administrationId: string; readonly createdAt: Date },
  terms: readonly RetentionTerm[],
  limit: number,
): Promise<{ id: string; code: string }[]> =>
  manager.query(
    `select c.id, t.code ${OVER} and not ${HELD} and not ${NEEDED} order by c.ended_at limit $4 for update of c skip locked`,
    [administrationId, JSON.stringify(terms), createdAt, limit],
  );

/**
 * Whether a case whose erasure was begun may still be erased: it was not taken up again, held or needed since. It stays so
 * until the transaction ends.
 */
export async function isStillOver(manager: EntityManager, caseId: string): Promise<boolean> {
  await manager.query('select from case_file where id = $1 for no key update', [caseId]);
  const found: unknown[] = await manager.query(
    `select from case_file c where c.id = $1 and c.ended_at is not null and not ${HELD} and not ${NEEDED}`,
    [caseId],
  );
  return found.length > 0;
}

interface Thing {
  /** Rows `x` that may be over: `$1` the administration. */
  readonly from: string;
  /** Since when the time of a row runs. */
  readonly since: string;
  /** What names a row. */
  readonly key: string;
  readonly table: string;
  /** Whether a hold keeps a row. */
  readonly held?: string;
  /** What is changed of a row that stays; absent: the row goes. */
  readonly empties?: string;
  /** Rows that go with it, by the column that names it. */
  readonly parts?: { readonly table: string; readonly key: string };
}

const lasts = 'make_interval(months => $2::int, days => $3::int)';
/** Things whose rows go one by one; the others are more than a row. */
type Row = Exclude<KeptThing, 'recording' | 'attachment' | 'original' | 'loose_message' | 'contact'>;
const ROWS: Readonly<Record<Row, Thing>> = {
  searched_words: {
    from: `searched_words x join trail_entry t on t.id = x.entry_id where t.administration_id = $1`,
    since: 't.at',
    key: 'entry_id',
    table: 'searched_words',
  },
  parked: {
    // What no administration claimed is of the one that has its account now; else of the one whose operator settled it; what time
    // alone settled and nobody has the account of is of the one that was here first.
    from: `parked x where x.state <> 'waiting' and (x.administration_id = $1 or x.administration_id is null and $1 = coalesce(
      (select a.administration_id from channel_account a where a.channel = x.channel and a.account = x.account),
      (select p.administration_id from operator p where p.id = x.settled_by),
      (select o.id from office o where o.kind = 'administration' order by o.id limit 1)))`,
    since: 'x.settled_at',
    key: 'id',
    table: 'parked',
  },
  upload: { from: `upload x where x.administration_id = $1`, since: 'x.created_at', key: 'id', table: 'upload' },
  draft: {
    from: `case_draft x join case_file c on c.id = x.case_id where x.administration_id = $1`,
    since: 'x.saved_at',
    key: 'id',
    table: 'case_draft',
    held: HELD,
  },
  idempotency: {
    from: `idempotency x join operator p on p.id = x.operator_id where p.administration_id = $1`,
    since: 'x.created_at',
    key: 'key, operator_id',
    table: 'idempotency',
  },
  early_progress: {
    from: `early_progress x join channel_account a on a.channel = x.channel and a.account = x.account where a.administration_id = $1`,
    since: 'x.received_at',
    key: 'id',
    table: 'early_progress',
  },
  weekly_letter: {
    from: `letter x where x.administration_id = $1 and x.case_id is null and x.state = 'queued' and x.text <> ''`,
    since: 'x.created_at',
    key: 'id',
    table: 'letter',
    empties: `subject = '${ERASED_TITLE}', text = '', files = '[]'`,
  },
  offer: {
    from: `offer x join work_item w on w.id = x.work_item_id and w.state = 'done' where x.administration_id = $1 and x.state <> 'offered'`,
    since: 'x.settled_at',
    key: 'id',
    table: 'offer',
  },
  automation_run: {
    from: `automation_run x join automation u on u.id = x.automation_id where u.administration_id = $1 and x.state <> 'waiting'`,
    since: 'x.at',
    key: 'id',
    table: 'automation_run',
  },
  bulk_action: {
    from: `bulk_action x where x.administration_id = $1 and x.state <> 'running'`,
    since: 'x.created_at',
    key: 'id',
    table: 'bulk_action',
    parts: { table: 'bulk_item', key: 'bulk_id' },
  },
  absence: { from: `absence x where x.administration_id = $1`, since: 'x.to_at', key: 'id', table: 'absence' },
};
const isRow = (thing: KeptThing): thing is Row => Object.hasOwn(ROWS, thing);

/** A case `c` whose words go by its own term `t`, unless a hold is on it: what is in it goes with it and is not counted again. */
const GOING = `(c.ended_at is not null and c.ended_at + t.lasts <= clock_now() and not ${NEEDED}) is true`;
const ITS_TERM = `left join ${TERM_OF_CASE} t on true`;
const IN_CALL = `x.kind in ('voice', 'audio') and m.content @> '[{"type": "call"}]'`;
const since = (instant: string): string =>
  `${instant} + make_interval(months => $3::int, days => $4::int) <= clock_now()`;

/** What is more than a row, by what is over of it: `$1` the administration, `$2` all terms, `$3` and `$4` months and days. */
interface Over {
  readonly from: string;
  readonly since: string;
  readonly held: string;
  /** What is counted. */
  readonly one: string;
}
const IN_RECEPTION = `select from reception_item y join message m on m.id = y.message_id join case_file c on c.id = m.case_id`;
const MORE: Readonly<Record<Exclude<KeptThing, Row | 'contact'>, Over>> = {
  recording: {
    from: `attachment x join message m on m.id = x.message_id left join case_file c on c.id = m.case_id ${ITS_TERM}
      where m.administration_id = $1 and ${IN_CALL} and x.sha256 is not null and not ${GOING} and ${since('m.sent_at')}`,
    since: 'm.sent_at',
    held: `(${HELD} or c.id is null and ${heldPerson('m.contact_id')})`,
    one: 'x.id',
  },
  attachment: {
    from: `case_file c join message m on m.case_id = c.id join attachment x on x.message_id = m.id ${ITS_TERM}
      where c.administration_id = $1 and c.ended_at is not null and not (${IN_CALL}) and x.sha256 is not null and not ${GOING}
        and ${since('c.ended_at')}`,
    since: 'c.ended_at',
    held: HELD,
    one: 'x.id',
  },
  original: {
    from: `reception_item x join channel_account a on a.channel = x.channel and a.account = x.account
      where a.administration_id = $1 and x.forgotten_at is null and ${since('x.recorded_at')}
        and not exists (select from parked p where p.reception_id = x.reception_id and p.state = 'waiting')
        and not exists (${IN_RECEPTION} ${ITS_TERM} where y.reception_id = x.reception_id and (c.ended_at is null or ${GOING}))`,
    since: 'x.recorded_at',
    held: `exists (select from reception_item y join message m on m.id = y.message_id left join case_file c on c.id = m.case_id
      where y.reception_id = x.reception_id and (${HELD} or c.id is null and ${heldPerson('m.contact_id')}))`,
    one: 'x.reception_id',
  },
  loose_message: {
    from: `message x where x.administration_id = $1 and x.case_id is null and x.erased_at is null
      and coalesce(x.send_state, '') not in ('queued', 'sending') and ${since('x.sent_at')} and $2::jsonb is not null`,
    since: 'x.sent_at',
    held: `(x.contact_id is not null and ${heldPerson('x.contact_id')})`,
    one: 'x.id',
  },
};

/** Some files whose time is over, held until the transaction ends: recordings of calls, or the files of cases. */
export const overFiles = (
  manager: EntityManager,
  administrationId: string,
  which: 'recording' | 'attachment',
  { months, days }: RetentionTerm,
  terms: readonly RetentionTerm[],
  limit: number,
): Promise<{ id: string; messageId: string; part: number; sha256: string }[]> =>
  manager.query(
    `select x.id, x.message_id as "messageId", x.part, x.sha256 from ${MORE[which].from} and not ${MORE[which].held}
     order by x.id limit $5 for update of x skip locked`,
    [administrationId, JSON.stringify(terms), months, days, limit],
  );

/** Some deliveries whose originals had their time. */
export async function overOriginals(
  manager: EntityManager,
  administrationId: string,
  { months, days }: RetentionTerm,
  terms: readonly RetentionTerm[],
  limit: number,
): Promise<string[]> {
  const { from, held } = MORE.original;
  const rows: { id: string }[] = await manager.query(
    `select distinct reception_id as id from (select x.reception_id from ${from} and not ${held} limit $5) o`,
    [administrationId, JSON.stringify(terms), months, days, limit],
  );
  return rows.map(row => row.id);
}

/** Some messages in no case that had their time, held until the transaction ends. */
export async function overLoose(
  manager: EntityManager,
  administrationId: string,
  { months, days }: RetentionTerm,
  limit: number,
): Promise<string[]> {
  const { from, held } = MORE.loose_message;
  const rows: { id: string }[] = await manager.query(
    `select x.id from ${from} and not ${held} order by x.id limit $5 for update of x skip locked`,
    [administrationId, '[]', months, days, limit],
  );
  return rows.map(row => row.id);
}

/** Deletes, or empties, some rows of a thing whose time is over. Gives how many, and the bytes they referred to. */
export async function deleteOver(
  manager: EntityManager,
  administrationId: string,
  code: Row,
  { months, days }: RetentionTerm,
  limit: number,
): Promise<{ readonly count: number; readonly blobs: readonly string[] }> {
  const { from, since: began, key, table, held, empties, parts } = ROWS[code];
  const named = (alias: string): string =>
    `(${key
      .split(', ')
      .map(name => `${alias}.${name}`)
      .join(', ')})`;
  const also = parts && `, gone as (delete from ${parts.table} where ${parts.key} in (select id from chosen))`;
  const done =
    empties === undefined
      ? `delete from ${table} y using chosen c where ${named('y')} = ${named('c')}`
      : `update ${table} y set ${empties} from chosen c where ${named('y')} = ${named('c')}`;
  const [rows, count]: [object[], number] = await manager.query(
    `with chosen as materialized (
       select x.* from ${from} and ${began} + ${lasts} <= clock_now() and not ${held ?? 'false'} limit $4 for update of x skip locked
     ) ${also ?? ''} ${done} returning c.*`,
    [administrationId, months, days, limit],
  );
  return { count, blobs: [...new Set(rows.flatMap(blobsIn))] };
}

/** Everybody that a contact `k` turned out to be. */
const THEM = `contact w where coalesce(w.merged_into, w.id) = k.id`;
/** What they agreed to and never took back stands; and who logs in is here. */
const STAYS = `exists (
    select from consent_entry e where e.contact_id in (select w.id from ${THEM}) and e.act = 'given' and not exists (
      select from consent_entry l where l.contact_id in (select w.id from ${THEM}) and l.purpose = e.purpose
        and l.position > e.position and l.act in ('refused', 'withdrawn')))
  or exists (select from citizen_identity i where i.contact_id in (select w.id from ${THEM}) and not (${since('i.last_at')}))`;
/**
 * Nothing stands against forgetting a contact `k`: no open case that they spoke in, no hold, nothing on its way or waiting, no
 * consent that stands, no login of theirs within the term.
 */
const FREE = `k.merged_into is null and k.erased_at is null and not ${heldPerson('k.id')} and not (${STAYS})
  and not exists (
    select from contact w join message m on m.contact_id = w.id left join case_file c on c.id = m.case_id
    where coalesce(w.merged_into, w.id) = k.id and (m.send_state in ('queued', 'sending')
      or m.author = 'contact' and c.id is not null and (c.ended_at is null or ${HELD})))
  and not exists (
    select from contact w join conversation v on v.contact_id = w.id
      join parked p on p.channel = v.channel and p.account = v.account and p.conversation = v.key and p.state = 'waiting'
    where coalesce(w.merged_into, w.id) = k.id)`;
/** Their cases `c`, and those of whom was merged into them. */
const THEIRS = `contact w join case_file c on c.contact_id = w.id`;
const SAYS = `not exists (select from journal j where j.case_id = c.id and j.fact = 'erased')`;

/** Whose last case goes by its term, and who was known long ago and is in no case: `gone` says of a case whether it says nothing. */
const forgotten = (gone: string, goes: string): string => `
  contact k where k.administration_id = $1 and ${FREE}
    and not exists (select from ${THEIRS} ${ITS_TERM} where coalesce(w.merged_into, w.id) = k.id and not (${gone}))
    and (exists (select from ${THEIRS} ${ITS_TERM} where coalesce(w.merged_into, w.id) = k.id and ${goes})
      or ${since('k.created_at')} and not exists (
        select from contact w join message x on x.contact_id = w.id
        where coalesce(w.merged_into, w.id) = k.id and x.erased_at is null and x.case_id is null
          and x.sent_at + make_interval(months => $5::int, days => $6::int) > clock_now()))`;
const WOULD_GO = `${GOING} and not ${HELD}`;

const peopleOf = (
  administrationId: string,
  term: RetentionTerm | undefined,
  terms: readonly RetentionTerm[],
): unknown[] => {
  const loose = terms.find(one => one.code === 'loose_message');
  return [
    administrationId,
    JSON.stringify(terms),
    term?.months ?? 0,
    term?.days ?? 0,
    loose?.months ?? 0,
    loose?.days ?? 0,
  ];
};

/** Some people of whom nothing is kept after a run, or who were known long ago and never asked anything; from one on, by id. */
export async function overPeople(
  manager: EntityManager,
  run: { readonly id: string; readonly administrationId: string },
  term: RetentionTerm,
  terms: readonly RetentionTerm[],
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `select k.id from ${forgotten(`not (${SAYS})`, 'exists (select from erasure e where e.case_id = c.id and e.run_id = $7)')}
     and ($9::uuid is null or k.id > $9) order by k.id limit $8`,
    [...peopleOf(run.administrationId, term, terms), run.id, limit, after ?? null],
  );
  return rows.map(row => row.id);
}

/** What has had its time, by term: how many, since when, and some numbers of cases. */
export async function previewOf(
  manager: Pick<EntityManager, 'query'>,
  administrationId: string,
  terms: readonly RetentionTerm[],
): Promise<OverPreview[]> {
  const cases: OverPreview[] = await manager.query(
    `select o.code, (count(*) filter (where not o.held and not o.needed))::int as count, (count(*) filter (where o.held))::int as held,
       (count(*) filter (where o.needed and not o.held))::int as needed,
       to_char(min(o.ended_at) filter (where not o.held and not o.needed) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as oldest,
       coalesce((array_agg(o.number order by o.ended_at) filter (where not o.held and not o.needed))[1:5], '{}') as examples
     from (select t.code, c.number, c.ended_at, ${HELD} as held, ${NEEDED} as needed ${OVER}) o group by o.code order by o.code`,
    [administrationId, JSON.stringify(terms), null],
  );
  const things: OverPreview[] = [];
  for (const term of terms) {
    const thing = KEPT_THINGS.find(one => one === term.code);
    if (!thing) continue;
    const [row]: { count: number; held: number; oldest: Date | null }[] = await manager.query(
      ...countOf(thing, administrationId, term, terms),
    );
    if (row && row.count + row.held > 0)
      things.push({
        code: term.code,
        count: row.count,
        held: row.held,
        needed: 0,
        examples: [],
        ...(row.oldest ? { oldest: row.oldest.toISOString() } : {}),
      });
  }
  return [...cases.map(withoutNulls), ...things];
}

/** The question how many of a thing are over, how many a hold keeps, and since when. */
function countOf(
  thing: KeptThing,
  administrationId: string,
  term: RetentionTerm,
  terms: readonly RetentionTerm[],
): [string, unknown[]] {
  const { months, days } = term;
  const counted = (one: string, held: string, began: string): string => `
    select (count(distinct ${one}) filter (where not ${held}))::int as count,
      (count(distinct ${one}) filter (where ${held}))::int as held, min(${began}) filter (where not ${held}) as oldest`;
  if (thing === 'contact')
    return [
      `select count(*)::int as count, 0 as held, min(k.created_at) as oldest from ${forgotten(`not (${SAYS}) or ${WOULD_GO}`, `${SAYS} and ${WOULD_GO}`)}`,
      peopleOf(administrationId, term, terms),
    ];
  if (isRow(thing)) {
    const { from, since: began, key, held = 'false' } = ROWS[thing];
    const one = `(${key
      .split(', ')
      .map(name => `x.${name}`)
      .join(', ')})`;
    return [
      `${counted(one, held, began)} from ${from} and ${began} + ${lasts} <= clock_now()`,
      [administrationId, months, days],
    ];
  }
  const { from, since: began, held, one } = MORE[thing];
  return [`${counted(one, held, began)} from ${from}`, [administrationId, JSON.stringify(terms), months, days]];
}

const withoutNulls = ({ oldest, ...said }: OverPreview): OverPreview => ({ ...said, ...(oldest ? { oldest } : {}) });
