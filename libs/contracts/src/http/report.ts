import { Bag, InstantField, ListOf, OneOf, Text, Whole } from '../fields.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A stretch of days, both included, by the clock of Italy. */
export class ReceptionReportQuery {
  @Text('First day; absent: six days before the last', { max: 10, pattern: DATE, optional: true, example: '2026-03-01' })
  readonly from?: string;
  @Text('Last day; absent: today', { max: 10, pattern: DATE, optional: true, example: '2026-03-07' })
  readonly to?: string;
}

/** What became of everything that reached us on one channel in one day. */
export class ReceptionCount {
  @Text('Day, by the clock of Italy', { max: 10, pattern: DATE, example: '2026-03-03' }) readonly day: string;
  @Text('Channel', { max: 40, example: 'email' }) readonly channel: string;
  @Whole('Deliveries to us', { example: 120 }) readonly receptions: number;
  @Whole('Facts they carried', { example: 131 }) readonly facts: number;
  @Bag('How many met each fate: opened, joined, duplicate, recorded, progress, parked, empty', {
    example: { opened: 80, joined: 40, duplicate: 8, parked: 3 },
  })
  readonly fates: Record<string, number>;
  @Whole('Facts that a delivery announced and of which nothing is recorded: 0, or somebody must look', { example: 0 })
  readonly missing: number;
}

/** What the core watches until it is settled. */
const WATCHED = [
  'overdueReceptions',
  'outbox',
  'queued',
  'sending',
  'unknown',
  'withoutReceipt',
  'pendingAttachments',
  'parked',
  'earlyProgress',
] as const;

/** How much of something is on its way or waits, in the whole system. */
export class WaitingCount {
  @OneOf(
    '`overdueReceptions`: kept by a channel and not recorded in time; `outbox`: not on the bus yet; `queued`, `sending`: going out; `unknown`: sent or not, a person decides; `withoutReceipt`: sent a day ago without proof of delivery; `pendingAttachments`: bytes not fetched yet; `parked`: waits for a person; `earlyProgress`: news of a message that we do not know yet',
    WATCHED,
    { example: 'parked' },
  )
  readonly what: (typeof WATCHED)[number];
  @Whole('How many', { example: 3 }) readonly count: number;
  @InstantField('Since when the oldest waits', { optional: true }) readonly since?: string;
}

/** That nothing was lost, or what to look at. */
export class ReceptionReport {
  @ListOf('For each day and channel', () => ReceptionCount, { max: 100_000 }) readonly items: ReceptionCount[];
  @Whole('Facts missing in the whole stretch', { example: 0 }) readonly missing: number;
  @ListOf('What is on its way or waits', () => WaitingCount, { max: 100 }) readonly waiting: WaitingCount[];
  @InstantField('When what waits was last counted') readonly countedAt: string;
}
