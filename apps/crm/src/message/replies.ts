import { Inject, Injectable } from '@nestjs/common';
import { checkedEvent } from '@filodiretto/bus';
import type { Address, Author, Capabilities, Part, Visibility } from '@filodiretto/contracts';
import { mayRetry, mayWriteRestricted, SEND_RANK, type Actor, type Command } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { ActionLinks } from '../action/action-links.js';
import type { CaseFile } from '../case/case-file.entity.js';
import { Ledger } from '../case/ledger.js';
import { reach } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Conversation } from '../conversation/conversation.entity.js';
import type { Recipient } from '../intake/recent-traffic.js';
import { ReplyTokens } from '../intake/reply-token.js';
import { TrackingCodes } from '../intake/tracking.js';
import { searchText } from '../intake/words.js';
import { LetterRow } from '../letter/letter.entity.js';
import { exposedIn } from '../privacy/exposed.js';
import { isRestricted } from '../privacy/restriction.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { Administrations } from '../routing/administrations.js';
import { storable } from '../storable.js';
import { announcementOf, answerAddress, orderOf, type EarlierMessages } from './order.js';
import { insertMessages, type NewMessage } from './message-rows.js';
import { messageChanged } from './message-changed.js';
import { Message } from './message.entity.js';
import { whyNot } from './reply-rules.js';

/** The words for a channel, made once it is known what the channel takes. */
export type Compose = (capabilities: Capabilities) => Part[] | Refused;

/** What somebody of the administration says to a citizen. */
export interface Reply {
  readonly caseId: string;
  /** The new message's id, when the request already has one. */
  readonly id?: string;
  readonly expectedVersion?: number;
  /** In which conversation of the case; absent: where the citizen last wrote. */
  readonly conversationId?: string;
  /** To whom, when no conversation exists yet. */
  readonly start?: { readonly channel: string; readonly account: string; readonly address: Address };
  readonly content: Part[] | Compose;
  /** Composed from the case's when absent. */
  readonly subject?: string;
  readonly visibility: Visibility;
  /** Why what looks like personal data may be public. */
  readonly confirm?: string | undefined;
  readonly author: Extract<Author, 'operator' | 'automation'>;
  readonly automatic?: 'acknowledgement' | 'notification';
  readonly by: Actor;
  readonly cause: string | null;
  /** Its words were given the place of a tracking code. */
  readonly tracked?: boolean;
  /** Seconds for which it is held before it leaves. */
  readonly sendAfter?: number | undefined;
  /** Asked once it is known who would be written to: a refusal, and nothing is. */
  readonly unless?: (to: Recipient & { readonly channel: string }) => Promise<Refused | undefined>;
}

interface Target {
  readonly conversation: Conversation;
  readonly address: Address;
  readonly contactId: string | null;
  /** Nobody wrote to us there yet. */
  readonly starts: boolean;
}

/** How many earlier messages a channel is told of. */
const MAX_REFERENCES = 30;

/** Replies: message row, journal fact and order to the channel, in the caller's transaction. */
@Injectable()
export class Replies {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(ReplyTokens) private readonly tokens: ReplyTokens,
    @Inject(TrackingCodes) private readonly codes: TrackingCodes,
    @Inject(ActionLinks) private readonly links: ActionLinks,
    @Inject(Administrations) private readonly administrations: Administrations,
  ) {}

  /** Queues a reply. Resolves to the message and the case after it, or to a refusal: then nothing was written. */
  async queue(manager: EntityManager, reply: Reply): Promise<{ message: string; caseFile: CaseFile } | Refused> {
    const pages = await this.ledger.open(manager, [reply.caseId]);
    const before = pages.caseFile(reply.caseId);
    if (!before) return refused('not-found', 'There is no such case.');
    const target = await this.targetOf(manager, reply, before);
    if (isRefused(target)) return target;
    const { conversation, address, contactId, starts } = target;
    const { administrationId } = before;
    const foreign = await this.whyNotFrom(conversation, administrationId);
    if (foreign) return foreign;
    const rests = conversation.letterId === null && (await isRestricted(manager, before.id));
    if (rests && !mayWriteRestricted(before.kind, reply.author))
      return refused(
        'processing-restricted',
        'They asked that their data rest: only what the law asks for is written.',
      );
    const stop = await reply.unless?.({ administrationId, channel: conversation.channel, contactId, address });
    if (stop) return stop;
    // What is said in the thread of a letter stays among offices: the thread decides, whatever was asked.
    const visibility = conversation.letterId === null ? reply.visibility : 'internal';
    if (visibility === 'internal' && conversation.letterId === null)
      return refused('invalid-input', 'What is sent to a citizen cannot be internal: write a note instead.');
    const now = new Date();
    const manifest = await this.channels.manifestOf(conversation.channel);
    if (!manifest) return refused('channel-cannot', `The channel ${conversation.channel} never introduced itself.`);
    const { capabilities } = manifest;
    const content = typeof reply.content === 'function' ? reply.content(capabilities) : reply.content;
    if (isRefused(content)) return content;
    const no = whyNot({ ...reply, content, visibility }, capabilities, {
      starts,
      lastInboundAt: conversation.lastInboundAt,
      now,
    });
    if (no) return no;

    const exposed = visibility === 'public' ? await exposedIn(manager, administrationId, content, reply.subject) : [];
    if (exposed.length > 0 && reply.confirm === undefined)
      return {
        ...refused('personal-data', `It would be public, and seems to hold: ${exposed.join(', ')}.`),
        errors: [{ pointer: '/confirm', detail: 'say why it may be public, or take it out' }],
      };

    const id = reply.id ?? v7();
    const message = {
      id,
      administrationId: before.administrationId,
      conversationId: conversation.id,
      seq: await nextSeq(manager, conversation.id, before.id),
      caseId: before.id,
      contactId,
      direction: 'out' as const,
      author: reply.author,
      operatorId: reply.by.kind === 'operator' ? (reply.by.id ?? null) : null,
      automatic: reply.automatic ?? null,
      channel: conversation.channel,
      account: conversation.account,
      address,
      subject: capabilities.subject ? (reply.subject ?? subjectOf(await titled(manager, conversation, before))) : null,
      content: storable(content),
      text: searchText(reply.subject, content),
      // Only what was made to give a code gives one, whatever else it says.
      trackingHash:
        reply.tracked === true && visibility === 'parties'
          ? this.codes.hashFor({ id, administrationId: before.administrationId, content })
          : null,
      visibility,
      letterId: conversation.letterId,
      ...(exposed.length > 0 && reply.confirm !== undefined
        ? { evidence: { confirmed: { kinds: exposed, reason: storable(reply.confirm) } } }
        : {}),
      sendState: 'queued' as const,
      sendRank: SEND_RANK.queued,
      attempt: 1,
      queuedAt: now,
      sentAt: now,
      receivedAt: now,
    };
    const order = orderOf(this.codes.leaving(message), conversation, await this.earlier(manager, message, before));
    checkedEvent('message.queued.v1', order);
    const caseFile = pages.apply({
      caseId: before.id,
      expectedVersion: reply.expectedVersion,
      cause: reply.cause,
      commands: [await queued(manager, before, { ...message, automatic: reply.automatic ?? null }, 1, reply.by)],
    });
    if (isRefused(caseFile)) return caseFile;
    const heldUntil = reply.sendAfter ? await momentAfter(manager, reply.sendAfter) : undefined;
    const announcement = announcementOf(order, conversation.id, reply.cause);
    pages.announce(heldUntil ? { ...announcement, dueAt: heldUntil } : announcement);
    await insertMessages(manager, [message]);
    if (heldUntil) await manager.query('update message set held_until = $2 where id = $1', [id, heldUntil]);
    await pages.write();
    return { message: id, caseFile };
  }

  /** Orders a new attempt of a message that failed, or whose fate nobody knows: a person asks for it, never a machine. */
  async sendAgain(
    manager: EntityManager,
    said: { readonly messageId: string; readonly by: Actor; readonly cause: string | null },
  ): Promise<{ message: string; caseFile: CaseFile } | Refused> {
    const found = await manager.findOne(Message, { where: { id: said.messageId, direction: 'out' } });
    if (!found?.caseId) return refused('not-found', 'There is no such message.');
    const pages = await this.ledger.open(manager, [found.caseId]);
    const message = await manager.findOne(Message, { where: { id: found.id }, lock: { mode: 'pessimistic_write' } });
    const conversation = await manager.findOneByOrFail(Conversation, { id: found.conversationId });
    const before = pages.caseFile(found.caseId);
    if (!message || !before) return refused('not-found', 'There is no such message.');
    if (!message.sendState || message.author === 'external_app' || !mayRetry(message.sendState))
      return refused('retry-not-allowed', `The message is "${message.sendState ?? 'received'}".`);
    const foreign = await this.whyNotFrom(conversation, before.administrationId);
    if (foreign) return foreign;
    const attempt = (message.attempt ?? 1) + 1;
    const again = { ...message, attempt, sendState: 'queued' as const, queuedAt: new Date() };
    const caseFile = pages.apply({
      caseId: before.id,
      cause: said.cause,
      // What a machine said is no answer of whoever sends it again.
      commands: [await queued(manager, before, { ...message, automatic: automaticOf(message) }, attempt, said.by)],
    });
    if (isRefused(caseFile)) return caseFile;
    const order = orderOf(
      await this.leaving(manager, again),
      conversation,
      await this.earlier(manager, message, before),
    );
    pages.announce(announcementOf(order, conversation.id, said.cause));
    pages.announce(
      messageChanged({ ...message, attempt, state: 'queued', at: again.queuedAt, caseId: message.caseId }),
    );
    await manager.query(
      `update message set attempt = $2, send_state = 'queued', send_rank = $3, queued_at = $4, sending_at = null, sending_by = null,
         accepted_at = null, left_at = null, delivered_at = null, read_at = null, failed_at = null,
         refusal_reason = null, send_detail = null, external_id = null
       where id = $1`,
      [message.id, attempt, SEND_RANK.queued, again.queuedAt],
    );
    await pages.write();
    return { message: message.id, caseFile };
  }

  /** Rebuilds the order of a queued message, for an outbox or a bus that may have lost it. */
  async orderAgain(manager: EntityManager, messageId: string): Promise<void> {
    const message = await manager.findOneByOrFail(Message, { id: messageId });
    const conversation = await manager.findOneByOrFail(Conversation, { id: message.conversationId });
    const earlier = await this.earlier(manager, message, {
      administrationId: message.administrationId,
      id: message.caseId ?? message.id,
    });
    await this.ledger.announce(manager, [
      announcementOf(orderOf(await this.leaving(manager, message), conversation, earlier), conversation.id, null),
    ]);
  }

  /** Nothing of an administration leaves by the account of another, also where a conversation of its own is kept there. */
  private async whyNotFrom(
    { channel, account }: Pick<Conversation, 'channel' | 'account'>,
    administrationId: string,
  ): Promise<Refused | undefined> {
    const owner = await this.administrations.ownerOf(channel, account);
    return owner === undefined || owner === administrationId
      ? undefined
      : refused('channel-cannot', `The account of the channel ${channel} is of another administration.`);
  }

  /** A message as it leaves: a letter of ours has links, and what gives a code has it, that are kept in no message. */
  private async leaving(manager: EntityManager, message: Message): Promise<Message> {
    if (message.letterId === null || message.author !== 'automation') return this.codes.leaving(message);
    const letter = await manager.findOneByOrFail(LetterRow, { id: message.letterId });
    return { ...message, content: await this.links.enclose(manager, letter, message.content) };
  }

  /** What a channel may be told of the case so far in its conversation: nothing of what others said there about theirs. */
  private async earlier(
    manager: EntityManager,
    { conversationId, letterId }: Pick<NewMessage, 'conversationId' | 'letterId'>,
    { administrationId, id }: Pick<CaseFile, 'administrationId' | 'id'>,
  ): Promise<EarlierMessages> {
    const rows: { external_id: string; direction: string }[] = await manager.query(
      `select external_id, direction from message
       where conversation_id = $1 and (case_id = $2 or letter_id = $3) and external_id is not null and copy_of is null
       order by seq desc limit ${MAX_REFERENCES}`,
      [conversationId, id, letterId ?? null],
    );
    return {
      token: letterId
        ? this.tokens.letterTokenOf(administrationId, letterId)
        : this.tokens.tokenOf(administrationId, id),
      inReplyTo: rows.find(row => row.direction === 'in')?.external_id,
      references: rows.map(row => row.external_id).reverse(),
    };
  }

  private async targetOf(manager: EntityManager, reply: Reply, before: CaseFile): Promise<Target | Refused> {
    if (reply.start) return this.startAt(manager, before, reply.start);
    const rows: { conversation_id: string; evidence: { replyTo?: Address[] } | null }[] = await manager.query(
      `select conversation_id, evidence from message
       where case_id = $1 and copy_of is null
         and ($2::uuid is null and evidence->'stranger' is null and visibility <> 'internal' or conversation_id = $2)
       order by (direction = 'in') desc, sent_at desc, seq desc limit 1`,
      [before.id, reply.conversationId ?? null],
    );
    const [last] = rows;
    if (!last) return refused('no-reply-address', 'Nobody wrote in this case: say where to write.');
    const conversation = await manager.findOneByOrFail(Conversation, { id: last.conversation_id });
    const canReply = (await this.channels.manifestOf(conversation.channel))?.capabilities.reply;
    if (canReply || reply.conversationId) return this.answerIn(manager, conversation, before);
    const own = await this.administrations.ownAccounts(this.channels.announcements(), before.administrationId);
    for (const address of last.evidence?.replyTo ?? (await this.saidBefore(manager, before.id, conversation.id))) {
      const channel = reach(own, [address], 'reply');
      if (channel) return this.startAt(manager, before, { ...channel, address });
    }
    return refused('no-reply-address', 'The citizen left no address that a channel can write to.');
  }

  /** Where somebody asked to be answered when they wrote in this conversation before: who only adds to it does not say it again. */
  private async saidBefore(
    manager: EntityManager,
    caseId: string,
    conversationId: string,
  ): Promise<readonly Address[]> {
    const [before]: { replyTo: Address[] }[] = await manager.query(
      `select evidence->'replyTo' as "replyTo" from message
       where case_id = $1 and conversation_id = $2 and direction = 'in' and evidence->'stranger' is null
         and evidence->'replyTo' is not null order by sent_at desc, seq desc limit 1`,
      [caseId, conversationId],
    );
    return before?.replyTo ?? [];
  }

  /**
   * Who is answered in a conversation: its holder when the case is theirs. Where several write in one thread, each about a
   * matter of their own, it is who the case is for, at the address they wrote from; failing that, who last wrote in the case
   * and belongs to it.
   */
  private async answerIn(manager: EntityManager, conversation: Conversation, before: CaseFile): Promise<Target> {
    const starts = conversation.lastInboundAt === null;
    const [other]: { address: Address; evidence: { replyTo?: Address[] } | null; contact_id: string }[] =
      await manager.query(
        `select m.address, m.evidence, m.contact_id
         from message m
           join contact w on w.id = m.contact_id
           join conversation t on t.id = m.conversation_id
           join contact h on h.id = t.contact_id
           join contact o on o.id = $3
         where m.case_id = $1 and m.conversation_id = $2 and m.direction = 'in' and m.author = 'contact'
           and m.evidence->'stranger' is null
           and coalesce(h.merged_into, h.id) <> coalesce(o.merged_into, o.id)
         order by (coalesce(w.merged_into, w.id) = coalesce(o.merged_into, o.id)) desc,
           (m.automatic is null) desc, m.sent_at desc, m.seq desc limit 1`,
        [before.id, conversation.id, before.contactId],
      );
    if (!other) return { conversation, address: conversation.address, contactId: conversation.contactId, starts };
    const { address, evidence, contact_id: contactId } = other;
    return { conversation, address: answerAddress(address, evidence?.replyTo), contactId, starts };
  }

  /** The conversation with an address: the one that exists, or a new one. */
  private async startAt(
    manager: EntityManager,
    before: CaseFile,
    { channel, account, address }: NonNullable<Reply['start']>,
  ): Promise<Target> {
    const kind = (await this.channels.manifestOf(channel))?.capabilities.conversations;
    const found = await manager.query<{ id: string }[]>(
      `select c.id from conversation c
       where c.administration_id = $1 and c.channel = $2 and c.account = $3
         and c.address->>'kind' = $4 and c.address->>'value' = $5 and ($6 or c.case_id = $7) and c.letter_id is null
       order by c.created_at desc limit 1`,
      [before.administrationId, channel, account, address.kind, address.value, kind === 'person', before.id],
    );
    const id = found[0]?.id ?? v7();
    if (!found[0])
      await manager.insert(Conversation, {
        id,
        administrationId: before.administrationId,
        channel,
        account,
        // A person's conversation is named by the address; a thread by what it begins with.
        key: kind === 'person' ? address.value : `case:${before.id}:${id}`,
        contactId: before.contactId,
        address,
        caseId: before.id,
        lastSeq: 0,
        lastInboundAt: null,
        createdAt: new Date(),
      });
    const conversation = await manager.findOneByOrFail(Conversation, { id });
    return { conversation, address, contactId: conversation.contactId, starts: conversation.lastInboundAt === null };
  }
}

/** So many seconds from now, by the clock of the database. */
async function momentAfter(manager: EntityManager, seconds: number): Promise<Date | undefined> {
  const [row]: { at: Date }[] = await manager.query('select clock_timestamp() + make_interval(secs => $1) as at', [
    seconds,
  ]);
  return row?.at;
}

const automaticOf = ({ automatic }: Pick<Message, 'automatic'>): Reply['automatic'] | null =>
  automatic === 'acknowledgement' || automatic === 'notification' ? automatic : null;

/** What the journal hears of a message that goes out: an answer to the citizen, or one more letter in the thread of a letter. */
async function queued(
  manager: EntityManager,
  before: Pick<CaseFile, 'state' | 'officeId'>,
  message: Pick<NewMessage, 'id' | 'channel' | 'letterId'> & { readonly automatic: Reply['automatic'] | null },
  attempt: number,
  by: Actor,
): Promise<Command> {
  const { id, channel, letterId, automatic } = message;
  if (!letterId) {
    const holds =
      before.state === 'assigned' && by.kind === 'operator' && (await isOf(manager, before.officeId, by.id));
    return { name: 'replyQueued', message: id, channel, attempt, automatic: automatic ?? null, holds, by };
  }
  const rows: { kind: string; office: string | null; operator: string | null; task: string | null }[] =
    await manager.query(
      'select kind, office_id as office, operator_id as operator, task_id as task from letter where id = $1',
      [letterId],
    );
  const [letter] = rows;
  if (!letter) throw new Error(`there is no letter ${letterId}`);
  return { name: 'letterQueued', message: id, letter: letterId, attempt, ...letter, by };
}

/** Whether a person is a member of an office: a program has one too, and holds nothing. */
async function isOf(
  manager: EntityManager,
  officeId: string | null,
  operatorId: string | null | undefined,
): Promise<boolean> {
  const found: unknown[] = await manager.query(
    `select from membership m where m.office_id = $1 and m.operator_id = $2
       and not exists (select from operator_identity i where i.operator_id = m.operator_id and i.client_id is not null)`,
    [officeId, operatorId],
  );
  return found.length > 0;
}

/** The next place in a conversation, which goes on with this case; its row stays locked until the transaction ends. */
async function nextSeq(manager: EntityManager, conversationId: string, caseId: string): Promise<number> {
  const [rows]: [{ last_seq: number }[], number] = await manager.query(
    'update conversation set last_seq = last_seq + 1, case_id = $2 where id = $1 returning last_seq',
    [conversationId, caseId],
  );
  return rows[0]?.last_seq ?? 1;
}

/** What a conversation is about: the case, or the question alone where somebody was asked one and is told no more of the case. */
async function titled(
  manager: EntityManager,
  { letterId }: Conversation,
  { subject, number }: CaseFile,
): Promise<Pick<CaseFile, 'subject' | 'number'>> {
  if (letterId === null) return { subject, number };
  const letter = await manager.findOneByOrFail(LetterRow, { id: letterId });
  return { subject: letter.taskId === null ? subject : letter.subject, number };
}

/** The title of what is said in a case: with its number, so that people and offices find it again. */
export const subjectOf = (caseFile: Pick<CaseFile, 'subject' | 'number'>): string => {
  const bare = caseFile.subject.replace(/^\s*(re|r|fwd?|i)\s*:\s*/i, '');
  return bare.includes(`[#${caseFile.number}]`) ? `Re: ${bare}` : `Re: ${bare} [#${caseFile.number}]`;
};
