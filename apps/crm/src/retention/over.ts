import type { OverPreview } from '@filodiretto/contracts';
import { KEPT_THINGS, type KeptThing, type RetentionTerm } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { blobsIn } from './erased-content.js';
import { HELD, TERM_OF_CASE } from './term-of-case.js';

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
  await manager.query('select from case_file where id = $1 for update', [caseId]);
  const found: unknown[] = await manager.query(
    `select from case_file c where c.id = $1 and c.ended_at is not null and not ${HELD} and not ${NEEDED}`,
    [caseId],
  );
  return found.length > 0;
}

interface Thing {
  /** Rows that are over: `$1` the administration, `$2` and `$3` months and days. */
  readonly from: string;
  readonly since: string;
  /** What names a row. */
  readonly key: string;
  readonly table: string;
}

const lasts = 'make_interval(months => $2::int, days => $3::int)';
const THINGS: Readonly<Record<Exclude<KeptThing, 'recording'>, Thing>> = {
  searched_words: {
    from: `searched_words x join trail_entry t on t.id = x.entry_id where t.administration_id = $1`,
    since: 't.at',
    key: 'entry_id',
    table: 'searched_words',
  },
  parked: {
    from: `parked x where x.administration_id = $1 and x.state <> 'waiting'`,
    since: 'x.settled_at',
    key: 'id',
    table: 'parked',
  },
  upload: { from: `upload x where x.administration_id = $1`, since: 'x.created_at', key: 'id', table: 'upload' },
  draft: { from: `case_draft x where x.administration_id = $1`, since: 'x.saved_at', key: 'id', table: 'case_draft' },
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
};

/** Recordings of calls whose time is over, in no case that is held. */
const RECORDINGS = `
  attachment x join message m on m.id = x.message_id left join case_file c on c.id = m.case_id
  where m.administration_id = $1 and x.kind in ('voice', 'audio') and x.sha256 is not null
    and m.content @> '[{"type": "call"}]' and m.sent_at + ${lasts} <= clock_now() and not (c.id is not null and ${HELD})`;

/** Some recordings whose time is over. */
export const overRecordings = (
  manager: EntityManager,
  administrationId: string,
  { months, days }: RetentionTerm,
  limit: number,
): Promise<{ id: string; messageId: string; part: number; sha256: string }[]> =>
  manager.query(
    `select x.id, x.message_id as "messageId", x.part, x.sha256 from ${RECORDINGS} order by x.id limit $4 for update of x skip locked`,
    [administrationId, months, days, limit],
  );

/** Deletes some rows of a thing whose time is over. Gives how many, and the bytes they referred to. */
export async function deleteOver(
  manager: EntityManager,
  administrationId: string,
  code: Exclude<KeptThing, 'recording'>,
  { months, days }: RetentionTerm,
  limit: number,
): Promise<{ readonly count: number; readonly blobs: readonly string[] }> {
  const { from, since, key, table } = THINGS[code];
  const chosen = key.split(', ').map(name => `x.${name}`);
  const [rows, deleted]: [object[], number] = await manager.query(
    `delete from ${table} where (${key}) in (
       select ${chosen.join(', ')} from ${from} and ${since} + ${lasts} <= clock_now() limit $4) returning *`,
    [administrationId, months, days, limit],
  );
  return { count: deleted, blobs: [...new Set(rows.flatMap(blobsIn))] };
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
  for (const { code, months, days } of terms) {
    const thing = KEPT_THINGS.find(one => one === code);
    if (!thing) continue;
    const counted =
      thing === 'recording'
        ? `select count(*)::int as count, min(m.sent_at) as oldest from ${RECORDINGS}`
        : `select count(*)::int as count, min(${THINGS[thing].since}) as oldest from ${THINGS[thing].from}
           and ${THINGS[thing].since} + ${lasts} <= clock_now()`;
    const [row]: { count: number; oldest: Date | null }[] = await manager.query(counted, [
      administrationId,
      months,
      days,
    ]);
    if (row && row.count > 0)
      things.push({
        code,
        count: row.count,
        held: 0,
        needed: 0,
        examples: [],
        ...(row.oldest ? { oldest: row.oldest.toISOString() } : {}),
      });
  }
  return [...cases.map(withoutNulls), ...things];
}

const withoutNulls = ({ oldest, ...said }: OverPreview): OverPreview => ({ ...said, ...(oldest ? { oldest } : {}) });
