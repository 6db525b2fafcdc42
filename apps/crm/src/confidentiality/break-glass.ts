import { Inject, Injectable } from '@nestjs/common';
import type { BreakGlass, OpenedCase, OpenedCasePage, PageQuery } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { beyondSight } from '../isolation/acting.js';
import { Ledger } from '../case/ledger.js';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at } from '../http/present.js';
import { Where } from '../http/where.js';
import { OfficeLetters } from '../letter/office-letters.js';
import { Responsibles } from '../office/responsibles.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { Settings } from '../setting/settings.js';
import { Trail } from '../trail/trail.js';

interface Row extends Cursor {
  readonly case_id: string;
  readonly number: string;
  readonly operator_id: string;
  readonly operator_name: string;
  readonly reason: string;
  readonly opened_at: Date;
  readonly until: Date;
}
interface Target {
  readonly id: string;
  readonly number: string;
  readonly office_id: string | null;
  readonly who: string;
  readonly now: Date;
  readonly until: Date;
}

const NO_CASE = refused('not-found', 'There is no such case.');

/**
 * Opens a case to somebody who may not know of it: for a while, by the database's clock, with a reason that the journal keeps, and
 * never without those who answer for it hearing of it.
 */
@Injectable()
export class GlassBreaking {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(Responsibles) private readonly responsibles: Responsibles,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** Leaves an entry of what was tried, whatever comes of it: also of a number that is none. */
  async tried(operator: Asking, { number }: BreakGlass): Promise<void> {
    await this.trail.write(undefined, {
      operator,
      act: 'searched',
      operation: 'breakGlass',
      subjectKind: 'cases',
      fields: ['number', 'reason'],
      words: number,
    });
  }

  /** Opens the case of a number, in the caller's transaction. */
  async open(
    manager: EntityManager,
    operator: Asking,
    { number, reason }: BreakGlass,
    cause: string,
  ): Promise<{ readonly id: string } | Refused> {
    const { administrationId } = operator;
    const { breakGlassMinutes: minutes } = await this.settings.of(administrationId, manager);
    const [target]: Target[] = await manager.query(
      `select c.id, c.number, c.office_id, p.name as who, clock_now() as now,
         clock_now() + make_interval(mins => $4) as until
       from case_file c join operator p on p.id = $3
       where c.administration_id = $1 and c.number = $2 for no key update of c`,
      [administrationId, number.trim(), operator.id, minutes],
    );
    if (!target) return NO_CASE;
    const id = v7();
    const { id: caseId, now, until } = target;
    await manager.query(
      `insert into break_glass (id, administration_id, operator_id, case_id, reason, at, until) values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, administrationId, operator.id, caseId, reason.trim(), now, until],
    );
    const told = await this.ledger.execute(manager, {
      caseId,
      cause,
      commands: [
        {
          name: 'breakGlass',
          opening: id,
          until: instant(until),
          reason: reason.trim(),
          by: { kind: 'operator', id: operator.id },
        },
      ],
    });
    if (isRefused(told)) return told;
    for (const recipient of await this.recipients(manager, administrationId, target.office_id))
      // About the opening, not about the case: who protects data need not know of that to read this.
      await this.letters.write(manager, {
        administrationId,
        to: { operator: recipient },
        kind: 'break_glass',
        subject: `Accesso d'emergenza alla pratica ${target.number}`,
        text: `${target.who} ha aperto la pratica ${target.number}, che non poteva conoscere, fino alle ${clockOf(until)}.\n\nMotivo: ${reason.trim()}`,
        cause,
      });
    return { id };
  }

  /** One opening, as whoever made it is told. */
  async one({ administrationId }: Asking, id: string): Promise<OpenedCase | undefined> {
    const [row] = await this.rows(
      new Where().and('g.administration_id = $?', administrationId).and('g.id = $?', id),
      1,
    );
    return row && viewOf(row);
  }

  /** Every opening, the newest first. */
  async list({ administrationId }: Asking, page: PageQuery): Promise<OpenedCasePage> {
    const cursor = cursorOf(page.after);
    const limit = limitOf(page);
    const where = new Where()
      .and('g.administration_id = $?', administrationId)
      .and('(g.at, g.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    return pageOf(await this.rows(where, limit + 1), limit, viewOf);
  }

  private rows(where: Where, limit: number): Promise<Row[]> {
    return beyondSight('who watches over openings sees all of them', () =>
      this.dataSource.query(
        `select g.id, g.case_id, c.number, g.operator_id, p.name as operator_name, g.reason, g.at as opened_at, g.until,
         ${cursorAt('g.at')} as at
       from break_glass g join case_file c on c.id = g.case_id join operator p on p.id = g.operator_id
       where ${where.toString()} order by g.at desc, g.id desc limit ${limit}`,
        where.parameters,
      ),
    );
  }

  /** Who heads the office that holds the case, and who protects data; where nobody is named for that, who administers. */
  private async recipients(
    manager: EntityManager,
    administrationId: string,
    office: string | null,
  ): Promise<ReadonlySet<string>> {
    const head = await this.responsibles.headOf(manager, office ?? administrationId);
    const { dataProtectionOfficer: officer } = await this.settings.of(administrationId, manager);
    const [named]: unknown[] = officer
      ? await manager.query('select from operator where id = $1 and administration_id = $2 and active', [
          officer,
          administrationId,
        ])
      : [];
    const others: { id: string }[] =
      officer !== undefined && named !== undefined
        ? [{ id: officer }]
        : await manager.query(
            `select id from operator where administration_id = $1 and role = 'admin' and active order by id`,
            [administrationId],
          );
    return new Set([...(head ? [head.operator] : []), ...others.map(({ id }) => id)]);
  }
}

const clockOf = (date: Date): string =>
  new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'short' }).format(date);

const viewOf = (row: Row): OpenedCase => ({
  id: row.id,
  case: { id: row.case_id, number: row.number },
  operator: { id: row.operator_id, name: row.operator_name },
  reason: row.reason,
  at: at(row.opened_at),
  until: at(row.until),
});
