import type { OfficeKind } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A node of the tree that answers and holds a queue. Its root is the administration, which scopes everything. */
@Entity('office')
export class Office {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('uuid', { nullable: true }) parentId: string | null;
  @Column('text') code: string;
  @Column('text') name: string;
  @Column('text') kind: OfficeKind;
  @Column('smallint') tier: number;
  @Column('text', { nullable: true }) email: string | null;
  /** Whether it is written to when something is assigned to it. */
  @Column('boolean', { default: true }) letters: boolean;
  @Column('boolean', { default: true }) active: boolean;
  /** Who answers in its place since it ended. */
  @Column('uuid', { nullable: true }) successorId: string | null;
}
