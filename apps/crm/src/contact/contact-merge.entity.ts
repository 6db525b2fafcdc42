import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That two contacts turned out to be one, by which address, and what said so. */
@Entity('contact_merge')
export class ContactMerge {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') fromContactId: string;
  @Column('uuid') intoContactId: string;
  @Column('text') kind: string;
  @Column('text') value: string;
  @Column('timestamptz') at: Date;
  @Column('text', { nullable: true }) cause: string | null;
}
