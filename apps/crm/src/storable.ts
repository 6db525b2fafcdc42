/** What JSON writes for a NUL or for half a surrogate pair: PostgreSQL stores neither. */
const UNSTORABLE = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

/** The same value, with U+FFFD for each character that PostgreSQL cannot store. The original stays in the raw store. */
export function storable<T>(value: T): T {
  return UNSTORABLE.test(JSON.stringify(value)) ? (cleaned(value) as T) : value;
}

/** The text with U+FFFD for each half of a surrogate pair that stands alone. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

const cleanText = (text: string): string => wellFormed(text.replaceAll('\u0000', '\ufffd'));

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) copy[cleanText(key)] = cleaned(item);
  return copy;
}
