import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { follow, lastDay, MOVES_DEADLINES, promiseOf, type Kept } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { Books, type AdministrationBook } from './books.js';
import { nextDueOf, readDeadlines, writeDeadlines, type CaseDeadlines } from './deadline-rows.js';

/**
 * Keeps the deadlines of a case in step with it, in the transaction that changes it: whatever is decided of a case, its terms
 * begin, stop, go on and end with the same commit. One statement a kind of row, however many cases change at once.
 */
@Injectable()
export class Deadlines implements OnModuleInit {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Books) private readonly books: Books,
  ) {}

  onModuleInit(): void {
    this.ledger.follow('deadlines', (manager, written, pages) => this.follow(manager, written, pages));
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
      const promise = promiseOf(now);
      pages.due(caseId, {
        nextDueAt: nextDueOf(now),
        ...(promise?.deadline.dueAt ? { dueDate: lastDay(book.calendar(promise.office), promise.deadline.dueAt) } : {}),
      });
    }
    return () => writeDeadlines(manager, cases);
  }
}

function caseDeadlines(
  { caseFile, events }: Written,
  before: readonly Kept[],
  book: AdministrationBook,
): CaseDeadlines {
  const seen = { kind: caseFile.kind, category: caseFile.categoryId, office: caseFile.officeId };
  const now = events.reduce((kept, event) => follow(kept, event, seen, book), before);
  return { caseId: caseFile.id, administrationId: caseFile.administrationId, before, now, book };
}
