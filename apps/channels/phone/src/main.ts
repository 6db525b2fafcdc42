import { runChannel } from '@filodiretto/channel-kit';
import { phone } from './channel.js';

await runChannel(phone);
