import { Inject, Injectable } from '@nestjs/common';
import type { AbsenceView, MembershipView, OfficeRef, OperatorDetail, OperatorRef } from '@filodiretto/contracts';
import { ENDED_STATES, instant } from '@filodiretto/contracts/model';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { operatorView, type OperatorListRow } from '../office/organisation.query.js';
import { seenWith } from '../permission/seen.js';

interface DetailRow extends OperatorListRow {
  readonly version: number;
  readonly roleClaimed: boolean;
  readonly email: string | null;
  readonly phone: string | null;
  readonly languages: string[];
  readonly memberships: MembershipView[];
  readonly absences: { id: string; from: string; to: string; substitute: OperatorRef | null }[];
  readonly responsible_for: OfficeRef[];
  readonly open_cases: number;
}

const detail = (shown: string): string => `
  select p.id, p.code, p.name, p.role, p.active, p.office_id, o.name as office_name, p.version, p.own_role is not null as "roleClaimed", p.email, p.phone, p.languages,
    (select coalesce(jsonb_agg(jsonb_build_object('office', jsonb_build_object('id', f.id, 'name', f.name), 'role', m.role,
       'tier', m.tier, 'main', f.id = p.office_id, 'fromProvider', m.claimed) order by f.id = p.office_id desc, f.name, f.id), '[]')
     from membership m join office f on f.id = m.office_id where m.operator_id = p.id) as memberships,
    (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'from', a.from_at, 'to', a.to_at, 'substitute',
       (select jsonb_build_object('id', s.id, 'name', s.name) from operator s where s.id = a.substitute_id))
       order by a.from_at, a.id), '[]')
     from absence a where a.operator_id = p.id and a.to_at > clock_now()) as absences,
    (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) order by f.name, f.id), '[]')
     from office f where f.responsible_id = p.id and f.active) as responsible_for,
    (select count(*)::int from case_file c where c.assignee_id = p.id and c.state <> all($3) and ${shown}) as open_cases
  from operator p join office o on o.id = p.office_id
  where p.id = $1 and p.administration_id = $2`;

/** Operators one by one. */
@Injectable()
export class OperatorQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** An operator with all that is known of them. */
  async one({ administrationId, sight }: Asking, id: string): Promise<OperatorDetail | undefined> {
    const parameters: unknown[] = [id, administrationId, ENDED_STATES];
    const [row]: DetailRow[] = await this.dataSource.query(detail(seenWith(sight, parameters)), parameters);
    if (!row) return undefined;
    const { version, roleClaimed, languages, memberships, email, phone } = row;
    return {
      ...operatorView(row),
      version,
      roleFromProvider: roleClaimed,
      languages,
      memberships,
      ...present({ email, phone }),
      absences: row.absences.map(absenceView),
      responsibleFor: row.responsible_for,
      openCases: row.open_cases,
    };
  }
}

const absenceView = ({ id, from, to, substitute }: DetailRow['absences'][number]): AbsenceView => ({
  id,
  from: instant(from),
  to: instant(to),
  ...present({ substitute }),
});
