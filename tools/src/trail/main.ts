import { spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argumentsOf, command } from '../runtime/command.js';
import { ROOT } from '../runtime/places.js';
import { embeddedPostgres, ownedDatabase } from '../runtime/postgres.js';
import { Program } from '../runtime/program.js';
import { tell } from '../runtime/words.js';
import { fixedPorts } from '../system/addresses.js';
import { keptSecrets, type Secrets } from '../system/secrets.js';
import { ANCHORS_FILE } from '../system/services.js';

const USAGE = `npm run verify-trail -- [--anchors FILE …] [--key KEY] [--tsa FILE] [--json] [--data DIR] [--port-offset N]
  Reads every entry of the trail and every fact of the journal again, compares them with their seals and the seals with the
  anchors, and names the first that is not as it was written. DATABASE_URL says which database; else it is the one of
  npm start on that data folder, whether it runs or not. --anchors is what was kept outside, --key the public key of
  GET /api/trail/state as you noted it, --tsa the certificates (PEM) of the time stamping authority. Exit code: 0 whole, 1 not, 2 it could not be read.`;

interface Source {
  readonly databaseUrl: string;
  readonly args: readonly string[];
  close(): Promise<void>;
}

/** `npm run verify-trail`. Gives the exit code. */
export const verify = (args: readonly string[]): Promise<number> => command(() => verified(args));

async function verified(args: readonly string[]): Promise<number> {
  const { values } = argumentsOf(USAGE, {
    args: [...args],
    options: {
      anchors: { type: 'string', multiple: true, default: [] },
      key: { type: 'string' },
      tsa: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      data: { type: 'string' },
      'port-offset': { type: 'string', default: '0' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const offset = Number(values['port-offset']);
  const folder = resolve(ROOT, values.data ?? (offset === 0 ? '.data' : join('.data', `offset-${offset}`)));
  const said = [
    ...values.anchors.flatMap(path => ['--anchors', resolve(path)]),
    ...(values.key === undefined ? [] : ['--key', values.key]),
    ...(values.tsa === undefined ? [] : ['--tsa', resolve(values.tsa)]),
    ...(values.json ? ['--json'] : []),
  ];
  const given = process.env.DATABASE_URL;
  const source = given
    ? { databaseUrl: given, args: said, close: () => Promise.resolve() }
    : await kept(folder, offset, said);
  if (!source) {
    process.stderr.write(`Nothing is kept in ${folder}, and DATABASE_URL says no other database.\n${USAGE}\n`);
    return 2;
  }
  try {
    return await run(source);
  } finally {
    await source.close();
  }
}

/** The database of a demonstration, started when it does not run, with the anchors and the key that it keeps beside it. */
async function kept(folder: string, offset: number, said: readonly string[]): Promise<Source | undefined> {
  if (!existsSync(join(folder, 'secrets.json'))) return undefined;
  const secrets = keptSecrets(folder);
  const plan = await embeddedPostgres({
    folder: join(folder, 'postgres'),
    port: fixedPorts(offset, process.env).postgres,
    password: secrets.postgresAdmin,
    log: join(folder, 'logs', 'postgres-verify.log'),
    tell,
  });
  const postgres = new Program(plan.program);
  const runs = (await plan.program.readiness()) === true;
  if (!runs) await postgres.start();
  const anchors = join(folder, ANCHORS_FILE);
  return {
    databaseUrl: await ownedDatabase(plan.adminUrl, 'filodiretto', secrets.postgresCrm),
    args: [
      ...said,
      ...(said.includes('--anchors') || !existsSync(anchors) ? [] : ['--anchors', anchors]),
      ...(said.includes('--key') ? [] : ['--key', publicKey(secrets)]),
    ],
    close: () => (runs ? Promise.resolve() : postgres.stop()),
  };
}

/** The public half of the key that signs anchors: 32 random bytes, wrapped as RFC 8410 has them. */
function publicKey({ trailKey }: Secrets): string {
  const secret = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(trailKey, 'hex')]),
    format: 'der',
    type: 'pkcs8',
  });
  return createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

const run = ({ databaseUrl, args }: Source): Promise<number> =>
  new Promise((ended, failed) => {
    spawn(process.execPath, [join(ROOT, 'apps/crm/dist/verify-trail-main.js'), ...args], {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: 'inherit',
    })
      .once('error', failed)
      .once('close', code => ended(code ?? 2));
  });
