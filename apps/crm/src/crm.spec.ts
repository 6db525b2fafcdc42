import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import { ConfigurationError, createLogger } from '@filodiretto/platform';
import { startCrm } from './crm.js';
import { migrate } from './data-source.js';
import { seedDemonstration } from './demonstration/seed.js';
import { firstBrokenVersion } from './case/journal-hash.js';
import { JournalEntry } from './case/journal.entity.js';
import { aMessage, TestCore, tokenFor } from './testing.js';

const log = createLogger('test', 'silent');

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('the core', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-'));
  const file = join(folder, 'operators.json');
  let core: TestCore;
  beforeAll(async () => {
    core = await TestCore.start({ DEMONSTRATION: 'true', DEMONSTRATION_FILE: file });
  });
  afterAll(async () => {
    await core.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses an invented city in production, and lists every other mistake at once', async () => {
    const complete = {
      NODE_ENV: 'production',
      PORT: '1',
      NATS_URL: 'nats://127.0.0.1:1',
      PARTITION_KEY: 'x'.repeat(16),
      TOKEN_KEY: 'x'.repeat(16),
      DATABASE_URL: 'postgres://127.0.0.1:1/none',
      OIDC_ISSUER: 'https://login.example',
      DEMONSTRATION: 'true',
    };
    await expect(startCrm(complete, log)).rejects.toThrow(/DEMONSTRATION/);
    const wrong = startCrm({ ...complete, TOKEN_KEY: 'short-secret', DATABASE_URL: 'mysql://x' }, log);
    await expect(wrong).rejects.toBeInstanceOf(ConfigurationError);
    await expect(wrong).rejects.toThrow(/DATABASE_URL[\s\S]*TOKEN_KEY/);
    await expect(wrong).rejects.not.toThrow(/short-secret/);
    const open = startCrm({ ...complete, DEMONSTRATION: 'false', OIDC_ISSUER: 'http://login.example' }, log);
    await expect(open).rejects.toThrow(/OIDC_ISSUER: .*https/);
    const inClear = startCrm({ ...complete, DEMONSTRATION: 'false', PUBLIC_URL: 'http://urp.example' }, log);
    await expect(inClear).rejects.toThrow(/PUBLIC_URL: .*https/);
    const nobody = startCrm({ ...complete, DEMONSTRATION: 'false', SECURITY_CONTACT: 'sicurezza@urp.example' }, log);
    await expect(nobody).rejects.toThrow(/SECURITY_CONTACT: sicurezza@urp.example/);
  });

  it('brings the city once, however often it starts', async () => {
    const count = async (): Promise<unknown> =>
      core.query('select (select count(*) from office) as offices, (select count(*) from case_file) as cases');
    const before = await count();
    const { dataSource } = core.database;
    await seedDemonstration(dataSource, { app: core.running.app });
    expect(await count()).toEqual(before);
  });

  it('lets in each of the people that its file says, as the identity provider knows them', async () => {
    const { operators } = JSON.parse(readFileSync(file, 'utf8')) as { operators: { name: string; subject: string }[] };
    expect(operators.length).toBeGreaterThanOrEqual(10);
    for (const { name, subject } of operators) {
      const authorization = `Bearer ${await tokenFor(subject)}`;
      const me = await fetch(`${core.running.url}/api/operators/me`, { headers: { authorization } });
      expect([name, await me.json()]).toEqual([name, expect.objectContaining({ name })]);
    }
  });

  it('brings something of all that is done with cases: late, on a map, under a head, asked outside, by rules of its own', async () => {
    const authorization = `Bearer ${await tokenFor('paolo.santini')}`;
    const got = (path: string): Promise<unknown> =>
      fetch(`${core.running.url}/api/${path}`, { headers: { authorization } }).then(answer => answer.json());
    const view = await eventually(async () => {
      const { items } = (await got('views')) as { items: { name: string; count: { cases: number } }[] };
      return items.find(({ name, count }) => name === 'Segnalazioni aperte' && count.cases > 0);
    });
    expect(view.count).toMatchObject({ more: false });
    await eventually(async () => {
      const { items } = (await got('cases?late=true&open=true')) as { items: unknown[] };
      return items.length === 1;
    });
    const urged = await eventually(async () => {
      const rows = await core.query<{ subject: string; told: string[] }>(
        `select c.subject, array_agg(distinct j.data->>'to') as told from journal j join case_file c on c.id = j.case_id
         where j.fact = 'escalated' group by c.id having count(*) > 2`,
      );
      return rows[0];
    });
    expect(urged).toEqual({ subject: 'Lampada votiva spenta da un mese', told: expect.arrayContaining(['director']) });
    const [work] = await core.query(
      `select (select count(*)::int from case_place where area_id is not null) as places,
         (select count(*)::int from case_file where incident_head is not null) as reporters,
         (select count(*)::int from task where state = 'open' and address is not null) as tasks,
         (select count(*)::int from case_field) as fields, (select count(*)::int from macro) as macros,
         (select count(*)::int from automation where enabled) as automations`,
    );
    expect(work).toEqual({ places: 6, reporters: 2, tasks: 1, fields: 3, macros: 1, automations: 2 });
  });

  it('made its past cases through the ledger: each has a whole journal', async () => {
    // What is late goes on being urged meanwhile.
    const { entries, cases } = await core.database.dataSource.transaction('REPEATABLE READ', async manager => ({
      entries: await manager.getRepository(JournalEntry).find({ order: { caseId: 'ASC', version: 'ASC' } }),
      cases: await manager.query<{ id: string; version: number }[]>('select id, version from case_file'),
    }));
    expect(cases.length).toBeGreaterThan(5);
    for (const { id, version } of cases) {
      const own = entries.filter(entry => entry.caseId === id);
      expect(own).toHaveLength(version);
      expect(firstBrokenVersion(id, own)).toBeUndefined();
    }
  });

  it('routes what comes by the account, and by the category that the citizen chose first', async () => {
    const channel = await core.channel();
    const byAccount = aMessage({ channel, account: 'tributi' });
    const byCategory = aMessage({ channel, account: 'tributi', hints: { category: 'rifiuti' } });
    const byNothing = aMessage({ channel });
    for (const message of [byAccount, byCategory, byNothing]) await core.say(message);
    const officeOf = ({ id }: { id: string }): Promise<string> =>
      eventually(async () => {
        const [row] = await core.query<{ code: string }>(
          `select o.code from message m join case_file c on c.id = m.case_id join office o on o.id = c.office_id where m.id = $1`,
          [id],
        );
        return row?.code;
      });
    expect(await Promise.all([byAccount, byCategory, byNothing].map(officeOf))).toEqual(['tributi', 'ambiente', 'urp']);
  });

  it('is ready when the database and the bus answer, and says which one does not', async () => {
    const ready = async (): Promise<number> => (await fetch(`${core.running.url}/health/ready`)).status;
    expect(await ready()).toBe(200);
    await core.nats.kill();
    await eventually(async () => ((await ready()) === 503 ? true : undefined));
    const body = (await (await fetch(`${core.running.url}/health/ready`)).json()) as { detail: string };
    expect(body.detail).toMatch(/^bus: /);
    await core.nats.start();
    await eventually(async () => ((await ready()) === 200 ? true : undefined), 60);
    await eventually(() => core.channel().catch(() => undefined), 60);
  });

  it('waits for a database that went away, burns no attempt, and then takes in all that came meanwhile, in order', async () => {
    const channel = await core.channel();
    const conversation = 'while-the-database-is-away';
    const name = new URL(core.database.url).pathname.slice(1);
    await core.query(`alter database ${name} with allow_connections false`).catch(() => undefined);
    await core.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    const words = Array.from({ length: 30 }, (_, index) => `parola ${index}`);
    for (const text of words) await core.say(aMessage({ channel, conversation, content: [{ type: 'text', text }] }));
    await new Promise(resolve => setTimeout(resolve, 1_500));
    await core.query(`alter database ${name} with allow_connections true`);
    const stored = await eventually(async () => {
      const rows = await core.query<{ text: string }>(
        `select text from message where channel = $1 and direction = 'in' order by seq`,
        [channel],
      );
      return rows.length === words.length ? rows.map(row => row.text) : undefined;
    }, 60);
    expect(stored).toEqual(words);
    expect(await core.query('select 1 from parked where channel = $1', [channel])).toHaveLength(0);
  });

  it('has nothing more to migrate when several start at once', async () => {
    const { dataSource } = core.database;
    await Promise.all([migrate(dataSource), migrate(dataSource), migrate(dataSource)]);
    expect(await dataSource.showMigrations()).toBe(false);
  });
});
