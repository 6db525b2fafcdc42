import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fixedPorts, type Ports } from '../system/addresses.js';
import { argumentsOf } from '../runtime/command.js';
import { ROOT } from '../runtime/places.js';
import { CannotGoOn } from '../runtime/words.js';

/** What `npm start` was asked. */
export interface StartOptions {
  readonly folder: string;
  readonly ports: Ports;
  readonly fresh: boolean;
  readonly json: boolean;
  /** Contacts of a middle day, when invented citizens are to write by themselves. */
  readonly traffic?: number;
  readonly databaseUrl?: string;
  readonly natsUrl?: string;
}

/** In a file of its own, so that it is told also before anything is installed. */
export const USAGE = readFileSync(join(ROOT, 'tools/start.usage'), 'utf8').trimEnd();

/** Options that npm takes for its own when no `--` stands before them, by what it hands on instead. */
const TAKEN_BY_NPM = [
  { variable: 'npm_config_fresh', value: 'true', option: 'fresh' },
  { variable: 'npm_config_traffic', value: 'true', option: 'traffic' },
  { variable: 'npm_config_traffic', value: '', option: 'no-traffic' },
] as const;
/** The same of those that have a value. */
const TAKEN_WITH_VALUE = [
  { variable: 'npm_config_port_offset', option: 'port-offset' },
  { variable: 'npm_config_data', option: 'data' },
] as const;

/** Reads the command line and the environment. Throws, in words, at the first thing that makes no sense. */
export function startOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): StartOptions | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  const taken = [
    ...TAKEN_BY_NPM.filter(({ variable, value, option }) => env[variable] === value && !values[option]).map(
      ({ option }) => `--${option}`,
    ),
    ...TAKEN_WITH_VALUE.filter(({ variable, option }) => env[variable] && values[option] === undefined).map(
      ({ variable, option }) => `--${option}=${env[variable]}`,
    ),
  ];
  if (taken.length > 0)
    throw new CannotGoOn(
      `npm takes options for its own when no -- stands before them. Probably meant: npm start -- ${[...taken, ...args].join(' ')}`,
    );
  if (env.NODE_ENV === 'production')
    throw new CannotGoOn(
      'npm start brings a demonstration: invented citizens, doubles of the providers, open tokens. With NODE_ENV=production\n' +
        'it refuses. docs/operations.md says how the services are run in earnest.',
    );
  const said = values['port-offset'] ?? (env.PORT_OFFSET || '0');
  if (!/^\d{1,5}$/.test(said)) throw new CannotGoOn(`The offset of the ports is «${said}»: a whole number is meant.`);
  const offset = Number(said);
  const folder = values.data ?? (env.DATA_DIR || (offset === 0 ? '.data' : join('.data', `offset-${offset}`)));
  if (values.traffic && values['no-traffic']) throw new CannotGoOn('--traffic and --no-traffic: one of them is meant.');
  const fresh = values.fresh ?? false;
  if (fresh && (env.DATABASE_URL || env.NATS_URL))
    throw new CannotGoOn(
      '--fresh empties only servers of its own: empty what DATABASE_URL or NATS_URL gives yourself.',
    );
  return {
    folder: resolve(root, folder),
    ports: fixedPorts(offset, env),
    fresh,
    json: values.json ?? false,
    ...((values.traffic ?? (!values.json && !values['no-traffic'])) ? { traffic: contactsPerDay(env) } : {}),
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    ...(env.NATS_URL ? { natsUrl: env.NATS_URL } : {}),
  };
}

const contactsPerDay = ({ TRAFFIC_PER_DAY }: Readonly<Record<string, string | undefined>>): number => {
  const perDay = TRAFFIC_PER_DAY ? Number(TRAFFIC_PER_DAY) : 400;
  if (!(perDay > 0 && perDay <= 1_000_000))
    throw new CannotGoOn(`TRAFFIC_PER_DAY is «${TRAFFIC_PER_DAY}»: a number from 1 to 1000000 is meant.`);
  return perDay;
};

const parsed = (args: readonly string[]) =>
  argumentsOf(USAGE, {
    args: [...args],
    options: {
      fresh: { type: 'boolean' },
      traffic: { type: 'boolean' },
      'no-traffic': { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      'port-offset': { type: 'string' },
      data: { type: 'string' },
    },
  }).values;
