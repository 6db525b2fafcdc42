/** What a claim of the identity provider gives: a role, or a place in an office, or both. */
export interface GrantRule<Role extends string = string> {
  /** Name of the claim, or the way to it by dots: `groups`, `realm_access.roles`. */
  readonly claim: string;
  /** What must be in it. */
  readonly value: string;
  readonly role?: Role;
  /** Code of an office; whoever belongs there has the role of the rule, or else their own. */
  readonly office?: string;
}

/** What somebody is given by their claims. */
export interface Grants<Role extends string = string> {
  /** That of the first rule that fits and names one. */
  readonly role?: Role;
  /** Offices by code, each once. */
  readonly offices: readonly { readonly office: string; readonly role?: Role }[];
}

/** What the claims of a login give by these rules. A claim is a word, or a list of words; anything else gives nothing. */
export function grantsIn<Role extends string>(
  claims: Readonly<Record<string, unknown>>,
  rules: readonly GrantRule<Role>[],
): Grants<Role> {
  const fitting = rules.filter(({ claim, value }) => wordsAt(claims, claim).includes(value));
  const role = fitting.find(rule => rule.role !== undefined)?.role;
  const offices = new Map<string, { readonly office: string; readonly role?: Role }>();
  for (const { office, role: there } of fitting)
    if (office !== undefined && !offices.has(office))
      offices.set(office, { office, ...(there === undefined ? {} : { role: there }) });
  return { ...(role === undefined ? {} : { role }), offices: [...offices.values()] };
}

function wordsAt(claims: Readonly<Record<string, unknown>>, claim: string): readonly unknown[] {
  let at: unknown = claims[claim];
  if (at === undefined) {
    at = claims;
    for (const step of claim.split('.'))
      at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  // Keycloak writes groups as paths.
  const words: readonly unknown[] = Array.isArray(at) ? at : [at];
  return words.map(word => (typeof word === 'string' ? word.replace(/^\//, '') : word));
}
