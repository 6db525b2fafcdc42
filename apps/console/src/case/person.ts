import type { TFunction } from 'i18next';
import type { Schemas } from '../api/client.js';

interface Person {
  readonly name?: string | undefined;
  /** Where they are reached, of whom nobody knows the name. */
  readonly address?: string | undefined;
  readonly addresses?: readonly Pick<Schemas['ContactAddressView'], 'displayName' | 'value'>[];
}

/** What a person is called everywhere: their name, else the name they show, else where they are reached. */
export function personName(t: TFunction, { name, address, addresses: [first] = [] }: Person): string {
  return name ?? first?.displayName ?? first?.value ?? address ?? t('contact.unnamed');
}

/** What the person of a case is called, by what the case itself tells. */
export const citizenName = (t: TFunction, { contact, conversations }: Schemas['CaseView']): string =>
  personName(t, {
    ...contact,
    addresses: conversations.filter(({ internal }) => internal !== true).map(({ address }) => address),
  });

/** The names of the channels that reach a kind of address, by what they say of themselves; undefined where none does. */
export const channelsOfKind = (kind: string, channels: readonly Schemas['ChannelView'][]): string | undefined =>
  channels
    .filter(({ manifest }) => manifest.capabilities.addressKinds?.includes(kind))
    .map(({ manifest }) => manifest.name)
    .join(' · ') || undefined;
