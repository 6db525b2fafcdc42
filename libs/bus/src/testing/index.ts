import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The first value that is not `undefined`; rejects after `seconds`. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined, seconds = 30): Promise<T> {
  for (const until = Date.now() + seconds * 1_000; Date.now() < until;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 40));
  }
  throw new Error(`it did not happen within ${seconds} seconds`);
}

const listens = (port: number): Promise<true | undefined> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(undefined));
  });

/** A nats-server of the test's own, which can be killed and emptied. Uses NATS_SERVER_BIN, else Debian's place. */
export class NatsServer {
  private process?: ChildProcess;
  private readonly folder = mkdtempSync(join(tmpdir(), 'nats-'));
  port = 0;

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** @param config A configuration file with more than where it listens and what it keeps: who may say and hear what. */
  constructor(
    private readonly config?: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  async start(): Promise<this> {
    const binary = process.env.NATS_SERVER_BIN ?? '/usr/sbin/nats-server';
    if (!existsSync(binary)) throw new Error(`no nats-server at ${binary}: set NATS_SERVER_BIN`);
    this.port ||= await freePort();
    const config = this.config === undefined ? [] : ['-c', this.config];
    this.process = spawn(binary, ['-js', '-sd', this.folder, '-a', '127.0.0.1', '-p', String(this.port), ...config], {
      env: { ...process.env, ...this.env },
      stdio: 'ignore',
    });
    await eventually(() => listens(this.port));
    return this;
  }

  /** As a loss of power to the process: nothing is said goodbye to. */
  async kill(): Promise<void> {
    const ended = new Promise(resolve => this.process?.once('exit', resolve));
    this.process?.kill('SIGKILL');
    await ended;
  }

  /** Removes the whole store; call between `kill` and `start`, or at the end. */
  wipe(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
