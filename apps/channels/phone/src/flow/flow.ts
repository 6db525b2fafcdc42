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
  /** queue: its name among ours. */
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

const nextOf = (step: FlowStep): string[] =>
  [step.next, step.open, step.closed, ...(step.keys ?? []).map(key => key.next)].filter(id => id !== undefined);

/** Everything that a look at the whole tree finds wrong; empty when a call can go round it. */
export function flowMistakes(flow: CallFlow): string[] {
  const ids = new Set(flow.steps.map(step => step.id));
  const reached = new Set<string>();
  const reach = (id: string): void => {
    if (reached.has(id)) return;
    reached.add(id);
    flow.steps
      .filter(step => step.id === id)
      .flatMap(nextOf)
      .forEach(reach);
  };
  reach(flow.start);
  const [language = ''] = flow.languages;
  return [
    ...(ids.has(flow.start) ? [] : [`start: there is no step ${flow.start}`]),
    ...flow.steps
      .filter((step, index) => flow.steps.findIndex(one => one.id === step.id) !== index)
      .map(step => `${step.id}: there are two of them`),
    ...flow.steps.flatMap(step => [
      ...NEEDS[step.type]
        .filter(field => step[field] === undefined)
        .map(field => `${step.id}: a ${step.type} needs ${field}`),
      ...nextOf(step)
        .filter(id => !ids.has(id))
        .map(id => `${step.id}: there is no step ${id}`),
      ...(step.text && typeof step.text[language] !== 'string' ? [`${step.id}: no words in ${language}`] : []),
      ...(reached.has(step.id) ? [] : [`${step.id}: no call comes here`]),
    ]),
    ...silentRounds(flow).map(id => `${id}: a call goes round here for ever and nobody is asked anything`),
  ];
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
