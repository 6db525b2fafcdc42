/** Whether it is a day of the calendar, or not said. */
const isDay = (day: string | undefined): boolean => {
  const at = Date.parse(`${day ?? '2000-01-01'}T00:00:00.000Z`);
  return !Number.isNaN(at) && (day === undefined || new Date(at).toISOString().startsWith(day));
};

/** What is wrong with a stretch of days: those that no calendar has. */
export const dayFaults = (query: {
  readonly from?: string;
  readonly to?: string;
}): { pointer: string; detail: string }[] =>
  (['from', 'to'] as const)
    .filter(field => !isDay(query[field]))
    .map(field => ({ pointer: `/${field}`, detail: 'must be a day that exists' }));
