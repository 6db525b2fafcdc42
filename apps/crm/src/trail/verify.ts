import { verify as verifySignature, type KeyObject } from 'node:crypto';
import { sealHash, SOURCES, statementOf, trailStart, type Seal, type Source } from './seal.js';
import { isStampOf, type Trusted } from './time-stamp.js';
import { countUpTo, firstUnsealed, isAfter, rowsOf, waitingAfter, type Ask, type Place } from './trail-rows.js';

/** An anchor as it is kept outside. */
export interface Anchor {
  readonly administrationId: string;
  readonly day: string;
  readonly number: number;
  readonly hash: Buffer;
  readonly at: Date;
  readonly signature?: Buffer;
  /** Token of a time stamping authority over its statement (RFC 3161). */
  readonly timeStamp?: Buffer;
}

/** The first thing of a trail that is not as it was written. */
export interface Broken {
  readonly administrationId: string;
  /** Where in the chain: the seal. */
  readonly day: string;
  readonly number: number;
  /** The row of the journal or of the trail, when it is one. */
  readonly row?: string;
  readonly source?: Source;
  readonly why:
    | 'row_changed'
    | 'row_missing'
    | 'row_out_of_order'
    | 'row_put_in'
    | 'words_changed'
    | 'seal_changed'
    | 'seal_missing'
    | 'head_changed'
    | 'chain_cut'
    | 'anchor_forged'
    | 'time_stamp_forged'
    | 'anchor_of_another_chain';
}

export interface TrailReport {
  readonly administrations: number;
  readonly seals: number;
  readonly rows: number;
  /** Rows written since the last seals. */
  readonly waiting: number;
  /** Anchors that the chain was compared with. */
  readonly anchors: number;
  /** Absent: everything is as it was written. */
  readonly broken?: Broken;
}

const START: Place = { xid: '0', position: '0' };
/** Seals read at once. */
const PAGE = 100;

/**
 * Reads the whole trail of a database again and compares it with its seals, and the seals with the anchors that somebody else
 * keeps. Stops at the first thing that is not as it was written. Without anchors it cannot see that the end of a chain was cut
 * off, nor that the database is an older copy.
 */
export async function verifyTrail(
  ask: Ask,
  said: {
    readonly anchors: readonly Anchor[];
    readonly key?: KeyObject | undefined;
    readonly tsa?: Trusted | undefined;
  },
): Promise<TrailReport> {
  const heads = await ask<HeadRow>(
    `select o.id as administration_id, h.day::text as day, h.number, h.hash, coalesce(h.journal_xid, '0')::text as journal_xid,
       coalesce(h.journal_position, 0)::text as journal_position, coalesce(h.entries_xid, '0')::text as entries_xid,
       coalesce(h.entries_position, 0)::text as entries_position
     from office o left join trail_head h on h.administration_id = o.id where o.kind = 'administration' order by o.id`,
    [],
  );
  let report: TrailReport = {
    administrations: heads.length,
    seals: 0,
    rows: 0,
    waiting: 0,
    anchors: said.anchors.length,
  };
  for (const anchor of said.anchors) {
    const why = await strangeAnchor(anchor, heads, said);
    if (why) return { ...report, broken: { ...placeOf(anchor), why } };
  }
  for (const head of heads) {
    const anchors = said.anchors.filter(one => one.administrationId === head.administration_id);
    const one = await verifyChain(ask, head, anchors);
    report = {
      ...report,
      seals: report.seals + one.seals,
      rows: report.rows + one.rows,
      waiting: report.waiting + one.waiting,
    };
    if (one.broken) return { ...report, broken: one.broken };
  }
  return report;
}

async function strangeAnchor(
  anchor: Anchor,
  heads: readonly HeadRow[],
  { key, tsa }: { readonly key?: KeyObject | undefined; readonly tsa?: Trusted | undefined },
): Promise<'anchor_forged' | 'time_stamp_forged' | 'chain_cut' | undefined> {
  if (key && !(anchor.signature && verifySignature(null, Buffer.from(statementOf(anchor)), key, anchor.signature)))
    return 'anchor_forged';
  if (anchor.timeStamp && !(await isStampOf(anchor.timeStamp, statementOf(anchor), tsa))) return 'time_stamp_forged';
  return heads.some(head => head.administration_id === anchor.administrationId) ? undefined : 'chain_cut';
}

interface HeadRow {
  readonly administration_id: string;
  readonly day: string | null;
  readonly number: number | null;
  readonly hash: Buffer | null;
  readonly journal_xid: string;
  readonly journal_position: string;
  readonly entries_xid: string;
  readonly entries_position: string;
}
interface Chain {
  readonly seals: number;
  readonly rows: number;
  readonly waiting: number;
  readonly broken?: Broken;
}

async function verifyChain(ask: Ask, head: HeadRow, anchors: readonly Anchor[]): Promise<Chain> {
  const administrationId = head.administration_id;
  const anchored = new Map(anchors.map(one => [`${one.day} ${one.number}`, one]));
  const counted: Record<Source, number> = { journal: 0, entries: 0 };
  const sealedTo: Record<Source, Place> = { journal: START, entries: START };
  let previous = trailStart(administrationId);
  let last = { day: '', number: 0 };
  let seals = 0;
  const rows = (): number => counted.journal + counted.entries;
  const broken = (found: Omit<Broken, 'administrationId'>): Chain => ({
    seals,
    rows: rows(),
    waiting: 0,
    broken: { administrationId, ...found },
  });
  for (;;) {
    const page = await sealsAfter(ask, administrationId, last);
    if (page.length === 0) break;
    for (const seal of page) {
      const { day, number } = seal;
      const at = { day, number };
      if (number !== (day === last.day ? last.number + 1 : 1))
        return broken({ day, number: day === last.day ? last.number + 1 : 1, why: 'seal_missing' });
      if (!seal.previous.equals(previous)) return broken({ ...at, why: 'seal_missing' });
      if (!sealHash(seal).equals(seal.hash)) return broken({ ...at, why: 'seal_changed' });
      const anchor = anchored.get(`${day} ${number}`);
      if (anchor && !anchor.hash.equals(seal.hash)) return broken({ ...at, why: 'anchor_of_another_chain' });
      anchored.delete(`${day} ${number}`);
      const found = await rowsOf(ask, seal.source, seal.rows);
      for (const [index, id] of seal.rows.entries()) {
        const row = found.get(id);
        const of = { ...at, row: id, source: seal.source };
        if (!row) return broken({ ...of, why: 'row_missing' });
        if (!row.digest.equals(seal.digests.subarray(index * 32, index * 32 + 32)))
          return broken({ ...of, why: 'row_changed' });
        if (row.othersWords) return broken({ ...of, why: 'words_changed' });
        if (!isAfter(row, sealedTo[seal.source])) return broken({ ...of, why: 'row_out_of_order' });
        sealedTo[seal.source] = row;
        counted[seal.source] += 1;
      }
      previous = seal.hash;
      last = at;
      seals += 1;
    }
  }
  const [cut] = [...anchored.values()].sort((a, b) => (`${a.day} ${a.number}` < `${b.day} ${b.number}` ? -1 : 1));
  if (cut) return broken({ day: cut.day, number: cut.number, why: 'chain_cut' });
  if (
    !(head.hash ?? trailStart(administrationId)).equals(previous) ||
    (head.day ?? '') !== last.day ||
    (head.number ?? 0) !== last.number
  )
    return broken({ day: head.day ?? '', number: head.number ?? 0, why: 'chain_cut' });
  let waiting = 0;
  for (const source of SOURCES) {
    // Up to what the seals cover, whatever the head says: whoever may write in it could hide a row by it.
    const place = sealedTo[source];
    const said: Place =
      source === 'journal'
        ? { xid: head.journal_xid, position: head.journal_position }
        : { xid: head.entries_xid, position: head.entries_position };
    if ((await countUpTo(ask, source, administrationId, place)) !== counted[source]) {
      const row = await firstUnsealed(ask, source, administrationId, place);
      return broken({ ...last, source, ...(row === undefined ? {} : { row }), why: 'row_put_in' });
    }
    if (said.xid !== place.xid || said.position !== place.position)
      return broken({ ...last, source, why: 'head_changed' });
    waiting += await waitingAfter(ask, source, administrationId, place);
  }
  return { seals, rows: rows(), waiting };
}

async function sealsAfter(
  ask: Ask,
  administrationId: string,
  last: { readonly day: string; readonly number: number },
): Promise<Seal[]> {
  const rows = await ask<Omit<Seal, 'administrationId'>>(
    `select day::text as day, number, source, rows, digests, at, previous, hash from trail_seal
     where administration_id = $1 and (day, number) > (coalesce(nullif($2, ''), '-infinity')::date, $3::int)
     order by day, number limit ${PAGE}`,
    [administrationId, last.day, last.number],
  );
  return rows.map(row => ({ administrationId, ...row }));
}

const placeOf = ({ administrationId, day, number }: Anchor): Pick<Broken, 'administrationId' | 'day' | 'number'> => ({
  administrationId,
  day,
  number,
});
