import { Inject, Injectable } from '@nestjs/common';
import type { DeactivateOffice } from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts/model';
import { deactivationRefusal, lineOf, placeRefusal, successorOf } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { handOver } from '../case/handing-over.js';
import { Ledger } from '../case/ledger.js';
import { Clock } from '../clock.js';
import { Jobs } from '../job/jobs.js';
import { Relay } from '../outbox/relay.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { LockedTree, type TreeOffice } from './locked-tree.js';

/** Who ends an office or brings it back, and the request that does. */
export interface EndingBy {
  readonly operatorId: string;
  readonly expectedVersion?: number | undefined;
  readonly cause: string;
}

/** What was still routed to an office by rules that were read just before it ended. */
const STRAGGLERS = 'ended-office';
/** Longer than any process keeps rules that it read. */
const STRAGGLERS_AFTER_MS = 15_000;
interface Stragglers {
  readonly administration: string;
  readonly office: string;
  readonly operator: string;
}

/** How an office ends: whatever it holds is with somebody else before it does. */
@Injectable()
export class OfficeEnding {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Relay) private readonly relay: Relay,
  ) {
    // Not in a hook of the framework: those of an application that also listens on the bus are called twice.
    jobs.handle({ name: STRAGGLERS, run: payload => this.collect(payload as Stragglers) });
  }

  /**
   * Ends an office. Its open cases, the categories that name it and the people whose main office it is go to the successor;
   * without one, an office that holds any is refused.
   */
  async deactivate(
    tree: LockedTree,
    id: string,
    { successor, reason }: DeactivateOffice,
    by: EndingBy,
  ): Promise<TreeOffice | Refused> {
    const before = tree.at(id, by.expectedVersion);
    if (isRefused(before)) return before;
    if (!before.active) return before;
    const no = deactivationRefusal(tree.offices, id, successor ?? null);
    if (no) return no;
    const { manager, administrationId } = tree;
    // Whoever is giving it a case at this moment is waited for; whoever comes later waits, and finds it ended.
    await manager.query('select from office where id = $1 for update', [id]);
    if (successor === undefined) {
      const holds = await this.holdings(tree, id);
      if (holds) return refused('office-in-use', `It still has ${holds}: say who succeeds it.`);
    } else {
      const given = await handOver(manager, this.ledger, {
        administrationId,
        from: { office: id },
        to: successor,
        by: { kind: 'operator', id: by.operatorId },
        why: `office_ended:${before.code}`,
        cause: by.cause,
      });
      if (isRefused(given)) return given;
      await manager.query('update category set office_id = $2, version = version + 1 where office_id = $1', [
        id,
        successor,
      ]);
      await manager.query('update operator set office_id = $2, version = version + 1 where office_id = $1', [
        id,
        successor,
      ]);
    }
    const after: TreeOffice = { ...before, active: false, successor: successor ?? null, version: before.version + 1 };
    await manager.query(
      'update office set active = false, successor_id = $2, ended_reason = $3, version = $4 where id = $1',
      [id, after.successor, reason, after.version],
    );
    tree.keep(after);
    const stragglers: Stragglers = { administration: administrationId, office: id, operator: by.operatorId };
    await this.jobs.add(manager, STRAGGLERS, stragglers, {
      runAt: new Date(this.clock.now().getTime() + STRAGGLERS_AFTER_MS),
      key: `${STRAGGLERS}:${id}`,
    });
    return after;
  }

  /** Gives what reached an office while it ended to its successor, or to the nearest active office above it. */
  private async collect({ administration, office, operator }: Stragglers): Promise<void> {
    await this.dataSource.transaction(async manager => {
      const tree = await LockedTree.open(manager, administration);
      const ended = tree.offices.get(office);
      if (!ended || ended.active) return;
      const to = successorOf(tree.offices, office) ?? lineOf(tree.offices, office).find(({ active }) => active)?.id;
      if (to === undefined) throw new Error(`nobody succeeds the office ${office}`);
      const given = await handOver(manager, this.ledger, {
        administrationId: administration,
        from: { office },
        to,
        by: { kind: 'operator', id: operator },
        why: `office_ended:${ended.code}`,
        cause: `${STRAGGLERS}:${office}`,
      });
      if (isRefused(given)) throw new Error(`what the ended office ${office} was given stays there: ${given.detail}`);
    });
    this.relay.nudge();
  }

  /** Brings an office back, empty, where it stood. */
  async activate(tree: LockedTree, id: string, expectedVersion?: number): Promise<TreeOffice | Refused> {
    const before = tree.at(id, expectedVersion);
    if (isRefused(before)) return before;
    if (before.active) return before;
    const after: TreeOffice = { ...before, active: true, successor: null, version: before.version + 1 };
    const no = placeRefusal(new Map(tree.offices).set(id, after), after);
    if (no) return no;
    await tree.manager.query(
      'update office set active = true, successor_id = null, ended_reason = null, version = $2 where id = $1',
      [id, after.version],
    );
    tree.keep(after);
    return after;
  }

  /** What an office still holds, in words; `undefined`: nothing. */
  private async holdings({ manager }: LockedTree, id: string): Promise<string | undefined> {
    const rows: { cases: number; categories: number; people: number }[] = await manager.query(
      `select (select count(*)::int from case_file where office_id = $1 and state <> all($2)) as cases,
         (select count(*)::int from category where office_id = $1) as categories,
         (select count(*)::int from operator where office_id = $1 and active) as people`,
      [id, ENDED_STATES],
    );
    const [{ cases, categories, people } = { cases: 0, categories: 0, people: 0 }] = rows;
    const words = [
      ...(cases > 0 ? [`${cases} open cases`] : []),
      ...(categories > 0 ? [`${categories} categories`] : []),
      ...(people > 0 ? [`${people} people whose main office it is`] : []),
    ];
    return words.length > 0 ? words.join(', ') : undefined;
  }
}
