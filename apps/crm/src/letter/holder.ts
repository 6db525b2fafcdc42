import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { prepared } from '../prepared.js';

/** Who holds a case, as whoever is written to about it. */
export interface Holder {
  readonly case_id: string;
  readonly name: string;
  readonly email: string | null;
  /** Written to by name; else their office is. */
  readonly by_name: boolean;
  readonly wants: boolean;
  /** Whoever caused the letter is one of them: they know. */
  readonly asked_by_member: boolean;
}

/** Who holds each case now, by the case; those that nobody holds are not among them. */
export async function holdersOf(
  manager: EntityManager,
  held: readonly { readonly caseFile: CaseFile; readonly byOperator: string | null }[],
): Promise<Map<string, Holder>> {
  const rows = held.flatMap(({ caseFile, byOperator }) =>
    caseFile.officeId === null && caseFile.assigneeId === null
      ? []
      : [
          {
            case_id: caseFile.id,
            office_id: caseFile.officeId,
            operator_id: caseFile.assigneeId,
            by_operator: byOperator,
          },
        ],
  );
  if (rows.length === 0) return new Map();
  const { rows: found } = await prepared<Holder>(
    manager,
    `select g.case_id, case when p.email is null then coalesce(o.name, p.name) else p.name end as name,
       coalesce(p.email, o.email) as email, p.email is not null or o.id is null as by_name,
       coalesce(o.letters, true) as wants,
       g.by_operator is not null and (g.by_operator = g.operator_id or exists (
         select from membership b where b.operator_id = g.by_operator and b.office_id = g.office_id)) as asked_by_member
     from json_to_recordset($1::json) g(case_id uuid, office_id uuid, operator_id uuid, by_operator uuid)
       left join office o on o.id = g.office_id left join operator p on p.id = g.operator_id`,
    [JSON.stringify(rows)],
  );
  return new Map(found.map(one => [one.case_id, one]));
}

/** To whom a letter to the holder goes. */
export const toHolder = (
  { by_name: byName }: Holder,
  { assigneeId, officeId }: CaseFile,
): { readonly operator: string } | { readonly office: string } =>
  byName ? { operator: assigneeId ?? '' } : { office: officeId ?? '' };
