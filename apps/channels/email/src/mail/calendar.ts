import ICAL from 'ical.js';
import { clean, cleanLine, decodeText } from './charset.js';

export interface Invitation {
  readonly method: string;
  readonly summary: string;
  readonly startsAt: string | undefined;
}

/** What an invitation says (RFC 5546); `undefined` when it cannot be read as one. */
export const invitationIn = (bytes: Uint8Array, declaredMethod: string | undefined): Invitation | undefined => {
  try {
    const calendar = new ICAL.Component(ICAL.parse(clean(decodeText(bytes))) as unknown[]);
    const event = ['vevent', 'vtodo', 'vfreebusy']
      .map(name => calendar.getFirstSubcomponent(name))
      .find(one => one !== null);
    if (!event) return undefined;
    const starts = event.getFirstPropertyValue('dtstart');
    const method = calendar.getFirstPropertyValue('method') ?? declaredMethod ?? 'PUBLISH';
    return {
      method: cleanLine(String(method), 40).toUpperCase() || 'PUBLISH',
      summary: cleanLine(String(event.getFirstPropertyValue('summary') ?? ''), 1_000),
      startsAt: starts === null || starts === undefined ? undefined : cleanLine(String(starts), 64) || undefined,
    };
  } catch {
    return undefined;
  }
};
