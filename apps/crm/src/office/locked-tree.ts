import type { OfficeKind } from '@filodiretto/contracts';
import type { OfficeNode } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { refused, type Refused } from '../refused.js';

/** An office as it is while its administration is being changed. */
export interface TreeOffice extends OfficeNode {
  readonly code: string;
  readonly kind: OfficeKind;
  readonly name: string;
  readonly tier: number;
  readonly ipaCode: string | null;
  readonly successor: string | null;
  readonly version: number;
}

const NO_OFFICE = refused('not-found', 'There is no such office.');

/**
 * The tree of one administration, locked until the transaction ends: whoever changes the organisation comes one after the other,
 * so that no two changes that are right alone make a cycle together. Nobody who only reads or works on cases waits for it.
 */
export class LockedTree {
  private constructor(
    readonly manager: EntityManager,
    readonly administrationId: string,
    readonly offices: Map<string, TreeOffice>,
  ) {}

  static async open(manager: EntityManager, administrationId: string): Promise<LockedTree> {
    await lockOrganisation(manager, administrationId);
    const rows: TreeOffice[] = await manager.query(
      `select id, parent_id as parent, kind, active, code, name, tier, ipa_code as "ipaCode", successor_id as successor, version
       from office where administration_id = $1`,
      [administrationId],
    );
    return new LockedTree(manager, administrationId, new Map(rows.map(office => [office.id, office])));
  }

  /** The office of this id, when it is at the version that the change is meant for. */
  at(id: string, expectedVersion?: number): TreeOffice | Refused {
    const office = this.offices.get(id);
    if (!office) return NO_OFFICE;
    return staleness(office.version, expectedVersion) ?? office;
  }

  byCode(code: string): TreeOffice | undefined {
    return [...this.offices.values()].find(office => office.code === code);
  }

  /** Keeps what was written of an office, for the rules that follow in the same transaction. */
  keep(office: TreeOffice): void {
    this.offices.set(office.id, office);
  }
}

/** Whoever changes the organisation of an administration waits here for whoever else does. */
export async function lockOrganisation(manager: EntityManager, administrationId: string): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('organisation ' || $1, 0))`, [administrationId]);
}

/** The refusal of a change that is meant for another version. */
export const staleness = (version: number, expected: number | undefined): Refused | undefined =>
  expected === undefined || expected === version
    ? undefined
    : refused('version-stale', `It is at version ${version}, not ${expected}.`);
