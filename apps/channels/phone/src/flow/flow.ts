import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { DateTime, IANAZone } from 'luxon';

/** What a step does. */
const STEP_TYPES = ['say', 'menu', 'hours', 'queue', 'voicemail', 'callback', 'hangup'] as const;
export type StepType = (typeof STEP_TYPES)[number];

/** Words by language (BCP 47); the first language of the flow is said where one is missing. */
export type Words = Readonly<Record<string, string>>;

/** One key of a menu. */
export class MenuKey {
  @Matches(/^[0-9*]$/) readonly key: string;
  @IsString() @MaxLength(100) readonly next: string;
  /** The language spoken from here on. */
  @IsOptional() @IsString() @MaxLength(35) readonly language?: string;
  /** The category of a matter that begins here. */
  @IsOptional() @IsString() @MaxLength(100) readonly category?: string;
}

/** Hours of some weekdays: 1 is Monday. */
export class OpenHours {
  @IsArray()
  @ArrayMinSize(1)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  readonly days: number[];
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) readonly from: string;
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/) readonly to: string;
}

/** One position of a call. Which of the fields it needs depends on its type: `flowMistakes` says. */
export class FlowStep {
  @Matches(/^[a-z][a-z0-9-]{0,60}$/) readonly id: string;
  @IsIn(STEP_TYPES) readonly type: StepType;
  @IsOptional() @IsObject() readonly text?: Words;
  @IsOptional() @IsString() readonly next?: string;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => MenuKey) readonly keys?: MenuKey[];
  /** menu: how many times it is said again when nothing is pressed. */
  @IsOptional() @IsInt() @Min(0) @Max(5) readonly retries?: number;
  /** hours */
  @IsOptional() @IsString() readonly open?: string;
  @IsOptional() @IsString() readonly closed?: string;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => OpenHours) readonly hours?: OpenHours[];
  /** hours: closed on national holidays. */
  @IsOptional() @IsBoolean() readonly holidays?: boolean;
  /** hours: the patron saint's day, `MM-DD`. */
  @IsOptional() @Matches(/^\d{2}-\d{2}$/) readonly patron?: string;
  /** queue: its name among ours. callback: the queue that calls back; the one the caller waited in unless told. */
  @IsOptional() @Matches(/^[a-z][a-z0-9-]{0,40}$/) readonly queue?: string;
  /** queue: telephones of those who answer, E.164. */
  @IsOptional() @IsArray() @Matches(/^\+[1-9]\d{5,14}$/, { each: true }) readonly operators?: string[];
  /** voicemail: seconds at most. */
  @IsOptional() @IsInt() @Min(10) @Max(600) readonly seconds?: number;
}

/** The whole road of a call, as data. */
export class CallFlow {
  @IsString() readonly start: string;
  @IsString() @MaxLength(64) readonly timeZone: string;
  @IsArray() @ArrayMinSize(1) @IsString({ each: true }) readonly languages: string[];
  @IsArray() @ArrayMinSize(1) @ValidateNested({ each: true }) @Type(() => FlowStep) readonly steps: FlowStep[];
}

const NEEDS: Readonly<Record<StepType, readonly (keyof FlowStep)[]>> = {
  say: ['text', 'next'],
  menu: ['text', 'keys', 'next'],
  hours: ['hours', 'open', 'closed'],
  queue: ['queue', 'text'],
  voicemail: ['text'],
  callback: ['text'],
  hangup: [],
};

/** The steps that may follow a step. */
export const nextOf = (step: FlowStep): string[] =>
  [step.next, step.open, step.closed, ...(step.keys ?? []).map(key => key.next)].filter(id => id !== undefined);

/** Where somebody goes who leaves a queue to be called back; nowhere when the flow has no such step. */
export const callbackOf = (flow: CallFlow, queue: FlowStep): string | undefined =>
  queue.next ?? flow.steps.find(step => step.type === 'callback')?.id;

/** Everything that a look at the whole tree finds wrong; empty when a call can go round it. */
export function flowMistakes(flow: CallFlow): string[] {
  const ids = new Set(flow.steps.map(step => step.id));
  const reached = reachedFrom(flow);
  return [
    ...(ids.has(flow.start) ? [] : [`start: there is no step ${flow.start}`]),
    ...(IANAZone.isValidZone(flow.timeZone) ? [] : [`timeZone: ${flow.timeZone} is no time zone`]),
    ...twice(flow.steps.map(step => step.id)).map(id => `${id}: there are two of them`),
    ...flow.steps.flatMap(step => [
      ...stepMistakes(step, flow),
      ...nextOf(step)
        .filter(id => !ids.has(id))
        .map(id => `${step.id}: there is no step ${id}`),
      ...(reached.has(step.id) ? [] : [`${step.id}: no call comes here`]),
    ]),
    ...silentRounds(flow).map(id => `${id}: a call goes round here for ever and nobody is asked anything`),
  ];
}

/** What a look at one step finds wrong. */
function stepMistakes(step: FlowStep, flow: CallFlow): string[] {
  const [language = ''] = flow.languages;
  const keys = step.keys ?? [];
  const mistakes = [
    ...NEEDS[step.type].filter(field => step[field] === undefined).map(field => `a ${step.type} needs ${field}`),
    ...(step.text && typeof step.text[language] !== 'string' ? [`no words in ${language}`] : []),
    ...twice(keys.map(key => key.key)).map(key => `two choices have the key ${key}`),
    ...keys
      .filter(key => key.language !== undefined && !flow.languages.includes(key.language))
      .map(key => `the key ${key.key} chooses ${key.language}, which is none of the languages`),
    ...(step.hours ?? [])
      .filter(({ from, to }) => from >= to)
      .map(({ from, to }) => `it never opens from ${from} to ${to}`),
    ...(step.type === 'callback' && queueOf(flow, step) === undefined ? ['no queue calls back'] : []),
    ...(step.patron !== undefined && !isDay(step.patron) ? [`${step.patron} is no day`] : []),
  ];
  return mistakes.map(mistake => `${step.id}: ${mistake}`);
}

/** The queue that a step belongs to; the flow's first for a callback that names none. */
export const queueOf = (flow: CallFlow, step: FlowStep): string | undefined => {
  if (step.queue !== undefined) return step.queue;
  const first = flow.steps.find(one => one.type === 'queue');
  return first && (first.queue ?? first.id);
};

/** Any year will do that has a 29 February. */
const isDay = (day: string): boolean => DateTime.fromISO(`2024-${day}`).isValid;
const twice = (words: readonly string[]): string[] => [
  ...new Set(words.filter((word, index) => words.indexOf(word) !== index)),
];

function reachedFrom(flow: CallFlow): ReadonlySet<string> {
  const reached = new Set<string>();
  const reach = (id: string): void => {
    if (reached.has(id)) return;
    reached.add(id);
    const steps = flow.steps.filter(step => step.id === id);
    // Who waits may leave to be called back, though no arrow says so.
    const leaving = steps.filter(step => step.type === 'queue').flatMap(step => callbackOf(flow, step) ?? []);
    const failing = steps.some(step => step.type === 'queue')
      ? flow.steps
          .filter(step => step.type === 'voicemail')
          .slice(0, 1)
          .map(step => step.id)
      : [];
    [...steps.flatMap(nextOf), ...leaving, ...failing].forEach(reach);
  };
  reach(flow.start);
  return reached;
}

/** Steps from which a call comes back without anybody pressing, saying or waiting for anything. */
function silentRounds(flow: CallFlow): string[] {
  const by = new Map(flow.steps.map(step => [step.id, step]));
  const onward = (id: string): string[] => {
    const step = by.get(id);
    if (step?.type === 'say') return [step.next ?? ''];
    return step?.type === 'hours' ? [step.open ?? '', step.closed ?? ''] : [];
  };
  const returns = (from: string, at: string, seen: Set<string>): boolean =>
    onward(at).some(id => {
      if (id === from) return true;
      if (seen.has(id)) return false;
      seen.add(id);
      return returns(from, id, seen);
    });
  return flow.steps.filter(step => returns(step.id, step.id, new Set())).map(step => step.id);
}
