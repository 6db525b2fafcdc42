import { Inject, Injectable } from '@nestjs/common';
import type { CaseKind, CaseState, Priority } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import type { AutomationSeen } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { Calendars } from '../office/calendars.js';
import { momentIn } from '../routing/route-books.js';

interface Row {
  readonly id: string;
  readonly administration_id: string;
  readonly state: CaseState;
  readonly priority: Priority;
  readonly office_id: string | null;
  readonly assignee_id: string | null;
  readonly opened_at: Date;
  readonly channel: string | null;
  readonly account: string | null;
  readonly kind: CaseKind;
  readonly category: string | null;
  readonly area: string | null;
  readonly form: string | null;
  readonly language: string | null;
  readonly known: boolean;
  readonly text: string;
}

/**
 * What the channel said of the message that opened a case is kept with it. Of older ones: the form is the one that it has, the
 * language the one that its work asked for, and whoever had a case before was known.
 */
const SEEN = `
  select c.id, c.administration_id, c.state, c.priority, c.office_id, c.assignee_id, c.opened_at, c.channel, c.account, c.kind,
    g.code as category, a.code as area,
    coalesce(m.evidence #>> '{hints,form}',
      (select p->>'form' from jsonb_array_elements(m.content) p where p->>'type' = 'form' limit 1)) as form,
    coalesce(m.evidence #>> '{hints,language}',
      (select w.language from work_item w where w.case_id = c.id order by w.queued_at limit 1)) as language,
    coalesce((m.evidence->>'known')::boolean, exists (
      select from case_file b where b.contact_id = c.contact_id and b.opened_at < c.opened_at)) as known,
    concat_ws(' ', c.subject, (
      select string_agg(p->>'text', ' ') from (
        select f.content from message f where f.case_id = c.id and f.direction = 'in' and f.author = 'contact'
        order by f.sent_at, f.seq limit 1) f cross join lateral jsonb_array_elements(f.content) p where p ? 'text')) as text
  from case_file c left join category g on g.id = c.category_id
  left join case_place l on l.case_id = c.id left join area a on a.id = l.area_id
  left join journal o on o.case_id = c.id and o.version = 1
  left join message m on m.id = (o.data->>'message')::uuid
  where c.id = any($1::uuid[])`;

/** How automations look at cases. */
@Injectable()
export class Seeing {
  constructor(@Inject(Calendars) private readonly calendars: Calendars) {}

  /**
   * Cases as they are now: their title, their category, where they are and stand, how they began. Open or closed is the office
   * that has the case, by its calendar; of one that no office has, the administration.
   */
  async of(manager: EntityManager, cases: readonly string[], now: Date): Promise<Map<string, AutomationSeen>> {
    const rows: Row[] = await manager.query(SEEN, [cases]);
    const seen = new Map<string, AutomationSeen>();
    for (const row of rows) {
      const calendar = await this.calendars.calendarOf(manager, row.administration_id, row.office_id);
      seen.set(row.id, {
        state: row.state,
        priority: row.priority,
        office: row.office_id,
        assignee: row.assignee_id,
        openedAt: instant(row.opened_at),
        channel: row.channel,
        account: row.account,
        form: row.form,
        language: row.language,
        knownContact: row.known,
        kind: row.kind,
        category: row.category,
        area: row.area,
        text: row.text,
        moment: momentIn(calendar, now),
      });
    }
    return seen;
  }
}
