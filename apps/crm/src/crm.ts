import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bus, connectJetStream } from '@filodiretto/bus';
import {
  armFaultPoint,
  busSettings,
  ConfigurationError,
  createLogger,
  environment,
  loadSettings,
  Metrics,
  NestLog,
  openRawStore,
  runService,
  startTelemetry,
  unprotected,
  unreadableAddress,
  workContext,
  type Logger,
  type ReadinessCheck,
} from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { Clock } from './clock.js';
import { BusyDataSource, dataSourceOptions, migrate } from './data-source.js';
import { seedDemonstration } from './demonstration/seed.js';
import { isSystemFault, wordsOf } from './faults.js';
import { prepareHttp } from './http/prepare.js';
import { IdentityProvider } from './identity/identity-provider.js';
import { Jobs } from './job/jobs.js';
import { ensureAdministration } from './office/first-administration.js';
import { Relay } from './outbox/relay.js';
import { CrmSettings } from './settings.js';

const SERVICE = 'crm';

/** The core that runs; `stop` resolves when it has let go of everything. */
export interface RunningCrm {
  readonly url: string;
  readonly app: NestFastifyApplication;
  stop(): Promise<void>;
}

/** The whole life of the process. Exits with 1, in words for a person, when it cannot start. */
export const runCrm = (): Promise<void> => runService(SERVICE, log => startCrm(environment(), log));

/** Migrates, opens the bus, takes in, answers. Rejects, having closed what it opened, when it cannot. */
export async function startCrm(
  env: Readonly<Record<string, string | undefined>>,
  log: Logger = createLogger(SERVICE),
): Promise<RunningCrm> {
  const settings = loadSettings(CrmSettings, env);
  const production = settings.nodeEnv === 'production';
  if (production && settings.demonstration)
    throw new ConfigurationError(['DEMONSTRATION: an invented city is refused in production']);
  if (production && !settings.oidcIssuer.startsWith('https://'))
    throw new ConfigurationError(['OIDC_ISSUER: in production the identity provider is reached by https']);
  const inClear = unprotected('PUBLIC_URL', settings.publicUrl, production);
  if (inClear.length > 0) throw new ConfigurationError(inClear);
  const noAddress = settings.securityContact.filter(contact => !/^(mailto|https|tel):\S+$/.test(contact));
  if (noAddress.length > 0)
    throw new ConfigurationError(
      noAddress.map(contact => `SECURITY_CONTACT: ${contact} is no address to write to or to call`),
    );
  log.level = settings.logLevel;
  armFaultPoint(settings.crashAt, settings.nodeEnv);
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    closing.push(await startTelemetry(SERVICE, settings.otelExporterOtlpEndpoint));
    const metrics = new Metrics(SERVICE);
    const raw = await openRawStore(settings);
    await raw.probe();
    const dataSource = await openDatabase(settings, log);
    closing.push(() => dataSource.destroy());
    if (production) await refuseUnsafeDatabase(dataSource);
    await migrate(dataSource);
    const busy = BusyDataSource.of(settings.databaseUrl, connectionBroke(log));
    await busy.initialize();
    closing.push(() => busy.destroy());
    const clock = await Clock.of(dataSource, settings.demonstration || settings.nodeEnv === 'test');
    await ensureAdministration(dataSource, settings.administrationName, settings.demonstration);
    const bus = await Bus.connect({ ...busSettings(settings), name: SERVICE, log, context: workContext });
    closing.push(() => bus.close());

    const checks: ReadinessCheck[] = [
      { name: 'database', check: async () => void (await dataSource.query('select 1')) },
      { name: 'bus', check: () => strategy.check() },
      { name: 'jobs', check: () => app.get(Jobs).check() },
      { name: 'identity', check: () => app.get(IdentityProvider).check() },
    ];
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.register({ settings, clock, dataSource, busy, bus, raw, metrics, log }, checks),
      new FastifyAdapter({
        trustProxy: settings.trustProxy,
        requestTimeout: 60_000,
        bodyLimit: 2_000_000,
        frameworkErrors: unreadableAddress(production),
      }),
      { logger: new NestLog(log) },
    );
    closing.push(() => app.close());
    const strategy = connectJetStream(app, bus, SERVICE);
    // Its page needs a package that jest cannot load.
    prepareHttp(app, log, isSystemFault, { docs: settings.nodeEnv !== 'test', https: production });
    await app.init();
    if (settings.demonstration) await seedDemonstration(dataSource, { app, file: settings.demonstrationFile });
    app.get(Relay).nudge();
    await app.startAllMicroservices();
    await app.listen(settings.port, settings.host);
    log.info({ port: settings.port }, 'the core runs');
    return { url: await app.getUrl(), app, stop: close };
  } catch (error) {
    await close().catch((also: unknown) => log.warn({ err: also }, 'not everything could be closed'));
    throw error;
  }
}

const connectionBroke =
  (log: Logger) =>
  (error: unknown): void =>
    log.warn({ because: wordsOf(error) }, 'a connection to the database broke');

const OPEN_TRIES = 20;

/** A database that is just starting is waited for. */
async function openDatabase({ databaseUrl, databasePool }: CrmSettings, log: Logger): Promise<DataSource> {
  const dataSource = new DataSource({
    ...dataSourceOptions(databaseUrl, databasePool),
    poolErrorHandler: connectionBroke(log),
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.initialize();
    } catch (error) {
      if (!isSystemFault(error) || attempt === OPEN_TRIES) throw error;
      log.warn({ attempt, because: wordsOf(error) }, 'the database does not answer yet');
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
}

/** Throws when what PostgreSQL acknowledges may be lost with the power. */
async function refuseUnsafeDatabase(dataSource: DataSource): Promise<void> {
  const rows: { name: string; setting: string }[] = await dataSource.query(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
  );
  if (rows.length > 0)
    throw new Error(
      `production does not start on this PostgreSQL: ${rows.map(row => `${row.name} is off`).join('; ')}`,
    );
}
