import { Inject, Injectable } from '@nestjs/common';
import type { OfficeKind, OnDutyList, OnDutyOffice, OnDutyQuery, Presence, TopicRef } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import {
  isOpen,
  officesFor,
  onDuty,
  type Absence,
  type AnsweringOffice,
  type Member,
  type OnDuty,
  type Present,
} from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { groupedBy } from '../grouped.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { beyondSight } from '../isolation/acting.js';
import { Calendars } from './calendars.js';

interface OfficeRow extends AnsweringOffice {
  readonly kind: OfficeKind;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}
interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly phone: string | null;
  readonly languages: string[];
  readonly status: Presence | null;
  readonly since: number | null;
  readonly heartbeatAt: number | null;
  readonly inHand: number;
}
interface Row {
  readonly now: Date;
  readonly topic: TopicRef | null;
  readonly offices: OfficeRow[];
  readonly members: Member[];
  readonly absences: Absence[];
  readonly people: PersonRow[];
}

const ms = (column: string): string => `extract(epoch from ${column}) * 1000`;

/** The tree with its topics; who could answer, or stand in for somebody who could; who is away. */
const ON_DUTY = `
  with asked as (select id, code, label from topic where administration_id = $1 and code = $2),
  member as (
    select m.* from membership m join office o on o.id = m.office_id
    where m.administration_id = $1 and m.tier >= 2 and o.active
  ),
  away as (select * from absence where administration_id = $1 and from_at <= clock_now() and to_at > clock_now())
  select clock_now() as now,
    (select jsonb_build_object('id', id, 'code', code, 'label', label) from asked) as topic,
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'parent', o.parent_id, 'kind', o.kind, 'active', o.active,
       'name', o.name, 'email', o.email, 'phone', o.phone, 'address', o.address,
       'topics', array(select x.topic_id from office_topic x where x.office_id = o.id)) order by o.name, o.id), '[]')
     from office o where o.administration_id = $1) as offices,
    (select coalesce(jsonb_agg(jsonb_build_object('operator', operator_id, 'office', office_id, 'tier', tier)), '[]')
     from member) as members,
    (select coalesce(jsonb_agg(jsonb_build_object('operator', operator_id, 'substitute', substitute_id,
       'from', ${ms('from_at')}, 'to', ${ms('to_at')})), '[]') from away) as absences,
    (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'active', p.active, 'phone', p.phone, 'languages', p.languages,
       'status', s.status, 'since', ${ms('s.since')}, 'heartbeatAt', ${ms('s.heartbeat_at')},
       'inHand', (select count(*) from work_item w where w.operator_id = p.id and w.state = 'assigned'))), '[]')
     from operator p left join operator_presence s on s.operator_id = p.id
     where p.id in (select operator_id from member union select substitute_id from away)) as people`;

/** Who can take a citizen straight through at this moment. */
@Injectable()
export class OnDutyNow {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Calendars) private readonly calendars: Calendars,
  ) {}

  /** The offices that answer for a topic, and who is on duty there; `undefined` when there is no such topic. */
  async forTopic({ administrationId }: Asking, { topic: code, channel }: OnDutyQuery): Promise<OnDutyList | undefined> {
    const [row] = await beyondSight<Promise<Row[]>>('how much somebody has in hand is a number, of no case', () =>
      this.dataSource.query(ON_DUTY, [administrationId, code]),
    );
    if (!row?.topic) return undefined;
    const tree = new Map(row.offices.map(office => [office.id, office]));
    const answering = officesFor(tree, row.topic.id).flatMap(({ id }) => tree.get(id) ?? []);
    const book = await this.calendars.book(this.dataSource.manager, administrationId);
    const open = new Set(answering.map(({ id }) => id).filter(id => isOpen(book.of(id, channel), instant(row.now))));
    const people = new Map(row.people.map(person => [person.id, person]));
    const staff = {
      active: new Set(row.people.filter(({ active }) => active).map(({ id }) => id)),
      absences: row.absences,
    };
    const found = onDuty(open, row.members, staff, presences(row.people), row.now.getTime());
    const byOffice = groupedBy(found, ({ office }) => office);
    const items = answering.map((office): OnDutyOffice => ({
      id: office.id,
      name: office.name,
      ...present({ email: office.email, phone: office.phone, address: office.address }),
      open: open.has(office.id),
      people: (byOffice.get(office.id) ?? []).flatMap(one => personView(one, people)),
    }));
    return { topic: row.topic, items: items.sort((a, b) => rank(a) - rank(b)) };
  }
}

/** Somebody is free, the office is open, or neither. */
const rank = ({ people, open }: OnDutyOffice): number => (people.length > 0 ? 0 : open ? 1 : 2);

const presences = (people: readonly PersonRow[]): ReadonlyMap<string, Present> =>
  new Map(
    people.flatMap(({ id, status, since, heartbeatAt }) =>
      status === null || since === null || heartbeatAt === null
        ? []
        : [[id, { operator: id, status, since, heartbeatAt }]],
    ),
  );

function personView(
  { operator, tier, since, insteadOf }: OnDuty,
  people: ReadonlyMap<string, PersonRow>,
): OnDutyOffice['people'] {
  const person = people.get(operator);
  if (!person) return [];
  const { id, name, languages, inHand, phone } = person;
  const away = insteadOf === null ? undefined : people.get(insteadOf);
  return [
    {
      id,
      name,
      tier,
      languages,
      since: instant(new Date(since)),
      inHand,
      ...present({ phone, insteadOf: away && { id: away.id, name: away.name } }),
    },
  ];
}
