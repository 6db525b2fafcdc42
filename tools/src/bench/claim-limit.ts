import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inParallel, percentile } from './measure.js';

const CLIENTS = 8;

/** The same claim by the bare driver: the first that waits, somebody who has room, one row that joins them, durable. */
export class ClaimLimit {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly schema: string,
    private readonly queues: number,
  ) {}

  /** Works in a schema of its own, beside the core's tables. */
  static async open(
    url: string,
    { queues, operators, items }: { readonly queues: number; readonly operators: number; readonly items: number },
  ): Promise<ClaimLimit> {
    const schema = `bench_claim_${Date.now()}`;
    const pool = new pg.Pool({ connectionString: url, max: CLIENTS, options: `-c search_path=${schema}` });
    await pool.query(`create schema ${schema}`);
    await pool.query(
      `create table work (id bigint primary key, queue int not null, state text not null, waits_since timestamptz not null);
       create table operator (id int primary key, queue int not null, load int not null, capacity int not null, check (load <= capacity));
       create table assignment (work_id bigint primary key references work, operator_id int not null, id uuid not null, at timestamptz not null default now());
       insert into work select n, n % ${queues}, 'queued', now() - n * interval '1 second' from generate_series(1, ${items}) n;
       insert into operator select n, n % ${queues}, 0, 1000 from generate_series(1, ${operators}) n;
       create index on work (queue, waits_since) where state = 'queued';
       create index on operator (queue);
       analyze work; analyze operator`,
    );
    return new ClaimLimit(pool, schema, queues);
  }

  /** Claims, each in a transaction of its own: how many a second, and the 95th percentile of one in milliseconds. */
  async claims(count: number): Promise<{ perSecond: number; p95: number }> {
    const began = performance.now();
    const times = await inParallel(count, CLIENTS, index => this.claim(index % this.queues));
    return { perSecond: (count / (performance.now() - began)) * 1_000, p95: percentile(times, 0.95) };
  }

  async close(): Promise<void> {
    await this.pool.query(`drop schema ${this.schema} cascade`);
    await this.pool.end();
  }

  private async claim(queue: number): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const work = await client.query<{ id: string }>({
        name: 'work',
        text: `select id from work where state = 'queued' and queue = $1 order by waits_since limit 1 for update skip locked`,
        values: [queue],
      });
      const operator = await client.query<{ id: number }>({
        name: 'operator',
        text: 'select id from operator where queue = $1 and load < capacity order by load limit 1 for update skip locked',
        values: [queue],
      });
      const [item, person] = [work.rows[0], operator.rows[0]];
      if (item && person) {
        await client.query({
          name: 'taken',
          text: `update work set state = 'offered' where id = $1`,
          values: [item.id],
        });
        await client.query({
          name: 'load',
          text: 'update operator set load = load + 1 where id = $1',
          values: [person.id],
        });
        await client.query({
          name: 'assign',
          text: 'insert into assignment (work_id, operator_id, id) values ($1, $2, $3)',
          values: [item.id, person.id, randomUUID()],
        });
      }
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
}
