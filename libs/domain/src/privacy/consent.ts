import type { ConsentAct, ConsentState, Instant } from '@filodiretto/contracts/model';

/** One line of the ledger of a person. */
export interface ConsentFact {
  readonly purpose: string;
  readonly act: ConsentAct;
  /** The kind of address it is about; null: whatever the way. */
  readonly addressKind: string | null;
  readonly textVersion: number;
  readonly at: Instant;
}

/** Where the consent to one purpose stands, by one kind of address or by any. */
export interface Consent {
  readonly purpose: string;
  readonly addressKind: string | null;
  readonly state: Exclude<ConsentState, 'none'>;
  readonly since: Instant;
  readonly textVersion: number;
}

const DAY_MS = 86_400_000;

/** Whether a line is about a kind of address: one that names none is about all. */
const isAbout = (fact: ConsentFact, addressKind: string | null): boolean =>
  fact.addressKind === null || fact.addressKind === addressKind;

/** What a person last decided on a purpose; the lines come oldest first. */
const lastDecision = (
  facts: readonly ConsentFact[],
  purpose: string,
  addressKind: string | null,
): ConsentFact | undefined =>
  facts.findLast(fact => fact.purpose === purpose && fact.act !== 'asked' && isAbout(fact, addressKind));

/**
 * Whether a person agrees, now, to a purpose that goes beyond answering them (GDPR, art. 6.1.a): only what was given and not
 * taken back since. Silence, a question without an answer and a refusal are all no.
 */
export const agrees = (facts: readonly ConsentFact[], purpose: string, addressKind: string | null): boolean =>
  lastDecision(facts, purpose, addressKind)?.act === 'given';

/** Where each consent stands, from the lines of a person, oldest first: a decision counts more than a later question. */
export function consentsOf(facts: readonly ConsentFact[]): Consent[] {
  const pairs = new Map(
    facts.map(({ purpose, addressKind }) => [JSON.stringify([purpose, addressKind]), { purpose, addressKind }]),
  );
  return [...pairs.values()].flatMap(({ purpose, addressKind }) => {
    const now =
      lastDecision(facts, purpose, addressKind) ??
      facts.findLast(fact => fact.purpose === purpose && isAbout(fact, addressKind));
    return now ? [{ purpose, addressKind, state: now.act, since: now.at, textVersion: now.textVersion }] : [];
  });
}

/** Why a person is not asked for a consent, or not again yet; `undefined`: they may be. */
export function whyNotAsk(
  facts: readonly ConsentFact[],
  purpose: string,
  addressKind: string | null,
  said: { readonly now: Instant; readonly againAfterDays: number; readonly textVersion: number },
): 'given' | 'asked_lately' | 'decided_lately' | undefined {
  const decided = lastDecision(facts, purpose, addressKind);
  if (decided?.act === 'given' && decided.textVersion === said.textVersion) return 'given';
  const lately = (fact: ConsentFact): boolean =>
    Date.parse(said.now) - Date.parse(fact.at) < said.againAfterDays * DAY_MS;
  if (decided && decided.act !== 'given' && lately(decided)) return 'decided_lately';
  // By whatever way: who was asked elsewhere yesterday is not asked here today.
  const asked = facts.findLast(fact => fact.purpose === purpose && fact.act === 'asked');
  return asked && lately(asked) ? 'asked_lately' : undefined;
}

/** What somebody answered to a question of consent, or took back by themselves. `about`: what they named, if anything. */
export interface ConsentWords {
  readonly kind: 'yes' | 'no' | 'withdraw';
  readonly about: string;
}

const YES: readonly string[] = ['acconsento', 'si acconsento', 'i agree', 'agree'];
const NO: readonly string[] = ['non acconsento', 'no non acconsento', 'i do not agree', 'do not agree', 'disagree'];
const WITHDRAWS = /^(?:revoca|revoco|withdraw|revoke)(?: (.*))?$/;
const LONGEST = 120;

/** Words without case, accents, punctuation. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Reads the words of a message as an answer; a message that says anything more is none: nobody agrees by the way. */
export function readConsentWords(text: string): ConsentWords | undefined {
  if (text.length > LONGEST) return undefined;
  const words = plainWords(text);
  if (YES.includes(words)) return { kind: 'yes', about: '' };
  if (NO.includes(words)) return { kind: 'no', about: '' };
  const withdrawn = WITHDRAWS.exec(words);
  return withdrawn ? { kind: 'withdraw', about: withdrawn[1] ?? '' } : undefined;
}

/** A purpose as a field of a form, or a step of a call, names it: `consent_newsletter`, `consent-newsletter-v2`. */
export interface NamedConsent {
  readonly purpose: string;
  /** Of the text that was shown or said; absent: the one in force. */
  readonly textVersion?: number;
}

const NAMED = /^consent[_-]([a-z][a-z0-9_-]{0,59}?)(?:[_-]v([1-9]\d{0,5}))?$/;

export function readConsentName(name: string): NamedConsent | undefined {
  const [, purpose, version] = NAMED.exec(name) ?? [];
  if (purpose === undefined) return undefined;
  return {
    purpose: purpose.replaceAll('-', '_'),
    ...(version === undefined ? {} : { textVersion: Number(version) }),
  };
}

/** The id of an answer that is offered under a question of consent, as a channel gives it back when it is pressed. */
export const consentChoice = (question: string, answer: 'yes' | 'no'): string => `consent:${question}:${answer}`;

const CHOICE = /^consent:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(yes|no)$/;

/** Which question was answered how, from the id of what was pressed; `undefined`: it was offered by no such question. */
export function readConsentChoice(
  id: string,
): { readonly question: string; readonly answer: 'yes' | 'no' } | undefined {
  const [, question, answer] = CHOICE.exec(id) ?? [];
  return question === undefined ? undefined : { question, answer: answer === 'yes' ? 'yes' : 'no' };
}

/**
 * Whether a button that stands under a question still means something when it is pressed. To agree: as long as its words are those
 * in force and nothing but no was said since the question; whoever changes their mind is heard, and what was taken back is not given
 * again by a button that is still there. Not to agree: as long as nothing was decided since, and to take back. `facts` come oldest
 * first, `asked` is the question among them.
 */
export function pressCounts(
  facts: readonly ConsentFact[],
  asked: ConsentFact,
  answer: 'yes' | 'no',
  inForce: number | undefined,
): boolean {
  const { purpose, addressKind, textVersion } = asked;
  const since = facts.slice(facts.indexOf(asked) + 1);
  if (answer === 'no')
    return lastDecision(since, purpose, addressKind) === undefined || agrees(facts, purpose, addressKind);
  const decided = since.filter(fact => fact.purpose === purpose && fact.act !== 'asked' && isAbout(fact, addressKind));
  return textVersion === inForce && decided.every(({ act }) => act === 'refused');
}
