import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { fillArchive, type ArchiveAsked, type ArchiveSize } from '../load/archive/archive.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { System } from '../system/system.js';
import { cpuByProcess } from './cpu.js';
import { inParallel, percentile, rate, rounded, type Measure } from './measure.js';
import { securityCost } from './security-cost.js';

/** Requests of each sort that are measured. */
const TIMES = 50;
/** Words of the archive, from the commonest to one that nobody wrote, and what is no word but a part of a name or number. */
const SEARCHED = [
  'grazie',
  'buongiorno or grazie',
  'lampione',
  'lampione spento',
  '"lampione spento"',
  'semaforo ponteggio',
  'controllo',
  'rossi',
  'mario.rossi',
  '1004217',
  'inesistente',
];
const PAGE = 50;
/** Times that each page is asked for before anything is measured. */
const WARM_UP = 60;

/** How often it is looked whether the trail is sealed. */
const LOOK_MS = 3_000;
/** Looks after which nothing more was sealed, before the bench gives up. */
const STILL = 20;

/** How PostgreSQL is set while an archive is filled that nobody will miss if the machine stops meanwhile. */
const WHILE_FILLING = {
  autovacuum: 'off',
  fsync: 'off',
  full_page_writes: 'off',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  shared_buffers: '1GB',
  wal_level: 'minimal',
} as const;

/** What a kept archive tells of itself. */
type Kept = ArchiveSize & { readonly years: number };

/**
 * The operator's queue page and full-text search through the API, over an archive of so many cases in a system of its own; each
 * beside the least that PostgreSQL can be asked for the same page, on a connection of the bench's own. A folder that is kept and
 * holds an archive already is measured as it is, whatever is asked.
 */
export async function archiveMeasures(
  folder: string,
  asked: ArchiveAsked & { readonly kept: boolean },
  tell: Tell,
): Promise<Measure[]> {
  const note = join(folder, 'archive.json');
  const found = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Kept) : undefined;
  if (!found && existsSync(join(folder, 'secrets.json')))
    throw new CannotGoOn(`${folder} holds a system without a whole archive: give another folder, or remove it.`);
  const system = new System({
    folder,
    ports: await freePorts(),
    throwAway: !asked.kept,
    tell,
    died: program => tell(`${program.name} died.\n${program.lastLines()}`),
  });
  try {
    await system.start();
    const archive = found ?? (await filled(system, asked, tell));
    if (!found) writeFileSync(note, JSON.stringify(archive));
    return await measured(system, archive, tell);
  } finally {
    await system.stop();
  }
}

export async function filled(system: System, { cases, years }: ArchiveAsked, tell: Tell): Promise<Kept> {
  // Nobody writes, and nobody works while indexes are made.
  for (const program of system.programs.values())
    if (!['postgres', 'nats-server', 'identity'].includes(program.name)) await program.stop();
  await set(
    system,
    Object.entries(WHILE_FILLING).map(([name, value]) => `alter system set ${name} = '${value}'`),
  );
  tell(`Filling the archive: ${cases} cases in ${years} years, five times as many messages …`);
  const began = performance.now();
  const size = await fillArchive(system.databaseOfSuperuser, { cases, years }, tell);
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  tell(`Archive: ${size.cases} cases and ${size.messages} messages in ${seconds} s.`);
  await set(system, ['checkpoint', 'alter system reset all']);
  await system.program('crm').start();
  return { ...size, years };
}

/** Says so to PostgreSQL, and starts it again. */
async function set(system: System, statements: readonly string[]): Promise<void> {
  const superuser = new pg.Client(system.databaseOfSuperuser);
  await superuser.connect();
  try {
    for (const statement of statements) await superuser.query(statement);
  } finally {
    await superuser.end();
  }
  await system.program('postgres').stop();
  await system.program('postgres').start();
}

async function measured(system: System, size: Kept, tell: Tell): Promise<Measure[]> {
  const token = system.operators[0]?.token;
  if (token === undefined) throw new CannotGoOn('The demonstration has no operator.');
  const database = new pg.Client(system.database);
  await database.connect();
  try {
    const { rows } = await database.query<{ office: string; assignee: string; administration: string; case: string }>(
      `select office_id as office, assignee_id as assignee, administration_id as administration, id as case
       from case_file where assignee_id is not null and office_id is not null and confidentiality is null order by opened_at desc limit 1`,
    );
    const [some] = rows;
    if (!some) throw new CannotGoOn('The archive has no assigned case.');
    await whenSealed(database, tell);
    const get = (path: string): Promise<void> => answered(`${system.urls.crm}${path}`, token);
    const pages = [
      `office=${some.office}&open=true`,
      `assignee=${some.assignee}&open=true`,
      `office=${some.office}&state=closed`,
      'open=true',
      'priority=urgent',
    ];
    // A core that has just begun answers nobody as it does later.
    for (let time = 0; time < WARM_UP; time += 1)
      for (const query of pages) {
        await get(`/api/cases?limit=${PAGE}&${query}`);
        await get(`/api/search?limit=20&text=${encodeURIComponent(SEARCHED[time % SEARCHED.length] ?? '')}`);
      }
    const forQueue = cpuEach(system);
    const queue = await times(
      pages.map(query => [`/api/cases?${query}`, () => get(`/api/cases?limit=${PAGE}&${query}`)]),
      tell,
    );
    const queueTook = forQueue(queue.length + pages.length);
    const bareQueue = await times(
      [
        [
          'bare page',
          () =>
            database.query(
              `select * from case_file where office_id = $1 and state not in ('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')
           order by opened_at desc, id desc limit ${PAGE}`,
              [some.office],
            ),
        ],
      ],
      tell,
    );
    const { rows: codes } = await database.query<{ code: string }>(
      `select lower(substr(md5('code ' || $1::bigint), 1, 8)) as code`,
      [Math.ceil(size.cases / 3)],
    );
    const searched = [...SEARCHED, ...codes.map(({ code }) => code)];
    const forSearch = cpuEach(system);
    const search = await times(
      searched.map(text => [`search ${text}`, () => get(`/api/search?limit=20&text=${encodeURIComponent(text)}`)]),
      tell,
    );
    const searchTook = forSearch(search.length + searched.length);
    const bareSearch = await times(
      searched.map(text => [
        `bare search ${text}`,
        () =>
          database.query(
            `select case_id from search_case where bucket = (select max(id) from search_bucket where administration_id = $1)
             and document @@ websearch_to_tsquery('filodiretto', $2) limit 20`,
            [some.administration, text],
          ),
      ]),
      tell,
    );
    const cost = await securityCost(system, { ...some, operator: some.assignee, words: 'lampione', page: PAGE }, tell);
    const over = `${size.cases} cases, ${size.messages} messages in ${size.years} years`;
    return [
      rate(
        'queue.page.p95',
        percentile(queue, 0.95),
        percentile(bareQueue, 0.95),
        'ms',
        `${over}; five filters through the API; beside the bare SQL of one; a ratio above 1 is slower; ${queueTook}`,
      ),
      rate(
        'search.p95',
        percentile(search, 0.95),
        percentile(bareSearch, 0.95),
        'ms',
        `${over}; ${searched.length} searches, rare words, common ones, parts of names and codes, with snippets, through the API; beside the bare look into the index of one month; a ratio above 1 is slower; ${searchTook}`,
      ),
      { ...cost, how: `${over}; ${cost.how}; a ratio above 1 is slower` },
    ];
  } finally {
    ALONE.destroy();
    await database.end();
  }
}

/** Facts are sealed within a second as they happen; those of an archive come all at once, and are no part of what is measured. */
async function whenSealed(database: pg.Client, tell: Tell): Promise<void> {
  const waiting = async (): Promise<number> => {
    const { rows } = await database.query<{ facts: number }>(
      `select count(*)::int as facts from journal j left join trail_head h on h.administration_id = j.administration_id
       where (j.xid, j.position) > (coalesce(h.journal_xid, '0'::xid8), coalesce(h.journal_position, 0))`,
    );
    return rows[0]?.facts ?? 0;
  };
  let least = await waiting();
  for (let still = 0; least > 0;) {
    tell(`Sealing the archive's trail: ${least} facts to go …`);
    await pause(LOOK_MS);
    const left = await waiting();
    still = left < least ? 0 : still + 1;
    if (still > STILL) throw new CannotGoOn(`The trail of the archive is not sealed: ${left} facts wait.`);
    least = Math.min(least, left);
  }
}

/** One connection that stays, as a browser's; nothing of the answer is looked at, since this process shares the processors. */
const ALONE = new Agent({ keepAlive: true, maxSockets: 1 });
const answered = (url: string, token: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent: ALONE, headers: { authorization: `Bearer ${token}` } }, answer => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new CannotGoOn(`${url} answers ${answer.statusCode ?? 'nothing'}`));
      });
    });
    asked.once('error', reject);
    asked.end();
  });

/** From now until so many requests were made: what each took of the core and of PostgreSQL, in words. */
function cpuEach(system: System): (requests: number) => string {
  const took = cpuByProcess(system);
  return requests => {
    const each = took().flatMap(({ name, milliseconds }) =>
      ['crm', 'postgres'].includes(name) ? [`${rounded(milliseconds / requests)} in ${name}`] : [],
    );
    return `ms of CPU each: ${each.join(', ')}`;
  };
}

/** Milliseconds of every run but the first of each, which warms up. */
async function times(
  works: readonly (readonly [name: string, work: () => Promise<unknown>])[],
  tell: Tell,
): Promise<number[]> {
  const all: number[] = [];
  for (const [name, work] of works) {
    await work();
    const own = await inParallel(TIMES, 1, async () => void (await work()));
    tell(`  ${name}: p50 ${rounded(percentile(own, 0.5))} ms, p95 ${rounded(percentile(own, 0.95))} ms`);
    all.push(...own);
  }
  return all;
}
