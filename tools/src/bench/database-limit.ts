import pg from 'pg';

const TABLES = `
  create table bench_message (id uuid primary key, external_id text not null unique, conversation text not null, content jsonb not null, received_at timestamptz not null);
  create table bench_case (id uuid primary key, number text not null unique, version integer not null, state text not null, subject text not null);
  create table bench_journal (case_id uuid not null, version integer not null, fact text not null, data jsonb not null, hash bytea not null, primary key (case_id, version));
  create table bench_outbox (id bigserial primary key, subject text not null, payload jsonb not null)`;
const CONNECTIONS = 8;

interface Row {
  readonly id: string;
  readonly external: string;
  readonly text: string;
}

/** The least that a message costs: itself, its case, the journal entry, the outbox row; durable; by the bare driver. */
export class DatabaseLimit {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly schema: string,
  ) {}

  /** Works in a schema of its own, beside the core's tables. */
  static async open(url: string): Promise<DatabaseLimit> {
    const schema = `bench_limit_${Date.now()}`;
    const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, options: `-c search_path=${schema}` });
    await pool.query(`create schema ${schema}`);
    await pool.query(TABLES);
    return new DatabaseLimit(pool, schema);
  }

  /** Messages a second, so many in each transaction. */
  async messagesPerSecond(count: number, inOne: number): Promise<number> {
    const batches = Array.from({ length: Math.ceil(count / inOne) }, (_, batch) =>
      Array.from({ length: inOne }, (__, index): Row => ({
        id: crypto.randomUUID(),
        external: `${inOne}-${batch}-${index}-${Math.random()}`,
        text: 'Buongiorno, il lampione davanti a casa è spento da tre giorni.',
      })),
    );
    const began = performance.now();
    const worker = async (): Promise<void> => {
      for (let batch = batches.pop(); batch; batch = batches.pop()) await this.store(batch);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    return (count / (performance.now() - began)) * 1_000;
  }

  async close(): Promise<void> {
    await this.pool.query(`drop schema ${this.schema} cascade`);
    await this.pool.end();
  }

  private async store(rows: readonly Row[]): Promise<void> {
    const client = await this.pool.connect();
    const list = [JSON.stringify(rows)];
    const from = `from json_to_recordset($1::json) as r(id uuid, external text, text text)`;
    try {
      await client.query('begin');
      await client.query(
        `insert into bench_message select id, external, external, jsonb_build_array(jsonb_build_object('type', 'text', 'text', text)), now() ${from} on conflict do nothing`,
        list,
      );
      await client.query(`insert into bench_case select id, external, 1, 'received', text ${from}`, list);
      await client.query(
        `insert into bench_journal select id, 1, 'opened', jsonb_build_object('message', id), sha256(convert_to(text, 'UTF8')) ${from}`,
        list,
      );
      await client.query(
        `insert into bench_outbox (subject, payload) select 'crm.event.case.opened.' || id, jsonb_build_object('case', id) ${from}`,
        list,
      );
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
}
