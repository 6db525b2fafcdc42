import type { Priority, Strategy } from '@filodiretto/contracts/model';
import { obstacle, OBSTACLES, withWork, type Answerer, type Obstacle, type Work } from './eligible.js';
import { needAt, type Need, type RequiredSkill } from './need.js';
import type { QueueSettings } from './queue-settings.js';
import { inOrder, score, type Scored } from './score.js';

/** Why some work was offered to whom it was: what was looked at, and what decided. No names: ids are beside it. */
export interface Explanation {
  readonly strategy: Strategy;
  /** What decided among those who could. */
  readonly because: 'target' | 'sticky' | Strategy;
  readonly ring: number;
  readonly skills: readonly RequiredSkill[];
  readonly waitedSeconds: number;
  readonly score: Scored;
  /** How many operators were looked at, how many could, and what kept the others. */
  readonly considered: number;
  readonly eligible: number;
  readonly obstacles: Readonly<Partial<Record<Obstacle, number>>>;
  /** The same in the words of a supervisor (Italian). */
  readonly sentence: string;
}

export interface Choice {
  /** One; several when the first to accept has it; none when nobody can. */
  readonly operators: readonly string[];
  /** Nobody now, on purpose: it waits a moment for whoever answered this person before. */
  readonly held: boolean;
  readonly explanation: Explanation;
}

type Order = (a: Answerer, b: Answerer) => number;

const relativeLoad = (operator: Answerer): number => operator.load / Math.max(1, operator.capacity);
const byLoad: Order = (a, b) => relativeLoad(a) - relativeLoad(b);
const byIdle: Order = (a, b) => a.idleSince - b.idleSince;
const byTurn: Order = (a, b) => a.lastOfferAt - b.lastOfferAt;
const byId: Order = (a, b) => (a.id < b.id ? -1 : 1);

const orderOf = (strategy: Strategy, { skills }: Need): readonly Order[] => {
  const level = (operator: Answerer): number =>
    skills.reduce((sum, { skill }) => sum + (operator.skills[skill] ?? 0), 0);
  switch (strategy) {
    case 'least_loaded':
      return [byLoad, byIdle, byTurn, byId];
    case 'round_robin':
      return [byTurn, byId];
    case 'best_skill':
      return [(a, b) => level(b) - level(a), byLoad, byIdle, byTurn, byId];
    case 'longest_idle':
    case 'first_to_accept':
    case 'pull':
      return [byIdle, byTurn, byLoad, byId];
  }
};

const compare =
  (orders: readonly Order[]): Order =>
  (a, b) => {
    for (const order of orders) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };

/** The best few, in order; a scan when one is wanted. */
function best(operators: readonly Answerer[], order: Order, count: number): Answerer[] {
  if (count > 1) return operators.toSorted(order).slice(0, count);
  const [first, ...others] = operators;
  return first ? [others.reduce((found, one) => (order(one, found) < 0 ? one : found), first)] : [];
}

/** Who is offered some work, and why. Never somebody who cannot take it; pure: the same question has the same answer. */
export function chooseOperator(
  work: Work,
  operators: readonly Answerer[],
  settings: QueueSettings,
  now: number,
): Choice {
  const waitedSeconds = Math.max(0, now - work.virtualStart) / 1_000;
  const need = needAt(work, settings.rings, waitedSeconds);
  const obstacles: Partial<Record<Obstacle, number>> = {};
  const able: Answerer[] = [];
  let awaited = false;
  for (const operator of operators) {
    const why = obstacle(work, need, operator, now);
    if (why === null) able.push(operator);
    else {
      obstacles[why] = (obstacles[why] ?? 0) + 1;
      awaited ||= operator.id === work.sticky && FREES_ITSELF.has(why);
    }
  }
  const sticky = able.find(one => one.id === work.sticky);
  const held = sticky === undefined && awaited && waitedSeconds < settings.stickyWaitSeconds;
  const because = work.target !== null ? 'target' : sticky ? 'sticky' : settings.strategy;
  const count = settings.strategy === 'first_to_accept' && !sticky ? settings.offersAtOnce : 1;
  const chosen = held ? [] : sticky ? [sticky] : best(able, compare(orderOf(settings.strategy, need)), count);
  const points = score(work, settings.scoring, now);
  const seen = {
    strategy: settings.strategy,
    because,
    ring: need.ring,
    skills: need.skills,
    waitedSeconds: Math.round(waitedSeconds),
    score: points,
    considered: operators.length,
    eligible: able.length,
    obstacles,
  } as const;
  return {
    operators: chosen.map(one => one.id),
    held,
    explanation: { ...seen, sentence: say(work.priority, seen, chosen[0], held, now) },
  };
}

/** What keeps somebody only for a while. */
const FREES_ITSELF: ReadonlySet<Obstacle> = new Set(['exclusive', 'capacity', 'channel_full']);

export interface Matched {
  readonly work: Work;
  readonly operators: readonly string[];
  readonly explanation: Explanation;
}

/**
 * Gives out what waits, in the order of its points, to those who can take it: what each is offered counts against them for
 * the rest. What nobody can take does not stop what follows.
 */
export function match(
  waiting: readonly Work[],
  operators: readonly Answerer[],
  settings: QueueSettings,
  now: number,
): { readonly offers: readonly Matched[]; readonly left: readonly { readonly work: Work; readonly held: boolean }[] } {
  const offers: Matched[] = [];
  const left: { work: Work; held: boolean }[] = [];
  // Whoever is free only becomes less free: what nobody could take a moment ago nobody can take now.
  const hopeless = new Set<string>();
  let free = [...operators];
  for (const work of inOrder(waiting, settings.scoring, now)) {
    if (work.needKey !== null && hopeless.has(work.needKey)) {
      left.push({ work, held: false });
      continue;
    }
    const { operators: chosen, held, explanation } = chooseOperator(work, free, settings, now);
    if (chosen.length === 0) {
      left.push({ work, held });
      if (work.needKey !== null && !isPersonal(work)) hopeless.add(work.needKey);
      continue;
    }
    offers.push({ work, operators: chosen, explanation });
    free = free.map(one => (chosen.includes(one.id) ? withWork(one, work, now) : one));
  }
  return { offers, left };
}

/** Whether something about it concerns single operators: then what keeps it says nothing of others. */
export const isPersonal = ({ sticky, target, excluded }: Work): boolean =>
  sticky !== null || target !== null || excluded.length > 0;

const PRIORITIES: Readonly<Record<Priority, string>> = {
  low: 'bassa',
  normal: 'normale',
  high: 'alta',
  urgent: 'urgente',
};
const KEPT: Readonly<Record<Obstacle, string>> = {
  not_available: 'non disponibili',
  silent: 'senza segni di vita',
  other_office: 'di un altro ufficio',
  other_channel: 'su altri canali',
  not_the_target: 'non richiesti',
  excluded: 'già offerto e non preso',
  exclusive: 'impegnati in un contatto che non si interrompe',
  capacity: 'al completo',
  channel_full: 'al massimo per questo canale',
  skill: 'senza le competenze richieste',
};

function say(
  priority: Priority,
  seen: Omit<Explanation, 'sentence'>,
  chosen: Answerer | undefined,
  held: boolean,
  now: number,
): string {
  const waited = `In attesa da ${duration(seen.waitedSeconds)}, priorità ${PRIORITIES[priority]}`;
  const skills =
    seen.skills.length > 0 ? `; richiede ${seen.skills.map(one => `${one.skill} ${one.level}`).join(', ')}` : '';
  const relaxed = seen.ring > 0 ? `; requisiti allentati ${seen.ring} ${seen.ring === 1 ? 'volta' : 'volte'}` : '';
  const kept = OBSTACLES.flatMap(one => (seen.obstacles[one] ? `${seen.obstacles[one]} ${KEPT[one]}` : []));
  const able = `; ${seen.eligible} su ${seen.considered} possono prenderlo${kept.length > 0 ? ` (${kept.join(', ')})` : ''}`;
  return `${waited}${skills}${relaxed}${able}. ${held ? 'Si aspetta un momento chi ha già seguito questa persona.' : chosen ? sayChosen(seen, chosen, now) : 'Nessuno può prenderlo ora.'}`;
}

function sayChosen({ because }: Omit<Explanation, 'sentence'>, chosen: Answerer, now: number): string {
  switch (because) {
    case 'target':
      return 'Era destinato a questa persona.';
    case 'sticky':
      return 'Scelto chi ha già seguito questa persona.';
    case 'least_loaded':
      return `Scelto chi ha meno carico: ${chosen.load} su ${chosen.capacity}.`;
    case 'round_robin':
      return 'Scelto a turno.';
    case 'best_skill':
      return 'Scelto chi ha le competenze migliori.';
    case 'first_to_accept':
      return 'Offerto a più persone: lo ha chi accetta per primo.';
    case 'longest_idle':
      return `Scelto chi è libero da più tempo: ${duration(Math.max(0, Math.round((now - chosen.idleSince) / 1_000)))}.`;
    case 'pull':
      return 'Preso dalla coda.';
  }
}

const duration = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7_200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3_600)} h`;
