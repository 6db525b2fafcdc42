import type { Channel } from '@filodiretto/channel-kit';
import { CAPABILITIES } from './send.js';
import { ChatSession } from './session.js';
import { ChatSettings } from './settings.js';

/** The live chat on the administration's site. There is no provider: the pages speak to this process. */
export const chat: Channel<ChatSettings> = {
  manifest: { id: 'webchat', name: 'Chat', capabilities: { ...CAPABILITIES, opaqueAddressKinds: ['visitor'] } },
  config: ChatSettings,
  connect: (config, host) => Promise.resolve(new ChatSession(config, host)),
};
