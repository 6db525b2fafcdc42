import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import type { AskConnections, ConnectionCheck, ConnectionReport, ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let boss: TestOperator;
let answerer: TestOperator;
let elsewhere: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  const anna = await rest.administration('Valdoro');
  boss = anna;
  answerer = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
  elsewhere = await rest.administration('Montechiaro');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

/** A channel of the bus, which answers as it is told, and remembers what it was asked. */
async function channel(answer?: (accounts: readonly string[]) => unknown) {
  const door = await rest.channel({ reply: true }, boss.administrationId);
  const asked: AskConnections[] = [];
  if (answer)
    rest.core.bus.connection.subscribe(subjects.askChannel(door.channel, 'check-connections'), {
      callback: (_, message) => {
        const question = message.json<AskConnections>();
        asked.push(question);
        message.respond(JSON.stringify(answer(question.accounts)));
      },
    });
  await rest.core.bus.connection.flush();
  return { ...door, asked };
}
const works = (account: string): ConnectionCheck => ({ account, side: 'account', result: 'works', tookMs: 3 });
const check = <Body = ConnectionReport>(name: string, as: TestOperator = boss, body: object = {}) =>
  rest.ask<Body>('POST', `/api/channels/${name}/connection-checks`, { as, body });

describe('whether a channel is connected, asked now', () => {
  it('is what the channel answers of the accounts of the administration, and of no other', async () => {
    const door = await channel(accounts => ({ items: accounts.map(works) }));
    const before = Date.now();
    const { status, body } = await check(door.channel);
    expect(status).toBe(200);
    // `main` is nobody's.
    expect(door.asked).toEqual([{ accounts: [door.account] }]);
    expect(body.items).toEqual([works(door.account)]);
    expect(Date.parse(body.checkedAt)).toBeGreaterThanOrEqual(before - 1_000);
    expect((await check(door.channel, elsewhere)).body.items).toEqual([]);
    expect(door.asked).toHaveLength(1);
  });

  it('is asked of one account alone, if it is of the administration', async () => {
    const door = await channel(accounts => ({ items: accounts.map(works) }));
    expect((await check(door.channel, boss, { account: door.account })).body.items).toHaveLength(1);
    expect((await check(door.channel, boss, { account: 'main' })).status).toBe(404);
    expect((await check(door.channel, elsewhere, { account: door.account })).status).toBe(404);
  });

  it('is a 503 that says so when no process of the channel answers, or answers what cannot be', async () => {
    const silent = await channel();
    const answer = await check<ProblemView>(silent.channel);
    expect([answer.status, answer.body.type]).toEqual([503, '/problems/temporarily-unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const babbling = await channel(() => ({ items: [{ account: 'x', side: 'moon', result: 'perhaps' }] }));
    expect((await check(babbling.channel)).status).toBe(503);
    expect((await check('never-heard-of')).status).toBe(404);
  });

  it('is for who decides how the administration works, no more often than a provider bears', async () => {
    const door = await channel(() => ({ items: [] }));
    expect((await check(door.channel, answerer)).status).toBe(403);
    const statuses: number[] = [];
    for (let times = 0; times < 8; times += 1) statuses.push((await check(door.channel)).status);
    expect(statuses.filter(status => status === 200)).toHaveLength(5);
    expect(statuses.at(-1)).toBe(429);
    expect(door.asked).toHaveLength(5);
  });

  it('leaves an entry in the trail', async () => {
    const door = await channel(() => ({ items: [] }));
    await check(door.channel);
    const entries = await rest.dataSource.query<object[]>(
      `select act, operation, actor_id from trail_entry where subject_kind = 'channels' and fields = array[$1]`,
      [door.channel],
    );
    expect(entries).toEqual([{ act: 'looked', operation: 'checkConnections', actor_id: boss.id }]);
  });
});
