import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { ChannelList, CheckConnections, ConnectionReport } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { TokenBuckets } from '../http/token-buckets.js';
import { Trail } from '../trail/trail.js';
import { Connections } from './connections.js';
import { ChannelRegistry } from './registry.js';

const SILENT_RETRY_S = 15;

@ApiTags('Channels')
@Controller('api/channels')
export class ChannelController {
  /** Each check is a call to a provider, which counts them. */
  private readonly pace = new TokenBuckets({ perSecond: 1 / 5, burst: 5 });

  constructor(
    @Inject(ChannelRegistry) private readonly registry: ChannelRegistry,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get()
  @Operation('listChannels', 'The channels that introduced themselves, and what each can do', {
    description:
      'No list of channels exists anywhere: each introduces itself when its process starts. What a capability does not say, the channel cannot do.',
  })
  @ApiOkResponse({ type: ChannelList, description: 'All of them, by id' })
  list(): ChannelList {
    return { items: this.registry.now() };
  }

  @Post(':channel/connection-checks')
  @HttpCode(200)
  @Operation('checkConnections', 'Asks the providers of a channel, now, whether its accounts are connected', {
    description:
      'The channel logs in and asks, account by account and side by side, within twenty seconds; nothing is sent and nothing is kept. Only accounts of one’s own administration are asked about. No answer holds a secret. A channel whose process does not answer is a 503.',
    problems: ['not-found', 'invalid-input', 'malformed-request'],
  })
  @ApiParam({ name: 'channel', description: 'The channel', schema: { type: 'string', maxLength: 40 } })
  @ApiOkResponse({ type: ConnectionReport, description: 'What each side of each account answered' })
  @NeverCached()
  async check(
    @CurrentOperator() operator: Asking,
    @Param('channel') channel: string,
    @Body() { account }: CheckConnections,
  ): Promise<ConnectionReport> {
    const wait = this.pace.take(JSON.stringify([operator.administrationId, channel]));
    if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
    const checked = await this.connections.check(operator.administrationId, channel, account);
    if (checked === 'no channel') throw new Problem('not-found', 'No channel of this name has introduced itself.');
    if (checked === 'no account') throw new Problem('not-found', 'The channel serves no such account of yours.');
    // Also a channel that did not answer was looked at.
    await this.trail.write(undefined, {
      operator,
      operation: 'checkConnections',
      act: 'looked',
      subjectKind: 'channels',
      fields: [channel],
    });
    if (checked === 'silent')
      throw new Problem('temporarily-unavailable', 'The process of this channel does not answer.', {
        retryAfter: SILENT_RETRY_S,
      });
    return checked;
  }
}
