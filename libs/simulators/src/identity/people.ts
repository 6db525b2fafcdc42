/** Somebody who can be chosen at the provider. */
export interface Person {
  /** The `sub` of their tokens. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** `false`: the provider never saw that the address is theirs. */
  readonly emailVerified?: boolean;
  /** What they do, in words, and where: shown beside the name. */
  readonly post?: string;
  readonly office?: string;
}

const isPerson = (value: unknown): value is Person =>
  typeof value === 'object' &&
  value !== null &&
  ['subject', 'name', 'email'].every(key => typeof (value as Record<string, unknown>)[key] === 'string');

/** Reads a list of people. Throws, in words, when it is none. */
export function peopleIn(value: unknown): Person[] {
  if (!Array.isArray(value) || !value.every(isPerson))
    throw new TypeError('a list of people is meant, each with subject, name and email');
  return value;
}
