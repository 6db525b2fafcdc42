import type { Case } from '../case/case.js';
import { isEnded } from '../case/life-cycle.js';
import { refuse, refuseField, type Refusal } from '../case/refusal.js';

/** What a rule looks at when two cases become one. */
export type Mergeable = Pick<Case, 'id' | 'administration' | 'number' | 'state' | 'mergedInto' | 'head'>;

/**
 * Why one case cannot take another in; `undefined` when it can. What was said by different people stays apart unless
 * whoever asks says that they know: each would read what the other wrote.
 */
export function whyNotMerge(
  into: Mergeable,
  from: Mergeable,
  said: {
    readonly samePerson: boolean;
    readonly differentPeople: boolean;
    /** Others are under the case that would be taken in. */
    readonly leads?: boolean;
  },
): Refusal | undefined {
  if (into.id === from.id) return refuseField('from', 'A case cannot be merged with itself.');
  if (into.administration !== from.administration) return refuseField('from', 'There is none of this id here.');
  if (into.mergedInto !== null || isEnded(into.state))
    return refuse(
      'transition-not-allowed',
      `Case ${into.number} is "${into.state}": only an open case takes another in.`,
    );
  if (from.mergedInto !== null || isEnded(from.state))
    return refuse('transition-not-allowed', `Case ${from.number} is "${from.state}": only an open case is merged.`);
  if (said.leads) return refuseField('from', `Case ${from.number} leads others: merge the other way round.`);
  if (from.head !== null && from.head !== into.head && from.head !== into.id)
    return refuseField('from', `Case ${from.number} is under an incident that the other is not under.`);
  return said.samePerson || said.differentPeople
    ? undefined
    : refuseField('differentPeople', 'The cases are of different people: link them, or say that it is meant.');
}

/** For how many days what a merge put aside to be undone is kept at least; longer where it can be undone for longer. */
export const KEEP_MERGED_DAYS = 30;

/** Why a merge cannot be undone any more; `undefined` when it can. */
export function whyNotUnmerge(
  merge: { readonly at: string; readonly undone: boolean; readonly forgotten?: boolean },
  now: string,
  hours: number,
): Refusal | undefined {
  if (merge.undone) return refuse('transition-not-allowed', 'The merge was undone already.');
  if (merge.forgotten)
    return refuse('transition-not-allowed', 'What the merge put aside was forgotten since: split the case instead.');
  return Date.parse(now) - Date.parse(merge.at) > hours * 3_600_000
    ? refuse('transition-not-allowed', `A merge can be undone for ${hours} hours: split the case instead.`)
    : undefined;
}

/** A message, as far as it matters which others go where it goes. */
export interface Movable {
  readonly id: string;
  readonly conversation: string;
  /** The earlier message that it changes, reacts to or is a copy of. */
  readonly follows: string | null;
}

/**
 * The messages of a case that leave it: those chosen, all of the conversations chosen, and whatever only says something of one
 * of them. Refused when nothing would leave, nothing would stay, or something chosen is not of the case.
 */
export function toSplit(
  all: readonly Movable[],
  chosen: { readonly messages: readonly string[]; readonly conversations: readonly string[] },
): readonly string[] | Refusal {
  const known = new Set(all.map(one => one.id));
  if (!chosen.messages.every(id => known.has(id))) return refuseField('messages', 'Not all of them are of this case.');
  const conversations = new Set(all.map(one => one.conversation));
  if (!chosen.conversations.every(id => conversations.has(id)))
    return refuseField('conversations', 'Not all of them are of this case.');
  const leaving = new Set([
    ...chosen.messages,
    ...all.filter(one => chosen.conversations.includes(one.conversation)).map(one => one.id),
  ]);
  for (let before = -1; before !== leaving.size;) {
    before = leaving.size;
    for (const one of all) if (one.follows !== null && leaving.has(one.follows)) leaving.add(one.id);
  }
  if (leaving.size === 0) return refuseField('messages', 'Say which messages or conversations leave.');
  if (leaving.size === all.length)
    return refuseField('messages', 'Something must stay: nothing else would be left here.');
  return [...leaving];
}
