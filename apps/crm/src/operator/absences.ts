import { Injectable } from '@nestjs/common';
import type { MakeAbsence } from '@filodiretto/contracts';
import { absenceRefusal, type Absence } from '@filodiretto/domain';
import { insertAll } from '../bulk.js';
import type { LockedTree } from '../office/locked-tree.js';
import { unusable } from '../office/usable.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { operatorAt } from './operators.js';

/** Who is away, and who stands in. Everything in the caller's transaction, on a tree that it locked. */
@Injectable()
export class Absences {
  async record(tree: LockedTree, operatorId: string, id: string, asked: MakeAbsence): Promise<object | Refused> {
    const operator = await operatorAt(tree, operatorId);
    if (isRefused(operator)) return operator;
    const { manager, administrationId } = tree;
    const no = await unusable(manager, administrationId, [
      { pointer: '/substitute', table: 'operator', id: asked.substitute },
    ]);
    if (no) return no;
    const absence = {
      operator: operatorId,
      from: Date.parse(asked.from),
      to: Date.parse(asked.to),
      substitute: asked.substitute ?? null,
    };
    const known: Absence[] = await manager.query(
      `select operator_id as operator, substitute_id as substitute,
         (extract(epoch from from_at) * 1000)::float8 as "from", (extract(epoch from to_at) * 1000)::float8 as "to"
       from absence where administration_id = $1 and from_at < $3 and to_at > $2`,
      [administrationId, new Date(absence.from), new Date(absence.to)],
    );
    const impossible = absenceRefusal(known, absence);
    if (impossible) return impossible;
    await insertAll(manager, 'absence', [
      {
        id,
        administrationId,
        operatorId,
        fromAt: new Date(absence.from),
        toAt: new Date(absence.to),
        beginsAt: new Date(absence.from),
        substituteId: absence.substitute,
        createdAt: new Date(),
      },
    ]);
    return { id };
  }

  async remove(tree: LockedTree, operatorId: string, id: string): Promise<object | Refused> {
    const [, count]: [unknown, number] = await tree.manager.query(
      'delete from absence where id = $1 and operator_id = $2 and administration_id = $3',
      [id, operatorId, tree.administrationId],
    );
    return count > 0 ? { id } : refused('not-found', 'There is no such absence.');
  }
}
