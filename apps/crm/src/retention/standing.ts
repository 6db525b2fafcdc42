import { ENDED_STATES } from '@filodiretto/contracts/model';
import type { EntityManager } from 'typeorm';
import { TERM_OF_CASE } from './term-of-case.js';
import { termsOf } from './policies.js';

/** Why something of a person cannot be destroyed yet (GDPR, art. 17.3). */
type Obstacle = 'open_case' | 'legal_hold' | 'kept_by_duty' | 'on_its_way' | 'parked';

/** How much of a person is kept, and what stands against destroying it. */
export interface Standing {
  /** The contact, or the one it was merged into. */
  readonly contact: string;
  readonly erasedAt: Date | null;
  readonly counts: Readonly<Record<'cases' | 'messages' | 'attachments' | 'notes' | 'addresses', number>>;
  readonly obstacles: readonly StandingObstacle[];
}
export interface StandingObstacle {
  readonly because: Obstacle;
  /** Numbers of cases, some of them. */
  readonly cases: readonly string[];
  /** When it will stand no longer, when that is known. */
  readonly until: Date | null;
}

/** Contacts that are one person: the one that is left, and those that were merged into it. */
export const PERSON = `select id from contact where id = $1 or merged_into = $1`;
/** Cases that a person's words are needed in: their own, and those of others in which they spoke. */
const THEIR_CASES = `
  select c.id from case_file c where c.contact_id in (${PERSON})
  union
  select m.case_id from message m where m.contact_id in (${PERSON}) and m.author = 'contact' and m.case_id is not null`;

const EXAMPLES = 20;

interface Row {
  readonly contact: string;
  readonly erased_at: Date | null;
  readonly cases: number;
  readonly messages: number;
  readonly attachments: number;
  readonly notes: number;
  readonly addresses: number;
  readonly open: string[];
  readonly held: string[];
  readonly contact_held: boolean;
  readonly duty: string[];
  readonly duty_until: Date | null;
  readonly on_its_way: string[];
  readonly parked: number;
}

/**
 * What is kept of a contact of the administration and what stands against its erasure; `undefined` when there is none of this
 * id. `except`: a case that may be
 * open, that of the request itself. With `lock` the contact stays as it is until the transaction ends: nobody writes a message of theirs meanwhile.
 */
export async function standingOf(
  manager: Pick<EntityManager, 'query'>,
  administrationId: string,
  contactId: string,
  { lock = false, except }: { readonly lock?: boolean; readonly except?: string } = {},
): Promise<Standing | undefined> {
  const [found]: { id: string; erased_at: Date | null }[] = await manager.query(
    `select id, erased_at from contact where administration_id = $1
       and id = (select coalesce(merged_into, id) from contact where id = $2) ${lock ? 'for update' : ''}`,
    [administrationId, contactId],
  );
  if (!found) return undefined;
  const terms = await termsOf(manager, administrationId);
  const [row]: Row[] = await manager.query(
    `with person as (${PERSON}), theirs as (${THEIR_CASES}), said as (
       select m.id, m.send_state, m.case_id from message m where m.contact_id in (select id from person)
     ), ways as (
       select channel, account, key from conversation where contact_id in (select id from person)
     )
     select
       (select count(*) from case_file where contact_id in (select id from person))::int as cases,
       (select count(*) from said)::int as messages,
       (select count(*) from attachment a where a.message_id in (select id from said))::int as attachments,
       (select count(*) from internal_note n join case_file c on c.id = n.case_id where c.contact_id in (select id from person))::int
         as notes,
       (select count(*) from contact_address where contact_id in (select id from person))::int as addresses,
       ${numbersOf(`state not in ('${ENDED_STATES.join(`','`)}') and id is distinct from $4::uuid`)} as open,
       ${numbersOf(`id in (select case_id from legal_hold where lifted_at is null and case_id is not null)`)} as held,
       exists (select from legal_hold where lifted_at is null and contact_id in (select id from person)) as contact_held,
       (select coalesce(array_agg(c.number), '{}') from (${DUTY} limit ${EXAMPLES}) c) as duty,
       (select max(c.until) from (${DUTY}) c) as duty_until,
       ${numbersOf(`id in (select case_id from said where send_state in ('queued', 'sending'))`)} as on_its_way,
       (select count(*) from parked p where p.administration_id = $3 and p.state = 'waiting'
          and (p.channel, p.account, p.conversation) in (select channel, account, key from ways))::int as parked`,
    [found.id, JSON.stringify(terms), administrationId, except ?? null],
  );
  if (!row) throw new Error('the database counted nothing');
  const { cases, messages, attachments, notes, addresses } = row;
  const obstacles: StandingObstacle[] = [
    ...obstacle('open_case', row.open),
    ...obstacle('legal_hold', row.held, row.contact_held),
    ...(row.duty.length > 0 ? [{ because: 'kept_by_duty' as const, cases: row.duty, until: row.duty_until }] : []),
    ...obstacle('on_its_way', row.on_its_way),
    ...obstacle('parked', [], row.parked > 0),
  ];
  return {
    contact: found.id,
    erasedAt: found.erased_at,
    counts: { cases, messages, attachments, notes, addresses },
    obstacles,
  };
}

/** Their own cases that a duty has kept for a while yet. */
const DUTY = `
  select c.number, c.ended_at + t.lasts as until from case_file c cross join ${TERM_OF_CASE} t
  where c.contact_id in (select id from person) and t.duty and c.ended_at + t.lasts > clock_now()`;

/** Numbers of some of their cases that are so. */
const numbersOf = (such: string): string =>
  `(select coalesce(array_agg(number), '{}') from (
     select number from case_file where id in (select id from theirs) and ${such} order by opened_at limit ${EXAMPLES}) n)`;

const obstacle = (because: Obstacle, cases: readonly string[], also = false): StandingObstacle[] =>
  cases.length > 0 || also ? [{ because, cases, until: null }] : [];

/** Changes whenever something of theirs comes in or goes: what whoever asks for an erasure must have seen. */
export const versionOf = ({ counts: { cases, messages, notes, addresses } }: Standing): number =>
  1 + cases + messages + notes + addresses;
