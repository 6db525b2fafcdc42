import { Injectable } from '@nestjs/common';
import type { MakeCategory, WriteCategory } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { refused, type Refused } from '../refused.js';
import { takenCode, versionOf } from './coded.js';
import { lockOrganisation, staleness } from './locked-tree.js';
import { unusable } from './usable.js';
import { isLevel } from '../confidentiality/confidentiality.js';

interface Row {
  readonly id: string;
  readonly version: number;
}

/** What routing looks at. A category is never deleted: its cases keep it; closed, it takes no new ones. */
@Injectable()
export class Categories {
  async make(
    manager: EntityManager,
    administrationId: string,
    id: string,
    asked: MakeCategory,
  ): Promise<Row | Refused> {
    await lockOrganisation(manager, administrationId);
    const { code, label, kind, office, topic } = asked;
    const no =
      (await takenCode(manager, 'category', administrationId, code)) ??
      (await unusable(manager, administrationId, namedBy(asked))) ??
      (await unknownLevel(manager, administrationId, asked));
    if (no) return no;
    await insertAll(manager, 'category', [
      {
        id,
        administrationId,
        code,
        label,
        kind,
        officeId: office ?? null,
        topicId: topic ?? null,
        confidentiality: asked.confidentiality ?? null,
      },
    ]);
    return { id, version: 1 };
  }

  async write(
    manager: EntityManager,
    administrationId: string,
    id: string,
    asked: WriteCategory,
    expectedVersion?: number,
  ): Promise<Row | Refused> {
    await lockOrganisation(manager, administrationId);
    const version = await versionOf(manager, 'category', administrationId, id);
    if (version === undefined) return refused('not-found', 'There is no such category.');
    const no =
      staleness(version, expectedVersion) ??
      (await unusable(manager, administrationId, namedBy(asked))) ??
      (await unknownLevel(manager, administrationId, asked));
    if (no) return no;
    const { label, kind, office, topic, active } = asked;
    await manager.query(
      `update category set label = $2, kind = $3, office_id = $4, topic_id = $5, active = $6, confidentiality = $7, version = version + 1
       where id = $1`,
      [id, label, kind, office ?? null, topic ?? null, active, asked.confidentiality ?? null],
    );
    return { id, version: version + 1 };
  }
}

const namedBy = ({ office, topic }: Pick<WriteCategory, 'office' | 'topic'>) =>
  [
    { pointer: '/office', table: 'office', id: office },
    { pointer: '/topic', table: 'topic', id: topic },
  ] as const;

const unknownLevel = async (
  manager: EntityManager,
  administrationId: string,
  { confidentiality: level }: Pick<WriteCategory, 'confidentiality'>,
): Promise<Refused | undefined> =>
  level === undefined || (await isLevel(manager, administrationId, level))
    ? undefined
    : {
        ...refused('invalid-input', 'Some fields are not right.'),
        errors: [{ pointer: '/confidentiality', detail: 'there is no level of this code here' }],
      };
