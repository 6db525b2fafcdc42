import type { Address, Alias } from '@filodiretto/contracts';
import { given, textOf } from '@filodiretto/channel-kit';

/** The names under which the provider knows one person. The telephone number may be missing, the others too. */
export interface Names {
  readonly waId?: string;
  readonly bsuid?: string;
  readonly parentBsuid?: string;
}

/** `CC.<alphanumeric>`, or `CC.ENT.<alphanumeric>` for linked portfolios. */
const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
const isBsuid = (value: string): boolean => BSUID.test(value);

/** The names said by some fields of the provider; a BSUID written where a number is expected is recognised. */
export function namesOf(phone: unknown, user: unknown, parent: unknown): Names {
  const number = textOf(phone, 512);
  const id = textOf(user, 512);
  return given({
    waId: number !== undefined && !isBsuid(number) ? number : undefined,
    bsuid: id ?? (number !== undefined && isBsuid(number) ? number : undefined),
    parentBsuid: textOf(parent, 512),
  });
}

/** Whether two sets of names share one. */
export const samePerson = (one: Names, other: Names): boolean =>
  (one.bsuid !== undefined && one.bsuid === other.bsuid) || (one.waId !== undefined && one.waId === other.waId);

/** The key of a conversation nothing is remembered of: the number while it is shown, else the id (see `people.ts`). */
export const conversationOf = (names: Names): string | undefined => names.waId ?? names.bsuid ?? names.parentBsuid;

/** The person as an address with all its names; the number first, because people know it. */
export function addressOf(names: Names, displayName?: string): Address | undefined {
  const all: Alias[] = [
    ...(names.waId ? [{ kind: 'wa_id', value: names.waId }] : []),
    ...(names.bsuid ? [{ kind: 'bsuid', value: names.bsuid }] : []),
    ...(names.parentBsuid ? [{ kind: 'parent_bsuid', value: names.parentBsuid }] : []),
  ];
  const [first, ...aliases] = all;
  if (!first) return undefined;
  return given({
    ...first,
    aliases: aliases.length > 0 ? aliases : undefined,
    displayName: textOf(displayName, 300),
    verified: true,
  });
}

/** To whom a message is sent: the number when one is known, else the BSUID. */
export function recipientOf(address: Address): { to: string } | { recipient: string } | undefined {
  const all: readonly Alias[] = [address, ...(address.aliases ?? [])];
  const named = (kind: string) => all.find(alias => alias.kind === kind)?.value;
  const number = named('wa_id') ?? named('phone')?.replace(/^\+/, '');
  if (number !== undefined) return /^\d{5,20}$/.test(number) ? { to: number } : undefined;
  const bsuid = named('bsuid') ?? named('parent_bsuid');
  return bsuid !== undefined && isBsuid(bsuid) ? { recipient: bsuid } : undefined;
}
