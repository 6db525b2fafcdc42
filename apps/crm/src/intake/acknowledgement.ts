import type { Capabilities, Part } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { lastDay, localDate, start, type TemplateKnowledge } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import type { AdministrationBook, Books } from '../deadline/books.js';
import { ownWords } from '../notice/notices.js';
import { SHIPPED_NOTICES } from '../notice/words.js';
import { isRefused } from '../refused.js';
import { partsOf, type Words } from '../template/templates.js';

const SHIPPED: Words = { language: 'it', ...SHIPPED_NOTICES.acknowledged };

interface Administration {
  readonly name: string;
  /** Null: nothing is acknowledged by itself. */
  readonly words: Words | null | undefined;
  readonly book: AdministrationBook | undefined;
}

/** What citizens are told, once, when their matter gets its number; in the words of each administration. */
export class Acknowledgements {
  private constructor(private readonly administrations: ReadonlyMap<string, Administration>) {}

  static async read(manager: EntityManager, books: Books, ids: readonly string[]): Promise<Acknowledgements> {
    const found = new Map<string, Administration>();
    if (ids.length === 0) return new Acknowledgements(found);
    const known = await books.of(manager, ids);
    for (const id of new Set(ids)) {
      const words = await ownWords(manager, id, 'acknowledged');
      const [row]: { name: string }[] = words ? await manager.query('select name from office where id = $1', [id]) : [];
      found.set(id, { words, name: row?.name ?? '', book: known.get(id) });
    }
    return new Acknowledgements(found);
  }

  /** Whether an administration acknowledges by itself. */
  tells(administrationId: string): boolean {
    return this.administrations.get(administrationId)?.words !== null;
  }

  content(
    file: CaseFile,
    said: {
      readonly office: string | null;
      readonly contact: string | null;
      readonly capabilities: Capabilities;
      readonly tracking: TemplateKnowledge['tracking'];
      readonly now: Date;
      /** Code of the deadline policy that a rule gave. */
      readonly promise: string | undefined;
    },
  ): Part[] {
    const { name = '', words, book } = this.administrations.get(file.administrationId) ?? {};
    const today = instant(said.now);
    const dueDate = book ? promisedDay(file, book, said) : null;
    const day = book ? localDate(book.calendar(null), today) : today.slice(0, 10);
    const known: TemplateKnowledge = {
      number: file.number,
      subject: file.subject,
      category: null,
      openedDate: day,
      dueDate,
      plannedDate: null,
      tracking: said.tracking,
      contact: said.contact?.trim() || null,
      office: said.office,
      operator: null,
      administration: name,
      today: day,
    };
    // Their own words where they fit whole; else what is shipped, without the link and the office where there is no room for them.
    const withoutLink = { ...known, tracking: undefined };
    const ways: readonly (readonly [Words, TemplateKnowledge])[] = [
      ...(words ? ([[words, known]] as const) : []),
      [SHIPPED, known],
      [SHIPPED, withoutLink],
      [SHIPPED, { ...withoutLink, office: null }],
    ];
    for (const [one, told] of ways) {
      const parts = partsOf(one, told, said.capabilities);
      if (!isRefused(parts)) return parts;
    }
    return [{ type: 'text', text: file.number }];
  }
}

/** The day that is promised to the citizen of a case that opens now; the case's own terms begin with the same commit. */
function promisedDay(
  { kind, categoryId, officeId }: CaseFile,
  book: AdministrationBook,
  { now, promise: given }: { readonly now: Date; readonly promise: string | undefined },
): string | null {
  const at = instant(now);
  const policy = book.policy({ clock: 'resolution', kind, category: categoryId, office: officeId, given }, at);
  if (!policy?.promised) return null;
  const calendar = book.calendar(officeId);
  const { dueAt } = start(policy, calendar, at);
  return dueAt && lastDay(calendar, dueAt);
}
