import type { FetchState, MediaKind, ScanState } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A media part of a message, with its own fate: the message exists at once, its bytes when they arrive. */
@Entity('attachment')
export class Attachment {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') messageId: string;
  /** Which part of the message, from 0. */
  @Column('integer') part: number;
  @Column('text') kind: MediaKind;
  @Column('text') mediaType: string;
  @Column('text', { nullable: true }) filename: string | null;
  @Column('text', { nullable: true }) inlineId: string | null;
  @Column('text', { nullable: true }) sha256: string | null;
  /** Bytes; bigint arrives as text. */
  @Column('bigint', { nullable: true }) size: string | null;
  @Column('text') fetchState: FetchState;
  @Column('text') scanState: ScanState;
  @Column('text', { nullable: true }) source: string | null;
  @Column('integer') tries: number;
  @Column('timestamptz', { nullable: true }) nextTryAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
