import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bus, partitionOf, subjects } from '@filodiretto/bus';
import { freePort, NatsServer } from '@filodiretto/bus/testing';
import {
  CHANNELS_BUCKET,
  type Capabilities,
  type ChannelAnnouncement,
  type Inbound,
  type Progress,
} from '@filodiretto/contracts';
import { createLogger, loadSettings, TextSetting } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { v5, v7 } from 'uuid';
import { startCrm, type RunningCrm } from './crm.js';
import { dataSourceOptions, migrate } from './data-source.js';
import type { Item } from './intake/item.js';

/** Where the PostgreSQL of `npm test` is. */
class TestSettings {
  @TextSetting('Administrative URL of the PostgreSQL for tests') readonly testDatabaseUrl: string;
  @TextSetting('Issuer of the identity provider for tests') readonly testOidcIssuer: string;
  @TextSetting('Secret of the core at it', { secret: true }) readonly testOidcSecret: string;
  @TextSetting("Issuer of the citizens' provider for tests") readonly testCitizenIssuer: string;
  @TextSetting('Least serious log line that the core under test writes', { default: 'silent' })
  readonly testLog: string;
}

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Ends the pool and drops the database. */
  drop(): Promise<void>;
}

/** A database of one suite's own, migrated, on the real PostgreSQL. */
export async function testDatabase(): Promise<TestDatabase> {
  const { testDatabaseUrl } = loadSettings(TestSettings);
  const name = `crm_${randomUUID().replaceAll('-', '')}`;
  await administer(testDatabaseUrl, `create database ${name}`);
  const url = new URL(testDatabaseUrl);
  url.pathname = `/${name}`;
  const dataSource = await new DataSource(dataSourceOptions(url.href, 10)).initialize();
  await migrate(dataSource);
  return {
    url: url.href,
    dataSource,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await administer(testDatabaseUrl, `drop database ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    await admin.query(statement);
  } finally {
    await admin.destroy();
  }
}

const KEY = 'a-key-for-the-tests';

/** What a channel of the tests can do unless told. */
export const TALKS: Capabilities = {
  reply: true,
  acknowledge: true,
  subject: true,
  text: { maxLength: 1_000 },
  conversations: 'person',
  receipts: { sent: true, delivered: true, read: true },
};

/** What a token of the tests says besides who it is of. */
export interface TokenWish {
  readonly scope?: string;
  readonly seconds?: number;
  /** When they logged in, in seconds of the epoch; absent: now. */
  readonly authTime?: number;
  readonly secondFactor?: boolean;
}

/** Asks something of the control API of the identity provider of the tests. */
export async function askIdentityProvider(action: string, body: unknown): Promise<unknown> {
  const { testOidcIssuer } = loadSettings(TestSettings);
  const answer = await fetch(`${testOidcIssuer}/_control/${action}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok)
    throw new Error(`the identity provider of the tests answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Makes an application known at the citizens' provider of the tests; gives its issuer. */
export async function introduceToCitizens(client: object): Promise<string> {
  const { testCitizenIssuer } = loadSettings(TestSettings);
  const answer = await fetch(`${testCitizenIssuer}/_control/clients`, { method: 'POST', body: JSON.stringify(client) });
  if (!answer.ok) throw new Error(`the citizens' provider of the tests answers ${answer.status}`);
  return testCitizenIssuer;
}

/** An access token that the identity provider of the tests gives out for a subject. */
export async function tokenFor(subject: string, wish: TokenWish = {}): Promise<string> {
  const answer = await askIdentityProvider('tokens', { person: subject, ...wish });
  return (answer as { token: string }).token;
}

export type TestEnvironment =
  Readonly<Record<string, string>> | ((database: string) => Readonly<Record<string, string>>);

/** The whole core at work on servers of the suite's own, and the other end of its bus. */
export class TestCore {
  private constructor(
    readonly nats: NatsServer,
    readonly database: TestDatabase,
    readonly blobs: string,
    readonly running: RunningCrm,
    readonly bus: Bus,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** What it is told besides; a function is told where its database is, as its owner. `lines`: gets every line that the core logs. */
  static async start(said: TestEnvironment = {}, lines?: (line: string) => void): Promise<TestCore> {
    const nats = await new NatsServer().start();
    const database = await testDatabase();
    const blobs = mkdtempSync(join(tmpdir(), 'blobs-'));
    const { testLog, testOidcIssuer, testOidcSecret } = loadSettings(TestSettings);
    const log = createLogger('test', testLog, lines && { write: lines });
    const limits = { replicas: 1, maxBytes: 1_000_000_000 };
    const bus = await Bus.connect({ servers: [nats.url], name: 'test-channel', limits, production: false, log });
    const settings = {
      NODE_ENV: 'test',
      LOG_LEVEL: testLog,
      NATS_URL: nats.url,
      PARTITION_KEY: KEY,
      TOKEN_KEY: KEY,
      BLOB_DIR: blobs,
      DATABASE_URL: database.url,
      RECONCILE_SECONDS: '3600',
      PUBLIC_URL: 'https://filodiretto.example',
      OIDC_ISSUER: testOidcIssuer,
      OIDC_CLIENT_SECRET: testOidcSecret,
      API_PER_SECOND: '100000',
      API_BURST: '100000',
      API_REFUSED_PER_MINUTE: '100000',
      ...(typeof said === 'function' ? said(database.url) : said),
    };
    const running = await startCrm({ ...settings, PORT: String(await freePort()) }, log);
    return new TestCore(nats, database, blobs, running, bus, settings);
  }

  /** One more core on the same servers, as a second process of it would be, or on another database; whoever asks for it stops it. */
  async another(said: Readonly<Record<string, string>> = {}): Promise<RunningCrm> {
    const log = createLogger('test', this.env.LOG_LEVEL);
    return startCrm({ ...this.env, ...said, PORT: String(await freePort()) }, log);
  }

  /** A copy of the database as it is now. Sessions on it are cut off, and come back by themselves. */
  async copy(): Promise<TestDatabase> {
    const { testDatabaseUrl } = loadSettings(TestSettings);
    const name = new URL(this.database.url).pathname.slice(1);
    const copy = `${name.slice(0, 30)}_${randomUUID().slice(0, 8)}`;
    await administer(testDatabaseUrl, `alter database ${name} allow_connections false`);
    try {
      await administer(
        testDatabaseUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      await administer(testDatabaseUrl, `create database ${copy} template ${name}`);
    } finally {
      await administer(testDatabaseUrl, `alter database ${name} allow_connections true`);
    }
    const url = new URL(this.database.url);
    url.pathname = `/${copy}`;
    const dataSource = await new DataSource(dataSourceOptions(url.href, 4)).initialize();
    return {
      url: url.href,
      dataSource,
      drop: async () => {
        await dataSource.destroy();
        await administer(testDatabaseUrl, `drop database ${copy} with (force)`);
      },
    };
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.bus.close();
    await this.database.drop();
    await this.nats.kill();
    this.nats.wipe();
    rmSync(this.blobs, { recursive: true, force: true });
  }

  /** Rows of the database. */
  query<T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.database.dataSource.query(sql, [...parameters]);
  }

  /** Introduces a channel of its own name. */
  async channel(
    capabilities: Capabilities = TALKS,
    said: Partial<Pick<ChannelAnnouncement, 'accounts' | 'addresses'>> = {},
  ): Promise<string> {
    const id = `t${randomUUID().slice(0, 8)}`;
    const announcement: ChannelAnnouncement = {
      manifest: { id, name: 'Canale di prova', capabilities },
      accounts: ['main'],
      seenAt: new Date().toISOString(),
      ...said,
    };
    await (await this.bus.bucket(CHANNELS_BUCKET)).put(id, JSON.stringify(announcement));
    return id;
  }

  /** Says on the bus what a channel would. */
  async say(inbound: Inbound): Promise<void> {
    const { channel, account, conversation } = inbound;
    const subject = subjects.in(partitionOf(KEY, channel, account, conversation), channel, account, 'message');
    await this.bus.publish('message.received.v1', subject, inbound, { id: inbound.id, deduplication: v7() });
  }

  async tell(progress: Progress): Promise<void> {
    const { channel, account, conversation } = progress;
    const partition = partitionOf(KEY, channel, account, conversation ?? progress.externalId ?? account);
    const subject = subjects.in(partition, channel, account, 'progress');
    await this.bus.publish('message.progressed.v1', subject, progress, { id: v7() });
  }
}

/** A message of a citizen, complete; what is given replaces what is made up. */
export function aMessage(said: Partial<Inbound> & Pick<Inbound, 'channel'>): Inbound {
  const externalId = said.externalId ?? `ext-${v7()}`;
  const account = said.account ?? 'main';
  const conversation = said.conversation ?? `person-${v7()}`;
  return {
    id: v5(JSON.stringify([said.channel, account, externalId]), '6f0f2f0a-9d5e-5a3b-8c53-2d9f6a1e7b10'),
    account,
    externalId,
    conversation,
    from: { kind: 'name', value: conversation },
    author: 'contact',
    content: [{ type: 'text', text: 'Buongiorno, vorrei sapere quando aprite.' }],
    sentAt: new Date().toISOString(),
    receivedAt: new Date().toISOString(),
    raw: { sha256: 'a'.repeat(64), size: 10, mediaType: 'application/json' },
    ...said,
  };
}

/** The item that intake makes of it. */
export const itemOf = (data: Inbound): Item => ({
  eventId: data.id,
  type: 'message.received.v1',
  data,
  correlationId: data.id,
  released: false,
});
