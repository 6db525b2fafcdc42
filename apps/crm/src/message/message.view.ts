import type {
  Address,
  Author,
  Direction,
  EvidenceView,
  FetchState,
  InboundFlags,
  MessageView,
  Part,
  PartView,
  RefusalReason,
  RelationKind,
  ScanState,
  SendState,
  Visibility,
} from '@filodiretto/contracts';
import { mayRetry } from '@filodiretto/domain';
import { at, atOrNull, present } from '../http/present.js';

interface AttachmentRow {
  readonly id: string;
  readonly part: number;
  readonly fetch_state: FetchState;
  readonly scan_state: ScanState;
  readonly size: number | null;
}

/** A message as PostgreSQL's JSON gives it. */
export interface MessageRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly direction: Direction;
  readonly author: Author;
  readonly operator_id: string | null;
  readonly operator_name: string | null;
  readonly automatic: string | null;
  readonly channel: string;
  readonly account: string;
  readonly address: Address;
  readonly subject: string | null;
  readonly content: readonly Part[];
  readonly revision: number;
  readonly visibility: Visibility;
  readonly flags: InboundFlags;
  readonly evidence: EvidenceView | null;
  readonly relation_kind: RelationKind | null;
  readonly relation_id: string | null;
  readonly letter: {
    readonly id: string;
    readonly kind: string;
    readonly office_id: string | null;
    readonly office_name: string | null;
    readonly operator_id: string | null;
    readonly operator_name: string | null;
    readonly name: string | null;
  } | null;
  readonly send_state: SendState | null;
  readonly attempt: number | null;
  readonly refusal_reason: RefusalReason | null;
  readonly send_detail: string | null;
  readonly queued_at: string | Date | null;
  readonly held_until: string | Date | null;
  readonly accepted_at: string | Date | null;
  readonly left_at: string | Date | null;
  readonly delivered_at: string | Date | null;
  readonly read_at: string | Date | null;
  readonly failed_at: string | Date | null;
  readonly sent_at: string | Date;
  readonly received_at: string | Date;
  readonly has_original: boolean;
  readonly attachments: readonly AttachmentRow[];
}

const COLUMNS = `
  s.id, s.conversation_id, s.seq, s.direction, s.author, s.operator_id, p.name as operator_name, s.automatic, s.channel,
  s.account, s.address, s.subject, s.content, s.revision, s.visibility, s.flags, s.evidence - '{thread,replyTo,transcriptTo,hints,known,confirmed}'::text[] as evidence, s.relation_kind, s.relation_id,
  s.send_state, s.attempt, s.refusal_reason, s.send_detail, s.queued_at, s.held_until, s.accepted_at, s.left_at, s.delivered_at,
  s.read_at, s.failed_at, s.sent_at, s.received_at, s.raw_sha256 is not null as has_original,
  (select coalesce(json_agg(json_build_object('id', a.id, 'part', a.part, 'fetch_state', a.fetch_state,
      'scan_state', a.scan_state, 'size', a.size)), '[]')
   from attachment a where a.message_id = s.id) as attachments,
  (select json_build_object('id', l.id, 'kind', l.kind, 'office_id', l.office_id, 'office_name', lo.name,
      'operator_id', l.operator_id, 'operator_name', lp.name, 'name', l.name)
   from letter l left join office lo on lo.id = l.office_id left join operator lp on lp.id = l.operator_id
   where l.id = s.letter_id) as letter`;

/** SQL of the messages of the case `c`, as people read them, as one JSON list. An echo of our own message is not said twice. */
export const messagesJson = `(
  select coalesce(json_agg(m order by m.sent_at, m.seq), '[]') from (
    select ${COLUMNS} from message s left join operator p on p.id = s.operator_id
    where s.case_id = c.id and s.copy_of is null
  ) m)`;

/** SQL of one message by its administration and id. */
export const ONE_MESSAGE = `
  select ${COLUMNS} from message s left join operator p on p.id = s.operator_id
  where s.administration_id = $1 and s.id = $2`;

export const messageView = (row: MessageRow): MessageView => ({
  id: row.id,
  conversation: row.conversation_id,
  direction: row.direction,
  author: row.author,
  ...(row.operator_id !== null && row.operator_name !== null
    ? { operator: { id: row.operator_id, name: row.operator_name } }
    : {}),
  channel: row.channel,
  account: row.account,
  address: row.address,
  ...present({ automatic: row.automatic, subject: row.subject }),
  content: row.content.map((part, index) => partView(row, part, index)),
  revision: row.revision,
  visibility: row.visibility,
  ...(Object.keys(row.flags).length > 0 ? { flags: row.flags } : {}),
  ...(Object.keys(row.evidence ?? {}).length > 0 ? { evidence: row.evidence ?? {} } : {}),
  ...(row.relation_kind === null
    ? {}
    : { relation: { kind: row.relation_kind, ...present({ message: row.relation_id }) } }),
  ...(row.letter ? { letter: letterView(row, row.letter) } : {}),
  ...(row.send_state === null ? {} : { send: sendView(row, row.send_state) }),
  sentAt: at(row.sent_at),
  receivedAt: at(row.received_at),
  ...(row.has_original ? { original: `/api/messages/${row.id}/original` } : {}),
});

const letterView = (
  row: MessageRow,
  { id, kind, office_id, office_name, operator_id, operator_name, name }: NonNullable<MessageRow['letter']>,
): NonNullable<MessageView['letter']> => ({
  id,
  kind,
  ...(office_id !== null && office_name !== null ? { office: { id: office_id, name: office_name } } : {}),
  ...(operator_id !== null && operator_name !== null ? { operator: { id: operator_id, name: operator_name } } : {}),
  ...present({ name }),
  ...(row.direction === 'in' ? { verified: row.author === 'office' } : {}),
});

const sendView = (row: MessageRow, state: SendState): NonNullable<MessageView['send']> => ({
  state,
  attempt: row.attempt ?? 1,
  ...present({
    reason: row.refusal_reason,
    detail: row.send_detail,
    queuedAt: atOrNull(row.queued_at),
    heldUntil: state === 'queued' ? atOrNull(row.held_until) : null,
    acceptedAt: atOrNull(row.accepted_at),
    sentAt: atOrNull(row.left_at),
    deliveredAt: atOrNull(row.delivered_at),
    readAt: atOrNull(row.read_at),
    failedAt: atOrNull(row.failed_at),
  }),
  mayRetry: row.author !== 'external_app' && mayRetry(state),
});

/** A part without what never leaves the back end: where its bytes are kept, and how its channel fetches them. */
function partView(message: MessageRow, part: Part, index: number): PartView {
  const href = `/api/messages/${message.id}/parts/${index}`;
  switch (part.type) {
    case 'text':
      return {
        type: 'text',
        text: part.text,
        ...(part.visible === undefined ? {} : { visible: part.visible }),
        ...(part.whole ? { href } : {}),
      };
    case 'html':
      return { type: 'html', href };
    case 'calendar':
      return {
        type: 'calendar',
        method: part.method,
        summary: part.summary,
        ...present({ startsAt: part.startsAt }),
        href,
      };
    case 'media': {
      const attachment = message.attachments.find(one => one.part === index);
      const fetch = attachment?.fetch_state ?? part.fetch;
      return {
        type: 'media',
        kind: part.kind,
        mediaType: part.mediaType,
        ...present({
          attachment: attachment?.id,
          filename: part.filename,
          caption: part.caption,
          inlineId: part.inlineId,
          size: attachment?.size,
        }),
        fetch,
        scan: attachment?.scan_state ?? part.scan,
        ...(attachment && fetch === 'done' ? { href: `/api/attachments/${attachment.id}` } : {}),
      };
    }
    default:
      return part;
  }
}
