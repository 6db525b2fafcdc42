import type { CaseKind, Priority } from '@filodiretto/contracts';
import type { Conditions, RequiredSkill } from '@filodiretto/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When its conditions hold, this office, kind, priority and the rest. The first by position that is on decides. */
@Entity('routing_rule')
export class RoutingRule {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('integer') position: number;
  @Column('text', { nullable: true }) name: string | null;
  @Column('boolean') enabled: boolean;
  @Column('jsonb') conditions: Conditions;
  @Column('uuid', { nullable: true }) officeId: string | null;
  @Column('text', { nullable: true }) kind: CaseKind | null;
  @Column('text', { nullable: true }) priority: Priority | null;
  @Column('uuid', { nullable: true }) categoryId: string | null;
  @Column('jsonb') skills: RequiredSkill[];
  @Column('text', { nullable: true }) deadlinePolicy: string | null;
  /** Code of the level that its cases get. */
  @Column('text', { nullable: true }) confidentiality: string | null;
  @Column('text', { array: true }) tags: string[];
}
