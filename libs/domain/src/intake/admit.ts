import type { Author, AutomaticKind, CaseState } from '@filodiretto/contracts/model';
import { mayReopen, SHIPPED_RULES, type CaseRules } from '../case/rules.js';
import { isEnded } from '../case/life-cycle.js';

/** A case that some evidence points to. */
export interface KnownCase {
  readonly id: string;
  readonly state: CaseState;
  readonly endedAt: string | null;
}

/** A case that a message points to, and whether its sender belongs to it already. */
export interface Pointed {
  readonly case: KnownCase;
  readonly participant: boolean;
}

/** What is known of a message before it is decided which matter it belongs to; each piece already looked up by the core. */
export interface Evidence {
  readonly author: Author;
  readonly automatic?: AutomaticKind | undefined;
  /** Anybody can read it where it was written. */
  readonly public?: boolean | undefined;
  /** The channel proved that the sender holds their address. What nobody looked at is not proven. */
  readonly authenticated?: boolean | undefined;
  /** The case of a reply token of ours whose seal was verified. */
  readonly token?: Pointed | undefined;
  /** The case of a message that this one answers or cites, known in the same account. */
  readonly reference?: Pointed | undefined;
  /** The case whose number is written in the message. */
  readonly claimed?: Pointed | undefined;
  /** The case that the conversation's last message went to. */
  readonly conversation?: { readonly case: KnownCase; readonly kind: 'person' | 'thread' } | undefined;
}

export type AdmissionReason = 'token' | 'reference' | 'number' | 'conversation' | 'new' | 'not_a_matter';

/** What a message does: opens a case, goes on with one, opens one again, opens one that follows an old one up, or is only kept. */
export type Admission =
  | { readonly kind: 'open'; readonly because: 'new' }
  | { readonly kind: 'record'; readonly because: 'not_a_matter' }
  | {
      readonly kind: 'continue' | 'reopen' | 'follow_up';
      readonly case: string;
      readonly because: Exclude<AdmissionReason, 'new' | 'not_a_matter'>;
      /** The sender does not belong to the case: people are told, and answers do not go to them by themselves. */
      readonly stranger: boolean;
    };

/** Machines' answers about something of ours: without a known case they are kept, and open nothing. */
const ANSWERS_OF_MACHINES: readonly AutomaticKind[] = ['auto_reply', 'bounce', 'receipt'];

/**
 * Which matter a message belongs to. Trust goes in this order: a token of ours; a message we know, in the same account; a
 * number, only from somebody who belongs to that case and whose address is proven; the conversation, only where it is
 * one person's. In public, a message we know is enough only for somebody who belongs to its case.
 * A machine never opens a case again, and neither does somebody of ours, nor a stranger who only knows a message of it.
 */
export function admit(evidence: Evidence, now: string, rules: CaseRules = SHIPPED_RULES): Admission {
  const found = strongest(evidence);
  const person = evidence.author === 'contact' && evidence.automatic === undefined;
  if (!found) {
    if (evidence.author !== 'contact' || (evidence.automatic && ANSWERS_OF_MACHINES.includes(evidence.automatic)))
      return { kind: 'record', because: 'not_a_matter' };
    return { kind: 'open', because: 'new' };
  }
  const { case: known, because } = found;
  const joined = { case: known.id, because, stranger: evidence.author === 'contact' && !found.participant };
  if (!isEnded(known.state) || !person) return { kind: 'continue', ...joined };
  const trusted = found.participant || because === 'token';
  if (trusted && mayReopen(known.state, known.endedAt, now, rules)) return { kind: 'reopen', ...joined };
  return because === 'conversation' ? { kind: 'open', because: 'new' } : { kind: 'follow_up', ...joined };
}

function strongest(
  evidence: Evidence,
): (Pointed & { because: 'token' | 'reference' | 'number' | 'conversation' }) | undefined {
  const { token, reference, claimed, conversation } = evidence;
  if (token) return { ...token, because: 'token' };
  if (reference && (!evidence.public || reference.participant)) return { ...reference, because: 'reference' };
  if (claimed?.participant && evidence.authenticated) return { ...claimed, because: 'number' };
  if (conversation?.kind === 'person' && !evidence.public)
    return { case: conversation.case, participant: true, because: 'conversation' };
  return undefined;
}
