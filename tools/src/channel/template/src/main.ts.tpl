import { runChannel } from '@filodiretto/channel-kit';
import { {{camel}} } from './channel.js';

await runChannel({{camel}});
