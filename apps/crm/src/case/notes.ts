import type { EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';

/** Writes an internal note; its fact is the ledger's. */
export const insertNote = async (
  manager: EntityManager,
  note: {
    readonly id: string;
    readonly caseId: string;
    readonly operator: Asking;
    readonly text: string;
    readonly createdAt: Date;
  },
): Promise<void> => {
  await manager.query(
    `insert into internal_note (id, administration_id, case_id, operator_id, text, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [note.id, note.operator.administrationId, note.caseId, note.operator.id, note.text, note.createdAt],
  );
};
