import type { Address } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A thread on one account of one channel. */
@Entity('conversation')
export class Conversation {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('text') channel: string;
  @Column('text') account: string;
  /** Opaque to all but its channel. */
  @Column('text') key: string;
  @Column('uuid', { nullable: true }) contactId: string | null;
  /** Where an answer goes. */
  @Column('jsonb') address: Address;
  /** The case its last message went to. */
  @Column('uuid', { nullable: true }) caseId: string | null;
  /** The letter that began it: then it is the administration's own, and no citizen is answered there. */
  @Column('uuid', { nullable: true }) letterId: string | null;
  @Column('integer') lastSeq: number;
  /** By the provider's clock. */
  @Column('timestamptz', { nullable: true }) lastInboundAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
