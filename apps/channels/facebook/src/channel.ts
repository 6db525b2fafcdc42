import { ConfigurationError, type Channel } from '@filodiretto/channel-kit';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENTS_MAX,
  QUESTION_MAX,
  QUICK_REPLIES_MAX,
  QUICK_REPLY_PAYLOAD_MAX,
  QUICK_REPLY_TITLE_MAX,
  TEXT_MAX,
} from './limits.js';
import { FacebookSession } from './session.js';
import { FacebookSettings } from './settings.js';

/** Facebook: the private messages of a page, and what is written in public under its posts or about it. */
export const facebook: Channel<FacebookSettings> = {
  manifest: {
    id: 'facebook',
    name: 'Facebook',
    capabilities: {
      reply: true,
      acknowledge: true,
      text: { maxLength: TEXT_MAX, unit: 'characters' },
      attachments: { max: ATTACHMENTS_MAX, maxBytes: ATTACHMENT_BYTES_MAX, mediaTypes: ['*/*'] },
      choices: {
        max: QUICK_REPLIES_MAX,
        titleMaxLength: QUICK_REPLY_TITLE_MAX,
        idMaxLength: QUICK_REPLY_PAYLOAD_MAX,
        textMaxLength: QUESTION_MAX,
      },
      replyWindow: { hours: 24, humanHours: 168 },
      receipts: { sent: true, delivered: true, read: true },
      public: true,
      conversations: 'person',
      addressKinds: ['psid'],
      opaqueAddressKinds: ['psid', 'facebook_user', 'page'],
    },
  },
  config: FacebookSettings,
  connect(config, host) {
    if (config.facebookPages.length === 0)
      return Promise.reject(new ConfigurationError(['FACEBOOK_PAGES: names no page']));
    return Promise.resolve(new FacebookSession(config, host));
  },
};
