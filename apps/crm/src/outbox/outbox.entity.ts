import type { EventType } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What must be said on the bus, in order; gone when the bus holds it. Written by the ledger only. */
@Entity('outbox')
export class OutboxRow {
  /** bigint as text. */
  @PrimaryColumn('bigint') id: string;
  /** The event's own id: the same for every publication of it. */
  @Column('text') eventId: string;
  @Column('text') type: EventType;
  /** Rows of the same value leave one after the other. */
  @Column('text') ordering: string;
  @Column('text') subject: string;
  @Column('jsonb') payload: object;
  @Column('jsonb') headers: Record<string, string>;
  @Column('timestamptz') createdAt: Date;
  /** When it is to leave; null: at once. */
  @Column('timestamptz', { nullable: true }) dueAt: Date | null;
}
