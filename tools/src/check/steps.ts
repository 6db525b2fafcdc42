import { spawn } from 'node:child_process';

/** One thing that `npm run check` proves. */
export interface Step {
  readonly name: string;
  /** Steps that come first; when one of them fails this one is not run, and says so. */
  readonly after?: readonly string[];
  /** Everything that is wrong, one text each; empty when nothing is. A throw counts as wrong too. */
  readonly run: () => Promise<readonly string[]>;
}

export interface Result {
  readonly name: string;
  readonly state: 'right' | 'wrong' | 'not run';
  readonly faults: readonly string[];
  readonly seconds: number;
}

const words = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Runs all steps, at most `width` at once, in an order that respects `after`. Tells of each as it ends; never stops at the first fault. */
export async function runSteps(
  steps: readonly Step[],
  width: number,
  told: (result: Result, done: number) => void,
): Promise<Result[]> {
  const names = new Set(steps.map(step => step.name));
  const unknown = steps.flatMap(step => (step.after ?? []).filter(name => !names.has(name)));
  if (unknown.length > 0) throw new Error(`steps that do not exist: ${unknown.join(', ')}`);
  const results = new Map<string, Result>();
  const waiting = [...steps];
  const running = new Map<string, Promise<void>>();

  const finish = (result: Result): void => {
    results.set(result.name, result);
    told(result, results.size);
  };
  const start = async (step: Step): Promise<void> => {
    const began = performance.now();
    let faults: readonly string[];
    try {
      faults = await step.run();
    } catch (error) {
      faults = [words(error)];
    }
    const seconds = (performance.now() - began) / 1_000;
    running.delete(step.name);
    finish({ name: step.name, state: faults.length === 0 ? 'right' : 'wrong', faults, seconds });
  };

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(step => (step.after ?? []).every(name => results.has(name)));
    if (next >= 0 && running.size < width) {
      const [step] = waiting.splice(next, 1);
      if (!step) continue;
      const missing = (step.after ?? []).filter(name => results.get(name)?.state !== 'right');
      if (missing.length > 0)
        finish({ name: step.name, state: 'not run', faults: [`needs: ${missing.join(', ')}`], seconds: 0 });
      else running.set(step.name, start(step));
    } else if (running.size > 0) await Promise.race(running.values());
    else throw new Error(`steps that wait for each other: ${waiting.map(step => step.name).join(', ')}`);
  }
  return steps.flatMap(step => results.get(step.name) ?? []);
}

/** Runs a program of `node_modules` and answers what it printed when it failed; nothing when it succeeded. */
export const program =
  (file: string, ...args: readonly string[]) =>
  async (): Promise<readonly string[]> => {
    const { code, output } = await runProgram(file, args);
    return code === 0 ? [] : [output.trim() || `${file} ended with ${code}`];
  };

export const runProgram = (
  file: string,
  args: readonly string[],
): Promise<{ code: number; output: string; stdout: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      env: { ...process.env, NX_DAEMON: 'false', NO_COLOR: '1', FORCE_COLOR: '0', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), output, stdout }));
  });
