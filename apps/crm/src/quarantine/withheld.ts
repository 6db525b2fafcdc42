import type { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { normalNumber } from '../intake/lookup.js';
import type { ReplyTokens } from '../intake/reply-token.js';
import { beyondSight } from '../isolation/acting.js';
import { seenWith } from '../permission/seen.js';

/** A parked item as it is looked at here: what it says of where it belongs, which may be anything. */
export interface Pointing {
  readonly id: string;
  readonly thread: unknown;
}

/** By its thread, by what it answers or repeats, by the message that it is news of, by what became of it once it was taken in. */
const BY_ITSELF = `
  select v.case_id, v.letter_id from conversation v where v.channel = k.channel and v.account = k.account and v.key = k.conversation
  union all
  select m.case_id, m.letter_id from message m where m.channel = k.channel and m.account = k.account and m.external_id = any(cited.ids)
  union all
  select m.case_id, m.letter_id from message m where m.channel = k.channel and m.account = k.account and m.cited_as = any(cited.ids)
  union all
  select m.case_id, m.letter_id from message m
  where m.id = case when k.payload->>'message' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (k.payload->>'message')::uuid end
  union all
  select m.case_id, m.letter_id from reception_item i join message m on m.id = i.message_id
  where i.reception_id = k.reception_id and i.item_index = k.item_index`;
const CITED = `
  select array(
    select k.external_id union select k.payload #>> '{relation,to}'
    union select r #>> '{}' from jsonb_path_query(k.payload, 'lax $.thread.references[*]') r) as ids`;

/** A number is worth something from who belongs to the case alone: from a stranger it opens a case of its own. */
const BELONGS = `(exists (
    select from contact_address a join contact w on w.id = a.contact_id
    where a.administration_id = $2 and a.kind = k.payload #>> '{from,kind}' and a.value = k.payload #>> '{from,value}'
      and coalesce(w.merged_into, w.id) in (
        select coalesce(p.merged_into, p.id) from contact p where p.id = n.contact_id
        union select coalesce(p.merged_into, p.id) from message m join contact p on p.id = m.contact_id
        where m.case_id = n.id and (m.direction = 'out' or m.evidence->'stranger' is null)))
  or exists (
    select from message m where m.case_id = n.id and m.direction = 'out' and m.visibility <> 'internal'
      and m.address->>'kind' = k.payload #>> '{from,kind}' and m.address->>'value' = k.payload #>> '{from,value}'))`;

/**
 * Which of some parked items would go, as far as they say, to a case that whoever asks does not see: its words are not for them.
 * More than they see is read for it, and nothing of that is told but this.
 */
export async function withheldOf(
  dataSource: DataSource,
  tokens: ReplyTokens,
  { administrationId, sight }: Asking,
  items: readonly Pointing[],
): Promise<ReadonlySet<string>> {
  if (items.length === 0 || sight === 'all') return new Set();
  const said = items.flatMap(({ id, thread }) => [
    ...textsOf(thread, 'tokens').map(token => ({
      id,
      case: tokens.caseOf(administrationId, token),
      letter: tokens.letterOf(administrationId, token),
      number: undefined,
    })),
    ...textsOf(thread, 'caseNumbers').map(text => ({
      id,
      case: undefined,
      letter: undefined,
      number: normalNumber(text),
    })),
  ]);
  const parameters: unknown[] = [
    items.map(one => one.id),
    administrationId,
    said.map(one => one.id),
    said.map(one => one.case ?? null),
    said.map(one => one.letter ?? null),
    said.map(one => one.number ?? null),
  ];
  const rows: { id: string }[] = await beyondSight('whether it is of a case that they do not see', () =>
    dataSource.query(
      `select distinct k.id from parked k cross join lateral (${CITED}) cited cross join lateral (
         ${BY_ITSELF}
         union all
         select coalesce(s.case_id, n.id), s.letter_id
         from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[]) s(parked, case_id, letter_id, number)
           left join case_file n on n.administration_id = $2 and n.number = s.number and ${BELONGS}
         where s.parked = k.id) x
       left join letter l on l.id = x.letter_id
       join case_file c on c.id = coalesce(x.case_id, l.case_id) and c.administration_id = $2
       where k.id = any($1::uuid[]) and (${seenWith(sight, parameters)}) is not true`,
      parameters,
    ),
  );
  return new Set(rows.map(row => row.id));
}

function textsOf(thread: unknown, name: 'tokens' | 'caseNumbers'): readonly string[] {
  const found: unknown = typeof thread === 'object' && thread !== null ? Reflect.get(thread, name) : undefined;
  return Array.isArray(found) ? found.filter(one => typeof one === 'string') : [];
}
