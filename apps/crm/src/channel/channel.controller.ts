import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChannelList } from '@filodiretto/contracts';
import { Operation } from '../http/documented.js';
import { ChannelRegistry } from './registry.js';

@ApiTags('Channels')
@Controller('api/channels')
export class ChannelController {
  constructor(@Inject(ChannelRegistry) private readonly registry: ChannelRegistry) {}

  @Get()
  @Operation('listChannels', 'The channels that introduced themselves, and what each can do', {
    description:
      'No list of channels exists anywhere: each introduces itself when its process starts. What a capability does not say, the channel cannot do.',
  })
  @ApiOkResponse({ type: ChannelList, description: 'All of them, by id' })
  list(): ChannelList {
    return { items: this.registry.now() };
  }
}
