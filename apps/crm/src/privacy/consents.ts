import { Inject, Injectable } from '@nestjs/common';
import type {
  AskConsent,
  Capabilities,
  ConsentEntryView,
  ConsentView,
  ContactConsents,
  Part,
  RecordConsent,
} from '@filodiretto/contracts';
import { agrees, consentChoice, consentsOf, purposeText, whyNotAsk, type Purpose } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { carriesChoices } from '../message/reply-rules.js';
import { Replies } from '../message/replies.js';
import { seenWith } from '../permission/seen.js';
import { whyNotWith } from '../permission/standing.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import { consentsOfContact, writeConsents, type ConsentRow } from './consent-ledger.js';
import { Purposes } from './purposes.js';

const WHY_NOT = {
  given: 'They agreed already, to these words.',
  asked_lately: 'They were asked not long ago: nobody is asked again so soon.',
  decided_lately: 'They said no not long ago: nobody is asked again so soon.',
} as const;

/** How a question of consent ends, by language. The words that answer it are those that intake knows, also on the buttons. */
interface Ending {
  /** Where the channel shows answers to choose from; in some of its conversations they are words and no buttons. */
  readonly buttons: string;
  readonly words: string;
  readonly short: string;
  readonly yes: string;
  readonly no: string;
}
const ITALIAN: Ending = {
  buttons:
    'Puoi rispondere con un pulsante, se lo vedi, o scrivendo ACCONSENTO o NON ACCONSENTO. Se non rispondi, o non acconsenti, la tua richiesta è seguita in ogni caso allo stesso modo. Il consenso si revoca in ogni momento rispondendo REVOCA.',
  words:
    'Per acconsentire rispondi ACCONSENTO. Per non acconsentire rispondi NON ACCONSENTO, o non rispondere affatto: la tua richiesta è seguita in ogni caso allo stesso modo. Il consenso si revoca in ogni momento rispondendo REVOCA.',
  short: 'Rispondi ACCONSENTO o NON ACCONSENTO; REVOCA in ogni momento. È facoltativo.',
  yes: 'Acconsento',
  no: 'Non acconsento',
};
const ENDINGS: Readonly<Record<string, Ending>> = {
  it: ITALIAN,
  en: {
    buttons:
      'You can answer by a button, if you see one, or by writing I AGREE or DISAGREE. If you do not answer, or do not agree, your request is dealt with just the same. You can withdraw your consent at any time by answering WITHDRAW.',
    words:
      'To agree answer I AGREE. Not to agree answer DISAGREE, or do not answer: your request is dealt with just the same. You can withdraw your consent at any time by answering WITHDRAW.',
    short: 'Answer I AGREE or DISAGREE; WITHDRAW at any time. It is optional.',
    yes: 'I agree',
    no: 'Disagree',
  },
};

/** The consents of citizens: what they agreed to beyond being answered. Nothing of it decides whether they are. */
@Injectable()
export class Consents {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Purposes) private readonly purposes: Purposes,
    @Inject(Replies) private readonly replies: Replies,
  ) {}

  /** Whether a person agrees to a purpose now, by a kind of address. A purpose that is retired, or that nobody knows, is agreed to by nobody. */
  async agree(
    manager: EntityManager,
    who: { readonly administrationId: string; readonly contactId: string },
    code: string,
    addressKind: string | null,
  ): Promise<boolean> {
    const purpose = await this.purposes.one(who.administrationId, code, manager);
    if (!purpose || purpose.retired) return false;
    return agrees(await consentsOfContact(manager, who.administrationId, who.contactId), code, addressKind);
  }

  /** Where a person's consents stand, and how they came there; `undefined`: there is no such person. */
  async ofContact({ administrationId }: Asking, contactId: string): Promise<ContactConsents | undefined> {
    const { manager } = this.dataSource;
    if (!(await isThere(manager, administrationId, contactId))) return undefined;
    return this.shown(manager, administrationId, contactId);
  }

  /** The same, for whoever is known to ask. */
  async shown(manager: EntityManager, administrationId: string, contactId: string): Promise<ContactConsents> {
    const rows = await consentsOfContact(manager, administrationId, contactId);
    const stands = consentsOf(rows);
    const inUse = (await this.purposes.all(administrationId, manager)).filter(({ retired }) => !retired);
    return {
      items: inUse.flatMap(({ code }): ConsentView[] => {
        const found = stands.filter(({ purpose }) => purpose === code);
        return found.length === 0
          ? [{ purpose: code, state: 'none' }]
          : found.map(({ addressKind, ...one }) => ({ ...one, ...present({ addressKind }) }));
      }),
      entries: rows.map(entryView),
    };
  }

  /** Writes down what a person said to an operator. */
  async record(
    manager: EntityManager,
    operator: Asking,
    contactId: string,
    id: string,
    asked: RecordConsent,
  ): Promise<object | Refused> {
    const { id: operatorId, administrationId } = operator;
    const contact = await lockContact(manager, administrationId, contactId);
    if (!contact) return refused('not-found', 'There is no such contact.');
    const purpose = await this.purposes.one(administrationId, asked.purpose, manager);
    const no = whyNotRecorded(purpose, asked) ?? (await this.notTheirs(manager, operator, contact, asked));
    if (no) return no;
    const version = purpose?.version ?? 1;
    await writeConsents(manager, [
      {
        id,
        administrationId,
        contactId: contact,
        purpose: asked.purpose,
        act: asked.act,
        addressKind: asked.addressKind ?? null,
        textVersion: version,
        language: purpose ? purposeText(purpose, asked.language ?? null).language : 'it',
        at: this.clock.now(),
        how: asked.how,
        proven: true,
        actorKind: 'operator',
        actorId: operatorId,
        caseId: asked.case ?? null,
        messageId: asked.message ?? null,
        document: asked.document ?? null,
      },
    ]);
    return { id };
  }

  /** Asks a person, in a conversation of theirs. It is no answer to what they wrote, and moves nothing. */
  async ask(
    manager: EntityManager,
    operator: Asking,
    contactId: string,
    id: string,
    asked: AskConsent,
    cause: string,
  ): Promise<object | Refused> {
    const { administrationId } = operator;
    const contact = await lockContact(manager, administrationId, contactId);
    if (!contact) return refused('not-found', 'There is no such contact.');
    const purpose = await this.purposes.one(administrationId, asked.purpose, manager);
    if (!purpose || purpose.retired) return refusedField('/purpose', 'there is none of this code in use here');
    const notTheirs = await this.notTheirs(manager, operator, contact, { case: asked.case });
    if (notTheirs) return notTheirs;
    // It is said in the case, as an answer is.
    const barred = await whyNotWith(manager, operator, [asked.case], 'change');
    if (barred) return barred;
    const facts = await consentsOfContact(manager, administrationId, contact);
    const text = purposeText(purpose, asked.language ?? null);
    const message = v7();
    let addressKind: string | null = null;
    const queued = await this.replies.queue(manager, {
      caseId: asked.case,
      id: message,
      visibility: 'parties',
      author: 'automation',
      automatic: 'notification',
      by: { kind: 'operator', id: operator.id },
      cause,
      content: capabilities => questionOf(id, text, capabilities),
      unless: to => {
        addressKind = purpose.perAddressKind ? to.address.kind : null;
        if (to.contactId !== contact && to.contactId !== contactId)
          return Promise.resolve(refusedField('/case', 'somebody else would be asked there'));
        const why = whyNotAsk(facts, purpose.code, addressKind, {
          now: this.clock.instant(),
          againAfterDays: purpose.againAfterDays,
          textVersion: purpose.version,
        });
        return Promise.resolve(why && refusedField('/purpose', WHY_NOT[why]));
      },
    });
    if (isRefused(queued)) return queued;
    await writeConsents(manager, [
      {
        id,
        administrationId,
        contactId: contact,
        purpose: purpose.code,
        act: 'asked',
        addressKind,
        textVersion: purpose.version,
        language: text.language,
        at: this.clock.now(),
        how: 'message',
        proven: true,
        actorKind: 'operator',
        actorId: operator.id,
        caseId: asked.case,
        messageId: message,
      },
    ]);
    return { id };
  }

  /** What is of somebody else, and what is of a case that whoever asks does not see: they are told the same of both. */
  private async notTheirs(
    manager: EntityManager,
    { administrationId, sight }: Asking,
    contactId: string,
    said: { readonly case?: string | undefined; readonly message?: string | undefined },
  ): Promise<Refused | undefined> {
    const theirs = `k.administration_id = $1 and coalesce(k.merged_into, k.id) = $2`;
    const parameters: unknown[] = [administrationId, contactId];
    const sees = seenWith(sight, parameters);
    const given = `$${parameters.length + 1}`;
    for (const [field, id, sql] of [
      [
        'case',
        said.case,
        `select from case_file c join contact k on k.id = c.contact_id where ${theirs} and c.id = ${given} and ${sees}`,
      ],
      [
        'message',
        said.message,
        `select from message m join contact k on k.id = m.contact_id left join case_file c on c.id = m.case_id
         where ${theirs} and m.id = ${given} and (m.case_id is null or ${sees})`,
      ],
    ] as const) {
      if (id === undefined) continue;
      const found: unknown[] = await manager.query(sql, [...parameters, id]);
      if (found.length === 0) return refusedField(`/${field}`, 'there is none of this id of theirs');
    }
    return undefined;
  }
}

function whyNotRecorded(purpose: Purpose | undefined, { act, addressKind }: RecordConsent): Refused | undefined {
  if (!purpose) return refusedField('/purpose', 'there is none of this code here');
  if (act !== 'given') return undefined;
  if (purpose.retired) return refusedField('/purpose', 'it is no longer asked');
  return purpose.perAddressKind && addressKind === undefined
    ? refusedField('/addressKind', 'this is agreed to for each kind of address')
    : undefined;
}

/** The question as a channel carries it: with buttons, whole, or its text with few words after it; never cut. */
function questionOf(
  question: string,
  { language, text }: { readonly language: string; readonly text: string },
  capabilities: Capabilities,
): Part[] {
  const { buttons, words, short, yes, no } = ENDINGS[language] ?? ITALIAN;
  const offered = (
    [
      ['yes', yes],
      ['no', no],
    ] as const
  ).map(([answer, title]) => ({ type: 'choice' as const, id: consentChoice(question, answer), title }));
  for (const ending of [buttons, short]) {
    const asked = `${text}\n\n${ending}`;
    if (carriesChoices(offered, asked, capabilities)) return [{ type: 'text', text: asked }, ...offered];
  }
  const whole = `${text}\n\n${words}`;
  const max = capabilities.text?.maxLength;
  return [{ type: 'text', text: max === undefined || whole.length <= max ? whole : `${text} ${short}` }];
}

async function isThere(manager: EntityManager, administrationId: string, id: string): Promise<boolean> {
  const found: unknown[] = await manager.query('select from contact where administration_id = $1 and id = $2', [
    administrationId,
    id,
  ]);
  return found.length > 0;
}

/** Locks a person, or the one they turned out to be: what is decided of their consents is decided one after the other. */
async function lockContact(manager: EntityManager, administrationId: string, id: string): Promise<string | undefined> {
  const [found]: { id: string }[] = await manager.query(
    `select k.id from contact k where k.administration_id = $1
       and k.id = (select coalesce(merged_into, id) from contact where id = $2) for no key update`,
    [administrationId, id],
  );
  return found?.id;
}

const entryView = ({ actorKind, actorId, actorName, ...row }: ConsentRow): ConsentEntryView => ({
  id: row.id,
  purpose: row.purpose,
  act: row.act,
  textVersion: row.textVersion,
  language: row.language,
  at: row.at,
  how: row.how,
  proven: row.proven,
  by: { kind: actorKind, ...present({ id: actorId, name: actorName }) },
  ...present({
    addressKind: row.addressKind,
    case: row.caseId,
    message: row.messageId,
    question: row.askedId,
    document: row.document,
  }),
});
