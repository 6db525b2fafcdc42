import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import type { FlowStep } from './flow.js';

const national = new Holidays('IT');
/** A national holiday again from 2026 (law 151/2025), where the calendar does not know it yet. */
const SAINT_FRANCIS = { day: '10-04', from: 2026 };

/** Whether the office of an `hours` step is open at an instant, on its clock: weekdays, national holidays, patron saint. */
export function isOpen(step: Pick<FlowStep, 'hours' | 'holidays' | 'patron'>, timeZone: string, at: Date): boolean {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  if (step.patron === local.toFormat('MM-dd')) return false;
  if (step.holidays && isNationalHoliday(local)) return false;
  const clock = local.toFormat('HH:mm');
  return (step.hours ?? []).some(({ days, from, to }) => days.includes(local.weekday) && clock >= from && clock < to);
}

function isNationalHoliday({ year, month, day }: DateTime): boolean {
  // Noon in Rome: a holiday is a day, whatever the hour here and the zone of this machine.
  const noon = DateTime.fromObject({ year, month, day, hour: 12 }, { zone: 'Europe/Rome' });
  if (noon.toFormat('MM-dd') === SAINT_FRANCIS.day && year >= SAINT_FRANCIS.from) return true;
  return (national.isHoliday(noon.toJSDate()) || []).some(one => one.type === 'public');
}
