import { Inject, Injectable } from '@nestjs/common';
import { Bus } from '@filodiretto/bus';
import { OfferChanged } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { LOG } from '../log.js';
import { News } from './news.js';

/** What is offered and what became of it, by operator. The offers themselves are in the API. */
@Injectable()
export class OfferNews extends News<OfferChanged> {
  constructor(@Inject(Bus) bus: Bus, @Inject(LOG) log: Logger) {
    super(bus, log, 'crm.event.offer.>', OfferChanged, change => change.operator);
  }
}
