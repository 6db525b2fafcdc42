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
  Req,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  DecideRightsRequest,
  IdentifyRequester,
  LiftRestriction,
  ListRightsRequests,
  OpenRightsRequest,
  RightsRequestPage,
  RightsRequestView,
} from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beyondSight } from '../isolation/acting.js';
import { existing, SeenVersion, shown, ToMake } from '../http/asked.js';
import { Download, ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { download } from '../http/download.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { heldPage } from './held-page.js';
import { HeldQuery } from './held.query.js';
import { RightsQuery } from './rights.query.js';
import { Rights } from './rights.js';

const NO_REQUEST = 'There is no such request.';
const NO_CONTACT = 'There is no such contact.';

/** What people ask of what is kept of them. */
@ApiTags('Privacy')
@Controller('api')
export class RightsController {
  constructor(
    @Inject(Rights) private readonly rights: Rights,
    @Inject(RightsQuery) private readonly requests: RightsQuery,
    @Inject(HeldQuery) private readonly held: HeldQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('rights-requests')
  @Operation('listRightsRequests', 'What people asked of what is kept of them', {
    shows: 'found',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: RightsRequestPage, description: 'A page of requests' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListRightsRequests): Promise<RightsRequestPage> {
    return this.requests.list(operator, filter);
  }

  @Get('rights-requests/:id')
  @Operation('getRightsRequest', 'One request, with what its receipt says', {
    shows: 'one',
    id: 'The request',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: RightsRequestView, description: 'The request', headers: ETAG })
  @NeverCached()
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RightsRequestView> {
    return shown(await this.requests.one(operator, id), NO_REQUEST, reply);
  }

  @Post('contacts/:id/rights-requests')
  @Operation('openRightsRequest', 'Writes down what a person asks of what is kept of them', {
    description:
      'It becomes a case of its own, of the kind whose term the law sets: one month, that can be extended once by two.',
    id: 'The contact',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: RightsRequestView, description: 'The request', headers: ETAG })
  @NeverCached()
  async open(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) contact: string,
    @Body() asked: OpenRightsRequest,
    @ToMake() making: Making,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RightsRequestView> {
    const cause = correlationOf(request);
    const { id } = await this.work.make(making, (manager, made) =>
      this.rights.write(manager, operator, contact, made, { ...asked, cause }),
    );
    return this.one(operator, id, reply);
  }

  @Post('rights-requests/:id/identification')
  @HttpCode(200)
  @Operation('identifyRequester', 'Writes down how it became certain who asks', {
    id: 'The request',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'transition-not-allowed',
      'version-required',
      'version-stale',
    ],
  })
  @IfMatch()
  @ApiOkResponse({ type: RightsRequestView, description: 'The request after it', headers: ETAG })
  @NeverCached()
  async identify(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: IdentifyRequester,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RightsRequestView> {
    await this.work.run(manager => this.rights.identify(manager, operator, { id, expectedVersion }, asked.how));
    return this.one(operator, id, reply);
  }

  @Post('rights-requests/:id/decision')
  @HttpCode(200)
  @Operation('decideRightsRequest', 'Decides a request, does what it is about, and ends its case', {
    description:
      'It must be certain who asks before anything is granted. The person is told in writing, or was told in person.',
    id: 'The request',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'not-allowed',
      'transition-not-allowed',
      'channel-cannot',
      'no-reply-address',
      'reply-window-closed',
      'text-too-long',
      'version-required',
      'version-stale',
    ],
  })
  @IfMatch()
  @ApiOkResponse({ type: RightsRequestView, description: 'The request after it', headers: ETAG })
  @NeverCached()
  async decide(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: DecideRightsRequest,
    @SeenVersion() expectedVersion: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RightsRequestView> {
    const cause = correlationOf(request);
    await this.work.run(manager => this.rights.decide(manager, operator, { id, expectedVersion, cause }, asked));
    return this.one(operator, id, reply);
  }

  @Post('contacts/:id/restriction-liftings')
  @HttpCode(204)
  @Operation('liftRestriction', 'Ends the rest of a person’s data', {
    id: 'The contact',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiNoContentResponse({ description: 'Their data are processed again' })
  async lift(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: LiftRestriction,
  ): Promise<void> {
    await this.work.run(manager => this.rights.lift(manager, operator, id, asked.reason));
  }

  @Get('contacts/:id/personal-data')
  @Operation('exportPersonalData', 'Everything that is kept of a person, for a machine', {
    shows: 'file',
    description: 'Addresses, cases, messages, consents, requests, and who looked: by role and office, not by name.',
    id: 'The contact',
    problems: ['not-found', 'malformed-request'],
  })
  @Download('application/json')
  async json(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const held = existing(
      await beyondSight('a person has all that is kept of them', () => this.held.of(administrationId, id)),
      NO_CONTACT,
    );
    const filename = 'dati-personali.json';
    return download(reply, Buffer.from(JSON.stringify(held, null, 2)), { mediaType: 'application/json', filename });
  }

  @Get('contacts/:id/personal-data/page')
  @Operation('readPersonalData', 'Everything that is kept of a person, to be read or printed', {
    shows: 'file',
    id: 'The contact',
    problems: ['not-found', 'malformed-request'],
  })
  @Download('text/html')
  async html(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const held = existing(
      await beyondSight('a person has all that is kept of them', () => this.held.of(administrationId, id)),
      NO_CONTACT,
    );
    return download(reply, Buffer.from(heldPage(held)), { mediaType: 'text/html', filename: 'dati-personali.html' });
  }
}
