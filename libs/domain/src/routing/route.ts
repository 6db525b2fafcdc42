import type { CaseKind, Priority } from '@filodiretto/contracts/model';
import { holds, sayConditions, type Conditions, type Facts } from './condition.js';
import type { RequiredSkill } from './need.js';

/** When its conditions hold, what is not null or empty is given. */
export interface Rule {
  readonly id: string;
  readonly position: number;
  /** What people call it. */
  readonly name: string | null;
  /** A rule that is off decides nothing; it can be tried on past cases. */
  readonly enabled: boolean;
  readonly when: Conditions;
  readonly officeId: string | null;
  readonly kind: CaseKind | null;
  readonly priority: Priority | null;
  readonly categoryId: string | null;
  /** What whoever answers must be able to do. */
  readonly skills: readonly RequiredSkill[];
  /** Code of the deadline policy; null: that of kind and office. */
  readonly deadlinePolicy: string | null;
  /** Code of the level of who may know of the case. */
  readonly confidentiality: string | null;
  readonly tags: readonly string[];
}

export interface RoutedCategory {
  readonly id: string;
  readonly code: string;
  /** The office that usually answers. */
  readonly officeId: string | null;
  readonly kind: CaseKind;
}

/** What an administration decided beforehand. */
export interface RouteBook {
  readonly rules: readonly Rule[];
  /** Those that take new cases; any other that a citizen chose or a rule gives is passed over. */
  readonly categories: readonly RoutedCategory[];
  /** Who answers when no rule does; null: it waits in triage. */
  readonly defaultOffice: string | null;
}

export interface Route {
  readonly office: string | null;
  readonly kind: CaseKind;
  readonly priority: Priority;
  /** Id of the category. */
  readonly category: string | null;
  readonly skills: readonly RequiredSkill[];
  readonly deadlinePolicy: string | null;
  /** Code of the level of who may know of the case. */
  readonly confidentiality: string | null;
  readonly tags: readonly string[];
  /** The rule that matched, whether or not it gave the office. */
  readonly rule: string | null;
  /** What decided the office, for the journal: `rule:<position>`, `category:<code>`, `default` or `nobody`. */
  readonly why: string;
  /** The same in the words of a supervisor (Italian). */
  readonly sentence: string;
}

/**
 * Who should get a new case, and why. The first rule by position that is on and holds decides; what it leaves open is decided
 * by the category (the rule's, else the one the citizen chose), then by the administration's default.
 */
export function route(facts: Facts, book: RouteBook): Route {
  const chosen = book.categories.find(one => one.code === facts.category);
  const seen = facts.kind || !chosen ? facts : { ...facts, kind: chosen.kind };
  const rule = [...book.rules]
    .sort((a, b) => a.position - b.position)
    .find(one => one.enabled && holds(one.when, seen));
  const category = book.categories.find(one => one.id === rule?.categoryId) ?? chosen;
  const office = rule?.officeId ?? category?.officeId ?? book.defaultOffice;
  const decided = {
    office,
    kind: rule?.kind ?? category?.kind ?? 'information',
    priority: rule?.priority ?? 'normal',
    category: category?.id ?? null,
    skills: rule?.skills ?? [],
    deadlinePolicy: rule?.deadlinePolicy ?? null,
    confidentiality: rule?.confidentiality ?? null,
    tags: rule?.tags ?? [],
    rule: rule?.id ?? null,
  } as const;
  if (rule?.officeId) return { ...decided, why: `rule:${rule.position}`, sentence: sayRule(rule) };
  if (category?.officeId)
    return {
      ...decided,
      why: `category:${category.code}`,
      sentence: `Ufficio che di solito risponde per la categoria «${category.code}»${rule ? `, dopo la ${lowerFirst(sayRule(rule))}` : ''}`,
    };
  return office
    ? { ...decided, why: 'default', sentence: 'Nessuna regola indica un ufficio: risponde quello predefinito' }
    : { ...decided, why: 'nobody', sentence: 'Nessuna regola indica un ufficio: decide una persona' };
}

const sayRule = (rule: Rule): string =>
  `Regola ${rule.position}${rule.name ? ` «${rule.name}»` : ''}: ${sayConditions(rule.when)}`;
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
