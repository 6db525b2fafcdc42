import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person who answers citizens; who they are at the identity provider is in `operator_identity`. */
@Entity('operator')
export class Operator {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid') officeId: string;
  @Column('text') code: string;
  @Column('text') name: string;
  /** A role of docs/glossary.md. */
  @Column('text') role: string;
  /** Where letters to them go. */
  @Column('text', { nullable: true }) email: string | null;
}
