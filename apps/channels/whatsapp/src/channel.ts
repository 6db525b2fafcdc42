import type { Channel } from '@filodiretto/channel-kit';
import { openCloud } from './cloud.js';
import {
  ATTACHMENTS_MAX,
  BUTTON_TITLE_MAX,
  CAPTION_MAX,
  CHOICE_ID_MAX,
  DOCUMENT_BYTES_MAX,
  LIST_ROWS_MAX,
  TEXT_MAX,
} from './limits.js';
import { WhatsappSettings } from './settings.js';

/** WhatsApp: the provider's Cloud API, or a linked device (`WHATSAPP_DRIVER=web`), which is loaded only when chosen. */
export const whatsapp: Channel<WhatsappSettings> = {
  manifest: {
    id: 'whatsapp',
    name: 'WhatsApp',
    capabilities: {
      reply: true,
      initiate: true,
      acknowledge: true,
      text: { maxLength: TEXT_MAX, unit: 'characters' },
      attachments: { max: ATTACHMENTS_MAX, maxBytes: DOCUMENT_BYTES_MAX, mediaTypes: ['*/*'] },
      choices: {
        max: LIST_ROWS_MAX,
        titleMaxLength: BUTTON_TITLE_MAX,
        idMaxLength: CHOICE_ID_MAX,
        textMaxLength: CAPTION_MAX,
      },
      location: true,
      templates: true,
      replyWindow: { hours: 24, templateOutside: true },
      receipts: { sent: true, delivered: true, read: true },
      conversations: 'person',
      addressKinds: ['wa_id'],
      opaqueAddressKinds: ['bsuid', 'parent_bsuid', 'lid'],
    },
  },
  config: WhatsappSettings,
  async connect(config, host) {
    if (config.whatsappDriver === 'cloud') return openCloud(config, host);
    const { openWeb } = await import('./web/session.js');
    return openWeb(config, host);
  },
};
