import { describe, expect, it } from '@jest/globals';
import { startOptions, USAGE } from './options.js';
import { PORT_NAMES, portVariable } from '../system/addresses.js';

const read = (args: string[], env: Record<string, string> = {}) => {
  const options = startOptions(args, env, '/somewhere');
  if (options === 'help') throw new Error('help');
  return options;
};

describe('what npm start is asked', () => {
  it('keeps its data in .data, at the documented ports', () => {
    const { folder, ports, fresh, json, traffic } = read([]);
    expect({ folder, crm: ports.crm, citizen: ports.citizen, smtp: ports.smtp }).toEqual({
      folder: '/somewhere/.data',
      crm: 3000,
      citizen: 3100,
      smtp: 2525,
    });
    expect({ fresh, json, traffic }).toEqual({ fresh: false, json: false, traffic: 400 });
  });

  it.each([
    [[], 400],
    [['--json'], undefined],
    [['--no-traffic'], undefined],
    [['--json', '--traffic'], 400],
  ])('lets invented citizens write to whoever looks on, not to scripts: %j', (args, perDay) => {
    expect(read(args).traffic).toBe(perDay);
  });

  it('moves all ports together, with data of its own', () => {
    const { folder, ports } = read(['--port-offset', '100']);
    expect({ folder, crm: ports.crm, postgres: ports.postgres }).toEqual({
      folder: '/somewhere/.data/offset-100',
      crm: 3100,
      postgres: 15_532,
    });
    expect(read([], { PORT_OFFSET: '100' }).ports).toEqual(ports);
  });

  it('moves one port by its variable, to exactly that', () => {
    expect(read(['--port-offset', '100'], { MAIL_SMTP_PORT: '4000' }).ports).toMatchObject({
      mailSmtp: 4000,
      mailHttp: 3404,
    });
  });

  it.each([
    ['mail, the database and the bus, which no browser asks', ['--port-offset', '3000'], { CRM_PORT: '9000' }],
    ['what is moved away by its variable', ['--port-offset', '2900'], { CITIZEN_PORT: '9100' }],
  ])('opens a port that browsers never do to %s', (_, args, env) => {
    expect(() => read(args, env)).not.toThrow();
  });

  it('keeps no service at a port that fetch refuses, whatever the offset', async () => {
    const refuses = async (port: number): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) }).then(
        () => false,
        (fault: { readonly cause?: unknown }) => String(fault.cause).includes('bad port'),
      );
    for (const port of [1, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6669, 6679, 6697, 10_080]) {
      expect([port, await refuses(port)]).toEqual([port, true]);
      expect(() => read([], { CRM_PORT: String(port) })).toThrow(/browsers never open/);
    }
    expect(() => read([], { SMTP_PORT: '25', NATS_PORT: '4190' })).not.toThrow();
  });

  it('names every variable of a port in its help', () => {
    for (const name of PORT_NAMES) expect(USAGE).toMatch(new RegExp(`\\b${portVariable(name)}\\b`));
  });

  it.each([
    [['--port-offset', 'many'], {}, /«many»/],
    [['--port-offset', '60000'], {}, /no port left/],
    // What listens there is refused by browsers before it is asked.
    [
      ['--port-offset', '3000'],
      {},
      /offset of 3000, the core \(crm\) would listen at 6000: browsers never open that port/,
    ],
    [['--port-offset', '2900'], {}, /would listen at 6000/],
    [[], { WEBFORM_PORT: '6667' }, /WEBFORM_PORT is 6667: browsers never open that port/],
    [['--unknown'], {}, /--unknown[\s\S]*--fresh/],
    [[], { CRM_PORT: '99999' }, /CRM_PORT is 99999/],
    [['--traffic'], { TRAFFIC_PER_DAY: 'all' }, /TRAFFIC_PER_DAY/],
    [['--traffic', '--no-traffic'], {}, /one of them/],
  ])('refuses %j with %j', (args, env, words) => {
    expect(() => read(args, env)).toThrow(words);
  });

  it.each([
    [[], { npm_config_fresh: 'true' }, /npm start -- --fresh$/],
    [['--port-offset', '900'], { npm_config_traffic: '' }, /npm start -- --no-traffic --port-offset 900$/],
    [[], { npm_config_fresh: 'true', npm_config_traffic: 'true' }, /npm start -- --fresh --traffic$/],
    [
      ['--json'],
      { npm_config_port_offset: '900', npm_config_data: 'x' },
      /npm start -- --port-offset=900 --data=x --json$/,
    ],
  ])('says what was meant when npm took options for its own: %j with %j', (args, env, words) => {
    expect(() => read(args, env)).toThrow(words);
    expect(read(['--fresh'], { npm_config_fresh: 'true' })).toMatchObject({ fresh: true });
  });

  it('refuses in production', () => {
    expect(() => read([], { NODE_ENV: 'production' })).toThrow(/demonstration/);
  });

  it('does not empty what is not its own', () => {
    expect(() => read(['--fresh'], { DATABASE_URL: 'postgres://x' })).toThrow(/DATABASE_URL/);
  });
});
