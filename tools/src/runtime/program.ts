import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotGoOn, codeOf } from './words.js';

/** What to run, and how to know that it is ready. */
export interface ProgramPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** File that receives what it prints; the one before is kept as `….previous`. */
  readonly log: string;
  /** The user it runs as, when it is not ours. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Resolves to true when it is ready, else to the reason why it is not; asked again until then. */
  readiness(): Promise<true | string>;
  /** Seconds it may take to become ready. */
  readonly readySeconds?: number;
  /** Asks it to stop; SIGTERM to its whole group by default. */
  readonly stopSignal?: { readonly signal: NodeJS.Signals; readonly to: 'group' | 'leader' };
  /** Seconds it may take to stop before it is killed. */
  readonly stopSeconds?: number;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One child process, in a process group of its own, so that Ctrl-C reaches it through us and in our order. */
export class Program {
  private child?: ChildProcess;
  private ending?: Promise<Ending>;
  private meant = false;

  constructor(
    readonly plan: ProgramPlan,
    /** Called when it ends although nobody asked it to. */
    private readonly died: (program: Program, ending: Ending) => void = () => undefined,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /** While it runs. */
  get pid(): number | undefined {
    return this.isRunning ? this.child?.pid : undefined;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when it is ready; `more` is added to its environment this time. Throws, with the last lines of its log, when it ends or takes too long; it is stopped then. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.isRunning) throw new Error(`${this.name} already runs`);
    const { plan } = this;
    mkdirSync(dirname(plan.log), { recursive: true });
    if (existsSync(plan.log)) renameSync(plan.log, `${plan.log}.previous`);
    const log = openSync(plan.log, 'a', 0o600);
    const child = spawn(plan.command, plan.args, {
      cwd: plan.cwd,
      env: { ...plan.env, ...more },
      detached: true,
      stdio: ['ignore', log, log],
      ...plan.user,
    });
    closeSync(log);
    this.child = child;
    this.meant = false;
    let ready = false;
    this.ending = new Promise<Ending>((resolve, reject) => {
      child.once('error', reject).once('exit', (code, signal) => resolve({ code, signal }));
    });
    this.ending.then(
      ending => {
        if (ready && !this.meant) this.died(this, ending);
      },
      // Told by `untilReady`: a process that never was has no other ending.
      () => undefined,
    );
    try {
      await this.untilReady(this.ending);
      ready = true;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private async untilReady(ending: Promise<Ending>): Promise<void> {
    const until = Date.now() + (this.plan.readySeconds ?? 90) * 1_000;
    const ended = ending.then(
      how => {
        throw new CannotGoOn(`${this.name} ended before it was ready (${describe(how)}).\n${this.lastLines()}`);
      },
      (error: unknown) => {
        throw new CannotGoOn(
          `${this.name} could not be run: ${error instanceof Error ? error.message : String(error)}`,
        );
      },
    );
    for (;;) {
      const readiness = await Promise.race([ended, this.plan.readiness()]);
      if (readiness === true) return;
      if (Date.now() > until)
        throw new CannotGoOn(`${this.name} was not ready in time: ${readiness}.\n${this.lastLines()}`);
      await Promise.race([ended, pause(60)]);
    }
  }

  /** The end of its log, as a text to print. */
  lastLines(count = 15): string {
    const lines = existsSync(this.plan.log) ? readFileSync(this.plan.log, 'utf8').trimEnd().split('\n') : [];
    return [`The last lines of ${this.plan.log}:`, ...lines.slice(-count).map(line => `  ${line.slice(0, 500)}`)].join(
      '\n',
    );
  }

  /** Resolves when it has ended: by itself when asked, else killed after its time. Does nothing when it does not run. */
  async stop(): Promise<void> {
    this.meant = true;
    if (!this.isRunning) return this.sweep();
    const { signal, to } = this.plan.stopSignal ?? { signal: 'SIGTERM', to: 'group' };
    this.send(signal, to);
    const timer = setTimeout(() => this.send('SIGKILL', 'group'), (this.plan.stopSeconds ?? 10) * 1_000);
    await this.ending?.catch(() => undefined);
    clearTimeout(timer);
    this.sweep();
  }

  /** Ends it as a loss of power would; resolves when it is gone. `died` is not called. */
  async kill(): Promise<void> {
    this.meant = true;
    this.send('SIGKILL', 'group');
    await this.ending?.catch(() => undefined);
  }

  /** Kills what its group left behind. */
  private sweep(): void {
    this.send('SIGKILL', 'group');
    this.child = undefined;
  }

  private send(signal: NodeJS.Signals, to: 'group' | 'leader'): void {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(to === 'group' ? -pid : pid, signal);
    } catch (error) {
      if (codeOf(error) !== 'ESRCH') throw error;
    }
  }
}

/** An ending, in words. */
export const describe = ({ code, signal }: Ending): string =>
  signal ? `killed by ${signal}` : `with exit code ${code ?? 'unknown'}`;

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Asks a service's own `/health/ready`. */
export async function readinessAt(url: string): Promise<true | string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    return response.ok ? true : `${url} answers ${response.status} ${text.slice(0, 500)}`;
  } catch (error) {
    return `${url} does not answer (${error instanceof Error ? error.message : String(error)})`;
  }
}
