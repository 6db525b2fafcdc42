import { runChannel } from '@filodiretto/channel-kit';
import { email } from './channel.js';

await runChannel(email);
