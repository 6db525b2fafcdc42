import { freePort, isTaken, type WantedPort } from '../runtime/ports.js';
import { CannotGoOn } from '../runtime/words.js';

/**
 * The ports of `npm start`, each movable by `<NAME>_PORT`, all together by `--port-offset`. All are below 32768, where
 * the ports begin that systems give to outgoing connections: a fixed one among those is now and then taken.
 */
const PORTS = {
  crm: { port: 3000, who: 'the core (crm)' },
  portal: { port: 3050, who: "the citizens' pages (portal)" },
  citizen: { port: 3100, who: "the citizen's side page" },
  email: { port: 3201, who: 'the e-mail channel' },
  phone: { port: 3202, who: 'the phone channel' },
  whatsapp: { port: 3203, who: 'the WhatsApp channel' },
  facebook: { port: 3204, who: 'the Facebook channel' },
  webform: { port: 3205, who: 'the web form channel' },
  loopback: { port: 3206, who: 'the loopback channel' },
  webchat: { port: 3207, who: 'the chat channel' },
  smtp: { port: 2525, who: 'mail received by SMTP' },
  twilio: { port: 3301, who: "Twilio's double" },
  meta: { port: 3302, who: "Meta's double" },
  mailSmtp: { port: 3303, who: "the citizens' mail server (SMTP)" },
  mailHttp: { port: 3304, who: "the citizens' mail server (control)" },
  identity: { port: 3305, who: 'the identity provider' },
  citizenIdentity: { port: 3306, who: "the citizens' identity provider" },
  clamd: { port: 3307, who: "the virus scanner's double" },
  postgres: { port: 15_432, who: 'PostgreSQL' },
  nats: { port: 14_222, who: 'nats-server' },
} as const satisfies Readonly<Record<string, { port: number; who: string }>>;

export type PortName = keyof typeof PORTS;
export type Ports = Readonly<Record<PortName, number>>;
export const PORT_NAMES = Object.keys(PORTS) as readonly PortName[];

/** The environment variable that moves one port. */
export const portVariable = (name: PortName): string => `${name.replace(/[A-Z]/g, '_$&').toUpperCase()}_PORT`;

/**
 * Ports that browsers and `fetch` never open ("bad port" of the Fetch standard), of those that an offset or a variable can lead to:
 * whatever listens there is there for nobody.
 */
const NEVER_OPENED: ReadonlySet<number> = new Set([
  ...[
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  ],
  ...[
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  ],
  ...[540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061],
  ...[6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]);
/** What is reached by HTTP; mail, the database and the bus are not. */
const SPEAKS_HTTP: ReadonlySet<PortName> = new Set<PortName>([
  'crm',
  'portal',
  'citizen',
  'email',
  'phone',
  'whatsapp',
  'facebook',
  'webform',
  'loopback',
  'webchat',
  'twilio',
  'meta',
  'mailHttp',
  'identity',
  'citizenIdentity',
]);

/** The documented ports, moved as asked. Throws, naming the variable, when one is not a port, or one that nobody would open. */
export function fixedPorts(offset: number, env: Readonly<Record<string, string | undefined>>): Ports {
  return portsBy(name => {
    const variable = portVariable(name);
    const said = env[variable];
    const port = said ? (/^\d{1,5}$/.test(said) ? Number(said) : NaN) : PORTS[name].port + offset;
    if (!(port >= 1 && port <= 65_535))
      throw new CannotGoOn(
        said
          ? `${variable} is ${said}, which is not a port.`
          : `With an offset of ${offset}, ${PORTS[name].who} has no port left.`,
      );
    if (SPEAKS_HTTP.has(name) && NEVER_OPENED.has(port))
      throw new CannotGoOn(
        said
          ? `${variable} is ${port}: browsers never open that port, nor does fetch. Choose another.`
          : `With an offset of ${offset}, ${PORTS[name].who} would listen at ${port}: browsers never open that port, nor does fetch. Choose another offset, or say ${variable}.`,
      );
    return port;
  });
}

/** Ports that are free now, for a system that lives beside others. */
export async function freePorts(): Promise<Ports> {
  const free = new Map<PortName, number>();
  for (const name of PORT_NAMES) free.set(name, await freePort());
  return portsBy(name => free.get(name) ?? 0);
}

/** The first offset, in thousands, at which nobody holds a port of ours now. Throws, in words, when there is none. */
export async function freeOffset(): Promise<number> {
  for (let offset = 1_000; offset <= MOST_OFFSET; offset += 1_000) {
    const moved = PORT_NAMES.map(name => ({ name, port: PORTS[name].port + offset }));
    if (moved.some(({ name, port }) => SPEAKS_HTTP.has(name) && NEVER_OPENED.has(port))) continue;
    const taken = await Promise.all(moved.map(({ port }) => isTaken(port)));
    if (!taken.includes(true)) return offset;
  }
  throw new CannotGoOn(`No offset up to ${MOST_OFFSET} has all its ports free: stop what runs here and is not needed.`);
}
/** With more, some port would be among those that systems give to outgoing connections. */
const MOST_OFFSET = 17_000;

const portsBy = (port: (name: PortName) => number): Ports =>
  Object.fromEntries(PORT_NAMES.map(name => [name, port(name)])) as Record<PortName, number>;

/** Who wants which port, without the servers that are given. */
export const wantedPorts = (ports: Ports, without: readonly PortName[]): WantedPort[] =>
  PORT_NAMES.filter(name => !without.includes(name)).map(name => ({
    port: ports[name],
    who: PORTS[name].who,
    env: portVariable(name),
  }));
