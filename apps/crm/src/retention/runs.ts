import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Part, RetentionRunView } from '@filodiretto/contracts';
import { KEPT_THINGS, type KeptThing, type RetentionTerm } from '@filodiretto/domain';
import { faultPoint } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { Jobs } from '../job/jobs.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { erasedContent } from './erased-content.js';
import { Erasures } from './erasures.js';
import { deleteOver, overCases, overFiles, overLoose, overOriginals, overPeople, previewOf } from './over.js';
import { termsOf } from './policies.js';

interface Run {
  readonly id: string;
  readonly administrationId: string;
  readonly byDay: boolean;
  /** When it was looked: what is over since then was not seen. */
  readonly createdAt: Date;
  /** How many cases, and how many of each thing, it takes at most; null: all. */
  readonly most: number | null;
  readonly counts: Readonly<Record<string, number>>;
}
interface Row {
  readonly id: string;
  readonly state: string;
  readonly preview: RetentionRunView['preview'];
  readonly counts: Record<string, number>;
  readonly by_day: boolean;
  readonly night: string | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

const JOB = 'retention';
const CASES_AT_ONCE = 20;
const ROWS_AT_ONCE = 500;
/** Runs that a list shows. */
const LATEST = 50;
/** Batches that one job takes, so that other jobs have their turn. */
const BATCHES = 20;
/** How long what was begun is left to its own jobs before it is looked at again. */
const AGAIN_MS = 2_000;

/**
 * Destroys what has had its time: first looked at (`previewed`), then let run, by night unless told, a batch in each transaction.
 * Killed anywhere it goes on; stopped, what is done stays done.
 */
@Injectable()
export class RetentionRuns implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Erasures) private readonly erasures: Erasures,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: JOB, run: payload => this.run((payload as { readonly run: string }).run) });
  }

  /** Looks at what has had its time, and destroys nothing. */
  async prepare(manager: EntityManager, { id: operatorId, administrationId }: Asking, id: string): Promise<object> {
    // What waits outside of cases is the core's own: people count it, and see none of it.
    const preview = await previewOf(
      this.dataSource.manager,
      administrationId,
      await termsOf(manager, administrationId),
    );
    await manager.query(
      `insert into retention_run (id, administration_id, state, preview, asked_by, created_at)
       values ($1, $2, 'previewed', $3, $4, $5)`,
      [id, administrationId, JSON.stringify(preview), operatorId, this.clock.now()],
    );
    return { id };
  }

  /**
   * Lets a run of the system itself go, of what is over now: one a night (a date of Rome, that of its evening), and none while
   * another is under way. Gives whether one was begun.
   */
  async beginByItself(
    manager: EntityManager,
    {
      administrationId,
      night,
      most,
    }: { readonly administrationId: string; readonly night: string; readonly most: number },
  ): Promise<boolean> {
    await oneAtATime(manager, administrationId);
    const preview = await previewOf(manager, administrationId, await termsOf(manager, administrationId));
    const id = v7();
    const begun: unknown[] = await manager.query(
      `insert into retention_run (id, administration_id, state, preview, created_at, started_at, night, most)
       select $1, $2, 'running', $3, $4, $4, $5, $6
       where not exists (select from retention_run where administration_id = $2 and state = 'running')
       on conflict (administration_id, night) do nothing returning id`,
      [id, administrationId, JSON.stringify(preview), this.clock.now(), night, most],
    );
    if (begun.length === 0) return false;
    await this.jobs.add(manager, JOB, { run: id }, { key: `${JOB}:${id}` });
    return true;
  }

  /**
   * Lets it run, or go on after it was stopped. Refused (`version-stale`) when a term was decided after it was looked at, and
   * (`retention-under-way`) while another run, the night's for instance, is under way.
   */
  async start(manager: EntityManager, operator: Asking, id: string, byDay: boolean): Promise<object | Refused> {
    if (await isDecidedSince(manager, id))
      return refused('version-stale', 'A term was decided after this was looked at: look again.');
    await oneAtATime(manager, operator.administrationId);
    const others: unknown[] = await manager.query(
      `select from retention_run where administration_id = $1 and id <> $2 and state = 'running' limit 1`,
      [operator.administrationId, id],
    );
    if (others.length > 0) return refused('retention-under-way', 'Wait until it has ended, or stop it.');
    const [, started]: [unknown, number] = await manager.query(
      `update retention_run set state = 'running', by_day = $3, started_at = coalesce(started_at, $4), ended_at = null
       where administration_id = $1 and id = $2 and state in ('previewed', 'stopped')`,
      [operator.administrationId, id, byDay, this.clock.now()],
    );
    if (started === 0) return this.missing(manager, operator, id);
    await this.jobs.add(manager, JOB, { run: id }, { key: `${JOB}:${id}` });
    return { id };
  }

  /** Stops it after the batch at hand. */
  async stop(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const [, stopped]: [unknown, number] = await manager.query(
      `update retention_run set state = 'stopped', ended_at = $3 where administration_id = $1 and id = $2 and state = 'running'`,
      [operator.administrationId, id, this.clock.now()],
    );
    return stopped > 0 ? { id } : this.missing(manager, operator, id);
  }

  async one({ administrationId }: Asking, id: string): Promise<RetentionRunView | undefined> {
    const rows: Row[] = await this.dataSource.query(
      'select * from retention_run where administration_id = $1 and id = $2',
      [administrationId, id],
    );
    return rows.map(shown)[0];
  }

  /** The last ones, the newest first. */
  async latest({ administrationId }: Asking): Promise<RetentionRunView[]> {
    const rows: Row[] = await this.dataSource.query(
      'select * from retention_run where administration_id = $1 order by created_at desc, id desc limit $2',
      [administrationId, LATEST],
    );
    return rows.map(shown);
  }

  /** What the job does: some batches, and leaves the rest to the next one. */
  async run(id: string): Promise<void> {
    for (let taken = 0; taken < BATCHES; taken += 1) {
      const next = await this.dataSource.transaction(async manager => {
        const went = await this.batch(manager, id);
        faultPoint('retention.before-commit');
        return went;
      });
      faultPoint('retention.after-batch');
      if (next !== 'more') return;
    }
    await this.dataSource.transaction(manager => this.later(manager, id, this.clock.now()));
  }

  /** A batch in one transaction. */
  private async batch(manager: EntityManager, id: string): Promise<'more' | 'enough'> {
    const rows: (Run & { readonly night: boolean; readonly evening: Date })[] = await manager.query(
      `select id, administration_id as "administrationId", by_day as "byDay", created_at as "createdAt", most, counts,
         extract(hour from clock_now() at time zone 'Europe/Rome') not between 7 and 19 as night,
         (date_trunc('day', clock_now() at time zone 'Europe/Rome') + interval '20 hours') at time zone 'Europe/Rome' as evening
       from retention_run where id = $1 and state = 'running' for update`,
      [id],
    );
    const [run] = rows;
    if (!run) return 'enough';
    if (!run.byDay && !run.night) {
      await this.later(manager, id, run.evening);
      return 'enough';
    }
    if (await isDecidedSince(manager, id)) {
      await manager.query(`update retention_run set state = 'stopped', ended_at = $2 where id = $1`, [
        id,
        this.clock.now(),
      ]);
      return 'enough';
    }
    const terms = await termsOf(manager, run.administrationId);
    const done = (await this.someCases(manager, run, terms)) || (await this.someThings(manager, run, terms));
    if (done) return 'more';
    const [{ busy } = { busy: false }]: { busy: boolean }[] = await manager.query(
      `select exists (select from erasure e join erasure_target t on t.erasure_id = e.id where e.run_id = $1 and t.kind = 'case') as busy`,
      [id],
    );
    if (busy) {
      await this.later(manager, id, new Date(this.clock.now().getTime() + AGAIN_MS));
      return 'enough';
    }
    if (await this.somePeople(manager, run, terms)) return 'more';
    faultPoint('retention.before-end');
    await manager.query(`update retention_run set state = 'done', ended_at = $2 where id = $1`, [id, this.clock.now()]);
    return 'enough';
  }

  private async someCases(manager: EntityManager, run: Run, terms: readonly RetentionTerm[]): Promise<boolean> {
    const taken = Object.entries(run.counts).reduce((sum, [code, n]) => (isOfCases(code) ? sum + n : sum), 0);
    const cases = await overCases(manager, run, terms, room(run, taken, CASES_AT_ONCE));
    for (const code of new Set(cases.map(one => one.code))) {
      const ids = cases.filter(one => one.code === code).map(one => one.id);
      await this.erasures.beginRetention(manager, { ...run, code }, { cases: ids });
      await count(manager, run.id, code, ids.length);
    }
    return cases.length > 0;
  }

  private async someThings(manager: EntityManager, run: Run, terms: readonly RetentionTerm[]): Promise<boolean> {
    for (const term of terms) {
      const thing = KEPT_THINGS.find(one => one === term.code);
      const limit = room(run, run.counts[term.code] ?? 0, ROWS_AT_ONCE);
      if (!thing || thing === 'contact' || limit === 0) continue;
      const gone = await this.some(manager, run, thing, term, terms, limit);
      if (gone === 0) continue;
      await count(manager, run.id, term.code, gone);
      return true;
    }
    return false;
  }

  private async some(
    manager: EntityManager,
    run: Run,
    thing: Exclude<KeptThing, 'contact'>,
    term: RetentionTerm,
    terms: readonly RetentionTerm[],
    limit: number,
  ): Promise<number> {
    const began = { ...run, code: thing };
    switch (thing) {
      case 'recording':
      case 'attachment':
        return this.someFiles(manager, run, thing, term, terms, limit);
      case 'original': {
        const receptions = await overOriginals(manager, run.administrationId, term, terms, limit);
        if (receptions.length > 0)
          await this.erasures.beginRetention(manager, began, {
            receptions,
            blobs: await this.withoutOriginals(manager, receptions),
          });
        return receptions.length;
      }
      case 'loose_message': {
        const messages = await overLoose(manager, run.administrationId, term, limit);
        if (messages.length > 0) await this.erasures.beginRetention(manager, began, { messages });
        return messages.length;
      }
      default: {
        const { count: deleted, blobs } = await deleteOver(manager, run.administrationId, thing, term, limit);
        if (blobs.length > 0) await this.erasures.beginRetention(manager, began, { blobs });
        return deleted;
      }
    }
  }

  /** The messages stay, without the bytes; so do the originals that hold them too, each that of one message. */
  private async someFiles(
    manager: EntityManager,
    run: Run,
    which: 'recording' | 'attachment',
    term: RetentionTerm,
    terms: readonly RetentionTerm[],
    limit: number,
  ): Promise<number> {
    const files = await overFiles(manager, run.administrationId, which, term, terms, limit);
    if (files.length === 0) return 0;
    await manager.query(
      `update attachment set sha256 = null, source = null, filename = null, next_try_at = null, fetch_state = 'expired'
       where id = any($1::uuid[])`,
      [files.map(one => one.id)],
    );
    for (const { messageId, part } of files) {
      const [message]: { content: Part[] }[] = await manager.query(
        'select content from message where id = $1 for update',
        [messageId],
      );
      const content = message?.content.map((one, index) => (index === part ? (erasedContent([one])[0] ?? one) : one));
      if (content)
        await manager.query('update message set content = $2 where id = $1', [messageId, JSON.stringify(content)]);
    }
    const receptions: { id: string }[] = await manager.query(
      `select distinct m.reception_id as id from message m
       where m.id = any($1::uuid[]) and m.reception_id is not null and not exists (
         select from reception_item i where i.reception_id = m.reception_id and i.message_id <> m.id)`,
      [files.map(one => one.messageId)],
    );
    const ids = receptions.map(one => one.id);
    await this.erasures.beginRetention(
      manager,
      { ...run, code: term.code },
      { receptions: ids, blobs: [...files.map(one => one.sha256), ...(await this.withoutOriginals(manager, ids))] },
    );
    return files.length;
  }

  /** Notes that the originals of some deliveries are kept no more; gives the addresses of their bytes. */
  private async withoutOriginals(manager: EntityManager, receptions: readonly string[]): Promise<string[]> {
    await manager.query('update reception_item set forgotten_at = $2 where reception_id = any($1::uuid[])', [
      receptions,
      this.clock.now(),
    ]);
    const messages: { id: string; sha256: string }[] = await manager.query(
      `select m.id, m.raw_sha256 as sha256 from message m where m.id in (
         select i.message_id from reception_item i where i.reception_id = any($1::uuid[]))
       and m.reception_id = any($1::uuid[]) and m.raw_sha256 is not null for update`,
      [receptions],
    );
    await manager.query('update message set raw_sha256 = null where id = any($1::uuid[])', [
      messages.map(one => one.id),
    ]);
    return messages.map(one => one.sha256);
  }

  /** Who has no case left that says something is forgotten, and who was known long ago; unless something stands against it. */
  private async somePeople(manager: EntityManager, run: Run, terms: readonly RetentionTerm[]): Promise<boolean> {
    const term = terms.find(one => one.code === 'contact');
    const limit = room(run, run.counts.contact ?? 0, CASES_AT_ONCE);
    if (!term || limit === 0) return false;
    let begun = 0;
    // Something may stand against some, and against none of those behind them.
    for (let after: string | undefined; begun === 0;) {
      const people = await overPeople(manager, run, term, terms, { limit, ...(after ? { after } : {}) });
      for (const contactId of people) {
        const erasure = await this.erasures.begin(manager, {
          id: v7(),
          administrationId: run.administrationId,
          contactId,
          because: 'retention',
          runId: run.id,
          reason: 'retention',
          operatorId: null,
        });
        if (!isRefused(erasure)) begun += 1;
      }
      after = people.at(-1);
      if (after === undefined) break;
    }
    if (begun > 0) await count(manager, run.id, 'contact', begun);
    return begun > 0;
  }

  private async later(manager: EntityManager, id: string, runAt: Date): Promise<void> {
    await this.jobs.add(manager, JOB, { run: id }, { key: `${JOB}:${id}`, runAt });
  }

  private async missing(manager: EntityManager, { administrationId }: Asking, id: string): Promise<object | Refused> {
    const rows: unknown[] = await manager.query('select from retention_run where administration_id = $1 and id = $2', [
      administrationId,
      id,
    ]);
    return rows.length > 0 ? { id } : refused('not-found', 'There is no such run.');
  }
}

/** Until the transaction ends nobody else begins a run of the administration. */
const oneAtATime = (manager: EntityManager, administrationId: string): Promise<unknown> =>
  manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`retention ${administrationId}`]);

/** Whether a count of a run is one of cases. */
const isOfCases = (code: string): boolean => /^(case|category)\./.test(code);

/** How many a batch may take. */
const room = ({ most }: Run, taken: number, batch: number): number =>
  most === null ? batch : Math.min(batch, Math.max(0, most - taken));

const shown = (row: Row): RetentionRunView => ({
  id: row.id,
  state: row.state,
  preview: row.preview,
  counts: row.counts,
  byDay: row.by_day,
  byItself: row.night !== null,
  createdAt: at(row.created_at),
  ...present({ startedAt: atOrNull(row.started_at), endedAt: atOrNull(row.ended_at) }),
});

/** Whether a term that a run goes by is another than when it was looked at. */
async function isDecidedSince(manager: EntityManager, run: string): Promise<boolean> {
  const found: unknown[] = await manager.query(
    `select from retention_run r join retention_policy p on p.administration_id = r.administration_id and p.decided_at > r.created_at
     where r.id = $1 limit 1`,
    [run],
  );
  return found.length > 0;
}

async function count(manager: EntityManager, run: string, what: string, by: number): Promise<void> {
  await manager.query(
    `update retention_run set counts = counts || jsonb_build_object($2::text, coalesce((counts->>$2)::int, 0) + $3::int) where id = $1`,
    [run, what, by],
  );
}
