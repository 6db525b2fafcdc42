import { Inject, Injectable } from '@nestjs/common';
import { Bus, subjects } from '@filodiretto/bus';
import { Done } from '@filodiretto/contracts';
import { RawStore, type Logger, type Reception } from '@filodiretto/platform';
import { insertAll } from '../bulk.js';
import { MachineDataSource } from '../data-source.js';
import { wordsOf } from '../faults.js';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';

const PASS = 'receptions';
const LOOKED_AT_ONCE = 500;
const ASKED_IN_A_PASS = 2_000;
const ASKED_AT_ONCE = 8;
const ASK_MS = 10_000;

/** Compares the raw store with what was recorded: what was kept and never arrived is read and published again. */
@Injectable()
export class OverdueReceptions {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(RawStore) private readonly raw: RawStore,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Looks at every reception since the last look, up to those that still have time. Gives how many are not recorded. */
  async find(): Promise<number> {
    const to = new Date(Date.now() - this.settings.receptionSeconds * 1_000);
    const from = await this.from();
    if (!from || from >= to) return 0;
    let found = 0;
    let looked: Reception[] = [];
    for await (const reception of this.raw.receptions(from, to)) {
      looked.push(reception);
      if (looked.length < LOOKED_AT_ONCE) continue;
      found += await this.keepMissing(looked);
      looked = [];
    }
    found += await this.keepMissing(looked);
    await this.dataSource.query(
      'insert into reconciled (pass, until) values ($1, $2) on conflict (pass) do update set until = excluded.until',
      [PASS, to],
    );
    return found;
  }

  /** Has the channels read again what is still not recorded. Gives how many were asked for. */
  async askAgain(): Promise<number> {
    await this.dataSource.query(
      `delete from overdue_reception o where (select count(*) >= max(greatest(i.item_count, 1))
         from reception_item i where i.reception_id = o.id)`,
    );
    const due: { id: string; channel: string }[] = await this.dataSource.query(
      'select id, channel from overdue_reception where next_try_at <= now() order by received_at limit $1',
      [ASKED_IN_A_PASS],
    );
    const queue = [...due];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) await this.ask(next.id, next.channel);
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, work));
    return due.length;
  }

  private async from(): Promise<Date | undefined> {
    const rows: { until: Date }[] = await this.dataSource.query('select until from reconciled where pass = $1', [PASS]);
    if (rows[0]) return rows[0].until;
    const [earliest] = await this.raw.hours();
    return earliest;
  }

  private async keepMissing(receptions: readonly Reception[]): Promise<number> {
    if (receptions.length === 0) return 0;
    const complete: { id: string }[] = await this.dataSource.query(
      `select reception_id as id from reception_item where reception_id = any($1::uuid[])
       group by reception_id having count(*) >= max(greatest(item_count, 1))`,
      [receptions.map(reception => reception.id)],
    );
    const recorded = new Set(complete.map(row => row.id));
    const missing = receptions.filter(reception => !recorded.has(reception.id));
    await insertAll(
      this.dataSource.manager,
      'overdue_reception',
      missing.map(({ id, channel, account, receivedAt }) => ({
        id,
        channel,
        account,
        receivedAt,
        tries: 0,
        nextTryAt: new Date(),
      })),
      { ifAbsent: 'id' },
    );
    return missing.length;
  }

  private async ask(id: string, channel: string): Promise<void> {
    let trouble: string | null = null;
    try {
      const subject = subjects.askChannel(channel, 'read-again');
      const done = await this.bus.ask(subject, { reception: id }, Done, { timeoutMs: ASK_MS });
      if (!done.done) trouble = done.detail ?? 'the channel did not do it';
    } catch (error) {
      trouble = wordsOf(error);
    }
    this.log.warn({ reception: id, channel, trouble }, 'a reception was not recorded in time: it is read again');
    await this.dataSource.query(
      `update overdue_reception set tries = tries + 1, trouble = $2,
         next_try_at = now() + least(interval '1 hour', interval '30 seconds' * power(2, least(tries, 10)))
       where id = $1`,
      [id, trouble],
    );
  }
}
