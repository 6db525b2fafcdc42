import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import type { FlowStep } from './flow.js';

const national = new Holidays('IT');

/** Whether the office of an `hours` step is open at an instant, on its clock: weekdays, national holidays, patron saint. */
export function isOpen(step: Pick<FlowStep, 'hours' | 'holidays' | 'patron'>, timeZone: string, at: Date): boolean {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  if (step.patron === local.toFormat('MM-dd')) return false;
  // Noon: a holiday is a day, whatever the hour here.
  const noon = new Date(`${local.toFormat('yyyy-MM-dd')}T12:00:00`);
  if (step.holidays && (national.isHoliday(noon) || []).some(day => day.type === 'public')) return false;
  const clock = local.toFormat('HH:mm');
  return (step.hours ?? []).some(({ days, from, to }) => days.includes(local.weekday) && clock >= from && clock < to);
}
