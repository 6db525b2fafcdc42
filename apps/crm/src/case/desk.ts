import { Inject, Injectable } from '@nestjs/common';
import type { ChangeCase, MoveCase, Outcome, Part, PlaceCall, WriteReply } from '@filodiretto/contracts';
import type { Command, Reporter } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { Uploads } from '../attachment/uploads.js';
import { Deadlines } from '../deadline/deadlines.js';
import { Fields } from '../field/fields.js';
import { Mentions } from '../follower/mentions.js';
import { Announcements } from '../incident/announcements.js';
import { Replies, type Compose } from '../message/replies.js';
import { whyNotEnd } from '../privacy/undecided.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { Templates } from '../template/templates.js';
import { notOurs } from './belonging.js';
import type { CaseFile } from './case-file.entity.js';
import { actor, byOf, isOurs, type CaseRequest } from './case-request.js';
import { Ledger } from './ledger.js';
import { assignment, ENDS, endOf, lifeCycleCommand } from './move-command.js';
import { insertNote } from './notes.js';
import { Saying } from './saying.js';

/** Most fields changed by one request. */
const MAX_FIELDS = 100;

const NO_CASE = refused('not-found', 'There is no such case.');

/** What operators do with a case, each in the caller's transaction: all of it happens, or a refusal and nothing. */
@Injectable()
export class Desk {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Replies) private readonly replies: Replies,
    @Inject(Saying) private readonly saying: Saying,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(Announcements) private readonly announcements: Announcements,
    @Inject(Mentions) private readonly mentions: Mentions,
    @Inject(Fields) private readonly fields: Fields,
    @Inject(Deadlines) private readonly deadlines: Deadlines,
  ) {}

  /** Queues an answer to the citizen under the id given. */
  async reply(manager: EntityManager, request: CaseRequest, id: string, asked: WriteReply): Promise<object | Refused> {
    const words = await this.saying.wordsOf(manager, request, asked);
    if (isRefused(words)) return words;
    const files = await this.uploads.parts(manager, request.operator, asked.attachments ?? []);
    if (isRefused(files)) return files;
    const content: Compose = capabilities => {
      const parts = typeof words === 'function' ? words(capabilities) : words;
      return isRefused(parts) ? parts : [...parts, ...files];
    };
    return this.saying.say(manager, request, id, content, asked);
  }

  /** Queues a call to the citizen under the id given. */
  async call(manager: EntityManager, request: CaseRequest, id: string, asked: PlaceCall): Promise<object | Refused> {
    const dial: Part = {
      type: 'dial',
      operatorAddress: asked.operatorAddress,
      ...(asked.announcement ? { announcement: asked.announcement } : {}),
    };
    const conversation = asked.conversation ?? (await this.saying.callable(manager, request));
    return this.saying.say(manager, request, id, [dial], { conversation, visibility: 'parties' }, 'dial');
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
    if (office ?? assignee) commands.push(await assignment(manager, request, asked));
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
    const words = await this.saying.told(manager, request, asked);
    if (words === undefined)
      return this.execute(manager, request, [await lifeCycleCommand(manager, request, asked, null)]);
    if (isRefused(words)) return words;
    const said = await this.saying.say(manager, request, undefined, words, asked);
    if (isRefused(said)) return said;
    return this.execute(manager, { ...request, expectedVersion: undefined }, [
      await lifeCycleCommand(manager, request, asked, said.message),
    ]);
  }

  /** Says something to the citizen of a case, in words made for their channel, under the message's id given. */
  tell(
    manager: EntityManager,
    request: CaseRequest,
    id: string,
    content: Compose,
  ): Promise<{ message: string } | Refused> {
    return this.saying.say(manager, request, id, content, {});
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
    const own = await this.saying.told(manager, request, asked);
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
        : await this.saying.say(manager, request, undefined, own, asked);
    if (said && isRefused(said)) return said;
    const resolve = await lifeCycleCommand(manager, request, asked, said?.message ?? null);
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
}

/** A command before it is said who asks. */
type Asked = Command extends infer One ? (One extends Command ? Omit<One, 'by'> : never) : never;

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
