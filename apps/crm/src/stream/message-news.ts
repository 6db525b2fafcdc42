import { Inject, Injectable } from '@nestjs/common';
import { Bus } from '@filodiretto/bus';
import { MessageChanged } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { LOG } from '../log.js';
import { News } from './news.js';

/** How far outgoing messages have come, by administration. */
@Injectable()
export class MessageNews extends News<MessageChanged> {
  constructor(@Inject(Bus) bus: Bus, @Inject(LOG) log: Logger) {
    super(bus, log, 'crm.event.message.>', MessageChanged, change => change.administration);
  }
}
