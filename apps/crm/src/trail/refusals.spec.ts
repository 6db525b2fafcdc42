import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { TrailPage } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { Refusals } from './refusals.js';
import { Sealing } from './sealing.js';
import { verifyTrail } from './verify.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let auditor: TestOperator;
let ways: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Poggioverde');
  auditor = await rest.operator(anna.administrationId, anna.office, 'Revisora', 'auditor');
  ways = await rest.channel(TALKS, anna.administrationId);
});
afterAll(() => rest.stop());

const refusedOf = async (who: TestOperator): Promise<TrailPage['items']> =>
  (await rest.ask<TrailPage>('GET', `/api/trail?act=refused&operator=${who.id}`, { as: auditor })).body.items;
const some = async (who: TestOperator, count = 1): Promise<TrailPage['items']> =>
  eventually(async () => {
    const items = await refusedOf(who);
    return items.length >= count ? items : undefined;
  });
/** An office that sees its own cases alone, and somebody of it. */
const stranger = async (): Promise<TestOperator> =>
  rest.operator(
    anna.administrationId,
    await rest.office(anna.administrationId, 'Tributi'),
    'Ugo Altrove',
    'back_office_member',
  );
const plain = ({ status, headers, text }: Answer<unknown>): unknown => [
  status,
  headers['content-type'],
  text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id'),
];

describe('who is refused', () => {
  it('for want of a permission is in the trail, with what they asked for and why', async () => {
    await rest.ask('GET', '/api/trail', { as: anna });
    expect(await some(anna)).toMatchObject([
      { operation: 'listTrail', subjectKind: 'trail', because: 'permission', times: 1, operator: { id: anna.id } },
    ]);
  });

  it('a case that they may not know of is in the trail, and is told what one hears of a case that is not there', async () => {
    const who = await stranger();
    const { caseId, message } = await rest.receive(ways, {});
    const [hidden, none] = [
      await rest.ask('GET', `/api/cases/${caseId}`, { as: who }),
      await rest.ask('GET', `/api/cases/${v7()}`, { as: who }),
    ];
    expect(plain(hidden)).toEqual(plain(none));
    await rest.ask('GET', `/api/messages/${message}`, { as: who });
    const entries = await some(who, 2);
    expect(entries).toMatchObject([
      { operation: 'getMessage', subject: message, because: 'unseen' },
      { operation: 'getCase', subject: caseId, because: 'unseen' },
    ]);
    const kept: { case_id: string }[] = await rest.dataSource.query(
      'select case_id from trail_entry where actor_id = $1 and act = $2 order by position',
      [who.id, 'refused'],
    );
    expect(kept).toEqual([{ case_id: caseId }, { case_id: caseId }]);
  });

  it('what is of another administration learns nothing of it, nor does who reads the trail', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Rea', 'auditor');
    const foreign = await rest.administration('Montechiaro');
    const { caseId, message } = await rest.receive(await rest.channel(TALKS, foreign.administrationId), {});
    for (const path of [`cases/${caseId}/transitions`, `messages/${message}/retry`])
      await rest.ask('POST', `/api/${path}`, { as: who, body: {} });
    await some(who, 1);
    const kept: { case_id: string | null }[] = await rest.dataSource.query(
      'select distinct case_id from trail_entry where actor_id = $1',
      [who.id],
    );
    expect(kept).toEqual([{ case_id: null }]);
  });

  it('by a token of too little scope says of what, where no operation is described', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Noa');
    await rest.ask('GET', '/scim/v2/Users', { as: who });
    expect(await some(who)).toMatchObject([{ subjectKind: 'Users', because: 'scope' }]);
  });

  it('by the same again is counted, and told as one when its time is over', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Ida');
    for (let times = 0; times < 4; times += 1) await rest.ask('GET', '/api/roles', { as: who });
    await some(who);
    rest.app.get(Refusals).look(Infinity);
    expect((await some(who, 2)).map(({ times, because }) => [because, times])).toEqual([
      ['permission', 3],
      ['permission', 1],
    ]);
  });

  it('by an answer that leaves whether it could be written or not', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Leo');
    await rest.dataSource.query(
      `alter table trail_entry add constraint refuses check (actor_id <> '${who.id}') not valid`,
    );
    try {
      expect((await rest.ask('GET', '/api/roles', { as: who })).status).toBe(403);
    } finally {
      await rest.dataSource.query('alter table trail_entry drop constraint refuses');
    }
  });

  it('is in the file of the auditor, and under the seal: whoever says that it was for something else is found out', async () => {
    const who = await rest.operator(anna.administrationId, anna.office, 'Eva');
    await rest.ask('GET', '/api/roles', { as: who });
    await some(who);
    const file = await rest.ask('GET', `/api/trail/file?operator=${who.id}`, { as: auditor });
    expect(file.text).toMatch(/refused.*listRoles.*permission/);
    const ask = <Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
      rest.dataSource.query(sql, [...parameters]);
    await eventually(async () => {
      await rest.app.get(Sealing).step();
      return (await verifyTrail(ask, { anchors: [] })).waiting === 0 || undefined;
    });
    expect((await verifyTrail(ask, { anchors: [] })).broken).toBeUndefined();
    await rest.dataSource.query('alter table trail_entry disable trigger all');
    try {
      await rest.dataSource.query(`update trail_entry set because = 'rule' where actor_id = $1 and act = 'refused'`, [
        who.id,
      ]);
      expect((await verifyTrail(ask, { anchors: [] })).broken).toMatchObject({ why: 'row_changed' });
      await rest.dataSource.query(
        `update trail_entry set because = 'permission' where actor_id = $1 and act = 'refused'`,
        [who.id],
      );
    } finally {
      await rest.dataSource.query('alter table trail_entry enable trigger all');
    }
  });
});
