import type { Presence } from '@filodiretto/contracts/model';
import { GONE_AFTER_SECONDS } from '../routing/eligible.js';
import { actsFor, type Staff } from './responsibility.js';
import { lineOf, type OfficeNode, type OfficeTree } from './tree.js';

/** An office, and the topics that it says it answers for. */
export interface AnsweringOffice extends OfficeNode {
  readonly topics: readonly string[];
}

export interface Member {
  readonly operator: string;
  readonly office: string;
  readonly tier: number;
}

/** What an operator last said of themselves. */
export interface Present {
  readonly operator: string;
  /** Only who is `available` takes a citizen. */
  readonly status: Presence;
  /** Since when, in milliseconds. */
  readonly since: number;
  /** When their console was last heard of, in milliseconds. */
  readonly heartbeatAt: number;
}

/** Somebody who can take a citizen straight through. */
export interface OnDuty {
  readonly operator: string;
  readonly office: string;
  readonly tier: number;
  readonly since: number;
  /** The member of the office who is away, and for whom they stand in. */
  readonly insteadOf: string | null;
}

/** Whoever is put through to is a specialist or an expert, not another front desk. */
const FROM_TIER = 2;

/** The topics an office answers for: its own or, when it names none, those of the nearest office above that does. */
export const topicsOf = (tree: OfficeTree<AnsweringOffice>, office: string): readonly string[] =>
  lineOf(tree, office).find(({ topics }) => topics.length > 0)?.topics ?? [];

/** The active offices that answer for a topic. */
export const officesFor = (tree: OfficeTree<AnsweringOffice>, topic: string): AnsweringOffice[] =>
  [...tree.values()].filter(({ id, active }) => active && topicsOf(tree, id).includes(topic));

/**
 * Who can take a citizen now: members of second and third level of the open offices, or whoever stands in for them while they
 * are away, who are active, available, and heard of lately. The nearest level first, then whoever has been free for longest;
 * each person once for each office.
 */
export function onDuty(
  open: ReadonlySet<string>,
  members: readonly Member[],
  staff: Staff,
  presences: ReadonlyMap<string, Present>,
  now: number,
): OnDuty[] {
  const found = new Map<string, OnDuty>();
  for (const member of members) {
    if (!open.has(member.office) || member.tier < FROM_TIER) continue;
    const operator = actsFor(staff, member.operator, now);
    const presence = operator === null ? undefined : presences.get(operator);
    if (
      operator === null ||
      presence?.status !== 'available' ||
      now - presence.heartbeatAt > GONE_AFTER_SECONDS * 1_000
    )
      continue;
    const one: OnDuty = {
      operator,
      office: member.office,
      tier: member.tier,
      since: presence.since,
      insteadOf: operator === member.operator ? null : member.operator,
    };
    const key = JSON.stringify([operator, member.office]);
    const before = found.get(key);
    if (!before || (before.insteadOf !== null && one.insteadOf === null)) found.set(key, one);
  }
  return [...found.values()].sort((a, b) => a.tier - b.tier || a.since - b.since);
}
