import { Injectable } from '@nestjs/common';
import { instant } from '@filodiretto/contracts/model';
import { policyFor, SHIPPED_POLICIES, type DeadlinePolicy, type PolicyRequest } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import { prepared } from '../prepared.js';

/** What of a policy is one column of JSON. */
type Rule = Pick<
  DeadlinePolicy,
  | 'term'
  | 'endsOnWorkingDay'
  | 'warnBefore'
  | 'legal'
  | 'suspension'
  | 'extension'
  | 'effectOnExpiry'
  | 'promised'
  | 'ladder'
  | 'source'
>;
interface PolicyRow {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly clock: DeadlinePolicy['clock'];
  readonly kinds: DeadlinePolicy['kinds'];
  readonly category_id: string | null;
  readonly office_id: string | null;
  readonly only_by_rule: boolean;
  readonly valid_from: Date;
  readonly retired: boolean;
  readonly rule: Rule;
}

/** Every version of every policy of an administration. */
export class PolicyBook {
  private readonly byId: ReadonlyMap<string, DeadlinePolicy>;
  constructor(readonly policies: readonly DeadlinePolicy[]) {
    this.byId = new Map(policies.map(policy => [policy.id, policy]));
  }
  /** What holds for what begins at that moment; `undefined`: nothing is promised. */
  policy(request: PolicyRequest, at: DeadlinePolicy['validFrom']): DeadlinePolicy | undefined {
    return policyFor(this.policies, request, at);
  }
  /** The version under which something began. */
  version(id: string): DeadlinePolicy {
    const found = this.byId.get(id);
    if (!found) throw new Error(`there is no version ${id} of a policy`);
    return found;
  }
}

/** What administrations promise. Read again only after something was added. */
@Injectable()
export class Policies {
  private readonly kept = new Map<string, { readonly revision: string; readonly book: PolicyBook }>();

  /** The book of an administration, as the database has it within the transaction that asks. */
  async book(manager: EntityManager, administrationId: string): Promise<PolicyBook> {
    const revision = (await revisionOf(manager, administrationId)) ?? (await this.ship(manager, administrationId));
    const kept = this.kept.get(administrationId);
    if (kept?.revision === revision) return kept.book;
    const rows: PolicyRow[] = await manager.query(
      'select * from deadline_policy where administration_id = $1 order by code, version',
      [administrationId],
    );
    const book = new PolicyBook(rows.map(policyOf));
    this.kept.set(administrationId, { revision, book });
    return book;
  }

  /** Adds a version, which holds for what begins from `validFrom` on. */
  async add(
    manager: EntityManager,
    administrationId: string,
    policy: DeadlinePolicy,
    by: string | null,
  ): Promise<void> {
    await insertAll(manager, 'deadline_policy', [rowOf(administrationId, policy, by)]);
  }

  /** An administration that has decided nothing yet promises what is shipped. */
  private async ship(manager: EntityManager, administrationId: string): Promise<string> {
    await insertAll(
      manager,
      'deadline_policy',
      SHIPPED_POLICIES.map(policy => rowOf(administrationId, { ...policy, id: v7() }, null)),
      { ifAbsent: 'administration_id, code, version' },
    );
    return (await revisionOf(manager, administrationId)) ?? '';
  }
}

async function revisionOf(manager: EntityManager, administrationId: string): Promise<string | undefined> {
  const {
    rows: [row],
  } = await prepared<{ seq: string | null }>(
    manager,
    'select max(seq) as seq from deadline_policy where administration_id = $1',
    [administrationId],
  );
  return row?.seq ?? undefined;
}

const policyOf = (row: PolicyRow): DeadlinePolicy => ({
  id: row.id,
  code: row.code,
  version: row.version,
  name: row.name,
  clock: row.clock,
  kinds: row.kinds,
  category: row.category_id,
  office: row.office_id,
  onlyByRule: row.only_by_rule,
  validFrom: instant(row.valid_from),
  retired: row.retired,
  ...row.rule,
});

const rowOf = (
  administrationId: string,
  { id, code, version, name, clock, kinds, category, office, onlyByRule, validFrom, retired, ...rule }: DeadlinePolicy,
  createdBy: string | null,
): object => ({
  id,
  administrationId,
  code,
  version,
  name,
  clock,
  kinds,
  categoryId: category,
  officeId: office,
  onlyByRule,
  validFrom,
  retired,
  rule: rule satisfies Rule,
  createdAt: new Date(),
  createdBy,
});
