import type { ChannelManifest } from '@filodiretto/contracts';
import { admit, type Admission, type KnownCase, type Pointed } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { MessageItem } from './item.js';
import { correspondentOf, type Known } from './known.js';
import { accountKey, conversationKey, messageKey, normalNumber, type KnownMessage } from './lookup.js';
import {
  answeredAt,
  isAuthenticated,
  isStranger,
  opensCase,
  type Claimed,
  type InternalAnswer,
  type Plan,
  type Thread,
} from './plan.js';

const STILL = new Set(['reaction', 'delete']);

const later = (a: Date | null, b: Date): Date => (a && a > b ? a : b);

/** Decides the messages of a batch one after the other, in memory: each sees what those before it did. */
export class Planner {
  constructor(private readonly known: Known) {}

  /** Decides one message, after those before it. */
  plan(item: MessageItem): Plan {
    const { data } = item;
    const answer = this.known.answers.get(item);
    if (answer && answer.kind !== 'citizen') return this.planAnswer(item, answer);
    const administrationId = this.known.administration(data);
    const manifest = this.known.manifests.get(data.channel);
    const contactOf = correspondentOf(() => administrationId)(item)[0];
    const writer = contactOf ? this.known.contacts.contactOf(contactOf) : null;
    const begins = !this.known.threads.has(conversationKey(data));
    const thread = this.thread(item, administrationId, writer);
    const contactId = writer ?? thread.row.contactId;
    const target = data.relation
      ? this.known.messages.get(accountKey(data.channel, data.account, data.relation.to))
      : undefined;
    const asked = this.known.questions.get(item);
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
      this.known.belongs.add(caseId, contactId, opensCase(admission) ? address : undefined);
      // In public the thread is everybody's: it keeps the case it began with.
      if (!(thread.row.caseId && data.flags?.public)) thread.row.caseId = caseId;
    }
    if (data.author === 'contact' && !data.flags?.automatic)
      thread.row.lastInboundAt = later(thread.row.lastInboundAt, new Date(data.sentAt));
    const now = { id: messageId, administrationId, caseId, conversationId: thread.row.id, letterId: null };
    this.known.messages.set(messageKey(data), now);
    if (data.citedAs) this.known.messages.set(accountKey(data.channel, data.account, data.citedAs), now);
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
      known: contactId !== null && this.known.contacts.isKnown(contactId),
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
    const thread = this.known.threads.get(key) ?? { row: letter.conversation, isNew: false, added: 0 };
    this.known.threads.set(key, thread);
    thread.row.lastInboundAt = later(thread.row.lastInboundAt, new Date(data.sentAt));
    const { caseId } = letter;
    this.known.messages.set(messageKey(data), {
      id: data.id,
      administrationId: letter.administrationId,
      caseId,
      conversationId: thread.row.id,
      letterId: letter.id,
    });
    const target = data.relation
      ? this.known.messages.get(accountKey(data.channel, data.account, data.relation.to))
      : undefined;
    return {
      item,
      messageId: data.id,
      administrationId: letter.administrationId,
      manifest: this.known.manifests.get(data.channel),
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
    const found = this.known.threads.get(key);
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
    this.known.threads.set(key, thread);
    return thread;
  }

  /** The case whose number is written in a message: one of the writer's, if any is. */
  private claimedCase({ data }: MessageItem, administrationId: string, contactId: string | null): Claimed | undefined {
    const claimed = (data.thread?.caseNumbers ?? []).map(normalNumber).flatMap(number => {
      const id = number && this.known.claimed.get(JSON.stringify([administrationId, number]));
      return id ? [{ id, number, participant: this.known.belongs.has(id, contactId, data.from) }] : [];
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
      const caseId = id && (this.known.cases.get(id)?.id ?? id);
      if (caseId) return { kind: 'continue', case: caseId, because: 'reference', stranger: false };
      if (target || STILL.has(relation.kind)) return { kind: 'record', because: 'not_a_matter' };
    }
    const known = (id: string | null | undefined): KnownCase | undefined => (id ? this.known.cases.get(id) : undefined);
    const pointed = (found: KnownCase | undefined): Pointed | undefined =>
      found && { case: found, participant: this.known.belongs.has(found.id, contactId, data.from) };
    const answers = [...(relation ? [relation.to] : []), ...(data.thread?.references ?? [])];
    const token = this.known
      .tokenCases(data)
      .map(known)
      .find(found => found !== undefined);
    const passedOn = this.known.answers.get(item);
    const reference = passedOn
      ? known(passedOn.letter.caseId)
      : answers
          .map(id => known(this.known.messages.get(accountKey(data.channel, data.account, id))?.caseId))
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
      this.known.pages.rules(thread.row.administrationId),
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
        this.known.cases.set(admission.case, { id: admission.case, state: 'triage', endedAt: null });
        return admission.case;
      case 'open':
      case 'follow_up': {
        const id = newId();
        this.known.cases.set(id, { id, state: 'received', endedAt: null });
        return id;
      }
    }
  }
}
