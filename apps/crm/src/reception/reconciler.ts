import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus, subjects } from '@filodiretto/bus';
import { Done } from '@filodiretto/contracts';
import { Metrics, type Logger } from '@filodiretto/platform';
import { v7 } from 'uuid';
import { MachineDataSource } from '../data-source.js';
import { wordsOf } from '../faults.js';
import { Intake } from '../intake/intake.js';
import { OfficeLetters } from '../letter/office-letters.js';
import { LOG } from '../log.js';
import { Replies } from '../message/replies.js';
import { Relay } from '../outbox/relay.js';
import { Quarantine } from '../quarantine/quarantine.js';
import { CrmSettings } from '../settings.js';
import { NothingLost } from './nothing-lost.js';
import { OverdueReceptions } from './overdue-receptions.js';

/** One process at a time acts; the others only count. */
const RECONCILER_LOCK = 7_465_003;
const ORDERS_IN_A_PASS = 500;
const FETCHES_IN_A_PASS = 100;
const FETCH_MS = 30_000;
const MAX_FETCHES = 8;
const QUARANTINE_MS = 5_000;

/** Compares what the stores hold, and mends: every pass may run at any time, any number of times. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void>[] = [];
  /** When an order that is still queued was last said again, and how many times. */
  private readonly saidAgain = new Map<string, { at: number; times: number }>();
  private readonly mended;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(OverdueReceptions) private readonly receptions: OverdueReceptions,
    @Inject(Replies) private readonly replies: Replies,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(NothingLost) private readonly nothingLost: NothingLost,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.mended = metrics.counter('reconciler_mended_total', 'What the reconciler had to mend', ['pass']);
  }

  onApplicationBootstrap(): void {
    this.running = [
      this.every(this.settings.reconcileSeconds * 1_000, () => this.reconcile()),
      this.every(QUARANTINE_MS, () => this.pass('quarantine', () => this.quarantine.retryDue())),
    ];
  }
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  /** Runs every pass once. One that fails is logged, and the others run all the same. */
  async reconcile(): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const [lock] = (await runner.query('select pg_try_advisory_lock($1) as held', [RECONCILER_LOCK])) as [
        { held: boolean },
      ];
      if (lock.held) {
        await this.mend();
        await runner.query('select pg_advisory_unlock($1)', [RECONCILER_LOCK]);
      }
    } finally {
      await runner.release();
    }
    await this.pass('counts', () => this.nothingLost.look());
  }

  private async mend(): Promise<void> {
    await this.pass('streams', () => this.bus.ensureStreams().then(() => 0));
    await this.pass('receptions', () => this.receptions.find());
    await this.pass('read_again', () => this.receptions.askAgain());
    await this.pass('letters', () => this.letters.writeWaiting());
    await this.pass('orders', () => this.sayOrdersAgain());
    await this.pass('unknown_sends', () => this.giveUpSending());
    await this.pass('attachments', () => this.fetchAgain());
    this.relay.nudge();
  }

  /** A queued message whose order left the outbox long ago may have been lost with the bus: the claim lets one through. */
  private async sayOrdersAgain(): Promise<number> {
    const rows: { id: string; attempt: number }[] = await this.dataSource.query(
      `select m.id, m.attempt from message m
       where m.send_state = 'queued' and m.direction = 'out' and m.queued_at < now() - interval '1 second' * $1
         and m.id || '-' || m.attempt not in (select event_id from outbox where type = 'message.queued.v1')
       order by m.queued_at limit $2`,
      [this.settings.outboxSeconds, ORDERS_IN_A_PASS],
    );
    let said = 0;
    const still = new Set(rows.map(row => `${row.id}-${row.attempt}`));
    for (const key of this.saidAgain.keys()) if (!still.has(key)) this.saidAgain.delete(key);
    for (const { id, attempt } of rows) {
      const key = `${id}-${attempt}`;
      const last = this.saidAgain.get(key) ?? { at: 0, times: 0 };
      if (Date.now() - last.at < this.settings.outboxSeconds * 1_000 * 2 ** Math.min(last.times, 6)) continue;
      this.saidAgain.set(key, { at: Date.now(), times: last.times + 1 });
      await this.dataSource.transaction(manager => this.replies.orderAgain(manager, id));
      said += 1;
    }
    return said;
  }

  /** A send whose outcome nobody told in time is unknown: a person decides, or news of it does. */
  private async giveUpSending(): Promise<number> {
    const rows: { id: string; attempt: number; channel: string; account: string }[] = await this.dataSource.query(
      `select id, attempt, channel, account from message
       where send_state = 'sending' and direction = 'out' and sending_at < now() - interval '1 second' * $1`,
      [this.settings.sendingSeconds],
    );
    const at = new Date().toISOString();
    for (const { id, attempt, channel, account } of rows)
      await this.intake.takeAll([
        {
          eventId: v7(),
          type: 'message.progressed.v1',
          data: { channel, account, message: id, attempt, state: 'unknown', at },
          correlationId: id,
          released: false,
        },
      ]);
    return rows.length;
  }

  private async fetchAgain(): Promise<number> {
    const rows: { id: string; channel: string; account: string; external_id: string; part: number; source: string }[] =
      await this.dataSource.query(
        `select a.id, m.channel, m.account, m.external_id, a.part, a.source
         from attachment a join message m on m.id = a.message_id
         where a.fetch_state = 'pending' and a.next_try_at <= now() and a.source is not null
           and m.external_id is not null and a.tries < $2
         order by a.next_try_at limit $1`,
        [FETCHES_IN_A_PASS, MAX_FETCHES],
      );
    for (const { id, channel, account, external_id: externalId, part, source } of rows) {
      await this.dataSource.query(
        `update attachment set tries = tries + 1,
           next_try_at = now() + least(interval '12 hours', interval '5 minutes' * power(3, tries)) where id = $1`,
        [id],
      );
      try {
        const question = { account, externalId, part, source };
        const done = await this.bus.ask(subjects.askChannel(channel, 'fetch-again'), question, Done, {
          timeoutMs: FETCH_MS,
        });
        if (!done.done) this.log.warn({ attachment: id, because: done.detail }, 'an attachment could not be fetched');
      } catch (error) {
        this.log.warn({ attachment: id, because: wordsOf(error) }, 'an attachment could not be asked for');
      }
    }
    return rows.length;
  }

  private async pass(name: string, work: () => Promise<number>): Promise<void> {
    try {
      const count = await work();
      if (count > 0) this.mended.inc({ pass: name }, count);
    } catch (error) {
      if (!this.stopping.signal.aborted) this.log.error({ pass: name, err: error }, 'a pass of the reconciler failed');
    }
  }

  private async every(ms: number, work: () => Promise<void>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (!this.stopping.signal.aborted) this.log.error({ err: error }, 'the reconciler broke off');
      }
      if (!this.stopping.signal.aborted) await this.pause(ms);
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
