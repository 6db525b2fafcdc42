import { ConfigurationError, type Host, type Session } from '@filodiretto/channel-kit';
import type { WhatsappSettings } from '../settings.js';

export function openWeb(_config: WhatsappSettings, _host: Host): Session {
  throw new ConfigurationError(['WHATSAPP_DRIVER: web is not built yet']);
}
