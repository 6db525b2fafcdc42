import type { CaseKind } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What routing looks at; each has the office that usually answers. */
@Entity('category')
export class Category {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('text') code: string;
  @Column('text') label: string;
  @Column('uuid', { nullable: true }) officeId: string | null;
  @Column('text') kind: CaseKind;
  /** Whether it takes new cases. */
  @Column('boolean') active: boolean;
}
