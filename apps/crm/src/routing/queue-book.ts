import { Injectable } from '@nestjs/common';
import type { ChannelWeights, ChannelWeightsView, OperatorSkills, WriteQueueSettings } from '@filodiretto/contracts';
import { DEFAULT_QUEUE, PRIORITY_LEVEL, type QueueSettings } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import type { Asking } from '../http/operator.js';
import { staleness } from '../office/locked-tree.js';
import { refused, type Refused } from '../refused.js';
import { lockOperators } from './operator-load.js';

/** How an office gives out its work, and at which version: 0 when it said nothing. */
interface Said extends QueueSettings {
  readonly version: number;
}

const NO_QUEUE = refused('not-found', 'There is no such queue.');

/** What an administration says of its queues, of its channels' weight and of its operators' skills. */
@Injectable()
export class QueueBook {
  /** How an office gives out its work; as usual when it said nothing. */
  async settings(manager: EntityManager, { administrationId }: Asking, officeId: string): Promise<Said | Refused> {
    const [row]: { settings: QueueSettings | null; version: number | null }[] = await manager.query(
      `select q.settings, q.version from office o left join queue_setting q on q.office_id = o.id
       where o.id = $1 and o.administration_id = $2`,
      [officeId, administrationId],
    );
    return row ? { ...DEFAULT_QUEUE, ...row.settings, version: row.version ?? 0 } : NO_QUEUE;
  }

  /** Says how an office gives out its work, from the version that was seen. What waits already is put in the order of the new weights. */
  async write(
    manager: EntityManager,
    operator: Asking,
    of: { readonly officeId: string; readonly seen: number },
    asked: WriteQueueSettings,
  ): Promise<object | Refused> {
    const { officeId, seen } = of;
    await manager.query('select from office where id = $1 and administration_id = $2 for update', [
      officeId,
      operator.administrationId,
    ]);
    const before = await this.settings(manager, operator, officeId);
    if ('refused' in before) return before;
    const stale = staleness(before.version, seen);
    if (stale) return stale;
    const others = asked.rings?.flatMap(ring => ring.addOffices ?? []) ?? [];
    if (!(await areOurs(manager, operator, others)))
      return {
        ...refused('invalid-input', 'A ring names an office that is not here.'),
        errors: [{ pointer: '/rings', detail: 'there is no such office here' }],
      };
    const settings: QueueSettings = { ...DEFAULT_QUEUE, ...asked };
    await manager.query(
      `insert into queue_setting (office_id, administration_id, strategy, settings) values ($1, $2, $3, $4)
       on conflict (office_id) do update set strategy = excluded.strategy, settings = excluded.settings,
         version = queue_setting.version + 1, updated_at = now()`,
      [officeId, operator.administrationId, settings.strategy, JSON.stringify(settings)],
    );
    await manager.query(
      `update work_item set
         effective_start = virtual_start - make_interval(secs => ($3::jsonb->>priority)::float8 * $2::float8 * 60),
         due_at = virtual_start + make_interval(secs => $4::int), next_ring_at = now()
       where office_id = $1 and state = 'queued'`,
      [
        officeId,
        settings.scoring.perPriority / settings.scoring.perMinute,
        JSON.stringify(PRIORITY_LEVEL),
        settings.targetSeconds,
      ],
    );
    return settings;
  }

  async weights(manager: EntityManager, { administrationId }: Asking): Promise<ChannelWeightsView> {
    const rows: (Omit<ChannelWeights['items'][number], 'maxAtOnce'> & { maxAtOnce: number | null })[] =
      await manager.query(
        `select channel, weight, max_at_once as "maxAtOnce", live, exclusive, interruptible from channel_weight
         where administration_id = $1 order by channel`,
        [administrationId],
      );
    const [decided]: { version: number }[] = await manager.query(
      'select version from channel_weight_version where administration_id = $1',
      [administrationId],
    );
    return {
      version: decided?.version ?? 0,
      items: rows.map(({ maxAtOnce, ...row }) => ({ ...row, ...(maxAtOnce === null ? {} : { maxAtOnce }) })),
    };
  }

  /** Says what contacts weigh, from the next on and from the version that was seen: all that differ from the usual. */
  async weigh(
    manager: EntityManager,
    operator: Asking,
    seen: number,
    { items }: ChannelWeights,
  ): Promise<object | Refused> {
    const { administrationId } = operator;
    if (new Set(items.map(one => one.channel)).size < items.length)
      return {
        ...refused('invalid-input', 'A channel is there twice.'),
        errors: [{ pointer: '/items', detail: 'each channel once' }],
      };
    await manager.query('select from office where id = $1 for update', [administrationId]);
    const stale = staleness((await this.weights(manager, operator)).version, seen);
    if (stale) return stale;
    await manager.query(
      `insert into channel_weight_version (administration_id, version) values ($1, 1)
       on conflict (administration_id) do update set version = channel_weight_version.version + 1`,
      [administrationId],
    );
    await manager.query('delete from channel_weight where administration_id = $1', [administrationId]);
    await insertAll(
      manager,
      'channel_weight',
      items.map(one => ({ administrationId, ...one, maxAtOnce: one.maxAtOnce ?? null })),
    );
    return items;
  }

  async skills(
    manager: EntityManager,
    { administrationId }: Asking,
    operatorId: string,
  ): Promise<OperatorSkills | Refused> {
    const [row]: OperatorSkills[] = await manager.query(
      `select coalesce(p.capacity, 100) as capacity,
         coalesce((select jsonb_agg(jsonb_build_object('skill', s.skill, 'level', s.level) order by s.skill)
                   from operator_skill s where s.operator_id = o.id), '[]') as skills
       from operator o left join operator_presence p on p.operator_id = o.id where o.administration_id = $1 and o.id = $2`,
      [administrationId, operatorId],
    );
    return row ?? refused('not-found', 'There is no such operator.');
  }

  /** Says what an operator can do and how much at once; not less than they have in hand. */
  async enable(
    manager: EntityManager,
    operator: Asking,
    operatorId: string,
    { capacity, skills }: OperatorSkills,
  ): Promise<object | Refused> {
    const before = await this.skills(manager, operator, operatorId);
    if ('refused' in before) return before;
    if (new Set(skills.map(one => one.skill)).size < skills.length)
      return {
        ...refused('invalid-input', 'A skill is there twice.'),
        errors: [{ pointer: '/skills', detail: 'each skill once' }],
      };
    await lockOperators(manager, [operatorId]);
    const [held]: { load: number }[] = await manager.query(
      'select load from operator_presence where operator_id = $1',
      [operatorId],
    );
    if (held && held.load > capacity)
      return {
        ...refused('invalid-input', 'The operator has more than that in hand.'),
        errors: [{ pointer: '/capacity', detail: `cannot be below ${held.load}, which they have in hand now` }],
      };
    await manager.query('update operator_presence set capacity = $2 where operator_id = $1', [operatorId, capacity]);
    await manager.query('delete from operator_skill where operator_id = $1', [operatorId]);
    await insertAll(
      manager,
      'operator_skill',
      skills.map(one => ({ operatorId, ...one })),
    );
    return skills;
  }
}

async function areOurs(
  manager: EntityManager,
  { administrationId }: Asking,
  offices: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(offices)];
  const found: unknown[] = await manager.query(
    'select from office where administration_id = $1 and id = any($2::uuid[])',
    [administrationId, wanted],
  );
  return found.length === wanted.length;
}
