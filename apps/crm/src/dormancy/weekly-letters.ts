import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENDED_STATES, instant } from '@filodiretto/contracts/model';
import { absenceTold, weeklyMoment, type Weekly } from '@filodiretto/domain';
import { faultPoint } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { Books } from '../deadline/books.js';
import { Jobs } from '../job/jobs.js';
import { dayOf } from '../letter/matter.js';
import { OfficeLetters, type Letter } from '../letter/office-letters.js';
import { Responsibles } from '../office/responsibles.js';
import { Relay } from '../outbox/relay.js';
import { Monitoring } from '../privacy/monitoring.js';

const JOB = 'letters.weekly';
const EVERY_MS = 60_000;
/** A letter that could not be written in its week for so long is not written any more. */
const TOO_LATE_MS = 3 * 86_400_000;
const LISTED = 10;

interface OfficeWeek {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly held: number;
  readonly waiting: number;
  readonly late: number;
  readonly oldest: Date | null;
  readonly asked: number;
  readonly back: readonly { readonly number: string; readonly subject: string }[];
  readonly listed: readonly {
    readonly number: string;
    readonly subject: string;
    readonly opened: string;
    readonly late: boolean;
  }[];
  /** Who works there, and the names of those who have not come for long. */
  readonly people: number;
  readonly asleep: readonly string[];
}

/** What each office holds (the administration: what no office has yet), how old it is, what is late and what came back; offices that hold nothing are not among them. */
const WEEK = `
  with open as materialized (
    select c.id, coalesce(c.office_id, c.administration_id) as office_id, c.number, case when c.confidentiality is null then c.subject else 'Pratica riservata' end as subject, c.state, c.opened_at, (c.next_due_at <= $2) is true as is_late,
      row_number() over (partition by coalesce(c.office_id, c.administration_id) order by (c.next_due_at <= $2) is true desc, c.opened_at) as place
    from case_file c
    where c.administration_id = $1 and c.state <> all($3) and c.merged_into is null
  ),
  held as (
    select office_id, count(*)::int as held, count(*) filter (where state in ('received', 'triage', 'assigned'))::int as waiting,
      count(*) filter (where is_late)::int as late, min(opened_at) as oldest,
      json_agg(json_build_object('number', number, 'subject', subject, 'opened', opened_at, 'late', is_late) order by place)
        filter (where place <= ${LISTED}) as listed
    from open group by office_id
  ),
  back as (
    select r.office_id, json_agg(json_build_object('number', r.number, 'subject', r.subject) order by r.place) as back
    from (
      select b.office_id, b.number, b.subject, row_number() over (partition by b.office_id order by b.opened_at) as place
      from open b where exists (
        select from journal j where j.case_id = b.id and j.fact in ('reopened', 'competence_refused')
          and j.at > $2::timestamptz - interval '7 days')) r
    where r.place <= ${LISTED} group by r.office_id
  )
  select o.id, o.name, o.email, h.held, h.waiting, h.late, h.oldest, h.listed, coalesce(b.back, '[]') as back,
    (select count(*)::int from task t where t.office_id = o.id and t.state = 'open') as asked,
    (select count(*)::int from membership m join operator p on p.id = m.operator_id
      where m.office_id = o.id and p.active) as people,
    array(select p.name from membership m join operator p on p.id = m.operator_id
      where m.office_id = o.id and p.dormant_since is not null order by p.name) as asleep
  from held h join office o on o.id = h.office_id and o.active left join back b on b.office_id = o.id
  order by o.name`;

/**
 * One letter a week to whoever heads offices: what they hold. Whoever writes it (two processes, or one that was started again)
 * writes down that it was written in the same transaction.
 */
@Injectable()
export class WeeklyLetters implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(Responsibles) private readonly responsibles: Responsibles,
    @Inject(Books) private readonly books: Books,
    @Inject(Monitoring) private readonly monitoring: Monitoring,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({
      name: JOB,
      run: () => this.write(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Writes those whose moment has come. */
  async write(now = this.clock.now()): Promise<void> {
    const rows: { id: string; day: number; hour: number }[] = await this.dataSource.query(
      `select o.id, coalesce(s.weekly_letter_day, 1) as day, coalesce(s.weekly_letter_hour, 8) as hour
       from office o left join administration_setting s on s.administration_id = o.id
       where o.kind = 'administration' and o.active and coalesce(s.weekly_letter_day, 1) > 0`,
    );
    for (const row of rows) {
      const written = await this.dataSource.transaction(manager => this.writeOf(manager, row, now));
      if (written > 0) faultPoint('weekly-letters.after-commit');
    }
    this.relay.nudge();
  }

  /** Gives how many letters were written. */
  private async writeOf(
    manager: EntityManager,
    { id, day, hour }: { readonly id: string; readonly day: number; readonly hour: number },
    now: Date,
  ): Promise<number> {
    const offices = await this.due(manager, id, { weekday: day, hour }, now);
    const byRecipient = new Map<string, { to: Letter['to']; name: string; week: string; offices: OfficeWeek[] }>();
    for (const { week, office } of offices) {
      const head = await this.responsibles.headOf(manager, office.id, now);
      if (!head?.email && !office.email) continue;
      const key = `${week} ${head?.email ? head.operator : office.id}`;
      const entry = byRecipient.get(key) ?? {
        to: head?.email ? { operator: head.operator } : { office: office.id },
        name: head?.email ? head.name : office.name,
        week,
        offices: [],
      };
      entry.offices.push(office);
      byRecipient.set(key, entry);
    }
    const authorized = byRecipient.size > 0 && (await this.monitoring.isAuthorized(id, 'figures', manager));
    let written = 0;
    for (const one of byRecipient.values()) {
      const recipient =
        'operator' in one.to ? `operator:${one.to.operator}` : `office:${'office' in one.to ? one.to.office : ''}`;
      // Whoever else writes the same letter waits here, and then finds it written.
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `weekly ${id} ${one.week} ${recipient}`,
      ]);
      // Offices of one head may have their moment on different days: a letter tells those of which none has told yet.
      const told = new Map(one.offices.map(office => [`${recipient} ${office.id}`, office]));
      const known: { recipient: string }[] = await manager.query(
        'select recipient from weekly_letter where administration_id = $1 and week = $2 and recipient = any($3)',
        [id, one.week, [...told.keys()]],
      );
      for (const row of known) told.delete(row.recipient);
      if (told.size === 0) continue;
      const { letter } = await this.letters.write(manager, {
        administrationId: id,
        to: one.to,
        kind: 'weekly',
        subject: 'Le pratiche della settimana',
        text: weekWords(one.name, [...told.values()], { now, authorized }),
        cause: null,
      });
      await manager.query(
        `insert into weekly_letter (administration_id, week, recipient, letter_id, at)
         select $1, $2, unnest($3::text[]), $4, $5`,
        [id, one.week, [...told.keys()], letter, now],
      );
      written += 1;
    }
    if (written > 0) faultPoint('weekly-letters.before-commit');
    return written;
  }

  /** The offices whose weekly moment has come, and not long ago, by their own calendar; none when all of them had it. */
  private async due(
    manager: EntityManager,
    administrationId: string,
    weekly: Weekly,
    now: Date,
  ): Promise<{ readonly week: string; readonly office: OfficeWeek }[]> {
    const book = (await this.books.of(manager, [administrationId])).get(administrationId);
    if (!book) return [];
    const came = (office: string | null): { readonly week: string; readonly at: string } | undefined => {
      const moment = weeklyMoment(book.calendar(office), weekly, instant(now));
      return moment && now.getTime() - Date.parse(moment.at) < TOO_LATE_MS ? moment : undefined;
    };
    const first = came(null);
    if (!first) return [];
    const active: { id: string }[] = await manager.query(
      'select id from office where administration_id = $1 and active order by id',
      [administrationId],
    );
    const moments = new Map(active.flatMap(({ id }) => [[id, came(id)] as const]));
    const those = active.filter(({ id }) => moments.get(id));
    const marker = createHash('sha256')
      .update(those.map(({ id }) => id).join())
      .digest('hex');
    const isNew: unknown[] = await manager.query(
      `insert into weekly_letter (administration_id, week, recipient, at) values ($1, $2, $3, $4)
       on conflict do nothing returning recipient`,
      [administrationId, first.week, `looked:${marker}`, now],
    );
    if (isNew.length === 0) return [];
    const offices: OfficeWeek[] = await manager.query(WEEK, [administrationId, now, ENDED_STATES]);
    return offices.flatMap(office => {
      const moment = moments.get(office.id);
      // Who held nothing at that moment hears of it next week.
      return moment && office.oldest && office.oldest < new Date(moment.at) ? [{ week: moment.week, office }] : [];
    });
  }
}

const DAY_MS = 86_400_000;

function weekWords(
  name: string,
  offices: readonly OfficeWeek[],
  { now, authorized }: { readonly now: Date; readonly authorized: boolean },
): string {
  const section = (office: OfficeWeek): string[] => [
    '',
    office.name.toUpperCase(),
    `Pratiche aperte: ${office.held}. Da prendere in carico: ${office.waiting}. In ritardo: ${office.late}.`,
    ...(office.oldest === null
      ? []
      : [`La più vecchia è aperta da ${Math.floor((now.getTime() - office.oldest.getTime()) / DAY_MS)} giorni.`]),
    ...(office.asked === 0 ? [] : [`Quesiti di altri uffici senza risposta: ${office.asked}.`]),
    ...office.listed.map(
      ({ number, subject, opened, late }) =>
        `- ${number}, del ${dayOf(opened)}${late ? ', IN RITARDO' : ''}: ${subject}`,
    ),
    ...(office.held > office.listed.length ? [`- e altre ${office.held - office.listed.length}`] : []),
    ...(office.back.length === 0
      ? []
      : [
          'Tornate indietro in questa settimana:',
          ...office.back.map(({ number, subject }) => `- ${number}: ${subject}`),
        ]),
    ...absenceWords(office, authorized),
  ];
  return [`${name},`, `ecco le pratiche al ${dayOf(now)}.`, ...offices.flatMap(section)].join('\n');
}

function absenceWords({ asleep, people }: OfficeWeek, authorized: boolean): string[] {
  const told = absenceTold({ absent: asleep, people }, authorized);
  if (!told) return [];
  return [
    told.kind === 'names'
      ? `Non accedono da tempo: ${told.names.join(', ')}.`
      : `Persone che non accedono da tempo: ${told.absent} su ${told.people}.`,
  ];
}
