import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { ROOT } from '../runtime/places.js';

/** How many tests ended how. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Names of those that were not run, which say why. */
  readonly skipped: readonly string[];
}
export const NOTHING: Count = { passed: 0, failed: 0, skipped: [] };

export const added = (one: Count, other: Count): Count => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: [...one.skipped, ...other.skipped],
});

/** What of jest's own report we read. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The count of a report. A suite that could not even be loaded counts as one failure; so does a run that failed without any. */
export function countOf(report: Report | undefined, code: number | null): Count {
  if (!report) return { ...NOTHING, failed: 1 };
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.testResults.flatMap(suite =>
      suite.assertionResults.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName),
    ),
  };
}

/** A run of jest that can be stopped. */
export interface JestRun {
  readonly count: Promise<Count>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** How long one test may take before it counts as hung: nothing is timed here, and the machine may be busy with others. */
const PATIENCE_MS = 60_000;

/** Runs jest from the root, its words on stderr, its report in `file`. */
export function runJest(args: readonly string[], env: Readonly<Record<string, string>>, file: string): JestRun {
  const options =
    `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings=ExperimentalWarning`.trim();
  const child = spawn(
    process.execPath,
    [
      'node_modules/jest/bin/jest.js',
      '--ci',
      '--json',
      `--outputFile=${file}`,
      `--testTimeout=${PATIENCE_MS}`,
      ...args,
    ],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: options, ...env },
    },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', code => resolve(code));
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, signal);
    await ended.catch(() => undefined);
  };
  return {
    count: ended.then(code =>
      countOf(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined, code),
    ),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}
