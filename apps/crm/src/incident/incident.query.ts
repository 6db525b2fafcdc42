import { Inject, Injectable } from '@nestjs/common';
import type { AnnouncementView, IncidentSuggestionList, RelatedCase } from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { at, present } from '../http/present.js';
import { seenWith } from '../permission/seen.js';

interface AnnouncementRow {
  readonly id: string;
  readonly case_id: string;
  readonly done_at: Date | null;
  readonly outcome: AnnouncementView['outcome'] | null;
  readonly created_at: Date;
  readonly cases: number;
  readonly told: number;
  readonly pending: number;
  readonly refused: AnnouncementView['refused'];
}

/** Hours before and after a case in which others may be on the same matter. */
const HOURS = 48;
/** Below this, titles are not alike (what `pg_trgm` takes for alike unless told). */
const LIKENESS = 0.3;

/** What the screens of incidents show, one statement each. */
@Injectable()
export class IncidentQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Open cases of about the same time that look like the same matter; `undefined` when there is no such case. */
  async suggestions(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    caseId: string,
    hours = HOURS,
  ): Promise<IncidentSuggestionList | undefined> {
    const parameters: unknown[] = [administrationId, caseId, ENDED_STATES, hours];
    const rows: (RelatedCase & { readonly same_category: boolean; readonly likeness: number })[] =
      await this.dataSource.query(
        `select s.* from case_file h left join lateral (
           select c.id, c.number, c.subject, c.state, coalesce(c.category_id = h.category_id, false) as same_category,
             similarity(c.subject, h.subject)::float8 as likeness
           from case_file c
           where c.administration_id = h.administration_id and c.id <> h.id and c.state <> all($3::text[])
             and c.incident_head is null and c.merged_into is null and ${seenWith(sight, parameters)}
             and not exists (select from case_file m where m.incident_head = c.id)
             and c.opened_at between h.opened_at - make_interval(hours => $4) and h.opened_at + make_interval(hours => $4)
             and (c.category_id = h.category_id or similarity(c.subject, h.subject) >= ${LIKENESS})
           order by coalesce(c.category_id = h.category_id, false)::int * 0.5 + similarity(c.subject, h.subject) desc, c.id
           limit 100) s on true
         where h.administration_id = $1 and h.id = $2`,
        parameters,
      );
    if (rows.length === 0) return undefined;
    return {
      items: rows
        .filter(row => (row.id as unknown) !== null)
        .map(({ id, number, subject, state, same_category: sameCategory, likeness }) => ({
          case: { id, number, subject, state },
          sameCategory,
          likeness: Math.round(likeness * 100) / 100,
        })),
    };
  }

  /** How far an announcement has come; `undefined` when the administration has none of this id. */
  async announcement(
    asking: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
  ): Promise<AnnouncementView | undefined> {
    return (await this.announcements(asking, id))[0];
  }

  private async announcements(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
  ): Promise<AnnouncementView[]> {
    const parameters: unknown[] = [administrationId, id];
    const rows: AnnouncementRow[] = await this.dataSource.query(
      `select a.id, a.case_id, a.done_at, a.outcome, a.created_at, count(r.case_id)::int as cases,
         count(*) filter (where r.state = 'queued' and r.told_by is null)::int as told,
         count(*) filter (where r.state = 'pending')::int as pending,
         coalesce(json_agg(json_build_object('case',
           json_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'state', c.state),
           'problem', r.problem, 'detail', r.detail) order by c.number) filter (where r.state = 'refused' and ${seenWith(sight, parameters)}), '[]') as refused
       from announcement a
       left join announcement_recipient r on r.announcement_id = a.id
       left join case_file c on c.id = r.case_id
       where a.administration_id = $1 and a.id = $2 group by a.id`,
      parameters,
    );
    return rows.map(row => ({
      id: row.id,
      case: row.case_id,
      state: row.done_at === null ? 'going' : 'done',
      ...present({ outcome: row.outcome }),
      cases: row.cases,
      told: row.told,
      pending: row.pending,
      refused: row.refused,
      createdAt: at(row.created_at),
    }));
  }
}
