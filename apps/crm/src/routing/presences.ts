import { Inject, Injectable } from '@nestjs/common';
import { faultPoint, type Logger } from '@filodiretto/platform';
import type { Presence } from '@filodiretto/contracts';
import { GONE_AFTER_SECONDS } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Ledger } from '../case/ledger.js';
import type { Asking } from '../http/operator.js';
import { LOG } from '../log.js';
import { isRefused } from '../refused.js';
import { rowsOf } from './rows.js';

/** Where operators are, and what becomes of their work when they are not. Only the database's clock counts. */
@Injectable()
export class Presences {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** An operator says where they are; of what they are offered, what they can no longer take is taken back by the next sweep. */
  async say(
    manager: EntityManager,
    { id, administrationId }: Pick<Asking, 'id' | 'administrationId'>,
    status: Presence,
    channels: readonly string[] | undefined,
  ): Promise<{ id: string }> {
    await manager.query(
      `insert into operator_presence as p (operator_id, administration_id, status, heartbeat_at, channels)
       values ($1, $2, $3, clock_timestamp(), $4)
       on conflict (operator_id) do update set status = excluded.status, heartbeat_at = excluded.heartbeat_at,
         channels = excluded.channels, misses = 0, wrap_up_until = null,
         since = case when p.status = excluded.status then p.since else clock_timestamp() end,
         idle_since = case when excluded.status = 'available' and p.status <> 'available' then clock_timestamp() else p.idle_since end`,
      [id, administrationId, status, channels ?? null],
    );
    return { id };
  }

  /** A sign of life. It brings nobody back who was counted as gone: they say again where they are. */
  async beat({ id }: Pick<Asking, 'id'>): Promise<void> {
    await this.dataSource.query(
      `update operator_presence set heartbeat_at = clock_timestamp() where operator_id = $1 and status <> 'offline'`,
      [id],
    );
  }

  /** Counts as gone whoever gave no sign of life, and as available whoever has written up their last contact. */
  async sweep(): Promise<number> {
    const swept = await this.dataSource.transaction(async manager => {
      const changed: unknown = await manager.query(
        `update operator_presence p set status = case when s.gone then 'offline' else 'available' end, since = clock_timestamp(),
           wrap_up_until = null, idle_since = clock_timestamp()
         from (select operator_id, heartbeat_at is null or heartbeat_at < clock_timestamp() - make_interval(secs => $1) as gone
               from operator_presence
               where status <> 'offline' and (heartbeat_at is null or heartbeat_at < clock_timestamp() - make_interval(secs => $1)
                 or (status = 'wrap_up' and wrap_up_until <= clock_timestamp()))
               order by operator_id for no key update skip locked) s
         where s.operator_id = p.operator_id returning p.operator_id`,
        [GONE_AFTER_SECONDS],
      );
      const { length } = rowsOf(changed);
      if (length > 0) faultPoint('presence.before-commit');
      return length;
    });
    if (swept > 0) faultPoint('presence.after-commit');
    return swept;
  }

  /**
   * Gives back to its queue the work of people who are gone: what is live at once, in front of all; the rest only when the queue
   * has a rule for the end of a shift. Gives how many cases went back.
   */
  async handOver(): Promise<number> {
    const left: { id: string; case_id: string; office_id: string; live: boolean }[] = await this.dataSource.query(
      `select w.id, w.case_id, w.office_id, w.live from work_item w
       join operator_presence p on p.operator_id = w.operator_id left join queue_setting q on q.office_id = w.office_id
       where w.state = 'assigned' and p.status = 'offline' and p.heartbeat_at is not null and (w.live
         or p.since < clock_timestamp() - make_interval(mins => (q.settings->>'endOfShiftMinutes')::int))
       order by w.id limit 100`,
    );
    for (const item of left) await this.giveBack(item);
    return left.length;
  }

  private async giveBack(item: { id: string; case_id: string; office_id: string; live: boolean }): Promise<void> {
    await this.dataSource.transaction(async manager => {
      await manager.query('select from case_file where id = $1 for no key update', [item.case_id]);
      const still: unknown[] = await manager.query(
        `select from work_item w join operator_presence p on p.operator_id = w.operator_id
         where w.id = $1 and w.state = 'assigned' and p.status = 'offline'`,
        [item.id],
      );
      if (still.length === 0) return;
      const result = await this.ledger.execute(manager, {
        caseId: item.case_id,
        commands: [
          {
            name: 'assign',
            office: item.office_id,
            assignee: null,
            why: item.live
              ? 'Chi lo aveva non dà più segni di vita: il contatto torna in testa alla coda'
              : 'Chi lo aveva ha finito il turno: torna nella coda',
            by: { kind: 'system' },
          },
        ],
        cause: null,
      });
      faultPoint('routing.handing-over');
      if (!isRefused(result)) return;
      this.log.warn({ case: item.case_id, because: result.detail }, 'work of somebody who is gone stays theirs');
      await manager.query('update work_item set live = false where id = $1', [item.id]);
    });
  }
}
