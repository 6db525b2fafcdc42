import type { Inbound } from '@filodiretto/contracts';
import { parseCaseNumber, caseNumber } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { Conversation } from '../conversation/conversation.entity.js';
import { prepared } from '../prepared.js';
import type { MessageItem } from './item.js';

/** A message that the database has, found by its external id on its account. */
export interface KnownMessage {
  readonly id: string;
  readonly administrationId: string;
  readonly caseId: string | null;
  readonly conversationId: string;
  /** The letter to an office that it is, or answers. */
  readonly letterId: string | null;
}

export const accountKey = (channel: string, account: string, rest: string): string =>
  JSON.stringify([channel, account, rest]);
export const messageKey = ({
  channel,
  account,
  externalId,
}: Pick<Inbound, 'channel' | 'account' | 'externalId'>): string => accountKey(channel, account, externalId);
export const conversationKey = ({
  channel,
  account,
  conversation,
}: Pick<Inbound, 'channel' | 'account' | 'conversation'>): string => accountKey(channel, account, conversation);

const columns = (keys: Iterable<string>): [string[], string[], string[]] => {
  const triples = [...new Set(keys)].map(key => JSON.parse(key) as [string, string, string]);
  return [triples.map(t => t[0]), triples.map(t => t[1]), triples.map(t => t[2])];
};

/** The messages already known, among the items themselves and those they cite, answer or change. By `messageKey`. */
export async function knownMessages(
  manager: EntityManager,
  items: readonly MessageItem[],
): Promise<Map<string, KnownMessage>> {
  const keys = items.flatMap(({ data }) => {
    const cited = [...(data.thread?.references ?? []), ...(data.relation ? [data.relation.to] : [])];
    return [data.externalId, ...cited].map(id => accountKey(data.channel, data.account, id));
  });
  const { rows } = await prepared<KnownMessage & { channel: string; account: string; externalId: string }>(
    manager,
    `select m.id, m.administration_id as "administrationId", m.channel, m.account, m.external_id as "externalId", m.case_id as "caseId",
       m.conversation_id as "conversationId", m.letter_id as "letterId"
     from unnest($1::text[], $2::text[], $3::text[]) k(channel, account, external_id)
     join message m using (channel, account, external_id)
     union all
     (select distinct on (m.channel, m.account, m.cited_as) m.id, m.administration_id, m.channel, m.account, m.cited_as, m.case_id, m.conversation_id,
       m.letter_id
     from unnest($1::text[], $2::text[], $3::text[]) k(channel, account, cited_as)
     join message m using (channel, account, cited_as)
     order by m.channel, m.account, m.cited_as, m.id)`,
    columns(keys),
  );
  return new Map(rows.map(row => [messageKey(row), row]));
}

/**
 * The conversations that exist among those of the items. By `conversationKey`. One that another administration keeps on the
 * account gives its key up: it is never joined.
 */
export async function knownConversations(
  manager: EntityManager,
  items: readonly MessageItem[],
  administrationOf: (data: Inbound) => string,
): Promise<Map<string, Conversation>> {
  const owners = new Map(items.map(({ data }) => [conversationKey(data), administrationOf(data)]));
  const { rows } = await prepared<Conversation>(
    manager,
    `select c.id, c.administration_id as "administrationId", c.channel, c.account, c.key, c.contact_id as "contactId",
       c.address, c.case_id as "caseId", c.letter_id as "letterId", c.last_seq as "lastSeq", c.last_inbound_at as "lastInboundAt",
       c.created_at as "createdAt"
     from unnest($1::text[], $2::text[], $3::text[]) k(channel, account, key)
     join conversation c using (channel, account, key)`,
    columns(items.map(item => conversationKey(item.data))),
  );
  const byKey = new Map(rows.map(row => [accountKey(row.channel, row.account, row.key), row]));
  const foreign = [...byKey].filter(([key, row]) => owners.get(key) !== row.administrationId);
  if (foreign.length === 0) return byKey;
  await manager.query(`update conversation set key = 'before:' || id where id = any($1::uuid[])`, [
    foreign.map(([, row]) => row.id),
  ]);
  for (const [key] of foreign) byKey.delete(key);
  return byKey;
}

/** Where what is said in each case is kept: in itself, or in the case that took it in, however far that goes. */
export async function leadingCases(manager: EntityManager, caseIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(caseIds)];
  if (ids.length === 0) return new Map();
  const { rows: merged } = await prepared<{ id: string; leading: string }>(
    manager,
    `with recursive road(id, at, into_case) as (
       select c.id, c.id, c.merged_into from case_file c where c.id = any($1::uuid[]) and c.merged_into is not null
       union all
       select r.id, c.id, c.merged_into from road r join case_file c on c.id = r.into_case)
     cycle at set is_cycle using path
     select id, at as leading from road where into_case is null`,
    [ids],
  );
  return new Map([...ids.map(id => [id, id] as const), ...merged.map(({ id, leading }) => [id, leading] as const)]);
}

/** A case that a message names by its number. */
export interface ClaimedCase {
  readonly id: string;
  readonly administrationId: string;
  readonly number: string;
}

/** The number as it is stored, whatever the citizen did to its dashes; `undefined` when it cannot be one. */
export const normalNumber = (text: string): string | undefined => {
  const parsed = parseCaseNumber(text);
  return parsed ? caseNumber(parsed.year, parsed.counter) : undefined;
};

/** The cases that the messages name. Whether to believe them is decided by who belongs to each. */
export async function claimedCases(
  manager: EntityManager,
  claims: readonly { readonly administrationId: string; readonly number: string }[],
): Promise<ClaimedCase[]> {
  if (claims.length === 0) return [];
  const { rows } = await prepared<ClaimedCase>(
    manager,
    `select c.id, c.administration_id as "administrationId", c.number
     from (select distinct * from unnest($1::uuid[], $2::text[])) k(administration_id, number)
     join case_file c using (administration_id, number)`,
    [claims.map(claim => claim.administrationId), claims.map(claim => claim.number)],
  );
  return rows;
}
