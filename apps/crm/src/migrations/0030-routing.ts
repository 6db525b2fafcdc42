import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Rules look at more than four columns: their conditions become data.
  `alter table routing_rule
    add column name text,
    add column enabled boolean not null default true,
    add column conditions jsonb not null default '{}',
    add column skills jsonb not null default '[]',
    add column deadline_policy text,
    add column tags text[] not null default '{}'`,
  `update routing_rule set conditions = jsonb_strip_nulls(jsonb_build_object(
    'channel', case when channel is not null then jsonb_build_array(channel) end,
    'account', case when account is not null then jsonb_build_array(account) end,
    'form', case when form is not null then jsonb_build_array(form) end,
    'category', case when category is not null then jsonb_build_array(category) end))`,
  `alter table routing_rule drop column channel, drop column account, drop column form, drop column category`,
  // Rules change places with each other in one statement.
  `alter table routing_rule drop constraint routing_rule_administration_id_position_key`,
  `alter table routing_rule add constraint routing_rule_position unique (administration_id, position) deferrable initially immediate`,

  `create table queue_setting (
    office_id uuid primary key references office,
    administration_id uuid not null references office,
    strategy text not null,
    settings jsonb not null,
    updated_at timestamptz not null default now()
  )`,
  // What one contact of a channel takes of an operator; a channel that is not here weighs what the work item's defaults say.
  `create table channel_weight (
    administration_id uuid not null references office,
    channel text not null,
    weight smallint not null check (weight between 1 and 1000),
    max_at_once smallint check (max_at_once > 0),
    live boolean not null default false,
    exclusive boolean not null default false,
    interruptible boolean not null default true,
    primary key (administration_id, channel)
  )`,
  // The row that is locked to give an operator work. The last wall against too much of it is a constraint.
  `create table operator_presence (
    operator_id uuid primary key references operator,
    administration_id uuid not null references office,
    status text not null default 'offline',
    since timestamptz not null default now(),
    heartbeat_at timestamptz,
    wrap_up_until timestamptz,
    channels text[],
    capacity smallint not null default 100 check (capacity between 0 and 1000),
    load smallint not null default 0,
    by_hand_load integer not null default 0 check (by_hand_load >= 0),
    in_hand jsonb not null default '{}',
    exclusive smallint not null default 0 check (exclusive >= 0),
    firm smallint not null default 0 check (firm >= 0),
    misses smallint not null default 0,
    idle_since timestamptz not null default now(),
    last_offer_at timestamptz,
    constraint within_capacity check (load >= 0 and load <= capacity)
  ) with (fillfactor = 50)`,
  `create index operator_presence_status on operator_presence (administration_id, status)`,
  `create table operator_skill (
    operator_id uuid not null references operator,
    skill text not null,
    level smallint not null check (level between 1 and 5),
    primary key (operator_id, skill)
  )`,
  `create table work_item (
    id uuid primary key,
    administration_id uuid not null references office,
    office_id uuid not null references office,
    case_id uuid not null references case_file,
    state text not null check (state in ('queued', 'offered', 'assigned', 'done')),
    channel text,
    weight smallint not null default 10 check (weight > 0),
    channel_max smallint,
    live boolean not null default false,
    exclusive boolean not null default false,
    interruptible boolean not null default true,
    skills jsonb not null default '[]',
    language text,
    priority text not null,
    virtual_start timestamptz not null,
    effective_start timestamptz not null,
    due_at timestamptz,
    goes_first boolean not null default false,
    target_operator_id uuid references operator,
    need text not null default '',
    next_ring_at timestamptz,
    operator_id uuid references operator,
    by_hand boolean not null default false,
    queued_at timestamptz not null default clock_timestamp(),
    assigned_at timestamptz,
    done_at timestamptz,
    explanation jsonb,
    sentence text,
    check ((state = 'assigned') = (operator_id is not null)),
    check ((state = 'done') = (done_at is not null))
  )`,
  `create unique index work_item_open on work_item (case_id) where state <> 'done'`,
  `create index work_item_case on work_item (case_id)`,
  `create index work_item_queue on work_item (office_id, goes_first desc, effective_start, id) where state = 'queued'`,
  `create index work_item_due on work_item (office_id, due_at) where state = 'queued' and due_at is not null`,
  `create index work_item_ring on work_item (next_ring_at) where state = 'queued' and next_ring_at is not null`,
  `create index work_item_hands on work_item (operator_id) where state = 'assigned'`,
  `create index work_item_offered on work_item (office_id) where state = 'offered'`,
  `create table offer (
    id uuid primary key,
    administration_id uuid not null references office,
    work_item_id uuid not null references work_item,
    operator_id uuid not null references operator,
    state text not null check (state in ('offered', 'accepted', 'rejected', 'expired', 'rescinded')),
    shared boolean not null,
    offered_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    settled_at timestamptz,
    reason text,
    explanation jsonb not null,
    sentence text not null,
    check ((state = 'offered') = (settled_at is null))
  )`,
  `create unique index offer_one on offer (work_item_id) where state = 'offered' and not shared`,
  `create unique index offer_each on offer (work_item_id, operator_id) where state = 'offered'`,
  `create index offer_operator on offer (operator_id) where state = 'offered'`,
  `create index offer_expiry on offer (expires_at) where state = 'offered'`,
  `create index offer_item on offer (work_item_id, offered_at)`,

  // What waits and what people hold already.
  `insert into work_item (id, administration_id, office_id, case_id, state, channel, priority, virtual_start, effective_start,
     operator_id, by_hand, assigned_at)
   select gen_random_uuid(), c.administration_id, c.office_id, c.id, case when c.assignee_id is null then 'queued' else 'assigned' end,
     c.channel, c.priority, c.opened_at,
     c.opened_at - case c.priority when 'urgent' then 3 when 'high' then 2 when 'normal' then 1 else 0 end * interval '30 minutes',
     c.assignee_id, c.assignee_id is not null, case when c.assignee_id is not null then c.updated_at end
   from case_file c where c.office_id is not null and c.state in ('assigned', 'in_charge')`,
  `insert into operator_presence (operator_id, administration_id, by_hand_load)
   select w.operator_id, w.administration_id, sum(w.weight) from work_item w where w.operator_id is not null
   group by w.operator_id, w.administration_id`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on queue_setting, channel_weight, operator_presence, operator_skill, work_item, offer
        to filodiretto_app;
    end if;
  end $$`,
];

/** Who gets which work: rules as data, queues, presence, skills, offers. */
export class Routing0030 implements MigrationInterface {
  readonly name = 'Routing1700000000030';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
