import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Who sees a case is decided by columns of its row alone: in lists and by policies of rows alike.
  `alter table case_file
    add column concerned uuid[] not null default '{}',
    add column asked uuid[] not null default '{}',
    add column acquainted uuid[] not null default '{}',
    add column confidentiality text`,
  `create index case_file_confidential on case_file (administration_id) where confidentiality is not null`,
  // Every office that the journal tells of, in its order; what has no journal has the office that holds it.
  `with told as (
    select j.case_id, j.version, x.office, x.n from journal j cross join lateral (
      select j.data->>'office' as office, 0 as n where j.fact in ('assigned', 'reassigned', 'asked')
      union all
      select t.value->>'office', t.n from jsonb_array_elements(
        case when jsonb_typeof(j.data->'tasksIn') = 'array' then j.data->'tasksIn' else '[]' end) with ordinality t(value, n)) x
    where j.fact in ('assigned', 'reassigned', 'asked', 'merged', 'unmerged', 'split_from', 'merged_into', 'split')
      and x.office is not null
  ), first as (
    select case_id, office::uuid as office, min((version, n)) as at from told group by case_id, office
  ), all_of as (
    select case_id, array_agg(office order by at) as offices from first group by case_id
  )
  update case_file c set
    concerned = coalesce(a.offices, case when b.office_id is null then '{}' else array[b.office_id] end),
    asked = (select coalesce(array_agg(distinct (t->>'office')::uuid), '{}') from jsonb_array_elements(b.open_tasks) t
      where t->>'office' is not null)
  from case_file b left join all_of a on a.case_id = b.id where b.id = c.id
    and (a.offices is not null or b.office_id is not null or b.open_tasks <> '[]')`,
  `update case_file c set acquainted = a.operators from (
    select case_id, array_agg(distinct operator_id) as operators from (
      select case_id, operator_id from case_follower
      union all
      select n.case_id, m.operator_id from mention m join internal_note n on n.id = m.note_id
      union all
      select case_id, actor_id from journal where fact = 'opened' and actor_kind = 'operator' and actor_id is not null
    ) x group by case_id) a where a.case_id = c.id`,
  // Whoever follows a case or is mentioned in it is acquainted with it, whatever writes that they do.
  `create function acquaint(the_case uuid, who uuid) returns void language sql as $$
    update case_file set acquainted = acquainted || who where id = the_case and not acquainted @> array[who]
  $$`,
  `create function follower_is_acquainted() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'DELETE' then
      perform acquaint(new.case_id, new.operator_id);
    elsif not exists (select from mention m join internal_note n on n.id = m.note_id
        where n.case_id = old.case_id and m.operator_id = old.operator_id)
      and not exists (select from journal j where j.case_id = old.case_id and j.version = 1 and j.actor_kind = 'operator'
        and j.actor_id = old.operator_id)
    then
      update case_file set acquainted = array_remove(acquainted, old.operator_id) where id = old.case_id;
    end if;
    return null;
  end $$`,
  `create trigger case_follower_acquainted after insert or update or delete on case_follower
    for each row execute function follower_is_acquainted()`,
  `create function mentioned_is_acquainted() returns trigger language plpgsql as $$
  begin
    perform acquaint((select case_id from internal_note where id = new.note_id), new.operator_id);
    return null;
  end $$`,
  `create trigger mention_acquainted after insert on mention
    for each row execute function mentioned_is_acquainted()`,
  // How far a role sees, where an administration decided it.
  `alter table role_permission
    add column reach text check (reach in ('administration', 'offices', 'supplier')),
    add column up_to_tier smallint check (up_to_tier between 1 and 3)`,
  // The levels that an administration added to those shipped, or changed.
  `create table confidentiality_level (
    administration_id uuid not null references office,
    code text not null,
    name text not null,
    offices uuid[] not null,
    roles text[] not null,
    version integer not null,
    primary key (administration_id, code)
  )`,
  `alter table category add column confidentiality text`,
  `alter table routing_rule add column confidentiality text`,
  // Cases that somebody opened who may not know of them, for a while.
  `create table break_glass (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    case_id uuid not null references case_file,
    reason text not null,
    at timestamptz not null,
    until timestamptz not null
  )`,
  `create index break_glass_operator on break_glass (operator_id, until)`,
  `create index break_glass_administration on break_glass (administration_id, at desc, id desc)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on confidentiality_level to filodiretto_app;
      grant select, insert on break_glass to filodiretto_app;
    end if;
  end $$`,
];

/** Who sees which case. */
export class Sight0210 implements MigrationInterface {
  readonly name = 'Sight1700000000210';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
