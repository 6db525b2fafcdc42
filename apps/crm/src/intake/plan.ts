import type { Address, Capabilities, CaseRef, ChannelManifest } from '@filodiretto/contracts';
import { mayAcknowledge, type Actor, type Admission } from '@filodiretto/domain';
import type { Conversation } from '../conversation/conversation.entity.js';
import type { Answer } from '../letter/answers.js';
import { answerAddress } from '../message/order.js';
import type { ConsentQuestion } from '../privacy/consents-heard.js';
import type { MessageItem } from './item.js';
import type { Recipient } from './recent-traffic.js';

export const SYSTEM: Actor = { kind: 'system' };

/** What a message turned out to do. */
export interface Plan {
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

/** A case whose number is written in a message, and whether its writer belongs to it. */
export interface Claimed extends CaseRef {
  readonly participant: boolean;
}

/** An answer to a letter of ours that is said among offices. */
export type InternalAnswer = Exclude<Answer, { kind: 'citizen' }>;

/** A conversation as the batch leaves it. */
export interface Thread {
  readonly row: Conversation;
  readonly isNew: boolean;
  /** How many messages the batch adds. */
  added: number;
}

/** Whether it begins a case. */
export const opensCase = ({ kind }: Admission): boolean => kind === 'open' || kind === 'follow_up';
/** Whether a plan begins a case. */
export const opens = ({ admission }: Plan): boolean => opensCase(admission);

/** Whether it joins a case that its sender does not belong to. */
export const isStranger = (admission: Admission): boolean =>
  'stranger' in admission && admission.stranger && !opensCase(admission);

/** Only what was looked at and found good: a channel that says nothing proves nothing. */
export const isAuthenticated = ({ from, flags }: MessageItem['data']): boolean =>
  from.verified === true && !flags?.unauthenticated;

/** Whether the sender may say where they are answered: in a case that a message only cites, who proves nothing may not. */
export const maySayWhere = ({ data }: MessageItem, admission: Admission): boolean =>
  opensCase(admission) || admission.because !== 'reference' || isAuthenticated(data);

/** Where whoever wrote is answered. */
export const answeredAt = (item: MessageItem, admission: Admission): Address =>
  maySayWhere(item, admission) ? answerAddress(item.data.from, item.data.replyTo) : item.data.from;

/** A thread may have been begun by somebody else: what opens a case is answered to who wrote it. */
export const recipientOf = ({
  administrationId,
  contactId,
  conversation: { row },
  item,
  admission,
}: Plan): Recipient => ({
  administrationId,
  contactId,
  address: contactId === row.contactId ? row.address : answeredAt(item, admission),
});

/** Whether a message is to be acknowledged, unless too much was said already. */
export const acknowledgementIsDue = ({ manifest, admission, item: { data } }: Plan): boolean =>
  !data.flags?.unauthenticated &&
  mayAcknowledge({
    channelAcknowledges: acknowledges(manifest),
    admission: admission.kind,
    author: data.author,
    automatic: data.flags?.automatic,
    public: data.flags?.public,
    call: data.content.some(({ type }) => type === 'call'),
  });

const acknowledges = (manifest: ChannelManifest | undefined): boolean => {
  const capabilities: Capabilities | undefined = manifest?.capabilities;
  return capabilities?.acknowledge === true && capabilities.reply === true;
};

/** Who does what a message does: whoever wrote it. */
export function actorOf({ contactId, item, answer }: Plan): Actor {
  if (answer) return answer.kind === 'answer' ? answererOf(answer) : SYSTEM;
  return item.data.author === 'contact' ? { kind: 'contact', id: contactId } : SYSTEM;
}

/** The operator, when the address is one's own; else the office; a body outside that was asked is an office without an id. */
function answererOf({ letter, operator }: Extract<Answer, { kind: 'answer' }>): Actor {
  if (operator) return { kind: 'operator', id: operator };
  return letter.officeId || letter.taskId ? { kind: 'office', id: letter.officeId } : SYSTEM;
}
