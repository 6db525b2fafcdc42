import { Module, type DynamicModule } from '@nestjs/common';
import { HealthModule, type ReadinessCheck } from '@filodiretto/platform';
import { CoreModule, type Parts } from './core.module.js';
import { RestModule } from './rest.module.js';

/** The features of the core. */
@Module({})
export class AppModule {
  static register(parts: Parts, checks: readonly ReadinessCheck[]): DynamicModule {
    return {
      module: AppModule,
      imports: [CoreModule.register(parts), RestModule, HealthModule.register(parts.metrics, checks)],
    };
  }
}
