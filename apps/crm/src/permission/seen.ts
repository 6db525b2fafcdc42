import type { SeenCase, Sight } from '@filodiretto/domain';

/** Which cases a request is about: those that a person sees, or all of them for what the core does by itself. */
export type Seeing = Sight | 'all';

/** SQL of a value as a parameter of the statement. */
type Parameter = (value: unknown) => string;

/** The columns that the rule looks at, of the case `c`. */
export const SEEN_COLUMNS = `c.id, c.office_id as office, c.asked, c.concerned, c.acquainted, c.assignee_id as assignee, c.confidentiality`;

/** A row of `SEEN_COLUMNS`. */
export type SeenRow = { readonly [K in keyof SeenCase]: SeenCase[K] };

/**
 * SQL of whether somebody sees the case `c`: `seesCase` of the domain, said once more. Who sees the whole administration costs
 * one look at a column of the row.
 */
export function seenSql(sight: Seeing, parameter: Parameter, c = 'c'): string {
  if (sight === 'all') return 'true';
  const me = `${parameter(sight.operator)}::uuid`;
  const own = [`${c}.assignee_id = ${me}`];
  if (sight.opened.length > 0) own.push(`${c}.id = any(${parameter(sight.opened)}::uuid[])`);
  const known = knownSql(sight, parameter, c);
  if (known !== undefined) own.push(`${c}.confidentiality is not null and (${known})`);
  const ordinary =
    sight.reach === 'administration'
      ? ''
      : ` and (${c}.acquainted @> array[${me}]${sight.offices.length > 0 ? ` or ${c}.concerned && ${parameter(sight.offices)}::uuid[]` : ''})`;
  return `((${c}.confidentiality is null${ordinary}) or ${own.join(' or ')})`;
}

/** SQL of whether somebody needs to know of the confidential case `c`; `undefined`: of none. */
function knownSql({ levels, confided }: Sight, parameter: Parameter, c: string): string | undefined {
  const known: string[] = [];
  if (levels.length > 0) known.push(`${c}.confidentiality = any(${parameter(levels)}::text[])`);
  if (confided.length > 0) {
    const offices = `${parameter(confided)}::uuid[]`;
    known.push(`${c}.office_id = any(${offices})`, `${c}.asked && ${offices}`);
  }
  return known.length > 0 ? known.join(' or ') : undefined;
}

/** `seenSql` for a statement whose parameters are a list: those of the rule are added to it. */
export const seenWith = (sight: Seeing, parameters: unknown[], c = 'c'): string =>
  seenSql(sight, value => `$${parameters.push(value)}`, c);

/** SQL of whether the case of an id is not hidden from somebody by being confidential: few are, and nothing else is read. */
export function notHiddenSql(
  { administrationId, sight }: { readonly administrationId: string; readonly sight: Seeing },
  id: string,
  parameter: Parameter,
): string {
  if (sight === 'all') return 'true';
  const known = seenSql(sight, parameter);
  return `${id} not in (select c.id from case_file c
    where c.administration_id = ${parameter(administrationId)} and c.confidentiality is not null and ${known} is not true)`;
}
