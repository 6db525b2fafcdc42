import { Inject, Injectable } from '@nestjs/common';
import { faultPoint } from '@filodiretto/platform';
import { chooseOperator, DEFAULT_QUEUE, inOrder, type QueueSettings } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Ledger } from '../case/ledger.js';
import type { Asking } from '../http/operator.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { announceOffers } from './offer-rows.js';
import { lockOperators, recount } from './operator-load.js';
import { answererOf, ANSWERERS, rowsOf, workColumns, workOf, type AnswererRow, type WorkRow } from './rows.js';
import { requeue } from './take-back.js';
import { seenWith } from '../permission/seen.js';

/** How much of a queue is looked at for whoever asks for the next of it. */
const LOOKED_AT = 20;

/**
 * Whether an operator is absent now. Locks their absences until the transaction ends: one that begins meanwhile waits for what they
 * take, and hands it over.
 */
async function isAway(manager: EntityManager, operator: string): Promise<boolean> {
  const absences: { now: boolean }[] = await manager.query(
    `select from_at <= clock_now() as now from absence where operator_id = $1 and to_at > clock_now() for share`,
    [operator],
  );
  return absences.some(({ now }) => now);
}

/**
 * Whether an operator still belongs to an office whose members take the work: that which waits for it, or one to which its queue looks
 * further. Whoever takes them out of it meanwhile waits until the transaction ends.
 */
async function belongs(manager: EntityManager, operator: string, workItem: string): Promise<boolean> {
  const memberships: unknown[] = await manager.query(
    `select from membership m join work_item w on w.id = $2 left join queue_setting q on q.office_id = w.office_id
     where m.operator_id = $1 and (m.office_id = w.office_id or jsonb_path_exists(q.settings,
       '$.rings[*].addOffices[*] ? (@ == $office)', jsonb_build_object('office', m.office_id)))
     for share of m`,
    [operator, workItem],
  );
  return memberships.length > 0;
}

/** What operators do with what they are offered, each in the caller's transaction: cases are locked, then work, then operators. */
@Injectable()
export class Offers {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** Takes what is offered: the case becomes the operator's. Accepting twice is accepting once; too late is refused. */
  async accept(
    manager: EntityManager,
    { id: operator, administrationId }: Pick<Asking, 'id' | 'administrationId'>,
    offerId: string,
    cause: string,
  ): Promise<{ id: string } | Refused> {
    const found: { case_id: string; work_item_id: string }[] = await manager.query(
      `select w.case_id, f.work_item_id from offer f join work_item w on w.id = f.work_item_id
       where f.id = $1 and f.operator_id = $2 and f.administration_id = $3`,
      [offerId, operator, administrationId],
    );
    const [target] = found;
    if (!target) return refused('not-found', 'There is no such offer to you.');
    if (await isAway(manager, operator)) return refused('offer-over', 'Who is absent is offered nothing.');
    await manager.query('select from case_file where id = $1 for no key update', [target.case_id]);
    await manager.query('select from work_item where id = $1 for no key update', [target.work_item_id]);
    const [offer]: { state: string; office_id: string; lapsed: boolean; sentence: string }[] = await manager.query(
      `select f.state, f.sentence, f.expires_at <= clock_timestamp() as lapsed, w.office_id
       from offer f join work_item w on w.id = f.work_item_id where f.id = $1`,
      [offerId],
    );
    if (offer?.state === 'accepted') return { id: offerId };
    if (offer?.state !== 'offered' || offer.lapsed)
      return refused('offer-over', 'It was taken back, refused or not answered in time.');
    if (!(await belongs(manager, operator, target.work_item_id)))
      return refused('offer-over', 'Who left the office is given none of its work: it goes to another.');
    const others: { id: string; operator_id: string }[] = rowsOf(
      await manager.query(
        `update offer set settled_at = clock_timestamp(), state = case when id = $2 then 'accepted' else 'rescinded' end,
           reason = case when id <> $2 then 'Un altro operatore ha accettato per primo' end
         where work_item_id = $1 and state = 'offered' returning id, operator_id`,
        [target.work_item_id, offerId],
      ),
    );
    await manager.query(
      `update work_item set state = 'assigned', operator_id = $2, by_hand = false, assigned_at = clock_timestamp(),
         goes_first = false where id = $1`,
      [target.work_item_id, operator],
    );
    await lockOperators(
      manager,
      others.map(one => one.operator_id),
    );
    await manager.query('update operator_presence set misses = 0 where operator_id = $1', [operator]);
    await recount(
      manager,
      others.map(one => one.operator_id),
    );
    await announceOffers(
      manager,
      this.ledger,
      others.map(one => one.id),
    );
    const assigned = await this.ledger.execute(manager, {
      caseId: target.case_id,
      commands: [
        {
          name: 'assign',
          office: offer.office_id,
          assignee: operator,
          why: offer.sentence,
          by: { kind: 'operator', id: operator },
        },
      ],
      cause,
    });
    faultPoint('routing.accepting');
    return isRefused(assigned) ? assigned : { id: offerId };
  }

  /** Gives back what is offered, with a reason or none: it goes to another, and for a while not to whoever refused. */
  async reject(
    manager: EntityManager,
    { id: operator, administrationId }: Pick<Asking, 'id' | 'administrationId'>,
    offerId: string,
    reason: string | undefined,
  ): Promise<{ id: string } | Refused> {
    const found: { work_item_id: string }[] = await manager.query(
      'select work_item_id from offer where id = $1 and operator_id = $2 and administration_id = $3',
      [offerId, operator, administrationId],
    );
    const [target] = found;
    if (!target) return refused('not-found', 'There is no such offer to you.');
    await manager.query('select from work_item where id = $1 for no key update', [target.work_item_id]);
    const ended: { id: string }[] = rowsOf(
      await manager.query(
        `update offer set state = 'rejected', settled_at = clock_timestamp(), reason = $2
         where id = $1 and state = 'offered' and expires_at > clock_timestamp() returning id`,
        [offerId, reason ?? null],
      ),
    );
    if (ended.length === 0) {
      const [offer]: { state: string }[] = await manager.query('select state from offer where id = $1', [offerId]);
      return offer?.state === 'rejected'
        ? { id: offerId }
        : refused('offer-over', 'It was taken back, accepted or not answered in time.');
    }
    await requeue(manager, [target.work_item_id]);
    await lockOperators(manager, [operator]);
    await manager.query('update operator_presence set misses = 0 where operator_id = $1', [operator]);
    await recount(manager, [operator]);
    await announceOffers(manager, this.ledger, [offerId]);
    return { id: offerId };
  }

  /**
   * Gives an operator the next of a queue that they can take: theirs at once. Whoever asks is there, whatever they said of
   * themselves; what they have in hand still counts. `null` when nothing is for them.
   */
  async next(
    manager: EntityManager,
    { id: operator, administrationId, sight }: Pick<Asking, 'id' | 'administrationId' | 'sight'>,
    officeId: string,
    cause: string,
  ): Promise<{ id: string | null } | Refused> {
    const [queue]: { settings: QueueSettings | null; ours: boolean }[] = await manager.query(
      `select q.settings, exists (select from membership m where m.office_id = o.id and m.operator_id = $3) as ours
       from office o left join queue_setting q on q.office_id = o.id where o.id = $1 and o.administration_id = $2`,
      [officeId, administrationId, operator],
    );
    if (!queue) return refused('not-found', 'There is no such queue.');
    if (!queue.ours) return refused('not-allowed', 'Only who belongs to the office takes from its queue.');
    if (await isAway(manager, operator))
      return refused('not-allowed', 'Who is absent takes no work: end the absence first.');
    const settings = { ...DEFAULT_QUEUE, ...queue.settings, strategy: 'pull', stickyWaitSeconds: 0 } as const;
    const parameters: unknown[] = [officeId, settings.excludeSeconds, settings.stickyDays];
    const waiting: (WorkRow & { sentence: string | null })[] = await manager.query(
      `select ${workColumns('$2', '$3')} from work_item w join case_file c on c.id = w.case_id
       where w.office_id = $1 and w.state = 'queued' and ${seenWith(sight, parameters)}
       order by w.goes_first desc, w.effective_start, w.id limit ${LOOKED_AT}
       for no key update of c, w skip locked`,
      parameters,
    );
    await lockOperators(manager, [operator]);
    const [row]: AnswererRow[] = await manager.query(`${ANSWERERS} where p.operator_id = $1`, [operator]);
    if (!row) return { id: null };
    const self = { ...answererOf(row), status: 'available', heartbeatAt: row.now, channels: null } as const;
    for (const work of inOrder(waiting.map(workOf), settings.scoring, row.now)) {
      const { operators, explanation } = chooseOperator(work, [self], settings, row.now);
      const caseId = waiting.find(one => one.id === work.id)?.case_id;
      if (operators.length === 0 || caseId === undefined) continue;
      const { sentence, ...seen } = explanation;
      const offer = v7();
      await manager.query(
        `insert into offer (id, administration_id, work_item_id, operator_id, state, shared, expires_at, settled_at, explanation, sentence)
         values ($1, $2, $3, $4, 'accepted', false, clock_timestamp(), clock_timestamp(), $5, $6)`,
        [offer, administrationId, work.id, operator, JSON.stringify(seen), sentence],
      );
      await manager.query(
        `update work_item set state = 'assigned', operator_id = $2, by_hand = false, assigned_at = clock_timestamp(),
           goes_first = false where id = $1`,
        [work.id, operator],
      );
      await recount(manager, [operator]);
      await announceOffers(manager, this.ledger, [offer]);
      const assigned = await this.ledger.execute(manager, {
        caseId,
        commands: [
          {
            name: 'assign',
            office: officeId,
            assignee: operator,
            why: sentence,
            by: { kind: 'operator', id: operator },
          },
        ],
        cause,
      });
      return isRefused(assigned) ? assigned : { id: work.id };
    }
    return { id: null };
  }
}
