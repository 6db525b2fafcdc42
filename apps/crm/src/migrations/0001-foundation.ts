import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table office (
    id uuid primary key,
    administration_id uuid not null references office,
    parent_id uuid references office,
    code text not null,
    name text not null,
    kind text not null check (kind in ('administration', 'department', 'office')),
    tier smallint not null check (tier between 1 and 3),
    email text,
    unique (administration_id, code),
    check ((kind = 'administration') = (parent_id is null)),
    check (kind <> 'administration' or administration_id = id)
  )`,
  `create index office_parent on office (parent_id)`,
  `create table operator (
    id uuid primary key,
    administration_id uuid not null references office,
    office_id uuid not null references office,
    code text not null,
    name text not null,
    role text not null,
    token_hash bytea unique,
    unique (administration_id, code)
  )`,
  `create index operator_office on operator (office_id)`,
  `create table category (
    id uuid primary key,
    administration_id uuid not null references office,
    code text not null,
    label text not null,
    office_id uuid references office,
    kind text not null,
    unique (administration_id, code)
  )`,
  `create table routing_rule (
    id uuid primary key,
    administration_id uuid not null references office,
    position integer not null,
    channel text,
    account text,
    form text,
    category text,
    office_id uuid references office,
    kind text,
    priority text,
    category_id uuid references category,
    unique (administration_id, position)
  )`,
  `create table channel_account (
    channel text not null,
    account text not null,
    administration_id uuid not null references office,
    primary key (channel, account)
  )`,
  `create table contact (
    id uuid primary key,
    administration_id uuid not null references office,
    name text,
    merged_into uuid references contact,
    created_at timestamptz not null
  )`,
  `create index contact_merged on contact (merged_into) where merged_into is not null`,
  `create table contact_address (
    id uuid primary key,
    administration_id uuid not null references office,
    contact_id uuid not null references contact,
    kind text not null,
    value text not null,
    display_name text,
    verified boolean not null default false,
    undeliverable_at timestamptz,
    created_at timestamptz not null,
    unique (administration_id, kind, value)
  )`,
  `create index contact_address_contact on contact_address (contact_id)`,
  `create table contact_merge (
    id uuid primary key,
    administration_id uuid not null references office,
    from_contact_id uuid not null references contact,
    into_contact_id uuid not null references contact,
    kind text not null,
    value text not null,
    at timestamptz not null,
    cause text
  )`,
  `create table case_file (
    id uuid primary key,
    administration_id uuid not null references office,
    number text not null,
    state text not null,
    kind text not null,
    category_id uuid references category,
    office_id uuid references office,
    assignee_id uuid references operator,
    priority text not null,
    outcome text,
    outcome_reason text,
    subject text not null,
    contact_id uuid references contact,
    channel text,
    account text,
    tracking_hash bytea,
    version integer not null check (version >= 1),
    journal_hash bytea not null,
    due_date date,
    planned_date date,
    refusals smallint not null default 0,
    opened_at timestamptz not null,
    taken_in_charge_at timestamptz,
    ended_at timestamptz,
    last_message_at timestamptz,
    updated_at timestamptz not null,
    duplicate_of uuid references case_file,
    follow_up_of uuid references case_file,
    unique (administration_id, number)
  )`,
  `create index case_file_list on case_file (administration_id, opened_at desc, id desc)`,
  `create index case_file_office on case_file (office_id, state, opened_at desc, id desc)`,
  `create index case_file_assignee on case_file (assignee_id, state) where assignee_id is not null`,
  `create index case_file_contact on case_file (contact_id)`,
  `create index case_file_subject on case_file using gin (to_tsvector('italian', subject))`,
  `create table conversation (
    id uuid primary key,
    administration_id uuid not null references office,
    channel text not null,
    account text not null,
    key text not null,
    contact_id uuid references contact,
    address jsonb not null,
    case_id uuid references case_file,
    last_seq integer not null default 0,
    last_inbound_at timestamptz,
    created_at timestamptz not null,
    unique (channel, account, key)
  )`,
  `create index conversation_contact on conversation (contact_id)`,
  `create index conversation_case on conversation (case_id)`,
  `create index conversation_address on conversation (channel, account, (address->>'value'))`,
  `create table message (
    id uuid primary key,
    administration_id uuid not null references office,
    conversation_id uuid not null references conversation,
    seq integer not null,
    case_id uuid references case_file,
    contact_id uuid references contact,
    direction text not null check (direction in ('in', 'out')),
    author text not null,
    operator_id uuid references operator,
    automatic text,
    channel text not null,
    account text not null,
    external_id text,
    copy_of uuid references message,
    address jsonb not null,
    subject text,
    content jsonb not null,
    revision integer not null default 0,
    text text not null,
    visibility text not null,
    flags jsonb not null default '{}',
    evidence jsonb,
    relation_kind text,
    relation_to text,
    relation_id uuid references message,
    send_state text,
    send_rank smallint,
    attempt integer,
    refusal_reason text,
    send_detail text,
    queued_at timestamptz,
    sending_at timestamptz,
    accepted_at timestamptz,
    left_at timestamptz,
    delivered_at timestamptz,
    read_at timestamptz,
    failed_at timestamptz,
    tracking_hash bytea,
    sent_at timestamptz not null,
    received_at timestamptz not null,
    created_at timestamptz not null default now(),
    reception_id uuid,
    item_index integer,
    raw_sha256 text,
    raw_media_type text,
    raw_size bigint,
    unique (channel, account, external_id),
    unique (conversation_id, seq),
    check (direction = 'in' or send_state is not null)
  )`,
  `create index message_case on message (case_id, sent_at, seq)`,
  `create index message_text on message using gin (to_tsvector('italian', text))`,
  `create index message_created on message using brin (created_at)`,
  `create index message_unsettled on message (send_state, queued_at) where send_state in ('queued', 'sending', 'accepted', 'unknown')`,
  `create index message_tracking on message (tracking_hash) where tracking_hash is not null`,
  `create index message_relation on message (relation_id) where relation_id is not null`,
  `create index message_automatic on message (contact_id, created_at) where automatic is not null and direction = 'out'`,
  `create unique index message_acknowledged on message (case_id) where automatic = 'acknowledgement' and direction = 'out'`,
  // News of a message that we do not know yet: kept until it is known.
  `create table early_progress (
    id uuid primary key,
    event_id text not null unique,
    channel text not null,
    account text not null,
    external_id text not null,
    progress jsonb not null,
    received_at timestamptz not null
  )`,
  `create index early_progress_message on early_progress (channel, account, external_id)`,
  `create table attachment (
    id uuid primary key,
    administration_id uuid not null references office,
    message_id uuid not null references message,
    part integer not null,
    kind text not null,
    media_type text not null,
    filename text,
    inline_id text,
    sha256 text,
    size bigint,
    fetch_state text not null,
    scan_state text not null,
    source text,
    tries integer not null default 0,
    next_try_at timestamptz,
    created_at timestamptz not null,
    unique (message_id, part)
  )`,
  `create index attachment_pending on attachment (next_try_at) where fetch_state = 'pending'`,
  `create index attachment_blob on attachment (sha256)`,
  `create table internal_note (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid not null references case_file,
    operator_id uuid not null references operator,
    text text not null,
    created_at timestamptz not null
  )`,
  `create index internal_note_case on internal_note (case_id, created_at)`,
  // What happened, for ever. \`xid\` lets a reader follow without gaps: read in the order (xid, position) and only rows whose
  // xid is below pg_snapshot_xmin(pg_current_snapshot()); positions alone commit out of order.
  `create table journal (
    case_id uuid not null references case_file deferrable initially deferred,
    version integer not null,
    position bigserial not null,
    xid xid8 not null default pg_current_xact_id(),
    id uuid not null unique,
    administration_id uuid not null,
    at timestamptz not null,
    fact text not null,
    actor_kind text not null,
    actor_id uuid,
    cause text,
    data jsonb not null,
    prev_hash bytea not null,
    hash bytea not null,
    primary key (case_id, version)
  )`,
  `create index journal_stream on journal (administration_id, xid, position)`,
  `create function journal_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'the journal is append-only' using errcode = 'restrict_violation';
  end $$`,
  `create trigger journal_append_only before update or delete on journal
    for each row execute function journal_is_append_only()`,
  `create trigger journal_no_truncate before truncate on journal
    for each statement execute function journal_is_append_only()`,
  `create table outbox (
    id bigserial primary key,
    event_id text not null,
    type text not null,
    ordering text not null,
    subject text not null,
    payload jsonb not null,
    headers jsonb not null default '{}',
    created_at timestamptz not null default now()
  )`,
  `create table parked (
    id uuid primary key,
    administration_id uuid references office,
    event_id text not null unique,
    type text not null,
    kind text not null check (kind in ('failed', 'doubtful', 'unreadable')),
    channel text not null,
    account text not null,
    conversation text,
    external_id text,
    reason text not null,
    error_class text,
    reception_id uuid,
    item_index integer,
    payload jsonb not null,
    tries integer not null default 0,
    next_try_at timestamptz,
    state text not null check (state in ('waiting', 'retried', 'discarded')),
    created_at timestamptz not null,
    settled_at timestamptz,
    settled_by uuid references operator,
    settled_reason text,
    check (state <> 'discarded' or settled_reason is not null)
  )`,
  `create index parked_waiting on parked (administration_id, created_at) where state = 'waiting'`,
  `create index parked_conversation on parked (channel, account, conversation) where state = 'waiting'`,
  `create table reception_item (
    reception_id uuid not null,
    item_index integer not null,
    item_count integer not null,
    channel text not null,
    account text not null,
    fate text not null,
    message_id uuid,
    case_id uuid,
    recorded_at timestamptz not null default now(),
    primary key (reception_id, item_index)
  )`,
  // How far each pass of the reconciler has looked, and the receptions it found not recorded in time.
  `create table reconciled (
    pass text primary key,
    until timestamptz not null
  )`,
  `create table overdue_reception (
    id uuid primary key,
    channel text not null,
    account text not null,
    received_at timestamptz not null,
    tries integer not null default 0,
    next_try_at timestamptz not null,
    trouble text
  )`,
  `create index reception_item_recorded on reception_item using brin (recorded_at)`,
  `create table idempotency (
    key text not null,
    operator_id uuid not null references operator,
    fingerprint text not null,
    resource text not null,
    created_at timestamptz not null default now(),
    primary key (key, operator_id)
  )`,
  // The application may run as a role that owns nothing: it reads and appends the journal, and cannot rewrite it.
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on all tables in schema public to filodiretto_app;
      revoke update, delete, truncate on journal from filodiretto_app;
      grant usage, select on all sequences in schema public to filodiretto_app;
      grant create on schema public to filodiretto_app;
    end if;
  end $$`,
];

/** Everything the foundation stores. Forward only: what is wrong is mended by a later migration. */
export class Foundation0001 implements MigrationInterface {
  readonly name = 'Foundation1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
