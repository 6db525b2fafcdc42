import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DiscardParked, ListParked, ParkedPage, ParkedView, ReleaseAttachment } from '@filodiretto/contracts';
import { BlobMissing, Problem, RawStore } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { refuseHeld } from '../attachment/attachment.controller.js';
import { Screening } from '../attachment/screening.js';
import { existing } from '../http/asked.js';
import { Download, NeverCached, Operation } from '../http/documented.js';
import { download } from '../http/download.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted } from '../http/unit-of-work.js';
import { ParkedQuery } from './parked.query.js';
import { Quarantine } from './quarantine.js';

const NOT_SEEN = 'Who sees the case that it is of decides about it.';

@ApiTags('Parked items')
@Controller('api/parked-items')
export class ParkedController {
  constructor(
    @Inject(ParkedQuery) private readonly parked: ParkedQuery,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(RawStore) private readonly store: RawStore,
    @Inject(Screening) private readonly screening: Screening,
  ) {}

  @Get()
  @Operation('listParked', 'What could not be taken in by itself, the oldest first', { problems: ['invalid-input'] })
  @ApiOkResponse({ type: ParkedPage, description: 'A page of parked items' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListParked): Promise<ParkedPage> {
    return this.parked.list(operator, filter);
  }

  @Get(':id')
  @Operation('getParked', 'One parked item', {
    shows: 'one',
    id: 'The parked item',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ParkedView, description: 'The parked item' })
  @NeverCached()
  one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<ParkedView> {
    return this.shown(operator, id);
  }

  @Get(':id/original')
  @Operation('getParkedOriginal', 'The original of a parked item, as plain text', {
    shows: 'one',
    description:
      'Whatever it is, it comes as plain text to keep: nothing of it runs. What the scanner refuses is not given.',
    id: 'The parked item',
    problems: ['not-found', 'not-allowed', 'malformed-request'],
  })
  @Download('text/plain')
  async original(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const found = await this.parked.original(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such original.');
    try {
      const bytes = await this.store.open(found);
      if (!found.released) refuseHeld(await this.screening.ofParked({ id, held: found.held }, bytes));
      return download(reply, bytes, { mediaType: 'text/plain', filename: `${id}.txt` });
    } catch (fault) {
      if (fault instanceof BlobMissing) throw new Problem('not-found', 'Its bytes are no longer kept.');
      throw fault;
    }
  }

  @Post(':id/original/releases')
  @HttpCode(200)
  @Operation('releaseParkedOriginal', 'Lets the original of a parked item be opened although the scanner refuses it', {
    description: 'It is held once somebody asked for it in vain. It still comes as plain text.',
    id: 'The parked item',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'],
  })
  @ApiOkResponse({ type: ParkedView, description: 'The parked item after it' })
  @NeverCached()
  async releaseOriginal(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReleaseAttachment,
  ): Promise<ParkedView> {
    if ((await this.shown(operator, id)).withheld) throw new Problem('not-allowed', NOT_SEEN);
    granted(await this.quarantine.release(id, { by: operator.id, reason }));
    return this.shown(operator, id);
  }

  @Post(':id/retries')
  @HttpCode(200)
  @Operation('retryParked', 'Tries a parked item again', {
    description:
      'When it fails again it still waits, with the new reason. What is doubtful and of a case that you do not see is for who sees it.',
    id: 'The parked item',
    problems: ['not-found', 'malformed-request', 'not-allowed'],
  })
  @ApiOkResponse({ type: ParkedView, description: 'The parked item after it' })
  @NeverCached()
  async retry(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<ParkedView> {
    const { kind, withheld } = await this.shown(operator, id);
    if (kind === 'doubtful' && withheld) throw new Problem('not-allowed', NOT_SEEN);
    granted(await this.quarantine.retry(id, operator.id));
    return this.shown(operator, id);
  }

  @Post(':id/discards')
  @HttpCode(200)
  @Operation('discardParked', 'Puts a parked item away for good, for a reason', {
    description: 'Its original stays. What is of a case that you do not see is for who sees it.',
    id: 'The parked item',
    problems: ['not-found', 'malformed-request', 'invalid-input', 'not-allowed'],
  })
  @ApiOkResponse({ type: ParkedView, description: 'The parked item after it' })
  @NeverCached()
  async discard(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: DiscardParked,
  ): Promise<ParkedView> {
    if ((await this.shown(operator, id)).withheld) throw new Problem('not-allowed', NOT_SEEN);
    granted(await this.quarantine.discard(id, { by: operator.id, reason: asked.reason }));
    return this.shown(operator, id);
  }

  private async shown(operator: Asking, id: string): Promise<ParkedView> {
    return existing(await this.parked.one(operator, id), 'There is no such parked item.');
  }
}
