import type { FateName } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One fact of one delivery to us, settled. What the reconciler compares with the raw store. */
@Entity('reception_item')
export class ReceptionItemRow {
  @PrimaryColumn('uuid') receptionId: string;
  @PrimaryColumn('integer') itemIndex: number;
  @Column('integer') itemCount: number;
  @Column('text') channel: string;
  @Column('text') account: string;
  @Column('text') fate: FateName;
  @Column('uuid', { nullable: true }) messageId: string | null;
  @Column('uuid', { nullable: true }) caseId: string | null;
  @Column('timestamptz') recordedAt: Date;
}
