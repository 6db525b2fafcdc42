import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { CaseActions, CaseFact } from '@filodiretto/contracts';
import { automationHolds, LONGEST_CHAIN, MOST_FAILURES, setsOff, type AutomationConditions } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Background } from '../background.js';
import { insertAll } from '../bulk.js';
import { Clock } from '../clock.js';
import { BusyDataSource } from '../data-source.js';
import { isConflict, isSystemFault, wordsOf } from '../faults.js';
import type { Asking } from '../http/operator.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { Performing, type Performed } from '../macro/performing.js';
import { Relay } from '../outbox/relay.js';
import { Sights } from '../permission/sights.js';
import { isRestricted } from '../privacy/restriction.js';
import { isRefused } from '../refused.js';
import { JournalReader, type Read } from '../stream/journal-reader.js';
import { watchQuiet } from './quiet.js';
import { Seeing } from './seen.js';
import { prepared } from '../prepared.js';

const EVERY_MS = 60_000;

interface Waiting extends Omit<Asking, 'sight'> {
  readonly run: string;
  readonly rule: string;
  readonly caseId: string;
  readonly conditions: AutomationConditions;
  readonly actions: CaseActions;
  readonly active: boolean;
  readonly enabled: boolean;
}

/** Undoes what was begun of a run, to write down why. */
class Failed extends Error {
  constructor(
    readonly one: Waiting,
    readonly why: string,
  ) {
    super(why);
  }
}

/**
 * Carries automations out. What happens to cases is read from the journal, what did not happen is looked for by a job; each
 * becomes a run, at most one for each rule and what set it off, and each run is a transaction of its own. A rule that is refused
 * again and again is switched off; nothing else stops.
 */
@Injectable()
export class Automating implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly background: Background;

  constructor(
    @Inject(BusyDataSource) private readonly dataSource: BusyDataSource,
    @Inject(Performing) private readonly performing: Performing,
    @Inject(Seeing) private readonly seeing: Seeing,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Jobs) jobs: Jobs,
    @Inject(LOG) private readonly log: Logger,
  ) {
    const reader = new JournalReader(dataSource, 'automation', (manager, read) => this.read(manager, read));
    this.background = new Background(
      'automations',
      async () => (await reader.step()) + ((await this.next()) ? 1 : 0),
      log,
    );
    jobs.handle({
      name: 'automation.watch',
      run: () => this.dataSource.transaction(watchQuiet),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  /** Makes runs of the facts that set rules off. */
  private async read(manager: EntityManager, { administrationId, facts: all, messageIds }: Read): Promise<void> {
    const { rows: rules } = await prepared<{ id: string; on: CaseFact[] }>(
      manager,
      `select id, facts as "on" from automation where administration_id = $1 and enabled and facts <> '{}'`,
      [administrationId],
    );
    if (rules.length === 0) return;
    const mute = await unheeded(manager, messageIds);
    const facts = all.filter(({ fact, actorKind, data }) => {
      const about = mute.get(typeof data.message === 'string' ? data.message : '');
      return about === 'in' ? fact === 'opened' || actorKind === 'operator' : !about || fact !== 'delivery_failed';
    });
    const causes = facts.flatMap(({ actorKind, cause }) => (actorKind === 'automation' && cause ? [cause] : []));
    const { rows: chains } = await prepared<{ id: string; chain: string[] }>(
      manager,
      'select id::text as id, chain || automation_id as chain from automation_run where id::text = any($1)',
      [causes],
    );
    const chainOf = new Map(chains.map(({ id, chain }) => [id, chain]));
    await insertAll(
      manager,
      'automation_run',
      facts.flatMap(({ id, caseId, fact, actorKind, cause }) => {
        const chain =
          chainOf.get(cause ?? '') ?? (actorKind === 'automation' ? Array<string>(LONGEST_CHAIN).fill(id) : []);
        return rules
          .filter(rule => setsOff(rule, fact, chain))
          .map(rule => ({
            id: v7(),
            automationId: rule.id,
            trigger: id,
            caseId,
            chain,
            state: 'waiting',
            at: this.clock.now(),
          }));
      }),
      { ifAbsent: '' },
    );
  }

  /** Carries the next run out. Resolves to whether there was one. */
  private async next(): Promise<boolean> {
    try {
      const done = await this.dataSource.transaction(manager => this.carryOut(manager));
      if (done) this.relay.nudge();
      return done;
    } catch (fault) {
      if (isConflict(fault)) return true;
      if (!(fault instanceof Failed)) throw fault;
      await this.refuse(fault);
      return true;
    }
  }

  private async carryOut(manager: EntityManager): Promise<boolean> {
    const {
      rows: [one],
    } = await prepared<Waiting>(
      manager,
      `select r.id as run, r.case_id as "caseId", a.id as rule, a.conditions, a.actions, a.enabled, p.active, p.id,
         p.administration_id as "administrationId", p.office_id as "officeId", p.role
       from automation_run r join automation a on a.id = r.automation_id join operator p on p.id = a.owner_id
       where r.state = 'waiting' order by r.id limit 1 for update of r skip locked`,
    );
    if (!one) return false;
    const now = this.clock.now();
    const seen = (await this.seeing.of(manager, [one.caseId], now)).get(one.caseId);
    const acts =
      one.enabled &&
      seen !== undefined &&
      automationHolds(one.conditions, seen, now.toISOString()) &&
      // Else whoever may not know of a confidential case would give it to themselves by a rule.
      (await this.sights.mayKnow(manager, one.id, one.caseId)) &&
      !(await isRestricted(manager, one.caseId));
    const { unsaid = null } = acts ? await this.act(manager, one) : {};
    await prepared(manager, 'update automation_run set state = $2, detail = $3 where id = $1', [
      one.run,
      acts ? 'done' : 'skipped',
      unsaid,
    ]);
    if (acts) await manager.query('update automation set failures = 0 where id = $1 and failures > 0', [one.rule]);
    return true;
  }

  private async act(manager: EntityManager, one: Waiting): Promise<Performed> {
    if (!one.active) throw new Failed(one, 'Chi l’ha scritta non lavora più qui: deve scriverla qualcun altro.');
    const request = {
      operator: { ...one, sight: 'all' as const },
      by: { kind: 'automation', id: one.rule },
      caseId: one.caseId,
      cause: one.run,
    } as const;
    try {
      const done = await this.performing.perform(manager, request, one.actions);
      if (isRefused(done)) throw new Failed(one, `${done.refused}: ${done.detail}`);
      return done;
    } catch (fault) {
      if (fault instanceof Failed || isConflict(fault) || isSystemFault(fault)) throw fault;
      throw new Failed(one, wordsOf(fault).slice(0, 500));
    }
  }

  /** Writes down that a run was refused; too many in a row switch the rule off, with the reason. */
  private async refuse({ one, why }: Failed): Promise<void> {
    this.log.warn({ automation: one.rule, case: one.caseId, why }, 'an automation was refused');
    await this.dataSource.transaction(async manager => {
      // Another process may have carried it out meanwhile: then it was not refused.
      const [, refused]: [unknown, number] = await manager.query(
        `update automation_run set state = 'refused', detail = $2 where id = $1 and state = 'waiting'`,
        [one.run, why],
      );
      if (refused === 0) return;
      await manager.query(
        `update automation set failures = failures + 1, trouble = $2, enabled = enabled and failures + 1 < $3,
           version = version + (enabled and failures + 1 >= $3)::int,
           off_at = case when enabled and failures + 1 >= $3 then $4::timestamptz else off_at end where id = $1`,
        [one.rule, why, MOST_FAILURES, this.clock.now()],
      );
    });
  }
}

/**
 * Which messages set nothing off, and their direction: what strangers, machines and the unauthenticated say in a case, and what
 * machines of ours say that does not arrive. Without it two robots would keep each other going.
 */
async function unheeded(manager: EntityManager, messages: readonly string[]): Promise<Map<string, 'in' | 'out'>> {
  const { rows } = await prepared<{ id: string; direction: 'in' | 'out' }>(
    manager,
    `select id, direction from message where id = any($1::uuid[]) and (automatic is not null
       or direction = 'out' and author = 'automation'
       or direction = 'in' and (evidence->'stranger' is not null or coalesce((flags->>'unauthenticated')::boolean, false)))`,
    [messages],
  );
  return new Map(rows.map(({ id, direction }) => [id, direction]));
}
