import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import { ClaimAnswer, TrackingAnswer, type Inbound, type Progress } from '@filodiretto/contracts';
import { RawStore } from '@filodiretto/platform';
import { v7 } from 'uuid';
import { Replies } from '../message/replies.js';
import { isRefused } from '../refused.js';
import { RouteBooks } from '../routing/route-books.js';
import { aMessage, itemOf, TALKS, TestCore } from '../testing.js';
import { Intake } from './intake.js';

/** Nothing but its beginning and its end. */
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

type Told = Partial<Progress> & Pick<Progress, 'channel' | 'state'>;

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('what becomes of messages', () => {
  let core: TestCore;
  let intake: Intake;
  beforeAll(async () => {
    core = await TestCore.start();
    intake = core.running.app.get(Intake);
  });
  afterAll(() => core.stop());

  const take = (...messages: Inbound[]): Promise<void> => intake.takeAll(messages.map(itemOf));
  const tell = (...news: Told[]): Promise<void> =>
    intake.takeAll(
      news.map(said => ({
        eventId: v7(),
        type: 'message.progressed.v1' as const,
        data: { account: 'main', at: new Date().toISOString(), ...said },
        correlationId: v7(),
        released: false,
      })),
    );
  /** A case with a reply that waits to leave. */
  const replied = async (): Promise<{ channel: string; message: string; caseId: string; inbound: Inbound }> => {
    const channel = await core.channel({ ...TALKS, acknowledge: false });
    const inbound = aMessage({ channel });
    await take(inbound);
    const [row] = await core.query<{ id: string }>('select id from case_file where channel = $1', [channel]);
    const caseId = row?.id ?? '';
    const result = await core.database.dataSource.transaction(manager =>
      core.running.app.get(Replies).queue(manager, {
        caseId,
        content: [{ type: 'text', text: 'Apriamo alle nove.' }],
        visibility: 'parties',
        author: 'operator',
        by: { kind: 'operator' },
        cause: null,
      }),
    );
    if (isRefused(result)) throw new Error(result.detail);
    return { channel, message: result.message, caseId, inbound };
  };
  const stateOf = async (message: string): Promise<string | undefined> =>
    (await core.query<{ send_state: string }>('select send_state from message where id = $1', [message]))[0]
      ?.send_state;
  const claim = (message: string, attempt = 1): Promise<ClaimAnswer> =>
    core.bus.ask(subjects.ask('claim'), { message, attempt }, ClaimAnswer, { timeoutMs: 5_000 });
  const facts = async (caseId: string): Promise<string[]> =>
    (await core.query<{ fact: string }>('select fact from journal where case_id = $1 order by version', [caseId])).map(
      row => row.fact,
    );

  it('grants an attempt to one of ten who ask at the same time', async () => {
    const { message } = await replied();
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(message)));
    expect(answers.filter(answer => answer.granted)).toHaveLength(1);
    expect(await stateOf(message)).toBe('sending');
    expect((await claim(message, 2)).granted).toBe(false);
  });

  it('grants an attempt again to who did not hear that it has it, until it ended, and to nobody else', async () => {
    const { channel, message } = await replied();
    const asks = (claimant: string): Promise<ClaimAnswer> =>
      core.bus.ask(subjects.ask('claim'), { message, attempt: 1, claimant }, ClaimAnswer, { timeoutMs: 5_000 });
    const [first, other] = [v7(), v7()];
    const granted = async (claimant: string): Promise<boolean> => (await asks(claimant)).granted;
    expect([await granted(first), await granted(other), await granted(first)]).toEqual([true, false, true]);
    expect((await claim(message)).granted).toBe(false);
    await tell({ channel, state: 'accepted', message, attempt: 1, externalId: v7() });
    expect(await asks(first)).toMatchObject({ granted: false, state: 'accepted' });
  });

  it('never lets a late receipt take a message back', async () => {
    const { channel, message } = await replied();
    await claim(message);
    await tell({ channel, state: 'read', message }, { channel, state: 'accepted', message, externalId: v7() });
    await tell({ channel, state: 'delivered', message }, { channel, state: 'sent', message });
    expect(await stateOf(message)).toBe('read');
  });

  it('applies a receipt that came before the message was known to the provider by that id', async () => {
    const { channel, message } = await replied();
    const externalId = v7();
    await tell({ channel, state: 'delivered', externalId });
    expect(await stateOf(message)).toBe('queued');
    await tell({ channel, state: 'accepted', message, attempt: 1, externalId });
    expect(await stateOf(message)).toBe('delivered');
    expect(await core.query('select 1 from early_progress where external_id = $1', [externalId])).toHaveLength(0);
  });

  it('marks all that was sent up to an instant as read, and nothing later', async () => {
    const { channel, message, inbound } = await replied();
    await tell({ channel, state: 'sent', message, externalId: v7() });
    const { conversation } = inbound;
    await tell({ channel, state: 'read', conversation, upTo: new Date(Date.now() - 60_000).toISOString() });
    expect(await stateOf(message)).toBe('sent');
    await tell({ channel, state: 'read', conversation, upTo: new Date(Date.now() + 1_000).toISOString() });
    expect(await stateOf(message)).toBe('read');
  });

  it('writes in the journal that a delivery failed, and lets a person order it again', async () => {
    const { channel, message, caseId } = await replied();
    await claim(message);
    await tell({ channel, state: 'failed', message, attempt: 1, reason: 'undeliverable', detail: 'mailbox full' });
    expect(await stateOf(message)).toBe('failed');
    expect((await facts(caseId)).at(-1)).toBe('delivery_failed');
    const again = await core.database.dataSource.transaction(manager =>
      core.running.app
        .get(Replies)
        .sendAgain(manager, { messageId: message, by: { kind: 'operator', id: null }, cause: null }),
    );
    expect(isRefused(again)).toBe(false);
    expect(await claim(message, 1)).toMatchObject({ granted: false });
    expect(await claim(message, 2)).toMatchObject({ granted: true });
  });

  it('does not order again what has not failed', async () => {
    const { message } = await replied();
    const again = await core.database.dataSource.transaction(manager =>
      core.running.app.get(Replies).sendAgain(manager, { messageId: message, by: { kind: 'operator' }, cause: null }),
    );
    expect(again).toMatchObject({ refused: 'retry-not-allowed' });
  });

  it('ignores what an attempt of the past says', async () => {
    const { channel, message } = await replied();
    await tell({ channel, state: 'failed', message, attempt: 7, reason: 'policy' });
    expect(await stateOf(message)).toBe('queued');
  });

  it('takes the newest content of a call, whatever the order, and says once in the journal that it ended', async () => {
    const channel = await core.channel();
    const call = { type: 'call' as const, direction: 'in' as const, arrivedAt: new Date().toISOString(), steps: [] };
    const inbound = aMessage({ channel, content: [call] });
    await take(inbound);
    const { externalId } = inbound;
    const ended = { ...call, endedAt: new Date().toISOString(), ending: 'completed' as const };
    await tell({ channel, state: 'content', externalId, revision: 3, content: [ended] });
    await tell({ channel, state: 'content', externalId, revision: 2, content: [call] });
    const [row] = await core.query<{ content: { endedAt?: string }[]; case_id: string; revision: number }>(
      'select content, case_id, revision from message where id = $1',
      [inbound.id],
    );
    expect(row?.content[0]?.endedAt).toBe(ended.endedAt);
    expect(row?.revision).toBe(3);
    expect((await facts(row?.case_id ?? '')).filter(fact => fact === 'call_recorded')).toHaveLength(1);
  });

  it('holds a file for a person that no scanner saw for a day, ours not being there, until its channel says more', async () => {
    const channel = await core.channel();
    const part = {
      type: 'media' as const,
      kind: 'image' as const,
      mediaType: 'image/jpeg',
      blob: await core.running.app.get(RawStore).keep(JPEG, 'image/jpeg'),
      fetch: 'done' as const,
      scan: 'pending' as const,
    };
    const inbound = aMessage({ channel, content: [part] });
    await take(inbound);
    const known = async (): Promise<{ scan: string; because: string | null } | undefined> => {
      const [row] = await core.query<{ scan: string; because: string | null }>(
        'select scan_state as scan, held_because as because from attachment where message_id = $1',
        [inbound.id],
      );
      return row;
    };
    const becomes = (scan: string, because: string | null): Promise<true> =>
      eventually(async () => {
        const now = await known();
        return (now?.scan === scan && now.because === because) || undefined;
      }, 60);
    expect(await known()).toEqual({ scan: 'pending', because: null });
    await core.query(`update attachment set created_at = now() - interval '25 hours' where message_id = $1`, [
      inbound.id,
    ]);
    await becomes('pending', 'unreadable');
    const { externalId } = inbound;
    await tell({ channel, state: 'content', externalId, revision: 2, content: [{ ...part, scan: 'clean' }] });
    await becomes('clean', null);
  });

  describe('of a call whose caller says by a key what it is about', () => {
    const call = { type: 'call' as const, direction: 'in' as const, arrivedAt: new Date().toISOString(), steps: [] };
    let roads: string;
    const called = async (): Promise<{
      inbound: Inbound;
      caseId: string;
      choose: (category: string) => Promise<void>;
    }> => {
      const channel = await core.channel();
      const inbound = aMessage({ channel, content: [call] });
      await take(inbound);
      const [row] = await core.query<{ case_id: string }>('select case_id from message where id = $1', [inbound.id]);
      let revision = 0;
      const choose = async (category: string): Promise<void> => {
        revision += 1;
        const { externalId } = inbound;
        await tell({ channel, state: 'content', externalId, revision, content: [call], hints: { category } });
      };
      return { inbound, caseId: row?.case_id ?? '', choose };
    };
    beforeAll(async () => {
      roads = v7();
      const [one] = await core.query<{ root: string }>(
        'select administration_id as root from case_file where id = $1',
        [(await called()).caseId],
      );
      const root = one?.root ?? '';
      await core.query(
        `insert into office (id, administration_id, parent_id, code, name, kind, tier) values ($1, $2, $2, 'roads', 'Strade', 'office', 2)`,
        [roads, root],
      );
      await core.query(
        `insert into category (id, administration_id, code, label, office_id, kind) values ($1, $2, 'strade', 'Strade', $3, 'report')`,
        [v7(), root, roads],
      );
      core.running.app.get(RouteBooks).forget(root);
    });
    const whereIs = async (caseId: string): Promise<unknown> => {
      const [row] = await core.query<object>(
        `select c.office_id as office, k.code as category from case_file c left join category k on k.id = c.category_id where c.id = $1`,
        [caseId],
      );
      return row;
    };

    it('brings the case to the office of that category, once', async () => {
      const { caseId, choose } = await called();
      await choose('strade');
      expect(await whereIs(caseId)).toEqual({ office: roads, category: 'strade' });
      const told = await facts(caseId);
      await choose('strade');
      expect(await facts(caseId)).toEqual(told);
    });

    it('does so also when the key is heard of before the call', async () => {
      const channel = await core.channel();
      const inbound = aMessage({ channel, content: [call] });
      const { externalId } = inbound;
      await tell({
        channel,
        state: 'content',
        externalId,
        revision: 2,
        content: [call],
        hints: { category: 'strade' },
      });
      await take(inbound);
      const [row] = await core.query<{ case_id: string }>('select case_id from message where id = $1', [inbound.id]);
      expect(await whereIs(row?.case_id ?? '')).toEqual({ office: roads, category: 'strade' });
    });

    it('moves nothing when nobody knows the category, or somebody had the case in hand', async () => {
      const unknown = await called();
      const before = await whereIs(unknown.caseId);
      await unknown.choose('nothing-of-the-kind');
      expect(await whereIs(unknown.caseId)).toEqual(before);
      const touched = await called();
      const answered = await core.database.dataSource.transaction(manager =>
        core.running.app.get(Replies).queue(manager, {
          caseId: touched.caseId,
          content: [{ type: 'text', text: 'La richiamiamo.' }],
          visibility: 'parties',
          author: 'operator',
          by: { kind: 'operator' },
          cause: null,
        }),
      );
      expect(isRefused(answered)).toBe(false);
      await touched.choose('strade');
      expect(await whereIs(touched.caseId)).toEqual(before);
    });
  });

  it('gives an attachment its bytes when they arrive, and never takes them away again', async () => {
    const channel = await core.channel();
    const pending = {
      type: 'media' as const,
      kind: 'image' as const,
      mediaType: 'image/jpeg',
      fetch: 'pending' as const,
      scan: 'pending' as const,
      source: 'x',
    };
    const inbound = aMessage({ channel, content: [{ type: 'text', text: 'ecco' }, pending] });
    await take(inbound);
    const { externalId } = inbound;
    // They are looked at as soon as they are there: what is not would be held.
    const blob = await core.running.app.get(RawStore).keep(JPEG, 'image/jpeg');
    await tell({
      channel,
      state: 'media',
      externalId,
      part: 1,
      media: { ...pending, fetch: 'done', scan: 'clean', blob },
    });
    await tell({ channel, state: 'content', externalId, revision: 1, content: inbound.content });
    expect(
      await core.query('select part, sha256, fetch_state, scan_state from attachment where message_id = $1', [
        inbound.id,
      ]),
    ).toEqual([{ part: 1, sha256: blob.sha256, fetch_state: 'done', scan_state: 'clean' }]);
  });

  it('makes one contact of two that turn out to be one', async () => {
    const channel = await core.channel();
    const [old, fresh] = [v7(), v7()];
    await take(
      aMessage({ channel, from: { kind: 'user', value: old } }),
      aMessage({ channel, from: { kind: 'user', value: fresh } }),
    );
    await tell({
      channel,
      state: 'sent',
      merge: [
        { kind: 'user', value: old },
        { kind: 'user', value: fresh },
      ],
    });
    expect(
      await core.query('select distinct contact_id from contact_address where value = any($1)', [[old, fresh]]),
    ).toHaveLength(1);
  });

  it('shows the echo of our own message as a copy of it when the echo came first', async () => {
    const { channel, message, inbound } = await replied();
    const externalId = v7();
    await take(aMessage({ channel, conversation: inbound.conversation, externalId, author: 'external_app' }));
    await tell({ channel, state: 'accepted', message, attempt: 1, externalId });
    expect(
      await core.query(
        'select id, copy_of from message where channel = $1 and (external_id = $2 or copy_of = $3) order by copy_of nulls first',
        [channel, externalId, message],
      ),
    ).toEqual([
      { id: message, copy_of: null },
      { id: expect.any(String), copy_of: message },
    ]);
  });

  it('takes the echo of our own message for a duplicate when the acceptance came first', async () => {
    const { channel, message, inbound } = await replied();
    const externalId = v7();
    await tell({ channel, state: 'accepted', message, attempt: 1, externalId });
    await take(aMessage({ channel, conversation: inbound.conversation, externalId, author: 'external_app' }));
    expect(await core.query(`select id from message where channel = $1 and direction = 'out'`, [channel])).toEqual([
      { id: message },
    ]);
  });

  it('tells a citizen what became of what they sent, by the secret code alone', async () => {
    const channel = await core.channel();
    const trackingCode = `T-${v7()}`;
    await take(aMessage({ channel, trackingCode }));
    const ask = (code: string): Promise<TrackingAnswer> =>
      core.bus.ask(subjects.ask('tracking'), { trackingCode: code }, TrackingAnswer, { timeoutMs: 5_000 });
    expect(await ask(trackingCode)).toMatchObject({ found: true, state: 'received' });
    expect(await ask('T-another')).toEqual({ found: false });
    expect(
      await core.query('select 1 from message where text like $1 or evidence::text like $1', [`%${trackingCode}%`]),
    ).toHaveLength(0);
  });

  it('puts the order of a reply on the bus once it is committed, in the citizen’s own thread', async () => {
    const { channel, message, inbound } = await replied();
    const order = await eventually(async () => {
      const found = await core.bus.manager.streams.getMessage('OUT', { last_by_subj: subjects.out(channel, 'main') });
      return found?.json<Record<string, unknown>>();
    });
    expect(order).toMatchObject({
      id: message,
      attempt: 1,
      conversation: inbound.conversation,
      to: inbound.from,
      thread: { inReplyTo: inbound.externalId, token: expect.stringMatching(/^[a-z0-9-]{1,100}$/) },
    });
  });
});
