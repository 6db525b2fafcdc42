import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { Inbound } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { firstBrokenVersion, type HashedEntry } from '../case/journal-hash.js';
import { JournalEntry } from '../case/journal.entity.js';
import { Ledger } from '../case/ledger.js';
import { groupedBy } from '../grouped.js';
import { Replies } from '../message/replies.js';
import { aMessage, itemOf, TALKS, TestCore } from '../testing.js';
import { Intake } from './intake.js';
import { ReplyTokens } from './reply-token.js';

interface Row {
  readonly id: string;
  readonly case_id: string | null;
  readonly conversation_id: string;
  readonly seq: number;
  readonly text: string;
}

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('intake', () => {
  let core: TestCore;
  let intake: Intake;
  beforeAll(async () => {
    core = await TestCore.start();
    intake = core.running.app.get(Intake);
  });
  afterAll(() => core.stop());

  const take = (...messages: Inbound[]): Promise<void> => intake.takeAll(messages.map(itemOf));
  const messagesOf = (channel: string): Promise<Row[]> =>
    core.query<Row>(
      `select id, case_id, conversation_id, seq, text from message where channel = $1 and direction = 'in' order by seq`,
      [channel],
    );
  const countOf = async (table: string, channel: string): Promise<number> => {
    const rows = await core.query<{ count: string }>(`select count(*) from ${table} where channel = $1`, [channel]);
    return Number(rows[0]?.count);
  };
  const caseOf = async (channel: string): Promise<{ id: string; state: string; version: number; number: string }> => {
    const rows = await core.query<{ id: string; state: string; version: number; number: string }>(
      'select id, state, version, number from case_file where channel = $1 order by opened_at',
      [channel],
    );
    const [row] = rows;
    if (!row || rows.length > 1) throw new Error(`${rows.length} cases`);
    return row;
  };
  const tokenOf = async (caseId: string): Promise<string> => {
    const [row] = await core.query<{ administration_id: string }>(
      'select administration_id from case_file where id = $1',
      [caseId],
    );
    return core.running.app.get(ReplyTokens).tokenOf(row?.administration_id ?? '', caseId);
  };
  const end = async (caseId: string): Promise<void> => {
    const [office] = await core.query<{ id: string }>('select id from office limit 1');
    const result = await core.database.dataSource.transaction(manager =>
      core.running.app.get(Ledger).execute(manager, {
        caseId,
        cause: null,
        commands: [
          {
            name: 'resolve',
            outcome: 'positive',
            outcomeReason: 'done',
            spoken: true,
            by: { kind: 'operator', id: office?.id },
          },
        ],
      }),
    );
    expect(result).toMatchObject({ state: 'resolved' });
  };

  it('makes one message of three deliveries of it at the same time', async () => {
    const channel = await core.channel();
    const message = aMessage({ channel });
    await Promise.all([take(message), take(message), take(message)]);
    expect(await messagesOf(channel)).toHaveLength(1);
    expect(await countOf('case_file', channel)).toBe(1);
  });

  it('makes one message of three deliveries in the same batch', async () => {
    const channel = await core.channel();
    const message = aMessage({ channel });
    await take(message, message, message);
    expect(await messagesOf(channel)).toHaveLength(1);
  });

  it('settles every item of a delivery that says the same twice', async () => {
    const channel = await core.channel();
    const reception = v7();
    const first = aMessage({ channel, reception: { reception, index: 0, count: 2 } });
    await take(first, { ...first, reception: { reception, index: 1, count: 2 } });
    expect(
      await core.query('select fate from reception_item where reception_id = $1 order by item_index', [reception]),
    ).toEqual([{ fate: 'opened' }, { fate: 'duplicate' }]);
  });

  it('shows what became of a delivery to the people of an account of which it knew only receipts, or nothing', async () => {
    const channel = await core.channel();
    const at = new Date().toISOString();
    const said = {
      'reception.empty.v1': { receivedAt: at, raw: { sha256: 'a'.repeat(64), size: 2, mediaType: 'application/json' } },
      'message.progressed.v1': { at, state: 'read', externalId: 'of nobody' },
    } as const;
    const accounts = Object.keys(said).map(type => ({ type: type as keyof typeof said, account: `new-${v7()}` }));
    await intake.takeAll(
      accounts.map(({ type, account }, index) => ({
        eventId: v7(),
        type,
        data: { channel, account, reception: { reception: v7(), index: 0, count: index }, ...said[type] },
        correlationId: v7(),
        released: false,
      })),
    );
    expect(
      await core.query(
        `select i.fate, count(a) as "accounts" from reception_item i left join channel_account a using (channel, account)
         where i.channel = $1 group by i.fate order by i.fate`,
        [channel],
      ),
    ).toEqual([
      { fate: 'empty', accounts: '1' },
      { fate: 'progress', accounts: '1' },
    ]);
  });

  it('leaves no empty conversation, contact or case after a duplicate', async () => {
    const channel = await core.channel();
    const first = aMessage({ channel });
    await take(first);
    // The provider repeats it with another conversation and another sender: it is still the same message.
    await take(aMessage({ channel, externalId: first.externalId, from: { kind: 'name', value: v7() } }));
    expect(await countOf('conversation', channel)).toBe(1);
    expect(await countOf('case_file', channel)).toBe(1);
    const idle = await core.query(
      `select 1 from contact c where not exists (select from message m where m.contact_id = c.id)
       and not exists (select from case_file f where f.contact_id = c.id)`,
    );
    expect(idle).toHaveLength(0);
  });

  it('makes one conversation, one contact and one case of ten first messages at the same time', async () => {
    const channel = await core.channel();
    const conversation = `album-${v7()}`;
    const album = Array.from({ length: 10 }, () => aMessage({ channel, conversation }));
    await Promise.all(album.map(message => core.say(message)));
    await eventually(async () => ((await messagesOf(channel)).length === 10 ? true : undefined));
    expect(await countOf('conversation', channel)).toBe(1);
    const file = await caseOf(channel);
    const found = await messagesOf(channel);
    expect(new Set(found.map(row => row.case_id))).toEqual(new Set([file.id]));
    expect(found.map(row => row.seq)).toHaveLength(new Set(found.map(row => row.seq)).size);
    expect(await core.query('select 1 from contact_address where value = $1', [conversation])).toHaveLength(1);
  });

  it('opens one case when several writers meet in a conversation that has none yet', async () => {
    const channel = await core.channel();
    const conversation = v7();
    await take(aMessage({ channel, conversation, flags: { automatic: 'auto_reply' } }));
    await Promise.all(Array.from({ length: 4 }, () => take(aMessage({ channel, conversation }))));
    expect(await countOf('case_file', channel)).toBe(1);
    expect((await messagesOf(channel)).filter(row => row.case_id !== null)).toHaveLength(4);
  });

  it('takes a batch of fifty in one transaction', async () => {
    const channel = await core.channel();
    await take(...Array.from({ length: 50 }, () => aMessage({ channel })));
    const rows = await core.query<{ transactions: string; messages: string }>(
      `select count(distinct xmin::text) as transactions, count(*) as messages from message where channel = $1 and direction = 'in'`,
      [channel],
    );
    expect(rows).toEqual([{ transactions: '1', messages: '50' }]);
  });

  it('keeps the order of a conversation that comes over the bus', async () => {
    const channel = await core.channel();
    const conversation = `order-${v7()}`;
    const words = Array.from({ length: 120 }, (_, index) => `parola ${index}`);
    for (const text of words) await core.say(aMessage({ channel, conversation, content: [{ type: 'text', text }] }));
    await eventually(async () => ((await messagesOf(channel)).length === words.length ? true : undefined));
    expect((await messagesOf(channel)).map(row => row.text)).toEqual(words);
  });

  it('parks the item that cannot be taken in, and takes in those around it', async () => {
    const channel = await core.channel();
    // Longer than an index of PostgreSQL can hold: no retry mends it.
    const poison = Array.from({ length: 1_000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000))).join(
      '',
    );
    const good = Array.from({ length: 4 }, () => aMessage({ channel }));
    await take(good[0], good[1], aMessage({ channel, externalId: poison }), good[2], good[3]);
    expect(await messagesOf(channel)).toHaveLength(4);
    const parked = await core.query(
      'select kind, state, error_class, next_try_at is not null as again from parked where channel = $1',
      [channel],
    );
    expect(parked).toEqual([{ kind: 'failed', state: 'waiting', error_class: '54000', again: true }]);
  });

  it('parks what is doubtful with its reason, and opens nothing for it', async () => {
    const channel = await core.channel();
    await take(aMessage({ channel, flags: { doubtful: 'filled in within a second' } }));
    expect(await core.query('select kind, reason from parked where channel = $1', [channel])).toEqual([
      { kind: 'doubtful', reason: 'filled in within a second' },
    ]);
    expect(await countOf('case_file', channel)).toBe(0);
  });

  it('stores what PostgreSQL cannot: NUL and half a surrogate pair become a visible mark', async () => {
    const channel = await core.channel();
    await take(aMessage({ channel, content: [{ type: 'text', text: 'a\u0000b\ud800c' }] }));
    expect((await messagesOf(channel)).map(row => row.text)).toEqual(['a\ufffdb\ufffdc']);
  });

  describe('which case a message goes to', () => {
    it('joins the case of a token of ours, in a conversation of its own', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      await take(aMessage({ channel }));
      const file = await caseOf(channel);
      await take(aMessage({ channel, thread: { tokens: [await tokenOf(file.id)] } }));
      expect((await messagesOf(channel)).map(row => row.case_id)).toEqual([file.id, file.id]);
    });

    it('opens a new case for a token that was forged', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      await take(aMessage({ channel }));
      const file = await caseOf(channel);
      const forged = (await tokenOf(file.id)).replace(/.{20}$/, '0'.repeat(20));
      await take(aMessage({ channel, thread: { tokens: [forged] } }));
      expect(await countOf('case_file', channel)).toBe(2);
    });

    it('joins by a message it answers only on the same account', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const first = aMessage({ channel });
      await take(first);
      const file = await caseOf(channel);
      await take(aMessage({ channel, thread: { references: ['unknown', first.externalId] } }));
      expect(await countOf('case_file', channel)).toBe(1);
      await take(aMessage({ channel, account: 'other', thread: { references: [first.externalId] } }));
      expect(await countOf('case_file', channel)).toBe(2);
      expect((await caseVersion(file.id)) > file.version).toBe(true);
    });

    it('believes a case number from who belongs to the case and proves it, and not from a stranger', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const first = aMessage({ channel });
      await take(first);
      const file = await caseOf(channel);
      const thread = { caseNumbers: [file.number] };
      await take(aMessage({ channel, from: { ...first.from, verified: true }, thread }));
      expect(await countOf('case_file', channel)).toBe(1);
      await take(aMessage({ channel, from: { kind: 'name', value: v7(), verified: true }, thread }));
      expect(await countOf('case_file', channel)).toBe(2);
    });

    it('opens a case of its own for a number under a name that nothing proves, and shows which case it claims', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const first = aMessage({ channel });
      await take(first);
      const file = await caseOf(channel);
      const forged = aMessage({ channel, from: first.from, thread: { caseNumbers: [file.number] } });
      await take(forged);
      expect(await evidenceOf(forged.id)).toMatchObject({
        case: false,
        claimedCase: { id: file.id, number: file.number },
      });
      expect(await countOf('case_file', channel)).toBe(2);
    });

    describe('when somebody who does not belong to it cites a message of it', () => {
      const aCase = async (): Promise<{ channel: string; first: Inbound; file: { id: string; number: string } }> => {
        const channel = await core.channel({ ...TALKS, conversations: 'thread' });
        const first = aMessage({ channel });
        await take(first);
        return { channel, first, file: await caseOf(channel) };
      };
      const answer = async (caseId: string, conversationId?: string): Promise<string> => {
        const result = await core.database.dataSource.transaction(manager =>
          core.running.app.get(Replies).queue(manager, {
            caseId,
            ...(conversationId ? { conversationId } : {}),
            content: [{ type: 'text', text: 'Ecco la risposta.' }],
            visibility: 'parties',
            author: 'operator',
            by: { kind: 'system' },
            cause: null,
          }),
        );
        if (!('message' in result)) throw new Error(result.detail);
        const rows = await core.query<{ to: string }>(`select address->>'value' as to from message where id = $1`, [
          result.message,
        ]);
        return rows[0]?.to ?? '';
      };

      it('joins, is shown as a stranger, is not acknowledged, and is never answered by itself', async () => {
        const { channel, first, file } = await aCase();
        const colleague = aMessage({ channel, thread: { references: [first.externalId] } });
        await take(colleague);
        expect(await evidenceOf(colleague.id)).toMatchObject({ case: file.id, stranger: true });
        expect(await countOf('case_file', channel)).toBe(1);
        const acknowledged = await core.query(
          `select 1 from message where channel = $1 and direction = 'out' and address->>'value' = $2`,
          [channel, colleague.from.value],
        );
        expect(acknowledged).toHaveLength(0);
        expect(await answer(file.id)).toBe(first.from.value);
      });

      it('belongs once a person of ours has answered them, and not because they wrote again', async () => {
        const { channel, first, file } = await aCase();
        const from = { kind: 'name', value: v7() };
        const write = async (): Promise<Inbound> => {
          const message = aMessage({ channel, from, thread: { references: [first.externalId] } });
          await take(message);
          return message;
        };
        await write();
        const again = await write();
        expect(await evidenceOf(again.id)).toMatchObject({ stranger: true });
        const [row] = await core.query<{ conversation_id: string }>(
          'select conversation_id from message where id = $1',
          [again.id],
        );
        expect(await answer(file.id, row?.conversation_id)).toBe(from.value);
        expect(await evidenceOf((await write()).id)).not.toHaveProperty('stranger');
        expect(await answer(file.id)).toBe(from.value);
      });

      it('takes who was copied by the citizen for one of theirs: we wrote to that address', async () => {
        const channel = await core.channel({ ...TALKS, conversations: 'thread' });
        const secretary = { kind: 'name', value: v7() };
        const first = aMessage({ channel, replyTo: [secretary] });
        await take(first);
        const said = aMessage({ channel, from: secretary, thread: { references: [first.externalId] } });
        await take(said);
        expect(await evidenceOf(said.id)).not.toHaveProperty('stranger');
      });

      it('lets nobody under the citizen’s name say where the citizen is answered', async () => {
        const { channel, first, file } = await aCase();
        const thief = { kind: 'name', value: `thief-${v7()}` };
        await take(
          aMessage({ channel, from: first.from, replyTo: [thief], thread: { references: [first.externalId] } }),
        );
        expect(await countOf('case_file', channel)).toBe(1);
        expect(await answer(file.id)).toBe(first.from.value);
      });

      it('does not open a closed case again, but one that follows it up', async () => {
        const { channel, first, file } = await aCase();
        await end(file.id);
        await take(aMessage({ channel, thread: { references: [first.externalId] } }));
        const files = await core.query<{ state: string; follows: boolean }>(
          'select state, follow_up_of = $2 as follows from case_file where channel = $1 order by opened_at',
          [channel, file.id],
        );
        expect(files).toEqual([
          { state: 'resolved', follows: null },
          { state: expect.any(String), follows: true },
        ]);
      });
    });

    it('opens a closed case again for the citizen, and not for a bounce', async () => {
      const channel = await core.channel();
      const first = aMessage({ channel });
      await take(first);
      const file = await caseOf(channel);
      await end(file.id);
      await take(aMessage({ channel, thread: { references: [first.externalId] }, flags: { automatic: 'bounce' } }));
      expect(await caseOf(channel)).toMatchObject({ state: 'resolved' });
      await take(aMessage({ channel, conversation: first.conversation }));
      expect(await caseOf(channel)).toMatchObject({ state: 'triage' });
    });

    it('keeps a machine’s answer to nothing we know without opening a case', async () => {
      const channel = await core.channel();
      await take(aMessage({ channel, flags: { automatic: 'auto_reply' } }));
      expect((await messagesOf(channel)).map(row => row.case_id)).toEqual([null]);
      expect(await countOf('case_file', channel)).toBe(0);
    });

    it('attaches a reaction to the message it is about, and moves nothing', async () => {
      const channel = await core.channel();
      const first = aMessage({ channel });
      await take(first);
      const file = await caseOf(channel);
      await end(file.id);
      await take(
        aMessage({ channel, conversation: first.conversation, relation: { kind: 'reaction', to: first.externalId } }),
      );
      expect(await caseOf(channel)).toMatchObject({ id: file.id, state: 'resolved' });
      const related = await core.query<{ relation_id: string }>(
        `select relation_id from message where channel = $1 and relation_kind = 'reaction'`,
        [channel],
      );
      expect(related).toEqual([{ relation_id: (await messagesOf(channel))[0]?.id }]);
    });

    const evidenceOf = async (message: string): Promise<object> => {
      const [row] = await core.query<{ case_id: string; evidence: object | null }>(
        'select case_id, evidence from message where id = $1',
        [message],
      );
      const claimed =
        row?.evidence && 'claimedCase' in row.evidence ? (row.evidence.claimedCase as { id: string }) : undefined;
      return { ...row?.evidence, case: claimed ? claimed.id === row?.case_id : row?.case_id };
    };
    const caseVersion = async (id: string): Promise<number> =>
      (await core.query<{ version: number }>('select version from case_file where id = $1', [id]))[0]?.version ?? 0;
  });

  describe('the acknowledgement', () => {
    const acknowledgements = (channel: string): Promise<{ subject: string; send_state: string }[]> =>
      core.query(`select subject, send_state from message where channel = $1 and automatic = 'acknowledgement'`, [
        channel,
      ]);

    it('is queued once for a new case, with its number', async () => {
      const channel = await core.channel();
      const conversation = v7();
      await take(aMessage({ channel, conversation, subject: 'Orari' }), aMessage({ channel, conversation }));
      const file = await caseOf(channel);
      expect(await acknowledgements(channel)).toEqual([
        { subject: `Re: Orari [#${file.number}]`, send_state: 'queued' },
      ]);
    });

    it.each([
      { why: 'to a machine', flags: { automatic: 'bulk' as const } },
      { why: 'in public', flags: { public: true } },
      { why: 'to a sender that may be forged', flags: { unauthenticated: true } },
    ])('is never sent $why', async ({ flags }) => {
      const channel = await core.channel();
      await take(aMessage({ channel, flags }));
      expect(await countOf('case_file', channel)).toBe(1);
      expect(await acknowledgements(channel)).toHaveLength(0);
    });

    it('is sent three times an hour to one correspondent, and then no more', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const from = { kind: 'name', value: v7() };
      await take(...Array.from({ length: 3 }, () => aMessage({ channel, from })));
      await take(...Array.from({ length: 3 }, () => aMessage({ channel, from })));
      expect(await countOf('case_file', channel)).toBe(6);
      expect(await acknowledgements(channel)).toHaveLength(3);
    });

    it('is sent three times an hour to one address, whoever writes and however they spell it', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const victim = v7();
      const spelt = [`${victim}@posta.example`, `${victim}+x@posta.example`, `${victim.toUpperCase()}@Posta.Example`];
      const aSender = (index: number): Inbound =>
        aMessage({
          channel,
          from: { kind: 'email', value: `${v7()}@altrove.example` },
          replyTo: [{ kind: 'email', value: spelt[index % 3] ?? '' }],
        });
      await take(...Array.from({ length: 6 }, (_, index) => aSender(index)));
      await take(...Array.from({ length: 6 }, (_, index) => aSender(index)));
      expect(await countOf('case_file', channel)).toBe(12);
      expect(await acknowledgements(channel)).toHaveLength(3);
      const untold = await core.query(
        `select 1 from message where channel = $1 and evidence->>'unacknowledged' = 'too_many'`,
        [channel],
      );
      expect(untold).toHaveLength(9);
    });

    it('is sent three times an hour to one address by many writers at once', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const replyTo = [{ kind: 'email', value: `${v7()}@posta.example` }];
      await Promise.all(
        Array.from({ length: 12 }, () =>
          take(aMessage({ channel, replyTo, from: { kind: 'email', value: `${v7()}@altrove.example` } })),
        ),
      );
      expect(await countOf('case_file', channel)).toBe(12);
      expect(await acknowledgements(channel)).toHaveLength(3);
    });

    it('is bounded by address in two cores at once', async () => {
      const another = await core.another();
      try {
        const channel = await core.channel({ ...TALKS, conversations: 'thread' });
        const replyTo = [{ kind: 'email', value: `${v7()}@posta.example` }];
        const cores = [intake, another.app.get(Intake)];
        await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            cores[index % 2]?.takeAll([
              itemOf(aMessage({ channel, replyTo, from: { kind: 'email', value: `${v7()}@altrove.example` } })),
            ]),
          ),
        );
        expect(await countOf('case_file', channel)).toBe(12);
        expect(await acknowledgements(channel)).toHaveLength(3);
      } finally {
        await another.stop();
      }
    });

    it('never goes to an account of ours', async () => {
      const channel = await core.channel(
        { ...TALKS, conversations: 'thread', addressKinds: ['email'] },
        { accounts: ['main', 'Anagrafe@comune.example'], addresses: [{ kind: 'email', value: 'urp@comune.example' }] },
      );
      for (const value of ['urp@comune.example', 'URP+ciao@comune.example', 'anagrafe@comune.example'])
        await take(
          aMessage({
            channel,
            from: { kind: 'email', value: `${v7()}@altrove.example` },
            replyTo: [{ kind: 'email', value }],
          }),
        );
      expect(await countOf('case_file', channel)).toBe(3);
      expect(await acknowledgements(channel)).toHaveLength(0);
    });

    describe('and a machine that answers each of them', () => {
      /** What is sent until nobody answers any more: the machine's mails and ours. */
      const exchange = async (
        channel: string,
        first: Inbound,
        answerTo: (ours: { externalId: string; subject: string; token: string }) => Partial<Inbound>,
      ): Promise<number> => {
        const answered = new Set<string>();
        await take(first);
        for (let round = 0; round < 20; round += 1) {
          const rows = await core.query<{ id: string; subject: string; case_id: string }>(
            `select id, subject, case_id from message where channel = $1 and direction = 'out'`,
            [channel],
          );
          const fresh = rows.filter(row => !answered.has(row.id));
          if (fresh.length === 0) break;
          for (const row of fresh) {
            answered.add(row.id);
            const token = await tokenOf(row.case_id);
            const said = answerTo({ externalId: row.id, subject: row.subject, token });
            await take(aMessage({ channel, from: first.from, ...said }));
          }
        }
        return await countOf('message', channel);
      };
      const numberIn = (subject: string): string => /\[#(.*)\]/.exec(subject)?.[1] ?? '';

      it.each<[string, Parameters<typeof exchange>[2]]>([
        ['says that it is one', () => ({ flags: { automatic: 'auto_reply' } })],
        ['answers in the thread', ({ token }) => ({ thread: { tokens: [token] } })],
        ['only repeats the title', ({ subject }) => ({ subject, thread: { caseNumbers: [numberIn(subject)] } })],
      ])('end in three messages when it %s', async (_, answerTo) => {
        const channel = await core.channel({ ...TALKS, conversations: 'thread' });
        const first = aMessage({ channel });
        expect(await exchange(channel, first, answerTo)).toBeLessThanOrEqual(3);
      });

      it('end at the bound when nothing joins its answers', async () => {
        const channel = await core.channel({ ...TALKS, conversations: 'thread' });
        await exchange(channel, aMessage({ channel }), () => ({ subject: 'Sono fuori ufficio' }));
        expect(await acknowledgements(channel)).toHaveLength(3);
      });
    });

    it('goes to who wrote, in a thread that somebody else began', async () => {
      const channel = await core.channel({ ...TALKS, conversations: 'thread' });
      const conversation = `newsletter-${v7()}`;
      const anna = { kind: 'name', value: `anna-${v7()}` };
      const bruno = { kind: 'name', value: `bruno-${v7()}` };
      await take(aMessage({ channel, conversation, from: anna }));
      await take(
        aMessage({ channel, conversation, from: bruno, replyTo: [{ kind: 'name', value: `${bruno.value}-casa` }] }),
      );
      const sent = await core.query<{ to: string; own: boolean }>(
        `select m.address->>'value' as to, m.contact_id = c.contact_id as own
         from message m join case_file c on c.id = m.case_id
         where m.channel = $1 and m.automatic = 'acknowledgement' order by m.id`,
        [channel],
      );
      expect(sent).toEqual([
        { to: anna.value, own: true },
        { to: `${bruno.value}-casa`, own: true },
      ]);
    });

    it('is not sent by a channel that does not say it acknowledges', async () => {
      const channel = await core.channel({ reply: true });
      await take(aMessage({ channel }));
      expect(await acknowledgements(channel)).toHaveLength(0);
    });
  });

  describe('contacts', () => {
    it('makes one contact of two endpoints that a proven alias joins, and remembers that they were two', async () => {
      const channel = await core.channel();
      const [phone, account] = [v7(), v7()];
      await take(
        aMessage({ channel, from: { kind: 'phone', value: phone } }),
        aMessage({ channel, from: { kind: 'user', value: account } }),
      );
      await take(
        aMessage({
          channel,
          from: { kind: 'user', value: account, verified: true, aliases: [{ kind: 'phone', value: phone }] },
        }),
      );
      const owners = await core.query<{ contact_id: string }>(
        'select distinct contact_id from contact_address where value = any($1)',
        [[phone, account]],
      );
      expect(owners).toHaveLength(1);
      expect(
        await core.query('select 1 from contact_merge where into_contact_id = $1', [owners[0]?.contact_id]),
      ).toHaveLength(1);
    });

    it('does not let a sender claim somebody else’s address by an alias that nobody proved', async () => {
      const channel = await core.channel();
      const phone = v7();
      await take(aMessage({ channel, from: { kind: 'phone', value: phone } }));
      await take(
        aMessage({ channel, from: { kind: 'user', value: v7(), aliases: [{ kind: 'phone', value: phone }] } }),
      );
      expect(
        await core.query(`select distinct contact_id from message where channel = $1 and direction = 'in'`, [channel]),
      ).toHaveLength(2);
    });
  });

  it('leaves journals whose chains verify, one for each case', async () => {
    const journals = await core.database.dataSource
      .getRepository(JournalEntry)
      .find({ order: { caseId: 'ASC', version: 'ASC' } });
    const byCase = groupedBy(journals, entry => entry.caseId);
    expect(byCase.size).toBeGreaterThan(10);
    for (const [caseId, entries] of byCase) expect(firstBrokenVersion(caseId, entries)).toBeUndefined();
    const [[caseId, entries] = ['', []]] = [...byCase];
    const forged = entries.map((entry: HashedEntry & { prevHash: Buffer; hash: Buffer }) => ({
      ...entry,
      cause: 'another',
    }));
    expect(firstBrokenVersion(caseId, forged)).toBe(1);
  });
});
