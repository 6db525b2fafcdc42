import { MAILBOX } from '@filodiretto/contracts/model';

interface Named {
  readonly kind: string;
  readonly value: string;
}

/** Digits as people space them. */
const NUMBER = /^\+?[\d ()./-]+$/;

/**
 * One text for all the ways to write the address of one recipient, for bounds on what is sent to them. Coarser than the
 * truth on purpose: many mail servers deliver `a.b+c@x` to `ab@x`, so nobody multiplies a bound by dots and tags.
 */
export function correspondentKey({ kind, value }: Named): string {
  const text = value.normalize('NFKC').trim().toLowerCase();
  const at = text.lastIndexOf('@');
  if (kind !== MAILBOX || at < 1) return `${kind}:${NUMBER.test(text) ? text.replace(/[^\d+]/g, '') : text}`;
  const local = text.slice(0, at).replace(/^"(.*)"$/, '$1');
  const mailbox = local.replace(/(.)\+.*$/, '$1').replaceAll('.', '');
  return `${kind}:${mailbox || local}@${text.slice(at + 1).replace(/\.$/, '')}`;
}
