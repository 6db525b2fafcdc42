import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // That it was certain which contact somebody is: how, by whom it was seen, and when. Taken back, never changed.
  `create table contact_identification (
    id uuid primary key,
    administration_id uuid not null references office,
    contact_id uuid not null references contact,
    how text not null check (how in ('document', 'strong_login')),
    document_kind text,
    identity_id uuid references citizen_identity on delete set null,
    address_kind text,
    address_value text,
    operator_id uuid not null references operator,
    identified_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by uuid references operator,
    withdrawn_reason text,
    check ((how = 'document') = (document_kind is not null)),
    check ((address_kind is null) = (address_value is null))
  )`,
  'create index contact_identification_contact on contact_identification (contact_id)',
  `create index contact_identification_address on contact_identification (administration_id, address_kind, address_value)
    where address_value is not null and withdrawn_at is null`,
];

/** Who was identified, at the desk or by a login. */
export class Identifications0301 implements MigrationInterface {
  readonly name = 'Identifications1700000000301';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
