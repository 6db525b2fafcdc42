import type { CaseFact } from '@filodiretto/contracts';
import type { ActorKind } from '@filodiretto/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A fact of a case, for ever: who, when, why, caused by what. Ids and facts, never what was said. Written by the ledger only. */
@Entity('journal')
export class JournalEntry {
  @PrimaryColumn('uuid') caseId: string;
  @PrimaryColumn('integer') version: number;
  /** bigint as text. A reader that follows orders by (xid, position): see the migration. */
  @Column('bigint') position: string;
  /** xid8 as text. */
  @Column('text') xid: string;
  @Column('uuid') id: string;
  @Column('uuid') administrationId: string;
  @Column('timestamptz') at: Date;
  @Column('text') fact: CaseFact;
  @Column('text') actorKind: ActorKind;
  @Column('uuid', { nullable: true }) actorId: string | null;
  /** The event or request that caused it. */
  @Column('text', { nullable: true }) cause: string | null;
  @Column('jsonb') data: Record<string, unknown>;
  @Column('bytea') prevHash: Buffer;
  @Column('bytea') hash: Buffer;
}
