import {
  DEFAULT_QUEUE,
  isSamePlace,
  languageNeed,
  needAt,
  nextRelaxation,
  PRIORITY_LEVEL,
  workPlace,
  type QueueSettings,
  type RequiredSkill,
  type Route,
  type WorkPlace,
} from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { prepared } from '../prepared.js';
import { lockOperators, recount } from './operator-load.js';
import { CONFIDENTIAL_NEED } from './rows.js';

/** What routing decided of a new case, kept with its work. */
export interface Routed {
  readonly route: Route;
  readonly language: string | null;
}

/** A case before and after a transaction; `undefined` before: it is new. */
export interface CaseMove {
  readonly before: CaseFile | undefined;
  readonly now: CaseFile;
  readonly routed?: Routed | undefined;
}

interface OpenItem {
  readonly id: string;
  readonly case_id: string;
  readonly office_id: string;
  readonly state: 'queued' | 'offered' | 'assigned';
  readonly operator_id: string | null;
  readonly live: boolean;
  /** Who is being offered it. */
  readonly offered: string[];
}

const placeOf = (file: CaseFile): WorkPlace =>
  workPlace({ state: file.state, office: file.officeId, assignee: file.assigneeId });

/**
 * Makes the work follow its cases, in the transaction that changes them: work waits in the queue of the office that has the case
 * until a person does. The cases are locked; then work items, then operators.
 */
export async function followCases(manager: EntityManager, moves: readonly CaseMove[]): Promise<void> {
  const moved = moves.filter(({ before, now }) =>
    before
      ? !isSamePlace(placeOf(before), placeOf(now)) ||
        before.priority !== now.priority ||
        before.confidentiality !== now.confidentiality
      : placeOf(now).kind !== 'nowhere',
  );
  if (moved.length === 0) return;
  const known = moved.filter(({ before }) => before !== undefined);
  const open = new Map(
    (
      await openItems(
        manager,
        known.map(({ now }) => now.id),
      )
    ).map(item => [item.case_id, item]),
  );
  const touched = new Set<string>();
  const writingUp: { operator: string; office: string }[] = [];
  for (const { now } of known) {
    const item = open.get(now.id);
    if (!item) continue;
    for (const operator of await follow(manager, item, now)) touched.add(operator);
    const { operator_id: operator, office_id: office, live } = item;
    if (live && operator !== null && placeOf(now).kind === 'nowhere') writingUp.push({ operator, office });
  }
  const fresh = moved.filter(
    ({ before, now }) => !before || !open.has(now.id) || open.get(now.id)?.office_id !== now.officeId,
  );
  for (const operator of await enter(manager, fresh)) touched.add(operator);
  await lockOperators(manager, [...touched]);
  await recount(manager, [...touched]);
  for (const { operator, office } of writingUp) await wrapUp(manager, operator, office);
}

async function openItems(manager: EntityManager, cases: readonly string[]): Promise<OpenItem[]> {
  if (cases.length === 0) return [];
  const locked: { id: string }[] = await manager.query(
    `select id from work_item where case_id = any($1::uuid[]) and state <> 'done' order by id for no key update`,
    [cases],
  );
  return manager.query(
    `select w.id, w.case_id, w.office_id, w.state, w.operator_id, w.live,
       array(select f.operator_id from offer f where f.work_item_id = w.id and f.state = 'offered') as offered
     from work_item w where w.id = any($1::uuid[]) and w.state <> 'done'`,
    [locked.map(({ id }) => id)],
  );
}

/** Moves open work to where its case is now. Gives the operators whose load changes. */
async function follow(manager: EntityManager, item: OpenItem, now: CaseFile): Promise<string[]> {
  const place = placeOf(now);
  const concerned = [...item.offered, ...(item.operator_id === null ? [] : [item.operator_id])];
  if (place.kind === 'nowhere' || place.office !== item.office_id) {
    await rescind(manager, item.id, 'Il lavoro non è più in questa coda');
    await manager.query(
      `update work_item set state = 'done', operator_id = null, done_at = clock_timestamp() where id = $1`,
      [item.id],
    );
    return concerned;
  }
  if (place.kind === 'hands') {
    if (item.operator_id === place.operator) return [];
    const wasOffered = item.offered.includes(place.operator);
    if (wasOffered)
      await manager.query(
        `update offer set state = 'accepted', settled_at = clock_timestamp()
         where work_item_id = $1 and operator_id = $2 and state = 'offered'`,
        [item.id, place.operator],
      );
    await rescind(manager, item.id, 'Lo ha preso un altro operatore');
    await manager.query(
      `update work_item set state = 'assigned', operator_id = $2, by_hand = $3, assigned_at = clock_timestamp(), goes_first = false,
         target_operator_id = null where id = $1`,
      [item.id, place.operator, !wasOffered],
    );
    return [...concerned, place.operator];
  }
  if (now.confidentiality !== null) {
    await rescind(manager, item.id, 'La pratica è riservata');
    await manager.query(
      `update work_item set need = $2, next_ring_at = null, state = case when state = 'offered' then 'queued' else state end
       where id = $1`,
      [item.id, CONFIDENTIAL_NEED],
    );
  }
  if (item.state === 'assigned')
    await manager.query(
      `update work_item set state = 'queued', operator_id = null, by_hand = false, assigned_at = null, goes_first = live,
         queued_at = clock_timestamp() where id = $1`,
      [item.id],
    );
  await manager.query(
    `update work_item w set priority = $2, effective_start = w.virtual_start - make_interval(mins => $3 * coalesce(
         (select ((q.settings->'scoring'->>'perPriority')::float / (q.settings->'scoring'->>'perMinute')::float)::int
          from queue_setting q where q.office_id = w.office_id), $4))
     where w.id = $1`,
    [item.id, now.priority, PRIORITY_LEVEL[now.priority], USUAL_MINUTES],
  );
  return concerned;
}

const USUAL_MINUTES = DEFAULT_QUEUE.scoring.perPriority / DEFAULT_QUEUE.scoring.perMinute;

/** Takes back whatever of some work is being offered. */
const rescind = (manager: EntityManager, item: string, reason: string): Promise<unknown> =>
  manager.query(
    `update offer set state = 'rescinded', settled_at = clock_timestamp(), reason = $2
     where work_item_id = $1 and state = 'offered'`,
    [item, reason],
  );

/** After live work an operator has a while to write it up, if the queue gives one. */
const wrapUp = (manager: EntityManager, operator: string, office: string): Promise<unknown> =>
  manager.query(
    `update operator_presence p set status = 'wrap_up', since = clock_timestamp(),
       wrap_up_until = clock_timestamp() + make_interval(secs => (q.settings->>'wrapUpSeconds')::int)
     from queue_setting q where q.office_id = $2 and (q.settings->>'wrapUpSeconds')::int > 0
       and p.operator_id = $1 and p.status = 'available'`,
    [operator, office],
  );

/** Puts the work of cases where they are. Gives the operators who have some of it by hand. */
async function enter(manager: EntityManager, moves: readonly CaseMove[]): Promise<string[]> {
  const placed = moves.flatMap(({ now, routed }) => {
    const place = placeOf(now);
    return place.kind === 'nowhere' ? [] : [{ now, routed, place }];
  });
  if (placed.length === 0) return [];
  const settingsOf = await queueSettings(
    manager,
    placed.map(({ place }) => place.office),
  );
  const rows = placed.map(({ now, routed, place }) => {
    const settings = settingsOf.get(place.office) ?? DEFAULT_QUEUE;
    const { scoring, rings, targetSeconds } = settings;
    const route = routed?.route.office === place.office ? routed.route : undefined;
    const language = routed?.language ?? null;
    const speaks = languageNeed(language);
    const skills: RequiredSkill[] = [...(route?.skills ?? []), ...(speaks ? [speaks] : [])];
    const changes = rings.length > 0 || skills.some(one => one.relaxAfterSeconds !== undefined);
    return {
      id: newId(),
      administration_id: now.administrationId,
      office_id: place.office,
      case_id: now.id,
      channel: now.channel,
      skills,
      confidential: now.confidentiality !== null,
      need: changes ? JSON.stringify(needAt({ office: place.office, skills }, rings, 0)) : null,
      next_ring: now.confidentiality === null ? nextRelaxation(skills, rings, 0) : null,
      language,
      priority: now.priority,
      ahead: Math.round((PRIORITY_LEVEL[now.priority] * scoring.perPriority) / scoring.perMinute),
      target: targetSeconds,
      operator_id: place.kind === 'hands' ? place.operator : null,
      explanation: route
        ? { rule: route.rule, why: route.why, tags: route.tags, deadlinePolicy: route.deadlinePolicy }
        : null,
      sentence: route?.sentence ?? null,
    };
  });
  await prepared(
    manager,
    `insert into work_item (id, administration_id, office_id, case_id, state, channel, weight, channel_max, live, exclusive,
       interruptible, skills, language, priority, virtual_start, effective_start, due_at, need, next_ring_at, operator_id, by_hand,
       assigned_at, explanation, sentence)
     select r.id, r.administration_id, r.office_id, r.case_id, case when r.operator_id is null then 'queued' else 'assigned' end,
       r.channel, coalesce(c.weight, 10), c.max_at_once, coalesce(c.live, false), coalesce(c.exclusive, false),
       coalesce(c.interruptible, true), r.skills, r.language, r.priority, now(), now() - make_interval(mins => r.ahead),
       now() + make_interval(secs => r.target),
       case when r.confidential then '${CONFIDENTIAL_NEED}' else concat_ws('|', r.channel, coalesce(c.weight, 10), c.max_at_once, coalesce(c.exclusive, false),
         coalesce(c.interruptible, true), coalesce(r.need, r.skills::text)) end,
       now() + make_interval(secs => r.next_ring),
       r.operator_id, r.operator_id is not null, case when r.operator_id is not null then now() end, r.explanation, r.sentence
     from jsonb_to_recordset($1::jsonb) r(id uuid, administration_id uuid, office_id uuid, case_id uuid, channel text, skills jsonb,
       confidential boolean, need text, next_ring float8, language text, priority text, ahead int, target float8, operator_id uuid, explanation jsonb,
       sentence text)
     left join channel_weight c on c.administration_id = r.administration_id and c.channel = r.channel`,
    [JSON.stringify(rows)],
  );
  return rows.flatMap(({ operator_id: operator }) => operator ?? []);
}

/** How offices give out their work, of those that say something. */
async function queueSettings(manager: EntityManager, offices: readonly string[]): Promise<Map<string, QueueSettings>> {
  const { rows } = await prepared<{ office_id: string; settings: Partial<QueueSettings> }>(
    manager,
    'select office_id, settings from queue_setting where office_id = any($1::uuid[])',
    [[...new Set(offices)]],
  );
  return new Map(rows.map(({ office_id: office, settings }) => [office, { ...DEFAULT_QUEUE, ...settings }]));
}
