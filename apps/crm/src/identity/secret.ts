import { createHash, randomBytes } from 'node:crypto';

/** What a cookie holds: nobody guesses it. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of it. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
