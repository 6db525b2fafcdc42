import { Inject, Injectable } from '@nestjs/common';
import type { Part } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { isEnded, SEND_RANK } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger } from '../case/ledger.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { messageChanged } from './message-changed.js';

interface Taken {
  readonly attempt: number;
  readonly operator_id: string | null;
  readonly conversation_id: string;
  readonly visibility: string;
  readonly content: Part[];
}
interface Told {
  readonly queued_at: Date | null;
  readonly told_more: boolean;
  readonly answered_at: Date | null;
  readonly spoken_at: Date | null;
}

const LEFT = 'It has left already, or is leaving: write another.';

/** Takes back what an operator said and that no channel has begun to send: of the two, the first to say so in the row wins. */
@Injectable()
export class Withdrawals {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /**
   * Takes a reply back, in the caller's transaction; one that was taken back already stays so. Its words are a draft again of who
   * wrote them, before what they have begun meanwhile. Refused as `cannot-be-withdrawn` when it left, or when more hangs on it.
   */
  async withdraw(
    manager: EntityManager,
    { operator, cause }: Pick<CaseRequest, 'operator' | 'cause'>,
    id: string,
  ): Promise<object | Refused> {
    const [message]: {
      case_id: string | null;
      author: string;
      letter_id: string | null;
      attempt: number | null;
    }[] = await manager.query(
      `select case_id, author, letter_id, attempt from message where administration_id = $1 and id = $2 and direction = 'out'`,
      [operator.administrationId, id],
    );
    if (!message?.case_id) return refused('not-found', 'There is no such message.');
    const { case_id: caseId } = message;
    if (message.author !== 'operator' || message.letter_id !== null)
      return refused('cannot-be-withdrawn', 'Only a reply that an operator wrote can be taken back.');
    if (message.attempt !== 1) return refused('cannot-be-withdrawn', 'It was tried before, and may have arrived.');
    const pages = await this.ledger.open(manager, [caseId]);
    const before = pages.caseFile(caseId);
    if (!before) return refused('not-found', 'There is no such message.');
    // From here on no channel is let send it: whoever asks waits for this transaction, and is told no.
    const [[taken]]: [Taken[], number] = await manager.query(
      `update message set send_state = 'withdrawn', send_rank = $2, held_until = null
       where id = $1 and send_state = 'queued' and attempt = 1
       returning attempt, operator_id, conversation_id, visibility, content`,
      [id, SEND_RANK.withdrawn],
    );
    if (!taken) return (await isWithdrawn(manager, id)) ? {} : refused('cannot-be-withdrawn', LEFT);
    const told = await toldOf(manager, caseId, id);
    if (!told.queued_at || told.told_more)
      return refused(
        'cannot-be-withdrawn',
        'A step of the case goes with it: the case would say what nobody was told.',
      );
    const ended = isEnded(before.state) ? before.endedAt : null;
    const answeredAt = [told.answered_at, ended].flatMap(at => (at === null ? [] : [at.getTime()])).sort()[0];
    const changed = pages.apply({
      caseId,
      cause,
      commands: [
        {
          name: 'replyWithdrawn',
          message: id,
          queuedAt: instant(told.queued_at),
          answeredAt: answeredAt === undefined ? null : instant(new Date(answeredAt)),
          lastMessageAt: told.spoken_at && instant(told.spoken_at),
          by: { kind: 'operator', id: operator.id },
        },
      ],
    });
    if (isRefused(changed)) return changed;
    pages.announce(
      messageChanged({
        id,
        administrationId: operator.administrationId,
        caseId,
        attempt: taken.attempt,
        state: 'withdrawn',
        at: pages.now,
      }),
    );
    await manager.query('select drop_held_order($1)', [id]);
    await pages.write();
    if (taken.operator_id === operator.id)
      await draftAgain(manager, { ...taken, operatorId: operator.id, caseId, version: changed.version });
    return {};
  }
}

async function isWithdrawn(manager: EntityManager, id: string): Promise<boolean> {
  const found: unknown[] = await manager.query(`select from message where id = $1 and send_state = 'withdrawn'`, [id]);
  return found.length > 0;
}

/** What the journal tells of a reply: when it was queued, whether more than that, and what else was said in its case. */
async function toldOf(manager: EntityManager, caseId: string, message: string): Promise<Told> {
  const [told]: Told[] = await manager.query(
    `with own as (
       select fact, at from journal where case_id = $1 and data->>'message' = $2
     ), queued as (select min(at) as at from own where fact = 'reply_queued'),
     others as (
       select j.fact, j.at from journal j where j.case_id = $1 and j.data->>'message' is distinct from $2
         and (j.fact in ('opened', 'message_received', 'merged') or j.fact = 'reply_queued' and j.data->>'automatic' is null
           and not exists (select from journal w where w.case_id = $1 and w.fact = 'reply_withdrawn'
             and w.data->>'message' = j.data->>'message'))
     )
     select (select at from queued) as queued_at, exists (select from own where fact <> 'reply_queued') as told_more,
       (select min(o.at) from others o where o.fact = 'reply_queued' and o.at >= (select at from queued)) as answered_at,
       (select max(o.at) from others o) as spoken_at`,
    [caseId, message],
  );
  if (!told) throw new Error(`the journal says nothing of ${message}`);
  return told;
}

/** Words that were taken back are a draft again, under a key of its own; what was begun meanwhile stands after them. */
async function draftAgain(
  manager: EntityManager,
  taken: Taken & { readonly operatorId: string; readonly caseId: string; readonly version: number },
): Promise<void> {
  const text = taken.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');
  const files = taken.content.flatMap(part => (part.type === 'media' && part.blob ? [part.blob.sha256] : []));
  if (text === '' && files.length === 0) return;
  await manager.query(
    `insert into case_draft (id, administration_id, case_id, operator_id, kind, text, conversation_id, visibility, attachments,
       begun_from, key, saved_at)
     select $1, c.administration_id, c.id, $3, 'reply', $4, $5, nullif($6, 'internal'),
       array(select distinct on (u.sha256) u.id from upload u where u.operator_id = $3 and u.sha256 = any($7::text[])), $8, $1, clock_now()
     from case_file c where c.id = $2
     on conflict (operator_id, case_id, kind) do update
       set text = concat_ws(E'\n\n', nullif(excluded.text, ''), nullif(case_draft.text, '')),
         attachments = excluded.attachments || array(
           select file from unnest(case_draft.attachments) with ordinality as begun (file, place)
           where file <> all(excluded.attachments) order by place),
         saved_at = excluded.saved_at, version = case_draft.version + 1`,
    [v7(), taken.caseId, taken.operatorId, text, taken.conversation_id, taken.visibility, files, taken.version],
  );
}
