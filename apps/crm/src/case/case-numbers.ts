import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
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

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The next `count` counters, in order. */
  async take(manager: EntityManager, administrationId: string, year: number, count: number): Promise<number[]> {
    const sequence = `case_number_${administrationId.replaceAll('-', '')}_${year}`;
    await this.ensure(sequence);
    const { rows } = await prepared<{ counter: string }>(
      manager,
      'select nextval($1::regclass) as counter from generate_series(1, $2)',
      [sequence, count],
    );
    return rows.map(row => Number(row.counter));
  }

  private ensure(sequence: string): Promise<void> {
    const found = this.made.get(sequence);
    if (found) return found;
    const making = this.make(sequence);
    this.made.set(sequence, making);
    making.catch(() => this.made.delete(sequence));
    return making;
  }

  /** Outside the caller's transaction, so that nobody waits for it to commit. */
  private async make(sequence: string): Promise<void> {
    if (!/^case_number_[0-9a-f]{32}_\d{4}$/.test(sequence)) throw new Error(`not the name of a sequence: ${sequence}`);
    await this.dataSource.transaction(async manager => {
      await manager.query('select pg_advisory_xact_lock(hashtext($1))', [sequence]);
      await manager.query(`create sequence if not exists ${sequence}`);
    });
  }
}
