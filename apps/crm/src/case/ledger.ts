import { Inject, Injectable } from '@nestjs/common';
import { subjects, type Subject } from '@filodiretto/bus';
import type { CaseFact, EventPayload, EventType } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { correlation, newId } from '@filodiretto/platform';
import {
  actorOf,
  conflicts,
  decide,
  evolve,
  isRefusal,
  isStale,
  SHIPPED_RULES,
  type Case,
  type CaseEvent,
  type CaseRules,
  type Command,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { insertAll, updateAll } from '../bulk.js';
import { Clock } from '../clock.js';
import { Raced } from '../faults.js';
import { prepared } from '../prepared.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { followCases, type Routed } from '../routing/follow-cases.js';
import type { CaseFile } from './case-file.entity.js';
import { CASE_COLUMNS, caseOf, nextRow, rowOf, type NewCase, type Said } from './case-row.js';
import { chainStart, entryHash } from './journal-hash.js';

/** What is asked of one case. */
export interface CaseChange {
  readonly caseId: string;
  /** Decided one after the other; when one is refused, none has an effect. */
  readonly commands: readonly Command[];
  /** The version that whoever asks has seen; refused as `version-stale` when something they must know of happened since. */
  readonly expectedVersion?: number;
  /** The event or request that causes it. */
  readonly cause: string | null;
  /** What follows the contact through every service; absent: that of the work at hand. */
  readonly correlationId?: string | undefined;
  /** The words of a message that the commands speak of, for whoever must be told of it before it can be read. */
  readonly heard?: { readonly message: string; readonly said: Said };
  /** When the first command is `open`: what the rules do not look at. */
  readonly opening?: NewCase;
}

/** Something to say on the bus once the transaction has committed. */
export interface Announcement<T extends EventType = EventType> {
  /** The same for every publication of the same thing. */
  readonly eventId: string;
  readonly type: T;
  readonly subject: Subject;
  readonly payload: EventPayload<T>;
  /** Announcements of the same value leave one after the other. */
  readonly ordering: string;
  readonly cause: string | null;
  /** Absent: that of the work at hand. */
  readonly correlationId?: string | undefined;
  /** When it is to leave; absent: at once. Those of the same ordering wait behind it. */
  readonly dueAt?: Date;
}

/**
 * The one place that changes a case: state row, journal entry and outbox row, in the caller's transaction. What the caller
 * commits, the relay carries to the bus; the caller nudges it after the commit.
 */
@Injectable()
export class Ledger {
  private followers = new Map<string, Follower>();
  constructor(@Inject(Clock) private readonly clock: Clock = Clock.real) {}

  /** Has something kept in step with cases, in the transaction that changes them. To be called while the application starts. `first`: before those that follow already. */
  follow(name: string, follower: Follower, { first = false }: { readonly first?: boolean } = {}): void {
    if (first) this.followers = new Map([[name, follower], ...this.followers]);
    else this.followers.set(name, follower);
  }

  /** This ledger, with those who follow it, at another moment: for the history that a demonstration begins with. */
  asOf(moment: Date): Ledger {
    const ledger = new Ledger(Clock.from(moment));
    ledger.followers = this.followers;
    return ledger;
  }

  /** Carries out what is asked of one case. Resolves to the case as it is now, or to a refusal: then nothing was written. */
  async execute(manager: EntityManager, change: CaseChange): Promise<CaseFile | Refused> {
    const pages = await this.open(manager, [change.caseId]);
    const result = pages.apply(change);
    if (isRefused(result)) return result;
    await pages.write();
    return pages.caseFile(change.caseId) ?? result;
  }

  /** Opens the ledger at several cases at once, locked until the transaction ends: `apply` in memory, then `write` once. */
  open(manager: EntityManager, caseIds: readonly string[]): Promise<LedgerPages> {
    return LedgerPages.read(manager, caseIds, this.clock.now(), [...this.followers.values()]);
  }

  /** Announces what changes no case. */
  async announce(manager: EntityManager, announcements: readonly Announcement[]): Promise<void> {
    await insertAll(manager, 'outbox', announcements.map(outboxRow));
  }
}

/** A case as it is about to be written, with the facts that make it so. */
export interface Written {
  readonly caseFile: CaseFile;
  readonly isNew: boolean;
  readonly events: readonly CaseEvent[];
}
/** A fact that is about to be written, with who did it. */
export type WrittenFact = Readonly<Pick<Entry, 'caseId' | 'fact' | 'actorKind' | 'actorId' | 'cause'>>;
/** What remains to be written once the cases are. */
export type Following = (() => Promise<void>) | undefined;
/**
 * Follows what is decided of cases, before it is written: may apply more, and say when a case is due. What must refer to the
 * cases is written by the function it gives.
 */
export type Follower = (manager: EntityManager, written: readonly Written[], pages: LedgerPages) => Promise<Following>;

interface Page {
  readonly before: CaseFile | undefined;
  readonly now: CaseFile | undefined;
  readonly state: Case | null;
  readonly routed?: Routed | undefined;
}
interface Entry {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly administrationId: string;
  readonly at: Date;
  readonly fact: CaseFact;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly cause: string | null;
  readonly data: object;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}

/** Some cases, open for change in one transaction; the changes of one case follow each other. */
export class LedgerPages {
  private readonly pages = new Map<string, Page>();
  private readonly rulesOf = new Map<string, CaseRules>();
  private readonly openings = new Map<string, Said>();
  private readonly words = new Map<string, Said>();
  private readonly takeCharge = new Map<string, Date | null>();
  private readonly entries: Entry[] = [];
  private readonly events = new Map<string, CaseEvent[]>();
  private readonly announcements: Announcement[] = [];

  private constructor(
    private readonly manager: EntityManager,
    private readonly at: Date,
    private readonly followers: readonly Follower[],
  ) {}

  /** Reads and locks the cases, in one order everywhere so that nobody locks crosswise. */
  static async read(
    manager: EntityManager,
    caseIds: readonly string[],
    at: Date,
    followers: readonly Follower[],
  ): Promise<LedgerPages> {
    const pages = new LedgerPages(manager, at, followers);
    if (caseIds.length === 0) return pages;
    const { rows } = await prepared<Record<string, unknown>>(
      manager,
      `select ${CASE_COLUMNS}, d.reopen_days from case_file c
       left join administration_setting d on d.administration_id = c.administration_id
       where c.id = any($1::uuid[]) order by c.id for no key update of c`,
      [[...new Set(caseIds)]],
    );
    for (const { reopen_days: reopenDays, ...raw } of rows) {
      const row = rowOf(raw);
      pages.pages.set(row.id, { before: row, now: row, state: caseOf(row) });
      if (typeof reopenDays === 'number') pages.rulesOf.set(row.administrationId, { reopenDays });
    }
    return pages;
  }

  /** The case as it is after what was applied; `undefined` when there is none. */
  caseFile(caseId: string): CaseFile | undefined {
    return this.pages.get(caseId)?.now;
  }

  /** What an administration of these cases decided for itself. */
  rules(administrationId: string): CaseRules {
    return this.rulesOf.get(administrationId) ?? SHIPPED_RULES;
  }

  /** Decides a change and keeps its facts for `write`. A refusal leaves everything as it was. */
  apply(change: CaseChange): CaseFile | Refused {
    const page: Page = this.pages.get(change.caseId) ?? { before: undefined, now: undefined, state: null };
    const version = page.now?.version ?? 0;
    const changed = page.now?.changedVersion ?? version;
    if (change.expectedVersion !== undefined && isStale(change.expectedVersion, { version, changed }))
      return refused('version-stale', `The case is at version ${version}, not ${change.expectedVersion}.`);
    if (!page.now && !change.opening) return refused('not-found', 'There is no such case.');

    let { now, state } = page;
    const entries: Entry[] = [];
    const happened: CaseEvent[] = [];
    for (const command of change.commands) {
      const events = decide(state, command, instant(this.at), this.rules(state?.administration ?? ''));
      if (isRefusal(events)) return events;
      for (const event of events) {
        state = evolve(state, event);
        const entry = entryOf(state, event, command, change.cause, now?.journalHash ?? chainStart(state.id));
        const changedVersion = conflicts(event, actorOf(event, command).kind)
          ? state.version
          : (now?.changedVersion ?? state.version - 1);
        now = nextRow(now, change.opening ?? NOT_OPENED, state, {
          journalHash: entry.hash,
          updatedAt: this.at,
          changedVersion,
        });
        entries.push(entry);
        happened.push(event);
      }
    }
    if (!now) return refused('not-found', 'There is no such case.');
    if (change.opening?.said && !page.now) this.openings.set(change.caseId, change.opening.said);
    if (change.heard) this.words.set(change.heard.message, change.heard.said);
    this.pages.set(change.caseId, { before: page.before, now, state, routed: page.routed ?? change.opening?.routed });
    this.entries.push(...entries);
    this.events.set(change.caseId, [...(this.events.get(change.caseId) ?? []), ...happened]);
    const { cause, correlationId } = change;
    this.announcements.push(...entries.map(entry => ({ ...changeOf(entry), cause, correlationId })));
    return now;
  }

  /** Says when a case is due: the day that the citizen is told (null: none now; absent: as before), and the nearest term of all. */
  due(
    caseId: string,
    said: {
      readonly dueDate?: string | null | undefined;
      readonly nextDueAt: Date | null;
      readonly takeChargeBy?: Date | null;
    },
  ): void {
    const page = this.pages.get(caseId);
    if (!page?.now || !page.state) throw new Error(`case ${caseId} is not open here`);
    if (said.takeChargeBy !== undefined) this.takeCharge.set(caseId, said.takeChargeBy);
    const dueDate = said.dueDate === undefined ? page.state.dueDate : said.dueDate;
    this.pages.set(caseId, {
      ...page,
      now: { ...page.now, dueDate, nextDueAt: said.nextDueAt },
      state: { ...page.state, dueDate },
    });
  }

  /** By when a case whose deadlines moved on these pages is to be taken charge of; null: no such term runs. */
  takeChargeBy(caseId: string): Date | null {
    return this.takeCharge.get(caseId) ?? null;
  }

  /** Says something with the same commit. */
  announce(announcement: Announcement): void {
    this.announcements.push(announcement);
  }

  /** What was said when a case was opened on these pages. */
  said(caseId: string): Said | undefined {
    return this.openings.get(caseId);
  }

  /** The words of a message that is written with these pages. */
  heard(message: string): Said | undefined {
    return this.words.get(message);
  }

  /** The moment at which everything on these pages happens. */
  get now(): Date {
    return this.at;
  }

  /** The facts that are about to be written. */
  facts(): readonly WrittenFact[] {
    return [...this.entries];
  }

  private async followed(): Promise<Following[]> {
    const following: Following[] = [];
    for (const follower of this.followers) following.push(await follower(this.manager, this.written(), this));
    return following;
  }

  private written(): Written[] {
    return [...this.events].flatMap(([id, events]) => {
      const page = this.pages.get(id);
      return page?.now ? [{ caseFile: page.now, isNew: page.before === undefined, events }] : [];
    });
  }

  /** Writes everything that was applied. Throws `Raced` when a case changed since it was read, which its lock forbids. */
  async write(): Promise<void> {
    const following = await this.followed();
    const changed = [...this.pages.values()].filter(page => page.now !== page.before);
    await insertAll(
      this.manager,
      'case_file',
      changed.flatMap(({ before, now }) => (!before && now ? [now] : [])),
    );
    const updated = changed.flatMap(({ before, now }) => (before && now ? [{ before, now }] : []));
    const count = await updateAll(
      this.manager,
      'case_file',
      updated.map(({ now }) => now),
      { onlyFrom: { column: 'version', values: updated.map(({ before }) => before.version) } },
    );
    if (count !== updated.length) throw new Raced('a case changed while it was being changed');
    await insertAll(this.manager, 'journal', this.entries);
    await followCases(
      this.manager,
      changed.flatMap(({ before, now, routed }) => (now ? [{ before, now, routed }] : [])),
    );
    await insertAll(this.manager, 'outbox', this.announcements.map(outboxRow));
    for (const follow of following) await follow?.();
    this.entries.length = 0;
    this.events.clear();
    this.announcements.length = 0;
    for (const [id, page] of this.pages) this.pages.set(id, { ...page, before: page.now });
  }
}

/** The opening of a case that was opened before: its row already has what it would say. */
const NOT_OPENED: NewCase = { subject: '', channel: null, account: null, trackingHash: null };

function entryOf(state: Case, event: CaseEvent, command: Command, cause: string | null, prevHash: Buffer): Entry {
  const by = actorOf(event, command);
  const entry = {
    id: newId(),
    caseId: state.id,
    version: state.version,
    administrationId: state.administration,
    at: new Date(event.at),
    fact: event.fact,
    actorKind: by.kind,
    actorId: by.id ?? null,
    cause,
    data: event.data,
  };
  return { ...entry, prevHash, hash: entryHash(prevHash, entry) };
}

/** What the bus hears of a journal entry. */
const changeOf = (
  entry: Pick<Entry, 'id' | 'administrationId' | 'caseId' | 'version' | 'fact' | 'at' | 'data'>,
): Announcement<'case.changed.v1'> => ({
  eventId: entry.id,
  type: 'case.changed.v1',
  subject: subjects.event('case', entry.fact, entry.caseId),
  payload: {
    id: entry.id,
    administration: entry.administrationId,
    case: entry.caseId,
    version: entry.version,
    fact: entry.fact,
    at: entry.at.toISOString(),
    ...('message' in entry.data && typeof entry.data.message === 'string' ? { message: entry.data.message } : {}),
  },
  ordering: entry.caseId,
  cause: null,
});

const outboxRow = ({ eventId, type, subject, payload, ordering, cause, ...said }: Announcement): object => {
  const causationId = cause ?? correlation()?.causationId;
  const correlationId = said.correlationId ?? correlation()?.correlationId;
  return {
    eventId,
    type,
    ordering,
    subject,
    payload,
    headers: { ...(correlationId ? { correlationId } : {}), ...(causationId ? { causationId } : {}) },
    createdAt: new Date(),
    dueAt: said.dueAt ?? null,
  };
};
