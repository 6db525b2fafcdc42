import { Inject, Injectable } from '@nestjs/common';
import type { ChangeTag, TagList, TagRefList, TagView, WriteTag } from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger } from '../case/ledger.js';
import type { Asking } from '../http/operator.js';
import { staleness } from '../office/locked-tree.js';
import { isRefused, refused, type Refused } from '../refused.js';

const SHOWN = 'id, code, label, retired_at is not null as retired, version';

/** Words that staff put on cases; putting and taking one is a fact of the case. */
@Injectable()
export class Tags {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  async all({ administrationId }: Asking): Promise<TagList> {
    const items: TagView[] = await this.dataSource.query(
      `select ${SHOWN} from tag where administration_id = $1 order by label, id`,
      [administrationId],
    );
    return { items };
  }

  async one({ administrationId }: Asking, id: string): Promise<TagView | undefined> {
    const rows: TagView[] = await this.dataSource.query(
      `select ${SHOWN} from tag where administration_id = $1 and id = $2`,
      [administrationId, id],
    );
    return rows[0];
  }

  async ofCase(caseId: string): Promise<TagRefList> {
    return {
      items: await this.dataSource.query(
        'select t.id, t.code, t.label from case_tag x join tag t on t.id = x.tag_id where x.case_id = $1 order by t.label, t.id',
        [caseId],
      ),
    };
  }

  /** Keeps a new tag under the id given. */
  async write(
    manager: EntityManager,
    { administrationId }: Asking,
    id: string,
    asked: WriteTag,
  ): Promise<object | Refused> {
    const made: unknown[] = await manager.query(
      `insert into tag (id, administration_id, code, label) values ($1, $2, $3, $4)
       on conflict (administration_id, code) do nothing returning id`,
      [id, administrationId, asked.code, asked.label],
    );
    return made.length > 0 ? { id } : named('code', 'there is already a tag with this code');
  }

  /** Changes a tag that is as it was seen; the cases that have it keep it. */
  async change(
    manager: EntityManager,
    { administrationId }: Asking,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    asked: ChangeTag,
  ): Promise<object | Refused> {
    const [found]: { version: number }[] = await manager.query(
      'select version from tag where administration_id = $1 and id = $2 for update',
      [administrationId, id],
    );
    if (!found) return refused('not-found', 'There is no such tag.');
    const stale = staleness(found.version, expectedVersion);
    if (stale) return stale;
    await manager.query(
      `update tag set label = coalesce($2, label), version = version + 1,
         retired_at = case when $3::boolean is null then retired_at when $3 then coalesce(retired_at, now()) end
       where id = $1`,
      [id, asked.label ?? null, asked.retired ?? null],
    );
    return { id };
  }

  /** Puts a tag on a case, or takes it off; so already: nothing happens. */
  async put(
    manager: EntityManager,
    request: CaseRequest,
    tag: string,
    name: 'tag' | 'untag',
  ): Promise<object | Refused> {
    const { operator, caseId, cause } = request;
    const pages = await this.ledger.open(manager, [caseId]);
    if (pages.caseFile(caseId)?.administrationId !== operator.administrationId)
      return refused('not-found', 'There is no such case.');
    const known: unknown[] = await manager.query(
      `select from tag where administration_id = $1 and id = $2 and (retired_at is null or $3)`,
      [operator.administrationId, tag, name === 'untag'],
    );
    if (known.length === 0)
      return name === 'tag'
        ? named('tag', 'there is none of this id in use here')
        : refused('not-found', 'There is no such tag.');
    const done: unknown[] =
      name === 'tag'
        ? await manager.query(
            'insert into case_tag (tag_id, case_id) values ($1, $2) on conflict do nothing returning tag_id',
            [tag, caseId],
          )
        : await manager.query(
            'with gone as (delete from case_tag where tag_id = $1 and case_id = $2 returning 1) select from gone',
            [tag, caseId],
          );
    if (done.length === 0) return {};
    const changed = pages.apply({
      caseId,
      cause,
      commands: [{ name, tag, by: request.by ?? { kind: 'operator', id: operator.id } }],
    });
    if (isRefused(changed)) return changed;
    await pages.write();
    return changed;
  }
}

const named = (field: string, detail: string): Refused => ({
  ...refused('invalid-input', `${field}: ${detail}`),
  errors: [{ pointer: `/${field}`, detail }],
});
