import type { EntityManager } from 'typeorm';

/** A rule that waits for quiet, and until when it has looked. */
interface Rule {
  readonly id: string;
  readonly administration_id: string;
  /** Null: it has not looked yet. */
  readonly from: string | null;
  readonly until: string;
}

/** Who counts as doing something in a case. */
const PEOPLE = `('contact', 'operator', 'office')`;
/** What is looked at once more each time: a fact is written a moment after the instant that it says. */
const AGAIN = `interval '10 minutes'`;

/** What people did last in open cases, where it was so long ago; all that became so long ago since the rule last looked. */
const SINCE_LAST = `
  select gen_random_uuid(), $1::uuid, c.id || ':' || j.id, c.id, '{}', clock_now()
  from journal j join case_file c on c.id = j.case_id
  where j.administration_id = $2 and j.at > $3::timestamptz - ${AGAIN} and j.at <= $4::timestamptz and j.actor_kind in ${PEOPLE}
    and c.ended_at is null and not exists (
      select from journal n where n.case_id = j.case_id and n.version > j.version and n.actor_kind in ${PEOPLE})`;

/** The same of a rule that never looked: each open case, once. */
const FROM_ALL = `
  select gen_random_uuid(), $1::uuid, c.id || ':' || l.id, c.id, '{}', clock_now()
  from case_file c cross join lateral (
    select j.id, j.at from journal j where j.case_id = c.id and j.actor_kind in ${PEOPLE} order by j.version desc limit 1) l
  where c.administration_id = $2 and c.ended_at is null and l.at <= $3::timestamptz`;

/**
 * Makes runs of the open cases in which no citizen, operator or office did anything for as many hours as a rule says; at most one
 * for the last thing that somebody did. A rule looks at what became quiet since it last looked. Rules that another process looks
 * at are left to it.
 */
export async function watchQuiet(manager: EntityManager): Promise<void> {
  const rules: Rule[] = await manager.query(
    `select id, administration_id, quiet_until::text as "from", (clock_now() - make_interval(hours => quiet_hours))::text as until
     from automation where enabled and quiet_hours is not null order by id for no key update skip locked`,
  );
  for (const { id, administration_id: administration, from, until } of rules) {
    await manager.query(
      `insert into automation_run (id, automation_id, trigger, case_id, chain, at)
       ${from === null ? FROM_ALL : SINCE_LAST} on conflict do nothing`,
      from === null ? [id, administration, until] : [id, administration, from, until],
    );
    await manager.query('update automation set quiet_until = greatest(quiet_until, $2::timestamptz) where id = $1', [
      id,
      until,
    ]);
  }
}
