import type { ChannelManifest } from '@filodiretto/contracts';
import type { KnownCase } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { LedgerPages } from '../case/ledger.js';
import { ContactBook, type Correspondent } from '../contact/contacts.js';
import { Raced } from '../faults.js';
import { answerableLetters, answerTo, type Answer } from '../letter/answers.js';
import { consentWordsOf, questionAnswered, type ConsentQuestion } from '../privacy/consents-heard.js';
import { spokenIn, type Spoken } from './chasing.js';
import type { MessageItem } from './item.js';
import {
  accountKey,
  claimedCases,
  conversationKey,
  knownConversations,
  knownMessages,
  leadingCases,
  normalNumber,
  type KnownMessage,
} from './lookup.js';
import { Participants } from './participants.js';
import type { Thread } from './plan.js';
import type { IntakeTools } from './tools.js';

/** What a message answers, changes or refers to, by external id. */
const citedBy = ({ relation, thread }: MessageItem['data']): string[] => [
  ...(relation ? [relation.to] : []),
  ...(thread?.references ?? []),
];

/** A machine that answers from an address is no correspondent of its own, but it writes from one: it is known by it. */
export const correspondentOf =
  (administration: (data: MessageItem['data']) => string) =>
  ({ data, eventId }: MessageItem): Correspondent[] =>
    data.author === 'contact'
      ? [
          {
            administrationId: administration(data),
            address: data.from,
            at: new Date(data.receivedAt),
            cause: eventId,
          },
        ]
      : [];

/** What the messages of a batch are decided on: read for all of them before the first, and kept up with each that is decided. */
export class Known {
  /** By channel, account and external id. */
  messages: Map<string, KnownMessage>;
  threads: Map<string, Thread>;
  contacts: ContactBook;
  pages: LedgerPages;
  cases: Map<string, KnownCase>;
  claimed: Map<string, string>;
  belongs: Participants;
  spoken: ReadonlyMap<string, Spoken>;
  readonly manifests = new Map<string, ChannelManifest | undefined>();
  readonly answers = new Map<MessageItem, Answer>();
  readonly questions = new Map<MessageItem, ConsentQuestion>();
  private readonly administrationOf = new Map<string, string>();

  constructor(
    private readonly manager: EntityManager,
    private readonly tools: IntakeTools,
  ) {}

  /** Reads which of the messages are known already. */
  async readMessages(items: readonly MessageItem[]): Promise<void> {
    this.messages = await knownMessages(this.manager, items);
  }

  /** Reads whose the accounts are. Throws `UnassignedAccount` when one is nobody's. */
  async readAdministrations(items: readonly MessageItem[]): Promise<void> {
    for (const { data } of items)
      this.administrationOf.set(
        accountKey(data.channel, data.account, ''),
        await this.tools.administrations.of(data.channel, data.account),
      );
  }

  /** Whose the account is; it was read before. */
  administration({ channel, account }: { channel: string; account: string }): string {
    const found = this.administrationOf.get(accountKey(channel, account, ''));
    if (!found) throw new Error(`no administration was looked up for ${channel}`);
    return found;
  }

  /** Everything the decisions need, before the first of them. */
  async read(items: readonly MessageItem[]): Promise<void> {
    for (const { data } of items)
      if (!this.manifests.has(data.channel))
        this.manifests.set(data.channel, await this.tools.channels.manifestOf(data.channel));
    // An account may hold what another administration wrote there once: nobody joins that by citing it.
    for (const { data } of items)
      for (const id of citedBy(data)) {
        const key = accountKey(data.channel, data.account, id);
        if (this.messages.get(key)?.administrationId !== this.administration(data)) this.messages.delete(key);
      }
    await this.readAnswers(items);
    this.contacts = await ContactBook.read(
      this.manager,
      items.flatMap(correspondentOf(this.administration.bind(this))),
    );
    const conversations = await knownConversations(this.manager, items, this.administration.bind(this));
    this.threads = new Map([...conversations].map(([key, row]) => [key, { row, isNew: false, added: 0 }]));

    await this.readQuestions(items);

    const claims = items.flatMap(({ data }) =>
      (data.thread?.caseNumbers ?? [])
        .map(normalNumber)
        .filter(number => number !== undefined)
        .map(number => ({ administrationId: this.administration(data), number })),
    );
    const claimed = await claimedCases(this.manager, claims);
    this.claimed = new Map(claimed.map(one => [JSON.stringify([one.administrationId, one.number]), one.id]));

    const cited = [...this.messages.values()].map(message => message.caseId);
    const candidates = [
      ...items.flatMap(({ data }) => this.tokenCases(data)),
      ...[...this.answers.values()].map(({ letter }) => letter.caseId),
      ...cited,
      ...[...conversations.values()].map(conversation => conversation.caseId),
      ...this.claimed.values(),
      ...[...this.questions.values()].map(question => question.caseId),
    ].filter(id => id !== null);
    const leading = await leadingCases(this.manager, candidates);
    this.pages = await this.tools.ledger.open(this.manager, [...leading.values()]);
    this.cases = new Map();
    for (const [id, leads] of leading) {
      const file = this.pages.caseFile(leads);
      if (file?.mergedInto) throw new Raced('a case was merged into another meanwhile');
      if (file) this.cases.set(id, { id: leads, state: file.state, endedAt: file.endedAt?.toISOString() ?? null });
    }
    this.spoken = await spokenIn(this.manager, this.pages, leading.values());
    this.belongs = await Participants.read(this.manager, [
      ...items.flatMap(({ data }) => this.tokenCases(data)),
      ...[...this.answers.values()].flatMap(({ letter }) => letter.caseId ?? []),
      ...cited.filter(id => id !== null),
      ...this.claimed.values(),
      ...leading.values(),
    ]);
  }

  /** Which of the messages carry the proof of a letter to an office: a token of ours, or a message of that thread. */
  private async readAnswers(items: readonly MessageItem[]): Promise<void> {
    const proofs = items
      .filter(({ data }) => data.author === 'contact')
      .map(item => ({ item, letters: this.lettersOf(item.data) }));
    const letters = await answerableLetters(
      this.manager,
      proofs.flatMap(proof => proof.letters),
    );
    for (const { item, letters: ids } of proofs) {
      const letter = ids
        .map(id => letters.get(id))
        .find(one => one?.administrationId === this.administration(item.data));
      if (letter) this.answers.set(item, answerTo(letter, item.data));
    }
  }

  /** Which of the messages are nothing but an answer to a question of consent: none, nearly always. */
  private async readQuestions(items: readonly MessageItem[]): Promise<void> {
    for (const item of items.filter(({ data }) => consentWordsOf(data) !== undefined)) {
      const { data } = item;
      const question = await questionAnswered(this.manager, data, {
        administrationId: this.administration(data),
        cited: citedBy(data).flatMap(id => this.messages.get(accountKey(data.channel, data.account, id))?.id ?? []),
        conversationId: this.threads.get(conversationKey(data))?.row.id,
      });
      if (question) this.questions.set(item, question);
    }
  }

  private lettersOf(data: MessageItem['data']): string[] {
    const { channel, account, relation, thread = {} } = data;
    const proven = (thread.tokens ?? []).map(token => this.tools.tokens.letterOf(this.administration(data), token));
    const cited = [...(relation ? [relation.to] : []), ...(thread.references ?? [])].map(
      id => this.messages.get(accountKey(channel, account, id))?.letterId,
    );
    return [...proven, ...cited].flatMap(id => id ?? []);
  }

  /** The cases whose reply tokens a message carries. */
  tokenCases(data: MessageItem['data']): string[] {
    return (data.thread?.tokens ?? [])
      .map(token => this.tools.tokens.caseOf(this.administration(data), token))
      .filter(id => id !== undefined);
  }
}
