import { loadSettings } from '@filodiretto/platform';
import type { Channel, Session } from '../contract.js';
import { MemoryHost, type MemoryHostOptions } from './memory-host.js';

/** A channel at work in a house of memory. */
export interface OpenChannel {
  readonly host: MemoryHost;
  readonly session: Session;
}

/** Checks the configuration and opens the channel, as its process does at start. Rejects with `ConfigurationError`. */
export async function openChannel<Config extends object>(
  channel: Channel<Config>,
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<MemoryHostOptions, 'channel'> = {},
): Promise<OpenChannel> {
  const host = new MemoryHost({ ...options, channel: channel.manifest.id });
  const session = await channel.connect(loadSettings(channel.config, env), host);
  host.serve(session);
  return { host, session };
}
