import { Injectable } from '@nestjs/common';
import type { MakeSupplier, WriteSupplier } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import { refused, refusedField, type Refused } from '../refused.js';
import { takenCode, versionOf } from './coded.js';
import { lockOrganisation, staleness } from './locked-tree.js';

interface Row {
  readonly id: string;
  readonly version: number;
}

/** Who runs parts of the service under contract, and which parts. */
@Injectable()
export class Suppliers {
  async make(
    manager: EntityManager,
    administrationId: string,
    id: string,
    asked: MakeSupplier,
  ): Promise<Row | Refused> {
    await lockOrganisation(manager, administrationId);
    const { code, name } = asked;
    const taken = await takenCode(manager, 'supplier', administrationId, code);
    if (taken) return taken;
    await insertAll(manager, 'supplier', [{ id, administrationId, code, name, version: 1 }]);
    return (await writeLots(manager, administrationId, id, asked)) ?? { id, version: 1 };
  }

  async write(
    manager: EntityManager,
    administrationId: string,
    id: string,
    asked: WriteSupplier,
    expectedVersion?: number,
  ): Promise<Row | Refused> {
    await lockOrganisation(manager, administrationId);
    const version = await versionOf(manager, 'supplier', administrationId, id);
    if (version === undefined) return refused('not-found', 'There is no such supplier.');
    const stale = staleness(version, expectedVersion);
    if (stale) return stale;
    await manager.query('update supplier set name = $2, version = version + 1 where id = $1', [id, asked.name]);
    return (await writeLots(manager, administrationId, id, asked)) ?? { id, version: version + 1 };
  }
}

/** Makes the lots what was asked, known by their codes; refuses to leave out one that an office belongs to. */
async function writeLots(
  manager: EntityManager,
  administrationId: string,
  supplierId: string,
  { lots }: WriteSupplier,
): Promise<Refused | undefined> {
  const known: { id: string; code: string; supplier_id: string; used: boolean }[] = await manager.query(
    `select l.id, l.code, l.supplier_id, exists (select from office o where o.lot_id = l.id) as used
     from lot l where l.administration_id = $1`,
    [administrationId],
  );
  const codes = lots.map(({ code }) => code);
  for (const [index, code] of codes.entries()) {
    const elsewhere = known.some(one => one.code === code && one.supplier_id !== supplierId);
    if (elsewhere || codes.indexOf(code) < index) return refusedField(`/lots/${index}/code`, 'is used already');
  }
  const left = known.filter(one => one.supplier_id === supplierId && !codes.includes(one.code));
  const used = left.find(one => one.used);
  if (used) return refusedField('/lots', `"${used.code}" cannot be left out: offices belong to it`);
  await manager.query('delete from lot where id = any($1::uuid[])', [left.map(({ id }) => id)]);
  await insertAll(
    manager,
    'lot',
    lots.map(({ code, name }) => ({
      id: known.find(one => one.code === code)?.id ?? v7(),
      administrationId,
      supplierId,
      code,
      name,
    })),
    { ifAbsent: 'id', otherwise: 'update set name = excluded.name' },
  );
  return undefined;
}
