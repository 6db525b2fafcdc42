import type {
  Address,
  Author,
  CaseRef,
  Capabilities,
  ChannelManifest,
  InboundFlags,
  Unacknowledged,
} from '@filodiretto/contracts';
import {
  admit,
  caseNumber,
  mayAcknowledge,
  SEND_RANK,
  unacknowledged,
  type Actor,
  type Admission,
  type Command,
  type KnownCase,
  type Pointed,
  type Route,
} from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { yearOf } from '../case/case-numbers.js';
import type { LedgerPages } from '../case/ledger.js';
import { ContactBook, type Correspondent } from '../contact/contacts.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import { Raced } from '../faults.js';
import { groupedBy } from '../grouped.js';
import { announcementOf, answerAddress, orderOf } from '../message/order.js';
import { callChanged, callStateOf } from './call-changed.js';
import { insertMessages, type NewMessage } from '../message/message-rows.js';
import { subjectOf } from '../message/replies.js';
import { prepared } from '../prepared.js';
import { park } from '../quarantine/parking.js';
import { recordFates, type Settled } from '../reception/fates.js';
import { answerableLetters, answerTo, type Answer } from '../letter/answers.js';
import { answersIn, filesOf, wordsOf } from '../letter/matter.js';
import { isRefused } from '../refused.js';
import {
  consentWordsOf,
  questionAnswered,
  writeHeard,
  type ConsentQuestion,
  type Heard,
} from '../privacy/consents-heard.js';
import type { Routed } from '../routing/follow-cases.js';
import { Acknowledgements } from './acknowledgement.js';
import { chasing, spokenIn, type Spoken } from './chasing.js';
import type { MessageItem } from './item.js';
import { takeEarlyProgress } from './progress-batch.js';
import {
  accountKey,
  claimedCases,
  conversationKey,
  knownConversations,
  knownMessages,
  leadingCases,
  messageKey,
  normalNumber,
  type KnownMessage,
} from './lookup.js';
import { Participants } from './participants.js';
import { RecentTraffic, type Recipient } from './recent-traffic.js';
import type { IntakeTools } from './tools.js';
import { trackingHashOf } from './tracking.js';
import { searchText, titleOf } from './words.js';

/** What a message turned out to do. */
interface Plan {
  readonly item: MessageItem;
  readonly messageId: string;
  readonly administrationId: string;
  readonly manifest: ChannelManifest | undefined;
  readonly contactId: string | null;
  readonly conversation: Thread;
  readonly relationId: string | null;
  readonly admission: Admission;
  readonly caseId: string | null;
  /** Who wrote had written before, or was known otherwise. */
  readonly known?: boolean;
  /** The case whose number the message names, when it is not the one it went to. */
  readonly claimed: Claimed | undefined;
  /** Reactions and withdrawn words move nothing. */
  readonly still: boolean;
  /** It answers a letter of ours: it is said among offices, and the citizen never sees it. */
  readonly answer?: InternalAnswer;
  /** The question of consent that it answers, and nothing else. */
  readonly question?: ConsentQuestion | undefined;
}
interface Claimed extends CaseRef {
  readonly participant: boolean;
}
type InternalAnswer = Exclude<Answer, { kind: 'citizen' }>;
/** A conversation as the batch leaves it. */
interface Thread {
  readonly row: Conversation;
  readonly isNew: boolean;
  /** How many messages the batch adds. */
  added: number;
}

/** What a message answers, changes or refers to, by external id. */
const citedBy = ({ relation, thread }: MessageItem['data']): string[] => [
  ...(relation ? [relation.to] : []),
  ...(thread?.references ?? []),
];

const STILL = new Set(['reaction', 'delete']);

/**
 * Takes messages in: contacts, conversations, cases, acknowledgements, each read and written by one statement for all of
 * them, decided in memory in the order they came. Runs in the caller's transaction; throws `Raced` when another writer came
 * between, and the caller does it again.
 */
export async function takeMessages(
  manager: EntityManager,
  items: readonly MessageItem[],
  tools: IntakeTools,
): Promise<void> {
  await new MessageBatch(manager, items, tools).take();
}

class MessageBatch {
  private readonly settled: Settled[] = [];
  private readonly messages: NewMessage[] = [];
  private readonly administrationOf = new Map<string, string>();
  private readonly manifests = new Map<string, ChannelManifest | undefined>();
  private known: Map<string, KnownMessage>;
  private threads: Map<string, Thread>;
  private contacts: ContactBook;
  private pages: LedgerPages;
  private cases: Map<string, KnownCase>;
  private claimed: Map<string, string>;
  private belongs: Participants;
  private spoken: ReadonlyMap<string, Spoken>;
  private acknowledgements: Acknowledgements;
  private readonly answers = new Map<MessageItem, Answer>();
  private readonly questions = new Map<MessageItem, ConsentQuestion>();
  private readonly duplicates: MessageItem['data'][] = [];
  private readonly tagged: { readonly caseId: string; readonly tagId: string }[] = [];

  constructor(
    private readonly manager: EntityManager,
    private readonly items: readonly MessageItem[],
    private readonly tools: IntakeTools,
  ) {}

  async take(): Promise<void> {
    const fresh = await this.withoutDuplicates();
    const good = await this.withoutDoubtful(fresh);
    if (good.length > 0) {
      await this.read(good);
      const plans = good.map(item => this.plan(item));
      await this.carryOut(plans);
      await this.write(plans);
    }
    // The first of it may be of this batch; one that waits for a person will have the same id.
    for (const data of this.duplicates) {
      const { id, caseId } = this.known.get(messageKey(data)) ?? { id: data.id, caseId: null };
      this.settled.push({ from: data, fate: 'duplicate', messageId: id, caseId });
    }
    await recordFates(this.manager, this.settled);
  }

  /** Law 2: what is known, or came twice in this batch, is a success that changes nothing. */
  private async withoutDuplicates(): Promise<MessageItem[]> {
    this.known = await knownMessages(this.manager, this.items);
    const first = new Set<string>();
    return this.items.filter(({ data }) => {
      const key = messageKey(data);
      const before = this.known.get(key);
      const isDuplicate = before !== undefined || first.has(key);
      first.add(key);
      if (isDuplicate) this.duplicates.push(data);
      return !isDuplicate;
    });
  }

  /** What a person must look at first is parked, visible, with its reason. */
  private async withoutDoubtful(items: readonly MessageItem[]): Promise<MessageItem[]> {
    for (const { data } of items)
      this.administrationOf.set(
        accountKey(data.channel, data.account, ''),
        await this.tools.administrations.of(data.channel, data.account),
      );
    const doubtful = items.filter(item => item.data.flags?.doubtful !== undefined && !item.released);
    await park(
      this.manager,
      doubtful.map(({ eventId, type, data }) => ({
        eventId,
        type,
        kind: 'doubtful',
        administrationId: this.administration(data),
        payload: data,
        reason: data.flags?.doubtful ?? '',
        triesAgain: false,
      })),
    );
    return items.filter(item => !doubtful.includes(item));
  }

  private administration({ channel, account }: { channel: string; account: string }): string {
    const found = this.administrationOf.get(accountKey(channel, account, ''));
    if (!found) throw new Error(`no administration was looked up for ${channel}`);
    return found;
  }

  /** Everything the decisions need, before the first of them. */
  private async read(items: readonly MessageItem[]): Promise<void> {
    for (const { data } of items)
      if (!this.manifests.has(data.channel))
        this.manifests.set(data.channel, await this.tools.channels.manifestOf(data.channel));
    // An account may hold what another administration wrote there once: nobody joins that by citing it.
    for (const { data } of items)
      for (const id of citedBy(data)) {
        const key = accountKey(data.channel, data.account, id);
        if (this.known.get(key)?.administrationId !== this.administration(data)) this.known.delete(key);
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

    const cited = [...this.known.values()].map(message => message.caseId);
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
        cited: citedBy(data).flatMap(id => this.known.get(accountKey(data.channel, data.account, id))?.id ?? []),
        conversationId: this.threads.get(conversationKey(data))?.row.id,
      });
      if (question) this.questions.set(item, question);
    }
  }

  private lettersOf(data: MessageItem['data']): string[] {
    const { channel, account, relation, thread = {} } = data;
    const proven = (thread.tokens ?? []).map(token => this.tools.tokens.letterOf(this.administration(data), token));
    const cited = [...(relation ? [relation.to] : []), ...(thread.references ?? [])].map(
      id => this.known.get(accountKey(channel, account, id))?.letterId,
    );
    return [...proven, ...cited].flatMap(id => id ?? []);
  }

  private tokenCases(data: MessageItem['data']): string[] {
    return (data.thread?.tokens ?? [])
      .map(token => this.tools.tokens.caseOf(this.administration(data), token))
      .filter(id => id !== undefined);
  }

  /** Decides one message, after those before it. */
  private plan(item: MessageItem): Plan {
    const { data } = item;
    const answer = this.answers.get(item);
    if (answer && answer.kind !== 'citizen') return this.planAnswer(item, answer);
    const administrationId = this.administration(data);
    const manifest = this.manifests.get(data.channel);
    const contactOf = correspondentOf(() => administrationId)(item)[0];
    const writer = contactOf ? this.contacts.contactOf(contactOf) : null;
    const begins = !this.threads.has(conversationKey(data));
    const thread = this.thread(item, administrationId, writer);
    const contactId = writer ?? thread.row.contactId;
    const target = data.relation ? this.known.get(accountKey(data.channel, data.account, data.relation.to)) : undefined;
    const asked = this.questions.get(item);
    const question = asked && asked.contactId === writer ? asked : undefined;
    const still = question !== undefined || STILL.has(data.relation?.kind ?? '');
    const claimed = this.claimedCase(item, administrationId, contactId);
    const admission: Admission = question
      ? { kind: 'continue', case: question.caseId, because: 'reference', stranger: false }
      : this.admission(item, contactId, thread, manifest, target, claimed);
    const caseId = this.caseAfter(admission);
    const messageId = data.id;
    const stranger = isStranger(admission);
    const address = answeredAt(item, admission);
    if (begins) thread.row.address = address;
    // It began with somebody of ours: the first citizen who writes, and belongs, is who is answered.
    if (writer !== null && thread.row.contactId === null && !stranger)
      Object.assign(thread.row, { contactId: writer, address });
    if (caseId && !stranger) {
      this.belongs.add(caseId, contactId, opensCase(admission) ? address : undefined);
      // In public the thread is everybody's: it keeps the case it began with.
      if (!(thread.row.caseId && data.flags?.public)) thread.row.caseId = caseId;
    }
    if (data.author === 'contact' && !data.flags?.automatic)
      thread.row.lastInboundAt = later(thread.row.lastInboundAt, new Date(data.sentAt));
    const now = { id: messageId, administrationId, caseId, conversationId: thread.row.id, letterId: null };
    this.known.set(messageKey(data), now);
    if (data.citedAs) this.known.set(accountKey(data.channel, data.account, data.citedAs), now);
    return {
      item,
      messageId,
      administrationId,
      manifest,
      contactId,
      conversation: thread,
      relationId: target?.id ?? null,
      admission,
      caseId,
      known: contactId !== null && this.contacts.isKnown(contactId),
      claimed: claimed?.id === caseId ? undefined : claimed,
      still,
      question,
    };
  }

  /** What somebody of an office answered goes to the thread of the letter: no contact, no case of its own, no acknowledgement. */
  private planAnswer(item: MessageItem, answer: InternalAnswer): Plan {
    const { data } = item;
    const { letter } = answer;
    const key = `letter ${letter.conversation.id}`;
    const thread = this.threads.get(key) ?? { row: letter.conversation, isNew: false, added: 0 };
    this.threads.set(key, thread);
    thread.row.lastInboundAt = later(thread.row.lastInboundAt, new Date(data.sentAt));
    const { caseId } = letter;
    this.known.set(messageKey(data), {
      id: data.id,
      administrationId: letter.administrationId,
      caseId,
      conversationId: thread.row.id,
      letterId: letter.id,
    });
    const target = data.relation ? this.known.get(accountKey(data.channel, data.account, data.relation.to)) : undefined;
    return {
      item,
      messageId: data.id,
      administrationId: letter.administrationId,
      manifest: this.manifests.get(data.channel),
      contactId: null,
      conversation: thread,
      relationId: target?.id ?? null,
      admission: caseId
        ? { kind: 'continue', case: caseId, because: 'token', stranger: false }
        : { kind: 'record', because: 'not_a_matter' },
      caseId,
      claimed: undefined,
      still: STILL.has(data.relation?.kind ?? ''),
      answer,
    };
  }

  private thread({ data }: MessageItem, administrationId: string, contactId: string | null): Thread {
    const key = conversationKey(data);
    const found = this.threads.get(key);
    if (found) return found;
    const thread: Thread = {
      isNew: true,
      added: 0,
      row: {
        id: newId(),
        administrationId,
        channel: data.channel,
        account: data.account,
        key: data.conversation,
        contactId,
        address: data.from,
        caseId: null,
        letterId: null,
        lastSeq: 0,
        lastInboundAt: null,
        createdAt: new Date(),
      },
    };
    this.threads.set(key, thread);
    return thread;
  }

  /** The case whose number is written in a message: one of the writer's, if any is. */
  private claimedCase({ data }: MessageItem, administrationId: string, contactId: string | null): Claimed | undefined {
    const claimed = (data.thread?.caseNumbers ?? []).map(normalNumber).flatMap(number => {
      const id = number && this.claimed.get(JSON.stringify([administrationId, number]));
      return id ? [{ id, number, participant: this.belongs.has(id, contactId, data.from) }] : [];
    });
    return claimed.find(one => one.participant) ?? claimed[0];
  }

  private admission(
    item: MessageItem,
    contactId: string | null,
    thread: Thread,
    manifest: ChannelManifest | undefined,
    target: KnownMessage | undefined,
    claimed: Claimed | undefined,
  ): Admission {
    const { data } = item;
    const { relation, flags = {} } = data;
    if (relation && relation.kind !== 'reply') {
      const id = target?.caseId ?? (STILL.has(relation.kind) ? thread.row.caseId : null);
      const caseId = id && (this.cases.get(id)?.id ?? id);
      if (caseId) return { kind: 'continue', case: caseId, because: 'reference', stranger: false };
      if (target || STILL.has(relation.kind)) return { kind: 'record', because: 'not_a_matter' };
    }
    const known = (id: string | null | undefined): KnownCase | undefined => (id ? this.cases.get(id) : undefined);
    const pointed = (found: KnownCase | undefined): Pointed | undefined =>
      found && { case: found, participant: this.belongs.has(found.id, contactId, data.from) };
    const answers = [...(relation ? [relation.to] : []), ...(data.thread?.references ?? [])];
    const token = this.tokenCases(data)
      .map(known)
      .find(found => found !== undefined);
    const passedOn = this.answers.get(item);
    const reference = passedOn
      ? known(passedOn.letter.caseId)
      : answers
          .map(id => known(this.known.get(accountKey(data.channel, data.account, id))?.caseId))
          .find(found => found !== undefined);
    const current = known(thread.row.caseId);
    return admit(
      {
        author: data.author,
        automatic: flags.automatic,
        public: flags.public,
        authenticated: isAuthenticated(data),
        token: pointed(token),
        reference: pointed(reference),
        claimed: pointed(known(claimed?.id)),
        conversation: current && { case: current, kind: manifest?.capabilities.conversations ?? 'thread' },
      },
      new Date().toISOString(),
      this.pages.rules(thread.row.administrationId),
    );
  }

  /** The case that a message goes to, and what is known of it for the messages that follow. */
  private caseAfter(admission: Admission): string | null {
    switch (admission.kind) {
      case 'record':
        return null;
      case 'continue':
        return admission.case;
      case 'reopen':
        this.cases.set(admission.case, { id: admission.case, state: 'triage', endedAt: null });
        return admission.case;
      case 'open':
      case 'follow_up': {
        const id = newId();
        this.cases.set(id, { id, state: 'received', endedAt: null });
        return id;
      }
    }
  }

  /** Has the ledger change the cases, and makes the message rows. */
  private async carryOut(plans: readonly Plan[]): Promise<void> {
    const numbers = await this.numbers(plans.filter(opens));
    const due = plans.filter(acknowledgementIsDue);
    const traffic = await RecentTraffic.read(this.manager, due.map(recipientOf));
    this.acknowledgements = await Acknowledgements.read(
      this.manager,
      this.tools.books,
      due.map(plan => plan.administrationId),
    );
    for (const plan of plans) {
      const number = numbers.get(plan.messageId);
      const opened = number === undefined ? undefined : await this.opening(plan, number);
      const commands = opened ? opened.commands : [...continuing(plan), ...this.chase(plan)];
      if (plan.caseId && commands.length > 0) this.apply(plan, plan.caseId, commands, opened?.routed);
      plan.conversation.added += 1;
      const isDue = due.includes(plan);
      const why = isDue ? this.whyUnacknowledged(plan, traffic) : undefined;
      this.messages.push(messageOf(plan, why));
      if (isDue && plan.caseId && why === undefined && this.acknowledgements.tells(plan.administrationId)) {
        traffic.add(recipientOf(plan));
        await this.acknowledge(plan, plan.caseId, opened?.routed.route.deadlinePolicy ?? undefined);
      }
      this.settled.push({
        from: plan.item.data,
        fate: fateOf(plan.admission),
        messageId: plan.messageId,
        caseId: plan.caseId,
      });
    }
  }

  /** What follows when the citizen asks again. */
  private chase({ admission, answer, still, messageId, caseId, item: { data }, ...plan }: Plan): Command[] {
    const file = caseId === null ? undefined : this.pages.caseFile(caseId);
    if (!file || admission.kind !== 'continue' || answer) return [];
    const ownWords = data.author === 'contact' && !still && data.flags?.automatic === undefined && !admission.stranger;
    const by = { kind: 'contact', id: plan.contactId } as const;
    return chasing(file, this.spoken.get(file.id), this.pages.now, { ownWords, message: messageId, by });
  }

  private apply(
    { item, answer, messageId }: Plan,
    caseId: string,
    commands: readonly Command[],
    routed?: Routed,
  ): void {
    const { data, eventId, correlationId } = item;
    const said = { words: wordsOf(data.content), files: filesOf(data.content), answers: answersIn(data.content) };
    const isTold =
      commands.some(({ name }) => name === 'chase') || this.pages.caseFile(caseId)?.state === 'waiting_citizen';
    const result = this.pages.apply({
      caseId,
      commands,
      ...(answer || isTold ? { heard: { message: messageId, said } } : {}),
      cause: eventId,
      correlationId,
      opening: {
        subject: titleOf(data),
        channel: data.channel,
        account: data.account,
        trackingHash: data.trackingCode ? trackingHashOf(data.trackingCode) : null,
        routed,
        said,
      },
    });
    if (isRefused(result)) throw new Error(`the case refused a message: ${result.detail}`);
  }

  private async numbers(plans: readonly Plan[]): Promise<Map<string, string>> {
    const year = yearOf(new Date());
    const numbers = new Map<string, string>();
    for (const [administrationId, group] of groupedBy(plans, plan => plan.administrationId)) {
      const counters = await this.tools.numbers.take(this.manager, administrationId, year, group.length);
      for (const [index, plan] of group.entries()) numbers.set(plan.messageId, caseNumber(year, counters[index] ?? 0));
    }
    return numbers;
  }

  private async opening(plan: Plan, number: string): Promise<{ commands: Command[]; routed: Routed }> {
    const { data } = plan.item;
    const route: Route = await this.tools.routes.route(plan.administrationId, {
      channel: data.channel,
      account: data.account,
      form: data.hints?.form,
      category: data.hints?.category,
      language: data.hints?.language,
      knownContact: plan.known === true,
      words: () => searchText(data.subject, data.content),
      parts: data.content,
      at: new Date(data.receivedAt),
    });
    const command: Command = {
      name: 'open',
      id: plan.caseId ?? '',
      administration: plan.administrationId,
      number,
      kind: route.kind,
      priority: route.priority,
      category: route.category,
      contact: plan.contactId,
      channel: data.channel,
      account: data.account,
      message: plan.messageId,
      followUpOf: plan.admission.kind === 'follow_up' ? plan.admission.case : null,
      office: route.office,
      why: route.why,
      ...(route.deadlinePolicy !== null && route.rule !== null
        ? { promise: { policy: route.deadlinePolicy, rule: route.rule } }
        : {}),
      by: actorOf(plan),
    };
    return {
      commands: [command, ...confiding(route), ...(await this.tagging(plan, route))],
      routed: { route, language: data.hints?.language ?? null },
    };
  }

  /** The tags that a rule puts on a new case. */
  private async tagging({ administrationId, caseId }: Plan, route: Route): Promise<Command[]> {
    const tags = await this.tools.routes.tagsOf(administrationId, route);
    return tags.map(tag => {
      this.tagged.push({ caseId: caseId ?? '', tagId: tag });
      return { name: 'tag', tag, ...(route.rule === null ? {} : { rule: route.rule }), by: SYSTEM };
    });
  }

  private whyUnacknowledged(plan: Plan, traffic: RecentTraffic): Unacknowledged | undefined {
    const recipient = recipientOf(plan);
    return unacknowledged(
      {
        ...traffic.of(recipient),
        ownAddress: this.tools.channels.isOurs(recipient.address),
        numbered: plan.claimed?.participant === true,
      },
      this.tools.limits,
    );
  }

  /** Tells the citizen the number of the case, in the same transaction that opens it. */
  private async acknowledge(plan: Plan, caseId: string, promise: string | undefined): Promise<void> {
    const caseFile = this.pages.caseFile(caseId);
    if (!caseFile) throw new Error('a case that was just opened is not there');
    const { conversation, item } = plan;
    const now = new Date();
    const office = caseFile.officeId
      ? await this.tools.routes.officeName(plan.administrationId, caseFile.officeId)
      : undefined;
    const content = this.acknowledgements.content(caseFile, {
      office: office ?? null,
      contact: item.data.from.displayName ?? null,
      capabilities: plan.manifest?.capabilities ?? {},
      now: this.pages.now,
      promise,
    });
    conversation.added += 1;
    const message = {
      id: newId(),
      administrationId: plan.administrationId,
      conversationId: conversation.row.id,
      seq: conversation.added,
      caseId,
      contactId: plan.contactId,
      direction: 'out' as const,
      author: 'automation' as const,
      automatic: 'acknowledgement' as const,
      channel: item.data.channel,
      account: item.data.account,
      address: recipientOf(plan).address,
      subject: plan.manifest?.capabilities.subject ? subjectOf(caseFile) : null,
      content,
      text: searchText(undefined, content),
      visibility: 'parties' as const,
      sendState: 'queued' as const,
      sendRank: SEND_RANK.queued,
      attempt: 1,
      queuedAt: now,
      sentAt: now,
      receivedAt: now,
    };
    this.messages.push(message);
    this.apply(plan, caseId, [
      { name: 'replyQueued', message: message.id, channel: message.channel, automatic: 'acknowledgement', by: SYSTEM },
    ]);
    const order = orderOf({ ...message }, conversation.row, {
      token: this.tools.tokens.tokenOf(plan.administrationId, caseId),
      inReplyTo: item.data.externalId,
      references: [...(item.data.thread?.references ?? []).slice(0, 29).reverse(), item.data.externalId],
    });
    this.pages.announce({
      ...announcementOf(order, conversation.row.id, item.eventId),
      correlationId: item.correlationId,
    });
  }

  /** A call that rings is told at once to who is to answer it. */
  private announceCalls(): void {
    for (const message of this.messages) {
      const state = message.direction === 'in' ? callStateOf(message.content) : undefined;
      if (state && state !== 'ended')
        this.pages.announce(
          callChanged({ ...message, caseId: message.caseId ?? null, revision: 0, state, at: this.pages.now }),
        );
    }
  }

  private async write(plans: readonly Plan[]): Promise<void> {
    this.announceCalls();
    await this.contacts.write();
    await this.pages.write();
    await insertAll(this.manager, 'case_tag', this.tagged);
    const threads = [...new Set(plans.map(plan => plan.conversation))];
    const lastSeq = await this.writeConversations(threads);
    const rows = this.messages.map(message => ({
      ...message,
      seq: message.seq + (lastSeq.get(message.conversationId) ?? 0),
    }));
    const inserted = await insertMessages(this.manager, rows);
    if (inserted.size < rows.length) throw new Raced('a message was written by another meanwhile');
    await writeHeard(this.manager, plans.flatMap(heardOf), this.tools.purposes);
    await takeEarlyProgress(
      this.manager,
      plans.map(plan => plan.item.data),
      this.tools,
    );
  }

  /** Writes the conversations; gives the last place of each before this batch. */
  private async writeConversations(threads: readonly Thread[]): Promise<Map<string, number>> {
    const before = new Map<string, number>();
    const fresh = threads.filter(thread => thread.isNew);
    const written = await insertAll(
      this.manager,
      'conversation',
      fresh.map(({ row, added }) => ({ ...row, lastSeq: added })),
      { ifAbsent: 'channel, account, key', returning: 'id' },
    );
    if (written.length < fresh.length) throw new Raced('a conversation was begun by another meanwhile');
    const grown = threads.filter(thread => !thread.isNew);
    if (grown.length === 0) return before;
    const { rows } = await prepared<{ id: string; before: number }>(
      this.manager,
      `update conversation c set last_seq = c.last_seq + n.added, case_id = n.case_id, contact_id = n.contact_id,
         address = n.address, last_inbound_at = greatest(c.last_inbound_at, n.last_inbound_at)
       from json_to_recordset($1::json)
         n(id uuid, last_seq integer, added integer, case_id uuid, contact_id uuid, address jsonb, last_inbound_at timestamptz)
       where c.id = n.id and c.last_seq = n.last_seq returning c.id, c.last_seq - n.added as before`,
      [
        JSON.stringify(
          grown.map(({ row, added }) => ({
            id: row.id,
            last_seq: row.lastSeq,
            added,
            case_id: row.caseId,
            contact_id: row.contactId,
            address: row.address,
            last_inbound_at: row.lastInboundAt,
          })),
        ),
      ],
    );
    // Decided on what was read: whoever else wrote in it since may have opened its case.
    if (rows.length < grown.length) throw new Raced('a conversation went on meanwhile');
    for (const row of rows) before.set(row.id, row.before);
    return before;
  }
}

const SYSTEM: Actor = { kind: 'system' };

/** What a citizen may have decided by a message of theirs; the answers to letters of ours decide nothing. */
const heardOf = ({ item: { data }, answer, ...plan }: Plan): Heard[] =>
  answer || plan.contactId === null || data.author !== 'contact' || data.flags?.automatic !== undefined
    ? []
    : [
        {
          messageId: plan.messageId,
          administrationId: plan.administrationId,
          contactId: plan.contactId,
          caseId: plan.caseId,
          addressKind: data.from.kind,
          at: new Date(data.receivedAt),
          proven: data.from.verified === true && !data.flags?.unauthenticated,
          content: data.content,
          question: plan.question,
        },
      ];

const opensCase = ({ kind }: Admission): boolean => kind === 'open' || kind === 'follow_up';
const opens = ({ admission }: Plan): boolean => opensCase(admission);

/** Whether it joins a case that its sender does not belong to. */
const isStranger = (admission: Admission): boolean =>
  'stranger' in admission && admission.stranger && !opensCase(admission);

/** Only what was looked at and found good: a channel that says nothing proves nothing. */
const isAuthenticated = ({ from, flags }: MessageItem['data']): boolean =>
  from.verified === true && !flags?.unauthenticated;

/** Whether the sender may say where they are answered: in a case that a message only cites, who proves nothing may not. */
const maySayWhere = ({ data }: MessageItem, admission: Admission): boolean =>
  opensCase(admission) || admission.because !== 'reference' || isAuthenticated(data);

const answeredAt = (item: MessageItem, admission: Admission): Address =>
  maySayWhere(item, admission) ? answerAddress(item.data.from, item.data.replyTo) : item.data.from;

/** A thread may have been begun by somebody else: what opens a case is answered to who wrote it. */
const recipientOf = ({ administrationId, contactId, conversation: { row }, item, admission }: Plan): Recipient => ({
  administrationId,
  contactId,
  address: contactId === row.contactId ? row.address : answeredAt(item, admission),
});

/** Whether a message is to be acknowledged, unless too much was said already. */
const acknowledgementIsDue = ({ manifest, admission, item: { data } }: Plan): boolean =>
  !data.flags?.unauthenticated &&
  mayAcknowledge({
    channelAcknowledges: acknowledges(manifest),
    admission: admission.kind,
    author: data.author,
    automatic: data.flags?.automatic,
    public: data.flags?.public,
  });

const acknowledges = (manifest: ChannelManifest | undefined): boolean => {
  const capabilities: Capabilities | undefined = manifest?.capabilities;
  return capabilities?.acknowledge === true && capabilities.reply === true;
};

/** A machine that answers from an address is no correspondent of its own, but it writes from one: it is known by it. */
const correspondentOf =
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

function actorOf({ contactId, item, answer }: Plan): Actor {
  if (answer) return answer.kind === 'answer' ? answererOf(answer) : SYSTEM;
  return item.data.author === 'contact' ? { kind: 'contact', id: contactId } : SYSTEM;
}

/** The operator, when the address is one's own; else the office; a body outside that was asked is an office without an id. */
function answererOf({ letter, operator }: Extract<Answer, { kind: 'answer' }>): Actor {
  if (operator) return { kind: 'operator', id: operator };
  return letter.officeId || letter.taskId ? { kind: 'office', id: letter.officeId } : SYSTEM;
}

function continuing(plan: Plan): Command[] {
  const { data } = plan.item;
  if (plan.admission.kind === 'record') return [];
  if (plan.answer) return [answering(plan, plan.answer)];
  const moves = data.author === 'contact' && !plan.still && data.flags?.automatic === undefined;
  return [
    {
      name: 'messageReceived',
      message: plan.messageId,
      channel: data.channel,
      automatic: !moves,
      reopens: plan.admission.kind === 'reopen',
      by: actorOf(plan),
    },
  ];
}

const answering = (plan: Plan, answer: InternalAnswer): Command => {
  const said = { message: plan.messageId, letter: answer.letter.id, by: actorOf(plan) };
  return answer.kind === 'aside'
    ? { name: 'setAnswerAside', because: answer.because, ...said }
    : {
        name: 'officeAnswered',
        office: answer.letter.officeId,
        operator: answer.operator,
        task: answer.letter.taskId,
        ...said,
      };
};

const fateOf = (admission: Admission): Settled['fate'] =>
  admission.kind === 'record'
    ? 'recorded'
    : admission.kind === 'continue' || admission.kind === 'reopen'
      ? 'joined'
      : 'opened';

const later = (a: Date | null, b: Date): Date => (a && a > b ? a : b);

const visibilityOf = (flags: InboundFlags): 'public' | 'parties' => (flags.public ? 'public' : 'parties');

/** Who of ours answered in the provider's own application has already sent it. */
const isOurs = (author: Author): boolean => author !== 'contact';

function messageOf(plan: Plan, why: Unacknowledged | undefined): NewMessage {
  const { data } = plan.item;
  const flags = data.flags ?? {};
  const sentAt = new Date(data.sentAt);
  return {
    id: plan.messageId,
    administrationId: plan.administrationId,
    conversationId: plan.conversation.row.id,
    seq: plan.conversation.added,
    caseId: plan.caseId,
    contactId: plan.contactId,
    direction: isOurs(data.author) ? 'out' : 'in',
    author: plan.answer?.kind === 'answer' ? 'office' : data.author,
    operatorId: plan.answer?.kind === 'answer' ? plan.answer.operator : null,
    letterId: plan.answer?.letter.id ?? null,
    automatic: flags.automatic ?? null,
    channel: data.channel,
    account: data.account,
    externalId: data.externalId,
    citedAs: data.citedAs ?? null,
    address: isOurs(data.author) ? plan.conversation.row.address : data.from,
    subject: data.subject ?? null,
    content: data.content,
    text: searchText(data.subject, data.content),
    visibility: plan.answer ? 'internal' : visibilityOf(flags),
    flags,
    evidence: evidenceOf(plan, why),
    relationKind: data.relation?.kind ?? null,
    relationTo: data.relation?.to ?? null,
    relationId: plan.relationId,
    trackingHash: data.trackingCode ? trackingHashOf(data.trackingCode) : null,
    ...(isOurs(data.author) ? { sendState: 'sent', sendRank: SEND_RANK.sent, attempt: 1, leftAt: sentAt } : {}),
    sentAt,
    receivedAt: new Date(data.receivedAt),
    receptionId: data.reception?.reception ?? null,
    itemIndex: data.reception?.index ?? null,
    rawSha256: data.raw.sha256,
    rawMediaType: data.raw.mediaType,
    rawSize: String(data.raw.size),
  };
}

function evidenceOf(
  { item, admission, claimed, known }: Plan,
  why: Unacknowledged | undefined,
): NewMessage['evidence'] {
  const { thread, replyTo, hints } = item.data;
  const evidence = {
    ...(thread ? { thread } : {}),
    ...(hints && (admission.kind === 'open' || admission.kind === 'follow_up') ? { hints } : {}),
    ...(replyTo && maySayWhere(item, admission) ? { replyTo } : {}),
    ...(isStranger(admission) ? { stranger: true } : {}),
    ...(claimed ? { claimedCase: { id: claimed.id, number: claimed.number } } : {}),
    ...(why ? { unacknowledged: why } : {}),
    ...(known && opensCase(admission) ? { known } : {}),
  };
  return Object.keys(evidence).length > 0 ? evidence : null;
}

/** That not everybody may know of a case, where the rule says so. */
const confiding = ({ rule, confidentiality: level }: Route): Command[] =>
  level === null || rule === null
    ? []
    : [{ name: 'setConfidentiality', level, reason: 'rule', because: { rule }, by: SYSTEM }];
