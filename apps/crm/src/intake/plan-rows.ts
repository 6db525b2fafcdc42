import type { Author, InboundFlags, Unacknowledged } from '@filodiretto/contracts';
import { SEND_RANK, type Admission } from '@filodiretto/domain';
import type { NewMessage } from '../message/message-rows.js';
import type { Heard } from '../privacy/consents-heard.js';
import type { Settled } from '../reception/fates.js';
import { isStranger, maySayWhere, opensCase, type Plan } from './plan.js';
import { trackingHashOf } from './tracking.js';
import { searchText } from './words.js';

/** The row of the message of a plan. `why`: it is not acknowledged, because. */
export function messageOf(plan: Plan, why: Unacknowledged | undefined): NewMessage {
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
  const { thread, replyTo, transcriptTo, hints } = item.data;
  const evidence = {
    ...(thread ? { thread } : {}),
    ...(hints && (admission.kind === 'open' || admission.kind === 'follow_up') ? { hints } : {}),
    ...(replyTo && maySayWhere(item, admission) ? { replyTo } : {}),
    ...(transcriptTo && maySayWhere(item, admission) ? { transcriptTo } : {}),
    ...(isStranger(admission) ? { stranger: true } : {}),
    ...(claimed ? { claimedCase: { id: claimed.id, number: claimed.number } } : {}),
    ...(why ? { unacknowledged: why } : {}),
    ...(known && opensCase(admission) ? { known } : {}),
  };
  return Object.keys(evidence).length > 0 ? evidence : null;
}

const visibilityOf = (flags: InboundFlags): 'public' | 'parties' => (flags.public ? 'public' : 'parties');

/** Who of ours answered in the provider's own application has already sent it. */
const isOurs = (author: Author): boolean => author !== 'contact';

/** What a citizen may have decided by a message of theirs; the answers to letters of ours decide nothing. */
export const heardOf = ({ item: { data }, answer, ...plan }: Plan): Heard[] =>
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

/** What became of what its channel delivered. */
export const fateOf = (admission: Admission): Settled['fate'] =>
  admission.kind === 'record'
    ? 'recorded'
    : admission.kind === 'continue' || admission.kind === 'reopen'
      ? 'joined'
      : 'opened';
