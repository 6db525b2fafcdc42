import type {
  Address,
  Author,
  Direction,
  EvidenceView,
  InboundFlags,
  Part,
  RefusalReason,
  RelationKind,
  RoutingHints,
  SendState,
  Thread,
  Visibility,
} from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One thing said, in or out; a call is one. */
@Entity('message')
export class Message {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') conversationId: string;
  /** Place in its conversation as it reached us; people see `sentAt`, then this. */
  @Column('integer') seq: number;
  @Column('uuid', { nullable: true }) caseId: string | null;
  /** The case it was said in, when it is read in another since. */
  @Column('uuid', { nullable: true }) movedFrom: string | null;
  @Column('uuid', { nullable: true }) contactId: string | null;
  @Column('text') direction: Direction;
  @Column('text') author: Author;
  @Column('uuid', { nullable: true }) operatorId: string | null;
  /** Why a machine wrote it: an `AutomaticKind` when it came in, `acknowledgement` or `notification` when it went out. */
  @Column('text', { nullable: true }) automatic: string | null;
  /** By whom a machine of ours is read: counted, so that nobody is written to too often. */
  @Column('bytea', { nullable: true }) automaticTo: Buffer | null;
  @Column('text') channel: string;
  @Column('text') account: string;
  /** Unknown until the provider accepts what went out. */
  @Column('text', { nullable: true }) externalId: string | null;
  /** The id by which answers cite it, when that is another. */
  @Column('text', { nullable: true }) citedAs: string | null;
  /** Our own message, of which this one is the provider's echo. */
  @Column('uuid', { nullable: true }) copyOf: string | null;
  /** Who wrote, or to whom. */
  @Column('jsonb') address: Address;
  @Column('text', { nullable: true }) subject: string | null;
  @Column('jsonb') content: Part[];
  @Column('integer') revision: number;
  /** Title and words, for search. */
  @Column('text') text: string;
  @Column('text') visibility: Visibility;
  @Column('jsonb') flags: InboundFlags;
  /** What the channel knew of the thread and who else may be answered, and what intake made of it. */
  @Column('jsonb', { nullable: true }) evidence: MessageEvidence | null;
  @Column('text', { nullable: true }) relationKind: RelationKind | null;
  /** External id of the earlier message. */
  @Column('text', { nullable: true }) relationTo: string | null;
  /** The earlier message, when we know it. */
  @Column('uuid', { nullable: true }) relationId: string | null;
  /** The letter to an office that it is, or answers. */
  @Column('uuid', { nullable: true }) letterId: string | null;
  @Column('text', { nullable: true }) sendState: SendState | null;
  @Column('smallint', { nullable: true }) sendRank: number | null;
  @Column('integer', { nullable: true }) attempt: number | null;
  @Column('text', { nullable: true }) refusalReason: RefusalReason | null;
  /** The provider's words, for a person. */
  @Column('text', { nullable: true }) sendDetail: string | null;
  @Column('timestamptz', { nullable: true }) queuedAt: Date | null;
  @Column('timestamptz', { nullable: true }) sendingAt: Date | null;
  @Column('timestamptz', { nullable: true }) acceptedAt: Date | null;
  @Column('timestamptz', { nullable: true }) leftAt: Date | null;
  @Column('timestamptz', { nullable: true }) deliveredAt: Date | null;
  @Column('timestamptz', { nullable: true }) readAt: Date | null;
  @Column('timestamptz', { nullable: true }) failedAt: Date | null;
  /** SHA-256 of the tracking code that the citizen was given with it. */
  @Column('bytea', { nullable: true }) trackingHash: Buffer | null;
  /** By the provider's clock. */
  @Column('timestamptz') sentAt: Date;
  @Column('timestamptz') receivedAt: Date;
  @Column('timestamptz') createdAt: Date;
  @Column('uuid', { nullable: true }) receptionId: string | null;
  @Column('integer', { nullable: true }) itemIndex: number | null;
  @Column('text', { nullable: true }) rawSha256: string | null;
  @Column('text', { nullable: true }) rawMediaType: string | null;
  /** Bytes; bigint arrives as text. */
  @Column('bigint', { nullable: true }) rawSize: string | null;
}

export interface MessageEvidence extends EvidenceView {
  readonly thread?: Thread | undefined;
  /** What its channel knew of what it is about. */
  readonly hints?: RoutingHints | undefined;
  /** Of the message that opened a case: who wrote had written before, or was known otherwise. */
  readonly known?: boolean | undefined;
  /** Only where the sender may say who else is answered. */
  readonly replyTo?: readonly Address[] | undefined;
  /** Where the conversation is asked for in writing. */
  readonly transcriptTo?: Address | undefined;
  /** Of a public answer: what in it looks like personal data, and why it may be public all the same. */
  readonly confirmed?: { readonly kinds: readonly string[]; readonly reason: string } | undefined;
}
