import { Inject, Injectable } from '@nestjs/common';
import type {
  ClosureView,
  HoursView,
  MemberView,
  NamedRef,
  OfficeDetail,
  OfficeKind,
  OfficeRef,
  OperatorRef,
  ResponsibleView,
  SupplierList,
  SupplierView,
  TopicList,
  TopicRef,
  TopicView,
} from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts/model';
import { isOpen } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { Calendars } from './calendars.js';
import { Responsibles, type ResponsiblePerson } from './responsibles.js';
import { seenWith } from '../permission/seen.js';

interface DetailRow {
  readonly id: string;
  readonly parent: string | null;
  readonly code: string;
  readonly name: string;
  readonly kind: OfficeKind;
  readonly tier: number;
  readonly active: boolean;
  readonly version: number;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly ipaCode: string | null;
  readonly patronSaint: string | null;
  readonly openOnHolidays: boolean;
  readonly letters: boolean;
  readonly responsible: OperatorRef | null;
  readonly substitutePowerHolder: OperatorRef | null;
  readonly substitutes: OperatorRef[];
  readonly supplier: NamedRef | null;
  readonly lot: NamedRef | null;
  readonly successor: OfficeRef | null;
  readonly topics: TopicRef[];
  readonly answersFor: TopicRef[];
  readonly hours: (Pick<HoursView, 'opening'> & { readonly channel: string | null })[];
  readonly closures: ClosureView[];
  readonly members: MemberView[];
  readonly openCases: number;
}

const person = (id: string): string =>
  `(select jsonb_build_object('id', p.id, 'name', p.name) from operator p where p.id = ${id})`;
const named = (table: string, id: string): string =>
  `(select jsonb_build_object('id', n.id, 'code', n.code, 'name', n.name) from ${table} n where n.id = ${id})`;
const listed = (one: string, from: string): string => `(select coalesce(jsonb_agg(${one}), '[]') from ${from})`;
const TOPIC = `jsonb_build_object('id', t.id, 'code', t.code, 'label', t.label) order by t.label, t.id`;

const detail = (shown: string): string => `
  with recursive line as (
    select id, parent_id, 0 as height from office where id = $1
    union all
    select o.id, o.parent_id, l.height + 1 from line l join office o on o.id = l.parent_id where l.height < 100
  ),
  answering as (
    select l.id from line l where exists (select from office_topic x where x.office_id = l.id) order by l.height limit 1
  )
  select o.id, o.parent_id as parent, o.code, o.name, o.kind, o.tier, o.active, o.version, o.email, o.phone, o.address,
    o.ipa_code as "ipaCode", o.patron_saint as "patronSaint", o.open_on_holidays as "openOnHolidays", o.letters,
    ${person('o.responsible_id')} as responsible,
    ${person('o.substitute_power_holder_id')} as "substitutePowerHolder",
    ${listed(
      `jsonb_build_object('id', p.id, 'name', p.name) order by s.position`,
      'office_substitute s join operator p on p.id = s.operator_id where s.office_id = o.id',
    )} as substitutes,
    ${named('supplier', 'o.supplier_id')} as supplier, ${named('lot', 'o.lot_id')} as lot,
    (select jsonb_build_object('id', h.id, 'name', h.name) from office h where h.id = o.successor_id) as successor,
    ${listed(TOPIC, 'office_topic x join topic t on t.id = x.topic_id where x.office_id = o.id')} as topics,
    ${listed(
      TOPIC,
      'answering a join office_topic x on x.office_id = a.id join topic t on t.id = x.topic_id',
    )} as "answersFor",
    ${listed(
      `jsonb_build_object('channel', h.channel, 'opening', h.intervals) order by h.channel nulls first`,
      'office_hours h where h.office_id = o.id',
    )} as hours,
    ${listed(
      `jsonb_build_object('id', c.id, 'from', c.from_date, 'to', c.to_date, 'reason', c.reason) order by c.from_date, c.id`,
      `closure c where c.office_id = o.id and c.to_date >= (clock_now() at time zone 'Europe/Rome')::date`,
    )} as closures,
    ${listed(
      `jsonb_build_object('operator', jsonb_build_object('id', p.id, 'name', p.name), 'role', m.role, 'tier', m.tier,
        'main', p.office_id = o.id, 'away', exists (
          select from absence a where a.operator_id = p.id and a.from_at <= clock_now() and a.to_at > clock_now())) order by p.name, p.id`,
      'membership m join operator p on p.id = m.operator_id where m.office_id = o.id and p.active',
    )} as members,
    (select count(*)::int from case_file c where c.office_id = o.id and c.state <> all($3) and ${shown}) as "openCases"
  from office o where o.id = $1 and o.administration_id = $2`;

/** Offices one by one, and what they are made of. */
@Injectable()
export class OfficeQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Responsibles) private readonly responsibles: Responsibles,
  ) {}

  /** An office with all that is known of it, and who answers for it now. */
  async one({ administrationId, sight }: Asking, id: string): Promise<OfficeDetail | undefined> {
    const parameters: unknown[] = [id, administrationId, ENDED_STATES];
    const [row]: DetailRow[] = await this.dataSource.query(detail(seenWith(sight, parameters)), parameters);
    if (!row) return undefined;
    const { head, director } = await this.responsibles.headAndDirectorOf(this.dataSource.manager, id);
    const calendar = await this.calendars.calendarOf(this.dataSource.manager, administrationId, id);
    const {
      parent,
      email,
      phone,
      address,
      ipaCode,
      patronSaint,
      responsible,
      substitutePowerHolder,
      supplier,
      lot,
      successor,
      ...rest
    } = row;
    return {
      ...rest,
      ...present({ parent, email, phone, address, ipaCode, patronSaint, responsible, substitutePowerHolder }),
      ...present({
        supplier,
        lot,
        successor,
        head: head && answering(head),
        director: director && answering(director),
      }),
      hours: row.hours.map(({ channel, opening }) => ({ ...present({ channel }), opening })),
      opening: [...calendar.opening],
      open: row.active && isOpen(calendar, this.clock.instant()),
    };
  }

  async topics({ administrationId }: Asking): Promise<TopicList> {
    const items: TopicView[] = await this.dataSource.query(
      'select id, code, label, active, version from topic where administration_id = $1 order by label, id',
      [administrationId],
    );
    return { items };
  }

  async topic({ administrationId }: Asking, id: string): Promise<TopicView | undefined> {
    const rows: TopicView[] = await this.dataSource.query(
      'select id, code, label, active, version from topic where administration_id = $1 and id = $2',
      [administrationId, id],
    );
    return rows[0];
  }

  /** All suppliers, or one. */
  async suppliers({ administrationId }: Asking, id?: string): Promise<SupplierList> {
    const items: SupplierView[] = await this.dataSource.query(
      `select s.id, s.code, s.name, s.version, ${listed(
        `jsonb_build_object('id', l.id, 'code', l.code, 'name', l.name) order by l.code`,
        'lot l where l.supplier_id = s.id',
      )} as lots
       from supplier s where s.administration_id = $1 and ($2::uuid is null or s.id = $2) order by s.name, s.id`,
      [administrationId, id ?? null],
    );
    return { items };
  }
}

const answering = ({ operator, name, office, officeName, as }: ResponsiblePerson): ResponsibleView => ({
  operator: { id: operator, name },
  office: { id: office, name: officeName },
  as,
});
