import { Inject, Injectable } from '@nestjs/common';
import type {
  Address,
  CaseConversation,
  CaseCounts,
  CaseFilter,
  CasePage,
  CaseState,
  CaseView,
  ChannelAnnouncement,
  FoundCount,
  InternalNoteView,
  JournalEntryView,
  ListCases,
  Outcome,
  TimelineEntry,
} from '@filodiretto/contracts';
import { commandsFrom } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { reach } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { DEADLINES, deadlineView, holdingOf, type DeadlineJson } from '../deadline/deadline.view.js';
import { FIELDS, fieldView, type FieldJson } from '../field/field.view.js';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { messagesJson, messageView, type MessageRow } from '../message/message.view.js';
import { whyNot } from '../message/reply-rules.js';
import { planned } from '../prepared.js';
import { PLACE_JSON, placeView, type PlaceRow } from '../place/place.view.js';
import { Administrations } from '../routing/administrations.js';
import { countOf, countSql } from '../search/count.js';
import { Responsibles, type ResponsiblePerson } from '../office/responsibles.js';
import { SearchQuery } from '../search/search.query.js';
import { TASKS, taskView, type TaskJson } from '../task/task.query.js';
import { filtered, seen, type Viewer } from './case-filter.js';
import { SUMMARY, SUMMARY_JOINS, summariesOf, summaryView, type SummaryRow } from './case-summary.js';
import { journalJson, journalView, type JournalRow } from './journal.view.js';
import { seenWith } from '../permission/seen.js';

interface ConversationRow {
  readonly id: string;
  readonly channel: string;
  readonly account: string;
  readonly address: Address;
  readonly last_inbound_at: string | null;
  readonly internal: boolean;
  /** Other addresses that the last message from the citizen asks to be answered at. */
  readonly reply_to: Address[] | null;
}

interface NoteRow {
  readonly id: string;
  readonly operator_id: string | null;
  readonly operator_name: string | null;
  readonly office_id: string | null;
  readonly office_name: string | null;
  readonly body: string | null;
  readonly link_id: string | null;
  readonly text: string;
  readonly created_at: string | Date;
}

interface CaseRow extends SummaryRow {
  readonly account: string | null;
  readonly outcome: Outcome | null;
  readonly outcome_reason: string | null;
  readonly planned_date: string | null;
  readonly taken_in_charge_at: Date | null;
  readonly refusals: number;
  readonly chases: number;
  readonly chased_at: Date | null;
  readonly confidentiality: string | null;
  readonly duplicate_of: string | null;
  readonly merged: boolean;
  readonly merged_into: string | null;
  readonly follow_up_of: string | null;
  readonly updated_at: Date;
  /** Name of the administration, which sorts what no office has. */
  readonly administration_name: string;
  readonly place: PlaceRow | null;
  readonly conversations: readonly ConversationRow[];
  readonly messages: readonly MessageRow[];
  readonly notes: readonly NoteRow[];
  readonly deadlines: readonly DeadlineJson[];
  readonly tasks: readonly TaskJson[];
  readonly tags: CaseView['tags'];
  readonly fields: readonly FieldJson[];
  readonly followers: CaseView['followers'];
  readonly journal: readonly JournalRow[];
}

/** What a case is shown with: its administration, the accounts that it has, who answers for the office that holds it. */
interface Around {
  readonly id: string;
  readonly own: readonly ChannelAnnouncement[];
  readonly head: ResponsiblePerson | null;
}

const HOUR_MS = 3_600_000;

const CONVERSATIONS = `(
  select coalesce(json_agg(v order by v.last_inbound_at desc nulls last, v.created_at), '[]') from (
    select t.id, t.channel, t.account, t.address, t.last_inbound_at, t.created_at, t.letter_id is not null as internal,
      (select s.evidence->'replyTo' from message s
       where s.conversation_id = t.id and s.direction = 'in' and s.evidence->'replyTo' is not null order by s.sent_at desc, s.seq desc limit 1) as reply_to
    from conversation t
    where t.id in (select s.conversation_id from message s where s.case_id = c.id)
  ) v)`;
const NOTE = `select i.id, i.operator_id, q.name as operator_name, i.office_id, f.name as office_name, t.name as body, i.link_id,
      i.text, i.created_at
    from internal_note i left join operator q on q.id = i.operator_id left join office f on f.id = i.office_id
      left join task t on t.id = i.task_id and t.office_id is null and i.operator_id is null`;
const NOTES = `(
  select coalesce(json_agg(n order by n.created_at), '[]') from (
    ${NOTE} where i.case_id = c.id
  ) n)`;

const TAGS = `(
  select coalesce(json_agg(json_build_object('id', t.id, 'code', t.code, 'label', t.label) order by t.label), '[]')
  from case_tag x join tag t on t.id = x.tag_id where x.case_id = c.id)`;
const FOLLOWERS = `(
  select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) order by o.name), '[]')
  from case_follower f join operator o on o.id = f.operator_id where f.case_id = c.id)`;

/** What the screens of cases show, one statement a screen. */
@Injectable()
export class CaseQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(SearchQuery) private readonly search: SearchQuery,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(Responsibles) private readonly responsibles: Responsibles,
  ) {}

  /** The cases of the operator's administration for which every filter holds, the newest first. */
  async list(operator: Viewer, filter: ListCases): Promise<CasePage> {
    if (filter.text !== undefined) return this.search.list(operator, { ...filter, text: filter.text });
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    if (filter.sort === 'nextDue') return this.byNextDue(operator, filter);
    const where = filtered(new Where(), operator, filter).and(
      '(c.opened_at, c.id) < ($?::timestamptz, $?::uuid)',
      cursor?.at,
      cursor?.id,
    );
    return this.page(where, limit, 'c.opened_at', 'desc');
  }

  /** So many cases for which a condition holds, by an instant of theirs: which ones, and then what a list shows of them. */
  private page(where: Where, limit: number, by: string, direction: 'asc' | 'desc'): Promise<CasePage> {
    return this.dataSource.transaction(async manager => {
      const found: Cursor[] = await manager.query(
        `select c.id, ${cursorAt(by)} as at from case_file c where ${where.toString()}
         order by ${by} ${direction}, c.id ${direction} limit ${limit + 1}`,
        where.parameters,
      );
      const { items, ...more } = pageOf(found, limit, ({ id }) => id);
      return { items: (await summariesOf(manager, items)).map(summaryView), ...more };
    });
  }

  /** How many those are, counted as far as is told. */
  async count(operator: Viewer, filter: CaseFilter): Promise<FoundCount> {
    const parameters: unknown[] = [];
    const [row]: { cases: number }[] = await this.dataSource.query(countSql(operator, filter, parameters), parameters);
    return countOf(row?.cases ?? 0);
  }

  /** Those whose next term ends first; those of which no term runs are not among them. */
  private async byNextDue(operator: Viewer, filter: ListCases): Promise<CasePage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = filtered(new Where(), operator, filter)
      .and('c.next_due_at is not null')
      .and('(c.next_due_at, c.id) > ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    return this.page(where, limit, 'c.next_due_at', 'asc');
  }

  /** A case with everything that happened in it; `undefined` when the administration has none of this id. */
  async one(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
  ): Promise<CaseView | undefined> {
    const parameters: unknown[] = [administrationId, id];
    const other = seenWith(sight, parameters, 'x');
    const seenId = (column: string): string => `(select x.id from case_file x where x.id = ${column} and ${other})`;
    const { rows } = await planned<CaseRow>(
      this.dataSource.manager,
      `select ${SUMMARY}, c.account, c.outcome, c.outcome_reason, c.planned_date::text as planned_date, c.taken_in_charge_at,
         c.refusals, c.chases, c.chased_at, c.confidentiality, ${seenId('c.duplicate_of')} as duplicate_of,
         c.merged_into is not null as merged, ${seenId('c.merged_into')} as merged_into, ${seenId('c.follow_up_of')} as follow_up_of, c.updated_at,
         (select a.name from office a where a.id = c.administration_id) as administration_name, ${CONVERSATIONS} as conversations,
         ${PLACE_JSON} as place, ${messagesJson} as messages, ${DEADLINES} as deadlines, ${TASKS} as tasks, ${NOTES} as notes,
         ${TAGS} as tags, ${FIELDS} as fields, ${FOLLOWERS} as followers, ${journalJson()} as journal
       from case_file c ${SUMMARY_JOINS} where c.administration_id = $1 and c.id = $2 and ${seenWith(sight, parameters)}`,
      parameters,
    );
    const [row] = rows;
    if (!row) return undefined;
    const [own, head] = await Promise.all([
      this.administrations.ownAccounts(this.channels.announcements(), administrationId),
      this.responsibles.headOf(this.dataSource.manager, row.office_id ?? administrationId),
    ]);
    return this.caseView(row, { id: administrationId, own, head });
  }

  /** The journal of a case, oldest first, after a version; `undefined` when the administration has no such case. */
  async journal(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
    since = 0,
  ): Promise<{ version: number; entries: JournalEntryView[] } | undefined> {
    const parameters: unknown[] = [administrationId, id, since];
    const rows: { version: number; journal: JournalRow[] }[] = await this.dataSource.query(
      `select c.version, ${journalJson('$3')} as journal from case_file c
       where c.administration_id = $1 and c.id = $2 and ${seenWith(sight, parameters)}`,
      parameters,
    );
    return rows[0] && { version: rows[0].version, entries: rows[0].journal.map(journalView) };
  }

  /** One internal note; `undefined` when the administration has none of this id. */
  async note(
    { administrationId }: Pick<Asking, 'administrationId'>,
    id: string,
  ): Promise<InternalNoteView | undefined> {
    const rows: NoteRow[] = await this.dataSource.query(`${NOTE} where i.administration_id = $1 and i.id = $2`, [
      administrationId,
      id,
    ]);
    return rows[0] && noteView(rows[0]);
  }

  /** How many cases stand where. */
  async counts({ administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>): Promise<CaseCounts> {
    const where = seen(new Where(), { sight }).and('c.administration_id = $?', administrationId);
    // Figures are of offices: of those in reach, as they stand now.
    if (sight !== 'all' && sight.reach === 'offices') where.and('c.office_id = any($?::uuid[])', sight.offices);
    const rows: { office_id: string | null; name: string | null; state: CaseState; cases: number }[] =
      await this.dataSource.query(
        `select c.office_id, o.name, c.state, count(*)::int as cases
         from case_file c left join office o on o.id = c.office_id
         where ${where.toString()} group by c.office_id, o.name, c.state order by o.name nulls first, c.state`,
        where.parameters,
      );
    return {
      items: rows.map(({ office_id: id, name, state, cases }) => ({
        ...(id !== null && name !== null ? { office: { id, name } } : {}),
        state,
        cases,
      })),
    };
  }

  private caseView(row: CaseRow, { id, own, head }: Around): CaseView {
    const summary = summaryView(row);
    return {
      ...summary,
      holding: holdingOf({
        holder: {
          office: summary.office ?? { id, name: row.administration_name },
          sorting: summary.office === undefined && row.ended_at === null,
          ...present({ responsible: head && { id: head.operator, name: head.name }, operator: summary.assignee }),
        },
        journal: row.journal,
        openedAt: row.opened_at,
        deadlines: row.deadlines,
      }),
      deadlines: row.deadlines.map(one => deadlineView(one, this.clock.instant())),
      tasks: row.tasks.map(one => taskView(one, this.clock.now())),
      ...present({
        account: row.account,
        confidentiality: row.confidentiality,
        outcome: row.outcome,
        outcomeReason: row.outcome_reason,
        plannedDate: row.planned_date,
        takenInChargeAt: atOrNull(row.taken_in_charge_at),
        chasedAt: atOrNull(row.chased_at),
        duplicateOf: row.duplicate_of,
        mergedInto: row.merged_into,
        followUpOf: row.follow_up_of,
      }),
      ...(row.place ? { place: placeView(row.place) } : {}),
      refusals: row.refusals,
      chases: row.chases,
      updatedAt: at(row.updated_at),
      tags: row.tags,
      fields: row.fields.map(fieldView),
      followers: row.followers,
      commands: !row.merged ? commandsFrom(row.state) : [],
      conversations: row.conversations.map(one => this.conversationView(one, own)),
      timeline: timelineOf(row),
    };
  }

  private conversationView(row: ConversationRow, own: readonly ChannelAnnouncement[]): CaseConversation {
    const capabilities = this.channels.announcement(row.channel)?.manifest.capabilities ?? {};
    const lastInboundAt = row.last_inbound_at === null ? null : new Date(row.last_inbound_at);
    const no = whyNot({ content: [], author: 'operator', visibility: 'parties' }, capabilities, {
      starts: lastInboundAt === null,
      lastInboundAt,
      now: new Date(),
    });
    const hours = capabilities.replyWindow?.humanHours ?? capabilities.replyWindow?.hours;
    const until =
      hours !== undefined && lastInboundAt ? at(new Date(lastInboundAt.getTime() + hours * HOUR_MS)) : undefined;
    const instead = capabilities.reply ? undefined : reach(own, row.reply_to ?? [], 'reply');
    return {
      id: row.id,
      channel: row.channel,
      account: row.account,
      address: row.address,
      ...(row.internal ? { internal: true } : {}),
      ...present({ lastInboundAt: atOrNull(row.last_inbound_at) }),
      mayReply: no === undefined || instead !== undefined,
      ...(instead
        ? { instead: { channel: instead.channel, address: instead.address } }
        : present({ because: no?.refused, replyUntil: until })),
    };
  }
}

const noteView = (row: NoteRow): InternalNoteView => ({
  id: row.id,
  ...(row.operator_id !== null && row.operator_name !== null
    ? { operator: { id: row.operator_id, name: row.operator_name } }
    : {}),
  ...(row.office_id !== null && row.office_name !== null
    ? { office: { id: row.office_id, name: row.office_name } }
    : {}),
  ...present({ body: row.body, link: row.link_id }),
  text: row.text,
  createdAt: at(row.created_at),
});

/** Whether a fact says no more than the message or the note it speaks of, which stands in the timeline by itself. */
const isShownOtherwise = ({ fact, data }: JournalRow): boolean =>
  fact === 'message_received' ||
  fact === 'note_added' ||
  fact === 'call_recorded' ||
  fact === 'office_answered' ||
  fact === 'answer_set_aside' ||
  ((fact === 'reply_queued' || fact === 'letter_queued') && data.attempt === 1);

/** Everything that happened, oldest first; of what has the same instant, facts come first. */
function timelineOf(row: CaseRow): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...row.journal
      .filter(entry => !isShownOtherwise(entry))
      .map(journalView)
      .map(fact => ({ type: 'fact' as const, at: fact.at, fact })),
    ...row.messages.map(messageView).map(message => ({ type: 'message' as const, at: message.sentAt, message })),
    ...row.notes.map(noteView).map(note => ({ type: 'note' as const, at: note.createdAt, note })),
  ];
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => Date.parse(a.entry.at) - Date.parse(b.entry.at) || a.index - b.index)
    .map(({ entry }) => entry);
}
