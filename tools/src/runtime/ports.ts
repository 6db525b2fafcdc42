import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { CannotGoOn } from './words.js';

/** A port that somebody of ours is going to listen at. */
export interface WantedPort {
  readonly port: number;
  /** Who wants it, for a person. */
  readonly who: string;
  /** Environment variable that moves it. */
  readonly env: string;
}

const given = new Set<number>();

/**
 * A port that nobody listens at now, and that this function did not give before. It is below those that systems give to
 * outgoing connections, so that none of these takes it before it is used.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    if (!(await isTaken(port))) return port;
  }
}

/** Whether somebody listens at a port of this machine, at any of its addresses. */
export const isTaken = async (port: number): Promise<boolean> => (await answers(port)) || !(await canListen(port));

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' })
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });

const canListen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Resolves when every port is free. Throws one message that names all those taken, who holds them, and what to change;
 * `beside` gives the offset at which all ports are free.
 */
export async function demandFree(wanted: readonly WantedPort[], beside: () => Promise<number>): Promise<void> {
  const taken: WantedPort[] = [];
  for (const one of wanted) if (await isTaken(one.port)) taken.push(one);
  if (taken.length === 0) return;
  const lines = taken.map(({ port, who, env }) => {
    const holder = holderOf(port);
    return `  ${port}  wanted by ${who}${holder ? `, held by ${holder}` : ''}. To move it: ${env}=…`;
  });
  throw new CannotGoOn(
    [
      taken.length === 1 ? 'A port is already taken:' : 'Some ports are already taken:',
      ...lines,
      `Stop what holds them, or move all of ours: npm start -- --port-offset ${await beside()}`,
    ].join('\n'),
  );
}

/** The process that listens at a port, as far as Linux lets this user see it; nothing elsewhere: the port is named anyway. */
function holderOf(port: number): string | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap(file => listeningInodes(file, port)));
  if (inodes.size === 0) return undefined;
  const pid = (tried(() => readdirSync('/proc')) ?? [])
    .filter(name => /^\d+$/.test(name))
    .find(name => socketsOf(name).some(inode => inodes.has(inode)));
  if (pid === undefined) return undefined;
  const command = tried(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
  return `process ${pid} (${command.replaceAll('\0', ' ').trim().slice(0, 60)})`;
}

const LISTENING = '0A';

function listeningInodes(file: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return (tried(() => readFileSync(file, 'utf8')) ?? '')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[1]?.endsWith(`:${hex}`) && fields[3] === LISTENING)
    .flatMap(fields => fields[9] ?? []);
}

/** The sockets that a process holds, as far as this user may see them: what is closed meanwhile is not there. */
function socketsOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return (tried(() => readdirSync(folder)) ?? []).flatMap(fd => {
    const inode = /^socket:\[(\d+)\]$/.exec(tried(() => readlinkSync(`${folder}/${fd}`)) ?? '')?.[1];
    return inode ? [inode] : [];
  });
}

function tried<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
