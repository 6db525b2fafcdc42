import { Inject, Injectable } from '@nestjs/common';
import { extensionLimit, follow, isDate, lastDay, MOVES_DEADLINES, type Kept } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { refusedField, type Refused } from '../refused.js';
import { Books, type AdministrationBook } from './books.js';
import { nextDueOf, promisedDayOf, readDeadlines, writeDeadlines, type CaseDeadlines } from './deadline-rows.js';

/**
 * Keeps the deadlines of a case in step with it, in the transaction that changes it: whatever is decided of a case, its terms
 * begin, stop, go on and end with the same commit. One statement a kind of row, however many cases change at once.
 */
@Injectable()
export class Deadlines {
  constructor(
    @Inject(Ledger) ledger: Ledger,
    @Inject(Books) private readonly books: Books,
  ) {
    ledger.follow('deadlines', (manager, written, pages) => this.follow(manager, written, pages));
  }

  /**
   * Why a term may not be put off to the end of that day: its policy allows no extension, or none any more, or not so long.
   * Of the case, or of a question to another office. Locks the case. `undefined`: it may, or no term runs.
   */
  async whyNotExtend(
    manager: EntityManager,
    caseId: string,
    dueDate: string,
    task?: string,
  ): Promise<Refused | undefined> {
    if (!isDate(dueDate)) return refusedField('/dueDate', 'Must be a date, YYYY-MM-DD.');
    const [row]: { administration_id: string }[] = await manager.query(
      'select administration_id from case_file where id = $1 for no key update',
      [caseId],
    );
    if (!row) return undefined;
    const book = (await this.books.of(manager, [row.administration_id])).get(row.administration_id);
    if (!book) throw new Error(`no book of ${row.administration_id} was read`);
    const kept = (await readDeadlines(manager, [caseId], () => book.policies)).get(caseId) ?? [];
    const running = kept.filter(
      one =>
        one.deadline.endedAt === null &&
        one.task === task &&
        (task !== undefined || one.deadline.clock === 'resolution'),
    );
    for (const { deadline, policy, office } of running) {
      const calendar = book.calendar(office);
      if (policy.extension === null) return refusedField('/dueDate', `"${policy.name}" cannot be extended.`);
      if (deadline.extendedAt !== null) return refusedField('/dueDate', `"${policy.name}" was extended once already.`);
      const limit = extensionLimit(deadline, policy, calendar);
      if (limit !== null && dueDate > lastDay(calendar, limit))
        return refusedField(
          '/dueDate',
          `"${policy.name}" can be extended to ${lastDay(calendar, limit)} at the latest.`,
        );
    }
    return undefined;
  }

  private async follow(manager: EntityManager, written: readonly Written[], pages: LedgerPages): Promise<Following> {
    const moved = written.filter(({ events }) => events.some(({ fact }) => MOVES_DEADLINES.has(fact)));
    if (moved.length === 0) return undefined;
    const books = await this.books.of(
      manager,
      moved.map(({ caseFile }) => caseFile.administrationId),
    );
    const bookOf = (administrationId: string): AdministrationBook => {
      const book = books.get(administrationId);
      if (!book) throw new Error(`no book of ${administrationId} was read`);
      return book;
    };
    const before = await readDeadlines(
      manager,
      moved.flatMap(({ caseFile, isNew }) => (isNew ? [] : [caseFile.id])),
      id => bookOf(id).policies,
    );
    const cases = moved.map(one =>
      caseDeadlines(one, before.get(one.caseFile.id) ?? [], bookOf(one.caseFile.administrationId)),
    );
    for (const { caseId, now, book } of cases) {
      pages.due(caseId, {
        nextDueAt: nextDueOf(now),
        takeChargeBy: takeChargeOf(now),
        dueDate: promisedDayOf(now, book),
      });
    }
    return () => writeDeadlines(manager, cases);
  }
}

const takeChargeOf = (kept: readonly Kept[]): Date | null => {
  const running = kept.find(({ deadline }) => deadline.clock === 'take_charge' && deadline.endedAt === null);
  return running?.deadline.dueAt ? new Date(running.deadline.dueAt) : null;
};

function caseDeadlines(
  { caseFile, events }: Written,
  before: readonly Kept[],
  book: AdministrationBook,
): CaseDeadlines {
  const { kind, categoryId: category, officeId: office, givenPolicy } = caseFile;
  const seen = { kind, category, office, given: givenPolicy ?? undefined };
  const now = events.reduce((kept, event) => follow(kept, event, seen, book), before);
  return { caseId: caseFile.id, administrationId: caseFile.administrationId, before, now, book };
}
