import type { EventType } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type ParkedKind = 'failed' | 'doubtful' | 'unreadable';
export type ParkedState = 'waiting' | 'retried' | 'discarded';

/** Something that could not be taken in by itself: a person looks, and retries it or discards it with a reason. */
@Entity('parked')
export class Parked {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { nullable: true }) administrationId: string | null;
  @Column('text') eventId: string;
  @Column('text') type: EventType;
  @Column('text') kind: ParkedKind;
  @Column('text') channel: string;
  @Column('text') account: string;
  @Column('text', { nullable: true }) conversation: string | null;
  @Column('text', { nullable: true }) externalId: string | null;
  @Column('text') reason: string;
  @Column('text', { nullable: true }) errorClass: string | null;
  @Column('uuid', { nullable: true }) receptionId: string | null;
  @Column('integer', { nullable: true }) itemIndex: number | null;
  @Column('jsonb') payload: object;
  @Column('integer') tries: number;
  /** When it is tried again by itself; null: only a person can. */
  @Column('timestamptz', { nullable: true }) nextTryAt: Date | null;
  @Column('text') state: ParkedState;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) settledAt: Date | null;
  @Column('uuid', { nullable: true }) settledBy: string | null;
  @Column('text', { nullable: true }) settledReason: string | null;
}
