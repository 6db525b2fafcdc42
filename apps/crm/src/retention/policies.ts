import { Inject, Injectable } from '@nestjs/common';
import type { RetentionPolicyList, WriteRetentionPolicy } from '@filodiretto/contracts';
import { FIXED_RETENTION, isRetentionCode, retentionTerms, type RetentionTerm } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { refused, refusedField, type Refused } from '../refused.js';

interface Decided extends RetentionTerm {
  readonly version: number;
}

/** The terms of an administration, as SQL reads them. */
export async function termsOf(
  manager: Pick<EntityManager, 'query'>,
  administrationId: string,
): Promise<readonly RetentionTerm[]> {
  return retentionTerms(await decidedBy(manager, administrationId));
}

function decidedBy(manager: Pick<EntityManager, 'query'>, administrationId: string): Promise<Decided[]> {
  return manager.query(
    `select code, months, days, duty, legal_basis as "legalBasis", version from retention_policy where administration_id = $1`,
    [administrationId],
  );
}

/** How long an administration keeps things: shipped, and decided by it. */
@Injectable()
export class RetentionPolicies {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  async all(manager: Pick<EntityManager, 'query'>, { administrationId }: Asking): Promise<RetentionPolicyList> {
    const decided = await decidedBy(manager, administrationId);
    const versions = new Map(decided.map(one => [one.code, one.version]));
    return {
      items: retentionTerms(decided).map(({ code, months, days, duty, legalBasis }) => ({
        code,
        months,
        days,
        duty,
        legalBasis,
        version: versions.get(code) ?? 0,
      })),
      fixed: FIXED_RETENTION.map(({ code, lasts, legalBasis }) => ({ code, legalBasis, ...present({ lasts }) })),
    };
  }

  /** Decides a term. Refused when the code is none, or somebody decided meanwhile. */
  async decide(
    manager: EntityManager,
    { id, administrationId }: Asking,
    said: { readonly code: string; readonly expectedVersion: number },
    asked: WriteRetentionPolicy,
  ): Promise<{ readonly code: string } | Refused> {
    const { code, expectedVersion } = said;
    if (!isRetentionCode(code)) return refused('not-found', 'There is nothing of this code that is kept.');
    if (asked.months + asked.days === 0) return refusedField('/days', 'something is kept for a day at least');
    if (code.startsWith('category.')) {
      const found: unknown[] = await manager.query('select from category where administration_id = $1 and id = $2', [
        administrationId,
        code.slice('category.'.length),
      ]);
      if (found.length === 0) return refused('not-found', 'There is no such category.');
    }
    const written: unknown[] = await manager.query(
      `insert into retention_policy (administration_id, code, months, days, duty, legal_basis, version, decided_by, decided_at)
       select $1, $2, $3, $4, $5, $6, 1, $7, $8 where $9 = 0
       on conflict do nothing returning code`,
      [
        administrationId,
        code,
        asked.months,
        asked.days,
        asked.duty,
        asked.legalBasis,
        id,
        this.clock.now(),
        expectedVersion,
      ],
    );
    if (written.length > 0) return { code };
    const [, changed]: [unknown, number] = await manager.query(
      `update retention_policy set months = $3, days = $4, duty = $5, legal_basis = $6, version = version + 1, decided_by = $7,
         decided_at = $8
       where administration_id = $1 and code = $2 and version = $9`,
      [
        administrationId,
        code,
        asked.months,
        asked.days,
        asked.duty,
        asked.legalBasis,
        id,
        this.clock.now(),
        expectedVersion,
      ],
    );
    return changed > 0 ? { code } : refused('version-stale', 'Somebody decided it first: look again.');
  }
}
