import 'reflect-metadata';
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { sealHash, statementOf, wordsDigest, type Seal } from './seal.js';
import { Sealing } from './sealing.js';
import { verifyTrail, type Anchor, type Broken } from './verify.js';
import type { Ask } from './trail-rows.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let ways: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Poggioverde');
  ways = await rest.channel(TALKS, anna.administrationId);
});
afterAll(() => rest.stop());

const askOf =
  (manager: Pick<EntityManager, 'query'>): Ask =>
  (sql, parameters) =>
    manager.query(sql, [...parameters]);

interface Entry {
  readonly id: string;
  readonly act: string;
  readonly operation: string;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly case_id: string | null;
  readonly fields: string[];
}
const entriesOf = (operator: TestOperator): Promise<Entry[]> =>
  rest.dataSource.query(
    `select id, act, operation, subject_kind, subject_id, case_id, fields from trail_entry where actor_id = $1 order by position`,
    [operator.id],
  );

/** Everything written is sealed. */
const settled = (): Promise<true> =>
  eventually(async () => {
    await rest.app.get(Sealing).step();
    return (await verifyTrail(askOf(rest.dataSource), { anchors: [] })).waiting === 0 || undefined;
  });

describe('the trail', () => {
  it('has who opened a case, a message and a contact, and nothing of what was not there', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Ugo');
    const { caseId, message } = await rest.receive(ways, {});
    const { body } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: who });
    await rest.ask('GET', `/api/messages/${message}`, { as: who });
    await rest.ask('GET', `/api/messages/${message}/original`, { as: who });
    await rest.ask('GET', `/api/contacts/${body.contact?.id ?? ''}`, { as: who });
    expect((await rest.ask('GET', `/api/cases/${v7()}`, { as: who })).status).toBe(404);
    expect(await entriesOf(who)).toMatchObject([
      { act: 'looked', operation: 'getCase', subject_kind: 'cases', subject_id: caseId, case_id: caseId },
      { act: 'looked', operation: 'getMessage', subject_id: message, case_id: caseId },
      { act: 'looked', operation: 'getOriginal', subject_id: message, case_id: caseId },
      { act: 'looked', operation: 'getContact', subject_kind: 'contacts', subject_id: body.contact?.id, case_id: null },
    ]);
  });

  it('has what was searched, in words that can be taken away without the trail becoming false', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Ida');
    await rest.ask('GET', '/api/search?text=Mario%20Bianchi&open=true', { as: who });
    await rest.ask('GET', '/api/cases?limit=5', { as: who });
    const [entry, ...more] = await entriesOf(who);
    expect([entry, more]).toMatchObject([{ act: 'searched', operation: 'searchCases', fields: ['open', 'text'] }, []]);
    const [kept]: { salt: Buffer; words: string; words_digest: Buffer }[] = await rest.dataSource.query(
      'select w.salt, w.words, e.words_digest from searched_words w join trail_entry e on e.id = w.entry_id where e.id = $1',
      [entry?.id],
    );
    expect(kept?.words).toBe('Mario Bianchi');
    expect(kept && wordsDigest(kept.salt, kept.words).equals(kept.words_digest)).toBe(true);
    await settled();
    await rest.dataSource.query('delete from searched_words where entry_id = $1', [entry?.id]);
    expect((await verifyTrail(askOf(rest.dataSource), { anchors: [] })).broken).toBeUndefined();
  });

  it('has what was changed, by the names of its fields, once also when it is asked twice', async () => {
    const admin = await rest.operator(anna.administrationId, anna.office, 'Ada', 'admin');
    const [key, code] = [v7(), `prova-${v7().slice(-6)}`];
    const body = { label: 'Argomento segreto', code };
    for (let times = 0; times < 2; times += 1)
      expect(
        (await rest.ask('POST', '/api/topics', { as: admin, body, headers: { 'idempotency-key': key } })).status,
      ).toBe(201);
    expect((await rest.ask('POST', '/api/topics', { as: admin, body: { label: '' } })).status).toBe(422);
    const entries = await entriesOf(admin);
    expect(entries).toMatchObject([
      { act: 'changed', operation: 'makeTopic', subject_kind: 'topics', subject_id: key },
    ]);
    expect(JSON.stringify(entries)).not.toContain('segreto');
  });

  it('has what is looked for by a saved view, and by what a field holds', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Lia');
    const { body } = await rest.ask<{ id: string }>('POST', '/api/views', {
      as: who,
      body: { name: 'Mia', filter: { text: 'Bianchi' } },
    });
    await rest.ask('GET', `/api/views/${body.id}/cases`, { as: who });
    await rest.ask('GET', '/api/cases?field=targa&fieldValue=AB123CD', { as: who });
    const kept: { words: string; operation: string }[] = await rest.dataSource.query(
      `select w.words, e.operation from searched_words w join trail_entry e on e.id = w.entry_id where e.actor_id = $1
       order by e.position`,
      [who.id],
    );
    expect(kept).toEqual([
      { operation: 'listViewCases', words: 'Bianchi' },
      { operation: 'listCases', words: 'AB123CD' },
    ]);
  });

  it('has who follows a case, and who puts away what could not be taken in', async () => {
    const { caseId } = await rest.receive(ways, {});
    const who = await rest.operator(anna.administrationId, anna.office, 'Eva', 'team_leader');
    await rest.ask('POST', `/api/cases/${caseId}/followers`, { as: who });
    const parked = v7();
    await rest.dataSource.query(
      `insert into parked (id, administration_id, kind, channel, account, event_id, type, payload, reason, error_class, state, created_at)
       values ($1, $2, 'failed', $3, $4, gen_random_uuid(), 'message.received.v1', '{}', 'prova', 'Error', 'waiting', now())`,
      [parked, anna.administrationId, ways.channel, ways.account],
    );
    await rest.ask('POST', `/api/parked-items/${parked}/discards`, { as: who, body: { reason: 'pubblicità' } });
    expect(await entriesOf(who)).toMatchObject([
      { act: 'changed', operation: 'followCase', case_id: caseId },
      { act: 'changed', operation: 'discardParked', subject_id: parked, fields: ['reason'] },
    ]);
  });

  it('has what was changed when its transaction met another and was done again', async () => {
    const admin = await rest.operator(anna.administrationId, anna.office, 'Ugo', 'admin');
    await rest.dataSource.query('create sequence meets_once');
    await rest.dataSource.query(
      `create function meet_once() returns trigger language plpgsql security definer as $$
       begin
         if nextval('meets_once') = 1 then raise exception 'two met' using errcode = '40001'; end if;
         return null;
       end $$`,
    );
    await rest.dataSource.query(
      'create constraint trigger meets after insert on topic deferrable initially deferred for each row execute function meet_once()',
    );
    try {
      const { status } = await rest.ask('POST', '/api/topics', {
        as: admin,
        body: { label: 'Due volte', code: `due-${v7().slice(-6)}` },
      });
      expect([status, (await entriesOf(admin)).length]).toEqual([201, 1]);
    } finally {
      await rest.dataSource.query('drop function meet_once cascade');
      await rest.dataSource.query('drop sequence meets_once');
    }
  });

  it('is written before anything is shown: what cannot be written is not shown', async () => {
    const { caseId } = await rest.receive(ways, {});
    const who = await rest.operator(anna.administrationId, anna.office, 'Leo');
    await rest.dataSource.query(
      `alter table trail_entry add constraint refuses check (actor_id <> '${who.id}') not valid`,
    );
    try {
      const answer = await rest.ask('GET', `/api/cases/${caseId}`, { as: who });
      expect([answer.status, answer.text.includes('lampione')]).toEqual([500, false]);
    } finally {
      await rest.dataSource.query('alter table trail_entry drop constraint refuses');
    }
  });

  it('is only ever added to', async () => {
    await settled();
    for (const table of ['trail_entry', 'trail_seal', 'journal'])
      for (const statement of [`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table} cascade`])
        await expect(rest.dataSource.query(statement)).rejects.toThrow(/append-only/);
  });

  it('is sealed by one process at a time, without a gap and without a row twice', async () => {
    const other = await rest.core.another();
    try {
      await Promise.all(
        Array.from({ length: 12 }, async (_, index) => {
          const { caseId } = await rest.receive(ways, {});
          await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
          await (index % 2 === 0 ? rest.app : other.app).get(Sealing).step();
        }),
      );
      await settled();
      const report = await verifyTrail(askOf(rest.dataSource), { anchors: [] });
      const [{ count } = { count: '' }]: { count: string }[] = await rest.dataSource.query(
        'select (select count(*) from journal) + (select count(*) from trail_entry) as count',
      );
      expect([report.broken, report.rows]).toEqual([undefined, Number(count)]);
    } finally {
      await other.stop();
    }
  });
});

describe('the verifier names the first thing that is not as it was written', () => {
  const keys = generateKeyPairSync('ed25519');
  let anchors: Anchor[];

  beforeAll(async () => {
    for (let times = 0; times < 3; times += 1) {
      const { caseId } = await rest.receive(ways, {});
      await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
      await settled();
    }
    await rest.ask('GET', '/api/search?text=lampione', { as: anna });
    await settled();
    const [head]: Omit<Anchor, 'at'>[] = await rest.dataSource.query(
      `select administration_id as "administrationId", day::text as day, number, hash from trail_head where administration_id = $1`,
      [anna.administrationId],
    );
    if (!head) throw new Error('nothing was sealed');
    const anchor = { ...head, at: new Date() };
    anchors = [{ ...anchor, signature: sign(null, Buffer.from(statementOf(anchor)), keys.privateKey) }];
  });

  /** What the verifier says of a database to which somebody with all rights did something. Nothing of it stays. */
  async function after(...statements: readonly string[]): Promise<Broken | undefined> {
    const runner = rest.dataSource.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query('set local session_replication_role = replica');
      for (const statement of statements) await runner.query(statement.replaceAll('$A', `'${anna.administrationId}'`));
      return (await verifyTrail(askOf(runner), { anchors, key: keys.publicKey })).broken;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
  const nth = (table: string, n: number): string =>
    `(select id from ${table} where administration_id = $A order by xid, position offset ${n} limit 1)`;
  const idOf = async (table: string, n: number): Promise<string> => {
    const [row]: { id: string }[] = await rest.dataSource.query(
      `select id from ${table} where administration_id = $1 order by xid, position offset ${n} limit 1`,
      [anna.administrationId],
    );
    return row?.id ?? '';
  };
  const LAST = `(select day, number from trail_seal where administration_id = $A order by day desc, number desc limit 1)`;
  const CUT = [
    `delete from trail_seal where administration_id = $A and (day, number) = ${LAST}`,
    `update trail_head h set day = s.day, number = s.number, hash = s.hash from (select * from trail_seal
       where administration_id = $A order by day desc, number desc limit 1) s where h.administration_id = $A`,
    ...(['journal', 'entries'] as const).map(
      source => `update trail_head h set ${source}_xid = r.xid, ${source}_position = r.position
         from ${source === 'journal' ? 'journal' : 'trail_entry'} r where h.administration_id = $A and r.id in (
           select s.rows[cardinality(s.rows)] from trail_seal s where s.administration_id = $A and s.source = '${source}'
           order by s.day desc, s.number desc limit 1)`,
    ),
  ];

  it('and nothing when nothing was done', async () => {
    expect(await after('select 1')).toBeUndefined();
  });

  it.each([
    ['a fact of the journal', 'journal', `update journal set data = data || '{"office": "x"}' where id = `],
    ['who did it', 'journal', `update journal set actor_id = gen_random_uuid() where id = `],
    ['the moment of a fact', 'journal', `update journal set at = at - interval '1 millisecond' where id = `],
    ['a hash of the journal', 'journal', `update journal set hash = sha256('x') where id = `],
    ['who looked', 'trail_entry', `update trail_entry set actor_id = gen_random_uuid() where id = `],
    ['what was looked at', 'trail_entry', `update trail_entry set subject_id = null where id = `],
  ])('%s changed', async (_, table, statement) => {
    expect(await after(`${statement}${nth(table, 2)}`)).toMatchObject({
      why: 'row_changed',
      row: await idOf(table, 2),
      source: table === 'journal' ? 'journal' : 'entries',
    });
  });

  it.each(['journal', 'trail_entry'])('a row of the %s taken away', async table => {
    expect(await after(`delete from ${table} where id = ${nth(table, 1)}`)).toMatchObject({
      why: 'row_missing',
      row: await idOf(table, 1),
    });
  });

  it('two entries that changed their places', async () => {
    const [first, second] = [await idOf('trail_entry', 1), await idOf('trail_entry', 2)];
    const broken = await after(
      `update trail_entry e set xid = o.xid, position = default from trail_entry o where false`,
      `create temporary table places on commit drop as select id, xid, position from trail_entry where id in ('${first}', '${second}')`,
      `alter table trail_entry alter column position drop identity`,
      `update trail_entry e set xid = p.xid, position = p.position from places p
         where e.id in ('${first}', '${second}') and p.id in ('${first}', '${second}') and p.id <> e.id`,
    );
    expect(broken).toMatchObject({ why: 'row_out_of_order', source: 'entries' });
    expect([first, second]).toContain(broken?.row);
  });

  it('an entry put among those of before', async () => {
    const id = v7();
    expect(
      await after(
        `insert into trail_entry (id, xid, administration_id, at, actor_kind, actor_id, act, operation, subject_kind, fields)
         overriding user value
         select '${id}', '1'::xid8, administration_id, at, actor_kind, gen_random_uuid(), act, operation, subject_kind, fields
         from trail_entry where id = ${nth('trail_entry', 0)}`,
      ),
    ).toMatchObject({ why: 'row_put_in', row: id });
  });

  it.each(['journal', 'trail_entry'])('a row put into the %s by somebody who has the head say less', async table => {
    const id = v7();
    const [at, names, columns] =
      table === 'journal'
        ? [
            'journal',
            'administration_id, case_id, version, at, fact, actor_kind, actor_id, cause, data, prev_hash, hash',
            'administration_id, case_id, 1000000, at, fact, actor_kind, gen_random_uuid(), cause, data, prev_hash, hash',
          ]
        : [
            'entries',
            'administration_id, at, actor_kind, actor_id, act, operation, subject_kind, fields',
            'administration_id, at, actor_kind, gen_random_uuid(), act, operation, subject_kind, fields',
          ];
    expect(
      await after(
        `insert into ${table} (id, xid, ${names}) overriding user value
         select '${id}', '1'::xid8, ${columns} from ${table} where id = ${nth(table, 0)}`,
        `update trail_head h set ${at}_xid = r.xid, ${at}_position = r.position from (select xid, position from ${table}
           where administration_id = $A order by xid desc, position desc offset 1 limit 1) r where h.administration_id = $A`,
      ),
    ).toMatchObject({ why: 'row_put_in', row: id });
  });

  it('a head that says more than is sealed: what comes next would be passed over', async () => {
    expect(
      await after(`update trail_head set journal_position = journal_position + 1000 where administration_id = $A`),
    ).toMatchObject({ why: 'head_changed', source: 'journal' });
  });

  it('other words than were searched', async () => {
    const id = await rest.dataSource
      .query<{ entry_id: string }[]>('select entry_id from searched_words order by entry_id desc limit 1')
      .then(([row]) => row?.entry_id ?? '');
    expect(await after(`update searched_words set words = 'Bianchi' where entry_id = '${id}'`)).toMatchObject({
      why: 'words_changed',
      row: id,
    });
  });

  it('a row and its digest in the seal, both changed', async () => {
    expect(
      await after(
        `update trail_seal set digests = overlay(digests placing sha256('x') from 1) where administration_id = $A and number = 1`,
      ),
    ).toMatchObject({ why: 'seal_changed', number: 1 });
  });

  it('a seal and all rows of it taken away', async () => {
    expect(
      await after(
        `delete from journal where id in (select unnest(rows) from trail_seal where administration_id = $A and number = 1)`,
        `delete from trail_seal where administration_id = $A and number = 1`,
      ),
    ).toMatchObject({ why: 'seal_missing', number: 1 });
  });

  it('the end cut off with everything that spoke of it: only who keeps an anchor can tell', async () => {
    const [last]: { number: number; source: string }[] = await rest.dataSource.query(
      'select number, source from trail_seal where administration_id = $1 order by day desc, number desc limit 1',
      [anna.administrationId],
    );
    const table = last?.source === 'journal' ? 'journal' : 'trail_entry';
    expect(
      await after(
        `delete from ${table} where id in (select unnest(rows) from trail_seal where administration_id = $A and (day, number) = ${LAST})`,
        ...CUT,
      ),
    ).toMatchObject({ why: 'chain_cut', number: last?.number });
  });

  it('an older copy put back: what went on since is on another chain than the anchor', async () => {
    const [last, before]: Seal[] = await rest.dataSource.query(
      `select administration_id as "administrationId", day::text as day, number, source, rows, digests, at, previous, hash
       from trail_seal where administration_id = $1 order by day desc, number desc limit 2`,
      [anna.administrationId],
    );
    if (!last || !before) throw new Error('there are not two seals');
    const other = { ...last, rows: [], digests: Buffer.alloc(0), at: new Date(), previous: before.hash };
    const hash = `'\\x${sealHash(other).toString('hex')}'`;
    expect(
      await after(
        ...CUT,
        `insert into trail_seal values ($A, '${last.day}', ${last.number}, '${last.source}', '{}', '', '${other.at.toISOString()}',
           '\\x${before.hash.toString('hex')}', ${hash})`,
        `update trail_head set day = '${last.day}', number = ${last.number}, hash = ${hash} where administration_id = $A`,
      ),
    ).toMatchObject({ why: 'anchor_of_another_chain', number: last.number });
  });

  it('everything of an administration taken away', async () => {
    expect(
      await after(
        `delete from trail_seal where administration_id = $A`,
        `delete from trail_head where administration_id = $A`,
        `delete from journal where administration_id = $A`,
        `delete from trail_entry where administration_id = $A`,
      ),
    ).toMatchObject({ why: 'chain_cut', administrationId: anna.administrationId });
  });

  it('an anchor that somebody else wrote', async () => {
    const [anchor] = anchors;
    if (!anchor) throw new Error('there is no anchor');
    const forged = { ...anchor, number: anchor.number + 1 };
    const { broken } = await verifyTrail(askOf(rest.dataSource), { anchors: [forged], key: keys.publicKey });
    expect(broken).toMatchObject({ why: 'anchor_forged', number: forged.number });
  });
});
