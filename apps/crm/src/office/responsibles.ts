import { Injectable } from '@nestjs/common';
import {
  directorOf,
  headOf,
  substitutePowerHolderOf,
  type Absence,
  type LedOffice,
  type OfficeTree,
  type Responsible,
  type Staff,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';

/** Somebody who answers for an office now, and where they are written to. */
export interface ResponsiblePerson extends Responsible {
  readonly name: string;
  readonly email: string | null;
  /** Name of the office that names them. */
  readonly officeName: string;
}

type Rule = (tree: OfficeTree<LedOffice>, staff: Staff, office: string, at: number) => Responsible | null;
interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}
interface LineRow {
  readonly now: Date;
  readonly offices: LedOffice[];
  readonly names: Readonly<Record<string, string>>;
  readonly absences: Absence[];
  readonly people: Person[];
}

/** The office, those above it, everybody away at the instant, and every active person that any of them names. */
const LINE = `
  with recursive line as (
    select o.*, 0 as height from office o where o.id = $1
    union all
    select o.*, l.height + 1 from line l join office o on o.id = l.parent_id where l.height < 100
  ),
  led as (
    select l.*, array(select s.operator_id from office_substitute s where s.office_id = l.id order by s.position) as substitutes
    from line l
  ),
  away as (
    select a.* from absence a
    where a.administration_id = (select administration_id from line limit 1)
      and a.from_at <= coalesce($2::timestamptz, clock_now()) and a.to_at > coalesce($2::timestamptz, clock_now())
  )
  select coalesce($2::timestamptz, clock_now()) as now,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'parent', parent_id, 'kind', kind, 'active', active,
       'responsible', responsible_id, 'substitutes', to_jsonb(substitutes),
       'substitutePowerHolder', substitute_power_holder_id)), '[]') from led) as offices,
    (select coalesce(jsonb_object_agg(id, name), '{}') from led) as names,
    (select coalesce(jsonb_agg(jsonb_build_object('operator', operator_id, 'substitute', substitute_id,
       'from', extract(epoch from from_at) * 1000, 'to', extract(epoch from to_at) * 1000)), '[]') from away) as absences,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email)), '[]')
     from operator p where p.active and not ($3 and p.dormant_since is not null) and p.id in (
       select responsible_id from led union select substitute_power_holder_id from led
       union select unnest(substitutes) from led union select substitute_id from away)) as people`;

/** Who answers for an office at an instant, absences and substitutes applied. Without an instant: now, as the database says. */
@Injectable()
export class Responsibles {
  /** Who heads an office, or the nearest one above that somebody heads. Null: nobody is there, up to the administration. */
  async headOf(manager: EntityManager, officeId: string, at?: Date): Promise<ResponsiblePerson | null> {
    return (await ladderOf(manager, officeId, at))(headOf);
  }

  /** Who heads an office, of those who have been seen lately. */
  async standInFor(manager: EntityManager, officeId: string, at: Date): Promise<ResponsiblePerson | null> {
    return (await ladderOf(manager, officeId, at, true))(headOf);
  }

  /** Who heads the department above an office, or the administration. */
  async directorOf(manager: EntityManager, officeId: string, at?: Date): Promise<ResponsiblePerson | null> {
    return (await ladderOf(manager, officeId, at))(directorOf);
  }

  /** Who may step in for an office that let a term expire. */
  async substitutePowerHolderOf(
    manager: EntityManager,
    officeId: string,
    at?: Date,
  ): Promise<ResponsiblePerson | null> {
    return (await ladderOf(manager, officeId, at))(substitutePowerHolderOf);
  }

  /** Head and director of an office, read at once. */
  async headAndDirectorOf(
    manager: EntityManager,
    officeId: string,
  ): Promise<{ readonly head: ResponsiblePerson | null; readonly director: ResponsiblePerson | null }> {
    const who = await ladderOf(manager, officeId, undefined);
    return { head: who(headOf), director: who(directorOf) };
  }
}

/** Reads all that the rules look at, by one statement; gives whom a rule finds. */
async function ladderOf(
  manager: EntityManager,
  officeId: string,
  at: Date | undefined,
  awake = false,
): Promise<(rule: Rule) => ResponsiblePerson | null> {
  const [line]: LineRow[] = await manager.query(LINE, [officeId, at ?? null, awake]);
  if (!line) throw new Error('a select without a table gave no row');
  const tree = new Map(line.offices.map(office => [office.id, office]));
  const people = new Map(line.people.map(person => [person.id, person]));
  const staff: Staff = { active: new Set(people.keys()), absences: line.absences };
  return rule => {
    const one = rule(tree, staff, officeId, line.now.getTime());
    const person = one && people.get(one.operator);
    return one && person
      ? { ...one, name: person.name, email: person.email, officeName: line.names[one.office] ?? '' }
      : null;
  };
}
