import type { ConfidentialityLevel, Permission, Reach } from '@filodiretto/contracts/model';

/** An office as the rule of who sees what looks at it. */
export interface OfficeInTree {
  readonly id: string;
  readonly parent: string | null;
  readonly tier: number;
  readonly supplier: string | null;
}

/** How far a role sees. */
export interface RoleReach {
  readonly reach: Reach;
  /** Cases of offices of this level at most; null: of every level. */
  readonly upToTier: number | null;
}

/** Who wants to see cases: what their role and their offices make of them. */
export interface Person extends RoleReach {
  readonly id: string;
  readonly role: string;
  readonly permissions: ReadonlySet<Permission>;
  /** Offices that they are a member of. */
  readonly memberOf: readonly string[];
  /** Cases that they opened by breaking the glass, for as long as it lasts. */
  readonly opened: readonly string[];
}

/** Which cases somebody sees, as plain data: the rule needs nothing else of them, in TypeScript and in SQL. */
export interface Sight {
  readonly operator: string;
  readonly reach: 'administration' | 'offices';
  /** Whose cases they see when their reach is offices. */
  readonly offices: readonly string[];
  /** Whose confidential cases they may know of. */
  readonly confided: readonly string[];
  /** Codes of the levels of which they may know wherever a case is. */
  readonly levels: readonly string[];
  readonly opened: readonly string[];
}

/** A case as the rule looks at it: columns of its row and nothing else. */
export interface SeenCase {
  readonly id: string;
  /** Who answers for it now. */
  readonly office: string | null;
  /** Offices that were asked something which they have not answered. */
  readonly asked: readonly string[];
  /** Every office that holds it, held it or was asked. */
  readonly concerned: readonly string[];
  /** Operators who follow it or were mentioned in it. */
  readonly acquainted: readonly string[];
  readonly assignee: string | null;
  /** Code of its level; null: it is not confidential. */
  readonly confidentiality: string | null;
}

/** What somebody may see, from who they are and how the administration is made. */
export function sightOf(
  person: Person,
  offices: readonly OfficeInTree[],
  levels: readonly ConfidentialityLevel[],
): Sight {
  const confidential = person.permissions.has('case.confidential');
  const everywhere = person.reach === 'administration' && person.upToTier === null;
  const within = everywhere ? [] : reached(person, offices);
  const limit = person.upToTier;
  return {
    operator: person.id,
    reach: everywhere ? 'administration' : 'offices',
    offices: within.filter(one => limit === null || one.tier <= limit).map(({ id }) => id),
    confided: confidential ? person.memberOf : [],
    levels: levels
      .filter(
        level =>
          level.roles.some(role => role === person.role) ||
          (confidential && level.offices.some(office => person.memberOf.includes(office))),
      )
      .map(({ code }) => code),
    opened: person.opened,
  };
}

function reached({ reach, memberOf }: Person, offices: readonly OfficeInTree[]): readonly OfficeInTree[] {
  if (reach === 'administration') return offices;
  const own = new Set(memberOf);
  if (reach === 'supplier') {
    const suppliers = new Set(offices.filter(({ id }) => own.has(id)).map(({ supplier }) => supplier));
    return offices.filter(({ supplier }) => supplier !== null && suppliers.has(supplier));
  }
  const parents = new Map(offices.map(({ id, parent }) => [id, parent]));
  const isBelow = (id: string): boolean => {
    const seen = new Set<string>();
    for (
      let at: string | null | undefined = id;
      at !== null && at !== undefined && !seen.has(at);
      at = parents.get(at)
    ) {
      if (own.has(at)) return true;
      seen.add(at);
    }
    return false;
  };
  return offices.filter(({ id }) => isBelow(id));
}

/** How somebody stands to a case that they see. */
export type CaseStanding =
  /** It is theirs, or of an office that they answer for, or they see the whole administration. */
  | 'holds'
  /** Their office was asked something about it. */
  | 'asked'
  /** Their office had it once, or was asked once; they follow it or were mentioned. */
  | 'knew'
  /** They broke the glass. */
  | 'opened';

const meets = (some: readonly string[], others: readonly string[]): boolean => some.some(one => others.includes(one));

/** How somebody stands to a case; `undefined`: for them there is no such case. */
export function standingOf(sight: Sight, one: SeenCase): CaseStanding | undefined {
  if (one.assignee === sight.operator) return 'holds';
  const held = one.office === null ? [] : [one.office];
  if (one.confidentiality !== null) {
    if (meets(held, sight.confided)) return 'holds';
    if (meets(one.asked, sight.confided)) return 'asked';
    if (sight.levels.includes(one.confidentiality)) return sight.reach === 'administration' ? 'holds' : 'knew';
  } else if (sight.reach === 'administration' || meets(held, sight.offices)) return 'holds';
  else if (meets(one.asked, sight.offices)) return 'asked';
  else if (meets(one.concerned, sight.offices) || one.acquainted.includes(sight.operator)) return 'knew';
  return sight.opened.includes(one.id) ? 'opened' : undefined;
}

/**
 * Whether somebody sees a case: the one rule, which the rule of its rows in PostgreSQL says once more. An ordinary case is seen within
 * one's reach by whose office is or was concerned with it, and by who follows it; a confidential one by who needs to know of
 * it, and following does not help. Whoever broke the glass sees that case for as long as it lasts.
 */
export const seesCase = (sight: Sight, one: SeenCase): boolean => standingOf(sight, one) !== undefined;

/** What is done with a case, as far as it matters who may. */
export const CASE_ACTS = ['read', 'note', 'chase', 'follow', 'answerTask', 'change'] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

/** What each standing lets one do: who only knew a case reads, notes and chases, and changes nothing of it. */
export const ACTS_OF: Readonly<Record<CaseStanding, readonly CaseAct[]>> = {
  holds: CASE_ACTS,
  asked: ['read', 'note', 'chase', 'follow', 'answerTask'],
  knew: ['read', 'note', 'chase', 'follow'],
  opened: ['read', 'note', 'chase'],
};

/** Whether somebody may do something with a case: `unseen` is answered as if there were none. */
export function mayWith(sight: Sight, one: SeenCase, act: CaseAct): 'may' | 'may-not' | 'unseen' {
  const standing = standingOf(sight, one);
  if (standing === undefined) return 'unseen';
  return ACTS_OF[standing].includes(act) ? 'may' : 'may-not';
}
