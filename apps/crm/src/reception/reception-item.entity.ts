import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of one fact of a reception. */
export const FATES = ['opened', 'joined', 'duplicate', 'recorded', 'progress', 'parked', 'empty'] as const;
export type Fate = (typeof FATES)[number];

/** One fact of one delivery to us, settled. What the reconciler compares with the raw store. */
@Entity('reception_item')
export class ReceptionItemRow {
  @PrimaryColumn('uuid') receptionId: string;
  @PrimaryColumn('integer') itemIndex: number;
  @Column('integer') itemCount: number;
  @Column('text') channel: string;
  @Column('text') account: string;
  @Column('text') fate: Fate;
  @Column('uuid', { nullable: true }) messageId: string | null;
  @Column('uuid', { nullable: true }) caseId: string | null;
  @Column('timestamptz') recordedAt: Date;
}
