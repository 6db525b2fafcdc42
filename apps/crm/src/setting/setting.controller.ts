import { Body, Controller, Get, Inject, Patch, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeSettings, SettingsView } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { SeenVersion } from '../http/asked.js';
import { IfMatch, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { etagOf } from '../http/version.js';
import { Settings } from './settings.js';

@ApiTags('Organisation')
@Controller('api/settings')
export class SettingController {
  constructor(
    @Inject(Settings) private readonly settings: Settings,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('getSettings', 'What the administration decided for itself')
  @ApiOkResponse({ type: SettingsView, description: 'What holds now' })
  async one(
    @CurrentOperator() operator: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingsView> {
    return shown(await this.settings.of(operator.administrationId), reply);
  }

  @Patch()
  @Operation('changeSettings', 'Decides for the administration', {
    description: 'What already happened stays as it was; what happens from now on follows it.',
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: SettingsView, description: 'What holds now' })
  async change(
    @CurrentOperator() operator: Asking,
    @Body() asked: ChangeSettings,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettingsView> {
    return shown(await this.work.run(manager => this.settings.change(manager, operator, version, asked)), reply);
  }
}

function shown(view: SettingsView, reply: FastifyReply): SettingsView {
  reply.header('etag', etagOf(view.version));
  return view;
}
