import type { Schemas } from '../api/client.js';
import { placeOfSpike } from './place-of-spike.js';

export type BoardOffice = Schemas['WallboardOffice'];

/** From where on something is worth an alert. Kept in the browser: a screen on a wall is of whoever hung it there. */
export interface Thresholds {
  /** Minutes that somebody may wait. */
  readonly waitMinutes: number;
  /** Least share taken within the target, in hundredths. */
  readonly servicePercent: number;
  /** Most calls given up, in hundredths of those that came. */
  readonly abandonedPercent: number;
  /** Most cases of an office that may be past their term. */
  readonly late: number;
}

export const USUAL: Thresholds = { waitMinutes: 30, servicePercent: 80, abandonedPercent: 10, late: 0 };

/** Thresholds as they were kept; what cannot be one is as usual. */
export function thresholdsOf(kept: string | undefined): Thresholds {
  const said = parsed(kept);
  const one = (name: keyof Thresholds, most: number): number => {
    const value = said[name];
    return typeof value === 'number' && value >= 0 && value <= most ? value : USUAL[name];
  };
  return {
    waitMinutes: one('waitMinutes', 100_000),
    servicePercent: one('servicePercent', 100),
    abandonedPercent: one('abandonedPercent', 100),
    late: one('late', 1_000_000),
  };
}

function parsed(kept: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(kept ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Something past its threshold. */
export type Alert =
  | { readonly what: 'wait'; readonly office: string; readonly seconds: number }
  | { readonly what: 'short'; readonly office: string; readonly waiting: number }
  | { readonly what: 'late'; readonly office: string; readonly cases: number }
  | { readonly what: 'service'; readonly percent: number }
  | { readonly what: 'abandoned'; readonly percent: number }
  | { readonly what: 'channel'; readonly channel: string }
  | {
      readonly what: 'spike';
      readonly category: string;
      readonly where: string;
      readonly count: number;
      readonly from: string;
    };

/** Somebody waits and nobody is free. */
export const isShort = ({ waiting, free }: Pick<BoardOffice, 'waiting' | 'free'>): boolean => waiting > 0 && free === 0;

/** Hundredths, without decimals; undefined of nothing. */
export const percentOf = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : Math.round((part / whole) * 100);

/** What is past its threshold, the gravest first. */
export function alertsOf(
  { offices, today, channels }: Pick<Schemas['WallboardView'], 'offices' | 'today' | 'channels'>,
  limits: Thresholds,
  spikes?: Schemas['SpikeList'],
): Alert[] {
  const service = percentOf(today.inTime, today.due);
  const abandoned = percentOf(today.abandoned, today.calls);
  return [
    ...channels
      .filter(({ running, trouble }) => !running || trouble !== undefined)
      .map(({ manifest }): Alert => ({ what: 'channel', channel: manifest.name })),
    ...(spikes?.items ?? []).map((spike): Alert => ({
      what: 'spike',
      category: spike.category.label,
      where: placeOfSpike(spike),
      count: spike.count,
      from: spikes?.from ?? '',
    })),
    ...offices.filter(isShort).map(({ office, waiting }): Alert => ({ what: 'short', office: office.name, waiting })),
    ...offices.flatMap(({ office, oldestWaitSeconds: seconds = 0 }): Alert[] =>
      seconds > limits.waitMinutes * 60 ? [{ what: 'wait', office: office.name, seconds }] : [],
    ),
    ...(service !== undefined && service < limits.servicePercent
      ? [{ what: 'service', percent: service } as const]
      : []),
    ...(abandoned !== undefined && abandoned > limits.abandonedPercent
      ? [{ what: 'abandoned', percent: abandoned } as const]
      : []),
    ...offices
      .filter(({ late }) => late > limits.late)
      .map(({ office, late }): Alert => ({ what: 'late', office: office.name, cases: late })),
  ];
}
