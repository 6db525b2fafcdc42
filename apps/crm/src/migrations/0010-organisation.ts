import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table supplier (
    id uuid primary key,
    administration_id uuid not null references office,
    code text not null,
    name text not null,
    version integer not null default 1,
    unique (administration_id, code)
  )`,
  `create table lot (
    id uuid primary key,
    administration_id uuid not null references office,
    supplier_id uuid not null references supplier,
    code text not null,
    name text not null,
    unique (administration_id, code)
  )`,
  `create index lot_supplier on lot (supplier_id)`,
  `create table topic (
    id uuid primary key,
    administration_id uuid not null references office,
    code text not null,
    label text not null,
    active boolean not null default true,
    version integer not null default 1,
    unique (administration_id, code)
  )`,
  `alter table category add column topic_id uuid references topic`,
  `alter table office
    drop constraint office_kind_check,
    add constraint office_kind_check check (kind in ('administration', 'department', 'office', 'team')),
    add column phone text,
    add column address text,
    add column ipa_code text,
    add column responsible_id uuid references operator,
    add column substitute_power_holder_id uuid references operator,
    add column supplier_id uuid references supplier,
    add column lot_id uuid references lot,
    add column patron_saint text check (patron_saint ~ '^[01][0-9]-[0-3][0-9]$'),
    add column open_on_holidays boolean not null default false,
    add column active boolean not null default true,
    add column successor_id uuid references office,
    add column version integer not null default 1,
    add constraint office_ipa_code unique (administration_id, ipa_code),
    add constraint office_not_own_parent check (parent_id <> id),
    add constraint office_not_own_successor check (successor_id <> id)`,
  `create index office_responsible on office (responsible_id) where responsible_id is not null`,
  `create table office_topic (
    office_id uuid not null references office,
    topic_id uuid not null references topic,
    administration_id uuid not null references office,
    primary key (office_id, topic_id)
  )`,
  `create index office_topic_topic on office_topic (topic_id)`,
  `create table office_substitute (
    office_id uuid not null references office,
    operator_id uuid not null references operator,
    administration_id uuid not null references office,
    position integer not null,
    primary key (office_id, operator_id),
    unique (office_id, position) deferrable initially deferred
  )`,
  `create index office_substitute_operator on office_substitute (operator_id)`,
  // When an office is open: for all channels, or for one. No interval at all is said by an empty list: never open.
  `create table office_hours (
    office_id uuid not null references office,
    channel text,
    administration_id uuid not null references office,
    intervals jsonb not null,
    unique nulls not distinct (office_id, channel)
  )`,
  `create table closure (
    id uuid primary key,
    administration_id uuid not null references office,
    office_id uuid not null references office,
    from_date date not null,
    to_date date not null,
    reason text not null,
    created_at timestamptz not null default now(),
    check (from_date <= to_date)
  )`,
  `create index closure_office on closure (office_id, to_date)`,
  `alter table operator
    add column email text,
    add column phone text,
    add column languages text[] not null default '{}',
    add column active boolean not null default true,
    add column version integer not null default 1`,
  `create table membership (
    operator_id uuid not null references operator,
    office_id uuid not null references office,
    administration_id uuid not null references office,
    role text not null,
    tier smallint not null check (tier between 1 and 3),
    primary key (operator_id, office_id)
  )`,
  `create index membership_office on membership (office_id)`,
  `insert into membership (operator_id, office_id, administration_id, role, tier)
   select p.id, p.office_id, p.administration_id, p.role, o.tier from operator p join office o on o.id = p.office_id`,
  // Whoever has a main office is a member of it, whatever writes the operator.
  `create function operator_is_member() returns trigger language plpgsql as $$
  begin
    insert into membership (operator_id, office_id, administration_id, role, tier)
    select new.id, new.office_id, new.administration_id, new.role, o.tier from office o where o.id = new.office_id
    on conflict do nothing;
    return null;
  end $$`,
  `create trigger operator_member after insert or update of office_id on operator
    for each row execute function operator_is_member()`,
  // Nothing says why: that somebody is ill is nobody's business.
  `create table absence (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    from_at timestamptz not null,
    to_at timestamptz not null,
    substitute_id uuid references operator,
    created_at timestamptz not null default now(),
    check (from_at < to_at),
    check (substitute_id <> operator_id)
  )`,
  `create index absence_operator on absence (operator_id, to_at)`,
  `create index absence_now on absence (administration_id, to_at)`,
  // Another value after each change of what calendars are made of; a value that was rolled back never comes again.
  `create table organisation_revision (
    administration_id uuid primary key references office,
    revision uuid not null
  )`,
  `insert into organisation_revision select id, gen_random_uuid() from office where kind = 'administration'`,
  `create function organisation_changed() returns trigger language plpgsql as $$
  begin
    insert into organisation_revision (administration_id, revision)
    values (coalesce(new.administration_id, old.administration_id), gen_random_uuid())
    on conflict (administration_id) do update set revision = excluded.revision;
    return null;
  end $$`,
  ...['office', 'office_hours', 'closure'].map(
    table => `create trigger ${table}_changed after insert or update or delete on ${table}
      for each row execute function organisation_changed()`,
  ),
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on supplier, lot, topic, office_topic, office_substitute, office_hours, closure,
        membership, absence, organisation_revision to filodiretto_app;
    end if;
  end $$`,
];

/** The organisation: who is responsible, who stands in, for which topics, when open; who belongs where, and who is away. */
export class Organisation0010 implements MigrationInterface {
  readonly name = 'Organisation1700000000010';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
