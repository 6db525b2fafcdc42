import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseChanged } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { Ledger, type Announcement } from '../case/ledger.js';
import { TestCore } from '../testing.js';
import { Relay } from './relay.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('the relay', () => {
  let core: TestCore;
  beforeAll(async () => {
    core = await TestCore.start();
  });
  afterAll(() => core.stop());

  const announcements = (ordering: string, count: number): Announcement[] =>
    Array.from({ length: count }, (_, index) => ({
      eventId: v7(),
      type: 'case.changed.v1',
      subject: subjects.event('case', 'opened', ordering),
      payload: {
        id: v7(),
        administration: v7(),
        case: ordering,
        version: index + 1,
        fact: 'opened',
        at: new Date().toISOString(),
      },
      ordering,
      cause: null,
    }));
  const announce = (list: readonly Announcement[]): Promise<void> =>
    core.database.dataSource.transaction(manager => core.running.app.get(Ledger).announce(manager, list));
  const versionsOn = async (subject: string): Promise<number[]> => {
    const consumer = await core.bus.jetstream.consumers.get('EVENT', { filter_subjects: subject });
    const found: number[] = [];
    const messages = await consumer.fetch({ max_messages: 1_000, expires: 1_000 });
    for await (const message of messages) found.push(message.json<CaseChanged>().version);
    return found;
  };
  const waiting = async (ordering: string): Promise<number> =>
    (await core.query('select 1 from outbox where ordering = $1', [ordering])).length;

  it('publishes in the order of the commits and then removes the rows', async () => {
    const ordering = v7();
    await announce(announcements(ordering, 40));
    core.running.app.get(Relay).nudge();
    await eventually(async () => ((await waiting(ordering)) === 0 ? true : undefined));
    expect(await versionsOn(subjects.event('case', 'opened', ordering))).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });

  it('finds rows that nobody told it of', async () => {
    const ordering = v7();
    await announce(announcements(ordering, 1));
    await eventually(async () => ((await waiting(ordering)) === 0 ? true : undefined));
    expect(await versionsOn(subjects.event('case', 'opened', ordering))).toEqual([1]);
  });

  it('publishes once more what it had no time to remove, and the stream keeps it once', async () => {
    const ordering = v7();
    const list = announcements(ordering, 3);
    await announce(list);
    await eventually(async () => ((await waiting(ordering)) === 0 ? true : undefined));
    await announce(list);
    await eventually(async () => ((await waiting(ordering)) === 0 ? true : undefined));
    expect(await versionsOn(subjects.event('case', 'opened', ordering))).toEqual([1, 2, 3]);
  });

  it('waits for the disk with all that it commits, but for the removal of what the bus holds', async () => {
    const ordering = v7();
    await announce(announcements(ordering, 10));
    await eventually(async () => ((await waiting(ordering)) === 0 ? true : undefined));
    const dataSource = core.running.app.get(DataSource);
    const settings = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const [said]: { setting: string }[] = await dataSource.query(
          `select current_setting('synchronous_commit') as setting, pg_sleep(0.1)`,
        );
        return said?.setting;
      }),
    );
    expect(new Set(settings)).toEqual(new Set(['on']));
  });

  it('keeps the rows while the bus is away, and publishes them when it is back', async () => {
    const ordering = v7();
    await core.nats.kill();
    await announce(announcements(ordering, 5));
    core.running.app.get(Relay).nudge();
    await new Promise(resolve => setTimeout(resolve, 1_000));
    expect(await waiting(ordering)).toBe(5);
    await core.nats.start();
    await eventually(async () => ((await waiting(ordering)) === 0 ? true : undefined), 60);
    expect(await versionsOn(subjects.event('case', 'opened', ordering))).toEqual([1, 2, 3, 4, 5]);
  });
});
