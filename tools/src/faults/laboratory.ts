import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Core } from '../load/core.js';
import { doors, type LoopbackDoor } from '../load/doors.js';
import { Traffic, type Door } from '../load/traffic.js';
import type { Program } from '../runtime/program.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { System } from '../system/system.js';
import { testify, type Accepted } from './witness.js';

/** One line of `npm run faults -- --json`. */
export interface FaultResult {
  readonly fault: string;
  readonly sent: number;
  readonly accepted: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly misordered: number;
  /** From the moment the last process ran again until everything accepted was there. */
  readonly recoveredInMs: number;
  /** What of it was lost or came twice, where the fault knows it by name; absent when nothing. */
  readonly wrong?: readonly string[];
}

/** Something that happens to a system while it is used. */
export interface Fault {
  readonly name: string;
  run(laboratory: Laboratory): Promise<FaultResult>;
}

/** A whole system of its own, whose processes die and are started again as a supervisor would. */
export class Laboratory {
  private readonly restarts = new Set<Promise<void>>();
  private restarted = Date.now();
  /** How often a process killed itself at the place it was told. */
  deaths = 0;
  /** Environment for the next start of a process: a place at which it kills itself. */
  private readonly next = new Map<string, Record<string, string>>();

  private constructor(
    readonly system: System,
    private readonly folder: string,
    readonly tell: Tell,
  ) {}

  static async open(tell: Tell): Promise<Laboratory> {
    // As in production, only sooner: what a minute would find is found within seconds, and nobody waits for the test.
    Object.assign(process.env, { RECONCILE_SECONDS: '5', RECEPTION_SECONDS: '15', OUTBOX_SECONDS: '15' });
    const folder = mkdtempSync(join(tmpdir(), 'filodiretto-faults-'));
    // Also when it is left in the middle of a fault.
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const death: { handle: (program: Program) => void } = { handle: () => undefined };
    const system = new System({
      folder,
      ports: await freePorts(),
      throwAway: true,
      tell,
      died: program => death.handle(program),
    });
    const laboratory = new Laboratory(system, folder, tell);
    death.handle = program => laboratory.revive(program);
    await system.start();
    return laboratory;
  }

  get core(): Core {
    const [operator] = this.system.operators;
    if (!operator) throw new CannotGoOn('The demonstration has no operators.');
    return new Core(this.system.urls.crm, operator.token);
  }
  get doors(): readonly Door[] {
    return doors(this.system);
  }
  get loopback(): LoopbackDoor {
    return this.doors[0] as LoopbackDoor;
  }

  /** kill -9, and a start at once. Resolves when it is ready again. */
  async crash(name: string, before: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const program = this.system.program(name);
    await program.kill();
    await before();
    const armed = this.next.get(name);
    this.next.delete(name);
    try {
      await this.begin(program, armed);
    } catch (error) {
      // Armed, it may kill itself before it is ready: citizens write all the time.
      if (!armed) throw error;
      this.deaths += 1;
      await this.begin(program);
    }
    this.restarted = Date.now();
  }

  /** Starts a process anew so that it kills itself at a place, after passing it a few times. */
  async arm(name: string, crashAt: string): Promise<void> {
    this.next.set(name, { CRASH_AT: crashAt });
    await this.crash(name);
  }

  /** Resolves when no process is on its way back. */
  async settled(): Promise<void> {
    while (this.restarts.size > 0) await Promise.all(this.restarts);
  }

  /** What became of the traffic, for one fault. */
  async result(
    fault: string,
    since: string,
    traffic: Traffic,
    joins: ReadonlyMap<string, boolean>,
    extra: { duplicated: number } = { duplicated: 0 },
  ): Promise<FaultResult> {
    await this.settled();
    const healed = Math.max(this.restarted, Date.parse(since));
    const accepted: Accepted[] = traffic.accepted.map(message => ({
      message,
      joins: joins.get(message.conversation) ?? true,
    }));
    const { verdict } = await testify(this.core, fault, since, accepted, 150);
    return {
      fault,
      sent: traffic.sent,
      accepted: accepted.length,
      lost: verdict.lost,
      duplicated: verdict.duplicated + extra.duplicated,
      misordered: verdict.misordered,
      recoveredInMs: Math.max(0, Date.now() - healed),
    };
  }

  /** Milliseconds since the last process that had died ran again. */
  sinceLastRestart(): number {
    return Math.max(0, Date.now() - this.restarted);
  }

  async close(): Promise<void> {
    await this.settled();
    await this.system.stop();
  }

  get natsFolder(): string {
    return join(this.folder, 'nats');
  }
  /** Where bytes are kept, outside of the database. */
  get blobs(): string {
    return join(this.folder, 'blobs');
  }

  /** A process killed itself: started again, as a supervisor does. */
  private revive(program: Program): void {
    this.deaths += 1;
    const restart = this.begin(program).then(
      () => {
        this.restarted = Date.now();
      },
      (error: unknown) =>
        this.tell(`${program.name} did not come back: ${error instanceof Error ? error.message : String(error)}`),
    );
    this.restarts.add(restart);
    void restart.finally(() => this.restarts.delete(restart));
  }

  /** Whoever ends it all is not outlived by what was just being started. */
  private async begin(program: Program, more?: Readonly<Record<string, string>>): Promise<void> {
    if (this.system.isOver) throw new CannotGoOn(`${program.name} is not started again: everything ends.`);
    await program.start(more);
  }
}
