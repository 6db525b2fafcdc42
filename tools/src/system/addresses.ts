import { freePort, type WantedPort } from '../runtime/ports.js';
import { CannotGoOn } from '../runtime/words.js';

/**
 * The ports of `npm start`, each movable by `<NAME>_PORT`, all together by `--port-offset`. All are below 32768, where
 * the ports begin that systems give to outgoing connections: a fixed one among those is now and then taken.
 */
const PORTS = {
  crm: { port: 3000, who: 'the core (crm)' },
  citizen: { port: 3100, who: "the citizen's side page" },
  email: { port: 3201, who: 'the e-mail channel' },
  phone: { port: 3202, who: 'the phone channel' },
  whatsapp: { port: 3203, who: 'the WhatsApp channel' },
  facebook: { port: 3204, who: 'the Facebook channel' },
  webform: { port: 3205, who: 'the web form channel' },
  loopback: { port: 3206, who: 'the loopback channel' },
  smtp: { port: 2525, who: 'mail received by SMTP' },
  twilio: { port: 3301, who: "Twilio's double" },
  meta: { port: 3302, who: "Meta's double" },
  mailSmtp: { port: 3303, who: "the citizens' mail server (SMTP)" },
  mailHttp: { port: 3304, who: "the citizens' mail server (control)" },
  identity: { port: 3305, who: 'the identity provider' },
  postgres: { port: 15_432, who: 'PostgreSQL' },
  nats: { port: 14_222, who: 'nats-server' },
} as const satisfies Readonly<Record<string, { port: number; who: string }>>;

export type PortName = keyof typeof PORTS;
export type Ports = Readonly<Record<PortName, number>>;
export const PORT_NAMES = Object.keys(PORTS) as readonly PortName[];

/** The environment variable that moves one port. */
export const portVariable = (name: PortName): string => `${name.replace(/[A-Z]/g, '_$&').toUpperCase()}_PORT`;

/** The documented ports, moved as asked. Throws, naming the variable, when one is not a port. */
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
    return port;
  });
}

/** Ports that are free now, for a system that lives beside others. */
export async function freePorts(): Promise<Ports> {
  const free = new Map<PortName, number>();
  for (const name of PORT_NAMES) free.set(name, await freePort());
  return portsBy(name => free.get(name) ?? 0);
}

const portsBy = (port: (name: PortName) => number): Ports =>
  Object.fromEntries(PORT_NAMES.map(name => [name, port(name)])) as Record<PortName, number>;

/** Who wants which port, without the servers that are given. */
export const wantedPorts = (ports: Ports, without: readonly PortName[]): WantedPort[] =>
  PORT_NAMES.filter(name => !without.includes(name)).map(name => ({
    port: ports[name],
    who: PORTS[name].who,
    env: portVariable(name),
  }));
