import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { faultPoint, RawStore, type NotedErasure } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Ledger } from '../case/ledger.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { isConflict } from '../faults.js';
import { Jobs } from '../job/jobs.js';
import { Relay } from '../outbox/relay.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { Blobs } from './blobs.js';
import { isStillOver } from './over.js';
import {
  addTargets,
  count,
  eraseCase,
  eraseMessages,
  eraseTheseMessages,
  eraseWho,
  eraseWords,
  type Erasure,
} from './rows.js';
import { standingOf, versionOf, type StandingObstacle } from './standing.js';
import { Streams, type Sought } from './streams.js';

/** What is asked of a contact: everything of theirs is to go. */
export interface AskedErasure {
  readonly id: string;
  readonly administrationId: string;
  readonly contactId: string;
  readonly because: Erasure['because'];
  /** The run of retention that begins it. */
  readonly runId?: string;
  readonly reason: string;
  /** Who asked; null: the system, by a policy. */
  readonly operatorId: string | null;
  /** The request of the citizen that it answers. */
  readonly requestId?: string;
  /** What whoever asks has seen (`versionOf`); absent: they need not have. */
  readonly expectedVersion?: number;
}

const JOB = 'erasure';
const BEGIN = 'erasure.begin';
const BLOBS_AT_ONCE = 500;
/** When bytes are looked at again that were kept a moment ago. */
const LATER_MS = 20 * 60_000;
const TRIES = 4;
const NOTED_AT_ONCE = 500;

/** Erasures `e`, as they are carried through. */
const ERASURES = `
  select e.id, e.administration_id as "administrationId", e.contact_id as "contactId", e.case_id as "caseId", e.because,
    e.run_id as "runId", e.asked_at as "askedAt", e.noted_at as "notedAt"
  from erasure e`;
/** Whether something of the case of an erasure `e` is gone: from then on it is carried through. */
const BEGUN = `(e.counts ? 'messages' or not exists (
  select from erasure_target t where t.erasure_id = e.id and t.kind = 'case'))`;

/**
 * Forgets a person everywhere. The request itself takes away who they are; a job destroys what they said: first in the tables,
 * noting in the same commits what is elsewhere, then there. Killed anywhere it goes on; run twice it does nothing more.
 */
@Injectable()
export class Erasures implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Streams) private readonly streams: Streams,
    @Inject(Blobs) private readonly blobs: Blobs,
    @Inject(RawStore) private readonly raw: RawStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: BEGIN, run: payload => this.beginNow(payload as AskedErasure) });
    this.jobs.handle({ name: JOB, run: payload => this.run((payload as { readonly erasure: string }).erasure) });
  }

  /**
   * Begins, in the caller's transaction: with its commit the contact is nobody, and the rest follows. Resolves to a refusal
   * (`not-found`, `kept-by-law`, `version-stale`) when something stands against it; nothing is written then.
   */
  async begin(manager: EntityManager, asked: AskedErasure): Promise<{ readonly id: string } | Refused> {
    const standing = await standingOf(manager, asked.administrationId, asked.contactId, { lock: true });
    if (!standing) return refused('not-found', 'There is no such contact.');
    if (standing.erasedAt) return refused('not-found', 'Nothing of this contact is kept any more.');
    const version = versionOf(standing);
    if (asked.expectedVersion !== undefined && asked.expectedVersion !== version)
      return refused('version-stale', 'Something of theirs came in or went since: look again.');
    if (standing.obstacles.length > 0) return refused('kept-by-law', wordsOf(standing.obstacles));
    const now = this.clock.now();
    const erasure = { ...asked, contactId: standing.contact, caseId: null };
    await manager.query(
      `insert into erasure (id, administration_id, contact_id, because, reason, request_id, asked_by, state, asked_at, run_id)
       values ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9)`,
      [
        asked.id,
        asked.administrationId,
        standing.contact,
        asked.because,
        asked.reason,
        asked.requestId ?? null,
        asked.operatorId,
        now,
        asked.runId ?? null,
      ],
    );
    await eraseWho(manager, erasure, now);
    await this.jobs.add(manager, JOB, { erasure: asked.id }, { key: `${JOB}:${asked.id}` });
    return { id: asked.id };
  }

  /**
   * Begins once the case of the citizen's request has ended and its answer has left: a job tries again for two days. Refused at
   * once when something else stands against it.
   */
  async beginAfter(
    manager: EntityManager,
    asked: AskedErasure & { readonly requestId: string },
    caseId: string,
  ): Promise<Refused | undefined> {
    const standing = await standingOf(manager, asked.administrationId, asked.contactId, { except: caseId });
    if (!standing) return refused('not-found', 'There is no such contact.');
    const lasting = standing.obstacles.filter(one => one.because !== 'on_its_way');
    if (lasting.length > 0) return refused('kept-by-law', wordsOf(lasting));
    await this.jobs.add(manager, BEGIN, asked, { key: `${BEGIN}:${asked.requestId}` });
    return undefined;
  }

  private async beginNow(asked: AskedErasure): Promise<void> {
    const begun = await this.step(manager => this.begin(manager, asked));
    // What was erased meanwhile is not there to be found.
    if (isRefused(begun) && begun.refused !== 'not-found') throw new Error(begun.detail);
  }

  /**
   * Begins what a run of retention found: cases whose time is over, the people staying; without cases, messages outside of any,
   * the records of deliveries with what they brought, bytes alone.
   */
  async beginRetention(
    manager: EntityManager,
    run: { readonly id: string; readonly administrationId: string; readonly code: string },
    over: {
      readonly cases?: readonly string[];
      readonly messages?: readonly string[];
      readonly receptions?: readonly string[];
      readonly blobs?: readonly string[];
    },
  ): Promise<void> {
    const { administrationId } = run;
    const now = this.clock.now();
    const begun = (over.cases ?? [null]).map(caseId => ({ id: v7(), caseId }));
    for (const { id, caseId } of begun) {
      await manager.query(
        `insert into erasure (id, administration_id, case_id, because, reason, state, asked_at, run_id)
         values ($1, $2, $3, 'retention', $4, 'running', $5, $6)`,
        [id, administrationId, caseId, run.code, now, run.id],
      );
      await addTargets(manager, { id, administrationId }, [
        ...(caseId === null ? [] : [{ kind: 'case' as const, value: caseId }]),
        ...(over.receptions ?? []).map(value => ({ kind: 'reception' as const, value, about: { over: true } })),
        ...(over.blobs ?? []).map(value => ({ kind: 'blob' as const, value })),
      ]);
      const erasure = { id, administrationId, contactId: null, caseId, because: 'retention' as const };
      await eraseTheseMessages(manager, erasure, now, over.messages ?? []);
    }
    await this.jobs.addAll(
      manager,
      begun.map(({ id }) => ({ name: JOB, payload: { erasure: id }, key: `${JOB}:${id}` })),
    );
  }

  /**
   * Begins once more, in the caller's transaction, what was erased and is here again since an older copy of the database was put
   * back: whatever stands against it in that copy, it was decided already. Gives whether there was something.
   */
  async beginAgain(manager: EntityManager, noted: NotedErasure): Promise<boolean> {
    const { id, administration: administrationId, contact, case: caseId = null, because } = noted;
    const there: unknown[] =
      contact === undefined
        ? await manager.query(
            `select from case_file c where c.administration_id = $1 and c.id = $2
               and not exists (select from journal j where j.case_id = c.id and j.fact = 'erased')
               and not exists (select from erasure e where e.case_id = c.id) for update`,
            [administrationId, caseId],
          )
        : await manager.query(
            `select from contact k where k.administration_id = $1 and k.id = $2 and k.merged_into is null and k.erased_at is null
             for update`,
            [administrationId, contact],
          );
    if (there.length === 0) return false;
    const now = this.clock.now();
    const written: unknown[] = await manager.query(
      `insert into erasure (id, administration_id, contact_id, case_id, because, reason, state, asked_at)
       values ($1, $2, $3, $4, $5, 'restored', 'running', $6) on conflict do nothing returning id`,
      [id, administrationId, contact ?? null, caseId, because, now],
    );
    if (written.length === 0) return false;
    if (contact === undefined)
      await addTargets(manager, { id, administrationId }, [{ kind: 'case', value: caseId ?? '' }]);
    else await eraseWho(manager, { id, administrationId, contactId: contact, caseId: null, because }, now);
    await this.jobs.add(manager, JOB, { erasure: id }, { key: `${JOB}:${id}` });
    return true;
  }

  /** What the job does; several at once do no harm. */
  async run(id: string): Promise<void> {
    const rows: Erasure[] = await this.dataSource.query(`${ERASURES} where id = $1 and state = 'running'`, [id]);
    const [erasure] = rows;
    if (!erasure || (await this.step(manager => this.letGo(manager, erasure)))) return;
    await this.note(erasure);
    while ((await this.step(manager => eraseMessages(manager, erasure, this.clock.now()))) > 0)
      faultPoint('erasure.after-messages');
    await this.eraseCases(erasure);
    await this.step(manager => eraseWords(manager, erasure));
    await this.eraseElsewhere(erasure);
    if (await this.eraseBytes(erasure)) await this.end(erasure);
    else
      await this.step(manager =>
        this.jobs.add(
          manager,
          JOB,
          { erasure: id },
          {
            key: `${JOB}:${id}`,
            runAt: new Date(this.clock.now().getTime() + LATER_MS),
          },
        ),
      );
  }

  /**
   * Resolves when it is noted, beside the database, whose everything goes: whoever asked is told after it that it began, so that what
   * they were told holds in an older copy of the database too. The job notes it as well; twice is once.
   */
  async noted(id: string): Promise<void> {
    const rows: Erasure[] = await this.dataSource.query(`${ERASURES} where id = $1`, [id]);
    for (const erasure of rows) await this.note(erasure);
  }

  /**
   * Notes what was begun and, whoever died meanwhile and whatever became of its job, is not noted yet. Resolves to how many; there
   * may be more.
   */
  async noteMissed(): Promise<number> {
    const rows: Erasure[] = await this.dataSource.query(
      `${ERASURES} where noted_at is null and (contact_id is not null or case_id is not null and ${BEGUN})
       order by asked_at limit ${NOTED_AT_ONCE}`,
    );
    for (const erasure of rows) await this.note(erasure);
    return rows.length;
  }

  /**
   * Whose everything goes, or which case, is known from here on by who puts an older copy of the database back. The row says that it
   * is noted, and until it does so the erasure is not done.
   */
  private async note({ id, administrationId, contactId, caseId, because, askedAt, notedAt }: Erasure): Promise<void> {
    if (notedAt || (contactId === null && caseId === null)) return;
    faultPoint('erasure.before-note');
    await this.raw.noteErasure({
      id,
      administration: administrationId,
      ...(contactId === null ? {} : { contact: contactId }),
      ...(contactId === null && caseId !== null ? { case: caseId } : {}),
      because,
      at: (askedAt ?? this.clock.now()).toISOString(),
    });
    faultPoint('erasure.after-note');
    await this.step(manager =>
      manager.query('update erasure set noted_at = $2 where id = $1 and noted_at is null', [id, this.clock.now()]),
    );
  }

  /**
   * Whether a case whose time was over is let go after all: while its turn was awaited somebody took it up again, held it or
   * stopped the run. Else its first words go with the same commit; what has begun is carried through.
   */
  private async letGo(manager: EntityManager, erasure: Erasure): Promise<boolean> {
    const { id, caseId, contactId, runId } = erasure;
    if (caseId === null || contactId !== null || !runId) return false;
    const [row]: { begun: boolean; run: string; code: string; stopped: boolean }[] = await manager.query(
      `select ${BEGUN} as begun, e.run_id as run, e.reason as code, r.state = 'stopped' as stopped
       from erasure e join retention_run r on r.id = e.run_id where e.id = $1 and e.state = 'running' for update of e`,
      [id],
    );
    if (!row || row.begun) return !row;
    if (!row.stopped && (await isStillOver(manager, caseId))) {
      await eraseMessages(manager, erasure, this.clock.now());
      return false;
    }
    await manager.query('delete from erasure_target where erasure_id = $1', [id]);
    await manager.query('delete from erasure where id = $1', [id]);
    await manager.query(
      `update retention_run set counts = counts || jsonb_build_object($2::text, coalesce((counts->>$2)::int, 1) - 1) where id = $1`,
      [row.run, row.code],
    );
    return true;
  }

  /** A case and its fact in one commit; what is done is no target any more. */
  private async eraseCases(erasure: Erasure): Promise<void> {
    for (const { value: caseId } of await this.targets(erasure, 'case')) {
      await this.step(async manager => {
        const [, mine]: [unknown, number] = await manager.query(
          `delete from erasure_target where erasure_id = $1 and kind = 'case' and value = $2`,
          [erasure.id, caseId],
        );
        if (mine === 0) return;
        const done = await this.ledger.execute(manager, {
          caseId,
          commands: [{ name: 'erase', erasure: erasure.id, because: erasure.because, by: { kind: 'system' } }],
          cause: erasure.id,
        });
        if (isRefused(done)) throw new Error(`a case of an erasure is not as it was: ${done.detail}`);
        await eraseCase(manager, erasure, caseId);
      });
      this.relay.nudge();
      faultPoint('erasure.after-case');
    }
  }

  private async eraseElsewhere(erasure: Erasure): Promise<void> {
    const targets = await this.targets(erasure, 'reception');
    const receptions = targets.map(one => one.value);
    // Whose own time is over goes, whatever of what it brought is still kept.
    const needed = await this.blobs.needed(
      this.dataSource.manager,
      targets.flatMap(one => (one.about.over === true ? [] : one.value)),
    );
    const gone = receptions.filter(id => !needed.has(id));
    // What was news of a message, or brought it again, is named by the record of its delivery alone.
    const bytes = await this.blobs.bytesOf(gone);
    await this.step(manager =>
      addTargets(
        manager,
        erasure,
        bytes.map(value => ({ kind: 'blob' as const, value })),
      ),
    );
    const messages = await this.targets(erasure, 'message');
    const conversations = await this.targets(erasure, 'conversation');
    const blobs = await this.targets(erasure, 'blob');
    const words: { word: string }[] = await this.dataSource.query(
      `select value as word from erasure_target where erasure_id = $1 and kind = 'word' and value ~ '[@0-9]'`,
      [erasure.id],
    );
    const sought = {
      messages: messages.map(({ value, about }) => ({ id: value, ...about })),
      conversations: conversations.filter(one => !one.about.shared).map(one => one.about),
      words: [...words.map(one => one.word), ...blobs.map(one => one.value)],
    } as unknown as Sought;
    const erased = await this.streams.erase(sought);
    await this.blobs.forget(gone);
    faultPoint('erasure.after-streams');
    await this.step(async manager => {
      const [, settled]: [unknown, number] = await manager.query(
        `delete from erasure_target where erasure_id = $1 and kind in ('message', 'conversation', 'word', 'reception')`,
        [erasure.id],
      );
      // Another process was here too, and counted.
      if (settled === 0) return;
      await count(manager, erasure.id, 'streams', erased);
      await count(manager, erasure.id, 'receptions', gone.length);
      await count(manager, erasure.id, 'sharedReceptions', needed.size);
    });
  }

  /** Whether all that can go is gone. */
  private async eraseBytes(erasure: Erasure): Promise<boolean> {
    const targets = await this.targets(erasure, 'blob');
    let later = false;
    for (let from = 0; from < targets.length; from += BLOBS_AT_ONCE) {
      const some = targets.slice(from, from + BLOBS_AT_ONCE).map(one => one.value);
      const fates = await this.blobs.destroy(this.dataSource.manager, some);
      const settled = some.filter(sha256 => fates.get(sha256) !== 'later');
      later ||= settled.length < some.length;
      await this.step(async manager => {
        const [gone]: [{ value: string }[], number] = await manager.query(
          `delete from erasure_target where erasure_id = $1 and kind = 'blob' and value = any($2::text[]) returning value`,
          [erasure.id, settled],
        );
        const shared = gone.filter(one => fates.get(one.value) === 'shared').length;
        await count(manager, erasure.id, 'blobs', gone.length - shared);
        await count(manager, erasure.id, 'sharedBlobs', shared);
      });
      faultPoint('erasure.after-blobs');
    }
    return !later;
  }

  /** What came in while this ran, by who had read the names before they were gone, goes too. */
  private async end(erasure: Erasure): Promise<void> {
    const left = await this.step(async manager => {
      const erased = await eraseMessages(manager, erasure, this.clock.now());
      if (erased === 0)
        await manager.query(`update erasure set state = 'done', ended_at = $2 where id = $1`, [
          erasure.id,
          this.clock.now(),
        ]);
      return erased;
    });
    if (left > 0) await this.run(erasure.id);
  }

  private targets(
    { id }: Erasure,
    kind: string,
  ): Promise<{ readonly value: string; readonly about: Readonly<Record<string, unknown>> }[]> {
    return this.dataSource.query(
      'select value, about from erasure_target where erasure_id = $1 and kind = $2 order by value',
      [id, kind],
    );
  }

  private async step<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.dataSource.transaction(work);
      } catch (fault) {
        if (attempt === TRIES || !isConflict(fault)) throw fault;
      }
  }
}

const WORDS: Readonly<Record<StandingObstacle['because'], string>> = {
  open_case: 'a case is still open',
  legal_hold: 'a legal hold says so',
  kept_by_duty: 'it is kept by duty',
  on_its_way: 'a message to them is on its way',
  parked: 'something of theirs waits to be settled in the quarantine',
};

/** Why not, in one sentence. */
const wordsOf = (obstacles: readonly StandingObstacle[]): string =>
  `${obstacles
    .map(({ because, cases, until }) => {
      const which = cases.length > 0 ? ` (${cases.slice(0, 5).join(', ')})` : '';
      return `${WORDS[because]}${which}${until ? ` until ${until.toISOString().slice(0, 10)}` : ''}`;
    })
    .join('; ')}.`;
