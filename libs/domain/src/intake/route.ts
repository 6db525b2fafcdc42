import type { CaseKind, Priority } from '@filodiretto/contracts/model';

/** If all that is not null matches, what is not null is given. */
export interface Rule {
  readonly id: string;
  readonly position: number;
  readonly channel: string | null;
  readonly account: string | null;
  readonly form: string | null;
  /** Code of the category that the citizen chose. */
  readonly category: string | null;
  readonly officeId: string | null;
  readonly kind: CaseKind | null;
  readonly priority: Priority | null;
  readonly categoryId: string | null;
}

export interface RoutedCategory {
  readonly id: string;
  readonly code: string;
  /** The office that usually answers. */
  readonly officeId: string | null;
  readonly kind: CaseKind;
}

/** What routing looks at in what reached us. */
export interface RouteRequest {
  readonly channel: string;
  readonly account: string;
  readonly form?: string | undefined;
  readonly category?: string | undefined;
}

/** What an administration decided beforehand. */
export interface RouteBook {
  readonly rules: readonly Rule[];
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
  /** What decided, for the journal: `rule:<position>`, `category:<code>`, `default` or `nobody`. */
  readonly why: string;
}

const matches = (rule: Rule, request: RouteRequest): boolean =>
  (rule.channel === null || rule.channel === request.channel) &&
  (rule.account === null || rule.account === request.account) &&
  (rule.form === null || rule.form === request.form) &&
  (rule.category === null || rule.category === request.category);

/**
 * Who should get a new case, and why. The first matching rule by position decides; what it leaves open is decided by the
 * category (the rule's, else the one the citizen chose), then by the administration's default.
 */
export function route(request: RouteRequest, book: RouteBook): Route {
  const rule = [...book.rules].sort((a, b) => a.position - b.position).find(one => matches(one, request));
  const category = rule?.categoryId
    ? book.categories.find(one => one.id === rule.categoryId)
    : book.categories.find(one => one.code === request.category);
  const office = rule?.officeId ?? category?.officeId ?? book.defaultOffice;
  return {
    office,
    kind: rule?.kind ?? category?.kind ?? 'information',
    priority: rule?.priority ?? 'normal',
    category: category?.id ?? null,
    why: rule?.officeId
      ? `rule:${rule.position}`
      : category?.officeId
        ? `category:${category.code}`
        : office
          ? 'default'
          : 'nobody',
  };
}
