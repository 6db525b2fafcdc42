import type { EntityManager } from 'typeorm';

/** Who wrote a note: an operator, an office of which nobody is known by name, or who was asked a question of the case. */
interface NoteAuthor {
  readonly operatorId?: string | null;
  readonly officeId?: string | null;
  readonly taskId?: string | null;
  /** The link of a letter in whose page it was written. */
  readonly linkId?: string | null;
}

/** Writes an internal note; its fact is the ledger's. */
export const insertNote = async (
  manager: EntityManager,
  note: NoteAuthor & {
    readonly id: string;
    readonly administrationId: string;
    readonly caseId: string;
    readonly text: string;
    readonly createdAt: Date;
  },
): Promise<void> => {
  await manager.query(
    `insert into internal_note (id, administration_id, case_id, operator_id, office_id, task_id, link_id, text, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      note.id,
      note.administrationId,
      note.caseId,
      note.operatorId ?? null,
      note.officeId ?? null,
      note.taskId ?? null,
      note.linkId ?? null,
      note.text,
      note.createdAt,
    ],
  );
};
