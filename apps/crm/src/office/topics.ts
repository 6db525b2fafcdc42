import { Injectable } from '@nestjs/common';
import type { MakeTopic, WriteTopic } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { refused, type Refused } from '../refused.js';
import { takenCode, versionOf } from './coded.js';
import { lockOrganisation, staleness } from './locked-tree.js';

interface Row {
  readonly id: string;
  readonly version: number;
}

/** What an administration's offices answer for. */
@Injectable()
export class Topics {
  async make(manager: EntityManager, administrationId: string, id: string, asked: MakeTopic): Promise<Row | Refused> {
    await lockOrganisation(manager, administrationId);
    const { code, label } = asked;
    const taken = await takenCode(manager, 'topic', administrationId, code);
    if (taken) return taken;
    await insertAll(manager, 'topic', [{ id, administrationId, code, label, active: true, version: 1 }]);
    return { id, version: 1 };
  }

  async write(
    manager: EntityManager,
    administrationId: string,
    id: string,
    { label, active }: WriteTopic,
    expectedVersion?: number,
  ): Promise<Row | Refused> {
    await lockOrganisation(manager, administrationId);
    const version = await versionOf(manager, 'topic', administrationId, id);
    if (version === undefined) return refused('not-found', 'There is no such topic.');
    const stale = staleness(version, expectedVersion);
    if (stale) return stale;
    await manager.query('update topic set label = $2, active = $3, version = version + 1 where id = $1', [
      id,
      label,
      active,
    ]);
    return { id, version: version + 1 };
  }
}
