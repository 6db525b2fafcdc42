import 'reflect-metadata';
import multipart from '@fastify/multipart';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ConfigurationError,
  CorrelationInterceptor,
  createLogger,
  environment,
  HealthModule,
  keysOf,
  loadSettings,
  mapOf,
  Metrics,
  NestLog,
  runService,
  secureHeaders,
  startTelemetry,
  unprotected,
  unreadableAddress,
  type Logger,
} from '@filodiretto/platform';
import { Drafts } from './draft/drafts.js';
import { Seal } from './draft/seal.js';
import { Surroundings } from './http/around.js';
import { AssistanceController } from './http/assistance.controller.js';
import { Assets } from './http/assets.js';
import { Cookies } from './http/cookies.js';
import { FaultPages, Foreign } from './http/faults.js';
import { FollowController } from './http/follow.controller.js';
import { Doors } from './http/forms.js';
import { HomeController } from './http/home.controller.js';
import { isForeign, policyFor } from './http/page.js';
import { AccessibilityController } from './http/accessibility.controller.js';
import { OwnDataController } from './http/own-data.controller.js';
import { ProofController } from './http/proof.controller.js';
import { ReportController } from './http/report.controller.js';
import { WidgetController } from './http/widget.controller.js';
import { READ } from './http/uploads.js';
import { PortalSettings } from './settings.js';

const SERVICE = 'portal';
/** All the files of one page together, with what stands around them. */
const MAX_BODY = 60_000_000;

/** The citizens' pages that run; `stop` resolves when they have let go of everything. */
export interface RunningPortal {
  readonly url: string;
  stop(): Promise<void>;
}

@Module({})
class PortalModule {
  static register(parts: {
    readonly settings: PortalSettings;
    readonly cookies: Cookies;
    readonly drafts: Drafts;
    readonly doors: Doors;
    readonly assets: Assets;
    readonly metrics: Metrics;
  }): DynamicModule {
    const { settings, cookies, drafts, doors, assets, metrics } = parts;
    return {
      module: PortalModule,
      imports: [HealthModule.register(metrics, [{ name: 'core and forms', check: () => doors.trouble() }])],
      controllers: [
        HomeController,
        ReportController,
        AssistanceController,
        FollowController,
        OwnDataController,
        AccessibilityController,
        ProofController,
        WidgetController,
      ],
      providers: [
        Surroundings,
        { provide: PortalSettings, useValue: settings },
        { provide: Cookies, useValue: cookies },
        { provide: Drafts, useValue: drafts },
        { provide: Doors, useValue: doors },
        { provide: Assets, useValue: assets },
      ],
    };
  }
}

/** The whole life of the process. Exits with 1, in words for a person, when it cannot start. */
export const runPortal = (): Promise<void> => runService(SERVICE, log => startPortal(environment(), log));

/** Opens the folder of the drafts, reads the files of the pages, answers. Rejects, having closed what it opened, when it cannot. */
async function startPortal(
  env: Readonly<Record<string, string | undefined>>,
  log: Logger = createLogger(SERVICE),
): Promise<RunningPortal> {
  const settings = loadSettings(PortalSettings, env);
  const production = settings.nodeEnv === 'production';
  const inClear = unprotected('PUBLIC_URL', settings.publicUrl, production);
  if (inClear.length > 0) throw new ConfigurationError(inClear);
  log.level = settings.logLevel;
  const stopTelemetry = await startTelemetry(SERVICE, settings.otelExporterOtlpEndpoint);
  const seal = new Seal(keysOf(settings.portalKey, settings.previousPortalKey));
  const drafts = new Drafts(settings.portalDraftDir, seal, {
    hours: settings.portalDraftHours,
    bytes: settings.portalDraftBytes,
  });
  await drafts.start();
  const app = await NestFactory.create<NestFastifyApplication>(
    PortalModule.register({
      settings,
      cookies: new Cookies(seal, production),
      drafts,
      doors: new Doors({
        core: settings.portalCoreUrl,
        forms: settings.portalFormsUrl,
        administration: settings.portalAdministrationId,
      }),
      assets: new Assets(
        mapOf({
          file: settings.portalMapFile,
          tiles: settings.portalTiles,
          tilesBy: settings.portalTilesBy,
          fileSetting: 'PORTAL_MAP_FILE',
        }),
      ),
      metrics: new Metrics(SERVICE),
    }),
    new FastifyAdapter({
      trustProxy: settings.trustProxy,
      requestTimeout: 120_000,
      bodyLimit: MAX_BODY,
      frameworkErrors: unreadableAddress(production),
    }),
    { logger: new NestLog(log) },
  );
  void app.register(multipart, { limits: READ, throwFileSizeLimit: false });
  prepare(app, settings, production);
  app.useGlobalInterceptors(new CorrelationInterceptor());
  app.useGlobalFilters(new FaultPages(log, app.get(Surroundings)));
  await app.init();
  await app.listen(settings.port, settings.host);
  log.info({ port: settings.port }, "the citizens' pages run");
  return {
    url: await app.getUrl(),
    stop: async () => {
      await app.close();
      drafts.stop();
      await stopTelemetry();
    },
  };
}

/** Headers on every answer, and no change by a form that stands on another site. */
function prepare(app: NestFastifyApplication, settings: PortalSettings, https: boolean): void {
  const server = app.getHttpAdapter().getInstance();
  secureHeaders(server, { https });
  const policy = policyFor(settings.portalTiles);
  server.addHook('onRequest', (request, reply, done) => {
    const page = !/^\/(health|metrics|statici)/.test(request.url);
    if (page) {
      reply.raw.setHeader('content-security-policy', policy);
      // Browsers say where a form of ours stands only when pages may tell it to themselves.
      reply.raw.setHeader('referrer-policy', 'same-origin');
      reply.raw.setHeader('permissions-policy', 'camera=(), geolocation=(self), microphone=(), payment=(), usb=()');
    }
    done(
      request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request, settings.publicUrl)
        ? new Foreign()
        : undefined,
    );
  });
}
