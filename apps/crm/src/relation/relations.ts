import { Inject, Injectable } from '@nestjs/common';
import type { MergeCases, SplitCase } from '@filodiretto/contracts';
import { instant, type Instant } from '@filodiretto/contracts/model';
import {
  caseNumber,
  toSplit,
  whyNotMerge,
  whyNotUnmerge,
  type Command,
  type Movable,
  type OpenTask,
  type SaidBefore,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { notOurs } from '../case/belonging.js';
import type { CaseFile } from '../case/case-file.entity.js';
import { CaseNumbers, yearOf } from '../case/case-numbers.js';
import { caseOf } from '../case/case-row.js';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger, type LedgerPages } from '../case/ledger.js';
import { Clock } from '../clock.js';
import { Books, type AdministrationBook } from '../deadline/books.js';
import { Raced } from '../faults.js';
import { present } from '../http/present.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { carryBack, carryOver, moveMessages, moveTermsOfTasks } from './carrying.js';
import { UNDO_UNTIL } from './relation.query.js';
import { unseenOf, whyNotWith } from '../permission/standing.js';

const NO_CASE = refused('not-found', 'There is no such case.');

/** Linking, merging and splitting cases, each in the caller's transaction: both journals tell it, and nothing said is lost. */
@Injectable()
export class Relations {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(CaseNumbers) private readonly numbers: CaseNumbers,
    @Inject(Books) private readonly books: Books,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Links two cases; linked already: nothing happens. */
  link(manager: EntityManager, request: CaseRequest, other: string): Promise<object | Refused> {
    return this.linking(manager, request, other, 'link');
  }

  /** Takes a link back; not linked: nothing happens. */
  unlink(manager: EntityManager, request: CaseRequest, other: string): Promise<object | Refused> {
    return this.linking(manager, request, other, 'unlink');
  }

  /** Takes another case in under the merge's id given: everything said in it is read here from now on. */
  async merge(
    manager: EntityManager,
    request: CaseRequest,
    id: string,
    { from, reason, differentPeople }: MergeCases,
  ): Promise<object | Refused> {
    const barred = await whyNotWith(manager, request.operator, [from], 'change');
    if (barred) return barred.refused === 'not-found' ? named('from', 'there is none of this id here') : barred;
    const pages = await this.ledger.open(manager, [request.caseId, from]);
    const into = ours(pages, request, request.caseId);
    const other = ours(pages, request, from);
    if (!into) return NO_CASE;
    if (!other) return named('from', 'there is none of this id here');
    if (into.confidentiality !== other.confidentiality)
      return named('from', 'both cases must be confidential alike: say so of them first');
    const no = whyNotMerge(caseOf(into), caseOf(other), {
      samePerson: await areOneContact(manager, into, other),
      differentPeople: differentPeople ?? false,
      leads: await leads(manager, other),
    });
    if (no) return no;
    await manager.query(
      `insert into case_merge (id, administration_id, into_case, from_case, operator_id, at) values ($1, $2, $3, $4, $5, $6)`,
      [id, into.administrationId, into.id, other.id, request.operator.id, this.clock.now()],
    );
    const at = this.clock.now();
    const book = await this.bookOf(manager, into);
    const carried = await carryOver(manager, { merge: id, into, from: other, book, at });
    const { messages, conversations } = carried;
    const told = { merge: id, messages, conversations, reason: reason ?? null };
    const by = actor(request);
    const tasks = other.openTasks;
    const changed = this.both(pages, request, [
      [
        into,
        {
          name: 'takeIn',
          case: other.id,
          ...told,
          lastMessageAt: latest(into.lastMessageAt, other.lastMessageAt),
          dueDate: earliest(into.dueDate, other.dueDate),
          ...arriving(tasks),
          by,
        },
      ],
      [
        other,
        {
          name: 'mergeInto',
          case: into.id,
          ...told,
          ...leavingTasks(tasks),
          by,
        },
      ],
      ...carried.told.map(one => [into, { ...one, by }] as const),
    ]);
    if (isRefused(changed)) return changed;
    await pages.write();
    return into;
  }

  /** Undoes a merge: what it carried over goes back, with what was said since in conversations that were only the other's. */
  async unmerge(
    manager: EntityManager,
    request: Omit<CaseRequest, 'caseId'>,
    id: string,
    reason: string,
  ): Promise<object | Refused> {
    const [merge]: { into_case: string; from_case: string }[] = await manager.query(
      'select into_case, from_case from case_merge where administration_id = $1 and id = $2',
      [request.operator.administrationId, id],
    );
    if (!merge) return refused('not-found', 'There is no such merge.');
    const pages = await this.ledger.open(manager, [merge.into_case, merge.from_case]);
    const [now]: { at: Date; undone_at: Date | null; hours: number; forgotten: boolean }[] = await manager.query(
      `select m.at, m.undone_at, m.aside_forgotten_at is not null as forgotten, extract(epoch from (${UNDO_UNTIL}) - m.at)::float8 / 3600 as hours
       from case_merge m where m.id = $1 for update`,
      [id],
    );
    const into = pages.caseFile(merge.into_case);
    const from = pages.caseFile(merge.from_case);
    if (!now || !into || !from) throw new Raced('a merge went away');
    const no =
      whyNotUnmerge(
        { at: instant(now.at), undone: now.undone_at !== null, forgotten: now.forgotten },
        this.clock.instant(),
        now.hours,
      ) ?? (into.mergedInto === null ? undefined : mergedSince(into));
    if (no) return no;
    const book = await this.bookOf(manager, into);
    const carried = await carryBack(manager, { merge: id, into, from, book, at: this.clock.now() });
    const { messages } = carried;
    await manager.query('update case_merge set undone_at = $2, undone_by = $3 where id = $1', [
      id,
      this.clock.now(),
      request.operator.id,
    ]);
    const by = actor(request);
    const told = { merge: id, messages, reason } as const;
    const tasks = await openTasksOf(manager, into, from.id);
    const changed = this.both(pages, { ...request, caseId: into.id }, [
      [into, { name: 'unmerge', case: from.id, ...told, ...leavingTasks(tasks), by }],
      [from, { name: 'unmerge', case: into.id, ...told, ...arriving(tasks), by }],
      ...carried.told.map(one => [into, { ...one, by }] as const),
    ]);
    if (isRefused(changed)) return changed;
    await pages.write();
    return from;
  }

  /** Makes a new case, of the id given, of some of what was said in another. */
  async split(manager: EntityManager, request: CaseRequest, id: string, asked: SplitCase): Promise<object | Refused> {
    const taken: unknown[] = await manager.query('select from case_file where id = $1', [id]);
    if (taken.length > 0) return refused('idempotency-mismatch', 'This id is already that of something else.');
    const { category, office } = asked;
    const no = await notOurs(manager, request.operator, { category, office });
    if (no) return no;
    const pages = await this.ledger.open(manager, [request.caseId]);
    const from = ours(pages, request, request.caseId);
    if (!from) return NO_CASE;
    const all: Movable[] = await manager.query(
      `select id, conversation_id as conversation,
         coalesce(copy_of, case when relation_kind <> 'reply' then relation_id end) as follows
       from message where case_id = $1 and letter_id is null order by sent_at, seq`,
      [from.id],
    );
    const leaving = toSplit(all, { messages: asked.messages ?? [], conversations: asked.conversations ?? [] });
    if ('refused' in leaving) return leaving;
    const [first]: { contact_id: string | null; channel: string; account: string; last_at: Date }[] =
      await manager.query(
        `select contact_id, channel, account, max(sent_at) over () as last_at from message
       where id = any($1::uuid[]) order by (direction = 'in') desc, sent_at, seq limit 1`,
        [leaving],
      );
    const tasks = from.openTasks.filter(task => asked.tasks?.includes(task.id));
    const foreign = (asked.tasks ?? []).find(task => !tasks.some(one => one.id === task));
    if (foreign !== undefined) return named('tasks', `${foreign} is no open task of this case`);
    const now = this.clock.now();
    const [counter] = await this.numbers.take(manager, from.administrationId, yearOf(now), 1);
    if (counter === undefined || !first) throw new Error('no counter of cases was given');
    const by = actor(request);
    const opened = pages.apply({
      caseId: id,
      cause: request.cause,
      opening: { subject: asked.subject, channel: first.channel, account: first.account, trackingHash: null },
      commands: [
        {
          name: 'open',
          id,
          administration: from.administrationId,
          number: caseNumber(yearOf(now), counter),
          kind: from.kind,
          priority: from.priority,
          category: category ?? from.categoryId,
          contact: first.contact_id ?? from.contactId,
          channel: first.channel,
          account: first.account,
          message: leaving[0] ?? null,
          office: office ?? (await usualOffice(manager, category)) ?? from.officeId,
          why: `split:${from.number}`,
          by,
        },
        ...confidedAs(from, by),
        {
          name: 'comeFrom',
          case: from.id,
          messages: leaving.length,
          ...arriving(tasks),
          ...present({ said: await saidBefore(manager, leaving) }),
          by,
        },
      ],
    });
    if (isRefused(opened)) return opened;
    const left = pages.apply({
      caseId: from.id,
      ...(request.expectedVersion === undefined ? {} : { expectedVersion: request.expectedVersion }),
      cause: request.cause,
      commands: [
        {
          name: 'splitOff',
          case: id,
          messages: leaving.length,
          reason: asked.reason ?? null,
          ...leavingTasks(tasks),
          by,
        },
      ],
    });
    if (isRefused(left)) return left;
    await pages.write();
    await moveMessages(manager, leaving, from.id, id);
    await moveTasks(manager, tasks, from.id, id);
    // A conversation goes on with the case of what was last said in it.
    await manager.query(
      `update conversation v set case_id = $2
       where v.case_id = $1 and $2 = (select m.case_id from message m where m.conversation_id = v.id order by m.seq desc limit 1)`,
      [from.id, id],
    );
    await manager.query('insert into case_split (from_case, new_case, operator_id, at) values ($1, $2, $3, $4)', [
      from.id,
      id,
      request.operator.id,
      now,
    ]);
    return opened;
  }

  private async bookOf(manager: EntityManager, { administrationId }: CaseFile): Promise<AdministrationBook> {
    const book = (await this.books.of(manager, [administrationId])).get(administrationId);
    if (!book) throw new Error(`no book of ${administrationId} was read`);
    return book;
  }

  private async linking(
    manager: EntityManager,
    request: CaseRequest,
    other: string,
    name: 'link' | 'unlink',
  ): Promise<object | Refused> {
    if (other === request.caseId) return named('case', 'a case is not linked with itself');
    if (await unseenOf(manager, request.operator, [other])) return named('case', 'there is none of this id here');
    const pages = await this.ledger.open(manager, [request.caseId, other]);
    const one = ours(pages, request, request.caseId);
    const two = ours(pages, request, other);
    if (!one) return NO_CASE;
    if (!two) return named('case', 'there is none of this id here');
    const [a, b] = [one.id, two.id].sort();
    const done: unknown =
      name === 'link'
        ? await manager.query(
            `insert into case_link (administration_id, case_a, case_b, operator_id, at) values ($1, $2, $3, $4, $5)
             on conflict do nothing returning case_a`,
            [one.administrationId, a, b, request.operator.id, this.clock.now()],
          )
        : await manager.query(
            'with gone as (delete from case_link where case_a = $1 and case_b = $2 returning 1) select from gone',
            [a, b],
          );
    if (!Array.isArray(done) || done.length === 0) return one;
    const by = actor(request);
    const changed = this.both(pages, request, [
      [one, { name, case: two.id, by }],
      [two, { name, case: one.id, by }],
    ]);
    if (isRefused(changed)) return changed;
    await pages.write();
    return one;
  }

  /** Applies commands to two cases; the version expected is that of the case that was asked. */
  private both(
    pages: LedgerPages,
    request: CaseRequest,
    changes: readonly (readonly [CaseFile, Parameters<LedgerPages['apply']>[0]['commands'][number]])[],
  ): object | Refused {
    for (const id of new Set(changes.map(([file]) => file.id))) {
      const result = pages.apply({
        caseId: id,
        ...(id === request.caseId && request.expectedVersion !== undefined
          ? { expectedVersion: request.expectedVersion }
          : {}),
        cause: request.cause,
        commands: changes.flatMap(([file, command]) => (file.id === id ? [command] : [])),
      });
      if (isRefused(result)) return result;
    }
    return {};
  }
}

const actor = ({ operator }: Pick<CaseRequest, 'operator'>) => ({ kind: 'operator', id: operator.id }) as const;

const ours = (pages: LedgerPages, { operator }: CaseRequest, id: string): CaseFile | undefined => {
  const file = pages.caseFile(id);
  return file?.administrationId === operator.administrationId ? file : undefined;
};

const mergedSince = (into: CaseFile): Refused =>
  refused('transition-not-allowed', `Case ${into.number} was itself merged since: undo that merge first.`);

const latest = (a: Date | null, b: Date | null): Instant | null => {
  const later = a && b ? (a > b ? a : b) : (a ?? b);
  return later && instant(later);
};
const earliest = (a: string | null, b: string | null): string | null => (a && b ? (a < b ? a : b) : (a ?? b));

const named = (field: string, detail: string): Refused => ({
  ...refused('invalid-input', `${field}: ${detail}`),
  errors: [{ pointer: `/${field}`, detail }],
});

async function areOneContact(manager: EntityManager, a: CaseFile, b: CaseFile): Promise<boolean> {
  if (a.contactId === null || b.contactId === null || a.contactId === b.contactId) return true;
  const rows: unknown[] = await manager.query(
    'select distinct coalesce(merged_into, id) from contact where id = any($1::uuid[])',
    [[a.contactId, b.contactId]],
  );
  return rows.length === 1;
}

/** Whether others are under a case. */
async function leads(manager: EntityManager, { id }: CaseFile): Promise<boolean> {
  const members: unknown[] = await manager.query('select from case_file where incident_head = $1 limit 1', [id]);
  return members.length > 0;
}

/** Since when the citizen waits for an answer to what leaves a case, and what they got; `undefined` when no citizen wrote it. */
async function saidBefore(manager: EntityManager, messages: readonly string[]): Promise<SaidBefore | undefined> {
  const [row]: { since: Date | null; acknowledged_at: Date | null; answered_at: Date | null }[] = await manager.query(
    `with leaving as (select id, case_id, moved_from, author, send_state from message where id = any($1::uuid[])),
       told as (select j.fact, j.at, j.data, l.author from leaving l
         join journal j on j.case_id in (l.case_id, l.moved_from) and j.data->>'message' = l.id::text
         where j.fact in ('opened', 'message_received', 'reply_queued') and l.send_state is distinct from 'withdrawn'),
       asked as (select min(at) as since from told where fact <> 'reply_queued' and author = 'contact')
     select since,
       (select min(at) from told where fact = 'reply_queued' and data->>'automatic' = 'acknowledgement') as acknowledged_at,
       (select min(at) from told where fact = 'reply_queued' and data->>'automatic' is null and at >= since) as answered_at
     from asked`,
    [messages],
  );
  if (!row?.since) return undefined;
  return {
    since: instant(row.since),
    acknowledgedAt: row.acknowledged_at && instant(row.acknowledged_at),
    answeredAt: row.answered_at && instant(row.answered_at),
  };
}

async function usualOffice(manager: EntityManager, category: string | undefined): Promise<string | null> {
  if (category === undefined) return null;
  const [row]: { office_id: string | null }[] = await manager.query('select office_id from category where id = $1', [
    category,
  ]);
  return row?.office_id ?? null;
}
const arriving = (tasks: readonly OpenTask[]): { tasksIn?: readonly OpenTask[] } =>
  tasks.length > 0 ? { tasksIn: tasks } : {};
const leavingTasks = (tasks: readonly OpenTask[]): { tasksOut?: readonly string[] } =>
  tasks.length > 0 ? { tasksOut: tasks.map(task => task.id) } : {};

/** The open tasks of a case that are now rows of another. */
async function openTasksOf(manager: EntityManager, { openTasks }: CaseFile, at: string): Promise<OpenTask[]> {
  const rows: { id: string }[] = await manager.query(
    'select id from task where case_id = $1 and id = any($2::uuid[])',
    [at, openTasks.map(task => task.id)],
  );
  return openTasks.filter(task => rows.some(row => row.id === task.id));
}

/** Questions leave with their letters, what was said in them, and their terms. */
async function moveTasks(manager: EntityManager, tasks: readonly OpenTask[], from: string, to: string): Promise<void> {
  if (tasks.length === 0) return;
  const ids = tasks.map(task => task.id);
  await manager.query('update task set case_id = $2 where id = any($1::uuid[])', [ids, to]);
  await moveTermsOfTasks(manager, from, to);
  await manager.query(
    `update conversation v set case_id = $2 from letter l
     where v.id = l.conversation_id and l.task_id = any($1::uuid[]) and v.case_id = $3`,
    [ids, to, from],
  );
  const said: { id: string }[] = await manager.query(
    'select m.id from message m join letter l on l.id = m.letter_id where l.task_id = any($1::uuid[])',
    [ids],
  );
  await manager.query('update letter set case_id = $2 where task_id = any($1::uuid[])', [ids, to]);
  await moveMessages(
    manager,
    said.map(one => one.id),
    from,
    to,
  );
}

/** What is split off is as confidential as where it comes from. */
const confidedAs = ({ confidentiality: level }: CaseFile, by: ReturnType<typeof actor>): Command[] =>
  level === null ? [] : [{ name: 'setConfidentiality', level, reason: 'split', by }];
