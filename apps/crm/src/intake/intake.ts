import { Inject, Injectable } from '@nestjs/common';
import { faultPoint, Metrics, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { CaseNumbers } from '../case/case-numbers.js';
import { Ledger } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { BusyDataSource } from '../data-source.js';
import { classOf, isConflict, isSystemFault, wordsOf } from '../faults.js';
import { Books } from '../deadline/books.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { Purposes } from '../privacy/purposes.js';
import { park } from '../quarantine/parking.js';
import { recordFates } from '../reception/fates.js';
import { Administrations, UnassignedAccount } from '../routing/administrations.js';
import { RouteBooks } from '../routing/route-books.js';
import { CrmSettings } from '../settings.js';
import { storable } from '../storable.js';
import type { FromChannel, Item, MessageItem, ProgressItem, UnreadableItem } from './item.js';
import { Jobs } from '../job/jobs.js';
import { takeMessages } from './message-batch.js';
import { takeProgress } from './progress-batch.js';
import { ReplyTokens } from './reply-token.js';
import { TrackingCodes } from './tracking.js';
import type { IntakeTools } from './tools.js';

const TRIES_TOGETHER = 5;
const TRIES_ALONE = 2;

/** From the bus to contacts, conversations, messages and cases. */
@Injectable()
export class Intake {
  private readonly tools: IntakeTools;
  private readonly taken;
  private readonly parked;
  private readonly seconds;

  constructor(
    @Inject(BusyDataSource) private readonly dataSource: BusyDataSource,
    @Inject(Jobs) jobs: Jobs,
    @Inject(Ledger) ledger: Ledger,
    @Inject(CaseNumbers) numbers: CaseNumbers,
    @Inject(ChannelRegistry) channels: ChannelRegistry,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(RouteBooks) routes: RouteBooks,
    @Inject(ReplyTokens) tokens: ReplyTokens,
    @Inject(TrackingCodes) codes: TrackingCodes,
    @Inject(Books) books: Books,
    @Inject(Purposes) purposes: Purposes,
    @Inject(CrmSettings) { automaticPerHour, loopMessages }: CrmSettings,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    const limits = { perHour: automaticPerHour, loopMessages };
    this.tools = { jobs, ledger, numbers, channels, administrations, routes, tokens, codes, books, purposes, limits };
    this.taken = metrics.counter('intake_items_total', 'Facts from channels that were taken in', ['type']);
    this.parked = metrics.counter('intake_parked_total', 'Facts from channels that could not be taken in', ['reason']);
    this.seconds = metrics.histogram('intake_batch_seconds', 'Time to take in a batch');
  }

  /**
   * Takes items in, in order, in one transaction; when one of them is bad, one by one, and the bad one is parked. Resolves
   * when all are settled and committed. Throws only for a fault of the system: then nothing is known to be settled.
   */
  async takeAll(items: readonly Item[]): Promise<void> {
    const stop = this.seconds.startTimer();
    try {
      await this.together(items);
    } catch (error) {
      if (isSystemFault(error) && !isConflict(error)) throw error;
      this.log.warn({ items: items.length, because: wordsOf(error) }, 'a batch was refused: taking it one by one');
      for (const item of items) await this.alone(item);
    } finally {
      stop();
    }
    this.relay.nudge();
  }

  /** Takes one item in by itself: two quick tries, then it is parked. Throws only for a fault of the system. */
  async alone(item: Item): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.together([item]);
        return;
      } catch (error) {
        if (isSystemFault(error) && !isConflict(error)) throw error;
        if (attempt < TRIES_ALONE) continue;
        await this.parkFailed(item, wordsOf(error), classOf(error), true);
        return;
      }
    }
  }

  /** Puts an item aside without opening it. */
  async parkFailed(item: Item, reason: string, errorClass: string, triesAgain: boolean): Promise<void> {
    this.parked.inc({ reason: errorClass });
    this.log.error({ eventId: item.eventId, type: item.type, errorClass, reason }, 'a fact was parked');
    const payload = item.data as FromChannel;
    const administrationId = await this.administrationOf(payload);
    await this.dataSource.transaction(manager =>
      park(manager, [
        {
          eventId: item.eventId,
          type: item.type,
          kind: 'failed',
          administrationId,
          payload,
          reason,
          errorClass,
          triesAgain,
        },
      ]),
    );
  }

  /** Takes items in, in a transaction of the caller's. Throws what goes wrong: nothing of it must be committed then. */
  async take(manager: EntityManager, items: readonly Item[]): Promise<void> {
    for (const run of runsOf(items)) {
      if (isMessages(run)) {
        await takeMessages(manager, run.map(cleaned), this.tools);
        continue;
      }
      // Of an account that never said anything else too: whose it is decides who may see what became of the delivery.
      for (const { data } of run) await this.administrationOf(data as FromChannel);
      if (isProgress(run)) await takeProgress(manager, run, this.tools);
      else await this.settle(manager, run);
    }
  }

  private async together(items: readonly Item[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.dataSource.transaction(async manager => {
          await this.take(manager, items);
          faultPoint('intake.before-commit');
        });
        faultPoint('intake.after-commit');
        for (const item of items) this.taken.inc({ type: item.type });
        return;
      } catch (error) {
        if (!isConflict(error) || attempt >= TRIES_TOGETHER) throw error;
      }
    }
  }

  /** What carries nothing to take in: recorded, and shown to a person when it could not be read. */
  private async settle(manager: EntityManager, items: readonly Item[]): Promise<void> {
    for (const item of items)
      if (isUnreadable(item))
        await park(manager, [
          {
            eventId: item.eventId,
            type: item.type,
            kind: 'unreadable',
            administrationId: await this.administrationOf(item.data),
            payload: item.data,
            reason: item.data.reason,
            triesAgain: false,
          },
        ]);
    await recordFates(
      manager,
      items
        .filter(item => item.type === 'reception.empty.v1')
        .map(item => ({ from: item.data as FromChannel, fate: 'empty' })),
    );
  }

  private async administrationOf({ channel, account }: FromChannel): Promise<string | null> {
    try {
      return await this.administrations.of(channel, account);
    } catch (error) {
      if (error instanceof UnassignedAccount) return null;
      throw error;
    }
  }
}

const cleaned = (item: MessageItem): MessageItem => ({ ...item, data: storable(item.data) });

const isMessages = (items: readonly Item[]): items is MessageItem[] => items[0]?.type === 'message.received.v1';
const isProgress = (items: readonly Item[]): items is ProgressItem[] => items[0]?.type === 'message.progressed.v1';
const isUnreadable = (item: Item): item is UnreadableItem => item.type === 'reception.unreadable.v1';

/** Neighbours of the same type, so that each run is taken by one statement and the order is kept. */
function runsOf(items: readonly Item[]): Item[][] {
  const runs: Item[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[0]?.type === item.type) last.push(item);
    else runs.push([item]);
  }
  return runs;
}
