import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person or body. When two turn out to be one, the other points to it by `mergedInto`: always one step, never a chain. */
@Entity('contact')
export class Contact {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('text', { nullable: true }) name: string | null;
  @Column('uuid', { nullable: true }) mergedInto: string | null;
  @Column('timestamptz') createdAt: Date;
}
