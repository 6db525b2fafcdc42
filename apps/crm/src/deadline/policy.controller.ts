import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AdvanceClock,
  ClockView,
  DeadlinePolicies,
  DeadlinePolicyView,
  WriteDeadlinePolicy,
} from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { policyMistakes, type DeadlinePolicy } from '@filodiretto/domain';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { notOurs } from '../case/belonging.js';
import { Clock } from '../clock.js';
import { SeenVersion, shown } from '../http/asked.js';
import { ETAG, IfMatch, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { staleness } from '../office/locked-tree.js';
import { refused, type Refused } from '../refused.js';
import { Policies } from './policies.js';

@ApiTags('Deadlines')
@Controller('api/deadline-policies')
export class PolicyController {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Policies) private readonly policies: Policies,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listDeadlinePolicies', 'What the administration promises, and ever promised')
  @ApiOkResponse({ type: DeadlinePolicies, description: 'Every version' })
  async list(@CurrentOperator() { administrationId }: Asking): Promise<DeadlinePolicies> {
    const { policies } = await this.policies.book(this.dataSource.manager, administrationId);
    return { items: policies.map(viewOf) };
  }

  @Post()
  @Operation('writeDeadlinePolicy', 'Promises something from now on: a new policy, or a new version of one', {
    description:
      'What began under an older version ends under it: nothing that was promised changes. `If-Match` is the last version of its code, `"0"` for a new code.',
    problems: ['invalid-input', 'malformed-request', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiCreatedResponse({ type: DeadlinePolicyView, description: 'The version', headers: ETAG })
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteDeadlinePolicy,
    @SeenVersion() seen: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeadlinePolicyView> {
    return shown(viewOf(await this.work.run(manager => this.add(manager, operator, seen, asked))), '', reply);
  }

  private async add(
    manager: EntityManager,
    operator: Asking,
    seen: number,
    asked: WriteDeadlinePolicy,
  ): Promise<DeadlinePolicy | Refused> {
    const no = await notOurs(manager, operator, { office: asked.office, category: asked.category }, { ended: true });
    if (no) return no;
    await manager.query('select from office where id = $1 for update', [operator.administrationId]);
    const { policies } = await this.policies.book(manager, operator.administrationId);
    const last = policies.filter(one => one.code === asked.code).at(-1);
    const stale = staleness(last?.version ?? 0, seen);
    if (stale) return stale;
    if (last && last.clock !== asked.clock)
      return mistakes([{ pointer: '/clock', detail: `"${asked.code}" is about "${last.clock}"` }]);
    const now = this.clock.instant();
    if (asked.validFrom !== undefined && instant(asked.validFrom) < now)
      return mistakes([{ pointer: '/validFrom', detail: 'must not be in the past: what was promised stays' }]);
    const policy: DeadlinePolicy = {
      id: v7(),
      code: asked.code,
      version: (last?.version ?? 0) + 1,
      name: asked.name,
      clock: asked.clock,
      kinds: asked.kinds ?? null,
      category: asked.category ?? null,
      office: asked.office ?? null,
      onlyByRule: asked.onlyByRule ?? false,
      validFrom: asked.validFrom === undefined ? now : instant(asked.validFrom),
      retired: asked.retired ?? false,
      term: asked.term,
      endsOnWorkingDay: asked.endsOnWorkingDay ?? false,
      warnBefore: asked.warnBefore ?? null,
      legal: asked.legal ?? false,
      suspension: { times: asked.suspension?.times ?? null, days: asked.suspension?.days ?? null },
      extension: asked.extension ?? null,
      effectOnExpiry: asked.effectOnExpiry ?? 'none',
      promised: asked.promised ?? asked.clock === 'resolution',
      ladder: asked.ladder ?? [],
      source: asked.source ?? null,
    };
    const wrong = policyMistakes(policy);
    if (wrong.length > 0) return mistakes(wrong);
    await this.policies.add(manager, operator.administrationId, policy, operator.id);
    return policy;
  }
}

/** The time of a demonstration: moved, never set back; where real people wait there is no such road. */
@ApiTags('Demonstration')
@Controller('api/demonstration/clock')
export class ClockController {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  @Post()
  @HttpCode(200)
  @Operation('advanceClock', 'Moves the time of a demonstration forward', {
    description: 'Every term and every job that waits sees it. In production there is no such thing.',
    problems: ['not-found', 'invalid-input'],
  })
  @ApiOkResponse({ type: ClockView, description: 'What time it is now' })
  async advance(@Body() asked: AdvanceClock): Promise<ClockView> {
    if (!this.clock.mayMove) throw new Problem('not-found', 'Time is not moved here.');
    await this.clock.advance(asked.seconds * 1_000);
    return { now: this.clock.instant() };
  }
}

const mistakes = (errors: { pointer: string; detail: string }[]): Refused => ({
  ...refused('invalid-input', 'The policy cannot be used.'),
  errors,
});

const viewOf = ({ kinds, suspension, ladder, ...policy }: DeadlinePolicy): DeadlinePolicyView => ({
  ...present({ ...policy }),
  ...(kinds === null ? {} : { kinds: [...kinds] }),
  suspension: present({ ...suspension }),
  ladder: ladder.map(step => ({ ...step })),
});
