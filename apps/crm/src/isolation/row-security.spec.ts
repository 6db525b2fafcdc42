import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Sight } from '@filodiretto/domain';
import type { DataSource, QueryRunner } from 'typeorm';
import { v7 } from 'uuid';
import { dataSourceOptions, MachineDataSource, peopleDataSource } from '../data-source.js';
import { RestApplication } from '../http/rest-testing.js';
import { planned } from '../prepared.js';
import { testDatabase, type TestDatabase } from '../testing.js';
import { asActing, asMachine, beginningOf, personOf, type PersonActing } from './acting.js';
import { MACHINE_ROLE, PEOPLE_ROLE } from './roles.js';

jest.setTimeout(120_000);

interface Column {
  readonly name: string;
  readonly type: string;
  /** Given by the database alone. */
  readonly given: boolean;
}
interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}
/** What a role may do to a table, and which of two administrations' rows it was given. */
interface Seen {
  readonly rows: number;
  readonly others: boolean;
}

const [ours, theirs] = [v7(), v7()];
const us = personOf({ id: ours, administrationId: ours, sight: 'all' });

const SCALARS: Readonly<Record<string, string>> = {
  boolean: 'false',
  bytea: `'\\x00'`,
  date: `'2026-01-01'`,
  'double precision': '1',
  interval: `'0'`,
  json: `'{}'`,
  jsonb: `'{}'`,
  numeric: '1',
  real: '1',
  'timestamp with time zone': 'now()',
  'time without time zone': `'08:00'`,
  tsvector: `''`,
  xid8: 'pg_current_xact_id()',
};

const WHOLE: readonly string[] = ['bigint', 'integer', 'smallint'];

/** A value of a column in the one row that an administration has of each table: all its ids are one id, so that everything belongs together. */
function valueOf({ type }: Column, whose: string): string {
  if (WHOLE.includes(type)) return whose === theirs ? '8' : '7';
  if (type === 'uuid' || type === 'text') return `'${whose}'`;
  if (type.endsWith('[]')) return `'{}'`;
  const value = SCALARS[type];
  if (value === undefined) throw new Error(`this spec makes no value of the type ${type}: teach it`);
  return value;
}

const rowOf = ({ name, columns }: Table, whose: string): string =>
  `insert into ${name} (${columns.map(one => one.name).join(', ')}) overriding system value
   values (${columns.map(one => valueOf(one, whose)).join(', ')})`;

describe('the database', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let tables: readonly Table[];

  /** Does something as a role, for somebody or for nobody, and undoes it. */
  async function as<T>(
    role: string,
    who: PersonActing | undefined,
    work: (runner: QueryRunner) => Promise<T>,
  ): Promise<T> {
    const runner = owner.createQueryRunner();
    try {
      await runner.query(who ? beginningOf(who) : 'start transaction');
      await runner.query(`set local role ${role}`);
      return await work(runner);
    } finally {
      await runner.query('rollback');
      await runner.release();
    }
  }

  /** What is seen of a table; `undefined`: the role may not ask. */
  async function seen(role: string, who: PersonActing | undefined, table: string): Promise<Seen | undefined> {
    try {
      const rows = await as<{ row: string }[]>(role, who, runner =>
        runner.query(`select row_to_json(t)::text as row from ${table} t`),
      );
      return { rows: rows.length, others: rows.some(({ row }) => row.includes(theirs)) };
    } catch (fault) {
      if (/permission denied/.test(String(fault))) return undefined;
      throw fault;
    }
  }

  const may = async (role: string, table: string, privilege: string): Promise<boolean> => {
    const [row]: { may: boolean }[] = await owner.query('select has_table_privilege($1, $2, $3) as may', [
      role,
      table,
      privilege,
    ]);
    return row?.may === true;
  };

  beforeAll(async () => {
    database = await testDatabase();
    owner = database.dataSource;
    tables = await owner.query(
      `select c.relname as name, json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, null), 'given', a.attidentity <> '')
         order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ('migrations', 'clock')
       group by c.relname order by c.relname`,
    );
    // Rows that no program would write: what they belong to is all that counts here.
    await owner.query(`do $$ declare c record; begin
      for c in select conrelid::regclass as name, conname from pg_constraint
        where contype <> 'n' and conrelid <> 0 and connamespace = 'public'::regnamespace loop
        execute format('alter table %s drop constraint if exists %I cascade', c.name, c.conname);
      end loop;
      for c in select indexrelid::regclass as name from pg_index i join pg_class t on t.oid = i.indrelid
        where i.indisunique and t.relnamespace = 'public'::regnamespace loop
        execute format('drop index %s', c.name);
      end loop;
    end $$`);
    await owner.transaction(async manager => {
      await manager.query('set local session_replication_role = replica');
      for (const table of tables) for (const whose of [ours, theirs]) await manager.query(rowOf(table, whose));
    });
  });
  afterAll(() => database.drop());

  it('has a forced rule on every table, and roles that own nothing and are above nothing', async () => {
    const open: object[] = await owner.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not (relrowsecurity and relforcerowsecurity)`,
    );
    const owned: object[] = await owner.query(
      `select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any($1)`,
      [[PEOPLE_ROLE, MACHINE_ROLE]],
    );
    const mighty: object[] = await owner.query(
      `select rolname from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb)`,
      [[PEOPLE_ROLE, MACHINE_ROLE]],
    );
    expect({ open, owned, mighty }).toEqual({ open: [], owned: [], mighty: [] });
    expect(tables.length).toBeGreaterThan(70);
  });

  it('shows people of one administration all of theirs that they may ask for, and nothing of another, in every table', async () => {
    const wrong: object[] = [];
    for (const { name } of tables) {
      const found = await seen(PEOPLE_ROLE, us, name);
      const asked = await may(PEOPLE_ROLE, name, 'select');
      if (asked ? found?.rows !== 1 || found.others : found !== undefined) wrong.push({ name, ...found });
    }
    expect(wrong).toEqual([]);
  });

  it('shows nothing of a confidential case, in any table of a case, to who need not know of it, however far they see', async () => {
    const rules: { name: string; rule: string }[] = await owner.query(
      `select tablename as name, qual as rule from pg_policies where policyname = 'people'`,
    );
    // What is seen with a case, and what is seen with that.
    const ofCases = new Set(['case_file']);
    for (let size = 0; size < ofCases.size;) {
      size = ofCases.size;
      for (const { name, rule } of rules)
        if ([...ofCases].some(other => rule.includes(`FROM ${other} seen`))) ofCases.add(name);
    }
    for (const name of ['message', 'attachment', 'journal', 'internal_note', 'mention', 'task', 'letter', 'case_field'])
      expect(ofCases).toContain(name);
    expect(ofCases.size).toBeGreaterThan(20);
    // Of every table that names a case, those whose rows are seen whoever sees the case: each rule says why.
    const naming = tables.filter(({ columns }) => columns.some(one => one.name === 'case_id')).map(({ name }) => name);
    expect(naming.filter(name => !ofCases.has(name) && rules.some(rule => rule.name === name))).toEqual(OPEN_TO_ALL);

    const someone = v7();
    // What is of its writer alone is of them: seen as the case is.
    await owner.query('update case_draft set operator_id = $1 where administration_id = $2', [someone, ours]);
    const none: Sight = { operator: someone, reach: 'offices', offices: [], confided: [], levels: [], opened: [] };
    const counts = async (sight: Sight): Promise<ReadonlyMap<string, number>> => {
      const who = personOf({ id: someone, administrationId: ours, sight });
      const found = new Map<string, number>();
      for (const name of ofCases) found.set(name, (await seen(PEOPLE_ROLE, who, name))?.rows ?? 0);
      return found;
    };
    const shownTo = async (sight: Sight): Promise<unknown[]> => [...(await counts(sight))].filter(([, n]) => n > 0);
    for (const sight of [
      none,
      { ...none, offices: [ours] },
      { ...none, reach: 'administration' as const },
      { ...none, levels: ['other'], confided: [theirs], opened: [theirs] },
    ])
      expect(await shownTo(sight)).toEqual([]);
    for (const sight of [
      { ...none, confided: [ours] },
      { ...none, opened: [ours] },
    ])
      expect(await shownTo(sight)).toEqual([...ofCases].map(name => [name, 1]));
    await owner.query(`update case_file set confidentiality = 'minors'`);
    expect(await shownTo({ ...none, levels: ['minors'] })).toEqual([...ofCases].map(name => [name, 1]));
    // The same, ordinary: to whose reach it is in, and to nobody else.
    await owner.query(`update case_file set confidentiality = null, concerned = array[office_id]`);
    expect(await shownTo(none)).toEqual([]);
    for (const sight of [
      { ...none, offices: [ours] },
      { ...none, reach: 'administration' as const },
    ])
      expect(await shownTo(sight)).toEqual([...ofCases].map(name => [name, 1]));
    await owner.query('update case_draft set operator_id = $2 where operator_id = $1', [someone, ours]);
  });

  it('shows nothing and writes nothing where nobody is known to act, in every table', async () => {
    const wrong: object[] = [];
    for (const table of tables) {
      const found = await seen(PEOPLE_ROLE, undefined, table.name);
      if (found && found.rows > 0) wrong.push({ name: table.name, ...found });
      const written = await as<unknown>(PEOPLE_ROLE, undefined, runner => runner.query(rowOf(table, v7()))).catch(
        String,
      );
      if (!/row-level security|permission denied/.test(String(written))) wrong.push({ name: table.name, written });
    }
    expect(wrong).toEqual([]);
  });

  it('lets people of one administration write, change and remove nothing of another, in every table', async () => {
    const wrong: object[] = [];
    for (const table of tables) {
      const first = table.columns.find(({ given }) => !given);
      for (const [privilege, statement] of [
        ['update', `update ${table.name} set ${first?.name} = ${first?.name}`],
        ['delete', `delete from ${table.name}`],
      ] as const) {
        if (!(await may(PEOPLE_ROLE, table.name, privilege))) continue;
        const changed = await as<number>(PEOPLE_ROLE, us, async runner => {
          await runner.query('reset role; set local session_replication_role = replica');
          await runner.query(`set local role ${PEOPLE_ROLE}`);
          return ((await runner.query(statement)) as [unknown[], number])[1];
        });
        if (changed !== 1) wrong.push({ name: table.name, privilege, changed });
      }
      // What says by no column of its own whose it is can be tied to nothing of theirs.
      const written = await as<unknown>(PEOPLE_ROLE, us, runner => runner.query(rowOf(table, theirs))).catch(String);
      const [refused, anonymous] = [
        /row-level security|permission denied/.test(String(written)),
        ANONYMOUS.has(table.name),
      ];
      if (refused === anonymous) wrong.push({ name: table.name, written });
    }
    expect(wrong).toEqual([]);
  });

  it('shows the core’s own work every administration, in every table', async () => {
    const wrong: object[] = [];
    for (const { name } of tables) {
      const found = await seen(MACHINE_ROLE, undefined, name);
      if (found?.rows !== 2) wrong.push({ name, ...found });
    }
    expect(wrong).toEqual([]);
    expect(await seen(MACHINE_ROLE, undefined, 'migrations')).toBeUndefined();
    expect(await seen(PEOPLE_ROLE, us, 'migrations')).toBeUndefined();
  });

  it.each([PEOPLE_ROLE, MACHINE_ROLE])('refuses %s to change or remove what is only added to', async role => {
    for (const table of ['journal', 'trail_entry', 'trail_seal'])
      for (const statement of [
        `update ${table} set administration_id = administration_id`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        await expect(as(role, us, runner => runner.query(statement))).rejects.toThrow(/permission denied/);
  });

  it('gives no words, no names and no case numbers of another administration by the functions that look them up', async () => {
    const [bucket]: { id: number }[] = await owner.query('select id from search_bucket where administration_id = $1', [
      theirs,
    ]);
    const asked = [
      `select from cases_with_words(${bucket?.id}, ''::tsquery, array['%'], null, null, null)`,
      `select from contacts_with_pieces(${bucket?.id}, array['%'], null, null)`,
    ];
    await owner.query(
      'update search_case set bucket = $1; update search_contact set bucket = $1'.replaceAll('$1', String(bucket?.id)),
    );
    for (const question of asked) {
      expect(await as(PEOPLE_ROLE, us, runner => runner.query(question))).toEqual([]);
      expect(await as(PEOPLE_ROLE, undefined, runner => runner.query(question))).toEqual([]);
      expect(await as(MACHINE_ROLE, undefined, runner => runner.query(question))).toHaveLength(2);
    }
    await expect(
      as(PEOPLE_ROLE, us, runner => runner.query('select take_case_numbers($1, 2026, 1)', [theirs])),
    ).rejects.toThrow(/another administration/);
  });

  it('knows nothing of the transaction before, on the same connection', async () => {
    const quiet = (): void => undefined;
    const machines = await MachineDataSource.of(database.url, 1, quiet).initialize();
    const people = await peopleDataSource(database.url, 1, machines, quiet).initialize();
    const whose = (): Promise<unknown[]> => people.query('select pg_backend_pid() as pid, id from case_file');
    const them = personOf({ id: theirs, administrationId: theirs, sight: 'all' });
    try {
      const [mine] = (await asActing(us, whose)) as { pid: number; id: string }[];
      expect(mine?.id).toBe(ours);
      expect(await whose()).toEqual([]);
      const failed = asActing(us, () =>
        people.transaction(async manager => {
          expect(await manager.query('select id from case_file')).toEqual([{ id: ours }]);
          await manager.query('select 1 / 0');
        }),
      );
      await expect(failed).rejects.toThrow(/division by zero/);
      expect(await whose()).toEqual([]);
      expect(await asActing(them, whose)).toEqual([{ pid: mine?.pid, id: theirs }]);
      expect(await asMachine('a test', () => people.query('select id from case_file'))).toHaveLength(2);
      expect(await whose()).toEqual([]);
    } finally {
      await people.destroy();
      await machines.destroy();
    }
  });

  it('is asked one statement in a transaction that goes with it: its own fault is told, and nothing stays open', async () => {
    const quiet = (): void => undefined;
    const machines = await MachineDataSource.of(database.url, 1, quiet).initialize();
    const people = await peopleDataSource(database.url, 1, machines, quiet).initialize();
    const them = personOf({ id: theirs, administrationId: theirs, sight: 'all' });
    const divided = (by: number): Promise<unknown> =>
      planned(people.manager, 'select pg_backend_pid() as pid, id, 1 / $1::int as part from case_file', [by]);
    try {
      for (const fails of [() => people.query('select 1 / 0'), () => divided(0)])
        await expect(asActing(us, fails)).rejects.toThrow(/division by zero/);
      await expect(divided(1)).resolves.toEqual({ rows: [], count: 0 });
      const { rows } = (await asActing(us, () => divided(1))) as { rows: { pid: number; id: string }[] };
      expect(rows).toMatchObject([{ id: ours, part: 1 }]);
      const both = await Promise.all(
        Array.from({ length: 20 }, (_, place) =>
          asActing(place % 2 === 0 ? us : them, () => people.query('select id from case_file')),
        ),
      );
      expect(both).toEqual(both.map((_, place) => [{ id: place % 2 === 0 ? ours : theirs }]));
      const inOne = await asActing(us, () =>
        people.transaction(manager =>
          Promise.all(['case_file', 'case_file'].map(table => manager.query(`select id from ${table}`))),
        ),
      );
      expect(inOne).toEqual([[{ id: ours }], [{ id: ours }]]);
      expect(await owner.query('select state from pg_stat_activity where pid = $1', [rows[0]?.pid])).toEqual([
        { state: 'idle' },
      ]);
    } finally {
      await people.destroy();
      await machines.destroy();
    }
  });

  it('takes nothing as a context that is not an id', () => {
    const crafted = `${ours}'; reset role; --`;
    for (const who of [
      { ...us, administrationId: crafted },
      { ...us, operatorId: crafted },
      { ...us, offices: [ours, crafted] },
      { ...us, confided: ['}'] },
      { ...us, opened: [`${ours}}`] },
      { ...us, levels: [`minors"}'; reset role; --`] },
      { ...us, reach: `none', true), set_config('role', 'postgres` as 'all' },
    ])
      expect(() => beginningOf(who)).toThrow();
  });
});

/** Tables that name a case and are read by people whatever case it is. */
const OPEN_TO_ALL: readonly string[] = [
  'break_glass',
  'consent_entry',
  'conversation',
  'erasure',
  'legal_hold',
  'reception_item',
  'trail_entry',
];

/** Tables whose rows say by no column whose they are when they are written, and are tied to nothing that could be another's. */
const ANONYMOUS: ReadonlySet<string> = new Set(['outbox', 'searched_words']);

describe('a login that owns nothing', () => {
  let rest: RestApplication;
  const worker = `worker_${randomBytes(6).toString('hex')}`;
  const counter = `counter_${randomBytes(6).toString('hex')}`;
  let urls: { readonly worker: string; readonly counter: string };

  beforeAll(async () => {
    const before = await testDatabase();
    const password = randomBytes(12).toString('hex');
    for (const [login, roles] of [
      [worker, `${PEOPLE_ROLE}, ${MACHINE_ROLE}`],
      [counter, PEOPLE_ROLE],
    ] as const)
      await before.dataSource.query(
        `create role ${login} login noinherit password '${password}'; grant ${roles} to ${login}`,
      );
    await before.drop();
    rest = await RestApplication.start(database => {
      const asLogin = (login: string): string => {
        const url = new URL(database);
        [url.username, url.password] = [login, password];
        return url.href;
      };
      urls = { worker: asLogin(worker), counter: asLogin(counter) };
      return { DATABASE_URL: urls.worker, DATABASE_PEOPLE_URL: urls.counter, DATABASE_OWNER_URL: database };
    });
  });
  afterAll(async () => {
    await rest.dataSource.query(`drop owned by ${worker}, ${counter}; drop role ${worker}, ${counter}`);
    await rest.stop();
  });

  it('serves all the work, of people and of machines', async () => {
    const anna = await rest.administration('Valdoro');
    const opened = await rest.ask<{ id: string }>('POST', '/api/cases', { as: anna, body: { subject: 'Lampione' } });
    expect(opened.status).toBe(201);
    const letters = await rest.channel(
      { reply: true, text: { maxLength: 1_000 }, conversations: 'person' },
      anna.administrationId,
    );
    const { caseId } = await rest.receive(letters, { text: 'Buongiorno' });
    expect((await rest.ask('GET', `/api/cases/${caseId}`, { as: anna })).status).toBe(200);
  });

  it('cannot put its role down', async () => {
    const quiet = (): void => undefined;
    const machines = await MachineDataSource.of(urls.worker, 1, quiet).initialize();
    const people = await peopleDataSource(urls.counter, 1, machines, quiet).initialize();
    const [ownerIs]: { name: string }[] = await rest.dataSource.query('select session_user as name');
    try {
      for (const [source, statements] of [
        [
          people,
          [`set role ${ownerIs?.name}`, `set role ${MACHINE_ROLE}`, `set session authorization ${ownerIs?.name}`],
        ],
        [
          machines,
          [`set role ${ownerIs?.name}`, 'alter table journal disable row level security', 'create table x ()'],
        ],
        [people, ['drop policy people on case_file', 'alter table case_file no force row level security']],
      ] as const)
        for (const statement of statements)
          await expect(source.query(statement)).rejects.toThrow(/permission denied|must be owner|must be member/);
      const back = await people.transaction(async manager => {
        await manager.query('reset role');
        return manager.query<unknown>('select current_user as name');
      });
      expect(back).toEqual([{ name: PEOPLE_ROLE }]);
      expect(await people.query('select id from case_file')).toEqual([]);
      // Without any role it may nothing at all.
      const bare = dataSourceOptions(urls.counter, 1);
      const { DataSource: Plain } = await import('typeorm');
      const login = await new Plain(bare).initialize();
      await expect(login.query('select id from case_file')).rejects.toThrow(/permission denied/);
      await login.destroy();
    } finally {
      await people.destroy();
      await machines.destroy();
    }
  });
});
