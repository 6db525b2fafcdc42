import type { Identification } from '@filodiretto/contracts/model';

/** How sure it is who somebody is, from nobody in particular to the highest login of the State. */
export type AssuranceLevel = 0 | 1 | 2 | 3 | 4;

/** One step of the ladder, as data: what whoever stands on it is shown of what is kept. */
export interface Assurance {
  readonly level: AssuranceLevel;
  readonly code: 'anonymous' | 'verified_address' | 'in_person' | 'strong_login' | 'strongest_login';
  /** Nothing; what came from and went to the one address that was verified; everything of the person. */
  readonly sees: 'nothing' | 'address' | 'person';
  /** Whether cases that are confidential are among it. Mailboxes are shared at home, whatever was said at the desk: no code to an address opens one. */
  readonly confidential: boolean;
  /** How a request that they make is taken to be theirs. */
  readonly identification: Identification | null;
  /** How providers of the State call a login (`acr`) by which one stands here; none: one comes here by another way. */
  readonly logins: readonly string[];
}

/** The ladder, lowest first. */
export const ASSURANCES = [
  { level: 0, code: 'anonymous', sees: 'nothing', confidential: false, identification: null, logins: [] },
  {
    level: 1,
    code: 'verified_address',
    sees: 'address',
    confidential: false,
    identification: 'verified_address',
    logins: [],
  },
  {
    level: 2,
    code: 'in_person',
    sees: 'person',
    confidential: false,
    // The document was looked at another day: who asks now showed a mailbox.
    identification: 'verified_address',
    logins: [],
  },
  {
    level: 3,
    code: 'strong_login',
    sees: 'person',
    confidential: true,
    identification: 'strong_login',
    logins: ['https://www.spid.gov.it/SpidL2'],
  },
  {
    level: 4,
    code: 'strongest_login',
    sees: 'person',
    confidential: true,
    identification: 'strong_login',
    logins: ['https://www.spid.gov.it/SpidL3'],
  },
] as const satisfies readonly Assurance[];

/** The step of a level; a level that there is not shows nothing. */
export const assuranceOf = (level: number): Assurance => ASSURANCES.find(one => one.level === level) ?? ASSURANCES[0];

/** The step of a login by SPID or CIE, as its provider calls it; `undefined`: one factor alone (SpidL1), or nothing that is known. */
export const assuranceOfLogin = (acr: string | undefined): Assurance | undefined =>
  ASSURANCES.find(({ logins }) => logins.some(one => one === acr));

/** What is asked of providers: whichever login leads to a step of the ladder, the lowest first. */
export const LOGINS_ASKED: readonly string[] = ASSURANCES.flatMap(({ logins }) => [...logins]);

/** An address as others may know it: enough for its owner to recognise it. */
export function maskedAddress(value: string): string {
  const at = value.lastIndexOf('@');
  if (at > 0) return `${value.slice(0, 1)}•••${value.slice(at, at + 2)}•••`;
  return value.length > 5 ? `•••${value.slice(-2)}` : '•••';
}
