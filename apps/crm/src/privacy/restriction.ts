import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { prepared } from '../prepared.js';

/** Whether the data of the person a case is for rest (art. 18). */
export async function isRestricted(manager: EntityManager, caseId: string): Promise<boolean> {
  const { count } = await prepared(
    manager,
    `select from case_file c join contact k on k.id = c.contact_id
       join contact me on coalesce(me.merged_into, me.id) = coalesce(k.merged_into, k.id) and me.administration_id = k.administration_id
       join contact_restriction r on r.contact_id = me.id
     where c.id = $1 and r.lifted_at is null limit 1`,
    [caseId],
  );
  return count > 0;
}

/** Since when the data of a person rest; null: they do not. */
export async function restrictedSince(manager: EntityManager, contactId: string): Promise<Date | null> {
  const [row]: { at: Date }[] = await manager.query(
    `select min(r.at) as at from contact_restriction r join contact k on k.id = r.contact_id
     where coalesce(k.merged_into, k.id) = (select coalesce(merged_into, id) from contact where id = $1) and r.lifted_at is null
     having count(*) > 0`,
    [contactId],
  );
  return row?.at ?? null;
}

/** Has the data of a person rest from now on; they may rest already. */
export async function restrict(
  manager: EntityManager,
  { administrationId, contactId, id: requestId }: { administrationId: string; contactId: string; id: string },
): Promise<void> {
  await manager.query(
    `insert into contact_restriction (id, administration_id, contact_id, request_id, at) values ($1, $2, $3, $4, clock_now())
     on conflict (contact_id) where lifted_at is null do nothing`,
    [newId(), administrationId, contactId, requestId],
  );
}

/** Ends it. Resolves to whether there was anything to end. */
export async function liftRestriction(
  manager: EntityManager,
  said: { readonly administrationId: string; readonly contactId: string; readonly by: string; readonly reason: string },
): Promise<boolean> {
  const [rows]: [unknown[], number] = await manager.query(
    `update contact_restriction set lifted_at = clock_now(), lifted_by = $3, lifted_reason = $4
     where administration_id = $1 and lifted_at is null and contact_id in (
       select k.id from contact k where coalesce(k.merged_into, k.id) = (select coalesce(merged_into, id) from contact where id = $2))
     returning id`,
    [said.administrationId, said.contactId, said.by, said.reason],
  );
  return rows.length > 0;
}
