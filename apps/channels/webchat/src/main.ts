import { runChannel } from '@filodiretto/channel-kit';
import { chat } from './channel.js';

await runChannel(chat);
