import type { Unacknowledged } from '@filodiretto/contracts';
import { caseNumber, SEND_RANK, unacknowledged, type Command, type Route } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { yearOf } from '../case/case-numbers.js';
import { Raced } from '../faults.js';
import { groupedBy } from '../grouped.js';
import { answersIn, filesOf, wordsOf } from '../letter/matter.js';
import { insertMessages, type NewMessage } from '../message/message-rows.js';
import { announcementOf, orderOf } from '../message/order.js';
import { subjectOf } from '../message/replies.js';
import { writeHeard } from '../privacy/consents-heard.js';
import { park } from '../quarantine/parking.js';
import { recordFates, type Settled } from '../reception/fates.js';
import { isRefused } from '../refused.js';
import type { Routed } from '../routing/follow-cases.js';
import { transcriptJobOf } from '../transcript/transcripts.js';
import { Acknowledgements } from './acknowledgement.js';
import { callChanged, callStateOf } from './call-changed.js';
import { chasing } from './chasing.js';
import type { MessageItem } from './item.js';
import { Known } from './known.js';
import { messageKey } from './lookup.js';
import { acknowledgementIsDue, opens, recipientOf, SYSTEM, type Plan } from './plan.js';
import { confiding, continuing, openCommand } from './plan-commands.js';
import { fateOf, heardOf, messageOf } from './plan-rows.js';
import { Planner } from './planner.js';
import { takeEarlyProgress } from './progress-batch.js';
import { RecentTraffic } from './recent-traffic.js';
import { writeThreads } from './threads.js';
import type { IntakeTools } from './tools.js';
import { trackingHashOf } from './tracking.js';
import { searchText, titleOf } from './words.js';

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
  private readonly known: Known;
  private acknowledgements: Acknowledgements;
  private readonly duplicates: MessageItem['data'][] = [];
  private readonly tagged: { readonly caseId: string; readonly tagId: string }[] = [];

  constructor(
    private readonly manager: EntityManager,
    private readonly items: readonly MessageItem[],
    private readonly tools: IntakeTools,
  ) {
    this.known = new Known(manager, tools);
  }

  async take(): Promise<void> {
    const fresh = await this.withoutDuplicates();
    const good = await this.withoutDoubtful(fresh);
    if (good.length > 0) {
      await this.known.read(good);
      const planner = new Planner(this.known);
      const plans = good.map(item => planner.plan(item));
      await this.carryOut(plans);
      await this.write(plans);
    }
    // The first of it may be of this batch; one that waits for a person will have the same id.
    for (const data of this.duplicates) {
      const { id, caseId } = this.known.messages.get(messageKey(data)) ?? { id: data.id, caseId: null };
      this.settled.push({ from: data, fate: 'duplicate', messageId: id, caseId });
    }
    await recordFates(this.manager, this.settled);
  }

  /** Law 2: what is known, or came twice in this batch, is a success that changes nothing. */
  private async withoutDuplicates(): Promise<MessageItem[]> {
    await this.known.readMessages(this.items);
    const first = new Set<string>();
    return this.items.filter(({ data }) => {
      const key = messageKey(data);
      const before = this.known.messages.get(key);
      const isDuplicate = before !== undefined || first.has(key);
      first.add(key);
      if (isDuplicate) this.duplicates.push(data);
      return !isDuplicate;
    });
  }

  /** What a person must look at first is parked, visible, with its reason. */
  private async withoutDoubtful(items: readonly MessageItem[]): Promise<MessageItem[]> {
    await this.known.readAdministrations(items);
    const doubtful = items.filter(item => item.data.flags?.doubtful !== undefined && !item.released);
    await park(
      this.manager,
      doubtful.map(({ eventId, type, data }) => ({
        eventId,
        type,
        kind: 'doubtful',
        administrationId: this.known.administration(data),
        payload: data,
        reason: data.flags?.doubtful ?? '',
        triesAgain: false,
      })),
    );
    return items.filter(item => !doubtful.includes(item));
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
    const file = caseId === null ? undefined : this.known.pages.caseFile(caseId);
    if (!file || admission.kind !== 'continue' || answer) return [];
    const ownWords = data.author === 'contact' && !still && data.flags?.automatic === undefined && !admission.stranger;
    const by = { kind: 'contact', id: plan.contactId } as const;
    return chasing(file, this.known.spoken.get(file.id), this.known.pages.now, { ownWords, message: messageId, by });
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
      commands.some(({ name }) => name === 'chase') || this.known.pages.caseFile(caseId)?.state === 'waiting_citizen';
    const result = this.known.pages.apply({
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
    return {
      commands: [openCommand(plan, number, route), ...confiding(route), ...(await this.tagging(plan, route))],
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
    const caseFile = this.known.pages.caseFile(caseId);
    if (!caseFile) throw new Error('a case that was just opened is not there');
    const { conversation, item } = plan;
    const now = new Date();
    const office = caseFile.officeId
      ? await this.tools.routes.officeName(plan.administrationId, caseFile.officeId)
      : undefined;
    const tracking = item.data.flags?.shared ? undefined : this.tools.codes.mark(caseFile);
    const content = this.acknowledgements.content(caseFile, {
      office: office ?? null,
      contact: item.data.from.displayName ?? null,
      capabilities: plan.manifest?.capabilities ?? {},
      tracking,
      now: this.known.pages.now,
      promise,
    });
    conversation.added += 1;
    const id = newId();
    const message = {
      id,
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
      trackingHash: tracking
        ? this.tools.codes.hashFor({ id, administrationId: plan.administrationId, content })
        : null,
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
    const order = orderOf(this.tools.codes.leaving(message), conversation.row, {
      token: this.tools.tokens.tokenOf(plan.administrationId, caseId),
      inReplyTo: item.data.externalId,
      references: [...(item.data.thread?.references ?? []).slice(0, 29).reverse(), item.data.externalId],
    });
    this.known.pages.announce({
      ...announcementOf(order, conversation.row.id, item.eventId),
      correlationId: item.correlationId,
    });
  }

  /** A call that rings is told at once to who is to answer it. */
  private announceCalls(): void {
    for (const message of this.messages) {
      const state = message.direction === 'in' ? callStateOf(message.content) : undefined;
      if (state && state !== 'ended')
        this.known.pages.announce(
          callChanged({ ...message, caseId: message.caseId ?? null, revision: 0, state, at: this.known.pages.now }),
        );
    }
  }

  private async write(plans: readonly Plan[]): Promise<void> {
    this.announceCalls();
    await this.known.contacts.write();
    await this.known.pages.write();
    await insertAll(this.manager, 'case_tag', this.tagged);
    const threads = [...new Set(plans.map(plan => plan.conversation))];
    const lastSeq = await writeThreads(this.manager, threads);
    const rows = this.messages.map(message => ({
      ...message,
      seq: message.seq + (lastSeq.get(message.conversationId) ?? 0),
    }));
    const inserted = await insertMessages(this.manager, rows);
    if (inserted.size < rows.length) throw new Raced('a message was written by another meanwhile');
    await this.tools.jobs.addAll(
      this.manager,
      plans.flatMap(plan => transcriptJobOf(plan.messageId, plan.item.data)),
    );
    await writeHeard(this.manager, plans.flatMap(heardOf), this.tools.purposes);
    await takeEarlyProgress(
      this.manager,
      plans.map(plan => plan.item.data),
      this.tools,
    );
  }
}
