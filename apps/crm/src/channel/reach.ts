import type { Address, ChannelAnnouncement } from '@filodiretto/contracts';

/** What is wanted of a channel that writes first. */
export type Ability = 'reply' | 'dial';

export interface Reached {
  readonly channel: string;
  readonly account: string;
  readonly address: Address;
}

/**
 * The first address that a channel which introduced itself can write to, or call, without having been written to. The
 * channels come with the accounts of one administration alone (`Administrations.ownAccounts`).
 */
export function reach(
  channels: readonly ChannelAnnouncement[],
  addresses: readonly Address[],
  ability: Ability,
): Reached | undefined {
  for (const address of addresses)
    for (const { manifest, accounts } of channels) {
      const { initiate, addressKinds, dial, text } = manifest.capabilities;
      const able = initiate && addressKinds?.includes(address.kind) && (ability === 'dial' ? dial : text);
      if (able && accounts[0] !== undefined) return { channel: manifest.id, account: accounts[0], address };
    }
  return undefined;
}
