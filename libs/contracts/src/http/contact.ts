import { Flag, Id, InstantField, ListOf, Text } from '../fields.js';
import { CaseSummary } from './case.js';
import { PageQuery } from './page.js';

export class ListContacts extends PageQuery {
  @Text('Part of a name or of an address', { max: 200, optional: true, example: 'bianchi' }) readonly text?: string;
}

/** Where a contact can be reached. */
export class ContactAddressView {
  @Text('What sort of address it is', { max: 40, example: 'email' }) readonly kind: string;
  @Text('The address', { max: 512, example: 'mario.bianchi@example.org' }) readonly value: string;
  @Text('The name the person shows', { max: 300, optional: true }) readonly displayName?: string;
  @Flag('Whether a channel proved that the person holds it') readonly verified: boolean;
  @InstantField('Since when nothing reaches it', { optional: true }) readonly undeliverableAt?: string;
}

/** A person or body. */
export class ContactView {
  @Id('Contact') readonly id: string;
  @Text('Name, when known', { max: 300, optional: true, example: 'Mario Bianchi' }) readonly name?: string;
  @ListOf('Where they can be reached', () => ContactAddressView, { max: 1_000 }) readonly addresses: ContactAddressView[];
  @InstantField('Since when we know them') readonly createdAt: string;
  @InstantField('Since when nothing of them is kept any more', { optional: true }) readonly erasedAt?: string;
  @InstantField('Since when their data rest, when they do: nothing more is done with them', { optional: true })
  readonly restrictedSince?: string;
}
export class ContactPage {
  @ListOf('Contacts, by when we came to know them, the newest first', () => ContactView, { max: 200 })
  readonly items: ContactView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
}

/** A contact, with their latest cases. */
export class ContactWithCases extends ContactView {
  @ListOf('Their latest cases, the newest first', () => CaseSummary, { max: 100 }) readonly cases: CaseSummary[];
}
