/** A piece of the provider's JSON: nothing is promised of it, fields are added without notice. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The object, or an empty one. */
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {});
/** The objects of a list; nothing when it is no list. */
export const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
/** A text of at least one character, cut to `max` where more would be no use to a person. */
export const textOf = (value: unknown, max = Number.MAX_SAFE_INTEGER): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.slice(0, max) : undefined;
};
/** Unix seconds (a text or a number) as an instant; `otherwise` when it is none. */
export const instantOf = (seconds: unknown, otherwise: string): string => {
  const milliseconds = Number(textOf(seconds)) * 1000;
  return milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : otherwise;
};
/** The same object without the fields that are `undefined`. */
export const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
