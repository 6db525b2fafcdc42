import type { MediaPart } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the administration writes to one of its offices or operators, or to a body outside. */
@Entity('letter')
export class LetterRow {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('text') kind: string;
  @Column('uuid', { nullable: true }) caseId: string | null;
  @Column('uuid', { nullable: true }) taskId: string | null;
  @Column('uuid', { nullable: true }) officeId: string | null;
  @Column('uuid', { nullable: true }) operatorId: string | null;
  /** Of a body outside. */
  @Column('text', { nullable: true }) address: string | null;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text') subject: string;
  @Column('text') text: string;
  @Column('jsonb') files: MediaPart[];
  /** What may be done from it without logging in. */
  @Column('text', { array: true }) actions: string[];
  /** `waiting` while nothing can carry it. */
  @Column('text') state: 'waiting' | 'queued';
  /** Why it waits, for a person. */
  @Column('text', { nullable: true }) trouble: string | null;
  @Column('integer') tries: number;
  @Column('timestamptz', { nullable: true }) nextTryAt: Date | null;
  @Column('uuid', { nullable: true }) conversationId: string | null;
  /** The address it went to. */
  @Column('text', { nullable: true }) sentTo: string | null;
  @Column('text', { nullable: true }) cause: string | null;
  @Column('timestamptz') createdAt: Date;
}
