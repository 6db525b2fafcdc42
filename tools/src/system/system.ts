import type { Stoppable } from '../runtime/until-stopped.js';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { citizenClient, citizenKeys } from '../identity/citizen-provider.js';
import { identityPlan } from '../identity/identity-provider.js';
import { natsServer, natsServerBinary } from '../runtime/nats.js';
import { ROOT } from '../runtime/places.js';
import { demandFree } from '../runtime/ports.js';
import { embeddedPostgres, ownedDatabase } from '../runtime/postgres.js';
import { Program, type Ending, type ProgramPlan } from '../runtime/program.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { freeOffset, wantedPorts, type PortName, type Ports } from './addresses.js';
import { writeBusUsers } from './bus-users.js';
import { claim, commandOf, leaveFootprint, removeFootprint } from './footprint.js';
import { operatorsIn, type Operator } from './operators.js';
import { startProviders, type Providers } from './providers.js';
import { keptSecrets, type Secrets } from './secrets.js';
import { ANCHORS_FILE, ON_BUS, SERVICES, servicePlan, urlOf, type Surroundings } from './services.js';
import { startCitizenPage, type CitizenPage } from '../demo/server.js';
import { Traffic } from '../demo/traffic.js';

export interface SystemOptions {
  /** Where everything is kept. */
  readonly folder: string;
  readonly ports: Ports;
  /** A database of the caller's; else the embedded PostgreSQL. */
  readonly databaseUrl?: string;
  /** A NATS server of the caller's; else one of our own. */
  readonly natsUrl?: string;
  /** Begins anew: everything kept is removed first. */
  readonly fresh?: boolean;
  /** Data that nobody will miss. */
  readonly throwAway?: boolean;
  readonly tell: Tell;
  /** Called when a process ends although nobody asked it to; the rest still runs. */
  readonly died: (program: Program, ending: Ending) => void;
}

/** Where everything is, for people and scripts. */
export interface Urls {
  readonly crm: string;
  readonly portal: string;
  readonly citizen: string;
  readonly channels: {
    readonly email: { readonly smtp: string; readonly http: string };
    readonly phone: string;
    readonly whatsapp: string;
    readonly facebook: string;
    readonly webform: string;
    readonly loopback: string;
    readonly webchat: string;
  };
  readonly simulators: {
    readonly twilio: string;
    readonly meta: string;
    readonly mail: { readonly smtp: string; readonly http: string };
    readonly identity: string;
    readonly citizenIdentity: string;
  };
  readonly postgres: string;
  readonly nats: string;
}

class Interrupted extends CannotGoOn {}

/** The whole system: servers, services, the providers' doubles and the citizen's side. Start it once, stop it once. */
export class System {
  /** The processes, by name, in the order of their start. A test may kill one and start it again. */
  readonly programs = new Map<string, Program>();
  readonly secrets: Secrets;
  operators: readonly Operator[] = [];
  private claimed = false;
  /** Folder of data that nobody will miss, wherever it had to be. */
  private away?: string;
  private databaseUrl = '';
  private superuserUrl?: string;
  private natsUrl = '';
  private providers?: Providers;
  private page?: CitizenPage;
  private traffic?: Traffic;
  private starting?: Promise<void>;
  private stopping?: Promise<void>;
  private over = false;

  constructor(private readonly options: SystemOptions) {
    this.secrets = keptSecrets(options.folder);
  }

  /** Resolves when every service is ready. Rejects in words for a person; call `stop` then, too. */
  start(): Promise<void> {
    UP.add(this);
    return (this.starting ??= this.bringUp());
  }

  /** Resolves when nothing of it runs: services first, then their doubles, NATS and PostgreSQL last. */
  stop(): Promise<void> {
    this.over = true;
    return (this.stopping ??= this.takeDown().finally(() => UP.delete(this)));
  }

  /** Ends all at once, without goodbyes. */
  async kill(): Promise<void> {
    this.over = true;
    await Promise.all([...this.programs.values()].map(program => program.kill()));
  }

  /** Whether it was asked to end: nothing of it may be started any more. */
  get isOver(): boolean {
    return this.over;
  }

  /** Lets invented citizens write and call by themselves, `perDay` of them on a middle day. Call when it runs. */
  startTraffic(perDay: number): void {
    if (!this.page) throw new Error('the system does not run yet');
    this.traffic ??= new Traffic(this.page.side, perDay, this.options.tell);
    this.traffic.start();
  }

  /** They write no more; what they wrote is there. */
  stopTraffic(): void {
    this.traffic?.stop();
  }

  program(name: string): Program {
    const found = this.programs.get(name);
    if (!found) throw new Error(`no process is called ${name}`);
    return found;
  }

  /** Where the core keeps its data, as the core reaches it. */
  get database(): string {
    return this.databaseUrl;
  }

  /** The same database as its superuser reaches it; the core's own way when the database is the caller's. */
  get databaseOfSuperuser(): string {
    if (this.superuserUrl === undefined) return this.databaseUrl;
    const url = new URL(this.superuserUrl);
    url.pathname = new URL(this.databaseUrl).pathname;
    return url.href;
  }

  get urls(): Urls {
    const { ports } = this.options;
    const at = (name: PortName): string => urlOf(name, ports);
    return {
      crm: at('crm'),
      portal: at('portal'),
      citizen: at('citizen'),
      channels: {
        email: { smtp: `smtp://127.0.0.1:${ports.smtp}`, http: at('email') },
        phone: at('phone'),
        whatsapp: at('whatsapp'),
        facebook: at('facebook'),
        webform: at('webform'),
        loopback: at('loopback'),
        webchat: at('webchat'),
      },
      simulators: {
        twilio: at('twilio'),
        meta: at('meta'),
        mail: { smtp: `smtp://127.0.0.1:${ports.mailSmtp}`, http: at('mailHttp') },
        identity: at('identity'),
        citizenIdentity: at('citizenIdentity'),
      },
      postgres: withoutPassword(this.databaseUrl),
      nats: this.natsUrl,
    };
  }

  private async bringUp(): Promise<void> {
    const { folder, ports, tell } = this.options;
    mkdirSync(folder, { recursive: true });
    await claim(folder, tell, freeOffset);
    this.claimed = true;
    const given: PortName[] = [
      ...(this.options.databaseUrl ? (['postgres'] as const) : []),
      ...(this.options.natsUrl ? (['nats'] as const) : []),
    ];
    await demandFree(wantedPorts(ports, given), freeOffset);
    if (this.options.fresh) this.forget();
    const database = this.bringUpDatabase();
    await this.all([database, this.bringUpRest(database)]);
    this.operators = await operatorsIn(this.operatorsFile, this.urls.simulators.identity);
    this.proceed();
    if (!this.providers) throw new Error('the providers do not run');
    this.page = await startCitizenPage(this.around, this.providers);
  }

  /**
   * The bus, the providers' doubles, the identity provider and the services. The core takes longest and begins first; the others need
   * no database, and no more of them load at once than the machine has processors: the core would be the last of all to be ready.
   */
  private async bringUpRest(database: Promise<void>): Promise<void> {
    await this.bringUpBus();
    this.proceed();
    this.providers = await startProviders(this.around);
    const began = Date.now();
    let ready = 0;
    const start = async (service: (typeof SERVICES)[number]): Promise<void> => {
      await this.run(servicePlan(service, this.around));
      ready += 1;
      this.options.tell(
        `  ${service.name} is ready after ${((Date.now() - began) / 1_000).toFixed(1)} s (${ready} of ${SERVICES.length})`,
      );
    };
    const [core, ...others] = SERVICES;
    const waiting = [() => this.bringUpIdentity(), ...others.map(service => () => start(service))];
    const lane = async (): Promise<void> => {
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) await next();
      } catch (error) {
        // Nothing else begins only to be stopped.
        waiting.length = 0;
        throw error;
      }
    };
    await this.all([database.then(() => core && start(core)), ...Array.from({ length: availableParallelism() }, lane)]);
  }

  private bringUpIdentity(): Promise<void> {
    const { folder, ports } = this.options;
    return this.run(
      identityPlan({
        port: ports.identity,
        log: join(folder, 'logs', 'identity.log'),
        core: { url: urlOf('crm', ports), secret: this.secrets.oidcClientSecret },
        citizens: {
          port: ports.citizenIdentity,
          clients: [citizenClient(urlOf('portal', ports), citizenKeys(folder))],
        },
        apiClients: [{ id: 'filodiretto-robot', secret: this.secrets.apiClientSecret }],
      }),
    );
  }

  private get operatorsFile(): string {
    return join(this.options.folder, 'operators.json');
  }

  private get around(): Surroundings {
    const { ports, folder } = this.options;
    const { secrets, databaseUrl, natsUrl, operatorsFile } = this;
    return { ports, secrets, folder, databaseUrl, natsUrl, ownBus: this.options.natsUrl === undefined, operatorsFile };
  }

  private async bringUpDatabase(): Promise<void> {
    if (this.options.databaseUrl) {
      this.databaseUrl = this.options.databaseUrl;
      return;
    }
    const { folder, ports, tell, throwAway, fresh } = this.options;
    const postgres = await embeddedPostgres({
      folder: join(folder, 'postgres'),
      port: ports.postgres,
      password: this.secrets.postgresAdmin,
      log: join(folder, 'logs', 'postgres.log'),
      ...(throwAway ? { throwAway } : {}),
      ...(fresh ? { fresh } : {}),
      tell,
    });
    if (throwAway) this.away = postgres.folder;
    await this.run(postgres.program);
    this.superuserUrl = postgres.adminUrl;
    this.databaseUrl = await ownedDatabase(postgres.adminUrl, 'filodiretto', this.secrets.postgresCrm);
    tell('  PostgreSQL is ready');
  }

  private async bringUpBus(): Promise<void> {
    if (this.options.natsUrl) {
      this.natsUrl = this.options.natsUrl;
      return;
    }
    const { folder, ports, tell } = this.options;
    const binary = await natsServerBinary(ROOT, tell);
    await this.run(
      natsServer({
        binary,
        folder: join(folder, 'nats'),
        port: ports.nats,
        log: join(folder, 'logs', 'nats.log'),
        config: writeBusUsers(folder, ON_BUS, this.secrets.busKey),
      }),
    );
    this.natsUrl = `nats://127.0.0.1:${ports.nats}`;
    tell('  nats-server is ready');
  }

  /** Runs a process and writes it down. Refuses when the system is being stopped. */
  private async run(plan: ProgramPlan): Promise<void> {
    this.proceed();
    const program = new Program(plan, this.options.died);
    this.programs.set(plan.name, program);
    const started = program.start();
    this.writeDown();
    await started;
  }

  private writeDown(): void {
    leaveFootprint(
      this.options.folder,
      [...this.programs.values()].flatMap(({ name, pid }) => {
        const command = pid === undefined ? undefined : commandOf(pid);
        return pid === undefined || command === undefined ? [] : [{ name, pid, command }];
      }),
    );
  }

  /** Waits for all, then throws the first fault: nothing goes on behind a rejection. */
  private async all(works: readonly Promise<void>[]): Promise<void> {
    const outcomes = await Promise.allSettled(works);
    const failed = outcomes.find(outcome => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private proceed(): void {
    if (this.over) throw new Interrupted('Stopped before everything was ready.');
  }

  private forget(): void {
    this.options.tell(`Erasing what an earlier start kept in ${this.options.folder}: --fresh begins anew.`);
    for (const part of ['nats', 'blobs', 'portal-drafts', 'logs', 'operators.json', 'loopback.jsonl', ANCHORS_FILE])
      rmSync(join(this.options.folder, part), { recursive: true, force: true });
  }

  private async takeDown(): Promise<void> {
    this.traffic?.stop();
    const services = [...this.programs.values()].filter(program =>
      SERVICES.some(service => service.name === program.name),
    );
    await Promise.all(services.map(program => program.stop()));
    await this.starting?.catch(() => undefined);
    await this.page?.close();
    await Promise.all(services.map(program => program.stop()));
    await this.providers?.close();
    for (const program of [...this.programs.values()].reverse()) await program.stop();
    if (this.away) rmSync(this.away, { recursive: true, force: true });
    if (this.claimed) removeFootprint(this.options.folder);
  }
}

const UP = new Set<System>();

/** Every system of this process that was started and not stopped. */
export const everySystem: Stoppable = {
  stop: async () => {
    await Promise.all([...UP].map(system => system.stop()));
  },
  kill: async () => {
    await Promise.all([...UP].map(system => system.kill()));
  },
};

const withoutPassword = (url: string): string => {
  if (!URL.canParse(url)) return '';
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
};
