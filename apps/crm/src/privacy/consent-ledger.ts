import type { ConsentAct, ConsentWay, Instant } from '@filodiretto/contracts/model';
import { instant } from '@filodiretto/contracts/model';
import type { ConsentFact } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';

/** A line of the ledger of consents that is about to be written. */
export interface NewConsent {
  readonly id?: string;
  readonly administrationId: string;
  readonly contactId: string;
  readonly purpose: string;
  readonly act: ConsentAct;
  readonly addressKind: string | null;
  readonly textVersion: number;
  readonly language: string;
  readonly at: Date;
  readonly how: ConsentWay;
  readonly proven: boolean;
  readonly actorKind: 'contact' | 'operator' | 'system';
  readonly actorId: string | null;
  readonly caseId?: string | null;
  readonly messageId?: string | null;
  readonly askedId?: string | null;
  readonly document?: string | null;
  /** What would say the same thing again has the same. */
  readonly proofKey?: string | null;
}

/** A line as it is kept. */
export interface ConsentRow extends ConsentFact {
  readonly id: string;
  readonly language: string;
  readonly how: ConsentWay;
  readonly proven: boolean;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly caseId: string | null;
  readonly messageId: string | null;
  readonly askedId: string | null;
  readonly document: string | null;
}

/** Adds lines; those that are there already, by their proof, are left alone. */
export async function writeConsents(manager: EntityManager, entries: readonly NewConsent[]): Promise<void> {
  await insertAll(
    manager,
    'consent_entry',
    entries.map(entry => ({
      caseId: null,
      messageId: null,
      askedId: null,
      document: null,
      proofKey: null,
      ...entry,
      id: entry.id ?? newId(),
    })),
    { ifAbsent: 'proof_key' },
  );
}

/** The ledger of a person, oldest first: with what was said under another record of theirs, which was merged into this one. */
export async function consentsOfContact(
  manager: EntityManager,
  administrationId: string,
  contactId: string,
): Promise<ConsentRow[]> {
  const rows: (Omit<ConsentRow, 'at'> & { readonly at: Date })[] = await manager.query(
    `select e.id, e.purpose, e.act, e.address_kind as "addressKind", e.text_version as "textVersion", e.language, e.at, e.how,
       e.proven, e.actor_kind as "actorKind", e.actor_id as "actorId", coalesce(p.name, k.name) as "actorName",
       e.case_id as "caseId", e.message_id as "messageId", e.asked_id as "askedId", e.document
     from consent_entry e
       left join operator p on e.actor_kind = 'operator' and p.id = e.actor_id
       left join contact k on e.actor_kind = 'contact' and k.id = e.actor_id
     where e.administration_id = $1 and e.contact_id in (
       select c.id from contact c, contact me where me.id = $2
         and coalesce(c.merged_into, c.id) = coalesce(me.merged_into, me.id)
         and c.administration_id = me.administration_id)
     order by e.position`,
    [administrationId, contactId],
  );
  return rows.map(row => ({ ...row, at: instant(row.at) satisfies Instant }));
}
