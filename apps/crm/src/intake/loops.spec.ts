import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { aMessage, itemOf, TALKS, TestCore } from '../testing.js';
import { Intake } from './intake.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('a loop of automatic messages', () => {
  let core: TestCore;
  beforeAll(async () => {
    core = await TestCore.start({ AUTOMATIC_PER_HOUR: '100', LOOP_MESSAGES: '10' });
  });
  afterAll(() => core.stop());

  it('is broken after ten messages in ten minutes even where many a hour are allowed, and people see it', async () => {
    const channel = await core.channel({ ...TALKS, conversations: 'thread' });
    const from = { kind: 'name', value: v7() };
    for (let sent = 0; sent < 9; sent += 1)
      await core.running.app.get(Intake).takeAll([itemOf(aMessage({ channel, from }))]);
    const said = await core.query<{ why: string | null; count: string }>(
      `select evidence->>'unacknowledged' as why, count(*) from message where channel = $1 and direction = 'in'
       group by 1 order by 1 nulls first`,
      [channel],
    );
    expect(said).toEqual([
      { why: null, count: '6' },
      { why: 'loop_suspected', count: '3' },
    ]);
    expect(await core.query(`select 1 from message where channel = $1 and direction = 'out'`, [channel])).toHaveLength(
      6,
    );
  });
});
