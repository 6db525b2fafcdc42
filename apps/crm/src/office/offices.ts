import { Injectable } from '@nestjs/common';
import type { FieldProblem, MakeOffice, WriteOffice } from '@filodiretto/contracts';
import { isDayOfYear, placeRefusal } from '@filodiretto/domain';
import { insertAll } from '../bulk.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import type { LockedTree, TreeOffice } from './locked-tree.js';
import { unusable } from './usable.js';

/** What offices are, and where they stand. Everything in the caller's transaction, on a tree that it locked. */
@Injectable()
export class Offices {
  async make(tree: LockedTree, id: string, asked: MakeOffice): Promise<TreeOffice | Refused> {
    const no =
      placeRefusal(tree.offices, { id, kind: asked.kind, parent: asked.parent }) ??
      (tree.byCode(asked.code) ? refusedField('/code', 'is the code of another office') : undefined) ??
      (await this.wrong(tree, id, asked));
    if (no) return no;
    const office: TreeOffice = {
      id,
      parent: asked.parent,
      active: true,
      successor: null,
      version: 1,
      code: asked.code,
      ...namedOf(asked),
    };
    await insertAll(tree.manager, 'office', [
      {
        id,
        administrationId: tree.administrationId,
        parentId: asked.parent,
        code: asked.code,
        ...rowOf(asked),
        letters: asked.letters ?? true,
        active: true,
        version: 1,
      },
    ]);
    await this.writeLists(tree, id, asked);
    tree.keep(office);
    return office;
  }

  /** All that an office says of itself; what is left out is cleared. */
  async write(
    tree: LockedTree,
    id: string,
    asked: WriteOffice,
    expectedVersion?: number,
  ): Promise<TreeOffice | Refused> {
    const before = tree.at(id, expectedVersion);
    if (isRefused(before)) return before;
    const no = placeRefusal(tree.offices, { ...before, kind: asked.kind }) ?? (await this.wrong(tree, id, asked));
    if (no) return no;
    const after: TreeOffice = { ...before, ...namedOf(asked), version: before.version + 1 };
    const row = rowOf(asked);
    await tree.manager.query(
      `update office set name = $2, kind = $3, tier = $4, email = $5, phone = $6, address = $7, ipa_code = $8,
         responsible_id = $9, substitute_power_holder_id = $10, supplier_id = $11, lot_id = $12, patron_saint = $13,
         open_on_holidays = $14, version = $15, letters = coalesce($16, letters) where id = $1`,
      [
        id,
        row.name,
        row.kind,
        row.tier,
        row.email,
        row.phone,
        row.address,
        row.ipaCode,
        row.responsibleId,
        row.substitutePowerHolderId,
        row.supplierId,
        row.lotId,
        row.patronSaint,
        row.openOnHolidays,
        after.version,
        asked.letters ?? null,
      ],
    );
    await tree.manager.query('delete from office_substitute where office_id = $1', [id]);
    await tree.manager.query('delete from office_topic where office_id = $1', [id]);
    await this.writeLists(tree, id, asked);
    tree.keep(after);
    return after;
  }

  /** Stands an office, with all that is under it, under another. */
  async move(tree: LockedTree, id: string, parent: string, expectedVersion?: number): Promise<TreeOffice | Refused> {
    const before = tree.at(id, expectedVersion);
    if (isRefused(before)) return before;
    const no = placeRefusal(tree.offices, { ...before, parent });
    if (no) return no;
    if (before.parent === parent) return before;
    const after: TreeOffice = { ...before, parent, version: before.version + 1 };
    await tree.manager.query('update office set parent_id = $2, version = $3 where id = $1', [
      id,
      parent,
      after.version,
    ]);
    tree.keep(after);
    return after;
  }

  private async writeLists(tree: LockedTree, id: string, { substitutes, topics }: WriteOffice): Promise<void> {
    const { manager, administrationId } = tree;
    await insertAll(
      manager,
      'office_substitute',
      (substitutes ?? []).map((operatorId, position) => ({ officeId: id, operatorId, administrationId, position })),
    );
    await insertAll(
      manager,
      'office_topic',
      [...new Set(topics)].map(topicId => ({ officeId: id, topicId, administrationId })),
    );
  }

  /** What is wrong with what an office says of itself, its place apart. */
  private async wrong(tree: LockedTree, id: string, asked: WriteOffice): Promise<Refused | undefined> {
    const substitutes = asked.substitutes ?? [];
    const errors: FieldProblem[] = [];
    if (asked.patronSaint !== undefined && !isDayOfYear(asked.patronSaint))
      errors.push({ pointer: '/patronSaint', detail: 'must be a day of the year, MM-DD' });
    if (asked.lot !== undefined && asked.supplier === undefined)
      errors.push({ pointer: '/supplier', detail: 'a lot is one of its supplier: say both' });
    for (const [index, one] of substitutes.entries())
      if (one === asked.responsible || substitutes.indexOf(one) < index)
        errors.push({ pointer: `/substitutes/${index}`, detail: 'is named already' });
    const { ipaCode } = asked;
    if (ipaCode !== undefined && [...tree.offices.values()].some(one => one.ipaCode === ipaCode && one.id !== id))
      errors.push({ pointer: '/ipaCode', detail: 'is the code of another office' });
    if (errors.length > 0) return { ...refused('invalid-input', 'Some of it cannot be so.'), errors };
    const no = await unusable(tree.manager, tree.administrationId, [
      { pointer: '/responsible', table: 'operator', id: asked.responsible },
      { pointer: '/substitutePowerHolder', table: 'operator', id: asked.substitutePowerHolder },
      { pointer: '/supplier', table: 'supplier', id: asked.supplier },
      { pointer: '/lot', table: 'lot', id: asked.lot },
      ...substitutes.map((one, index) => ({ pointer: `/substitutes/${index}`, table: 'operator', id: one }) as const),
      ...(asked.topics ?? []).map((one, index) => ({ pointer: `/topics/${index}`, table: 'topic', id: one }) as const),
    ]);
    return no ?? this.otherSuppliersLot(tree, asked);
  }

  private async otherSuppliersLot(tree: LockedTree, { supplier, lot }: WriteOffice): Promise<Refused | undefined> {
    if (lot === undefined) return undefined;
    const found: unknown[] = await tree.manager.query('select from lot where id = $1 and supplier_id = $2', [
      lot,
      supplier,
    ]);
    return found.length > 0 ? undefined : refusedField('/lot', 'is not one of this supplier');
  }
}

const namedOf = (asked: WriteOffice) => ({
  name: asked.name,
  kind: asked.kind,
  tier: asked.tier,
  ipaCode: asked.ipaCode ?? null,
});

const rowOf = (asked: WriteOffice) => ({
  name: asked.name,
  kind: asked.kind,
  tier: asked.tier,
  email: asked.email ?? null,
  phone: asked.phone ?? null,
  address: asked.address ?? null,
  ipaCode: asked.ipaCode ?? null,
  responsibleId: asked.responsible ?? null,
  substitutePowerHolderId: asked.substitutePowerHolder ?? null,
  supplierId: asked.supplier ?? null,
  lotId: asked.lot ?? null,
  patronSaint: asked.patronSaint ?? null,
  openOnHolidays: asked.openOnHolidays ?? false,
});
