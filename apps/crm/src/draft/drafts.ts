import { Inject, Injectable } from '@nestjs/common';
import type { DraftPage, DraftView, ListDrafts, SaveDraft, UploadView } from '@filodiretto/contracts';
import type { DraftKind } from '@filodiretto/contracts/model';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf } from '../http/paging.js';
import { at, present } from '../http/present.js';
import { staleness } from '../office/locked-tree.js';
import { seenWith } from '../permission/seen.js';
import { refused, type Refused } from '../refused.js';
import { storable } from '../storable.js';

interface Row {
  readonly id: string;
  readonly at: string;
  readonly case: DraftView['case'];
  readonly kind: DraftKind;
  readonly key: string;
  readonly text: string;
  readonly subject: string | null;
  readonly conversation: string | null;
  readonly visibility: DraftView['visibility'] | null;
  readonly attachments: UploadView[] | null;
  readonly begun_from: number;
  readonly case_version: number;
  readonly version: number;
  readonly saved_at: Date;
}

const COLUMNS = `d.id, ${cursorAt('d.saved_at')} as at, d.kind, d.key, d.text, d.subject, d.conversation_id as conversation, d.visibility,
  d.begun_from, c.version as case_version, d.version, d.saved_at,
  json_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'state', c.state) as case,
  (select json_agg(json_build_object('id', u.id, 'filename', u.filename, 'mediaType', u.media_type, 'size', u.size,
     'scan', u.scan_state) order by array_position(d.attachments, u.id)) from upload u where u.id = any(d.attachments)) as attachments`;

/**
 * What operators have begun to write. Each sees their own alone; it is no fact of the case, and nobody is told. It goes when it is
 * sent, put away or erased with the person whose case it is, and after a while by itself.
 */
@Injectable()
export class Drafts {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /**
   * Saves the draft of an operator, in place of the one there was, whose key it keeps, from the version that was seen: 0 begins one. What
   * was saved from elsewhere meanwhile is not written over, unless it is the same; what was said already is no draft any more, and is
   * refused as `already-said`.
   */
  async keep(
    manager: EntityManager,
    { id: operatorId, administrationId }: Asking,
    of: { readonly caseId: string; readonly kind: DraftKind; readonly seen: number },
    asked: SaveDraft,
  ): Promise<object | Refused> {
    const { caseId, kind, seen } = of;
    // Whoever says it holds the case until they are done: what is saved meanwhile waits, and then sees that it was said.
    await manager.query('select from case_file where id = $1 and administration_id = $2 for share', [
      caseId,
      administrationId,
    ]);
    const no =
      (await whyNotSave(manager, { administrationId, ...of }, asked)) ??
      (await whetherSaid(manager, operatorId, asked.key));
    if (no) return no;
    const written = [
      storable(asked.text),
      asked.subject === undefined ? null : storable(asked.subject),
      asked.conversation ?? null,
      asked.visibility ?? null,
      asked.attachments ?? [],
    ];
    const whose = [administrationId, caseId, operatorId, kind];
    const [before]: { version: number; same: boolean }[] = await manager.query(
      `select version, text = $5 and subject is not distinct from $6 and conversation_id is not distinct from $7::uuid
         and visibility is not distinct from $8 and attachments = $9::uuid[] as same
       from case_draft where administration_id = $1 and case_id = $2 and operator_id = $3 and kind = $4 for update`,
      [...whose, ...written],
    );
    if (before?.same) return {};
    const stale = staleness(before?.version ?? 0, seen);
    if (stale) return stale;
    const [kept]: { saved: boolean }[] = await manager.query(
      `with kept as (
         insert into case_draft (id, administration_id, case_id, operator_id, kind, text, subject, conversation_id, visibility,
           attachments, begun_from, key, saved_at)
         select $10::uuid, c.administration_id, c.id, $3, $4, $5, $6, $7, $8, $9::uuid[], least($11, c.version), coalesce($12::uuid, $10::uuid),
           clock_now()
         from case_file c where c.id = $2 and c.administration_id = $1
         on conflict (operator_id, case_id, kind) do update set text = excluded.text, subject = excluded.subject,
           conversation_id = excluded.conversation_id, visibility = excluded.visibility, attachments = excluded.attachments,
           begun_from = excluded.begun_from, saved_at = excluded.saved_at, version = case_draft.version + 1
         where case_draft.version = $13
         returning 1)
       select exists (select from kept) as saved from case_file where id = $2 and administration_id = $1`,
      [...whose, ...written, v7(), asked.begunFrom, asked.key ?? null, seen],
    );
    if (!kept) return refused('not-found', 'There is no such case.');
    // Begun at two screens at the same moment: the other was first.
    return kept.saved ? {} : refused('version-stale', 'It was begun elsewhere first.');
  }

  /** The draft of who asks; `undefined` when they have none. */
  async one(operator: Asking, caseId: string, kind: DraftKind): Promise<DraftView | undefined> {
    const rows: Row[] = await this.dataSource.query(
      `select ${COLUMNS} from case_draft d join case_file c on c.id = d.case_id
       where d.administration_id = $1 and d.operator_id = $2 and d.case_id = $3 and d.kind = $4`,
      [operator.administrationId, operator.id, caseId, kind],
    );
    return rows[0] && viewOf(rows[0]);
  }

  /** Puts a draft away, as it was seen. One that is not there is away already. */
  discard(
    { id, administrationId }: Asking,
    of: { readonly caseId: string; readonly kind: DraftKind; readonly seen: number },
  ): Promise<object | Refused> {
    const whose = [administrationId, id, of.caseId, of.kind];
    return this.dataSource.transaction(async manager => {
      const [before]: { version: number }[] = await manager.query(
        `select version from case_draft where administration_id = $1 and operator_id = $2 and case_id = $3 and kind = $4 for update`,
        whose,
      );
      const stale = before && staleness(before.version, of.seen);
      if (stale) return stale;
      await manager.query(
        'delete from case_draft where administration_id = $1 and operator_id = $2 and case_id = $3 and kind = $4',
        whose,
      );
      return {};
    });
  }

  /** The drafts of who asks, in cases that they see. */
  async list({ id, administrationId, sight }: Asking, filter: ListDrafts): Promise<DraftPage> {
    const cursor = cursorOf(filter.after);
    const parameters: unknown[] = [administrationId, id, cursor?.at ?? null, cursor?.id ?? null, filter.case ?? null];
    const limit = limitOf(filter);
    const rows: Row[] = await this.dataSource.query(
      `select ${COLUMNS} from case_draft d join case_file c on c.id = d.case_id
       where d.administration_id = $1 and d.operator_id = $2 and ${seenWith(sight, parameters)}
         and ($5::uuid is null or d.case_id = $5)
         and ($3::timestamptz is null or (d.saved_at, d.id) < ($3::timestamptz, $4::uuid))
       order by d.saved_at desc, d.id desc limit ${limit + 1}`,
      parameters,
    );
    return pageOf(rows, limit, viewOf);
  }
}

/** The draft of an operator was said: it is one no longer. */
export const draftSaid = async (
  manager: EntityManager,
  said: { readonly operatorId: string; readonly caseId: string; readonly kind: DraftKind },
): Promise<void> => {
  await manager.query('delete from case_draft where operator_id = $1 and case_id = $2 and kind = $3', [
    said.operatorId,
    said.caseId,
    said.kind,
  ]);
};

/** The refusal to say a draft of an operator of which other words were saved than were seen. Nothing of it is saved any more until the transaction ends. */
export async function draftStale(
  manager: EntityManager,
  {
    operatorId,
    caseId,
    kind,
    seen,
  }: { readonly operatorId: string; readonly caseId: string; readonly kind: DraftKind; readonly seen: number },
): Promise<Refused | undefined> {
  await manager.query('select from case_file where id = $1 for no key update', [caseId]);
  const [draft]: { version: number }[] = await manager.query(
    'select version from case_draft where operator_id = $1 and case_id = $2 and kind = $3',
    [operatorId, caseId, kind],
  );
  return draft && staleness(draft.version, seen);
}

const viewOf = (row: Row): DraftView => ({
  case: row.case,
  kind: row.kind,
  key: row.key,
  text: row.text,
  attachments: row.attachments ?? [],
  begunFrom: row.begun_from,
  caseVersion: row.case_version,
  version: row.version,
  savedAt: at(row.saved_at),
  ...present({ subject: row.subject, conversation: row.conversation, visibility: row.visibility }),
});

/** Why something cannot be a draft again: its words were said under its key, as a reply or as a note. */
async function whetherSaid(
  manager: EntityManager,
  operatorId: string,
  key: string | undefined,
): Promise<Refused | undefined> {
  if (key === undefined) return undefined;
  const said: unknown[] = await manager.query(
    `select from idempotency where key = $1::uuid::text and operator_id = $2
     union all select from message where id = $1::uuid and operator_id = $2
     union all select from internal_note where id = $1::uuid and operator_id = $2 limit 1`,
    [key, operatorId],
  );
  return said.length > 0
    ? refused(
        'already-said',
        'It was said from another screen. What is written from now on is another: give it another key.',
      )
    : undefined;
}

const OF_REPLIES = ['subject', 'conversation', 'visibility', 'attachments'] as const;

/** Why something cannot be a draft: what it names is not there, or a note has none of it. */
async function whyNotSave(
  manager: EntityManager,
  of: { readonly administrationId: string; readonly caseId: string; readonly kind: DraftKind },
  { conversation, attachments = [], ...asked }: SaveDraft,
): Promise<Refused | undefined> {
  const said = { conversation, attachments: attachments.length > 0 ? attachments : undefined, ...asked };
  const foreign = of.kind === 'note' ? OF_REPLIES.filter(name => said[name] !== undefined) : [];
  const errors = foreign.map(name => ({ pointer: `/${name}`, detail: 'a note has words alone' }));
  if (conversation !== undefined && errors.length === 0) {
    const found: unknown[] = await manager.query(
      'select from message where case_id = $1 and conversation_id = $2 and administration_id = $3 limit 1',
      [of.caseId, conversation, of.administrationId],
    );
    if (found.length === 0) errors.push({ pointer: '/conversation', detail: 'is not one of the case' });
  }
  if (attachments.length > 0 && errors.length === 0) {
    const found: { id: string }[] = await manager.query(
      'select id from upload where administration_id = $1 and id = any($2::uuid[])',
      [of.administrationId, attachments],
    );
    const known = new Set(found.map(({ id }) => id));
    for (const [index, id] of attachments.entries())
      if (!known.has(id.toLowerCase()))
        errors.push({ pointer: `/attachments/${index}`, detail: 'there is no upload of this id here' });
  }
  return errors.length > 0
    ? { ...refused('invalid-input', 'Something that the draft names does not exist.'), errors }
    : undefined;
}
