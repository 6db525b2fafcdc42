import type { Inbound } from '@filodiretto/contracts';
import { MAILBOX } from '@filodiretto/contracts/model';
import type { AsideReason } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { Conversation } from '../conversation/conversation.entity.js';

/** A letter that left, and who may answer it. */
interface AnswerableLetter {
  readonly id: string;
  readonly administrationId: string;
  readonly caseId: string | null;
  readonly taskId: string | null;
  readonly officeId: string | null;
  readonly conversation: Conversation;
  /** Addresses that may answer: the one it went to, its office's, and the operators' of the office. */
  readonly answerers: readonly { readonly email: string; readonly operator: string | null }[];
  /** Addresses of those whose case it is about. */
  readonly citizens: readonly { readonly kind: string; readonly value: string }[];
}

/** What a message is that carries the proof of a letter of ours. */
export type Answer =
  | { readonly kind: 'answer'; readonly letter: AnswerableLetter; readonly operator: string | null }
  | { readonly kind: 'aside'; readonly letter: AnswerableLetter; readonly because: AsideReason }
  /** A letter was passed on to the citizen, who answers in it: their words, as always. */
  | { readonly kind: 'citizen'; readonly letter: AnswerableLetter };

/** The letters of these ids that left, each with who may answer it. */
export async function answerableLetters(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, AnswerableLetter>> {
  if (ids.length === 0) return new Map();
  const rows: AnswerableLetter[] = await manager.query(
    `select l.id, l.administration_id as "administrationId", l.case_id as "caseId", l.task_id as "taskId",
       l.office_id as "officeId",
       json_build_object('id', v.id, 'administrationId', v.administration_id, 'channel', v.channel, 'account', v.account,
         'key', v.key, 'contactId', v.contact_id, 'address', v.address, 'caseId', v.case_id, 'letterId', v.letter_id,
         'lastSeq', v.last_seq, 'lastInboundAt', v.last_inbound_at, 'createdAt', v.created_at) as conversation,
       (select coalesce(json_agg(a), '[]') from (
          select l.sent_to as email, l.operator_id as operator
            where not exists (select 1 from operator p where p.id = l.operator_id and not p.active)
          union select lower(trim(o.email)), null from office o where o.id = l.office_id and o.email is not null
          union select lower(trim(p.email)), p.id from membership b join operator p on p.id = b.operator_id
            where b.office_id = l.office_id and p.email is not null and p.active
        ) a) as answerers,
       (select coalesce(json_agg(json_build_object('kind', a.kind, 'value', lower(a.value))), '[]')
        from contact_address a where a.contact_id in (
          select coalesce(k.merged_into, k.id) from contact k where k.id in (
            select c.contact_id from case_file c where c.id = l.case_id
            union select m.contact_id from message m
              where m.case_id = l.case_id and (m.direction = 'out' or m.evidence->'stranger' is null)))) as citizens
     from letter l join conversation v on v.id = l.conversation_id
     where l.id = any($1::uuid[])`,
    [[...new Set(ids)]],
  );
  return new Map(
    rows.map(row => [
      row.id,
      {
        ...row,
        conversation: {
          ...row.conversation,
          lastInboundAt: row.conversation.lastInboundAt && new Date(row.conversation.lastInboundAt),
          createdAt: new Date(row.conversation.createdAt),
        },
      },
    ]),
  );
}

/** What a message that carries the proof of a letter is, by who wrote it. */
export function answerTo(letter: AnswerableLetter, { from, flags = {} }: Pick<Inbound, 'from' | 'flags'>): Answer {
  const value = from.value.trim().toLowerCase();
  const same = from.kind === MAILBOX ? letter.answerers.filter(one => one.email === value) : [];
  if (flags.automatic) return { kind: 'aside', letter, because: 'automatic' };
  if (same.length === 0)
    return letter.citizens.some(one => one.kind === from.kind && one.value === value)
      ? { kind: 'citizen', letter }
      : { kind: 'aside', letter, because: 'stranger' };
  if (flags.unauthenticated) return { kind: 'aside', letter, because: 'unauthenticated' };
  return { kind: 'answer', letter, operator: same.find(one => one.operator !== null)?.operator ?? null };
}
