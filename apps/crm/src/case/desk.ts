import { Inject, Injectable } from '@nestjs/common';
import type {
  Address,
  ChangeCase,
  ChannelAnnouncement,
  MoveCase,
  Outcome,
  Part,
  PlaceCall,
  Visibility,
  WriteReply,
} from '@filodiretto/contracts';
import type { Actor, Command, LifeCycleCommand, Reporter } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Uploads } from '../attachment/uploads.js';
import { reach, type Ability } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Deadlines } from '../deadline/deadlines.js';
import type { Asking } from '../http/operator.js';
import { AutomaticBound } from '../message/automatic-bound.js';
import { Replies, type Compose, type Reply } from '../message/replies.js';
import { Fields } from '../field/fields.js';
import { Mentions } from '../follower/mentions.js';
import { Announcements } from '../incident/announcements.js';
import { whyNotEnd } from '../privacy/undecided.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { Administrations } from '../routing/administrations.js';
import { Templates } from '../template/templates.js';
import { notOurs } from './belonging.js';
import type { CaseFile } from './case-file.entity.js';
import { Ledger } from './ledger.js';
import { insertNote } from './notes.js';

/** A request about one case: who asks, which version they have seen, and the request's own id. */
export interface CaseRequest {
  readonly operator: Asking;
  /** On whose behalf, when it is not the operator's own: an office acts from a letter. */
  readonly by?: Actor;
  readonly caseId: string;
  readonly expectedVersion?: number | undefined;
  readonly cause: string;
}

/** Most fields changed by one request. */
const MAX_FIELDS = 100;

const NO_CASE = refused('not-found', 'There is no such case.');

/** What operators do with a case, each in the caller's transaction: all of it happens, or a refusal and nothing. */
@Injectable()
export class Desk {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Replies) private readonly replies: Replies,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(Announcements) private readonly announcements: Announcements,
    @Inject(Mentions) private readonly mentions: Mentions,
    @Inject(Fields) private readonly fields: Fields,
    @Inject(Deadlines) private readonly deadlines: Deadlines,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(AutomaticBound) private readonly bound: AutomaticBound,
  ) {}

  /** Queues an answer to the citizen under the id given. */
  async reply(manager: EntityManager, request: CaseRequest, id: string, asked: WriteReply): Promise<object | Refused> {
    const words = await this.wordsOf(manager, request, asked);
    if (isRefused(words)) return words;
    const files = await this.uploads.parts(manager, request.operator, asked.attachments ?? []);
    if (isRefused(files)) return files;
    const content: Compose = capabilities => {
      const parts = typeof words === 'function' ? words(capabilities) : words;
      return isRefused(parts) ? parts : [...parts, ...files];
    };
    return this.say(manager, request, id, content, asked);
  }

  /** Queues a call to the citizen under the id given. */
  async call(manager: EntityManager, request: CaseRequest, id: string, asked: PlaceCall): Promise<object | Refused> {
    const dial: Part = {
      type: 'dial',
      operatorAddress: asked.operatorAddress,
      ...(asked.announcement ? { announcement: asked.announcement } : {}),
    };
    const conversation = asked.conversation ?? (await this.callable(manager, request));
    return this.say(manager, request, id, [dial], { conversation, visibility: 'parties' }, 'dial');
  }

  async note(manager: EntityManager, request: CaseRequest, id: string, text: string): Promise<CaseFile | Refused> {
    if (!(await isOurs(manager, request))) return NO_CASE;
    const { operator, caseId } = request;
    const mentions = await this.mentions.named(manager, operator, { text, caseId });
    const changed = await this.execute(manager, request, [{ name: 'addNote', note: id, mentions }]);
    if (isRefused(changed)) return changed;
    const { administrationId, id: operatorId } = operator;
    await insertNote(manager, { id, administrationId, caseId, operatorId, text, createdAt: new Date() });
    await this.mentions.tell(manager, request, { note: id, text, number: changed.number }, mentions);
    return changed;
  }

  /** Keeps what an office, or who was asked a question, wrote in a page of a letter and that did nothing: a note of theirs. */
  async keepWords(
    manager: EntityManager,
    request: CaseRequest,
    words: { readonly id: string; readonly text: string; readonly task: string | null; readonly link: string },
  ): Promise<CaseFile | Refused> {
    const { id, text, task, link } = words;
    const by = byOf(request);
    const changed = await this.ledger.execute(manager, {
      caseId: request.caseId,
      cause: request.cause,
      commands: [{ name: 'addNote', note: id, task, by }],
      heard: { message: id, said: { words: [text], files: [] } },
    });
    if (isRefused(changed)) return changed;
    await insertNote(manager, {
      id,
      administrationId: changed.administrationId,
      caseId: changed.id,
      ...(by.kind === 'operator' ? { operatorId: by.id } : { officeId: by.id }),
      taskId: task,
      linkId: link,
      text,
      createdAt: changed.updatedAt,
    });
    return changed;
  }

  /** Changes what a case is and who answers for it. */
  async change(manager: EntityManager, request: CaseRequest, asked: ChangeCase): Promise<CaseFile | Refused> {
    if (!(await isOurs(manager, request))) return NO_CASE;
    const { priority, kind, category, office, assignee, reason } = asked;
    if (asked.fields !== undefined && Object.keys(asked.fields).length > MAX_FIELDS)
      return refused('invalid-input', 'Too many fields at once.');
    const no = await notOurs(manager, request.operator, { category, office, assignee });
    if (no) return no;
    const commands: Asked[] = [];
    if (priority) commands.push({ name: 'changePriority', priority, reason: reason ?? null });
    if (kind) commands.push({ name: 'changeKind', kind });
    if (category) commands.push({ name: 'changeCategory', category });
    if (office ?? assignee) commands.push(await this.assignment(manager, request, asked));
    if (commands.length === 0 && !asked.fields)
      return refused('invalid-input', 'Say what changes: priority, kind, category, office, assignee or fields.');
    const fields = await this.fields.change(manager, {
      caseId: request.caseId,
      category: category ?? (await categoryOf(manager, request)),
      values: asked.fields ?? {},
    });
    if (isRefused(fields)) return fields;
    const changed = await this.execute(manager, request, [...commands, ...(fields.command ? [fields.command] : [])]);
    if (!isRefused(changed)) await fields.write();
    return changed;
  }

  /** Moves a case along its life cycle. The text for the citizen, when there is one, is queued in the same transaction. */
  async move(manager: EntityManager, request: CaseRequest, asked: MoveCase): Promise<CaseFile | Refused> {
    if (!(await isOurs(manager, request))) return NO_CASE;
    const { office, assignee, leading } = asked;
    const no =
      (await notOurs(manager, request.operator, { office, assignee, leading })) ??
      (asked.command === 'extend'
        ? await this.deadlines.whyNotExtend(manager, request.caseId, asked.dueDate ?? '')
        : undefined);
    if (no) return no;
    const undecided = ENDS.has(asked.command) ? await whyNotEnd(manager, request.caseId) : undefined;
    if (undecided) return undecided;
    const unfilled = asked.command === 'resolve' ? await this.fields.whyNotResolve(manager, request.caseId) : undefined;
    if (unfilled) return unfilled;
    const reporters = asked.command === 'resolve' ? await this.announcements.reporters(manager, request.caseId) : [];
    if (reporters.length > 0) return this.resolveAll(manager, request, asked, reporters);
    const words = await this.told(manager, request, asked);
    if (words === undefined) return this.execute(manager, request, [await this.command(manager, request, asked, null)]);
    if (isRefused(words)) return words;
    const said = await this.say(manager, request, undefined, words, asked);
    if (isRefused(said)) return said;
    return this.execute(manager, { ...request, expectedVersion: undefined }, [
      await this.command(manager, request, asked, said.message),
    ]);
  }

  /** Says something to the citizen of a case, in words made for their channel, under the message's id given. */
  tell(
    manager: EntityManager,
    request: CaseRequest,
    id: string,
    content: Compose,
  ): Promise<{ message: string } | Refused> {
    return this.say(manager, request, id, content, {});
  }

  /** Ends a case whose citizen was told by a message; one that ended already stays as it is. */
  async endAs(
    manager: EntityManager,
    request: CaseRequest,
    ended: { readonly outcome: Outcome; readonly outcomeReason: string | null; readonly message: string },
  ): Promise<object | Refused> {
    const rows: unknown[] = await manager.query('select from case_file where id = $1 and ended_at is null', [
      request.caseId,
    ]);
    return rows.length === 0 ? {} : this.execute(manager, request, [{ name: 'resolve', ...ended }]);
  }

  /** Resolves the head of an incident: its own citizen is told now, those of its members by a job that ends each as it ends. */
  private async resolveAll(
    manager: EntityManager,
    request: CaseRequest,
    asked: MoveCase,
    reporters: readonly Reporter[],
  ): Promise<CaseFile | Refused> {
    const ended = endOf(asked);
    const { administrationId } = request.operator;
    const own = await this.told(manager, request, asked);
    if (own !== undefined && isRefused(own)) return own;
    const words =
      asked.text === undefined && asked.textTemplate === undefined
        ? ended && (await this.templates.outcomeWords(manager, administrationId, ended))
        : asked.textTemplate === undefined
          ? { language: 'it', text: asked.text ?? '', shortText: null }
          : await this.templates.wordsAsked(manager, administrationId, { textTemplate: asked.textTemplate });
    if (words && isRefused(words)) return words;
    if (ended && !words)
      return {
        ...refused('invalid-input', 'Write what the citizens of the incident are told.'),
        errors: [{ pointer: '/text', detail: `${reporters.length} cases are under this one: each citizen is told` }],
      };
    const announcement = v7();
    const said =
      own === undefined || !(await hasCitizen(manager, request))
        ? undefined
        : await this.say(manager, request, undefined, own, asked);
    if (said && isRefused(said)) return said;
    const resolve = await this.command(manager, request, asked, said?.message ?? null);
    const changed = await this.execute(manager, said ? { ...request, expectedVersion: undefined } : request, [
      resolve.name === 'resolve' ? { ...resolve, announcement } : resolve,
    ]);
    if (isRefused(changed) || !words || !ended) return changed;
    const literal = asked.text !== undefined;
    const told = await this.announcements.begin(manager, request, announcement, reporters, {
      words,
      literal,
      ended,
    });
    return this.execute(manager, { ...request, expectedVersion: undefined }, [told]);
  }

  /** Orders a failed message again, or one whose fate nobody knows if whoever asks accepts that it may arrive twice. */
  async sendAgain(
    manager: EntityManager,
    { operator, cause }: Pick<CaseRequest, 'operator' | 'cause'>,
    messageId: string,
    mayArriveTwice: boolean,
  ): Promise<object | Refused> {
    const rows: { send_state: string | null }[] = await manager.query(
      'select send_state from message where administration_id = $1 and id = $2',
      [operator.administrationId, messageId],
    );
    const [message] = rows;
    if (!message) return refused('not-found', 'There is no such message.');
    if (message.send_state === 'unknown' && !mayArriveTwice)
      return {
        ...refused(
          'retry-not-allowed',
          'Nobody knows whether it arrived. Sent again, the citizen may receive it twice; not sent, perhaps never.',
        ),
        errors: [{ pointer: '/mayArriveTwice', detail: 'must be true for a message whose state is unknown' }],
      };
    return this.replies.sendAgain(manager, { messageId, by: actor(operator), cause });
  }

  private execute(manager: EntityManager, request: CaseRequest, asked: readonly Asked[]): Promise<CaseFile | Refused> {
    const by = byOf(request);
    return this.ledger.execute(manager, {
      caseId: request.caseId,
      ...(request.expectedVersion === undefined ? {} : { expectedVersion: request.expectedVersion }),
      cause: request.cause,
      commands: asked.map(command => ({ ...command, by })),
    });
  }

  /** The words of a reply: written, or those of a template. */
  private async wordsOf(
    manager: EntityManager,
    request: CaseRequest,
    asked: Pick<WriteReply, 'text' | 'template' | 'textTemplate' | 'attachments'>,
  ): Promise<Part[] | Compose | Refused> {
    const { text, template, textTemplate, attachments } = asked;
    const ways = [text, template, textTemplate].filter(way => way !== undefined);
    if (ways.length === 0 && attachments && attachments.length > 0) return [];
    if (ways.length !== 1)
      return {
        ...refused('invalid-input', 'Either words or a template.'),
        errors: [{ pointer: '/text', detail: 'exactly one of text, template and textTemplate' }],
      };
    if (textTemplate !== undefined) return this.templates.compose(manager, forCase(request), textTemplate);
    return template === undefined ? [{ type: 'text', text: text ?? '' }] : [{ type: 'template', ...template }];
  }

  /** What a command tells the citizen; when nobody wrote it, the template of the outcome does. `undefined`: nothing. */
  private async told(
    manager: EntityManager,
    request: CaseRequest,
    asked: MoveCase,
  ): Promise<Part[] | Compose | Refused | undefined> {
    const written = asked.text !== undefined || asked.textTemplate !== undefined;
    if (written && !TOLD.has(asked.command)) {
      const detail = `not with "${asked.command}"`;
      const pointer = asked.text === undefined ? '/textTemplate' : '/text';
      return {
        ...refused('invalid-input', `"${asked.command}" tells the citizen nothing: send a reply.`),
        errors: [{ pointer, detail }],
      };
    }
    if (written) return this.wordsOf(manager, request, asked);
    const ended = endOf(asked);
    return asked.spoken || !ended ? undefined : this.templates.composeOutcome(manager, forCase(request), ended);
  }

  private async say(
    manager: EntityManager,
    request: CaseRequest,
    id: string | undefined,
    content: Part[] | Compose,
    asked: {
      readonly conversation?: string;
      readonly subject?: string;
      readonly visibility?: Visibility;
      readonly confirm?: string;
      readonly sendAfter?: number;
    },
    ability: Ability = 'reply',
  ): Promise<{ message: string } | Refused> {
    if (!(await isOurs(manager, request))) return NO_CASE;
    if (asked.conversation !== undefined && !(await isOfCase(manager, request, asked.conversation)))
      return {
        ...refused('invalid-input', 'The case has no such conversation.'),
        errors: [{ pointer: '/conversation', detail: 'is not one of the case' }],
      };
    const start =
      asked.conversation === undefined
        ? await this.start(manager, request, ability)
        : ability === 'reply'
          ? await this.elsewhere(manager, request, asked.conversation)
          : undefined;
    return this.replies.queue(manager, {
      caseId: request.caseId,
      ...(id === undefined ? {} : { id }),
      ...(request.expectedVersion === undefined ? {} : { expectedVersion: request.expectedVersion }),
      ...(asked.conversation === undefined ? {} : { conversationId: asked.conversation }),
      ...(start ? { start } : {}),
      content,
      ...(asked.subject === undefined ? {} : { subject: asked.subject }),
      visibility: asked.visibility ?? (await visibilityOfLast(manager, request, asked.conversation)),
      confirm: asked.confirm,
      sendAfter: asked.sendAfter,
      ...(request.by?.kind === 'automation'
        ? ({
            author: 'automation',
            automatic: 'notification',
            unless: async to =>
              (await this.bound.whyNotTo(manager, request.caseId)) ?? (await this.bound.whyNot(manager, to)),
          } satisfies Partial<Reply>)
        : ({ author: 'operator' } as const)),
      by: byOf(request),
      cause: request.cause,
    });
  }

  /** Where to write first, when nobody wrote in the case: at an address of its contact that a running channel reaches. */
  private async start(
    manager: EntityManager,
    { caseId, operator }: CaseRequest,
    ability: Ability,
  ): Promise<Reply['start'] | undefined> {
    const spoken: unknown[] = await manager.query(
      `select from message where case_id = $1 and $2 = 'reply' and visibility <> 'internal' limit 1`,
      [caseId, ability],
    );
    if (spoken.length > 0) return undefined;
    const addresses: Address[] = await manager.query(
      `select a.kind, a.value from case_file c join contact k on k.id = c.contact_id
       join contact_address a on a.contact_id = coalesce(k.merged_into, k.id)
       where c.id = $1 and a.undeliverable_at is null order by a.verified desc, a.created_at`,
      [caseId],
    );
    return reach(await this.ownChannels(operator), addresses, ability);
  }

  /** Where to answer somebody who wrote where one cannot answer: at an address they asked to be answered at. */
  private async elsewhere(
    manager: EntityManager,
    { operator }: CaseRequest,
    conversation: string,
  ): Promise<Reply['start'] | undefined> {
    const rows: { channel: string; reply_to: Address[] | null }[] = await manager.query(
      `select v.channel, (select s.evidence->'replyTo' from message s
         where s.conversation_id = v.id and s.direction = 'in' and s.evidence->'replyTo' is not null order by s.sent_at desc, s.seq desc limit 1) as reply_to
       from conversation v where v.id = $1`,
      [conversation],
    );
    const [row] = rows;
    if (!row || (await this.channels.manifestOf(row.channel))?.capabilities.reply) return undefined;
    return reach(await this.ownChannels(operator), row.reply_to ?? [], 'reply');
  }

  private ownChannels({ administrationId }: Asking): Promise<ChannelAnnouncement[]> {
    return this.administrations.ownAccounts(this.channels.announcements(), administrationId);
  }

  /** The conversation of the case, the latest first, whose channel can call. */
  private async callable(manager: EntityManager, { caseId }: CaseRequest): Promise<string | undefined> {
    const rows: { id: string; channel: string }[] = await manager.query(
      `select v.id, v.channel from conversation v
       where v.id in (select s.conversation_id from message s where s.case_id = $1) and v.letter_id is null
       order by v.last_inbound_at desc nulls last`,
      [caseId],
    );
    return rows.find(({ channel }) => this.channels.announcement(channel)?.manifest.capabilities.dial)?.id;
  }

  /** An assignment where only the office or only the person was said. */
  private async assignment(
    manager: EntityManager,
    { caseId }: CaseRequest,
    { office, assignee, reason }: Pick<ChangeCase, 'office' | 'assignee' | 'reason'>,
  ): Promise<Extract<LifeCycleCommand, { name: 'assign' }>> {
    const rows: { office_id: string | null; assignee_office: string | null }[] = await manager.query(
      'select c.office_id, (select office_id from operator where id = $2) as assignee_office from case_file c where c.id = $1',
      [caseId, assignee ?? null],
    );
    return {
      name: 'assign',
      office: office ?? rows[0]?.office_id ?? rows[0]?.assignee_office ?? '',
      assignee: assignee ?? null,
      why: reason ?? null,
    };
  }

  private async command(
    manager: EntityManager,
    request: CaseRequest,
    asked: MoveCase,
    message: string | null,
  ): Promise<LifeCycleCommand> {
    const reason = asked.reason ?? '';
    const spoken = asked.spoken ?? false;
    switch (asked.command) {
      case 'assign':
        return this.assignment(manager, request, asked);
      case 'takeCharge':
      case 'resume':
        return { name: asked.command };
      case 'startTriage':
      case 'close':
      case 'withdraw':
      case 'reopen':
      case 'askThird':
        return { name: asked.command, reason };
      case 'refuseCompetence':
        return {
          name: 'refuseCompetence',
          reason,
          suggestedOffice: asked.office ?? null,
          decider: await deciderOf(manager, request),
        };
      case 'schedule':
        return { name: 'schedule', plannedDate: asked.plannedDate ?? '', reason };
      case 'askCitizen':
        return { name: 'askCitizen', reason, message, spoken };
      case 'suspend':
        return { name: 'suspend', legalBasis: asked.legalBasis ?? '', reason };
      case 'extend':
        return { name: 'extend', dueDate: asked.dueDate ?? '', reason };
      case 'interrupt':
        return { name: 'interrupt', legalBasis: asked.legalBasis ?? '', reason };
      case 'resolve':
        return {
          name: 'resolve',
          outcome: asked.outcome ?? null,
          outcomeReason: asked.outcomeReason ?? null,
          message,
          spoken,
          leavingTasksOpen: asked.leavingTasksOpen ?? null,
        };
      case 'reject':
        return { name: 'reject', reason, message, spoken, leavingTasksOpen: asked.leavingTasksOpen ?? null };
      case 'markDuplicate':
        return {
          name: 'markDuplicate',
          leading: asked.leading ?? '',
          leavingTasksOpen: asked.leavingTasksOpen ?? null,
        };
    }
  }
}

/** A command before it is said who asks. */
type Asked = Command extends infer One ? (One extends Command ? Omit<One, 'by'> : never) : never;

/** The commands that end a matter without the citizen. */
const ENDS: ReadonlySet<string> = new Set(['resolve', 'reject', 'markDuplicate']);

/** The commands that tell the citizen something. */
const TOLD: ReadonlySet<string> = new Set(['resolve', 'reject', 'askCitizen']);

const actor = (operator: Asking) => ({ kind: 'operator', id: operator.id }) as const;

const byOf = ({ operator, by }: CaseRequest): Actor => by ?? actor(operator);

const forCase = ({ operator, by, caseId }: CaseRequest) => ({
  administrationId: operator.administrationId,
  operatorId: by && by.kind !== 'operator' ? null : operator.id,
  caseId,
});

/** How a command ends the matter, as far as the citizen is told. */
function endOf({
  command,
  outcome,
  outcomeReason,
  reason,
}: MoveCase): { outcome: Outcome; reason: string } | undefined {
  if (command === 'resolve' && outcome && outcomeReason) return { outcome, reason: outcomeReason };
  return command === 'reject' && reason ? { outcome: 'not_applicable', reason } : undefined;
}

async function categoryOf(manager: EntityManager, { caseId }: CaseRequest): Promise<string | null> {
  const [row]: { category_id: string | null }[] = await manager.query(
    'select category_id from case_file where id = $1',
    [caseId],
  );
  return row?.category_id ?? null;
}

/** Whether somebody can be told in the case itself. */
async function hasCitizen(manager: EntityManager, { caseId }: CaseRequest): Promise<boolean> {
  const found: unknown[] = await manager.query(
    `select from case_file c where c.id = $1 and (c.contact_id is not null
       or exists (select from message m where m.case_id = c.id and m.direction = 'in' and m.letter_id is null))`,
    [caseId],
  );
  return found.length > 0;
}

/** The referent who decides whose a case is that too many offices refused: here, at work, and with the fewest cases. */
async function deciderOf(manager: EntityManager, { operator }: CaseRequest): Promise<string | null> {
  const rows: { id: string }[] = await manager.query(
    `select p.id from operator p
     where p.administration_id = $1 and p.active and p.role = 'urp_referent'
       and not exists (select from absence a where a.operator_id = p.id and a.from_at <= clock_now() and a.to_at > clock_now())
     order by (select count(*) from case_file c where c.assignee_id = p.id
       and c.state not in ('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')), p.code limit 1`,
    [operator.administrationId],
  );
  return rows[0]?.id ?? null;
}

async function isOurs(manager: EntityManager, { operator, caseId }: CaseRequest): Promise<boolean> {
  const found: unknown[] = await manager.query('select from case_file where administration_id = $1 and id = $2', [
    operator.administrationId,
    caseId,
  ]);
  return found.length > 0;
}

async function isOfCase(manager: EntityManager, { caseId }: CaseRequest, conversation: string): Promise<boolean> {
  const found: unknown[] = await manager.query(
    'select from message where case_id = $1 and conversation_id = $2 limit 1',
    [caseId, conversation],
  );
  return found.length > 0;
}

/** An answer is seen where the message it answers was, unless said otherwise. */
async function visibilityOfLast(
  manager: EntityManager,
  { caseId }: CaseRequest,
  conversation: string | undefined,
): Promise<Visibility> {
  const rows: { visibility: Visibility }[] = await manager.query(
    `select visibility from message where case_id = $1 and ($2::uuid is null or conversation_id = $2) and direction = 'in'
       and visibility <> 'internal'
     order by sent_at desc, seq desc limit 1`,
    [caseId, conversation ?? null],
  );
  return rows[0]?.visibility ?? 'parties';
}
