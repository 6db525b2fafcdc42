import type { CaseKind, CaseState, Outcome, Priority } from '@filodiretto/contracts';
import type { OpenTask } from '@filodiretto/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The matter: numbered, traceable, one id for life. Written by the ledger only. */
@Entity('case_file')
export class CaseFile {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('text') number: string;
  @Column('text') state: CaseState;
  @Column('text') kind: CaseKind;
  @Column('uuid', { nullable: true }) categoryId: string | null;
  @Column('uuid', { nullable: true }) officeId: string | null;
  @Column('uuid', { nullable: true }) assigneeId: string | null;
  @Column('text') priority: Priority;
  @Column('text', { nullable: true }) outcome: Outcome | null;
  @Column('text', { nullable: true }) outcomeReason: string | null;
  @Column('text') subject: string;
  /** As it was at opening: when contacts were merged since, follow `Contact.mergedInto`. */
  @Column('uuid', { nullable: true }) contactId: string | null;
  /** Where it was opened; null when by hand. */
  @Column('text', { nullable: true }) channel: string | null;
  @Column('text', { nullable: true }) account: string | null;
  @Column('bytea', { nullable: true }) trackingHash: Buffer | null;
  /** Its journal's last version: its ETag and its optimistic lock. */
  @Column('integer') version: number;
  /** The version of the last fact that whoever asks for a change must have seen; null: not known, so that all count. */
  @Column('integer', { nullable: true }) changedVersion: number | null;
  @Column('bytea') journalHash: Buffer;
  /** What the citizen was promised: the last day. */
  @Column('date', { nullable: true }) dueDate: string | null;
  /** The nearest term that runs, of whatever sort. */
  @Column('timestamptz', { nullable: true }) nextDueAt: Date | null;
  @Column('date', { nullable: true }) plannedDate: string | null;
  /** How many times an office said it was not theirs: from the third on a person decides who answers. */
  @Column('smallint') refusals: number;
  /** How often the citizen asked again, and when last. */
  @Column('smallint') chases: number;
  @Column('timestamptz', { nullable: true }) chasedAt: Date | null;
  /** Code of the deadline policy that a routing rule gave it; null: none did. */
  @Column('text', { nullable: true }) givenPolicy: string | null;
  /** Every office that holds it, held it or was asked about it. */
  @Column('uuid', { array: true }) concerned: readonly string[];
  /** Offices that were asked and have not answered yet. */
  @Column('uuid', { array: true }) asked: readonly string[];
  /** Code of the level that says who may know of it; null: it is not confidential. */
  @Column('text', { nullable: true }) confidentiality: string | null;
  /** Questions to other offices that wait for an answer. */
  @Column('jsonb') openTasks: readonly OpenTask[];
  @Column('timestamptz') openedAt: Date;
  @Column('timestamptz', { nullable: true }) takenInChargeAt: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
  @Column('timestamptz', { nullable: true }) lastMessageAt: Date | null;
  @Column('timestamptz') updatedAt: Date;
  @Column('uuid', { nullable: true }) duplicateOf: string | null;
  @Column('uuid', { nullable: true }) mergedInto: string | null;
  @Column('uuid', { nullable: true }) incidentHead: string | null;
  @Column('uuid', { nullable: true }) followUpOf: string | null;
}
