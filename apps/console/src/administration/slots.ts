import type { Schemas } from '../api/client.js';

type Opening = Schemas['OpeningView'];

/** An interval of opening: of one channel, or of all (no channel). */
export interface Slot extends Opening {
  readonly channel: string;
}

/** Every interval of an office, with the channel it is of. */
export const slotsOf = (hours: readonly Schemas['HoursView'][]): Slot[] =>
  hours.flatMap(({ channel, opening }) => opening.map(one => ({ ...one, channel: channel ?? '' })));

/** The hours as the API takes them: those of a channel together, and a channel that was never open stays so. */
export function hoursOf(slots: readonly Slot[], before: readonly Schemas['HoursView'][]): Schemas['HoursView'][] {
  const shut = before.filter(({ channel, opening }) => channel !== undefined && opening.length === 0);
  const channels = [...new Set(slots.map(({ channel }) => channel))];
  return [
    ...channels.map(channel => ({
      ...(channel === '' ? {} : { channel }),
      opening: slots.filter(one => one.channel === channel).map(({ weekday, from, to }) => ({ weekday, from, to })),
    })),
    ...shut.filter(({ channel }) => !channels.includes(channel ?? '')),
  ];
}
