import { Inject, Injectable } from '@nestjs/common';
import type { DeactivateOffice } from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts/model';
import { deactivationRefusal, placeRefusal } from '@filodiretto/domain';
import { handOver } from '../case/handing-over.js';
import { Ledger } from '../case/ledger.js';
import { isRefused, refused, type Refused } from '../refused.js';
import type { LockedTree, TreeOffice } from './locked-tree.js';

/** Who ends an office or brings it back, and the request that does. */
export interface EndingBy {
  readonly operatorId: string;
  readonly expectedVersion?: number | undefined;
  readonly cause: string;
}

/** How an office ends: whatever it holds is with somebody else before it does. */
@Injectable()
export class OfficeEnding {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

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
      await manager.query('update category set office_id = $2 where office_id = $1', [id, successor]);
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
    return after;
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
