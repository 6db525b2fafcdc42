import { existsSync, readFileSync } from 'node:fs';
import { introduce, tokenOf } from '../identity/identity-provider.js';

/** An operator of the demonstration, with an access token that opens the API for a day. */
export interface Operator {
  readonly name: string;
  /** As they are chosen at the identity provider. */
  readonly person: string;
  readonly office: string;
  readonly role: string;
  readonly token: string;
}

/** One as the core wrote them in its file. */
interface Written {
  readonly name: string;
  readonly office: string;
  readonly role: string;
  readonly subject: string;
  readonly email: string;
}

const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'office', 'role', 'subject', 'email'].every(
    key => typeof (value as Record<string, unknown>)[key] === 'string',
  );

/**
 * The operators that the core wrote in its file, made known at the identity provider, each with a token of it. Throws when
 * they cannot be read: nobody could use the API.
 */
export async function operatorsIn(file: string, issuer: string): Promise<Operator[]> {
  const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const list = (found as { operators?: unknown } | undefined)?.operators;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isWritten))
    throw new Error(`the core wrote no operators in ${file}`);
  await introduce(issuer, list);
  return Promise.all(
    list.map(async ({ name, office, role, subject }) => ({
      name,
      person: subject,
      office,
      role,
      token: await tokenOf(issuer, subject),
    })),
  );
}
