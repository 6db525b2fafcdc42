import { runChannel } from '@filodiretto/channel-kit';
import { facebook } from './channel.js';

await runChannel(facebook);
