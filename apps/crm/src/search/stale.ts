import type { EntityManager } from 'typeorm';

/** Has some cases searched by what they say now, when their journal says nothing new: with the caller's commit. */
export async function searchAgain(manager: EntityManager, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return;
  // A row that is there already is locked all the same: the index does not take it before what the caller wrote is visible.
  await manager.query(
    `insert into search_stale (case_id) select distinct id from unnest($1::uuid[]) c(id) order by id
     on conflict (case_id) do update set case_id = excluded.case_id`,
    [caseIds],
  );
}

/** The same for every case of a contact. */
export async function searchCasesOfAgain(manager: EntityManager, contactIds: readonly string[]): Promise<void> {
  await manager.query(
    `insert into search_stale (case_id) select id from case_file where contact_id = any($1::uuid[]) order by id
     on conflict (case_id) do update set case_id = excluded.case_id`,
    [contactIds],
  );
}
