import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { noticeCode, noticeOf, type Notice } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Ledger, type Following, type Written } from '../case/ledger.js';
import type { CaseFile } from '../case/case-file.entity.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { TrackingCodes } from '../intake/tracking.js';
import { Jobs, type NewJob } from '../job/jobs.js';
import { LOG } from '../log.js';
import { AutomaticBound } from '../message/automatic-bound.js';
import { Replies } from '../message/replies.js';
import { Relay } from '../outbox/relay.js';
import { isRefused, type Refused } from '../refused.js';
import { Templates, type Words } from '../template/templates.js';
import { SHIPPED_NOTICES } from './words.js';
import { prepared } from '../prepared.js';

const JOB = 'citizen.tell';
/** A transfer is told once it has stood for so long: who takes charge at once tells it better. */
const SETTLES_MS = 60_000;

interface Payload {
  readonly caseId: string;
  readonly notice: Notice;
  /** Of the message: a job that runs twice tells once. */
  readonly message: string;
  readonly office: string | null;
  readonly dueDate: string | null;
  /** The head of the incident whose fact this is. */
  readonly head?: string;
  /** Of the case whose fact this is, when it happened: a transfer after it is told in its stead. Absent in older jobs. */
  readonly version?: number;
  /** An answer was taken back that would have told it: said only when nothing else did. */
  readonly instead?: boolean;
}
interface Found {
  readonly administrationId: string;
  readonly state: CaseFile['state'];
  readonly officeId: string | null;
  readonly dueDate: string | null;
  readonly mergedInto: string | null;
  readonly head: string | null;
  readonly writes: boolean;
  readonly done: boolean;
  readonly officeName: string | null;
  readonly number: string;
  readonly confidentiality: string | null;
  /** A code was given for it before. */
  readonly followed: boolean;
  /** Something was said where several people read the answers. */
  readonly shared: boolean;
}

/**
 * Tells citizens, by itself, who holds their matter and until when: in the transaction of the fact it is decided, and by a job
 * it is said, on their own channel and within its windows, bounded as acknowledgements are. A citizen of an incident is told by
 * what happens to the head, once.
 */
@Injectable()
export class Notices implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Replies) private readonly replies: Replies,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TrackingCodes) private readonly codes: TrackingCodes,
    @Inject(AutomaticBound) private readonly bound: AutomaticBound,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.ledger.follow('notices to citizens', (manager, written) => this.follow(manager, written));
    this.jobs.handle({ name: JOB, run: payload => this.tell(payload as Payload) });
  }

  private async follow(manager: EntityManager, written: readonly Written[]): Promise<Following> {
    const jobs: NewJob[] = [];
    for (const one of written) {
      const notice = one.isNew ? await this.unanswerable(one) : noticeOf(one.events, one.caseFile);
      if (notice === undefined) continue;
      const { caseFile } = one;
      const instead = one.events.some(({ fact }) => fact === 'reply_withdrawn');
      if (caseFile.incidentHead === null) jobs.push(this.job(notice, caseFile, undefined, instead));
      if (!one.isNew && !instead)
        for (const member of await membersOf(manager, caseFile.id))
          jobs.push(this.job(notice, { ...caseFile, id: member }, caseFile.id));
    }
    return jobs.length === 0 ? undefined : () => this.jobs.addAll(manager, jobs);
  }

  /** Whoever wrote where one cannot answer is acknowledged at an address they gave. */
  private async unanswerable({ caseFile, events }: Written): Promise<Notice | undefined> {
    const opened = events.find(({ fact }) => fact === 'opened');
    if (opened?.fact !== 'opened' || opened.data.message === null || caseFile.channel === null) return undefined;
    const manifest = await this.channels.manifestOf(caseFile.channel);
    return manifest && !manifest.capabilities.reply ? 'acknowledged' : undefined;
  }

  private job(notice: Notice, { id, officeId, dueDate, version }: CaseFile, head?: string, instead = false): NewJob {
    const payload: Payload = {
      caseId: id,
      notice,
      message: v7(),
      office: officeId,
      dueDate: notice === 'extended' ? dueDate : null,
      version,
      ...(head === undefined ? {} : { head }),
      ...(instead ? { instead } : {}),
    };
    const runAt = notice === 'transferred' ? new Date(this.clock.now().getTime() + SETTLES_MS) : undefined;
    return { name: JOB, payload, runAt };
  }

  private async tell(payload: Payload): Promise<void> {
    await this.dataSource.transaction(async manager => {
      const found = await read(manager, payload);
      if (!found || found.done || !found.writes || !holds(payload, found)) return;
      if (payload.notice === 'transferred' && !(await isNews(manager, payload))) return;
      if (payload.instead && (await knowsOffice(manager, payload))) return;
      const words = await noticeWords(manager, found.administrationId, payload.notice);
      if (words === null) return;
      const whom = { administrationId: found.administrationId, caseId: payload.caseId, operatorId: null };
      const tells = !found.shared && (payload.notice === 'acknowledged' || !found.followed);
      const tracking = tells ? this.codes.mark(found) : undefined;
      const content = await this.templates.composed(
        manager,
        whom,
        words,
        {
          office: found.officeName,
          ...(tracking ? { tracking } : {}),
          ...(payload.dueDate === null ? {} : { dueDate: payload.dueDate }),
        },
        'talk',
      );
      if (isRefused(content)) return this.untold(payload, content);
      const told = await this.replies.queue(manager, {
        caseId: payload.caseId,
        id: payload.message,
        content,
        visibility: 'parties',
        tracked: tracking !== undefined,
        author: 'automation',
        automatic: payload.notice === 'acknowledged' ? 'acknowledgement' : 'notification',
        by: { kind: 'system' },
        cause: null,
        unless: to => this.bound.whyNot(manager, to),
      });
      if (isRefused(told)) return this.untold(payload, told);
      if (payload.notice !== 'extended' && payload.office !== null)
        await manager.query(
          `insert into told_office (case_id, office_id, at) values ($1, $2, $3)
           on conflict (case_id) do update set office_id = excluded.office_id, at = excluded.at`,
          [payload.caseId, payload.office, this.clock.now()],
        );
    });
    this.relay.nudge();
  }

  private untold({ caseId, notice }: Payload, { refused: problem, detail }: Refused): void {
    this.log.info(
      { case: caseId, notice, problem, detail },
      'a citizen is not told: it cannot be said on their channel',
    );
  }
}

/** Whether what would be told is still so. */
function holds({ notice, office, dueDate, head }: Payload, found: Found): boolean {
  if (found.mergedInto !== null || found.head !== (head ?? null)) return false;
  if (['resolved', 'closed', 'rejected', 'duplicate', 'withdrawn'].includes(found.state)) return false;
  if (head !== undefined) return true;
  if (notice === 'transferred') return found.state === 'assigned' && found.officeId === office;
  if (notice === 'taken_in_charge') return found.officeId === office && found.state !== 'assigned';
  return notice !== 'extended' || found.dueDate === dueDate;
}

/**
 * Whether a transfer is the last one, and to another office than the citizen was last told of. Asked in a statement of its own,
 * once the case is locked: it sees what another job told meanwhile.
 */
async function isNews(manager: EntityManager, { caseId, office, head, version }: Payload): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `select where not exists (select from told_office t where t.case_id = $1 and t.office_id = $2)
       and not exists (select from journal j where j.case_id = $3 and j.version > $4 and (j.fact = 'assigned'
         or j.fact = 'reassigned' and j.data->>'office' is distinct from j.data->>'previousOffice'))`,
    [caseId, office, head ?? caseId, version ?? null],
  );
  return rows.length > 0;
}

/** Whether the citizen was told of the office, or was answered by somebody, so that they know who has their matter. */
async function knowsOffice(manager: EntityManager, { caseId, office }: Payload): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `select from case_file c where c.id = $1 and (exists (select from told_office t where t.case_id = c.id and t.office_id = $2)
       or exists (select from message m where m.case_id = c.id and m.direction = 'out' and m.author = 'operator'
         and m.visibility = 'parties' and m.automatic is null and m.letter_id is null and m.send_state not in ('withdrawn', 'failed')))`,
    [caseId, office],
  );
  return rows.length > 0;
}

/** One case of each citizen of an incident: each is told once. */
const membersOf = async (manager: EntityManager, head: string): Promise<string[]> => {
  const rows: { id: string }[] = await manager.query(
    `select distinct on (coalesce(k.merged_into, k.id, c.id)) c.id from case_file c left join contact k on k.id = c.contact_id
     where c.incident_head = $1 order by coalesce(k.merged_into, k.id, c.id), c.opened_at, c.id`,
    [head],
  );
  return rows.map(row => row.id);
};

const read = async (manager: EntityManager, { caseId, message, office }: Payload): Promise<Found | undefined> => {
  const rows: Found[] = await manager.query(
    `select c.administration_id as "administrationId", c.state, c.office_id as "officeId", c.due_date::text as "dueDate",
       c.merged_into as "mergedInto", c.incident_head as head,
       exists (select from message m where m.case_id = c.id and m.direction = 'in' and m.author = 'contact'
         and m.automatic is null and m.letter_id is null and m.evidence->'stranger' is null
         and m.visibility = 'parties' and coalesce((m.flags->>'unauthenticated')::boolean, false) = false) as writes,
       exists (select from message m where m.id = $2) as done, c.number, c.confidentiality,
       exists (select from message m where m.case_id = c.id and m.tracking_hash is not null
         and m.send_state is distinct from 'failed' and m.send_state is distinct from 'withdrawn') as followed,
       exists (select from message m where m.case_id = c.id and m.direction = 'in' and (m.flags->>'shared')::boolean) as shared,
       (select name from office o where o.id = coalesce($3, c.office_id)) as "officeName"
     from case_file c where c.id = $1 for update of c`,
    [caseId, message, office],
  );
  return rows[0];
};

/** The words of a notice: the administration's own, those that are shipped, or (null) none: it was switched off. */
async function noticeWords(manager: EntityManager, administrationId: string, notice: Notice): Promise<Words | null> {
  const own = await ownWords(manager, administrationId, notice);
  return own === undefined ? { language: 'it', ...SHIPPED_NOTICES[notice] } : own;
}

/** The administration's own words; `null`: switched off; `undefined`: it has none. */
export async function ownWords(
  manager: EntityManager,
  administrationId: string,
  notice: Notice,
): Promise<Words | null | undefined> {
  const {
    rows: [row],
  } = await prepared<{ text: string; short_text: string | null; retired: boolean }>(
    manager,
    `select text, short_text, retired_at is not null as retired from template
     where administration_id = $1 and code = $2 and language = 'it'`,
    [administrationId, noticeCode(notice)],
  );
  if (!row) return undefined;
  return row.retired ? null : { language: 'it', text: row.text, shortText: row.short_text };
}
