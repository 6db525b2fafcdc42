import type { Schemas } from '../api/client.js';

/** How an office stands now. */
export interface BoardRow {
  readonly id: string;
  readonly name: string;
  readonly waiting: number;
  readonly oldestWaitSeconds: number | undefined;
  readonly inHand: number;
  readonly offered: number;
  readonly available: number;
  readonly free: number;
  readonly open: number;
  readonly late: number;
}

const ENDED = new Set<string>(['resolved', 'closed', 'rejected', 'duplicate', 'withdrawn']);
/** Offices with something to show, from what waits, what is open and what is late. */
export function boardOf(
  queues: readonly Schemas['QueueView'][],
  counts: readonly Schemas['CaseCount'][],
  late: readonly Pick<Schemas['CaseSummary'], 'office'>[],
): BoardRow[] {
  const offices = new Map<string, BoardRow>();
  const at = (office: Schemas['OfficeRef']): BoardRow =>
    offices.get(office.id) ?? {
      id: office.id,
      name: office.name,
      waiting: 0,
      oldestWaitSeconds: undefined,
      inHand: 0,
      offered: 0,
      available: 0,
      free: 0,
      open: 0,
      late: 0,
    };
  const put = (row: BoardRow): void => void offices.set(row.id, row);
  for (const { office, waiting, oldestWaitSeconds, inHand, offered, available, free } of queues)
    put({ ...at(office), waiting, oldestWaitSeconds, inHand, offered, available, free });
  for (const { office, state, cases } of counts)
    if (office && !ENDED.has(state)) {
      const row = at(office);
      put({ ...row, open: row.open + cases });
    }
  for (const { office } of late)
    if (office) {
      const row = at(office);
      put({ ...row, late: row.late + 1 });
    }
  return [...offices.values()]
    .filter(({ waiting, open, late: overdue, inHand, available }) => waiting + open + overdue + inHand + available > 0)
    .sort((one, other) => other.waiting - one.waiting || other.late - one.late || one.name.localeCompare(other.name));
}

/** Somebody waits and nobody is free. */
export const isShort = ({ waiting, free }: Pick<BoardRow, 'waiting' | 'free'>): boolean => waiting > 0 && free === 0;
