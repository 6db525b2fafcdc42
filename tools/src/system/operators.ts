import { existsSync, readFileSync } from 'node:fs';

/** An operator of the demonstration, with the token that opens the API. */
export interface Operator {
  readonly name: string;
  readonly office: string;
  readonly token: string;
}

const isOperator = (value: unknown): value is Operator =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'office', 'token'].every(key => typeof (value as Record<string, unknown>)[key] === 'string');

/** The operators that the core wrote in its file. Throws when they cannot be read: nobody could use the API. */
export function operatorsIn(file: string): Operator[] {
  const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const list = Array.isArray(found) ? found : (found as { operators?: unknown } | undefined)?.operators;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isOperator))
    throw new Error(`the core wrote no operators in ${file}`);
  return list.map(({ name, office, token }) => ({ name, office, token }));
}
