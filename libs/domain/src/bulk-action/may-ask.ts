/** Who may ask the same of many cases. */
const LEADS: ReadonlySet<string> = new Set(['admin', 'supervisor', 'team_leader', 'urp_referent', 'office_head']);

/**
 * Why somebody may not have the same done to many cases; `undefined` when they may. Asked when it is prepared, when it is let run,
 * and of each case as it is done: a bulk action never does more than whoever prepared it may do now.
 */
export function whyNotInBulk({
  active,
  role,
}: {
  readonly active: boolean;
  readonly role: string;
}): string | undefined {
  if (!active) return 'Whoever prepared it no longer works here.';
  return LEADS.has(role) ? undefined : 'Only those who lead ask the same of many cases.';
}
