import { runChannel } from '@filodiretto/channel-kit';
import { whatsapp } from './channel.js';

await runChannel(whatsapp);
