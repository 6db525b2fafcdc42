import type { JournalEntryView } from '@filodiretto/contracts';
import { at, present } from '../http/present.js';

/** A journal entry as PostgreSQL's JSON gives it, with the name of who did it. */
export interface JournalRow {
  readonly id: string;
  readonly version: number;
  readonly at: string;
  readonly fact: JournalEntryView['fact'];
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly cause: string | null;
  readonly data: Record<string, unknown>;
  readonly hash: string;
}

/** SQL of the journal of the case `c`, oldest first, as one JSON list; from a version on when given. */
export const journalJson = (since = '0'): string => `(
  select coalesce(json_agg(j order by j.version), '[]') from (
    select e.id, e.version, e.at, e.fact, e.actor_kind, e.actor_id, coalesce(p.name, k.name, f.name, t.name) as actor_name, e.cause, e.data,
      encode(e.hash, 'hex') as hash
    from journal e
    left join operator p on e.actor_kind = 'operator' and p.id = e.actor_id
    left join contact k on e.actor_kind = 'contact' and k.id = e.actor_id
    left join office f on e.actor_kind = 'office' and f.id = e.actor_id
    left join task t on e.actor_kind = 'office' and e.actor_id is null and t.id = (e.data->>'task')::uuid
    where e.case_id = c.id and e.version > ${since}
  ) j)`;

export const journalView = (row: JournalRow): JournalEntryView => ({
  id: row.id,
  version: row.version,
  at: at(row.at),
  fact: row.fact,
  actor: present({ kind: row.actor_kind, id: row.actor_id, name: row.actor_name }),
  ...present({ cause: row.cause }),
  data: row.data,
  hash: row.hash,
});
