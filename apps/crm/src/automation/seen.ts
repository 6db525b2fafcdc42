import type { CaseKind, CaseState, Priority } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { momentOf, type AutomationSeen } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';

interface Row {
  readonly id: string;
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
  readonly text: string;
}

/** Cases as automations look at them now: their title, their category, where they are and stand. */
export async function seenBy(
  manager: EntityManager,
  cases: readonly string[],
  now: Date,
): Promise<Map<string, AutomationSeen>> {
  const rows: Row[] = await manager.query(
    `select c.id, c.state, c.priority, c.office_id, c.assignee_id, c.opened_at, c.channel, c.account, c.kind,
       g.code as category, a.code as area, concat_ws(' ', c.subject, (
         select string_agg(p->>'text', ' ') from (
           select m.content from message m where m.case_id = c.id and m.direction = 'in' and m.author = 'contact'
           order by m.sent_at, m.seq limit 1) f cross join lateral jsonb_array_elements(f.content) p where p ? 'text')) as text
     from case_file c left join category g on g.id = c.category_id
     left join case_place l on l.case_id = c.id left join area a on a.id = l.area_id
     where c.id = any($1::uuid[])`,
    [cases],
  );
  return new Map(
    rows.map(row => [
      row.id,
      {
        state: row.state,
        priority: row.priority,
        office: row.office_id,
        assignee: row.assignee_id,
        openedAt: instant(row.opened_at),
        channel: row.channel,
        account: row.account,
        kind: row.kind,
        category: row.category,
        area: row.area,
        text: row.text,
        moment: momentOf(now, 'Europe/Rome'),
      },
    ]),
  );
}
