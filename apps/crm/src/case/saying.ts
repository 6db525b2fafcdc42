import { Inject, Injectable } from '@nestjs/common';
import type { Address, ChannelAnnouncement, MoveCase, Part, Visibility, WriteReply } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { reach, type Ability } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import type { Asking } from '../http/operator.js';
import { AutomaticBound } from '../message/automatic-bound.js';
import { Replies, type Compose, type Reply } from '../message/replies.js';
import { refused, type Refused } from '../refused.js';
import { Administrations } from '../routing/administrations.js';
import { Templates } from '../template/templates.js';
import { byOf, isOurs, type CaseRequest } from './case-request.js';
import { endOf, TOLD } from './move-command.js';

/** What is said, where it is said and who sees it, as far as whoever asks decides. */
interface Said {
  readonly conversation?: string;
  readonly subject?: string;
  readonly visibility?: Visibility;
  readonly confirm?: string;
  readonly sendAfter?: number;
}

/** What is said to the citizen of a case: its words, and where they go. Each in the caller's transaction. */
@Injectable()
export class Saying {
  constructor(
    @Inject(Replies) private readonly replies: Replies,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(AutomaticBound) private readonly bound: AutomaticBound,
  ) {}

  /** The words of a reply: written, or those of a template. */
  async wordsOf(
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
  async told(
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

  /** Queues words for the citizen, under the id given or one of its own. */
  async say(
    manager: EntityManager,
    request: CaseRequest,
    id: string | undefined,
    content: Part[] | Compose,
    asked: Said,
    ability: Ability = 'reply',
  ): Promise<{ message: string } | Refused> {
    if (!(await isOurs(manager, request))) return refused('not-found', 'There is no such case.');
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

  /** The conversation of the case, the latest first, whose channel can call. */
  async callable(manager: EntityManager, { caseId }: CaseRequest): Promise<string | undefined> {
    const rows: { id: string; channel: string }[] = await manager.query(
      `select v.id, v.channel from conversation v
       where v.id in (select s.conversation_id from message s where s.case_id = $1) and v.letter_id is null
       order by v.last_inbound_at desc nulls last`,
      [caseId],
    );
    return rows.find(({ channel }) => this.channels.announcement(channel)?.manifest.capabilities.dial)?.id;
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
}

const forCase = ({ operator, by, caseId }: CaseRequest) => ({
  administrationId: operator.administrationId,
  operatorId: by && by.kind !== 'operator' ? null : operator.id,
  caseId,
});

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
