/**
 * Whoever works for the administration and did what an entry `t` of the trail says: an operator (`p`), or an office (`o`) or a body
 * outside (`k`) whose letter had the link that was opened. To be joined to `trail_entry t`.
 */
const JOINS = `left join operator p on t.actor_kind = 'operator' and p.id = t.actor_id
  left join letter k on t.actor_kind = 'outside' and k.id = t.actor_id
  left join office o on o.id = case t.actor_kind when 'operator' then p.office_id when 'office' then t.actor_id end`;

/** How looks are told to citizens: by role and office, never who. What citizens did themselves is not among them. */
export const LOOKERS = {
  joins: JOINS,
  role: `coalesce(p.role, 'letter_link')`,
  office: 'coalesce(o.name, k.name)',
  are: `t.act in ('looked', 'exported') and coalesce(o.name, k.name) is not null`,
} as const;
