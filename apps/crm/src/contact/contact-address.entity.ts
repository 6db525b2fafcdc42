import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a contact can be reached; belongs to one contact of an administration. */
@Entity('contact_address')
export class ContactAddress {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') contactId: string;
  @Column('text') kind: string;
  @Column('text') value: string;
  @Column('text', { nullable: true }) displayName: string | null;
  @Column('boolean') verified: boolean;
  @Column('timestamptz', { nullable: true }) undeliverableAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}
