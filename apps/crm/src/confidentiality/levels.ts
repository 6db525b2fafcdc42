import { Inject, Injectable } from '@nestjs/common';
import type { LevelView, WriteLevel } from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { levelsOf, type LevelRow } from '../permission/levels.js';
import { refused, type Refused } from '../refused.js';

/** The levels of an administration, as they are now. */
export const readLevels = async (
  manager: EntityManager,
  administrationId: string,
): Promise<ReturnType<typeof levelsOf>> =>
  levelsOf(
    await manager.query<LevelRow[]>(
      'select code, name, offices, roles, version from confidentiality_level where administration_id = $1',
      [administrationId],
    ),
  );

/** Why not everybody may know of a case, as data. A level is never taken away: cases may have it. */
@Injectable()
export class Levels {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async list({ administrationId }: Asking): Promise<LevelView[]> {
    return (await readLevels(this.dataSource.manager, administrationId)).map(({ offices, roles, ...level }) => ({
      ...level,
      offices: [...offices],
      roles: [...roles],
    }));
  }

  async one(operator: Asking, code: string): Promise<LevelView | undefined> {
    return (await this.list(operator)).find(level => level.code === code);
  }

  /** Decides one from the version that was seen; one that is new has none. */
  async write(
    manager: EntityManager,
    { administrationId }: Asking,
    { code, expectedVersion }: { readonly code: string; readonly expectedVersion: number },
    { name, offices, roles }: WriteLevel,
  ): Promise<object | Refused> {
    if (!/^[a-z][a-z0-9_-]{0,99}$/.test(code)) return refused('not-found', 'There is no such level.');
    await manager.query('select from office where id = $1 for update', [administrationId]);
    const found: unknown[] = await manager.query(
      'select from office where administration_id = $1 and id = any($2::uuid[])',
      [administrationId, offices],
    );
    if (found.length < new Set(offices).size)
      return {
        ...refused('invalid-input', 'Some fields are not right.'),
        errors: [{ pointer: '/offices', detail: 'some of them are not here' }],
      };
    const before = (await readLevels(manager, administrationId)).find(level => level.code === code);
    const version = before?.version ?? 1;
    if (version !== expectedVersion)
      return refused('version-stale', `The level is at version ${version}, not ${expectedVersion}.`);
    await manager.query(
      `insert into confidentiality_level (administration_id, code, name, offices, roles, version) values ($1, $2, $3, $4, $5, $6)
       on conflict (administration_id, code) do update
       set name = excluded.name, offices = excluded.offices, roles = excluded.roles, version = excluded.version`,
      [administrationId, code, name, [...new Set(offices)], roles, version + 1],
    );
    return {};
  }
}
