import { Flag, Id, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import {
  CONTACT_IDENTIFICATIONS,
  IDENTITY_DOCUMENTS,
  type ContactIdentificationWay,
  type IdentityDocument,
} from '../model.js';
import { CaseRef, OperatorRef } from './refs.js';

/** An address of a contact. */
export class IdentifiedAddress {
  @Text('What sort of address it is', { max: 40, example: 'email' }) readonly kind: string;
  @Text('The address', { max: 512, example: 'mario.bianchi@example.org' }) readonly value: string;
}

/** Writes down that it is certain which contact somebody is. */
export class IdentifyContact {
  @OneOf('How it is certain', CONTACT_IDENTIFICATIONS, { example: 'document' }) readonly how: ContactIdentificationWay;
  @OneOf('The document that was looked at: needed with one, its number never', IDENTITY_DOCUMENTS, { optional: true, example: 'identity_card' })
  readonly documentKind?: IdentityDocument;
  @Text('Their fiscal code, as the document has it: by it they are known when they log in; kept as a keyed print alone', {
    max: 16,
    optional: true,
    pattern: /^[A-Za-z0-9]{16}$/,
  })
  readonly fiscalCode?: string;
  @One('An address of theirs that nobody else reads, as they say: a one-time code sent there opens as much', () => IdentifiedAddress, {
    optional: true,
  })
  readonly address?: IdentifiedAddress;
  @Id('With a login: a case of the contact that who logged in showed to be theirs', { optional: true }) readonly case?: string;
}
/** Takes an identification back. */
export class WithdrawIdentification {
  @Text('Why', { max: 2_000, example: 'Era un omonimo' }) readonly reason: string;
}

export class ContactIdentificationView {
  @Id('Identification') readonly id: string;
  @OneOf('How it is certain', CONTACT_IDENTIFICATIONS) readonly how: ContactIdentificationWay;
  @OneOf('The document', IDENTITY_DOCUMENTS, { optional: true }) readonly documentKind?: IdentityDocument;
  @Flag('Whether they are known when they log in') readonly byLogin: boolean;
  @One('The address that is theirs alone', () => IdentifiedAddress, { optional: true }) readonly address?: IdentifiedAddress;
  @One('Who wrote it down', () => OperatorRef) readonly operator: OperatorRef;
  @InstantField('When') readonly at: string;
  @InstantField('When it was taken back', { optional: true }) readonly withdrawnAt?: string;
  @Text('Why', { max: 2_000, optional: true }) readonly withdrawnReason?: string;
}
/** A case that somebody who logged in showed to be theirs, by its code. */
export class ClaimedCase {
  @One('The case', () => CaseRef) readonly case: CaseRef;
  @Text('Who logged in, as the provider says it', { max: 300, example: 'Mario Bianchi' }) readonly name: string;
  @Whole('How sure it is who they are', { max: 4, example: 3 }) readonly assuranceLevel: number;
  @InstantField('When') readonly at: string;
}
/** How sure it is who a contact is, and why. */
export class ContactIdentifications {
  @Whole('0: nobody knows · 2: a document was looked at · 3, 4: they logged in by SPID or CIE', { max: 4, example: 2 })
  readonly assuranceLevel: number;
  @ListOf('The identifications, the latest first', () => ContactIdentificationView, { max: 1_000 })
  readonly items: ContactIdentificationView[];
  @ListOf('Cases of the contact that somebody who logged in showed to be theirs, the latest first', () => ClaimedCase, { max: 1_000 })
  readonly claims: ClaimedCase[];
}
