import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import { RawStore } from '@filodiretto/platform';
import { v7 } from 'uuid';
import { Intake } from '../intake/intake.js';
import { aMessage, itemOf, TALKS, TestCore } from '../testing.js';
import { NothingLost } from './nothing-lost.js';
import { Reconciler } from './reconciler.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('the reconciler', () => {
  let core: TestCore;
  let reconciler: Reconciler;
  let intake: Intake;
  beforeAll(async () => {
    core = await TestCore.start({ RECEPTION_SECONDS: '1', OUTBOX_SECONDS: '1', SENDING_SECONDS: '1' });
    reconciler = core.running.app.get(Reconciler);
    intake = core.running.app.get(Intake);
  });
  afterAll(() => core.stop());

  const keep = async (channel: string, words: string): Promise<string> =>
    (
      await core.running.app
        .get(RawStore)
        .receive(channel, Buffer.from(words), { account: 'main', mediaType: 'text/plain' })
    ).id;
  /** A channel that reads again what the core asks for. */
  const readsAgain = (channel: string): string[] => {
    const asked: string[] = [];
    core.bus.connection.subscribe(subjects.askChannel(channel, 'read-again'), {
      callback: (_error, question) => {
        const { reception } = question.json<{ reception: string }>();
        asked.push(reception);
        const message = aMessage({ channel, reception: { reception, index: 0, count: 1 } });
        void core.say(message).then(() => question.respond(JSON.stringify({ done: true })));
      },
    });
    return asked;
  };
  const overdue = (channel: string): Promise<unknown[]> =>
    core.query('select 1 from overdue_reception where channel = $1', [channel]);
  const later = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
  const stateOf = async (channel: string): Promise<string | undefined> =>
    (
      await core.query<{ send_state: string }>(
        `select send_state from message where channel = $1 and direction = 'out'`,
        [channel],
      )
    )[0]?.send_state;

  it('has a delivery that was kept and never recorded read again, and then leaves it alone', async () => {
    const channel = await core.channel();
    const recorded = await keep(channel, 'one');
    await intake.takeAll([itemOf(aMessage({ channel, reception: { reception: recorded, index: 0, count: 1 } }))]);
    const lost = await keep(channel, 'two');
    await later(1_100);
    const asked = readsAgain(channel);
    await reconciler.reconcile();
    expect(asked).toEqual([lost]);
    await eventually(async () =>
      (await core.query('select 1 from reception_item where reception_id = $1', [lost])).length > 0 ? true : undefined,
    );
    await reconciler.reconcile();
    expect(await overdue(channel)).toHaveLength(0);
    expect(asked).toEqual([lost]);
  });

  it('counts a delivery as recorded only when every fact that it carried is', async () => {
    const channel = await core.channel();
    const reception = await keep(channel, 'three facts');
    await intake.takeAll([itemOf(aMessage({ channel, reception: { reception, index: 1, count: 3 } }))]);
    await later(1_100);
    await reconciler.reconcile();
    expect(await overdue(channel)).toHaveLength(1);
    expect((await core.running.app.get(NothingLost).figures()).overdueReceptions.count).toBeGreaterThan(0);
  });

  it('says the order of a queued message again when the bus lost it', async () => {
    const channel = await core.channel();
    await intake.takeAll([itemOf(aMessage({ channel }))]);
    const subject = subjects.out(channel, 'main');
    const ordered = async (): Promise<number> => {
      const info = await core.bus.manager.streams.info('OUT', { subjects_filter: subject });
      return info.state.subjects?.[subject] ?? 0;
    };
    await eventually(async () => ((await ordered()) === 1 ? true : undefined));
    await core.bus.manager.streams.delete('OUT');
    await later(1_100);
    await reconciler.reconcile();
    await eventually(async () => ((await ordered()) === 1 ? true : undefined));
    expect(await stateOf(channel)).toBe('queued');
  });

  it('calls a send unknown when nobody told its outcome in time, and believes later news', async () => {
    const channel = await core.channel();
    await intake.takeAll([itemOf(aMessage({ channel }))]);
    await core.query(
      `update message set send_state = 'sending', send_rank = 1, sending_at = now() - interval '1 minute'
       where channel = $1 and direction = 'out'`,
      [channel],
    );
    await reconciler.reconcile();
    expect(await stateOf(channel)).toBe('unknown');
    const [row] = await core.query<{ id: string }>(`select id from message where channel = $1 and direction = 'out'`, [
      channel,
    ]);
    await core.tell({ channel, account: 'main', message: row?.id, state: 'delivered', at: new Date().toISOString() });
    await eventually(async () => ((await stateOf(channel)) === 'delivered' ? true : undefined));
  });

  it('asks the channel for an attachment that never came', async () => {
    const channel = await core.channel({ ...TALKS, acknowledge: false });
    const asked: unknown[] = [];
    core.bus.connection.subscribe(subjects.askChannel(channel, 'fetch-again'), {
      callback: (_error, question) => {
        asked.push(question.json());
        question.respond(JSON.stringify({ done: true }));
      },
    });
    const message = aMessage({
      channel,
      content: [
        {
          type: 'media',
          kind: 'file',
          mediaType: 'application/pdf',
          fetch: 'pending',
          scan: 'pending',
          source: 'media-7',
        },
      ],
    });
    await intake.takeAll([itemOf(message)]);
    await core.query(`update attachment set next_try_at = now() where message_id = $1`, [message.id]);
    await reconciler.reconcile();
    expect(asked).toEqual([{ account: 'main', externalId: message.externalId, part: 0, source: 'media-7' }]);
  });

  it('counts what was received and sent, by channel and day', async () => {
    const channel = await core.channel();
    await intake.takeAll([
      itemOf(aMessage({ channel, conversation: v7() })),
      itemOf(aMessage({ channel, conversation: v7() })),
    ]);
    await reconciler.reconcile();
    const { days } = await core.running.app.get(NothingLost).figures();
    expect(days.filter(day => day.channel === channel)).toMatchObject([{ received: 2, sent: 2 }]);
  });
});
