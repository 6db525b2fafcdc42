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
  return at(new MemoryHost({ ...options, channel: channel.manifest.id }), channel, env);
}

/** The same channel started again, with other settings, in the house where it was at work: what is kept and remembered there stays. */
export const reopenChannel = <Config extends object>(
  { host }: OpenChannel,
  channel: Channel<Config>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenChannel> => at(host, channel, env);

async function at<Config extends object>(
  host: MemoryHost,
  channel: Channel<Config>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenChannel> {
  const session = await channel.connect(loadSettings(channel.config, env), host);
  host.serve(session);
  return { host, session };
}
