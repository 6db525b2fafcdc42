import type { EntityManager } from 'typeorm';

/**
 * Locks what operators have, in one order everywhere; work items are locked before. Operators who never said where they are get
 * a row. After it, what others committed about them is seen.
 */
export async function lockOperators(manager: EntityManager, operators: readonly string[]): Promise<void> {
  const ids = [...new Set(operators)].sort();
  if (ids.length === 0) return;
  await manager.query(
    `insert into operator_presence (operator_id, administration_id)
     select o.id, o.administration_id from operator o where o.id = any($1::uuid[])
       and not exists (select from operator_presence p where p.operator_id = o.id)
     order by o.id on conflict do nothing`,
    [ids],
  );
  await manager.query(
    'select from operator_presence where operator_id = any($1::uuid[]) order by operator_id for no key update',
    [ids],
  );
}

/**
 * Counts again what locked operators have in hand and are offered, from the rows themselves: it cannot drift. What was taken by
 * hand may go beyond the capacity, and is counted apart.
 */
export async function recount(manager: EntityManager, operators: readonly string[]): Promise<void> {
  const ids = [...new Set(operators)];
  if (ids.length === 0) return;
  await manager.query(
    `with held as (
       select w.operator_id, w.weight, w.channel, w.exclusive, w.interruptible, w.by_hand
       from work_item w where w.state = 'assigned' and w.operator_id = any($1::uuid[])
       union all
       select f.operator_id, w.weight, w.channel, w.exclusive, w.interruptible, false
       from offer f join work_item w on w.id = f.work_item_id where f.state = 'offered' and f.operator_id = any($1::uuid[])
     ), total as (
       select o.id, count(h.weight) as items,
         coalesce(sum(h.weight) filter (where not h.by_hand), 0) as load,
         coalesce(sum(h.weight) filter (where h.by_hand), 0) as by_hand_load,
         count(*) filter (where h.exclusive) as exclusive, count(*) filter (where not h.interruptible) as firm,
         (select coalesce(jsonb_object_agg(c.channel, c.n), '{}') from
            (select channel, count(*) as n from held where operator_id = o.id and channel is not null group by channel) c) as in_hand
       from unnest($1::uuid[]) o(id) left join held h on h.operator_id = o.id group by o.id
     )
     update operator_presence p
     set load = t.load, by_hand_load = t.by_hand_load, exclusive = t.exclusive, firm = t.firm, in_hand = t.in_hand,
       idle_since = case when t.load + t.by_hand_load < p.load + p.by_hand_load then clock_timestamp() else p.idle_since end
     from total t where t.id = p.operator_id`,
    [ids],
  );
}
