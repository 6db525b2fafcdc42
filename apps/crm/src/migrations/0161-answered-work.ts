import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Work of cases that an office took charge of by mail or by link waited in its queue all the same: nobody need take it.
  `create temporary table answered_work on commit drop as
   select w.id from work_item w join case_file c on c.id = w.case_id
   where w.state in ('queued', 'offered') and c.state = 'in_charge' and c.assignee_id is null for update of w`,
  `create temporary table freed_operator on commit drop as
   select distinct operator_id from offer where state = 'offered' and work_item_id in (select id from answered_work)`,
  `update offer set state = 'rescinded', settled_at = clock_timestamp(), reason = 'L’ufficio ha già preso in carico la pratica'
   where state = 'offered' and work_item_id in (select id from answered_work)`,
  `update work_item set state = 'done', operator_id = null, done_at = clock_timestamp() where id in (select id from answered_work)`,
  `update operator_presence p
   set load = t.load, exclusive = t.exclusive, firm = t.firm, in_hand = t.in_hand
   from (
     select o.operator_id as id, coalesce(sum(h.weight) filter (where not h.by_hand), 0) as load,
       count(*) filter (where h.exclusive) as exclusive, count(*) filter (where not h.interruptible) as firm,
       (select coalesce(jsonb_object_agg(c.channel, c.n), '{}') from (
          select w.channel, count(*) as n from work_item w
          where w.channel is not null and (w.state = 'assigned' and w.operator_id = o.operator_id or exists (
            select from offer f where f.work_item_id = w.id and f.operator_id = o.operator_id and f.state = 'offered'))
          group by w.channel) c) as in_hand
     from freed_operator o left join lateral (
       select w.weight, w.by_hand, w.exclusive, w.interruptible from work_item w
       where w.state = 'assigned' and w.operator_id = o.operator_id
       union all
       select w.weight, false, w.exclusive, w.interruptible from offer f join work_item w on w.id = f.work_item_id
       where f.state = 'offered' and f.operator_id = o.operator_id) h on true
     group by o.operator_id) t
   where t.id = p.operator_id`,
];

/** Ends the work that offices had taken charge of without logging in. */
export class AnsweredWork0161 implements MigrationInterface {
  readonly name = 'AnsweredWork1700000000161';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
