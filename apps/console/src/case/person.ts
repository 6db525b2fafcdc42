import type { TFunction } from 'i18next';
import type { Schemas } from '../api/client.js';

type Address = Pick<Schemas['ContactAddressView'], 'displayName' | 'kind' | 'value'>;

interface Person {
  readonly name?: string | undefined;
  /** Where they are reached, of whom nobody knows the name. */
  readonly address?: string | undefined;
  /** What sort of address that is; absent: it is what they call themselves. */
  readonly addressKind?: string | undefined;
  readonly addresses?: readonly Address[];
}

/** Kinds of address that are numbers of a provider, each with how its channel calls itself. */
export type Opaque = Readonly<Record<string, string>>;

/** Which kinds of address nobody is called by, as the channels say of themselves. */
export const opaqueKinds = (channels: readonly Schemas['ChannelView'][]): Opaque =>
  Object.fromEntries(
    channels.flatMap(({ manifest: { name, capabilities } }) =>
      (capabilities.opaqueAddressKinds ?? []).map(kind => [kind, name] as const),
    ),
  );

/**
 * An address as people write it: a number of the whole world, which a provider gives without its sign, has that. No number within Italy
 * has as many digits, and one that somebody wrote at the desk stays as it was written. Undefined where it says nothing to anybody.
 */
export function addressShown({ kind, value, displayName }: Address, opaque: Opaque): string | undefined {
  if (opaque[kind] !== undefined) return displayName;
  return /^[1-9]\d{10,14}$/.test(value) ? `+${value}` : value;
}

/** What a person is called everywhere: their name, else the name they show, else where they are reached, unless that is a provider's number. */
export function personName(t: TFunction, person: Person, opaque: Opaque = {}): string {
  const { name, address, addressKind = '', addresses = [] } = person;
  const shown = addresses.find(({ displayName, kind }) => displayName !== undefined || opaque[kind] === undefined);
  const reached =
    shown ??
    (address !== undefined && opaque[addressKind] === undefined ? { kind: addressKind, value: address } : undefined);
  const told = name ?? shown?.displayName ?? (reached && addressShown(reached, opaque));
  const channel = opaque[addresses[0]?.kind ?? addressKind];
  return told ?? (channel === undefined ? t('contact.unnamed') : t('contact.from', { channel }));
}

/** Whose a case is, by what the case itself tells. */
export const citizenOf = ({ contact, conversations }: Schemas['CaseView']): Person => ({
  ...contact,
  addresses: conversations.filter(({ internal }) => internal !== true).map(({ address }) => address),
});

/** Who wrote a message, by what it and its case tell. */
export const writerOf = ({ address }: Schemas['MessageView'], { contact }: Schemas['CaseView']): Person => ({
  name: address.displayName ?? contact?.name,
  addresses: [address],
});

/** The names of the channels that reach a kind of address, by what they say of themselves; undefined where none does. */
export const channelsOfKind = (kind: string, channels: readonly Schemas['ChannelView'][]): string | undefined =>
  channels
    .filter(({ manifest: { capabilities } }) =>
      [capabilities.addressKinds, capabilities.opaqueAddressKinds].some(kinds => kinds?.includes(kind)),
    )
    .map(({ manifest }) => manifest.name)
    .join(' · ') || undefined;
