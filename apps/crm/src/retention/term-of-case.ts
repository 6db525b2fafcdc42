/** The term of a case `c`, from the terms of `$2`: that of its category, else of its kind. */
export const TERM_OF_CASE = `lateral (
  select t.code, make_interval(months => t.months, days => t.days) as lasts, t.duty, t."legalBasis" as legal_basis
  from jsonb_to_recordset($2::jsonb) t(code text, months int, days int, duty boolean, "legalBasis" text)
  where t.code in ('category.' || c.category_id, 'case.' || c.kind)
  order by (t.code like 'category.%') desc limit 1)`;

/** Whether a hold is on a case `c`, or on whose it is. */
export const HELD = `exists (
  select from legal_hold h where h.lifted_at is null and (h.case_id = c.id or h.contact_id in (
    select coalesce(o.merged_into, o.id) from contact o where o.id = c.contact_id)))`;

/** Whether a hold is on whose the row is that `contact` names. */
export const heldPerson = (contact: string): string => `exists (
  select from legal_hold h where h.lifted_at is null and h.contact_id in (
    select coalesce(o.merged_into, o.id) from contact o where o.id = ${contact}))`;
