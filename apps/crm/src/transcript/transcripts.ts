import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Address, Inbound, Part } from '@filodiretto/contracts';
import type { CaseState } from '@filodiretto/contracts/model';
import { isEnded, transcriptDue } from '@filodiretto/domain';
import { newId, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { reach } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { Jobs, type NewJob } from '../job/jobs.js';
import { LOG } from '../log.js';
import { withoutMark } from '../intake/tracking.js';
import { AutomaticBound } from '../message/automatic-bound.js';
import { Replies } from '../message/replies.js';
import { Relay } from '../outbox/relay.js';
import { isRefused } from '../refused.js';
import { Administrations } from '../routing/administrations.js';
import { CrmSettings } from '../settings.js';
import { transcriptSubject, transcriptText, type About, type Saying } from './words.js';

const JOB = 'transcript.send';

interface Payload {
  /** The message in which it was asked. */
  readonly wish: string;
  /** Of the message that has the conversation in it: a job that runs twice sends once. */
  readonly message: string;
  readonly language?: string;
}
interface Wish extends About {
  readonly administrationId: string;
  readonly conversationId: string;
  readonly caseId: string;
  readonly to: Address;
  readonly askedAt: Date;
  readonly lastSaidAt: Date;
  readonly answered: boolean;
  readonly leaving: boolean;
  readonly state: CaseState;
  readonly confidential: boolean;
  readonly place: number;
  readonly replaced: boolean;
}

/** The job that a message leads to in which the citizen asks for the conversation in writing; looked at at once, sent when it is due. */
export const transcriptJobOf = (
  messageId: string,
  { transcriptTo, hints }: Pick<Inbound, 'transcriptTo' | 'hints'>,
): NewJob[] =>
  transcriptTo === undefined
    ? []
    : [
        {
          name: JOB,
          payload: {
            wish: messageId,
            message: newId(),
            ...(hints?.language ? { language: hints.language } : {}),
          } satisfies Payload,
        },
      ];

/**
 * Sends conversations in writing to who asked for it in them, by whichever channel reaches the address they typed there: a message of the
 * case, bounded as all that machines say is. What is not sent by itself stands in the case as what it is, a wish that people read.
 */
@Injectable()
export class Transcripts implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Replies) private readonly replies: Replies,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(AutomaticBound) private readonly bound: AutomaticBound,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: JOB, run: payload => this.look(payload as Payload) });
  }

  private async look(payload: Payload): Promise<void> {
    const sent = await this.dataSource.transaction(async manager => {
      const wish = await wishOf(manager, payload);
      if (!wish) return false;
      const due = transcriptDue(
        {
          askedAt: wish.askedAt.getTime(),
          lastSaidAt: wish.lastSaidAt.getTime(),
          isAnswered: wish.answered,
          isLeaving: wish.leaving,
          isOver: isEnded(wish.state),
          isConfidential: wish.confidential,
          place: wish.place,
          isReplaced: wish.replaced,
        },
        this.clock.now().getTime(),
        this.settings.transcriptSilenceSeconds * 1_000,
      );
      if ('lookAt' in due) {
        await this.jobs.add(manager, JOB, payload, { runAt: new Date(due.lookAt) });
        return false;
      }
      const why = 'never' in due ? due.never : await this.send(manager, payload, wish);
      if (why !== undefined)
        this.log.info({ case: wish.caseId, message: payload.wish, why }, 'a conversation is not sent by itself');
      return why === undefined;
    });
    if (sent) this.relay.nudge();
  }

  /** Sends it; gives why it cannot be sent. */
  private async send(manager: EntityManager, { message, language }: Payload, wish: Wish): Promise<string | undefined> {
    const own = await this.administrations.ownAccounts(this.channels.announcements(), wish.administrationId);
    const start = reach(own, [wish.to], 'reply');
    if (!start) return 'no channel of the administration writes to such an address';
    const said = await sayingsOf(manager, wish);
    const told = await this.replies.queue(manager, {
      caseId: wish.caseId,
      id: message,
      start,
      subject: transcriptSubject(wish, language),
      content: ({ text }): Part[] => [{ type: 'text', text: transcriptText(wish, said, language, text?.maxLength) }],
      visibility: 'parties',
      author: 'automation',
      automatic: 'notification',
      by: { kind: 'system' },
      cause: null,
      unless: to => this.bound.whyNot(manager, to),
    });
    return isRefused(told) ? `${told.refused}: ${told.detail}` : undefined;
  }
}

/** Whether a message has left, as far as anybody knows: what still waits may be taken back. */
const hasLeft = (message: string): string =>
  `coalesce(${message}.send_state, 'sent') not in ('queued', 'withdrawn', 'failed')`;

/** What was asked and how its conversation stands, by the core's own clock; nothing when it is done, or erased, or of a case no more. */
async function wishOf(manager: EntityManager, { wish, message }: Payload): Promise<Wish | undefined> {
  const [row]: Wish[] = await manager.query(
    `select m.administration_id as "administrationId", m.conversation_id as "conversationId", m.case_id as "caseId",
       m.evidence->'transcriptTo' as "to", coalesce(f."askedAt", m.received_at) as "askedAt",
       coalesce(f."lastSaidAt", m.received_at) as "lastSaidAt", o.name as administration, c.number, c.state,
       c.confidentiality is not null as confidential, s.*,
       (select count(*) from message w where w.conversation_id = m.conversation_id and w.seq <= m.seq
         and w.evidence->'transcriptTo' is not null)::int as place,
       exists (select from message w where w.conversation_id = m.conversation_id and w.seq > m.seq
         and w.evidence->'transcriptTo' is not null) as replaced
     from message m join case_file c on c.id = m.case_id join office o on o.id = m.administration_id,
       lateral (select min(j.at) filter (where t.id = m.id) as "askedAt", max(j.at) as "lastSaidAt"
         from journal j join message t on t.id::text = j.data->>'message'
         where j.case_id = m.case_id and t.case_id = m.case_id and t.conversation_id = m.conversation_id) f,
       lateral (select coalesce(bool_or(t.direction = 'out' and t.author in ('operator', 'external_app')
           and t.visibility = 'parties' and ${hasLeft('t')}), false) as answered,
           coalesce(bool_or(t.send_state = 'queued'), false) as leaving
         from message t where t.conversation_id = m.conversation_id and t.case_id = m.case_id and t.copy_of is null) s
     where m.id = $1 and m.evidence->'transcriptTo' is not null and not exists (select from message d where d.id = $2)`,
    [wish, message],
  );
  return row;
}

/** What was said in the conversation about its case, the oldest first, and not that it was asked for in writing. */
async function sayingsOf(manager: EntityManager, { conversationId, caseId }: Wish): Promise<Saying[]> {
  const rows: { direction: string; author: string; content: Part[]; coded: boolean; at: Date }[] = await manager.query(
    `select direction, author, content, direction = 'out' and tracking_hash is not null as coded, sent_at as at from message
     where conversation_id = $1 and case_id = $2 and copy_of is null and letter_id is null and erased_at is null
       and visibility <> 'internal' and evidence->'transcriptTo' is null
       and ${hasLeft('message')}
     order by seq`,
    [conversationId, caseId],
  );
  return rows.map(({ direction, author, content, coded, at }) => ({
    by: direction === 'in' ? 'citizen' : author === 'automation' ? 'machine' : 'office',
    content: coded ? content.map(withoutMark) : content,
    at,
  }));
}
