import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OfferList, OfferView, RejectOffer } from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Offers } from './offers.js';
import { WorkQuery } from './work.query.js';

@ApiTags('Routing')
@Controller('api/offers')
export class OfferController {
  constructor(
    @Inject(WorkQuery) private readonly works: WorkQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Offers) private readonly offers: Offers,
  ) {}

  @Get()
  @Operation('listOffers', 'What is being offered to the operator', {
    description: 'Each is also told by the stream, as `offer.changed`.',
  })
  @ApiOkResponse({ type: OfferList, description: 'Open offers, the oldest first' })
  @NeverCached()
  mine(@CurrentOperator() operator: Asking): Promise<OfferList> {
    return this.works.offersTo(operator);
  }

  @Post(':id/acceptance')
  @HttpCode(200)
  @Operation('acceptOffer', 'Accepts what is offered: the case is the operator’s', {
    description: 'Accepting twice is accepting once. Too late, or after another was quicker: `offer-over`.',
    id: 'The offer',
    problems: ['not-found', 'not-allowed', 'offer-over', 'transition-not-allowed', 'malformed-request'],
  })
  @ApiOkResponse({ type: OfferView, description: 'The offer' })
  @NeverCached()
  async accept(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
  ): Promise<OfferView> {
    await this.work.run(manager => this.offers.accept(manager, operator, id, correlationOf(request)));
    return this.shown(operator, id);
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Operation('rejectOffer', 'Refuses what is offered: it goes to another, from where it stood in the queue', {
    id: 'The offer',
    problems: ['not-found', 'offer-over', 'invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: OfferView, description: 'The offer' })
  @NeverCached()
  async reject(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: RejectOffer,
  ): Promise<OfferView> {
    await this.work.run(manager => this.offers.reject(manager, operator, id, asked.reason));
    return this.shown(operator, id);
  }

  private async shown(operator: Asking, id: string): Promise<OfferView> {
    return existing(await this.works.offer(operator, id), 'There is no such offer.');
  }
}
