import type { CaseKind, Priority } from '@filodiretto/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** If all that is not null matches, this office, kind, priority and category. The first by position decides. */
@Entity('routing_rule')
export class RoutingRule {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('integer') position: number;
  @Column('text', { nullable: true }) channel: string | null;
  @Column('text', { nullable: true }) account: string | null;
  @Column('text', { nullable: true }) form: string | null;
  @Column('text', { nullable: true }) category: string | null;
  @Column('uuid', { nullable: true }) officeId: string | null;
  @Column('text', { nullable: true }) kind: CaseKind | null;
  @Column('text', { nullable: true }) priority: Priority | null;
  @Column('uuid', { nullable: true }) categoryId: string | null;
}
