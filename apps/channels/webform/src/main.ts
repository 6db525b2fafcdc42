import { runChannel } from '@filodiretto/channel-kit';
import { webform } from './channel.js';

await runChannel(webform);
