import { Inject, Injectable } from '@nestjs/common';
import type { Address, ChannelManifest, MediaPart, Part } from '@filodiretto/contracts';
import { MAILBOX } from '@filodiretto/contracts/model';
import { SEND_RANK, type LetterTrouble } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { ActionLinks } from '../action/action-links.js';
import type { CaseFile } from '../case/case-file.entity.js';
import type { Announcement } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import { ReplyTokens } from '../intake/reply-token.js';
import { searchText } from '../intake/words.js';
import type { NewMessage } from '../message/message-rows.js';
import { announcementOf, orderOf } from '../message/order.js';
import { whyNot } from '../message/reply-rules.js';
import { Screening } from '../attachment/screening.js';
import { Administrations } from '../routing/administrations.js';
import type { LetterRow } from './letter.entity.js';

const MAX_REFERENCES = 30;
/** A channel that has not renewed its announcement for this long does not run. */
const SILENT_MS = 90_000;

/** A letter ready for its channel, or why it cannot leave yet. */
export type Envelope =
  | {
      readonly kind: 'ready';
      /** The office it is for, also when it is for one of its operators. */
      readonly officeId: string | null;
      readonly message: NewMessage;
      readonly conversation: Conversation;
      /** The conversation begins with this letter. */
      readonly isNew: boolean;
      readonly announcement: Announcement<'message.queued.v1'>;
    }
  | {
      readonly kind: 'delayed';
      readonly officeId: string | null;
      readonly because: LetterTrouble;
      readonly detail: string;
    };

interface Recipient {
  readonly officeId: string | null;
  readonly name: string;
  readonly email: string | null;
}
interface Way {
  readonly account: string;
  readonly manifest: ChannelManifest;
}
interface Begun {
  readonly conversation: Conversation;
  readonly isNew: boolean;
  /** External ids, the latest first. */
  readonly earlier: readonly { readonly externalId: string; readonly direction: string }[];
}

/** Finds for each letter where it goes, by which channel and in which thread. */
@Injectable()
export class Envelopes {
  constructor(
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(ReplyTokens) private readonly tokens: ReplyTokens,
    @Inject(ActionLinks) private readonly links: ActionLinks,
    @Inject(Screening) private readonly screening: Screening,
  ) {}

  /** An envelope for each letter, by its id. Throws when a recipient is not of the letter's administration. */
  async address(
    manager: EntityManager,
    letters: readonly LetterRow[],
    caseFile: (id: string) => CaseFile | undefined,
  ): Promise<Map<string, Envelope>> {
    const recipients = await recipientsOf(manager, letters);
    const envelopes = new Map<string, Envelope>();
    const begun = new Map<string, Begun>();
    for (const letter of letters) {
      const recipient = recipients.get(letter.id);
      if (!recipient) throw new Error(`letter ${letter.id} is for somebody that its administration does not have`);
      const about = letter.caseId === null ? undefined : caseFile(letter.caseId);
      const ways = await this.ways(letter.administrationId, about);
      envelopes.set(letter.id, await this.enclose(manager, letter, recipient, ways, about, begun));
    }
    return envelopes;
  }

  /** The files that nothing was found in. */
  private async fit({ administrationId, files }: LetterRow): Promise<MediaPart[]> {
    if (files.length === 0) return [];
    const fit = await this.screening.fit(
      administrationId,
      files.flatMap(({ blob }) => blob?.sha256 ?? []),
    );
    return files.filter(({ blob }) => blob !== undefined && fit.has(blob.sha256));
  }

  private async enclose(
    manager: EntityManager,
    letter: LetterRow,
    { officeId, name, email }: Recipient,
    ways: readonly Way[],
    about: CaseFile | undefined,
    begun: Map<string, Begun>,
  ): Promise<Envelope> {
    const delayed = (because: LetterTrouble, detail: string): Envelope => ({
      kind: 'delayed',
      officeId,
      because,
      detail,
    });
    if (!email) return delayed('no_address', `${name} has no e-mail address.`);
    const [way] = ways;
    if (!way) return delayed('no_channel', 'No channel of the administration can write to an e-mail address.');
    const { account, manifest } = way;
    const { capabilities } = manifest;
    const subject = titleOf(letter, about);
    const words = capabilities.subject ? letter.text : `${subject}\n\n${letter.text}`;
    const content: Part[] = [{ type: 'text', text: words }, ...fitting(await this.fit(letter), manifest)];
    const now = new Date();
    const no = whyNot({ content, author: 'automation', visibility: 'internal' }, capabilities, {
      starts: true,
      lastInboundAt: null,
      now,
    });
    if (no) return delayed('no_channel', no.detail);
    const address: Address = { kind: MAILBOX, value: email, displayName: name };
    const thread = await this.thread(manager, letter, address, manifest.id, account, begun);
    thread.conversation.lastSeq += 1;
    const message = {
      id: newId(),
      administrationId: letter.administrationId,
      conversationId: thread.conversation.id,
      seq: thread.conversation.lastSeq,
      caseId: letter.caseId,
      contactId: null,
      letterId: letter.id,
      direction: 'out' as const,
      author: 'automation' as const,
      operatorId: null,
      automatic: 'notification' as const,
      channel: manifest.id,
      account,
      address,
      subject: capabilities.subject ? subject : null,
      content,
      text: searchText(subject, content),
      visibility: 'internal' as const,
      sendState: 'queued' as const,
      sendRank: SEND_RANK.queued,
      attempt: 1,
      queuedAt: now,
      sentAt: now,
      receivedAt: now,
    };
    const leaving = { ...message, content: await this.links.enclose(manager, { ...letter, officeId }, content) };
    const order = orderOf(leaving, thread.conversation, {
      token: this.tokens.letterTokenOf(letter.administrationId, letter.id),
      inReplyTo: thread.earlier.find(one => one.direction === 'in')?.externalId,
      references: thread.earlier.map(one => one.externalId).reverse(),
    });
    return {
      kind: 'ready',
      officeId,
      message,
      conversation: thread.conversation,
      isNew: thread.isNew,
      announcement: announcementOf(order, thread.conversation.id, letter.cause),
    };
  }

  /** The accounts of the administration from which one can write: the case's own first, then those of channels that run. */
  private async ways(administrationId: string, about: CaseFile | undefined): Promise<Way[]> {
    const ways: (Way & { readonly rank: number })[] = [];
    for (const { manifest, accounts, seenAt } of await this.administrations.ownAccounts(
      this.channels.announcements(),
      administrationId,
    )) {
      const { initiate, text, addressKinds } = manifest.capabilities;
      if (!initiate || !text || !addressKinds?.includes(MAILBOX)) continue;
      const runs = Date.now() - Date.parse(seenAt) < SILENT_MS;
      for (const account of accounts) {
        const same = about?.channel === manifest.id && about.account === account;
        ways.push({ account, manifest, rank: (runs ? 0 : 2) + (same ? 0 : 1) });
      }
    }
    return ways.sort((a, b) => a.rank - b.rank);
  }

  /** The thread of earlier letters about the same to the same address, or a new one. */
  private async thread(
    manager: EntityManager,
    letter: LetterRow,
    address: Address,
    channel: string,
    account: string,
    begun: Map<string, Begun>,
  ): Promise<Begun> {
    const key = JSON.stringify([letter.caseId, letter.taskId, channel, account, address.value]);
    const same =
      letter.caseId === null
        ? undefined
        : (begun.get(key) ?? (await earlierThread(manager, letter, address, channel, account)));
    const thread = same ?? {
      isNew: true,
      earlier: [],
      conversation: {
        id: newId(),
        administrationId: letter.administrationId,
        channel,
        account,
        key: `letter:${letter.id}`,
        contactId: null,
        address,
        caseId: letter.caseId,
        letterId: letter.id,
        lastSeq: 0,
        lastInboundAt: null,
        createdAt: new Date(),
      },
    };
    begun.set(key, thread);
    return thread;
  }
}

/** Who each letter is for, by the letter's id. */
async function recipientsOf(manager: EntityManager, letters: readonly LetterRow[]): Promise<Map<string, Recipient>> {
  const inside = letters.filter(letter => letter.address === null);
  const found = new Map<string, Recipient>(
    letters.flatMap(({ id, officeId, address, name }) =>
      address === null ? [] : [[id, { officeId, name: name ?? address, email: address }]],
    ),
  );
  if (inside.length === 0) return found;
  const rows: { id: string; office_id: string; name: string; email: string | null }[] = await manager.query(
    `select l.id, o.id as office_id, coalesce(p.name, o.name) as name,
       lower(trim(coalesce(case when p.active then p.email end, o.email))) as email
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) l(id, administration_id, office_id, operator_id)
       left join operator p on p.id = l.operator_id and p.administration_id = l.administration_id
       join office o on o.administration_id = l.administration_id
         and o.id = case when l.operator_id is null then l.office_id else p.office_id end`,
    [
      inside.map(letter => letter.id),
      inside.map(letter => letter.administrationId),
      inside.map(letter => letter.officeId),
      inside.map(letter => letter.operatorId),
    ],
  );
  for (const { id, office_id: officeId, name, email } of rows) found.set(id, { officeId, name, email: email || null });
  return found;
}

async function earlierThread(
  manager: EntityManager,
  { caseId, taskId }: LetterRow,
  address: Address,
  channel: string,
  account: string,
): Promise<Begun | undefined> {
  const rows: (Omit<Conversation, 'lastSeq'> & { lastSeq: number })[] = await manager.query(
    `select v.id, v.administration_id as "administrationId", v.channel, v.account, v.key, v.contact_id as "contactId",
       v.address, v.case_id as "caseId", v.letter_id as "letterId", v.last_seq as "lastSeq",
       v.last_inbound_at as "lastInboundAt", v.created_at as "createdAt"
     from letter l join conversation v on v.id = l.conversation_id
     where l.case_id = $1 and l.task_id is not distinct from $2 and l.sent_to = $3 and v.channel = $4 and v.account = $5
     order by l.created_at desc limit 1 for update of v`,
    [caseId, taskId, address.value, channel, account],
  );
  const [conversation] = rows;
  if (!conversation) return undefined;
  const earlier: { externalId: string; direction: string }[] = await manager.query(
    `select external_id as "externalId", direction from message
     where conversation_id = $1 and external_id is not null and copy_of is null order by seq desc limit ${MAX_REFERENCES}`,
    [conversation.id],
  );
  return { conversation, isNew: false, earlier };
}

/** The title of a letter: with the number of its case, so that people find it again. */
const titleOf = ({ subject }: LetterRow, about: CaseFile | undefined): string =>
  !about || subject.includes(about.number) ? subject : `${subject} [#${about.number}]`;

/** The files that the channel carries, of those whose bytes we hold and which no virus check refused. */
function fitting(files: readonly MediaPart[], { capabilities }: ChannelManifest): MediaPart[] {
  const { max = 0, maxBytes = 0 } = capabilities.attachments ?? {};
  let left = maxBytes;
  const fit: MediaPart[] = [];
  for (const file of files) {
    const size = file.blob?.size ?? Infinity;
    if (fit.length >= max || size > left || (file.scan !== 'clean' && file.scan !== 'skipped')) continue;
    left -= size;
    fit.push(file);
  }
  return fit;
}
