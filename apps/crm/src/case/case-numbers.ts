import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MachineDataSource } from '../data-source.js';
import { prepared } from '../prepared.js';

const YEAR = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Rome', year: 'numeric' });

/** The year a case belongs to: that of Italy's clocks when it was opened. */
export const yearOf = (at: Date): number => Number(YEAR.format(at));

/**
 * Counters of case numbers: one PostgreSQL sequence for each administration and year, made on demand. A sequence never
 * waits for another transaction and never gives a number twice; what a rolled-back transaction took is a gap, and gaps are allowed.
 */
@Injectable()
export class CaseNumbers {
  private readonly made = new Map<string, Promise<void>>();

  constructor(@Inject(MachineDataSource) private readonly dataSource: MachineDataSource) {}

  /** The next `count` counters, in order. Who takes one is numbered by the database from then on: `CalendarChanges` waits for them. */
  async take(manager: EntityManager, administrationId: string, year: number, count: number): Promise<number[]> {
    await this.ensure(administrationId, year);
    const { rows } = await prepared<{ counter: string }>(
      manager,
      'select counter from take_case_numbers($1, $2, $3) counter, pg_current_xact_id()',
      [administrationId, year, count],
    );
    return rows.map(row => Number(row.counter));
  }

  private ensure(administrationId: string, year: number): Promise<void> {
    const counter = `${administrationId} ${year}`;
    const found = this.made.get(counter);
    if (found) return found;
    const making = this.make(administrationId, year);
    this.made.set(counter, making);
    making.catch(() => this.made.delete(counter));
    return making;
  }

  /** Outside the caller's transaction, so that nobody waits for it to commit. */
  private async make(administrationId: string, year: number): Promise<void> {
    await this.dataSource.query('select make_case_counter($1, $2)', [administrationId, year]);
  }
}
