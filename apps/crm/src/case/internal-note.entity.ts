import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What staff say among themselves inside a case. Never sent. */
@Entity('internal_note')
export class InternalNote {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') caseId: string;
  @Column('uuid', { nullable: true }) operatorId: string | null;
  @Column('uuid', { nullable: true }) officeId: string | null;
  @Column('uuid', { nullable: true }) taskId: string | null;
  @Column('uuid', { nullable: true }) linkId: string | null;
  @Column('text') text: string;
  @Column('timestamptz') createdAt: Date;
}
