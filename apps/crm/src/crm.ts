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
import { BusyDataSource, dataSourceOptions, MachineDataSource, migrate, peopleDataSource } from './data-source.js';
import { seedDemonstration } from './demonstration/seed.js';
import { isConflict, isSystemFault, wordsOf } from './faults.js';
import { prepareHttp } from './http/prepare.js';
import { IdentityProvider } from './identity/identity-provider.js';
import { asMachine } from './isolation/acting.js';
import { loginIsMighty } from './isolation/roles.js';
import { Jobs } from './job/jobs.js';
import { ensureAdministration } from './office/first-administration.js';
import { Relay } from './outbox/relay.js';
import { mistakesInProviders } from './own-data/citizen-provider-setting.js';
import { CitizenProviders } from './own-data/citizen-providers.js';
import { CrmSettings } from './settings.js';
import { Refusals } from './trail/refusals.js';

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
  const inClear = [
    ...unprotected('PUBLIC_URL', settings.publicUrl, production),
    ...unprotected('CITIZEN_PAGES_URL', settings.citizenPagesUrl, production),
    ...mistakesInProviders(settings.citizenProviders, {
      production,
      ...(settings.citizenKey === undefined ? {} : { key: settings.citizenKey }),
      ...(settings.citizenPagesUrl === undefined ? {} : { pages: settings.citizenPagesUrl }),
    }),
  ];
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
    await migrateAsOwner(settings, production, log);
    const broke = connectionBroke(log);
    const machines = await open(MachineDataSource.of(settings.databaseUrl, settings.databasePool, broke));
    closing.push(() => machines.destroy());
    const people = await open(
      peopleDataSource(settings.databasePeopleUrl ?? settings.databaseUrl, settings.databasePool, machines, broke),
    );
    closing.push(() => people.destroy());
    const busy = await open(BusyDataSource.of(settings.databaseUrl, broke));
    closing.push(() => busy.destroy());
    if (production && (await loginIsMighty(machines.manager))) log.warn(MIGHTY);
    const clock = await Clock.of(machines, settings.demonstration || settings.nodeEnv === 'test');
    await ensureAdministration(machines, settings.administrationName, settings.demonstration);
    const bus = await Bus.connect({ ...busSettings(settings), name: SERVICE, log, context: workContext });
    closing.push(() => bus.close());

    const checks: ReadinessCheck[] = [
      { name: 'database', check: async () => void (await machines.query('select 1')) },
      { name: 'bus', check: () => strategy.check() },
      { name: 'jobs', check: () => app.get(Jobs).check() },
      { name: 'identity', check: () => app.get(IdentityProvider).check() },
      ...(settings.citizenProviders.length > 0
        ? [{ name: 'citizens', check: () => app.get(CitizenProviders).check() }]
        : []),
    ];
    // What begins here goes on as the core's own work; requests begin as nobody's (`prepareHttp`).
    const app = await NestFactory.create<NestFastifyApplication>(
      AppModule.register({ settings, clock, people, machines, busy, bus, raw, metrics, log }, checks),
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
    const refusals = app.get(Refusals);
    // Its page needs a package that jest cannot load.
    prepareHttp(app, log, passes, {
      docs: settings.nodeEnv !== 'test',
      https: production,
      ...(settings.consoleDir === undefined ? {} : { console: settings.consoleDir }),
      tiles: settings.consoleTiles,
      answered: (request, status) => refusals.answered(request, status),
    });
    await asMachine('the work of the core', () => app.init());
    if (settings.demonstration) await seedDemonstration(machines, { app, file: settings.demonstrationFile });
    app.get(Relay).nudge();
    await asMachine('what channels say', () => app.startAllMicroservices());
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

/** Whether the same request may succeed in a moment: the database is away, or two met in it once too often. */
const passes = (fault: unknown): boolean => isSystemFault(fault) || isConflict(fault);

const OPEN_TRIES = 20;

const MIGHTY =
  'the login of DATABASE_URL owns the tables or is above row-level security: what ran as its role could put the role down. ' +
  'Give the owner in DATABASE_OWNER_URL, and in DATABASE_URL a login that owns nothing (docs/operations.md)';

/** Brings the schema up to date as who owns it, and lets go of that login. A database that is just starting is waited for. */
async function migrateAsOwner(
  { databaseUrl, databaseOwnerUrl }: CrmSettings,
  production: boolean,
  log: Logger,
): Promise<void> {
  const owner = await openDatabase(databaseOwnerUrl ?? databaseUrl, log);
  try {
    if (production) await refuseUnsafeDatabase(owner);
    await migrate(owner);
  } finally {
    await owner.destroy();
  }
}

async function openDatabase(url: string, log: Logger): Promise<DataSource> {
  const dataSource = new DataSource({
    ...dataSourceOptions(url, OWNER_SESSIONS),
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
/** One holds the migrations' lock while others migrate. */
const OWNER_SESSIONS = 4;

const open = async <T extends DataSource>(dataSource: T): Promise<T> => {
  await dataSource.initialize();
  return dataSource;
};

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
