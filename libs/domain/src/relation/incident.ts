import type { Case } from '../case/case.js';
import type { Actor, Command } from '../case/command.js';
import { isEnded } from '../case/life-cycle.js';
import { refuse, refuseField, type Refusal } from '../case/refusal.js';

/** What a rule looks at when a case comes under a head. */
export type IncidentCase = Pick<Case, 'id' | 'number' | 'state' | 'mergedInto' | 'head'>;

/** Why a case cannot be the head of others; `undefined` when it can. An incident is one level deep. */
export const whyNotHead = (head: IncidentCase): Refusal | undefined =>
  head.mergedInto !== null || isEnded(head.state)
    ? refuse('transition-not-allowed', `Case ${head.number} is "${head.state}": only an open case leads others.`)
    : head.head !== null
      ? refuse('transition-not-allowed', `Case ${head.number} is itself under another: attach to that one.`)
      : undefined;

/** Why a case cannot come under a head; `undefined` when it can, or is there already. */
export function whyNotMember(head: IncidentCase, member: IncidentCase, leads: boolean): Refusal | undefined {
  if (member.id === head.id) return refuseField('cases', 'A case does not come under itself.');
  if (member.head === head.id) return undefined;
  if (member.head !== null) return refuseField('cases', `Case ${member.number} is under another case already.`);
  if (leads) return refuseField('cases', `Case ${member.number} leads others itself.`);
  return member.mergedInto !== null || isEnded(member.state)
    ? refuseField('cases', `Case ${member.number} is "${member.state}": only an open case comes under another.`)
    : undefined;
}

/** What a member is given when its head changed hands. */
export type Follows = Extract<Command, { name: 'assign' | 'takeCharge' }>;

/**
 * What the head of an incident that changed hands, or was taken in charge, means for a case under it: the same office, the same
 * person, and nobody is urged to take charge of what is worked on already. Nothing when it is so, or either has ended.
 */
export function followingHead(
  head: Pick<Case, 'id' | 'number' | 'state' | 'office' | 'assignee' | 'takenInChargeAt'>,
  member: Pick<Case, 'head' | 'state' | 'office' | 'assignee'>,
): readonly Follows[] {
  const { office, assignee } = head;
  if (member.head !== head.id || isEnded(head.state) || isEnded(member.state) || office === null) return [];
  const moves = member.office !== office || member.assignee !== assignee;
  const takes = head.takenInChargeAt !== null && (moves || member.state === 'assigned');
  const by: Actor = assignee === null ? { kind: 'office', id: office } : { kind: 'operator', id: assignee };
  const assign: Follows = { name: 'assign', office, assignee, why: `incident:${head.number}`, by: { kind: 'system' } };
  const take: Follows = { name: 'takeCharge', by };
  return [...(moves ? [assign] : []), ...(takes ? [take] : [])];
}

/** Whom an announcement is for. */
export interface Reporter {
  readonly case: string;
  /** The citizen; null when the case has none that is known: then the case itself stands for one. */
  readonly citizen: string | null;
}

/** Each case with the case that tells its citizen: of several cases of one citizen the first tells, once. */
export function tellingCases(
  reporters: readonly Reporter[],
): { readonly case: string; readonly toldBy: string | null }[] {
  const first = new Map<string, string>();
  return reporters.map(({ case: id, citizen }) => {
    if (citizen === null) return { case: id, toldBy: null };
    const teller = first.get(citizen);
    if (teller === undefined) first.set(citizen, id);
    return { case: id, toldBy: teller ?? null };
  });
}
