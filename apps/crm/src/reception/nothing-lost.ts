import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@filodiretto/platform';
import { ChannelRegistry } from '../channel/registry.js';
import { MachineDataSource } from '../data-source.js';

/** What is on its way or waits, and since when. Instants are the oldest's. */
interface Waiting {
  readonly count: number;
  readonly since: Date | null;
}
/** How much was said on one channel on one day of Italy's calendar. */
export interface ChannelDay {
  readonly channel: string;
  readonly day: string;
  readonly received: number;
  readonly sent: number;
}
/** What the reconciler saw when it last looked. */
export interface NothingLostFigures {
  readonly at: Date;
  /** Kept by a channel, not recorded in time. */
  readonly overdueReceptions: Waiting;
  readonly outbox: Waiting;
  readonly queued: Waiting;
  readonly sending: Waiting;
  /** Sends whose outcome nobody knows: a person decides. */
  readonly unknown: Waiting;
  /** Sent on a channel that tells of delivery, which told of none for a day. */
  readonly withoutReceipt: Waiting;
  readonly pendingAttachments: Waiting;
  readonly parked: Waiting;
  readonly earlyProgress: Waiting;
  readonly days: readonly ChannelDay[];
}

type Figures = Omit<NothingLostFigures, 'at' | 'days'>;
const DAYS = 8;

const waits = (from: string, since: string): string =>
  `(select json_build_object('count', count(*), 'since', min(${since})) from ${from})`;

const COUNTS = `select
  ${waits('overdue_reception', 'received_at')} as "overdueReceptions",
  ${waits('outbox', 'created_at')} as "outbox",
  ${waits(`message where direction = 'out' and send_state = 'queued'`, 'queued_at')} as "queued",
  ${waits(`message where direction = 'out' and send_state = 'sending'`, 'sending_at')} as "sending",
  ${waits(`message where direction = 'out' and send_state = 'unknown'`, 'queued_at')} as "unknown",
  ${waits(
    `message where direction = 'out' and send_state = 'accepted' and channel = any($1) and accepted_at < now() - interval '1 day'`,
    'accepted_at',
  )} as "withoutReceipt",
  ${waits(`attachment where fetch_state = 'pending'`, 'created_at')} as "pendingAttachments",
  ${waits(`parked where state = 'waiting'`, 'created_at')} as "parked",
  ${waits('early_progress', 'received_at')} as "earlyProgress"`;

/** The figures of the page "nothing lost", and the same as measures. */
@Injectable()
export class NothingLost {
  private last?: NothingLostFigures;
  private readonly waiting;
  private readonly oldest;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.waiting = metrics.gauge('waiting', 'What is on its way or waits', ['what']);
    this.oldest = metrics.gauge('waiting_oldest_seconds', 'Age of the oldest that waits', ['what']);
  }

  /** What was seen when last looked at; looks now when nobody has yet. */
  async figures(): Promise<NothingLostFigures> {
    if (!this.last) await this.look();
    return this.last ?? Promise.reject(new Error('nothing was looked at'));
  }

  /** Counts again. */
  async look(): Promise<number> {
    const telling = this.channels
      .announcements()
      .filter(one => one.manifest.capabilities.receipts?.delivered)
      .map(one => one.manifest.id);
    const [row]: Record<keyof Figures, { count: number; since: string | null }>[] = await this.dataSource.query(
      COUNTS,
      [telling],
    );
    if (!row) throw new Error('the database counted nothing');
    const at = new Date();
    const figures = Object.fromEntries(
      Object.entries(row).map(([what, { count, since }]) => {
        const sinceAt = since === null ? null : new Date(since);
        this.waiting.set({ what }, count);
        this.oldest.set({ what }, sinceAt ? (at.getTime() - sinceAt.getTime()) / 1_000 : 0);
        return [what, { count, since: sinceAt }];
      }),
    ) as Record<keyof Figures, Waiting>;
    this.last = { at, ...figures, days: await this.days() };
    return 0;
  }

  private days(): Promise<ChannelDay[]> {
    return this.dataSource.query(
      `select channel, to_char(created_at at time zone 'Europe/Rome', 'YYYY-MM-DD') as day,
         (count(*) filter (where direction = 'in'))::int as received, (count(*) filter (where direction = 'out'))::int as sent
       from message where created_at > now() - interval '1 day' * $1 group by 1, 2 order by 2 desc, 1`,
      [DAYS],
    );
  }
}
