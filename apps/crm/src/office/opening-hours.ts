import { Injectable } from '@nestjs/common';
import type { FieldProblem, MakeClosure, WriteHours } from '@filodiretto/contracts';
import { isDate, openingRefusal } from '@filodiretto/domain';
import { insertAll } from '../bulk.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import { type LockedTree, type TreeOffice } from './locked-tree.js';

/** When offices are open and closed. Everything in the caller's transaction, on a tree that it locked. */
@Injectable()
export class OpeningHours {
  /** All hours of an office: for all channels, and for those that have their own. */
  async write(
    tree: LockedTree,
    id: string,
    asked: WriteHours,
    expectedVersion?: number,
  ): Promise<TreeOffice | Refused> {
    const before = tree.at(id, expectedVersion);
    if (isRefused(before)) return before;
    const errors = asked.hours.flatMap((one, index) => mistakes(asked, one, `/hours/${index}`, index));
    if (errors.length > 0) return { ...refused('invalid-input', 'Hours that cannot be.'), errors };
    const { manager, administrationId } = tree;
    await manager.query('delete from office_hours where office_id = $1', [id]);
    await insertAll(
      manager,
      'office_hours',
      asked.hours.map(({ channel, opening }) => ({
        officeId: id,
        administrationId,
        channel: channel ?? null,
        intervals: opening.map(({ weekday, from, to }) => ({ weekday, from, to })),
      })),
    );
    return this.touched(tree, before);
  }

  async close(tree: LockedTree, officeId: string, id: string, asked: MakeClosure): Promise<TreeOffice | Refused> {
    const before = tree.at(officeId);
    if (isRefused(before)) return before;
    const { from, to, reason } = asked;
    const wrong = [...(isDate(from) ? [] : ['/from']), ...(isDate(to) ? [] : ['/to'])].map(pointer => ({
      pointer,
      detail: 'must be a date, YYYY-MM-DD',
    }));
    if (wrong.length > 0) return { ...refused('invalid-input', 'Days that do not exist.'), errors: wrong };
    if (from > to) return refusedField('/to', 'cannot be before the first day');
    await tree.manager.query(
      'insert into closure (id, administration_id, office_id, from_date, to_date, reason) values ($1, $2, $3, $4, $5, $6)',
      [id, tree.administrationId, officeId, from, to, reason],
    );
    return this.touched(tree, before);
  }

  async reopen(tree: LockedTree, officeId: string, closureId: string): Promise<TreeOffice | Refused> {
    const before = tree.at(officeId);
    if (isRefused(before)) return before;
    const [, count]: [unknown, number] = await tree.manager.query(
      'delete from closure where id = $1 and office_id = $2',
      [closureId, officeId],
    );
    return count > 0 ? this.touched(tree, before) : refused('not-found', 'The office has no such closure.');
  }

  private async touched(tree: LockedTree, before: TreeOffice): Promise<TreeOffice> {
    const after = { ...before, version: before.version + 1 };
    await tree.manager.query('update office set version = $2 where id = $1', [before.id, after.version]);
    tree.keep(after);
    return after;
  }
}

function mistakes(
  { hours }: WriteHours,
  one: WriteHours['hours'][number],
  pointer: string,
  index: number,
): readonly FieldProblem[] {
  if (hours.findIndex(other => other.channel === one.channel) < index)
    return [{ pointer: `${pointer}/channel`, detail: 'is said twice' }];
  if (one.channel === undefined && one.opening.length === 0)
    return [
      {
        pointer: `${pointer}/opening`,
        detail: 'must have an interval: leave it out to have the hours of the office above',
      },
    ];
  return openingRefusal(one.opening, `${pointer}/opening`)?.errors ?? [];
}
