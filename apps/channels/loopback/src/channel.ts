import type { Channel } from '@filodiretto/channel-kit';
import { LoopbackProvider } from './provider.js';
import { CAPABILITIES } from './send.js';
import { LoopbackSession } from './session.js';
import { LoopbackSettings } from './settings.js';

export { sign, SIGNATURE_HEADER } from './signature.js';

/** The working dummy: every ability of a channel, with a provider that lives inside it. */
export const loopback: Channel<LoopbackSettings> = {
  manifest: { id: 'loopback', name: 'Prova', capabilities: CAPABILITIES },
  config: LoopbackSettings,
  connect: (config, host) =>
    Promise.resolve(new LoopbackSession(config, host, new LoopbackProvider(config.loopbackOutbox))),
};
