import { instant, type Instant } from '@filodiretto/contracts/model';
import { ConfigurationError } from '@filodiretto/platform';
import type { DataSource } from 'typeorm';

/**
 * The time by which the core decides: the machine's, and in tests and the demonstration so far ahead of it as somebody moved
 * it. SQL asks `clock_now()`, which says the same. What only measures (how long a query took) asks the machine.
 */
export class Clock {
  private constructor(
    private readonly movable: DataSource | undefined,
    private aheadMs: number,
  ) {}

  /** The machine's time, and nothing else. */
  static readonly real = new Clock(undefined, 0);

  /** One that shows another moment now and goes on from there: for whoever writes down what happened before. */
  static from(moment: Date): Clock {
    return new Clock(undefined, moment.getTime() - Date.now());
  }

  /** Reads how far ahead this database's clock was moved. Throws `ConfigurationError` when it was and may not be. */
  static async of(dataSource: DataSource, mayMove: boolean): Promise<Clock> {
    const [row]: { ms: string }[] = await dataSource.query('select extract(epoch from ahead) * 1000 as ms from clock');
    const ahead = Number(row?.ms ?? 0);
    if (ahead > 0 && !mayMove)
      throw new ConfigurationError(['DATABASE_URL: the clock of this database was moved: it is a demonstration']);
    return new Clock(mayMove ? dataSource : undefined, ahead);
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
  instant(): Instant {
    return instant(this.now());
  }
  /** The moment of the machine at which this clock will show `at`. */
  machineTime(at: Date): Date {
    return new Date(at.getTime() - this.aheadMs);
  }

  get mayMove(): boolean {
    return this.movable !== undefined;
  }

  /** Moves the time forward, with every job that waits for it. Throws where the clock may not be moved. */
  async advance(ms: number): Promise<void> {
    if (!this.movable) throw new Error('this clock is not moved');
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError('time goes forward');
    await this.movable.transaction(async manager => {
      await manager.query(`update clock set ahead = ahead + interval '1 millisecond' * $1`, [ms]);
      await manager.query(
        `update graphile_worker._private_jobs set run_at = run_at - interval '1 millisecond' * $1 where locked_at is null`,
        [ms],
      );
      await manager.query(`select pg_notify('jobs:insert', '{"count":1}')`);
    });
    this.aheadMs += ms;
  }
}
