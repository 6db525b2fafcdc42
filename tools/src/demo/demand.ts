/** How much citizens ask, hour by hour: percent of a working day, from 8 to 19. */
const DAY_CURVE = [7, 13, 13, 11, 9, 6, 7, 10, 10, 8, 5, 1] as const;
const FIRST_HOUR = 8;
/** Percent of a day in an hour of the night: few write, and nobody is at the desks. */
const NIGHT = 0.25;
/** From Sunday to Saturday. */
const WEEK = [0.05, 1.25, 1.05, 1.0, 1.0, 0.9, 0.3] as const;

/** What a citizen may begin with, and how often: those of the mix that have a channel here. */
const MIX = { call: 58, email: 10, webform: 8, whatsapp: 4, messenger: 2 } as const;
export type Beginning = keyof typeof MIX;

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Rome',
  weekday: 'short',
  hour: 'numeric',
  hourCycle: 'h23',
});
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Contacts in an hour that begins like this one, in Rome, when a middle day has `perDay`. */
export function contactsPerHour(at: Date, perDay: number): number {
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const percent = DAY_CURVE[Number(parts.hour) - FIRST_HOUR] ?? NIGHT;
  return (perDay * percent * (WEEK[DAYS.indexOf(parts.weekday ?? '')] ?? 1)) / 100;
}

/** How a citizen begins, for a number from 0 to 1 drawn by the caller. */
export function beginning(draw: number): Beginning {
  const kinds = Object.keys(MIX) as Beginning[];
  let left = draw * kinds.reduce((sum, kind) => sum + MIX[kind], 0);
  for (const kind of kinds) {
    left -= MIX[kind];
    if (left < 0) return kind;
  }
  return 'call';
}

/** Milliseconds until the next contact of a Poisson process, for a number from 0 to 1 drawn by the caller. */
export const nextAfterMs = (perHour: number, draw: number): number => (-Math.log(1 - draw) / perHour) * 3_600_000;
