import { Inject, Injectable } from '@nestjs/common';
import type {
  ClaimedCase,
  ContactIdentifications,
  ContactIdentificationView,
  IdentifyContact,
} from '@filodiretto/contracts';
import { isFiscalCode } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { CitizenIdentities } from '../own-data/citizen-identities.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';

interface Row {
  readonly id: string;
  readonly how: ContactIdentificationView['how'];
  readonly documentKind: ContactIdentificationView['documentKind'] | null;
  readonly byLogin: boolean;
  readonly addressKind: string | null;
  readonly addressValue: string | null;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly identifiedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
}
interface ClaimRow {
  readonly id: string;
  readonly number: string;
  readonly name: string | null;
  readonly level: number;
  readonly claimedAt: Date;
}

/** A contact `k`, with those that were merged into it: `$1` administration, `$2` contact. */
const PEOPLE = `(select p.id from contact p, contact me where me.id = $2 and me.administration_id = $1
  and coalesce(p.merged_into, p.id) = coalesce(me.merged_into, me.id))`;
const NO_CONTACT = refused('not-found', 'There is no such contact.');
const SHOWN = 1_000;

/**
 * That it is certain which contact somebody is. An operator who looked at a document says so, or takes who logged in for the contact
 * of a case that they showed to be theirs; never is anybody joined to a contact by a name.
 */
@Injectable()
export class Identifications {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CitizenIdentities) private readonly identities: CitizenIdentities,
  ) {}

  /** Those of a contact, and its cases that who logged in showed to be theirs, as far as who asks sees them. */
  async of({ administrationId }: Asking, contactId: string): Promise<ContactIdentifications | undefined> {
    const found: unknown[] = await this.dataSource.query(
      'select from contact where id = $2 and administration_id = $1',
      [administrationId, contactId],
    );
    if (found.length === 0) return undefined;
    const rows: Row[] = await this.dataSource.query(
      `select n.id, n.how, n.document_kind as "documentKind", n.identity_id is not null as "byLogin",
         n.address_kind as "addressKind", n.address_value as "addressValue", o.id as "operatorId", o.name as "operatorName",
         n.identified_at as "identifiedAt", n.withdrawn_at as "withdrawnAt", n.withdrawn_reason as "withdrawnReason"
       from contact_identification n join operator o on o.id = n.operator_id
       where n.contact_id in ${PEOPLE} order by n.identified_at desc, n.id desc limit ${SHOWN}`,
      [administrationId, contactId],
    );
    const claims: ClaimRow[] = await this.dataSource.query(
      `select distinct on (q.claimed_at, c.id) c.id, c.number, i.name, i.assurance_level as level, q.claimed_at as "claimedAt"
       from citizen_case q join citizen_identity i on i.id = q.identity_id
         join message m on m.tracking_hash = q.tracking_hash and m.administration_id = $1 and m.direction = 'in'
         join case_file c on c.id = m.case_id
       where c.contact_id in ${PEOPLE} order by q.claimed_at desc, c.id limit ${SHOWN}`,
      [administrationId, contactId],
    );
    const [joined]: { level: number | null }[] = await this.dataSource.query(
      `select max(assurance_level) as level from citizen_identity where contact_id in ${PEOPLE}`,
      [administrationId, contactId],
    );
    const stands = rows.some(row => row.withdrawnAt === null);
    return {
      assuranceLevel: Math.max(joined?.level ?? 0, stands ? 2 : 0),
      items: rows.map(viewOf),
      claims: claims.map(claimOf),
    };
  }

  async write(
    manager: EntityManager,
    operator: Asking,
    contactId: string,
    id: string,
    asked: IdentifyContact,
  ): Promise<object | Refused> {
    const { administrationId } = operator;
    const [contact]: { id: string }[] = await manager.query(
      `select k.id from contact k where k.administration_id = $1 and k.erased_at is null
         and k.id = (select coalesce(merged_into, id) from contact where id = $2) for no key update`,
      [administrationId, contactId],
    );
    if (!contact) return NO_CONTACT;
    const no = whyNot(asked) ?? (await this.notTheirs(manager, administrationId, contact.id, asked));
    if (no) return no;
    const identity =
      asked.how === 'document'
        ? await this.byCode(manager, administrationId, contact.id, asked.fiscalCode)
        : await byCase(manager, administrationId, contact.id, asked.case ?? '');
    if (identity !== null && isRefused(identity)) return identity;
    await manager.query(
      `insert into contact_identification (id, administration_id, contact_id, how, document_kind, identity_id, address_kind,
         address_value, operator_id, identified_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        administrationId,
        contact.id,
        asked.how,
        asked.documentKind ?? null,
        identity?.id ?? null,
        asked.address?.kind ?? null,
        asked.address?.value ?? null,
        operator.id,
        this.clock.now(),
      ],
    );
    return { id };
  }

  /** Takes one back: whoever logs in is not that contact any more, unless another identification says so. */
  async withdraw(
    manager: EntityManager,
    { id: operatorId, administrationId }: Asking,
    id: string,
    reason: string,
  ): Promise<{ id: string; contactId: string } | Refused> {
    const [rows]: [{ contactId: string; identityId: string | null }[], number] = await manager.query(
      `update contact_identification set withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = $5
       where id = $1 and administration_id = $2 and withdrawn_at is null
       returning contact_id as "contactId", identity_id as "identityId"`,
      [id, administrationId, this.clock.now(), operatorId, reason],
    );
    const [gone] = rows;
    if (!gone) return refused('not-found', 'There is no such identification, or it was taken back.');
    await manager.query(
      `update citizen_identity i set contact_id = null where i.id = $1 and not exists (
         select from contact_identification n where n.identity_id = i.id and n.withdrawn_at is null)`,
      [gone.identityId],
    );
    return { id, contactId: gone.contactId };
  }

  /** Of an address: whether the contact has it. */
  private async notTheirs(
    manager: EntityManager,
    administrationId: string,
    contactId: string,
    { address }: IdentifyContact,
  ): Promise<Refused | undefined> {
    if (address === undefined) return undefined;
    const found: unknown[] = await manager.query(
      `select from contact_address where contact_id in ${PEOPLE} and kind = $3 and value = $4`,
      [administrationId, contactId, address.kind, address.value],
    );
    return found.length > 0 ? undefined : refusedField('/address', 'is none of this contact');
  }

  /** Who has a fiscal code, from now on this contact. */
  private async byCode(
    manager: EntityManager,
    administrationId: string,
    contactId: string,
    fiscalCode: string | undefined,
  ): Promise<{ id: string } | null | Refused> {
    if (fiscalCode === undefined) return null;
    if (!this.identities.areKept)
      return refusedField('/fiscalCode', 'nobody is known by it here: CITIZEN_KEY is not set');
    const id = await this.identities.atDesk(manager, administrationId, fiscalCode);
    return join(manager, administrationId, { id, field: '/fiscalCode' }, contactId);
  }
}

/** What cannot be asked together. */
function whyNot({ how, documentKind, fiscalCode, case: caseId }: IdentifyContact): Refused | undefined {
  const byDocument = how === 'document';
  if ((documentKind !== undefined) !== byDocument)
    return refusedField('/documentKind', byDocument ? 'say which document was looked at' : 'belongs to a document');
  if ((caseId === undefined) !== byDocument)
    return refusedField('/case', byDocument ? 'belongs to a login' : 'say in which case they logged in');
  if (fiscalCode === undefined) return undefined;
  if (!byDocument) return refusedField('/fiscalCode', 'belongs to a document');
  return isFiscalCode(fiscalCode) ? undefined : refusedField('/fiscalCode', 'is no fiscal code');
}

/** Who logged in and showed that a case of the contact is theirs, by the code that its channel gave them alone: a mailbox may be read by others. */
async function byCase(
  manager: EntityManager,
  administrationId: string,
  contactId: string,
  caseId: string,
): Promise<{ id: string } | Refused> {
  const rows: { id: string }[] = await manager.query(
    `select distinct i.id from citizen_case q join citizen_identity i on i.id = q.identity_id
       join message m on m.tracking_hash = q.tracking_hash and m.administration_id = $1 and m.direction = 'in'
       join case_file c on c.id = m.case_id
     where c.id = $3 and c.contact_id in ${PEOPLE} and i.assurance_level >= 3`,
    [administrationId, contactId, caseId],
  );
  const [only] = rows;
  if (!only) return refusedField('/case', 'nobody who logged in showed that it is theirs');
  if (rows.length > 1) return refusedField('/case', 'several people showed that it is theirs');
  return join(manager, administrationId, { id: only.id, field: '/case' }, contactId);
}

/** Makes an identity and a contact one person; each is one alone. */
async function join(
  manager: EntityManager,
  administrationId: string,
  { id, field }: { readonly id: string; readonly field: string },
  contactId: string,
): Promise<{ id: string } | Refused> {
  const others: unknown[] = await manager.query(
    `select from citizen_identity where administration_id = $1 and id <> $3 and contact_id in ${PEOPLE}`,
    [administrationId, contactId, id],
  );
  if (others.length > 0) return refusedField(field, 'the contact is somebody else for certain');
  const [, count]: [unknown, number] = await manager.query(
    `update citizen_identity set contact_id = $2 where id = $3 and administration_id = $1
       and (contact_id is null or contact_id in ${PEOPLE})`,
    [administrationId, contactId, id],
  );
  return count > 0 ? { id } : refusedField(field, 'is of another contact for certain: are the two one person?');
}

const viewOf = (row: Row): ContactIdentificationView => ({
  id: row.id,
  how: row.how,
  byLogin: row.byLogin,
  operator: { id: row.operatorId, name: row.operatorName },
  at: at(row.identifiedAt),
  ...present({
    documentKind: row.documentKind,
    address:
      row.addressKind === null || row.addressValue === null ? null : { kind: row.addressKind, value: row.addressValue },
    withdrawnAt: atOrNull(row.withdrawnAt),
    withdrawnReason: row.withdrawnReason,
  }),
});

const claimOf = ({ id, number, name, level, claimedAt }: ClaimRow): ClaimedCase => ({
  case: { id, number },
  name: name ?? '',
  assuranceLevel: level,
  at: at(claimedAt),
});
