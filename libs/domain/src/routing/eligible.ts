import type { Presence, Priority } from '@filodiretto/contracts/model';
import type { Need, RequiredSkill } from './need.js';

/** What waits for a person, as the engine sees it. Instants in milliseconds. */
export interface Work {
  readonly id: string;
  readonly office: string;
  readonly channel: string | null;
  /** How much of an operator's capacity it takes. */
  readonly weight: number;
  /** Most of its channel that one operator has at once; null: as many as weigh in. */
  readonly channelMax: number | null;
  /** Whoever has it can have nothing else that cannot be interrupted, and is given nothing more. */
  readonly exclusive: boolean;
  readonly interruptible: boolean;
  readonly skills: readonly RequiredSkill[];
  readonly priority: Priority;
  readonly virtualStart: number;
  readonly dueAt: number | null;
  readonly first: boolean;
  /** Who answered this person lately. */
  readonly sticky: string | null;
  /** The only one it is for. */
  readonly target: string | null;
  /** Work of the same office and key requires the same of whoever takes it; null: unlike any other. */
  readonly needKey: string | null;
  /** Who refused it or let it lapse, and until when they are spared. */
  readonly excluded: readonly { readonly operator: string; readonly until: number }[];
}

/** Who answers, as the engine sees them. Instants in milliseconds. */
export interface Answerer {
  readonly id: string;
  readonly offices: readonly string[];
  readonly status: Presence;
  readonly heartbeatAt: number;
  /** Channels they answer now; null: all. */
  readonly channels: readonly string[] | null;
  /** Level of each skill. */
  readonly skills: Readonly<Record<string, number>>;
  readonly capacity: number;
  /** Weight of all they have and are offered. */
  readonly load: number;
  /** How many of each channel they have and are offered. */
  readonly inHand: Readonly<Record<string, number>>;
  /** How many of those are exclusive, and how many cannot be interrupted. */
  readonly exclusive: number;
  readonly firm: number;
  /** When they last finished something or were given something. */
  readonly idleSince: number;
  /** When they were last offered something; 0: never. */
  readonly lastOfferAt: number;
}

/** Seconds between two signs of life of an operator's screen, and after how many without one they count as gone. */
export const HEARTBEAT_SECONDS = 10;
export const GONE_AFTER_SECONDS = 30;

/** Why an operator cannot be given some work now. */
export const OBSTACLES = [
  'not_available',
  'silent',
  'other_office',
  'other_channel',
  'not_the_target',
  'excluded',
  'exclusive',
  'capacity',
  'channel_full',
  'skill',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** What keeps an operator from being given some work now; null when nothing does. */
export function obstacle(work: Work, need: Need, operator: Answerer, now: number): Obstacle | null {
  const { channel } = work;
  if (operator.status !== 'available') return 'not_available';
  if (now - operator.heartbeatAt > GONE_AFTER_SECONDS * 1_000) return 'silent';
  if (!need.offices.some(office => operator.offices.includes(office))) return 'other_office';
  if (channel !== null && operator.channels !== null && !operator.channels.includes(channel)) return 'other_channel';
  if (work.target !== null && work.target !== operator.id) return 'not_the_target';
  if (work.excluded.some(one => one.operator === operator.id && one.until > now)) return 'excluded';
  if (operator.exclusive > 0 || (work.exclusive && operator.firm > 0)) return 'exclusive';
  if (operator.load + work.weight > operator.capacity) return 'capacity';
  if (channel !== null && work.channelMax !== null && (operator.inHand[channel] ?? 0) >= work.channelMax)
    return 'channel_full';
  if (!need.skills.every(({ skill, level }) => (operator.skills[skill] ?? 0) >= level)) return 'skill';
  return null;
}

/** Whether an operator can be given some work now. */
export const eligible = (work: Work, need: Need, operator: Answerer, now: number): boolean =>
  obstacle(work, need, operator, now) === null;

/** The operator after being offered some work. */
export const withWork = (operator: Answerer, work: Work, now: number): Answerer => ({
  ...operator,
  load: operator.load + work.weight,
  inHand:
    work.channel === null
      ? operator.inHand
      : { ...operator.inHand, [work.channel]: (operator.inHand[work.channel] ?? 0) + 1 },
  exclusive: operator.exclusive + Number(work.exclusive),
  firm: operator.firm + Number(!work.interruptible),
  idleSince: now,
  lastOfferAt: now,
});
