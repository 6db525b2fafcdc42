import type { Priority, Strategy } from '@filodiretto/contracts';
import { createLogger } from '@filodiretto/platform';
import { caseNumber, DEFAULT_QUEUE, type Command, type QueueSettings, type RequiredSkill } from '@filodiretto/domain';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import type { CaseFile } from '../case/case-file.entity.js';
import { Ledger } from '../case/ledger.js';
import type { Refused } from '../refused.js';
import type { Made } from './claim.js';
import { Dispatcher } from './dispatcher.js';
import type { OfferingQueue } from './waiting.js';
import { Offers } from './offers.js';
import { Presences } from './presences.js';

let cases = 0;

/** A queue of a test with its operators. It remembers nothing of the work: a new one on the same rows is a process started again. */
export class Floor {
  readonly dispatcher: Dispatcher;
  readonly offers: Offers;
  readonly presences: Presences;
  private readonly ledger = new Ledger();

  constructor(
    /** As many connections as there are processes at work. */
    private readonly pool: DataSource,
    readonly administrationId: string,
    readonly officeId: string,
    readonly operators: readonly string[],
    readonly settings: QueueSettings,
  ) {
    this.dispatcher = new Dispatcher(pool, this.ledger);
    this.offers = new Offers(this.ledger);
    this.presences = new Presences(pool, this.ledger, createLogger('test', 'silent'));
  }

  static async open(
    pool: DataSource,
    people: number,
    settings: Partial<QueueSettings> & { readonly strategy: Strategy },
    capacity = 30,
  ): Promise<Floor> {
    const [administrationId, officeId] = [v7(), v7()];
    const all = { ...DEFAULT_QUEUE, ...settings };
    await pool.query(
      `insert into office (id, administration_id, parent_id, code, name, kind, tier)
       values ($1, $1, null, $3, 'Ente', 'administration', 1), ($2, $1, $1, $4, 'URP', 'office', 1)`,
      [administrationId, officeId, `e-${administrationId}`, `u-${officeId}`],
    );
    const operators = Array.from({ length: people }, () => v7());
    await pool.query(
      `insert into operator (id, administration_id, office_id, code, name, role)
       select o, $2, $3, o::text, 'Operatore', 'tier1_operator' from unnest($1::uuid[]) o`,
      [operators, administrationId, officeId],
    );
    await pool.query(
      `insert into operator_presence (operator_id, administration_id, status, heartbeat_at, capacity)
       select o, $2, 'available', now(), $3 from unnest($1::uuid[]) o`,
      [operators, administrationId, capacity],
    );
    await pool.query(
      'insert into queue_setting (office_id, administration_id, strategy, settings) values ($1, $2, $3, $4)',
      [officeId, administrationId, all.strategy, JSON.stringify(all)],
    );
    return new Floor(pool, administrationId, officeId, operators, all);
  }

  /** The same floor after a restart: nothing but what is stored. */
  restarted(): Floor {
    return new Floor(this.pool, this.administrationId, this.officeId, this.operators, this.settings);
  }

  async arrives(
    priority: Priority = 'normal',
    skills: RequiredSkill[] = [],
    channel: string | null = null,
  ): Promise<string> {
    const id = v7();
    cases += 1;
    await this.command(
      id,
      {
        name: 'open',
        id,
        administration: this.administrationId,
        number: caseNumber(2026, cases),
        kind: 'information',
        priority,
        office: this.officeId,
        by: { kind: 'system' },
      },
      { subject: 'Prova', channel, account: null, trackingHash: null },
    );
    if (skills.length > 0)
      await this.pool.query('update work_item set skills = $2, need = $3 where case_id = $1', [
        id,
        JSON.stringify(skills),
        JSON.stringify(skills),
      ]);
    return id;
  }

  command(
    caseId: string,
    command: Command,
    opening?: { subject: string; channel: string | null; account: null; trackingHash: null },
  ): Promise<CaseFile | Refused> {
    return this.pool.transaction(manager =>
      this.ledger.execute(manager, { caseId, commands: [command], cause: null, ...(opening ? { opening } : {}) }),
    );
  }

  ends(caseId: string, operator: string): Promise<CaseFile | Refused> {
    return this.command(caseId, {
      name: 'resolve',
      outcome: 'positive',
      outcomeReason: 'done',
      spoken: true,
      by: { kind: 'operator', id: operator },
    });
  }

  give(): Promise<Made> {
    return this.dispatcher.give([this.queue]);
  }
  get queue(): OfferingQueue {
    return { officeId: this.officeId, administrationId: this.administrationId, settings: this.settings };
  }
  /** Another office with a queue in the same administration, for which the same people work. */
  async beside(settings: Partial<QueueSettings> & { readonly strategy: Strategy }): Promise<Floor> {
    const officeId = v7();
    const all = { ...DEFAULT_QUEUE, ...settings };
    await this.pool.query(
      `insert into office (id, administration_id, parent_id, code, name, kind, tier) values ($1, $2, $2, $3, 'Altro', 'office', 1)`,
      [officeId, this.administrationId, `a-${officeId}`],
    );
    await this.pool.query(
      'insert into queue_setting (office_id, administration_id, strategy, settings) values ($1, $2, $3, $4)',
      [officeId, this.administrationId, all.strategy, JSON.stringify(all)],
    );
    await this.pool.query(
      `insert into membership (operator_id, office_id, administration_id, role, tier)
       select o, $2, $3, 'tier1_operator', 1 from unnest($1::uuid[]) o`,
      [this.operators, officeId, this.administrationId],
    );
    return new Floor(this.pool, this.administrationId, officeId, this.operators, all);
  }
  /** Whether the next round reads its queue. */
  async isRead(): Promise<boolean> {
    return (await this.dispatcher.queues()).some(queue => queue.officeId === this.officeId);
  }
  async sweep(): Promise<void> {
    await this.presences.sweep();
    while ((await this.dispatcher.takeBack()) > 0);
    await this.presences.handOver();
    while ((await this.dispatcher.relax()) > 0);
  }
  accept(operator: string, offer: string): Promise<object> {
    return this.pool.transaction(manager =>
      this.offers.accept(manager, { id: operator, administrationId: this.administrationId }, offer, 'test'),
    );
  }
  reject(operator: string, offer: string): Promise<object> {
    return this.pool.transaction(manager =>
      this.offers.reject(manager, { id: operator, administrationId: this.administrationId }, offer, undefined),
    );
  }
  next(operator: string): Promise<object> {
    return this.pool.transaction(manager =>
      this.offers.next(
        manager,
        { id: operator, administrationId: this.administrationId, sight: 'all' },
        this.officeId,
        'test',
      ),
    );
  }
  say(operator: string, status: 'available' | 'away' | 'offline'): Promise<object> {
    return this.pool.transaction(manager =>
      this.presences.say(manager, { id: operator, administrationId: this.administrationId }, status, undefined),
    );
  }
  /** Their screen gave no sign of life for a while. */
  async goesSilent(operator: string): Promise<void> {
    await this.pool.query(
      `update operator_presence set heartbeat_at = now() - interval '31 seconds' where operator_id = $1`,
      [operator],
    );
  }
  /** Records that they are absent from so many minutes from now to so many. */
  async isAbsent(operator: string, from: number, to: number): Promise<void> {
    await this.pool.query(
      `insert into absence (id, administration_id, operator_id, from_at, to_at)
       values ($1, $2, $3, now() + make_interval(mins => $4), now() + make_interval(mins => $5))`,
      [v7(), this.administrationId, operator, from, to],
    );
  }
  /** Time passes for the leases. */
  async lapse(): Promise<void> {
    await this.pool.query(
      `update offer set expires_at = now() - interval '1 second' where state = 'offered' and administration_id = $1`,
      [this.administrationId],
    );
  }

  open(): Promise<{ id: string; operator_id: string; case_id: string }[]> {
    return this.pool.query(
      `select f.id, f.operator_id, w.case_id from offer f join work_item w on w.id = f.work_item_id
       where f.administration_id = $1 and f.state = 'offered' order by f.offered_at, f.id`,
      [this.administrationId],
    );
  }
  hands(): Promise<{ case_id: string; operator_id: string }[]> {
    return this.pool.query(
      `select case_id, operator_id from work_item where administration_id = $1 and state = 'assigned' order by assigned_at, id`,
      [this.administrationId],
    );
  }
  async item(caseId: string): Promise<{ state: string; operator_id: string | null; virtual_start: Date }> {
    const [row]: { state: string; operator_id: string | null; virtual_start: Date }[] = await this.pool.query(
      `select state, operator_id, virtual_start from work_item where case_id = $1 and state <> 'done'`,
      [caseId],
    );
    if (!row) throw new Error('the work is gone');
    return row;
  }

  /** Everything that must hold at every moment; each row says what does not. */
  async broken(): Promise<{ what: string; id: string }[]> {
    return this.pool.query(
      `select 'P1: an open offer of work that is not being offered' as what, f.id from offer f
         join work_item w on w.id = f.work_item_id
         where f.state = 'offered' and w.state <> 'offered' and w.administration_id = $1
       union all
       select 'P1: offered to several, and not to the first who accepts', w.id from work_item w join offer f on f.work_item_id = w.id
         where f.state = 'offered' and w.administration_id = $1 group by w.id having count(*) > 1 and not bool_and(f.shared)
       union all
       select 'P4: offered to nobody', w.id from work_item w where w.state = 'offered' and w.administration_id = $1
         and not exists (select from offer f where f.work_item_id = w.id and f.state = 'offered')
       union all
       select 'P4: the case waits and its work does not', c.id from case_file c where c.administration_id = $1
         and c.state = 'assigned' and c.assignee_id is null
         and not exists (select from work_item w where w.case_id = c.id and w.state in ('queued', 'offered') and w.office_id = c.office_id)
       union all
       select 'P4: the case is held and its work is not, or by another', c.id from case_file c where c.administration_id = $1
         and c.state in ('assigned', 'in_charge') and c.assignee_id is not null
         and not exists (select from work_item w where w.case_id = c.id and w.state = 'assigned' and w.operator_id = c.assignee_id)
       union all
       select 'P4: the case is over and its work is not', c.id from case_file c join work_item w on w.case_id = c.id
         where c.administration_id = $1 and w.state <> 'done' and c.state not in ('assigned', 'in_charge')
       union all
       select 'P2: an operator has another load than the count says', p.operator_id from operator_presence p
         where p.administration_id = $1 and (p.load <> (
           select coalesce(sum(w.weight), 0) from work_item w where w.state = 'assigned' and not w.by_hand and w.operator_id = p.operator_id)
           + (select coalesce(sum(w.weight), 0) from offer f join work_item w on w.id = f.work_item_id
              where f.state = 'offered' and f.operator_id = p.operator_id)
           or p.load > p.capacity)`,
      [this.administrationId],
    );
  }
}
