import { connect } from 'node:net';
import type { ConnectionCheck, ConnectionResult } from '@filodiretto/contracts';
import { describeSettings } from '@filodiretto/platform';
import { NotConnected, type Connection, type Host, type Session } from './contract.js';

interface CheckLimits {
  /** Milliseconds in which one side must answer. */
  readonly eachMs: number;
  /** Milliseconds after which no other side is asked. */
  readonly allMs: number;
  /** What must not be told, whoever said it. */
  readonly secrets?: readonly string[];
}

/** Together less than what the core waits. */
export const CHECK_LIMITS: CheckLimits = { eachMs: 8_000, allMs: 15_000 };
const AT_ONCE = 8;
const MOST_WORDS = 500;

/** Asks the other sides of these accounts now, several at once; of accounts that the channel does not serve it says so. Never rejects. */
export async function checkConnections(
  session: Pick<Session, 'accounts' | 'connections'>,
  accounts: readonly string[],
  limits: CheckLimits = CHECK_LIMITS,
): Promise<ConnectionCheck[]> {
  const until = performance.now() + limits.allMs;
  const wanted = accounts.flatMap(account =>
    (session.accounts.includes(account) ? session.connections(account) : [stranger]).map(one => ({ account, one })),
  );
  const checks: ConnectionCheck[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < wanted.length; index = next++) {
      const { account, one } = wanted[index];
      const left = until - performance.now();
      checks[index] =
        left <= 0
          ? { account, side: one.side, result: 'not_asked', tookMs: 0 }
          : { account, side: one.side, ...(await asked(one, Math.min(limits.eachMs, left), limits.secrets ?? [])) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return checks;
}

/** The house's own side: that the channel can remember, and keep what it receives. */
export const storageOf = (host: Pick<Host, 'state' | 'keep' | 'open'>): Connection => ({
  side: 'storage',
  ask: async () => {
    await host.state.set(PROBE, Date.now());
    if ((await host.state.get(PROBE)) === undefined) throw new NotConnected('failed', 'what was remembered is gone');
    // The same bytes each time: one blob in all.
    await host.open(await host.keep(new TextEncoder().encode(PROBE), 'text/plain'));
    return undefined;
  },
});
const PROBE = 'connection-check';

/** The scanner, asked whether it is there (clamd's PING); none is configured: nothing to ask. */
export function scannerConnection(config: { clamavHost?: string; clamavPort: number }): readonly Connection[] {
  const { clamavHost: host, clamavPort: port } = config;
  if (!host) return [];
  const ask = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      let said = '';
      const socket = connect({ host, port, signal }, () => socket.write('zPING\0'));
      socket
        .on('data', (more: Buffer) => (said += more.toString('latin1')))
        .on('error', reject)
        .on('close', () => {
          if (said.startsWith('PONG')) resolve(`${host}:${port}`);
          else reject(new NotConnected('refused', `${host}:${port} answers what no scanner answers`));
        });
    });
  return [{ side: 'scanner', ask }];
}

const stranger: Connection = {
  side: 'account',
  ask: () => Promise.reject(new NotConnected('not_found', 'the channel does not serve this account')),
};

async function asked(
  connection: Connection,
  withinMs: number,
  secrets: readonly string[],
): Promise<Pick<ConnectionCheck, 'result' | 'detail' | 'tookMs'>> {
  const began = performance.now();
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NotConnected('silent', ''));
      abort.abort();
    }, withinMs);
  });
  const told = (result: ConnectionResult, words: string | undefined): ReturnType<typeof asked> => {
    const detail = wordsOf(words ?? '', secrets);
    return Promise.resolve({ result, ...(detail ? { detail } : {}), tookMs: Math.round(performance.now() - began) });
  };
  try {
    return await told('works', await Promise.race([Promise.resolve().then(() => connection.ask(abort.signal)), over]));
  } catch (error) {
    const { result, words } = verdictOn(error);
    return await told(result, words);
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Nobody took the call. */
const UNREACHED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EDNS',
]);
/** It was called and did not speak. */
const SILENT: ReadonlySet<unknown> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'ECONNABORTED',
  'ABORT_ERR',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

interface Fault {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}
const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null;

function verdictOn(error: unknown): { result: ConnectionResult; words: string } {
  // The innermost words say most: those around them are "fetch failed".
  let words = isFault(error) ? '' : String(error);
  for (let at = error; isFault(at); at = at.cause) {
    if (at instanceof NotConnected) return { result: at.result, words: at.message };
    if (typeof at.message === 'string' && at.message !== '') words = at.message;
    if (UNREACHED.has(at.code)) return { result: 'unreachable', words };
    if (SILENT.has(at.code) || at.name === 'TimeoutError' || at.name === 'AbortError')
      return { result: 'silent', words };
  }
  return { result: 'failed', words };
}

/** For people: short, on one line, without what must not be told. */
const wordsOf = (words: string, secrets: readonly string[]): string =>
  secrets
    .reduce((text, secret) => text.replaceAll(secret, '•••'), words)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_WORDS);

const SECRET_NAME = /password|secret|token|key$/i;
const SHORTEST_SECRET = 6;

/** What of a configuration must never be told: its secret settings, and where these hold more, what in them is named as such. */
export const secretsIn = <Config extends object>(type: new () => Config, config: Config): readonly string[] => {
  const secret = new Set(describeSettings(type).flatMap(one => (one.secret ? [one.name.replaceAll('_', '')] : [])));
  return Object.entries(config)
    .flatMap(([name, value]) => (secret.has(name.toUpperCase()) ? secretsOf(value, true) : []))
    .filter(one => one.length >= SHORTEST_SECRET);
};

function secretsOf(value: unknown, secret: boolean): string[] {
  if (typeof value === 'string') return secret ? [value, ...passwordIn(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    Array.isArray(value) ? secretsOf(inner, false) : secretsOf(inner, SECRET_NAME.test(name)),
  );
}
function passwordIn(value: string): string[] {
  const { password } = URL.canParse(value) ? new URL(value) : { password: '' };
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
