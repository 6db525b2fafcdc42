import { Controller, Get, Header, Inject, Module, type DynamicModule } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  TerminusModule,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { Metrics } from './metrics.js';

/**
 * Something readiness depends on. Resolves when well, to words for a person when it is well enough to go on; throws, in such
 * words, when not.
 */
export interface ReadinessCheck {
  readonly name: string;
  check(): Promise<string | void> | string | void;
}
const CHECKS = Symbol('readiness checks');

/** Answers for machines: of no interest to who reads the document of an API. */
@Controller()
export class HealthController {
  private stopping = false;
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(CHECKS) private readonly checks: readonly ReadinessCheck[],
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @HealthCheck({ swaggerDocumentation: false })
  ready(): Promise<HealthCheckResult> {
    const all = [...this.checks, { name: 'running', check: () => this.refuseWhenStopping() }];
    return this.health.check(
      all.map(one => async () => {
        const indicator = this.indicators.check(one.name);
        try {
          const but = await one.check();
          return but === undefined ? indicator.up() : indicator.up({ but });
        } catch (error) {
          return indicator.down({ because: error instanceof Error ? error.message : String(error) });
        }
      }),
    );
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  measures(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  private refuseWhenStopping(): void {
    if (this.stopping) throw new Error('the process is stopping');
  }
}

/** `/health/live`, `/health/ready` and `/metrics`, the same in every service. */
@Module({})
export class HealthModule {
  static register(metrics: Metrics, checks: readonly ReadinessCheck[]): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        { provide: CHECKS, useValue: checks },
        { provide: Metrics, useValue: metrics },
      ],
      exports: [Metrics],
    };
  }
}
