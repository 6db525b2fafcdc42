import { DEFAULT_QUEUE } from '@filodiretto/domain';
import type { DataSource, EntityManager } from 'typeorm';
import type { Ledger } from '../case/ledger.js';
import { announceOffers } from './offer-rows.js';
import { lockOperators, recount } from './operator-load.js';
import { isAbsent, rowsOf } from './rows.js';

/** Whether what is offered to an operator `p` by an offer `f` is taken back. */
const IS_OVER = `(f.expires_at <= clock_timestamp() or p.status in ('away', 'offline') or ${isAbsent('p')})`;

/** Takes back offers that lapsed, and those of people who are no longer there. The work goes back to where it stood. */
export const takeBack = (dataSource: DataSource, ledger: Ledger): Promise<number> =>
  dataSource.transaction(async manager => {
    const items: { id: string }[] = await manager.query(
      `select w.id from work_item w where w.state = 'offered' and exists (
         select from offer f join operator_presence p on p.operator_id = f.operator_id
         where f.work_item_id = w.id and f.state = 'offered' and ${IS_OVER})
       order by w.id limit 200 for no key update skip locked`,
    );
    if (items.length === 0) return 0;
    const ids = items.map(({ id }) => id);
    const ended: { id: string; operator_id: string; state: string }[] = rowsOf(
      await manager.query(
        `update offer f set settled_at = clock_timestamp(),
           state = case when f.expires_at <= clock_timestamp() then 'expired' else 'rescinded' end,
           reason = case when f.expires_at <= clock_timestamp() then 'Nessuna risposta in tempo' else 'L''operatore non è più presente' end
         from operator_presence p
         where f.work_item_id = any($1::uuid[]) and f.state = 'offered' and p.operator_id = f.operator_id
           and ${IS_OVER}
         returning f.id, f.operator_id, f.state`,
        [ids],
      ),
    );
    await requeue(manager, ids);
    const missed = ended.filter(one => one.state === 'expired').map(one => one.id);
    await lockOperators(
      manager,
      ended.map(one => one.operator_id),
    );
    await countMisses(manager, missed);
    await recount(
      manager,
      ended.map(one => one.operator_id),
    );
    await announceOffers(
      manager,
      ledger,
      ended.map(one => one.id),
    );
    return ended.length;
  });

/** Whoever lets several offers in a row lapse is not there: they count as away until they say otherwise. */
const countMisses = (manager: EntityManager, offers: readonly string[]): Promise<unknown> =>
  manager.query(
    `update operator_presence p set misses = p.misses + m.missed,
       status = case when p.status = 'available' and p.misses + m.missed >= m.most then 'away' else p.status end,
       since = case when p.status = 'available' and p.misses + m.missed >= m.most then clock_timestamp() else p.since end
     from (select f.operator_id, count(*) as missed, min(coalesce((q.settings->>'missesBeforeAway')::int, $2)) as most
           from offer f join work_item w on w.id = f.work_item_id left join queue_setting q on q.office_id = w.office_id
           where f.id = any($1::uuid[]) group by f.operator_id) m
     where m.operator_id = p.operator_id`,
    [offers, DEFAULT_QUEUE.missesBeforeAway],
  );

/** Puts locked work that nobody is offered any more back to where it stood in its queue. */
export const requeue = (manager: EntityManager, items: readonly string[]): Promise<unknown> =>
  manager.query(
    `update work_item w set state = 'queued', queued_at = clock_timestamp()
     where w.id = any($1::uuid[]) and w.state = 'offered'
       and not exists (select from offer f where f.work_item_id = w.id and f.state = 'offered')`,
    [items],
  );
