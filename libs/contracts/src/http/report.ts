import { Bag, ListOf, Text, Whole } from '../fields.js';

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

/** That nothing was lost, or what to look at. */
export class ReceptionReport {
  @ListOf('For each day and channel', () => ReceptionCount, { max: 100_000 }) readonly items: ReceptionCount[];
  @Whole('Facts missing in the whole stretch', { example: 0 }) readonly missing: number;
  @Whole('Parked items that wait for a person', { example: 3 }) readonly parkedWaiting: number;
  @Whole('Announcements that have not left for the bus yet', { example: 0 }) readonly outboxWaiting: number;
  @Whole('Outgoing messages whose outcome nobody knows', { example: 0 }) readonly sendsUnknown: number;
  @Whole('Outgoing messages that failed and were not sent again', { example: 1 }) readonly sendsFailed: number;
}
