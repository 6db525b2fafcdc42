import type { Inbound, Part } from '@filodiretto/contracts';
import {
  agrees,
  pressCounts,
  purposeText,
  readConsentChoice,
  readConsentName,
  readConsentWords,
  type ConsentWords,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { plainWords, type Purpose } from '@filodiretto/domain';
import { consentsOfContact, writeConsents, type NewConsent } from './consent-ledger.js';
import type { Purposes } from './purposes.js';

/** A question of consent that a message answers. */
export interface ConsentQuestion {
  readonly id: string;
  readonly contactId: string;
  readonly purpose: string;
  readonly addressKind: string | null;
  readonly textVersion: number;
  readonly language: string;
  readonly caseId: string;
  readonly answer: 'yes' | 'no';
  /** A button was pressed: it may stand there long after. */
  readonly pressed: boolean;
}

/** What was taken in, as far as consents go. */
export interface Heard {
  readonly messageId: string;
  readonly administrationId: string;
  readonly contactId: string;
  readonly caseId: string | null;
  readonly addressKind: string;
  readonly at: Date;
  /** Somebody proved that the address is theirs. */
  readonly proven: boolean;
  readonly content: readonly Part[];
  readonly question?: ConsentQuestion | undefined;
}

/** The words of a message when it says nothing else than one thing: a text, or a choice among those offered. */
function onlyWords(content: readonly Part[]): string | undefined {
  const said = content.filter(part => part.type !== 'html');
  const [part, ...more] = said;
  if (!part || more.length > 0) return undefined;
  if (part.type === 'text') return part.visible ?? part.text;
  return part.type === 'choice' ? part.title || part.id : undefined;
}

/** The button of a question of consent that was pressed, with the words on it where the channel says them too. */
function pressIn(content: readonly Part[]): ReturnType<typeof readConsentChoice> {
  const [part, ...more] = content.filter(one => one.type !== 'html' && one.type !== 'text');
  return part?.type === 'choice' && more.length === 0 ? readConsentChoice(part.id) : undefined;
}

/** What a citizen says of consents by a message; machines, and words that nobody stands for, say nothing. */
export function consentWordsOf({ author, flags, content }: Inbound): ConsentWords | undefined {
  if (author !== 'contact' || flags?.automatic !== undefined) return undefined;
  const press = pressIn(content);
  if (press) return { kind: press.answer, about: '' };
  const words = onlyWords(content);
  return words === undefined ? undefined : readConsentWords(words);
}

/**
 * The question that a message answers by yes or no: the one whose button was pressed, in the conversation in which it was asked;
 * else the one it cites, else the last thing that was said to them in that conversation. `undefined` when it answers none: then
 * its words are words like any.
 */
export async function questionAnswered(
  manager: EntityManager,
  data: Inbound,
  said: {
    readonly administrationId: string;
    readonly cited: readonly string[];
    readonly conversationId: string | undefined;
  },
): Promise<ConsentQuestion | undefined> {
  const words = consentWordsOf(data);
  if (!words || words.kind === 'withdraw' || data.flags?.unauthenticated || data.flags?.public) return undefined;
  const { administrationId, cited, conversationId = null } = said;
  const press = pressIn(data.content);
  const [found]: Omit<ConsentQuestion, 'answer' | 'pressed'>[] = await manager.query(
    `select e.id, coalesce(k.merged_into, k.id) as "contactId", e.purpose, e.address_kind as "addressKind",
       e.text_version as "textVersion", e.language, coalesce(c.merged_into, c.id) as "caseId"
     from consent_entry e join contact k on k.id = e.contact_id join case_file c on c.id = e.case_id
     where e.administration_id = $1 and e.act = 'asked' and ${
       press
         ? 'e.id = $2 and e.message_id in (select m.id from message m where m.id = e.message_id and m.conversation_id = $3)'
         : `e.message_id = coalesce(
       (select a.message_id from consent_entry a where a.act = 'asked' and a.message_id = any($2::uuid[]) order by a.position desc limit 1),
       (select m.id from message m where m.conversation_id = $3 and m.direction = 'out' order by m.seq desc limit 1))`
     }
     order by e.position desc limit 1`,
    [administrationId, press ? press.question : cited, conversationId],
  );
  return found && { ...found, answer: words.kind, pressed: press !== undefined };
}

/** Writes what citizens decided by what was taken in, in the same transaction. Said again, it is written once. */
export async function writeHeard(manager: EntityManager, heard: readonly Heard[], purposes: Purposes): Promise<void> {
  // One after the other: whether a button still means something depends on what was pressed before it.
  for (const one of heard) await writeConsents(manager, await entriesOf(manager, one, purposes));
}

async function entriesOf(manager: EntityManager, heard: Heard, purposes: Purposes): Promise<NewConsent[]> {
  const { question } = heard;
  if (question) {
    const { id, answer, pressed, caseId, purpose, addressKind, textVersion, language } = question;
    if (pressed && !(await stillCounts(manager, heard, question, purposes))) return [];
    return [
      line(heard, {
        ...{ purpose, addressKind, textVersion, language, caseId },
        act: answer === 'yes' ? 'given' : 'refused',
        how: 'message',
        askedId: id,
      }),
    ];
  }
  const words = onlyWords(heard.content);
  const withdrawn = words === undefined ? undefined : readConsentWords(words);
  if (withdrawn?.kind === 'withdraw') return withdrawals(manager, heard, withdrawn.about, purposes);
  const named = namedIn(heard.content);
  if (named.length === 0) return [];
  const all = await purposes.all(heard.administrationId, manager);
  return named.flatMap(({ purpose: code, textVersion, act, how }) => {
    const purpose = all.find(one => one.code === code && !one.retired);
    if (!purpose || (textVersion ?? 1) > purpose.version) return [];
    return [
      line(heard, {
        purpose: code,
        addressKind: purpose.perAddressKind ? heard.addressKind : null,
        textVersion: textVersion ?? purpose.version,
        language: purposeText(purpose, null).language,
        caseId: heard.caseId,
        act,
        how,
      }),
    ];
  });
}

async function stillCounts(
  manager: EntityManager,
  { administrationId, contactId }: Heard,
  { id, purpose, answer }: ConsentQuestion,
  purposes: Purposes,
): Promise<boolean> {
  const facts = await consentsOfContact(manager, administrationId, contactId);
  const asked = facts.find(fact => fact.id === id);
  const now = await purposes.one(administrationId, purpose, manager);
  return asked !== undefined && pressCounts(facts, asked, answer, now?.retired ? undefined : now?.version);
}

/** Whoever takes back without saying what takes back everything that they agreed to, whatever the way. */
async function withdrawals(
  manager: EntityManager,
  heard: Heard,
  about: string,
  purposes: Purposes,
): Promise<NewConsent[]> {
  const facts = await consentsOfContact(manager, heard.administrationId, heard.contactId);
  const given = new Set(facts.filter(({ act }) => act === 'given').map(({ purpose }) => purpose));
  const kindsOf = (code: string): (string | null)[] => [
    ...new Set(facts.filter(({ purpose }) => purpose === code).map(({ addressKind }) => addressKind)),
  ];
  const all = await purposes.all(heard.administrationId, manager);
  const isMeant = (purpose: Purpose): boolean =>
    about === '' || [purpose.code, ...purpose.texts.map(({ name }) => name)].some(name => plainWords(name) === about);
  const named = all.filter(isMeant);
  // A name that nobody knows means no less than nothing said: what they want is to agree no more.
  return (named.length === 0 ? all : named)
    .filter(({ code }) => given.has(code) && kindsOf(code).some(kind => agrees(facts, code, kind)))
    .map(purpose =>
      line(heard, {
        purpose: purpose.code,
        addressKind: null,
        textVersion: purpose.version,
        language: purposeText(purpose, null).language,
        caseId: heard.caseId,
        act: 'withdrawn',
        how: 'message',
      }),
    );
}

interface Named {
  readonly purpose: string;
  readonly textVersion?: number;
  readonly act: 'given' | 'refused';
  readonly how: 'form' | 'call';
}

const TICKED: ReadonlySet<unknown> = new Set([true, 'true', 'on', 'yes', 'si', 'sì', '1', 1]);

/** What a box that was ticked in a form, or a key that was pressed in a call, says; a box left alone says nothing. */
function namedIn(content: readonly Part[]): Named[] {
  const said = content.flatMap((part): Named[] => {
    if (part.type === 'form')
      return Object.entries(part.fields).flatMap(([name, value]) => {
        const named = TICKED.has(value) ? readConsentName(name) : undefined;
        return named ? [{ ...named, act: 'given' as const, how: 'form' as const }] : [];
      });
    if (part.type === 'call')
      return part.steps.flatMap(({ step, choice }) => {
        const named = choice === '1' || choice === '2' ? readConsentName(step) : undefined;
        return named ? [{ ...named, act: choice === '1' ? 'given' : 'refused', how: 'call' as const }] : [];
      });
    return [];
  });
  // Whoever presses again means the last.
  return [...new Map(said.map(one => [one.purpose, one])).values()];
}

const line = (
  { messageId, administrationId, contactId, at, proven }: Heard,
  said: Pick<NewConsent, 'purpose' | 'addressKind' | 'textVersion' | 'language' | 'act' | 'how' | 'caseId' | 'askedId'>,
): NewConsent => ({
  ...said,
  administrationId,
  contactId,
  at,
  proven,
  actorKind: 'contact',
  actorId: contactId,
  messageId,
  proofKey: `${messageId}:${said.purpose}:${said.act}`,
});
