import type { FieldProblem, ImportQuery, ImportReport, RowChange, RowProblem } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../http/unit-of-work.js';
import type { Refused } from '../refused.js';
import { UnreadableFile } from './csv.js';

const MAX_CHANGES = 1_000;
const MAX_PROBLEMS = 200;

/** What a file did so far. */
export class Tally {
  private readonly changes: RowChange[] = [];
  private readonly problems: RowProblem[] = [];
  private readonly counts = { rows: 0, made: 0, changed: 0, unchanged: 0, skipped: 0 };

  row(): void {
    this.counts.rows += 1;
  }
  skipped(): void {
    this.counts.skipped += 1;
  }
  done(line: number, code: string, change: RowChange['change'] | 'unchanged'): void {
    this.counts[change] += 1;
    if (change !== 'unchanged' && this.changes.length < MAX_CHANGES) this.changes.push({ line, code, change });
  }
  wrong(line: number, column: string | undefined, detail: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ line, ...(column ? { column } : {}), detail });
  }
  refuse(line: number, { detail, errors }: Refused): void {
    if (!errors || errors.length === 0) this.wrong(line, undefined, detail);
    for (const { pointer, detail: why } of errors ?? []) this.wrong(line, columnOf(pointer), why);
  }

  get isRight(): boolean {
    return this.problems.length === 0;
  }
  report(mode: ImportReport['mode']): ImportReport {
    return { mode, ...this.counts, changes: this.changes, problems: this.problems };
  }
}

/** The column of a property: `/substitutePowerHolder` is `substitute_power_holder`, `/topics/0` is `topics`. */
export const columnOf = (pointer: string): string =>
  (pointer.split('/')[1] ?? '').replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

class Undone extends Error {}

/**
 * Takes a file in: all of it or, when anything in it is wrong, nothing. A preview does the same and undoes it, so that it says
 * what would happen and not what one might think. Throws `Problem` when it was to be applied and cannot be.
 */
export async function takeIn(
  work: UnitOfWork,
  mode: NonNullable<ImportQuery['mode']>,
  take: (manager: EntityManager, tally: Tally) => Promise<void>,
): Promise<ImportReport> {
  let tally = new Tally();
  try {
    await work.run(async manager => {
      tally = new Tally();
      await take(manager, tally);
      if (mode === 'preview' || !tally.isRight) throw new Undone('nothing of it is kept');
      return tally;
    });
  } catch (fault) {
    if (fault instanceof UnreadableFile)
      throw new Problem('invalid-input', `The file cannot be read: ${fault.message}.`);
    if (!(fault instanceof Undone)) throw fault;
  }
  const report = tally.report(mode);
  if (mode === 'apply' && report.problems.length > 0)
    throw new Problem('invalid-input', 'Nothing was changed: some rows are not right.', {
      errors: report.problems.map(({ line, column, detail }): FieldProblem => ({
        pointer: `/${line}${column ? `/${column}` : ''}`,
        detail,
      })),
    });
  return report;
}
