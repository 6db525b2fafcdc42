import type { CaseState } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { isEnded, mergeDeadlines, restored, type Command, type Kept } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import type { AdministrationBook } from '../deadline/books.js';
import { readDeadlines, writeDeadlines } from '../deadline/deadline-rows.js';

/** What a merge carried over, and what its journals tell of it besides. */
export interface CarriedOver {
  readonly messages: number;
  readonly conversations: number;
  readonly told: readonly Told[];
}
/** Something that became so by a merge, or by its undoing, of the case that took the other in. */
type Told =
  Extract<Command, { name: 'tag' | 'untag' | 'locate' }> extends infer One
    ? One extends Command
      ? Omit<One, 'by'>
      : never
    : never;

/** The two cases of a merge, both locked. */
export interface Pair {
  readonly merge: string;
  readonly into: CaseFile;
  readonly from: CaseFile;
  readonly book: AdministrationBook;
  readonly at: Date;
}

/** What belongs to a case besides its messages, has an id of its own, and goes with them. */
const CARRIED = ['conversation', 'internal_note', 'letter', 'task'] as const;

/** What a case has at most one of, by the column given: what both have is had once. */
const SHARED = { case_tag: 'tag_id', case_follower: 'operator_id', case_field: 'md5(code)::uuid' } as const;
type SharedTable = keyof typeof SHARED;
const SHARED_TABLES = Object.keys(SHARED) as SharedTable[];

/** Carries everything of one case over to the other and writes down what it was. */
export async function carryOver(manager: EntityManager, pair: Pair): Promise<CarriedOver> {
  const { merge, into, from } = pair;
  const messages: { id: string }[] = await manager.query('select id from message where case_id = $1', [from.id]);
  await moveMessages(manager, idsOf(messages), from.id, into.id);
  await keepItems(manager, merge, 'message', idsOf(messages));
  let conversations = 0;
  for (const table of CARRIED) {
    const [items]: [{ id: string }[], number] = await manager.query(
      `update ${table} set case_id = $2 where case_id = $1 returning id`,
      [from.id, into.id],
    );
    await keepItems(manager, merge, table, idsOf(items));
    if (table === 'conversation') conversations = items.length;
  }
  await moveTermsOfTasks(manager, from.id, into.id);
  const told = await share(manager, pair);
  await carryDeadlines(manager, pair);
  return { messages: messages.length, conversations, told };
}

/** Gives back what a merge carried over. */
export async function carryBack(
  manager: EntityManager,
  pair: Pair,
): Promise<{ readonly messages: number; readonly told: readonly Told[] }> {
  const { merge, into, from } = pair;
  const messages: { id: string }[] = await manager.query(
    `select m.id from message m
     where m.case_id = $2 and (
       m.id in (select item_id from case_merge_item where merge_id = $1 and kind = 'message')
       or m.conversation_id in (
         select i.item_id from case_merge_item i
         where i.merge_id = $1 and i.kind = 'conversation' and not exists (
           select from message o where o.conversation_id = i.item_id and o.case_id = $2
             and o.created_at <= (select at from case_merge where id = $1)
             and o.id not in (select item_id from case_merge_item where merge_id = $1 and kind = 'message'))))`,
    [merge, into.id],
  );
  const moved = await moveMessages(manager, idsOf(messages), into.id, from.id);
  for (const table of CARRIED)
    await manager.query(
      `update ${table} set case_id = $3 where case_id = $2
         and id in (select item_id from case_merge_item where merge_id = $1 and kind = $4)`,
      [merge, into.id, from.id, table],
    );
  await moveTermsOfTasks(manager, into.id, from.id);
  const told = await unshare(manager, pair);
  await giveDeadlinesBack(manager, pair);
  return { messages: moved, told };
}

/** Moves messages from one case to another, remembering the case each was said in. */
export async function moveMessages(
  manager: EntityManager,
  ids: readonly string[],
  from: string,
  to: string,
): Promise<number> {
  const [rows]: [unknown[], number] = await manager.query(
    `update message set case_id = $3, moved_from = nullif(coalesce(moved_from, case_id), $3)
     where id = any($1::uuid[]) and case_id = $2 returning id`,
    [ids, from, to],
  );
  return rows.length;
}

/** The term of a question goes where the question is. */
export const moveTermsOfTasks = (manager: EntityManager, from: string, to: string): Promise<unknown> =>
  manager.query(
    `update deadline d set case_id = $2 from task t where t.id = d.task_id and d.case_id = $1 and t.case_id = $2`,
    [from, to],
  );

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

const keepItems = (manager: EntityManager, merge: string, kind: string, ids: readonly string[]): Promise<unknown> =>
  manager.query('insert into case_merge_item (merge_id, kind, item_id) select $1, $2, i from unnest($3::uuid[]) i', [
    merge,
    kind,
    ids,
  ]);

const itemsOf = async (manager: EntityManager, merge: string, kind: string): Promise<Set<string>> => {
  const rows: { id: string }[] = await manager.query(
    'select item_id as id from case_merge_item where merge_id = $1 and kind = $2',
    [merge, kind],
  );
  return new Set(idsOf(rows));
};

interface PlaceKept {
  readonly latitude: number | null;
  readonly address: string | null;
  readonly source: 'message' | 'form' | 'operator';
  readonly message_id: string | null;
}

/** Tags, followers and the place: of what both have, that of the case that takes in stays. */
async function share(manager: EntityManager, { merge, into, from }: Pair): Promise<Told[]> {
  const [kept]: { place: PlaceKept | null; into_place: PlaceKept | null }[] = await manager.query(
    `with p as (select case_id, to_jsonb(l) as row from case_place l where case_id in ($2, $3)), kept as (
       update case_merge set aside = jsonb_build_object(
         'place', (select row from p where case_id = $3), 'into_place', (select row from p where case_id = $2)
         ${SHARED_TABLES.map(table => `, '${table}', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from ${table} x where case_id = $3)`).join('')}
       ) where id = $1)
     select (select row from p where case_id = $3) as place, (select row from p where case_id = $2) as into_place`,
    [merge, into.id, from.id],
  );
  const told: Told[] = [];
  for (const table of SHARED_TABLES) {
    const key = SHARED[table];
    const added: { id: string }[] = await manager.query(
      `with gone as (delete from ${table} where case_id = $2 returning *)
       insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(gone) || jsonb_build_object('case_id', $1::uuid))).* from gone
       on conflict do nothing returning ${key} as id`,
      [into.id, from.id],
    );
    await keepItems(manager, merge, table, idsOf(added));
    if (table === 'case_tag') told.push(...added.map(({ id }): Told => ({ name: 'tag', tag: id })));
  }
  const place = kept?.place;
  if (!place) return told;
  const own = kept.into_place;
  const better = !own || (own.source !== 'operator' && own.latitude === null && place.latitude !== null);
  if (better) {
    await manager.query('delete from case_place where case_id = $1', [into.id]);
    await manager.query('update case_place set case_id = $1 where case_id = $2', [into.id, from.id]);
    told.push(located(place));
  } else await manager.query('delete from case_place where case_id = $1', [from.id]);
  return told;
}

/** Gives back tags, followers and the place; what was said of them by hand since the merge stays where it was said. */
async function unshare(manager: EntityManager, { merge, into }: Pair): Promise<Told[]> {
  const told: Told[] = [];
  for (const table of SHARED_TABLES) {
    const key = SHARED[table];
    const gone: { id: string }[] = await manager.query(
      `with gone as (delete from ${table} where case_id = $2
         and ${key} in (select item_id from case_merge_item where merge_id = $1 and kind = $3) returning ${key} as id)
       select id from gone`,
      [merge, into.id, table],
    );
    await manager.query(
      `insert into ${table} select r.* from case_merge m, jsonb_populate_recordset(null::${table}, m.aside->$2) r where m.id = $1
       on conflict do nothing`,
      [merge, table],
    );
    if (table === 'case_tag') told.push(...gone.map(({ id }): Told => ({ name: 'untag', tag: id })));
  }
  const unchanged: unknown[] = await manager.query(
    `with gone as (delete from case_place l using case_merge m
       where m.id = $1 and l.case_id = $2 and to_jsonb(l) - 'case_id' = (m.aside->'place') - 'case_id' returning 1)
     select from gone`,
    [merge, into.id],
  );
  const [kept]: { into_place: PlaceKept | null }[] = await manager.query(
    `select m.aside->'into_place' as into_place from case_merge m where m.id = $1`,
    [merge],
  );
  if (unchanged.length > 0) {
    await givePlace(manager, merge, 'into_place');
    told.push(located(kept?.into_place ?? null));
  }
  await givePlace(manager, merge, 'place');
  await manager.query('update case_merge set aside = null where id = $1', [merge]);
  return told;
}

const givePlace = (manager: EntityManager, merge: string, which: 'place' | 'into_place'): Promise<unknown> =>
  manager.query(
    `insert into case_place select r.* from case_merge m, jsonb_populate_record(null::case_place, m.aside->$2) r
     where m.id = $1 and jsonb_typeof(m.aside->$2) = 'object' on conflict do nothing`,
    [merge, which],
  );

const located = (place: PlaceKept | null): Told => ({
  name: 'locate',
  source: place?.source ?? 'operator',
  point: place !== null && place.latitude !== null,
  address: place !== null && place.address !== null,
  message: place?.message_id ?? null,
});

/** What ended by the merge alone, on either side. */
const ENDED = 'deadline_ended';

async function carryDeadlines(manager: EntityManager, pair: Pair): Promise<void> {
  const { merge, into, from, book, at } = pair;
  const kept = await bothOf(manager, pair);
  const { moved, ended, left } = mergeDeadlines(kept.into, kept.from, into.state, book, instant(at));
  // Those that give way make room for those that come.
  await write(manager, pair, into, ended);
  await write(manager, pair, into, moved);
  await keepItems(manager, merge, 'deadline', deadlineIds(moved));
  await keepItems(manager, merge, ENDED, deadlineIds([...ended, ...(isEnded(from.state) ? [] : left)]));
}

async function giveDeadlinesBack(manager: EntityManager, pair: Pair): Promise<void> {
  const { merge, into, from, book, at } = pair;
  const moved = await itemsOf(manager, merge, 'deadline');
  const ended = await itemsOf(manager, merge, ENDED);
  await manager.query('update deadline set case_id = $3 where id = any($1::uuid[]) and case_id = $2', [
    [...moved],
    into.id,
    from.id,
  ]);
  const kept = await bothOf(manager, pair);
  const again = (file: CaseFile, own: readonly Kept[], state: CaseState): Promise<void> => {
    const running = new Set(own.flatMap(({ deadline }) => (deadline.endedAt === null ? [deadline.clock] : [])));
    const back = own.filter(({ id, deadline }) => id !== null && ended.has(id) && !running.has(deadline.clock));
    return write(
      manager,
      pair,
      file,
      back.map(one => restored(one, state, book, instant(at))),
    );
  };
  if (!isEnded(into.state)) await again(into, kept.into, into.state);
  await again(from, kept.from, 'assigned');
}

async function bothOf(
  manager: EntityManager,
  { into, from, book }: Pair,
): Promise<{ readonly into: readonly Kept[]; readonly from: readonly Kept[] }> {
  const kept = await readDeadlines(manager, [into.id, from.id], () => book.policies);
  return { into: kept.get(into.id) ?? [], from: kept.get(from.id) ?? [] };
}

const write = (manager: EntityManager, { book }: Pair, file: CaseFile, now: readonly Kept[]): Promise<void> =>
  writeDeadlines(manager, [{ caseId: file.id, administrationId: file.administrationId, before: [], now, book }]);

const deadlineIds = (kept: readonly Kept[]): string[] => kept.flatMap(({ id }) => id ?? []);
