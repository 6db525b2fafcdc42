import type { Address } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { prepared } from '../prepared.js';

const addressKey = ({ kind, value }: Pick<Address, 'kind' | 'value'>): string => JSON.stringify([kind, value]);

/**
 * Who belongs to each case: who it was opened for, who wrote in it without being a stranger to it, and whoever we wrote to
 * about it. Contacts as they are after merges.
 */
export class Participants {
  private readonly contacts = new Map<string, Set<string>>();
  private readonly addresses = new Map<string, Set<string>>();

  static async read(manager: EntityManager, caseIds: readonly string[]): Promise<Participants> {
    const found = new Participants();
    if (caseIds.length === 0) return found;
    const { rows } = await prepared<{
      case_id: string;
      contact_id: string | null;
      kind: string | null;
      value: string | null;
    }>(
      manager,
      `select p.case_id, coalesce(k.merged_into, k.id) as contact_id, p.kind, p.value
         from (select id as case_id, contact_id, null as kind, null as value from case_file where id = any($1::uuid[])
               union select case_id, contact_id, null, null from message
                 where case_id = any($1::uuid[]) and (direction = 'out' or evidence->'stranger' is null)
               union select case_id, null, address->>'kind', address->>'value' from message
                 where case_id = any($1::uuid[]) and direction = 'out' and visibility <> 'internal') p
         left join contact k on k.id = p.contact_id`,
      [[...new Set(caseIds)]],
    );
    for (const { case_id: caseId, contact_id: contactId, kind, value } of rows)
      found.add(caseId, contactId, kind !== null && value !== null ? { kind, value } : undefined);
    return found;
  }

  has(caseId: string, contactId: string | null, address: Address): boolean {
    if (contactId !== null && this.contacts.get(caseId)?.has(contactId)) return true;
    return this.addresses.get(caseId)?.has(addressKey(address)) ?? false;
  }

  add(caseId: string, contactId: string | null, address?: Pick<Address, 'kind' | 'value'>): void {
    if (contactId !== null) into(this.contacts, caseId, contactId);
    if (address) into(this.addresses, caseId, addressKey(address));
  }
}

const into = (sets: Map<string, Set<string>>, key: string, value: string): void => {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
};
