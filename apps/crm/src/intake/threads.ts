import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { Raced } from '../faults.js';
import { prepared } from '../prepared.js';
import type { Thread } from './plan.js';

/** Writes the conversations as a batch leaves them; gives the last place of each before it. Throws `Raced` when another went on with one meanwhile. */
export async function writeThreads(manager: EntityManager, threads: readonly Thread[]): Promise<Map<string, number>> {
  const before = new Map<string, number>();
  const fresh = threads.filter(thread => thread.isNew);
  const written = await insertAll(
    manager,
    'conversation',
    fresh.map(({ row, added }) => ({ ...row, lastSeq: added })),
    { ifAbsent: 'channel, account, key', returning: 'id' },
  );
  if (written.length < fresh.length) throw new Raced('a conversation was begun by another meanwhile');
  const grown = threads.filter(thread => !thread.isNew);
  if (grown.length === 0) return before;
  const { rows } = await prepared<{ id: string; before: number }>(
    manager,
    `update conversation c set last_seq = c.last_seq + n.added, case_id = n.case_id, contact_id = n.contact_id,
       address = n.address, last_inbound_at = greatest(c.last_inbound_at, n.last_inbound_at)
     from json_to_recordset($1::json)
       n(id uuid, last_seq integer, added integer, case_id uuid, contact_id uuid, address jsonb, last_inbound_at timestamptz)
     where c.id = n.id and c.last_seq = n.last_seq returning c.id, c.last_seq - n.added as before`,
    [
      JSON.stringify(
        grown.map(({ row, added }) => ({
          id: row.id,
          last_seq: row.lastSeq,
          added,
          case_id: row.caseId,
          contact_id: row.contactId,
          address: row.address,
          last_inbound_at: row.lastInboundAt,
        })),
      ),
    ],
  );
  // Decided on what was read: whoever else wrote in it since may have opened its case.
  if (rows.length < grown.length) throw new Raced('a conversation went on meanwhile');
  for (const row of rows) before.set(row.id, row.before);
  return before;
}
