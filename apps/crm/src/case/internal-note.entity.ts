import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What staff say among themselves inside a case. Never sent. */
@Entity('internal_note')
export class InternalNote {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') caseId: string;
  @Column('uuid') operatorId: string;
  @Column('text') text: string;
  @Column('timestamptz') createdAt: Date;
}
