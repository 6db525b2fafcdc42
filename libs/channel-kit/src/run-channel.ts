import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bus, connectJetStream } from '@filodiretto/bus';
import {
  armFaultPoint,
  busSettings,
  ConfigurationError,
  createLogger,
  environment,
  HealthModule,
  loadSettings,
  Metrics,
  NestLog,
  openRawStore,
  runService,
  secureHeaders,
  startTelemetry,
  unprotected,
  unreadableAddress,
  workContext,
  type Logger,
} from '@filodiretto/platform';
import { Announcer } from './announce.js';
import { CHECK_LIMITS, checkConnections, secretsIn } from './connections.js';
import type { Channel, Session } from './contract.js';
import { guardedFetch } from './guarded-fetch.js';
import { ChannelHost } from './host.js';
import { MediaFetcher } from './media.js';
import { MemoryNames } from './memory-names.js';
import { CONNECTIONS, Sender, SENDER, senderController, type Connections } from './outbound.js';
import { ChannelSettings, memorySecrets } from './settings.js';
import { ChannelState } from './state.js';
import { serveWebhooks } from './web.js';

/** A channel that runs; `stop` resolves when it has let go of everything. */
export interface RunningChannel {
  readonly url: string;
  stop(): Promise<void>;
}

/** The whole life of a channel's process. Exits with 1, in words for a person, when it cannot start. */
export const runChannel = <Config extends object>(channel: Channel<Config>): Promise<void> =>
  runService(`channel-${channel.manifest.id}`, log => startChannel(channel, environment(), log));

/** Opens the channel, its server, its consumers. Rejects, having closed what it opened, when it cannot. */
export async function startChannel<Config extends object>(
  channel: Channel<Config>,
  env: Readonly<Record<string, string | undefined>>,
  log: Logger = createLogger(`channel-${channel.manifest.id}`),
): Promise<RunningChannel> {
  const [settings, config] = bothSettings(channel, env);
  const inClear = unprotected('PUBLIC_URL', settings.publicUrl, settings.nodeEnv === 'production');
  if (inClear.length > 0) throw new ConfigurationError(inClear);
  log.level = settings.logLevel;
  armFaultPoint(settings.crashAt, settings.nodeEnv);
  const name = `channel-${channel.manifest.id}`;
  const stopTelemetry = await startTelemetry(name, settings.otelExporterOtlpEndpoint);
  const metrics = new Metrics(name);
  const raw = await openRawStore(settings);
  await raw.probe();
  const bus = await Bus.connect({ ...busSettings(settings), name, log, context: workContext });
  const host = new ChannelHost({
    channel: channel.manifest.id,
    partitionKey: settings.partitionKey,
    bus,
    raw,
    state: new ChannelState(bus, new MemoryNames(channel.manifest.id, memorySecrets(settings)), log),
    fetch: guardedFetch(settings.fetchAllowHosts),
    log,
    metrics,
  });
  const session = await channel.connect(config, host);
  const media = new MediaFetcher(host, session, log);
  host.serve(session, media);
  const sender = new Sender(bus, session, host, media, log, metrics);
  const limits = { ...CHECK_LIMITS, secrets: secretsIn(channel.config, config) };
  const announcer = new Announcer(bus, channel.manifest, session, host, log);
  const checks = [
    { name: 'bus', check: () => strategy.check() },
    {
      name: 'channel',
      check: () => {
        if (host.currentTrouble) throw new Error(host.currentTrouble);
      },
    },
  ];
  const app = await NestFactory.create<NestFastifyApplication>(
    ChannelModule.register(metrics, checks, sender, channel.manifest.id, accounts =>
      checkConnections(session, accounts, limits),
    ),
    new FastifyAdapter({
      bodyLimit: settings.maxBodyBytes,
      trustProxy: settings.trustProxy,
      requestTimeout: 60_000,
      connectionTimeout: 70_000,
      frameworkErrors: unreadableAddress(settings.nodeEnv === 'production'),
    }),
    { logger: new NestLog(log), bodyParser: false },
  );
  const strategy = connectJetStream(app, bus, name);
  secureHeaders(app.getHttpAdapter().getInstance(), { https: settings.nodeEnv === 'production' });
  await serveWebhooks(app.getHttpAdapter().getInstance(), session, settings.publicUrl, log);
  await app.startAllMicroservices();
  await media.start();
  await app.listen(settings.port, settings.host);
  await announcer.start();
  const abort = new AbortController();
  const listening = session.listen ? keepListening(session, host, abort.signal, log) : Promise.resolve();
  log.info({ port: settings.port, accounts: session.accounts }, 'the channel runs');
  return {
    url: `http://${settings.host}:${settings.port}`,
    async stop() {
      abort.abort();
      announcer.stop();
      media.close();
      sender.close();
      await app.close();
      await listening;
      await session.close?.();
      await bus.close();
      await stopTelemetry();
    },
  };
}

@Module({})
class ChannelModule {
  static register(
    metrics: Metrics,
    checks: Parameters<typeof HealthModule.register>[1],
    sender: Sender,
    id: string,
    connections: Connections,
  ): DynamicModule {
    return {
      module: ChannelModule,
      imports: [HealthModule.register(metrics, checks)],
      controllers: [senderController(id)],
      providers: [
        { provide: SENDER, useValue: sender },
        { provide: CONNECTIONS, useValue: connections },
      ],
    };
  }
}

function bothSettings<Config extends object>(
  channel: Channel<Config>,
  env: Readonly<Record<string, string | undefined>>,
): [ChannelSettings, Config] {
  const mistakes: string[] = [];
  const read = <T extends object>(type: new () => T): T | undefined => {
    try {
      return loadSettings(type, env);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      mistakes.push(...error.mistakes);
      return undefined;
    }
  };
  const settings = read(ChannelSettings);
  const config = read(channel.config);
  if (!settings || !config) throw new ConfigurationError(mistakes);
  return [settings, config];
}

const LISTEN_WAITS_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
const WELL_AFTER_MS = 60_000;
/** A listener that has not failed for so long hears. */
const HEARS_AFTER_MS = 3_000;

/** Listens for ever: a lost connection is opened again, with back-off and a little chance. */
async function keepListening(session: Session, host: ChannelHost, signal: AbortSignal, log: Logger): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const began = Date.now();
    const well = setTimeout(() => host.trouble(undefined), HEARS_AFTER_MS);
    try {
      await session.listen?.(signal);
      if (signal.aborted) return;
      throw new Error('the channel stopped listening by itself');
    } catch (error) {
      clearTimeout(well);
      if (signal.aborted) return;
      if (Date.now() - began > WELL_AFTER_MS) attempt = 0;
      host.trouble(error instanceof Error ? error.message : String(error));
      log.warn({ err: error, attempt }, 'the channel does not hear: trying again');
      const wait = LISTEN_WAITS_MS[Math.min(attempt, LISTEN_WAITS_MS.length - 1)] ?? 0;
      await pause(wait * (0.8 + Math.random() * 0.4), signal);
    } finally {
      clearTimeout(well);
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
