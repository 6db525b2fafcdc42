import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The least that a message needs, with the indexes without which no screen finds a case, its timeline, or whose it is. */
const TABLES = `
  create table contact (id uuid primary key, name text, created_at timestamptz not null);
  create table address (id uuid primary key, contact_id uuid not null references contact, kind text not null, value text not null, unique (kind, value));
  create table case_file (id uuid primary key, number text not null unique, version integer not null, state text not null, subject text not null, contact_id uuid not null references contact, opened_at timestamptz not null);
  create table conversation (id uuid primary key, key text not null unique, contact_id uuid not null references contact, case_id uuid not null references case_file, last_seq integer not null);
  create table message (id uuid primary key, conversation_id uuid not null references conversation, seq integer not null, case_id uuid not null references case_file, external_id text not null unique, content jsonb not null, received_at timestamptz not null, unique (conversation_id, seq));
  create table journal (case_id uuid not null, version integer not null, fact text not null, data jsonb not null, hash bytea not null, primary key (case_id, version));
  create table outbox (id bigserial primary key, subject text not null, payload jsonb not null);
  create index on address (contact_id);
  create index on case_file (opened_at desc, id desc);
  create index on case_file (contact_id, opened_at desc);
  create index on conversation (contact_id);
  create index on conversation (case_id);
  create index on message (case_id, received_at)`;
/** What was announced does not stay: the row leaves once the bus holds it. */
const LEFT = 'delete from outbox where id = any($1::bigint[])';
/** The least that a message which opens a case writes; the last statement gives the announcements. */
const OPENING = [
  `insert into contact select contact, text, now() from input`,
  `insert into address select gen_random_uuid(), contact, 'loopback', conversation from input`,
  `insert into case_file select case_id, external, 1, 'received', text, contact, now() from input`,
  `insert into conversation select gen_random_uuid(), conversation, contact, case_id, 1 from input`,
  `insert into message select i.id, c.id, c.last_seq, i.case_id, i.external, jsonb_build_array(jsonb_build_object('type', 'text', 'text', i.text)), now() from input i join conversation c on c.key = i.conversation on conflict do nothing`,
  `insert into journal select case_id, 1, 'opened', jsonb_build_object('message', id), sha256(convert_to(text, 'UTF8')) from input`,
  `insert into outbox (subject, payload) select 'crm.event.case.opened.' || case_id, jsonb_build_object('case', case_id) from input returning id`,
];
/** The least that a message which joins an open case writes; the last statement gives the announcements. */
const JOINING = [
  `update conversation c set last_seq = c.last_seq + n.added from (select conversation, count(*) as added from input group by conversation) n where c.key = n.conversation`,
  `update case_file f set version = f.version + n.added from (select c.case_id, count(*) as added from input i join conversation c on c.key = i.conversation group by c.case_id) n where f.id = n.case_id`,
  `insert into message select i.id, c.id, c.last_seq - row_number() over (partition by c.id order by i.external) + 1, c.case_id, i.external, jsonb_build_array(jsonb_build_object('type', 'text', 'text', i.text)), now() from input i join conversation c on c.key = i.conversation on conflict do nothing`,
  `insert into journal select f.id, f.version - row_number() over (partition by f.id order by i.external) + 1, 'message_received', jsonb_build_object('message', i.id), sha256(convert_to(i.text, 'UTF8')) from input i join conversation c on c.key = i.conversation join case_file f on f.id = c.case_id`,
  `insert into outbox (subject, payload) select 'crm.event.case.message_received.' || c.case_id, jsonb_build_object('case', c.case_id) from input i join conversation c on c.key = i.conversation returning id`,
];
const INPUT = `with input as (select * from json_to_recordset($1::json) as r(id uuid, contact uuid, case_id uuid, conversation text, external text, text text))`;
const CONNECTIONS = 8;

interface Row {
  readonly id: string;
  readonly contact: string;
  readonly case_id: string;
  readonly conversation: string;
  readonly external: string;
  readonly text: string;
}
const rowOf = (conversation: string): Row => ({
  id: randomUUID(),
  contact: randomUUID(),
  case_id: randomUUID(),
  conversation,
  external: randomUUID(),
  text: 'Buongiorno, il lampione davanti a casa è spento da tre giorni e la strada è molto buia.',
});

/** The same minimal work as the core's, by the bare driver: the rows that no way round can spare, durable. */
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

  /** Messages that open a case, a second, so many in each transaction. */
  opening(count: number, inOne: number): Promise<number> {
    const batches = Array.from({ length: Math.ceil(count / inOne) }, () =>
      Array.from({ length: inOne }, () => rowOf(randomUUID())),
    );
    return this.perSecond(batches, OPENING);
  }

  /** Messages that join 200 open cases, a second, so many in each transaction; each worker has its own conversations. */
  async joining(count: number, inOne: number): Promise<number> {
    const conversations = Array.from({ length: 200 }, () => randomUUID());
    await this.perSecond([conversations.map(rowOf)], OPENING);
    const batches = Array.from({ length: Math.ceil(count / inOne) }, (_, batch) =>
      Array.from({ length: inOne }, (__, index) =>
        rowOf(conversations[((batch % CONNECTIONS) * 25 + (index % 25)) % 200] ?? ''),
      ),
    );
    return this.perSecond(batches, JOINING);
  }

  private async perSecond(batches: Row[][], statements: readonly string[]): Promise<number> {
    const count = batches.reduce((sum, batch) => sum + batch.length, 0);
    const lanes = Array.from({ length: CONNECTIONS }, (_, lane) =>
      batches.filter((__, index) => index % CONNECTIONS === lane),
    );
    const began = performance.now();
    await Promise.all(
      lanes.map(async lane => {
        for (const batch of lane) await this.store(batch, statements);
      }),
    );
    return (count / (performance.now() - began)) * 1_000;
  }

  async close(): Promise<void> {
    await this.pool.query(`drop schema ${this.schema} cascade`);
    await this.pool.end();
  }

  private async store(rows: readonly Row[], statements: readonly string[]): Promise<void> {
    const client = await this.pool.connect();
    const input = [JSON.stringify(rows)];
    try {
      await client.query('begin');
      let announced: { id: string }[] = [];
      for (const [index, statement] of statements.entries()) {
        const name = `${statements.length}-${index}`;
        ({ rows: announced } = await client.query<{ id: string }>({
          name,
          text: `${INPUT} ${statement}`,
          values: input,
        }));
      }
      await client.query('commit');
      await client.query({ name: 'left', text: LEFT, values: [announced.map(row => row.id)] });
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  }
}
