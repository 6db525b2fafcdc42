import { Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { SessionList } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentAdmission, CurrentOperator, type Admission, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { refused } from '../refused.js';
import { RecentLogin } from './recent-login.js';
import { Sessions, type SessionRow } from './sessions.js';

const OTHERS = ['not-found', 'malformed-request', 'not-allowed'] as const;

/** Who is logged in by browser, and from when: one's own sessions, and for administrators those of all. */
@ApiTags('Sessions')
@Controller('api')
export class SessionController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  @Get('sessions')
  @Operation('listSessions', 'One’s own sessions that go on')
  @ApiOkResponse({ type: SessionList, description: 'The last used first' })
  @NeverCached()
  async own(@CurrentAdmission() { operator, by }: Admission): Promise<SessionList> {
    return this.listOf(await this.sessions.ofOperator(operator.administrationId, operator.id), by.id);
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Operation('endSession', 'Ends one of one’s own sessions', {
    id: 'The session',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiNoContentResponse({ description: 'It is over: its next request is refused' })
  async endOwn(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.ended(operator.administrationId, operator.id, id);
  }

  @Get('operators/:id/sessions')
  @Operation('listSessionsOfOperator', 'Sessions of an operator that go on', { id: 'The operator', problems: OTHERS })
  @ApiOkResponse({ type: SessionList, description: 'The last used first' })
  @NeverCached()
  async of(@CurrentAdmission() admission: Admission, @Param('id', ParseUUIDPipe) id: string): Promise<SessionList> {
    const { administrationId } = admission.operator;
    await this.mustExist(administrationId, id);
    return this.listOf(await this.sessions.ofOperator(administrationId, id), admission.by.id);
  }

  @Delete('operators/:id/sessions')
  @HttpCode(204)
  @RecentLogin()
  @Operation('endSessionsOfOperator', 'Ends all sessions of an operator', {
    description: 'They may log in again at once: to keep somebody out, deactivate them.',
    id: 'The operator',
    problems: [...OTHERS, 'step-up-required'],
  })
  @ApiNoContentResponse({ description: 'They are over' })
  async endAll(@CurrentOperator() { administrationId }: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.mustExist(administrationId, id);
    await this.work.run(async manager => ({ ended: await this.sessions.end(manager, administrationId, id) }));
  }

  @Delete('operators/:id/sessions/:session')
  @HttpCode(204)
  @RecentLogin()
  @Operation('endSessionOfOperator', 'Ends one session of an operator', {
    id: 'The operator',
    problems: [...OTHERS, 'step-up-required'],
  })
  @ApiParam({ name: 'session', description: 'The session', schema: { type: 'string', format: 'uuid' } })
  @ApiNoContentResponse({ description: 'It is over: its next request is refused' })
  async end(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('session', ParseUUIDPipe) session: string,
  ): Promise<void> {
    await this.ended(administrationId, id, session);
  }

  private async ended(administrationId: string, operatorId: string, id: string): Promise<void> {
    await this.work.run(async manager => {
      const ended = await this.sessions.end(manager, administrationId, operatorId, id);
      return ended > 0 ? { ended } : refused('not-found', 'There is no such session.');
    });
  }

  private async mustExist(administrationId: string, operatorId: string): Promise<void> {
    const found: unknown[] = await this.dataSource.query(
      'select from operator where id = $1 and administration_id = $2',
      [operatorId, administrationId],
    );
    if (found.length === 0) throw new Problem('not-found', 'There is no such operator.');
  }

  private listOf(rows: readonly SessionRow[], current: string): SessionList {
    return {
      items: rows.map(({ id, beganAt, usedAt, expiresAt, userAgent }) => ({
        id,
        beganAt: beganAt.toISOString(),
        usedAt: usedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        current: id === current,
        ...(userAgent === null ? {} : { userAgent }),
      })),
      most: this.sessions.most,
    };
  }
}
