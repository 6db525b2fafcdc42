import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { System } from '../system/system.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { percentile, rate, rounded, type Measure } from './measure.js';

/** Times that each look is made, each way, in turns: what else the machine does meets both alike. */
const TIMES = 150;
/** What the requests of people run as: it owns nothing, and every table is under a forced rule. */
const PEOPLE_ROLE = 'filodiretto_app';

/** An operator of an ordinary office, and what they look at. */
export interface Looking {
  readonly administration: string;
  readonly office: string;
  readonly operator: string;
  readonly case: string;
  readonly words: string;
  readonly page: number;
}
interface Look {
  readonly name: string;
  readonly statement: string;
  readonly values: readonly unknown[];
  /** What the trail says of it. */
  readonly act: 'looked' | 'searched';
}

const looksOf = (looking: Looking): readonly Look[] => [
  {
    name: 'a page of the queue',
    statement: `select * from case_file where office_id = $1 and state not in ('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')
      order by opened_at desc, id desc limit ${looking.page}`,
    values: [looking.office],
    act: 'looked',
  },
  {
    name: 'one case',
    statement: `select c.*, (select json_agg(m order by m.sent_at, m.seq) from message m where m.case_id = c.id) as messages,
      (select json_agg(j order by j.version) from journal j where j.case_id = c.id) as journal
      from case_file c where c.administration_id = $1 and c.id = $2`,
    values: [looking.administration, looking.case],
    act: 'looked',
  },
  {
    name: 'a search',
    statement: `select s.case_id, c.number, c.subject from search_case s join case_file c on c.id = s.case_id
      where s.bucket = (select max(id) from search_bucket where administration_id = $1)
        and s.document @@ websearch_to_tsquery('filodiretto', $2) limit 20`,
    values: [looking.administration, looking.words],
    act: 'searched',
  },
];

/**
 * What an operator's looks cost the database: as the people's role, each read in a transaction that says first for whom, and an
 * entry of the trail committed with each; beside the same statements of a superuser, whom no rule holds and no trail follows.
 */
export async function securityCost(system: System, looking: Looking, tell: Tell): Promise<Measure> {
  const kept = new pg.Client(system.database);
  const free = new pg.Client(system.databaseOfSuperuser);
  await Promise.all([kept.connect(), free.connect()]);
  try {
    await kept.query(`set role ${PEOPLE_ROLE}`);
    const looks = looksOf(looking);
    const sums = { on: 0, off: 0 };
    const words: string[] = [];
    for (const look of looks) {
      const [on, off]: [number[], number[]] = [[], []];
      for (let time = 0; time <= TIMES; time += 1) {
        const rows = await timed(() => free.query(look.statement, [...look.values]));
        const seen = await timed(async () => {
          const found = await asOperator(kept, looking, () => kept.query(look.statement, [...look.values]));
          await asOperator(kept, looking, () => entered(kept, looking, look));
          return found;
        });
        // Who sees nothing would be quick.
        if (seen.found === 0 || seen.found > rows.found)
          throw new CannotGoOn(`${look.name}: an operator of the office sees ${seen.found} rows of ${rows.found}.`);
        // What is done for the first time costs more.
        if (time === 0) continue;
        off.push(rows.milliseconds);
        on.push(seen.milliseconds);
      }
      const middle = { on: percentile(on, 0.5), off: percentile(off, 0.5) };
      words.push(`${look.name} ${rounded(middle.on)} ms instead of ${rounded(middle.off)}`);
      sums.on += middle.on;
      sums.off += middle.off;
    }
    tell(`  ${words.join('; ')}`);
    const how = `the middles of ${TIMES} looks of each sort in the database, with row-level security and an entry of the trail committed for each; beside the same statements with neither: ${words.join('; ')}`;
    return rate('security.cost', sums.on / looks.length, sums.off / looks.length, 'ms', how);
  } finally {
    await Promise.all([kept.end(), free.end()]);
  }
}

async function timed(
  look: () => Promise<pg.QueryResult>,
): Promise<{ readonly milliseconds: number; readonly found: number }> {
  const began = performance.now();
  const { rows } = await look();
  return { milliseconds: performance.now() - began, found: rows.length };
}

async function asOperator<T>(database: pg.Client, looking: Looking, work: () => Promise<T>): Promise<T> {
  const said = {
    administration: looking.administration,
    operator: looking.operator,
    reach: 'offices',
    offices: `{${looking.office}}`,
    confided: '{}',
    levels: '{}',
    opened: '{}',
  };
  const settings = Object.entries(said).map(([name, value]) => `set_config('app.${name}', '${value}', true)`);
  await database.query(`start transaction; select ${settings.join(', ')}`);
  const done = await work();
  await database.query('commit');
  return done;
}

const entered = (database: pg.Client, looking: Looking, look: Look): Promise<pg.QueryResult> =>
  database.query(
    `insert into trail_entry (id, administration_id, at, actor_kind, actor_id, act, operation, subject_kind, subject_id, case_id, fields)
     values ($1, $2, clock_timestamp(), 'operator', $3, $4, 'bench', 'cases', $5, $5, '{}')`,
    [randomUUID(), looking.administration, looking.operator, look.act, looking.case],
  );
