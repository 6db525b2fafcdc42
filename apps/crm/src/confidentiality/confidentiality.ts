import { Inject, Injectable } from '@nestjs/common';
import type { SetConfidentiality } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { MachineDataSource } from '../data-source.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { readLevels } from './levels.js';

interface Given {
  readonly caseId: string;
  readonly level: string;
  readonly category: string | null;
}

/** What a category gives is known everywhere after so long. */
const FRESH_MS = 2_000;
const SYSTEM = { kind: 'system' } as const;

/**
 * Who may know of a case: said by people, by the category of a case when it gets one, and by the case that it follows up. It
 * only ever narrows by itself; to leave a case to everybody again somebody says why.
 */
@Injectable()
export class Confidentiality {
  private categories: { readonly readAt: number; readonly levels: ReadonlyMap<string, string> } | undefined;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {
    ledger.follow('confidentiality', (manager, written, pages) => this.follow(manager, written, pages), {
      first: true,
    });
  }

  /** Sets, changes or takes away the level of a case, and of those that were merged into it, with a reason. */
  async set(
    manager: EntityManager,
    { operator, caseId, expectedVersion, cause }: CaseRequest,
    { level, reason }: SetConfidentiality,
  ): Promise<object | Refused> {
    if (level !== undefined && !(await isLevel(manager, operator.administrationId, level)))
      return {
        ...refused('invalid-input', 'Some fields are not right.'),
        errors: [{ pointer: '/level', detail: 'there is none of this code here' }],
      };
    const merged = await mergedInto(manager, caseId);
    const pages = await this.ledger.open(manager, [caseId, ...merged]);
    for (const id of [caseId, ...merged]) {
      const changed = pages.apply({
        caseId: id,
        ...(id === caseId && expectedVersion !== undefined ? { expectedVersion } : {}),
        cause,
        commands: [
          { name: 'setConfidentiality', level: level ?? null, reason, by: { kind: 'operator', id: operator.id } },
        ],
      });
      if (isRefused(changed)) return changed;
    }
    await pages.write();
    return pages.caseFile(caseId) ?? {};
  }

  /** What categories give is read again by the next. */
  forget(): void {
    this.categories = undefined;
  }

  private async follow(manager: EntityManager, written: readonly Written[], pages: LedgerPages): Promise<Following> {
    for (const { caseId, level, category } of await this.given(manager, written)) {
      const because = category === null ? {} : { because: { category } };
      const result = pages.apply({
        caseId,
        cause: null,
        commands: [
          {
            name: 'setConfidentiality',
            level,
            reason: category === null ? 'follow-up' : 'category',
            ...because,
            by: SYSTEM,
          },
        ],
      });
      if (isRefused(result)) throw new Error(`a case refused its confidentiality: ${result.detail}`);
    }
    return undefined;
  }

  private async given(manager: EntityManager, written: readonly Written[]): Promise<Given[]> {
    const open = written.filter(
      ({ caseFile, events }) =>
        caseFile.confidentiality === null &&
        events.some(({ fact }) => fact === 'opened' || fact === 'category_changed'),
    );
    if (open.length === 0) return [];
    const levels = await this.levels();
    const followed = open.flatMap(({ caseFile, isNew }) => (isNew ? (caseFile.followUpOf ?? []) : []));
    const before: { id: string; level: string }[] =
      followed.length === 0
        ? []
        : await manager.query(
            `select id, confidentiality as level from case_file where id = any($1::uuid[]) and confidentiality is not null`,
            [followed],
          );
    return open.flatMap(({ caseFile: { id: caseId, categoryId, followUpOf } }) => {
      const ofCategory = categoryId === null ? undefined : levels.get(categoryId);
      if (ofCategory !== undefined) return [{ caseId, level: ofCategory, category: categoryId }];
      const ofCase = before.find(one => one.id === followUpOf);
      return ofCase ? [{ caseId, level: ofCase.level, category: null }] : [];
    });
  }

  private async levels(): Promise<ReadonlyMap<string, string>> {
    if (this.categories && performance.now() - this.categories.readAt <= FRESH_MS) return this.categories.levels;
    const readAt = performance.now();
    const rows: { id: string; level: string }[] = await this.dataSource.query(
      'select id, confidentiality as level from category where confidentiality is not null',
    );
    const levels = new Map(rows.map(({ id, level }) => [id, level]));
    this.categories = { readAt, levels };
    return levels;
  }
}

/** Cases that were merged into one, and those merged into them. */
async function mergedInto(manager: EntityManager, caseId: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `with recursive merged as (
       select id from case_file where merged_into = $1
       union select c.id from case_file c join merged m on c.merged_into = m.id)
     select id from merged`,
    [caseId],
  );
  return rows.map(({ id }) => id);
}

/** Whether an administration has a level of this code. */
export const isLevel = async (manager: EntityManager, administrationId: string, code: string): Promise<boolean> =>
  (await readLevels(manager, administrationId)).some(level => level.code === code);
