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
import { deleteOver, overCases, overRecordings, previewOf } from './over.js';
import { termsOf } from './policies.js';

interface Run {
  readonly id: string;
  readonly administrationId: string;
  readonly byDay: boolean;
  /** When it was looked: what is over since then was not seen. */
  readonly createdAt: Date;
}
interface Row {
  readonly id: string;
  readonly state: string;
  readonly preview: RetentionRunView['preview'];
  readonly counts: Record<string, number>;
  readonly by_day: boolean;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

const JOB = 'retention';
const CASES_AT_ONCE = 20;
const ROWS_AT_ONCE = 500;
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
    const terms = await termsOf(manager, administrationId);
    const preview = await previewOf(this.dataSource.manager, administrationId, terms);
    await manager.query(
      `insert into retention_run (id, administration_id, state, preview, asked_by, created_at)
       values ($1, $2, 'previewed', $3, $4, $5)`,
      [id, administrationId, JSON.stringify(preview), operatorId, this.clock.now()],
    );
    return { id };
  }

  /** Lets it run, or go on after it was stopped. Refused (`version-stale`) when a term was decided after it was looked at. */
  async start(manager: EntityManager, operator: Asking, id: string, byDay: boolean): Promise<object | Refused> {
    if (await isDecidedSince(manager, id))
      return refused('version-stale', 'A term was decided after this was looked at: look again.');
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
    const [row] = rows;
    return (
      row && {
        id: row.id,
        state: row.state,
        preview: row.preview,
        counts: row.counts,
        byDay: row.by_day,
        createdAt: at(row.created_at),
        ...present({ startedAt: atOrNull(row.started_at), endedAt: atOrNull(row.ended_at) }),
      }
    );
  }

  /** What the job does: some batches, and leaves the rest to the next one. */
  async run(id: string): Promise<void> {
    for (let taken = 0; taken < BATCHES; taken += 1) {
      const next = await this.dataSource.transaction(manager => this.batch(manager, id));
      faultPoint('retention.after-batch');
      if (next !== 'more') return;
    }
    await this.dataSource.transaction(manager => this.later(manager, id, this.clock.now()));
  }

  /** A batch in one transaction. */
  private async batch(manager: EntityManager, id: string): Promise<'more' | 'enough'> {
    const rows: (Run & { readonly night: boolean; readonly evening: Date })[] = await manager.query(
      `select id, administration_id as "administrationId", by_day as "byDay", created_at as "createdAt",
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
    await this.people(manager, run);
    await manager.query(`update retention_run set state = 'done', ended_at = $2 where id = $1`, [id, this.clock.now()]);
    return 'enough';
  }

  private async someCases(manager: EntityManager, run: Run, terms: readonly RetentionTerm[]): Promise<boolean> {
    const cases = await overCases(manager, run, terms, CASES_AT_ONCE);
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
      if (!thing) continue;
      const gone =
        thing === 'recording'
          ? await this.someRecordings(manager, run, term)
          : await this.someRows(manager, run, thing, term);
      if (gone === 0) continue;
      await count(manager, run.id, term.code, gone);
      return true;
    }
    return false;
  }

  private async someRows(
    manager: EntityManager,
    run: Run,
    thing: Exclude<KeptThing, 'recording'>,
    term: RetentionTerm,
  ): Promise<number> {
    const { count: deleted, blobs } = await deleteOver(manager, run.administrationId, thing, term, ROWS_AT_ONCE);
    if (blobs.length > 0) await this.erasures.beginRetention(manager, { ...run, code: thing }, { blobs });
    return deleted;
  }

  /** The message stays, without the bytes. */
  private async someRecordings(manager: EntityManager, run: Run, term: RetentionTerm): Promise<number> {
    const recordings = await overRecordings(manager, run.administrationId, term, ROWS_AT_ONCE);
    if (recordings.length === 0) return 0;
    await manager.query(
      `update attachment set sha256 = null, source = null, filename = null, next_try_at = null, fetch_state = 'expired'
       where id = any($1::uuid[])`,
      [recordings.map(one => one.id)],
    );
    for (const { messageId, part } of recordings) {
      const [message]: { content: Part[] }[] = await manager.query(
        'select content from message where id = $1 for update',
        [messageId],
      );
      const content = message?.content.map((one, index) => (index === part ? (erasedContent([one])[0] ?? one) : one));
      if (content)
        await manager.query('update message set content = $2 where id = $1', [messageId, JSON.stringify(content)]);
    }
    await this.erasures.beginRetention(
      manager,
      { ...run, code: term.code },
      { blobs: recordings.map(one => one.sha256) },
    );
    return recordings.length;
  }

  /** Who has no case left that says something is forgotten, unless something stands against it. */
  private async people(manager: EntityManager, run: Run): Promise<void> {
    const people: { id: string }[] = await manager.query(
      `select distinct coalesce(k.merged_into, k.id) as id
       from erasure e join case_file c on c.id = e.case_id join contact k on k.id = c.contact_id
       where e.run_id = $1 and k.erased_at is null and not exists (
         select from case_file o join contact w on w.id = o.contact_id
         where coalesce(w.merged_into, w.id) = coalesce(k.merged_into, k.id)
           and not exists (select from journal j where j.case_id = o.id and j.fact = 'erased'))
       order by id`,
      [run.id],
    );
    for (const { id: contactId } of people) {
      const begun = await this.erasures.begin(manager, {
        id: v7(),
        administrationId: run.administrationId,
        contactId,
        because: 'retention',
        runId: run.id,
        reason: 'retention',
        operatorId: null,
      });
      if (!isRefused(begun)) await count(manager, run.id, 'contacts', 1);
    }
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
