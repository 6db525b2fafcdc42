import { EventEmitter } from 'node:events';
import type { Logger } from '@filodiretto/platform';
import type { WorkerEvents } from 'graphile-worker';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

/** A living runner holds this lock, with the hash of its name, for as long as its session lives. */
const LIVES = 7_465_004;
/** Younger claims are left alone: their runner may be about to say that it lives. */
const GRACE = '3 seconds';

const DEAD = `select distinct j.locked_by as name from graphile_worker.jobs j
  where j.locked_by is not null and j.locked_at < now() - interval '${GRACE}'
    and not exists (
      select from pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1
        and l.database = (select oid from pg_database where datname = current_database())
        and l.objid::bigint = hashtext(j.locked_by)::bigint & 4294967295)`;

/** Ends whatever else holds the lock of a name: it can only be an older session of the same runner, whose other end is gone. */
const END_TWINS = `select pg_terminate_backend(l.pid) from pg_locks l
  where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1
    and l.database = (select oid from pg_database where datname = current_database())
    and l.objid::bigint = hashtext($2)::bigint & 4294967295 and l.pid <> pg_backend_pid()`;

/**
 * Which runners live. The job library frees what a dead runner had claimed only after four hours, which no term waits for:
 * here the end of a session, noticed by PostgreSQL itself, frees it within seconds.
 */
export class Lives {
  /** For the runner, which tells its name here. */
  readonly events: WorkerEvents = new EventEmitter();
  private name: string | undefined;
  private session: Client | undefined;
  private said: string | undefined;
  private saying: Promise<void> | undefined;
  private ended = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Logger,
  ) {
    this.events.on('pool:create', ({ workerPool }) => {
      this.name = workerPool.id;
      this.live().catch((error: unknown) => {
        if (!this.ended) this.log.warn({ err: error }, 'a runner could not say that it lives');
      });
    });
  }

  /** Says again that we live, if nobody heard it, and frees what the dead had claimed. */
  async look(): Promise<void> {
    await this.live();
    const dead: { name: string }[] = await this.dataSource.query(DEAD, [LIVES]);
    if (dead.length === 0) return;
    await this.dataSource.query('select graphile_worker.force_unlock_workers($1)', [dead.map(({ name }) => name)]);
    this.log.warn({ runners: dead.length }, 'jobs of a process that died are free again');
  }

  /** Lives no more, and says so no more: whoever waits for the lock stops waiting. */
  async end(): Promise<void> {
    this.ended = true;
    await this.session?.end().catch(() => undefined);
    await this.saying?.catch(() => undefined);
  }

  /** One says it at a time: of two sessions the second would wait for the lock of the first for ever. */
  private live(): Promise<void> {
    this.saying ??= this.say().finally(() => (this.saying = undefined));
    return this.saying;
  }

  private async say(): Promise<void> {
    if (this.ended || !this.name || (this.session && this.said === this.name)) return;
    const session = this.session ?? (await this.connect());
    const { name } = this;
    // A runner that broke off lives no more, though its process does.
    await session.query('select pg_advisory_unlock_all()');
    // A connection that broke off without a word is, for PostgreSQL, still there: it would keep the lock for hours.
    await session.query(END_TWINS, [LIVES, name]);
    await session.query('select pg_advisory_lock($1, hashtext($2))', [LIVES, name]);
    this.said = name;
  }

  /** A session of its own: a pooled one is lent to whoever asks. */
  private async connect(): Promise<Client> {
    const { options } = this.dataSource;
    if (options.type !== 'postgres') throw new Error('jobs need PostgreSQL');
    const session = new Client({
      connectionString: options.url,
      application_name: 'filodiretto-jobs',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    const lost = (): void => {
      if (this.session !== session) return;
      this.session = undefined;
      this.said = undefined;
    };
    session.on('error', lost).on('end', lost);
    await session.connect();
    if (this.ended) {
      await session.end();
      throw new Error('the runner ended before it lived');
    }
    this.session = session;
    return session;
  }
}
