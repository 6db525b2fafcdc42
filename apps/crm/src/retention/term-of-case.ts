/** The term of a case `c`, from the terms of `$2`: that of its category, else of its kind. */
export const TERM_OF_CASE = `lateral (
  select t.code, make_interval(months => t.months, days => t.days) as lasts, t.duty, t."legalBasis" as legal_basis
  from jsonb_to_recordset($2::jsonb) t(code text, months int, days int, duty boolean, "legalBasis" text)
  where t.code in ('category.' || c.category_id, 'case.' || c.kind)
  order by (t.code like 'category.%') desc limit 1)`;

/**
 * Whether nothing may go of whose the row is that `contact` names, merged or not: a hold is on them, their data rest (GDPR, art. 18), or
 * what they asked of what is kept of them is not decided yet.
 */
export const heldPerson = (contact: string): string => `exists (
  select from (
    select contact_id from legal_hold where lifted_at is null and contact_id is not null
    union all select contact_id from contact_restriction where lifted_at is null
    union all select contact_id from rights_request where state = 'open') h
  join contact s on s.id = h.contact_id
  where coalesce(s.merged_into, s.id) = (select coalesce(o.merged_into, o.id) from contact o where o.id = ${contact}))`;

/** Whether a hold is on a case `c`, or it is of somebody held. */
export const HELD = `(exists (select from legal_hold h where h.lifted_at is null and h.case_id = c.id) or ${heldPerson('c.contact_id')})`;
