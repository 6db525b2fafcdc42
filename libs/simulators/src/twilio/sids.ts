import { randomBytes } from 'node:crypto';

/** A new id of the provider: two letters of the kind and 32 hexadecimal digits. */
export const newSid = (kind: 'CA' | 'QU' | 'RE' | 'SM' | 'MM' | 'ME' | 'TR'): string =>
  `${kind}${randomBytes(16).toString('hex')}`;
