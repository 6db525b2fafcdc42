import type { Address } from '@filodiretto/contracts';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Raced } from '../faults.js';
import { prepared } from '../prepared.js';
import { searchCasesOfAgain } from '../search/stale.js';

/** Somebody who wrote, or whose address changed. */
export interface Correspondent {
  readonly administrationId: string;
  readonly address: Address;
  readonly at: Date;
  /** The event that says it, for the history of merges. */
  readonly cause: string;
}

interface AddressKey {
  readonly administrationId: string;
  readonly kind: string;
  readonly value: string;
}
interface KnownAddress extends AddressKey {
  readonly contactId: string;
}
interface NewAddress extends KnownAddress {
  readonly displayName: string | null;
  readonly verified: boolean;
  readonly at: Date;
}
interface Merge extends AddressKey {
  readonly from: string;
  readonly into: string;
  readonly at: Date;
  readonly cause: string;
}

const textOf = ({ administrationId, kind, value }: AddressKey): string =>
  JSON.stringify([administrationId, kind, value]);

/**
 * Who the correspondents are: read by `read`, decided in memory in the order given, written by `write`. Two names of one
 * endpoint make one contact, the older one; that they were two stays written. Only proven names count as the same endpoint.
 */
export class ContactBook {
  private readonly known = new Map<string, string>();
  private readonly newContacts = new Map<string, { administrationId: string; name: string | null; at: Date }>();
  private readonly newAddresses = new Map<string, NewAddress>();
  private readonly merges: Merge[] = [];

  private constructor(private readonly manager: EntityManager) {}

  /** Whoever is found stays until the transaction ends: nobody forgets them meanwhile, and whoever is being forgotten is not found. */
  static async read(manager: EntityManager, correspondents: readonly Correspondent[]): Promise<ContactBook> {
    const book = new ContactBook(manager);
    const keys = new Map(correspondents.flatMap(one => namesOf(one).map(key => [textOf(key), key] as const)));
    if (keys.size === 0) return book;
    const wanted = [...keys.values()];
    const { rows } = await prepared<KnownAddress>(
      manager,
      `select a.administration_id as "administrationId", a.kind, a.value, a.contact_id as "contactId"
       from unnest($1::uuid[], $2::text[], $3::text[]) k(administration_id, kind, value)
       join contact_address a using (administration_id, kind, value)
       join contact c on c.id = a.contact_id and c.erased_at is null
       for key share of c`,
      [wanted.map(k => k.administrationId), wanted.map(k => k.kind), wanted.map(k => k.value)],
    );
    for (const row of rows) book.known.set(textOf(row), row.contactId);
    return book;
  }

  /** The contact of a correspondent: known, merged or new. */
  contactOf(correspondent: Correspondent): string {
    const { administrationId, address, at, cause } = correspondent;
    const names = namesOf(correspondent);
    const found = [...new Set(names.map(name => this.known.get(textOf(name))).filter(id => id !== undefined))].sort();
    const contactId = found[0] ?? newId();
    if (found.length === 0)
      this.newContacts.set(contactId, { administrationId, name: address.displayName ?? null, at });
    for (const name of names) {
      const holder = this.known.get(textOf(name));
      if (holder === contactId) continue;
      if (holder === undefined)
        this.addAddress({
          ...name,
          contactId,
          displayName: address.displayName ?? null,
          verified: address.verified === true,
          at,
        });
      else this.merge({ ...name, from: holder, into: contactId, at, cause });
    }
    return contactId;
  }

  /** Whether we had heard of a contact before this reading. */
  isKnown(contactId: string): boolean {
    return !this.newContacts.has(contactId);
  }

  /** Writes what is new. Throws `Raced` when somebody else wrote the same address meanwhile. */
  async write(): Promise<void> {
    await this.writeNew();
    await this.writeMerges();
  }

  private addAddress(address: NewAddress): void {
    this.known.set(textOf(address), address.contactId);
    this.newAddresses.set(textOf(address), address);
  }

  private merge(merge: Merge): void {
    for (const [name, contactId] of this.known) if (contactId === merge.from) this.known.set(name, merge.into);
    for (const [name, address] of this.newAddresses)
      if (address.contactId === merge.from) this.newAddresses.set(name, { ...address, contactId: merge.into });
    this.merges.push(merge);
  }

  private async writeNew(): Promise<void> {
    const contacts = [...this.newContacts];
    if (contacts.length > 0)
      await prepared(
        this.manager,
        `insert into contact (id, administration_id, name, created_at)
         select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])`,
        [
          contacts.map(([id]) => id),
          contacts.map(([, c]) => c.administrationId),
          contacts.map(([, c]) => c.name),
          contacts.map(([, c]) => c.at),
        ],
      );
    // In one order everywhere, so that two writers of the same addresses wait for each other instead of locking crosswise.
    const addresses = [...this.newAddresses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, address]) => address);
    if (addresses.length === 0) return;
    const { count } = await prepared(
      this.manager,
      `insert into contact_address (id, administration_id, contact_id, kind, value, display_name, verified, created_at)
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::timestamptz[])
       on conflict (administration_id, kind, value) do nothing`,
      [
        addresses.map(() => newId()),
        addresses.map(a => a.administrationId),
        addresses.map(a => a.contactId),
        addresses.map(a => a.kind),
        addresses.map(a => a.value),
        addresses.map(a => a.displayName),
        addresses.map(a => a.verified),
        addresses.map(a => a.at),
      ],
    );
    if (count < addresses.length) throw new Raced('an address was written by another meanwhile');
  }

  private async writeMerges(): Promise<void> {
    for (const { administrationId, from, into, kind, value, at, cause } of this.merges) {
      await this.manager.query(
        `insert into contact_merge (id, administration_id, from_contact_id, into_contact_id, kind, value, at, cause)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [newId(), administrationId, from, into, kind, value, at, cause],
      );
      await this.manager.query('update contact set merged_into = $2 where id = $1 or merged_into = $1', [from, into]);
      await this.manager.query('update contact_address set contact_id = $2 where contact_id = $1', [from, into]);
      await this.manager.query('update conversation set contact_id = $2 where contact_id = $1', [from, into]);
      await searchCasesOfAgain(this.manager, [from, into]);
    }
  }
}

/** The address and, when the channel proves that the person holds it, its other names. */
function namesOf({ administrationId, address }: Correspondent): AddressKey[] {
  const aliases = address.verified === true ? (address.aliases ?? []) : [];
  const names = [address, ...aliases].map(({ kind, value }) => ({ administrationId, kind, value }));
  return [...new Map(names.map(name => [textOf(name), name])).values()];
}
