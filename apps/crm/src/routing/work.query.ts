import { Inject, Injectable } from '@nestjs/common';
import type {
  OfferList,
  OfferState,
  OfferView,
  Presence,
  PresenceView,
  Priority,
  QueueList,
  SkillNeed,
  Strategy,
  WorkItemView,
  WorkState,
} from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import { CONTACT_REF, CONTACT_REF_JOINS, contactRef, type ContactRefRow } from '../contact/contact-ref.js';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { isAbsent } from './rows.js';
import { beyondSight } from '../isolation/acting.js';
import { notHiddenSql } from '../permission/seen.js';

interface OfferRow extends ContactRefRow {
  readonly id: string;
  readonly work_item_id: string;
  readonly case_id: string;
  readonly number: string;
  readonly subject: string;
  readonly office_id: string;
  readonly office_name: string;
  readonly operator_id: string;
  readonly operator_name: string;
  readonly state: OfferState;
  readonly priority: Priority;
  readonly channel: string | null;
  readonly shared: boolean;
  readonly offered_at: Date;
  readonly expires_at: Date;
  readonly settled_at: Date | null;
  readonly reason: string | null;
  readonly sentence: string;
  readonly explanation: Record<string, unknown>;
}

const OFFERS = `
  select f.id, f.work_item_id, w.case_id, c.number, c.subject, w.office_id, o.name as office_name, f.operator_id,
    p.name as operator_name, f.state, w.priority, w.channel, f.shared, f.offered_at, f.expires_at, f.settled_at, f.reason,
    f.sentence, f.explanation, ${CONTACT_REF}
  from offer f join work_item w on w.id = f.work_item_id join case_file c on c.id = w.case_id
  join office o on o.id = w.office_id join operator p on p.id = f.operator_id${CONTACT_REF_JOINS}`;

interface WorkRow {
  readonly id: string;
  readonly case_id: string;
  readonly number: string;
  readonly subject: string;
  readonly office_id: string;
  readonly office_name: string;
  readonly operator_id: string | null;
  readonly operator_name: string | null;
  readonly state: WorkState;
  readonly priority: Priority;
  readonly channel: string | null;
  readonly language: string | null;
  readonly weight: number;
  readonly skills: SkillNeed[];
  readonly virtual_start: Date;
  readonly due_at: Date | null;
  readonly by_hand: boolean;
  readonly sentence: string | null;
  readonly explanation: Record<string, unknown> | null;
}

/** Why offers are read so; their cases are ordinary ones, or the query and the guard have looked. */
const OFFERED = 'an office that was not concerned with a case yet is offered it';

/** What waits, what is offered, who is there. */
@Injectable()
export class WorkQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The queues of an administration that have work or say how they give it out. */
  async queues(asking: Asking): Promise<QueueList> {
    const parameters: unknown[] = [asking.administrationId];
    const shown = notHiddenSql(asking, 'w.case_id', value => `$${parameters.push(value)}`);
    const rows: {
      id: string;
      name: string;
      strategy: Strategy;
      waiting: number;
      offered: number;
      in_hand: number;
      oldest: number | null;
      available: number;
      free: number;
    }[] = await beyondSight('the numbers of a queue are of all that waits in it', () =>
      this.dataSource.query(
        `select o.id, o.name, coalesce(q.strategy, 'pull') as strategy, coalesce(w.waiting, 0)::int as waiting,
         coalesce(w.offered, 0)::int as offered, coalesce(w.in_hand, 0)::int as in_hand,
         floor(extract(epoch from now() - w.oldest))::int as oldest, p.available::int, p.free::int
       from office o left join queue_setting q on q.office_id = o.id
       left join (select office_id, count(*) filter (where state = 'queued') as waiting,
                    count(*) filter (where state = 'offered') as offered, count(*) filter (where state = 'assigned') as in_hand,
                    min(virtual_start) filter (where state = 'queued') as oldest
                  from work_item w where administration_id = $1 and state <> 'done' and ${shown} group by office_id) w on w.office_id = o.id
       cross join lateral (
         select count(*) as available, count(*) filter (where s.load + s.by_hand_load < s.capacity and s.exclusive = 0) as free
         from membership m join operator_presence s on s.operator_id = m.operator_id
         where m.office_id = o.id and s.status = 'available' and s.heartbeat_at > now() - interval '30 seconds'
           and not ${isAbsent('s')}) p
       where o.administration_id = $1 and (q.office_id is not null or w.office_id is not null) order by o.name, o.id`,
        parameters,
      ),
    );
    return {
      items: rows.map(({ id, name, in_hand: inHand, oldest, ...row }) => ({
        office: { id, name },
        ...row,
        inHand,
        ...present({ oldestWaitSeconds: oldest }),
      })),
    };
  }

  /** What is being offered to an operator. */
  async offersTo(asking: Asking): Promise<OfferList> {
    const parameters: unknown[] = [asking.id];
    const shown = notHiddenSql(asking, 'w.case_id', value => `$${parameters.push(value)}`);
    const rows: OfferRow[] = await beyondSight(OFFERED, () =>
      this.dataSource.query(
        `${OFFERS} where f.operator_id = $1 and f.state = 'offered' and ${shown}
       order by f.offered_at, f.id limit 1000`,
        parameters,
      ),
    );
    return { items: rows.map(offerView) };
  }

  async offer({ administrationId }: Asking, id: string): Promise<OfferView | undefined> {
    const rows: OfferRow[] = await beyondSight(OFFERED, () =>
      this.dataSource.query(`${OFFERS} where f.administration_id = $1 and f.id = $2`, [administrationId, id]),
    );
    return rows.map(offerView)[0];
  }

  /** Some work, with everybody it was offered to and why. */
  async item({ administrationId }: Asking, id: string): Promise<WorkItemView | undefined> {
    const [row]: WorkRow[] = await this.dataSource.query(
      `select w.id, w.case_id, c.number, c.subject, w.office_id, o.name as office_name, w.operator_id, p.name as operator_name,
         w.state, w.priority, w.channel, w.language, w.weight, w.skills, w.virtual_start, w.due_at, w.by_hand, w.sentence,
         w.explanation
       from work_item w join case_file c on c.id = w.case_id join office o on o.id = w.office_id
       left join operator p on p.id = w.operator_id where w.administration_id = $1 and w.id = $2`,
      [administrationId, id],
    );
    if (!row) return undefined;
    const offers: OfferRow[] = await this.dataSource.query(
      `${OFFERS} where f.work_item_id = $1 order by f.offered_at, f.id limit 1000`,
      [id],
    );
    return {
      id: row.id,
      case: { id: row.case_id, number: row.number, subject: row.subject },
      office: { id: row.office_id, name: row.office_name },
      state: row.state,
      priority: row.priority,
      weight: row.weight,
      skills: row.skills,
      since: at(row.virtual_start),
      byHand: row.by_hand,
      offers: offers.map(offerView),
      ...present({
        channel: row.channel,
        language: row.language,
        dueAt: atOrNull(row.due_at),
        sentence: row.sentence,
        explanation: row.explanation,
      }),
      ...(row.operator_id !== null && row.operator_name !== null
        ? { operator: { id: row.operator_id, name: row.operator_name } }
        : {}),
    };
  }

  /** Where an operator is; one who never said is offline, and whoever is there during an absence is away. */
  async presence({ administrationId }: Asking, operatorId: string): Promise<PresenceView | undefined> {
    const [row]: {
      id: string;
      name: string;
      status: Presence | null;
      since: Date | null;
      heartbeat_at: Date | null;
      wrap_up_until: Date | null;
      channels: string[] | null;
      capacity: number;
      load: number;
      by_hand_load: number;
    }[] = await this.dataSource.query(
      `select o.id, o.name, case when p.status <> 'offline' and ${isAbsent('p')} then 'away' else p.status end as status, p.since,
         p.heartbeat_at, p.wrap_up_until, p.channels, coalesce(p.capacity, 100) as capacity,
         coalesce(p.load, 0) as load, coalesce(p.by_hand_load, 0) as by_hand_load
       from operator o left join operator_presence p on p.operator_id = o.id where o.administration_id = $1 and o.id = $2`,
      [administrationId, operatorId],
    );
    if (!row) return undefined;
    return {
      operator: { id: row.id, name: row.name },
      status: row.status ?? 'offline',
      since: at(row.since ?? new Date(0)),
      capacity: row.capacity,
      load: row.load,
      byHandLoad: row.by_hand_load,
      ...present({
        heartbeatAt: atOrNull(row.heartbeat_at),
        wrapUpUntil: atOrNull(row.wrap_up_until),
        channels: row.channels,
      }),
    };
  }
}

const offerView = (row: OfferRow): OfferView => ({
  id: row.id,
  workItem: row.work_item_id,
  case: { id: row.case_id, number: row.number, subject: row.subject },
  ...contactRef(row),
  office: { id: row.office_id, name: row.office_name },
  operator: { id: row.operator_id, name: row.operator_name },
  state: row.state,
  priority: row.priority,
  shared: row.shared,
  offeredAt: at(row.offered_at),
  expiresAt: at(row.expires_at),
  sentence: row.sentence,
  explanation: row.explanation,
  ...present({ channel: row.channel, settledAt: atOrNull(row.settled_at), reason: row.reason }),
});
