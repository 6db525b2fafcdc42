import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { identityPlan, issuerAt } from '../identity/identity-provider.js';
import { natsServer, natsServerBinary } from '../runtime/nats.js';
import { ROOT, throwAwayFolder } from '../runtime/places.js';
import { freePort } from '../runtime/ports.js';
import { embeddedPostgres, ownedDatabase } from '../runtime/postgres.js';
import { Program } from '../runtime/program.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { keptSecrets } from '../system/secrets.js';
import { System } from '../system/system.js';
import { added, NOTHING, runJest, type Count, type JestRun } from './jest-run.js';

/**
 * `npm test`: every suite on throw-away servers, then the journeys through a whole system. Words for jest (`npm test --
 * case-number`) choose among the suites, without the journeys unless they are named. Ends the process; its last line
 * is `tests: N passed, N failed`.
 */
export async function test(args: readonly string[]): Promise<void> {
  const whole = new Whole();
  let count: Count = { ...NOTHING };
  const code = await untilStopped(whole, async () => {
    const outcome = await whole.run(args, done => (count = added(count, done)));
    return outcome;
  });
  for (const name of count.skipped) tell(`skipped: ${name}`);
  if (code > 128) tell('The tests were stopped before their end.');
  process.stdout.write(`tests: ${count.passed} passed, ${count.failed} failed\n`);
  process.exit(code);
}

/** What leaves a system behind in which nobody could do anything else, in this order. */
const LAST = ['journeys/attacks.spec', 'journeys/last.spec'];
/** A worker keeps modules of every suite it ran: with more than this it makes room for a new one, before it does little but collect. */
const WORKER_MEMORY = '1500MB';

/** Opens the identity provider of the tests to their core. */
const OIDC_SECRET = randomBytes(24).toString('hex');

/** The servers, the system of the journeys and the test runs, so that all can be stopped. */
class Whole {
  private readonly folder = throwAwayFolder();
  private readonly away: string[] = [this.folder];
  private readonly programs: Program[] = [];
  private runs: JestRun[] = [];
  private system?: System;
  private stopping = false;

  async run(args: readonly string[], done: (count: Count) => void): Promise<number> {
    const chosen = args.length > 0;
    const journeys = !chosen || args.some(arg => arg.includes('journeys'));
    const { adminUrl, natsUrl, issuer, citizenIssuer, binary } = await this.servers();
    const corpora = process.env.CORPORA ?? join(dirname(ROOT), 'shared/corpora');
    const env = {
      TEST_DATABASE_URL: adminUrl,
      TEST_NATS_URL: natsUrl,
      TEST_OIDC_ISSUER: issuer,
      TEST_OIDC_SECRET: OIDC_SECRET,
      TEST_CITIZEN_ISSUER: citizenIssuer,
      ...(binary ? { NATS_SERVER_BIN: binary } : {}),
      ...(existsSync(corpora) ? { CORPORA: corpora } : {}),
    };
    let failed = 0;
    if (!chosen || !args.every(arg => arg.includes('journeys'))) {
      const suites = await this.jest(
        'suites',
        ['--maxWorkers=2', `--workerIdleMemoryLimit=${WORKER_MEMORY}`, ...args],
        env,
      );
      done(suites);
      failed += suites.failed;
    }
    if (journeys && !this.stopping) {
      const walked = await this.journeys(adminUrl);
      done(walked);
      failed += walked.failed;
    }
    return failed === 0 ? 0 : 1;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.runs.map(run => run.stop()));
    await this.system?.stop();
    for (const program of [...this.programs].reverse()) await program.stop();
    for (const folder of this.away) rmSync(folder, { recursive: true, force: true });
  }

  async kill(): Promise<void> {
    await Promise.all([
      ...this.runs.map(run => run.kill()),
      this.system?.kill(),
      ...this.programs.map(program => program.kill()),
    ]);
  }

  /** PostgreSQL, NATS and the identity provider of the tests: the caller's, else some that are thrown away. */
  private async servers(): Promise<{
    adminUrl: string;
    natsUrl: string;
    issuer: string;
    citizenIssuer: string;
    binary?: string;
  }> {
    tell('Starting PostgreSQL, NATS and an identity provider for the tests.');
    const start = async (program: Program): Promise<void> => {
      this.programs.push(program);
      await program.start();
    };
    const postgres = async (): Promise<string> => {
      if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
      const plan = await embeddedPostgres({
        folder: join(this.folder, 'postgres'),
        port: await freePort(),
        password: keptSecrets(this.folder).postgresAdmin,
        log: join(this.folder, 'postgres.log'),
        throwAway: true,
        tell,
      });
      this.away.push(plan.folder);
      await start(new Program(plan.program));
      return plan.adminUrl;
    };
    const nats = async (): Promise<{ url: string; binary?: string }> => {
      if (process.env.NATS_URL) return { url: process.env.NATS_URL };
      const binary = await natsServerBinary(ROOT, tell);
      const port = await freePort();
      await start(
        new Program(
          natsServer({ binary, folder: join(this.folder, 'nats'), port, log: join(this.folder, 'nats.log') }),
        ),
      );
      return { url: `nats://127.0.0.1:${port}`, binary };
    };
    const identity = async (): Promise<{ issuer: string; citizenIssuer: string }> => {
      const port = await freePort();
      const citizens = await freePort();
      const core = { url: 'https://filodiretto.example', secret: OIDC_SECRET };
      await start(
        new Program(
          identityPlan({
            port,
            core,
            citizens: { port: citizens, clients: [], controlled: true },
            log: join(this.folder, 'identity.log'),
          }),
        ),
      );
      return { issuer: issuerAt(port), citizenIssuer: issuerAt(citizens) };
    };
    const [adminUrl, bus, identities] = await Promise.all([postgres(), nats(), identity()]);
    return { adminUrl, natsUrl: bus.url, ...identities, ...(bus.binary ? { binary: bus.binary } : {}) };
  }

  /** The journeys, through a system of their own, as `npm start` brings it up. */
  private async journeys(adminUrl: string): Promise<Count> {
    tell('\nStarting the whole system for the journeys.');
    const folder = join(this.folder, 'system');
    mkdirSync(folder);
    const given = process.env.DATABASE_URL;
    this.system = new System({
      folder,
      ports: await freePorts(),
      ...(given
        ? { databaseUrl: await ownedDatabase(adminUrl, `journeys_${process.pid}`, keptSecrets(folder).postgresCrm) }
        : {}),
      throwAway: true,
      tell,
      died: program => tell(`${program.name} died.\n${program.lastLines()}`),
    });
    try {
      await this.system.start();
    } catch (error) {
      tell(`The system of the journeys did not start: ${error instanceof Error ? error.message : String(error)}`);
      return { ...NOTHING, failed: 1 };
    }
    const { urls, operators } = this.system;
    const env = { FILODIRETTO_SYSTEM: JSON.stringify({ urls, operators }) };
    const config = ['--config', 'tools/jest.journeys.config.mjs', '--runInBand'];
    let walked = await this.jest('journeys', [...config, '--testPathIgnorePatterns', LAST.join('|')], env);
    for (const [index, one] of LAST.entries())
      if (!this.stopping) walked = added(walked, await this.jest(`last-${index}`, [...config, one], env));
    return walked;
  }

  private async jest(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Count> {
    const run = runJest(args, env, join(this.folder, `${name}.json`));
    this.runs.push(run);
    const count = await run.count;
    this.runs = this.runs.filter(one => one !== run);
    return count;
  }
}
