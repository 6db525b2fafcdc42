import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table area (
    id uuid primary key,
    administration_id uuid not null references office,
    code text not null,
    name text not null,
    outlines jsonb not null,
    west double precision not null,
    south double precision not null,
    east double precision not null,
    north double precision not null,
    unique (administration_id, code)
  )`,
  // Where a case is. Beside the journal, which only tells that it was said: a place may be somebody's home.
  `create table case_place (
    case_id uuid primary key references case_file,
    administration_id uuid not null references office,
    latitude double precision check (latitude between -90 and 90),
    longitude double precision check (longitude between -180 and 180),
    address text,
    area_id uuid references area,
    source text not null check (source in ('message', 'form', 'operator')),
    message_id uuid references message,
    operator_id uuid references operator,
    at timestamptz not null,
    check ((latitude is null) = (longitude is null))
  )`,
  `create index case_place_point on case_place using gist (point(longitude, latitude)) where latitude is not null`,
  `create index case_place_area on case_place (area_id) where area_id is not null`,
  `create index case_place_administration on case_place (administration_id, case_id) where latitude is not null`,
  // Great circle, metres.
  `create function meters_between(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
   returns double precision language sql immutable parallel safe as $$
     select 2 * 6371008.8 * asin(sqrt(least(1, sin(radians(lat2 - lat1) / 2) ^ 2
       + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2))) $$`,
  `create table saved_view (
    id uuid primary key,
    administration_id uuid not null references office,
    owner_id uuid not null references operator,
    office_id uuid not null references office,
    name text not null,
    filter jsonb not null,
    shared_with text not null check (shared_with in ('nobody', 'office', 'administration')),
    position integer not null,
    created_at timestamptz not null default now()
  )`,
  `create index saved_view_owner on saved_view (owner_id)`,
  `create index saved_view_shared on saved_view (administration_id, shared_with) where shared_with <> 'nobody'`,
  `create table bulk_action (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    asked jsonb not null,
    state text not null check (state in ('previewed', 'running', 'stopped', 'done')),
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz
  )`,
  `create index bulk_action_list on bulk_action (administration_id, created_at desc, id desc)`,
  `create table bulk_item (
    bulk_id uuid not null references bulk_action,
    position integer not null,
    case_id uuid not null references case_file,
    state text not null check (state in ('waiting', 'done', 'refused')),
    problem text,
    detail text,
    primary key (bulk_id, position),
    unique (bulk_id, case_id)
  )`,
  `create index bulk_item_waiting on bulk_item (bulk_id, position) where state = 'waiting'`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on area, case_place, saved_view, bulk_action, bulk_item to filodiretto_app;
    end if;
  end $$`,
];

/** Where cases are, views of them, and the same asked of many. */
export class Desk0065 implements MigrationInterface {
  readonly name = 'Desk1700000000065';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
