import { runChannel } from '@filodiretto/channel-kit';
import { loopback } from './channel.js';

await runChannel(loopback);
