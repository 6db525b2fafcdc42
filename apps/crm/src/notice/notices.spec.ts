import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView, MessageView, ProblemView, TemplateView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { ReplyTokens } from '../intake/reply-token.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: { channel: string; account: string };
let form: { channel: string; account: string };
let roads: string;
let parks: string;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro', 'admin');
  mail = await rest.channel(
    {
      reply: true,
      initiate: true,
      acknowledge: true,
      subject: true,
      text: { maxLength: 20_000 },
      conversations: 'thread',
      addressKinds: ['email'],
    },
    anna.administrationId,
  );
  form = await rest.channel({ subject: true, conversations: 'thread' }, anna.administrationId);
  roads = await rest.office(anna.administrationId, 'Strade');
  parks = await rest.office(anna.administrationId, 'Verde');
  await rest.dataSource.query(`update office set email = 'strade@comune.example' where id = $1`, [roads]);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const seen = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const move = async (id: string, body: object): Promise<void> => {
  const answer = await rest.ask('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body,
    headers: { 'if-match': `"${(await seen(id)).version}"` },
  });
  expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
};
const told = async (id: string): Promise<MessageView[]> =>
  (await seen(id)).timeline
    .flatMap(entry => entry.message ?? [])
    .filter(one => one.direction === 'out' && one.automatic !== undefined && one.visibility === 'parties');
const wordsOf = (message: MessageView | undefined): string => JSON.stringify(message?.content);
const toldTimes = (id: string, times: number): Promise<MessageView[]> =>
  eventually(async () => {
    const all = await told(id);
    return all.length >= times ? all : undefined;
  });
/** Nothing more is waiting to be told. */
const settled = (): Promise<true> =>
  eventually(async () => {
    const rows = await rest.core.query(
      `select from graphile_worker.jobs where task_identifier = 'citizen.tell' and run_at <= now()`,
    );
    return rows.length === 0 || undefined;
  });
const opened = async (more: object = {}): Promise<string> =>
  (
    await rest.receive(mail, {
      from: { kind: 'email', value: `${v7()}@example.org`, displayName: 'Ada', verified: true },
      ...more,
    })
  ).caseId;

describe('the citizen is told', () => {
  it('at once that there is a case, and by when it is answered', async () => {
    const id = await opened();
    expect(wordsOf((await told(id))[0])).toMatch(/pratica n\. .* entro (il |l')\d+ \w+ \d{4}/);
  });

  it('who took charge and until when, then the new term', async () => {
    const id = await opened();
    await move(id, { command: 'assign', office: roads });
    await move(id, { command: 'takeCharge' });
    const [, taken] = await toldTimes(id, 2);
    expect([taken?.automatic, wordsOf(taken)]).toEqual([
      'notification',
      expect.stringMatching(/presa in carico da: Strade.*entro (il |l')\d/),
    ]);
    const { dueDate = '' } = await seen(id);
    const until = new Date(Date.parse(dueDate) + 5 * 86_400_000).toISOString().slice(0, 10);
    await move(id, { command: 'extend', dueDate: until, reason: 'motivo interno' });
    const [, , extended] = await toldTimes(id, 3);
    expect(wordsOf(extended)).toContain(
      new Date(`${until}T00:00:00Z`).toLocaleDateString('it-IT', { dateStyle: 'long', timeZone: 'UTC' }),
    );
    expect(wordsOf(extended)).not.toContain('motivo interno');
  });

  it('who took charge when the answer by which it was taken is taken back, once', async () => {
    const id = await opened();
    await move(id, { command: 'assign', office: anna.office });
    const answer = async (): Promise<string> =>
      (
        await rest.ask<MessageView>('POST', `/api/cases/${id}/replies`, {
          as: anna,
          body: { text: 'Ecco.', sendAfter: 30 },
        })
      ).body.id;
    const takeBack = async (message: string): Promise<void> => {
      const answered = await rest.ask('POST', `/api/messages/${message}/withdrawals`, { as: anna });
      expect(answered.status).toBeLessThan(300);
      await settled();
    };
    const first = await answer();
    await settled();
    expect(await told(id)).toHaveLength(1);
    await takeBack(first);
    const [, taken, ...more] = await toldTimes(id, 2);
    expect([wordsOf(taken), more]).toEqual([expect.stringContaining('presa in carico'), []]);
    await takeBack(await answer());
    expect(await told(id)).toHaveLength(2);
  });

  it('that another office has it, once that has stood for a while', async () => {
    const id = await opened();
    await move(id, { command: 'assign', office: roads });
    await move(id, { command: 'takeCharge' });
    await toldTimes(id, 2);
    await move(id, { command: 'assign', office: parks });
    await rest.dataSource.query(
      `update graphile_worker._private_jobs set run_at = now() where run_at > now() and payload->>'caseId' = $1`,
      [id],
    );
    const [, , moved] = await toldTimes(id, 3);
    expect(wordsOf(moved)).toContain('è passata a: Verde');
  });

  describe('when a matter goes from office to office before it is told', () => {
    const due = async (id: string): Promise<void> => {
      await rest.dataSource.query(
        `update graphile_worker._private_jobs set run_at = now() where run_at > now() and payload->>'caseId' = $1`,
        [id],
      );
      await settled();
    };
    const walked = async (...offices: readonly string[]): Promise<string> => {
      const id = await opened();
      await move(id, { command: 'assign', office: anna.office });
      for (const office of offices) await move(id, { command: 'assign', office });
      return id;
    };
    const passed = async (id: string): Promise<string[]> =>
      (await told(id)).map(wordsOf).flatMap(words => /è passata a: (\w+)/.exec(words)?.[1] ?? []);

    it('the last office is told, and once', async () => {
      const id = await walked(roads, parks, roads);
      await due(id);
      expect(await passed(id)).toEqual(['Strade']);
    });

    it('nothing is told when it is back where the citizen knows it', async () => {
      const id = await walked(roads);
      await due(id);
      await move(id, { command: 'assign', office: parks });
      await move(id, { command: 'assign', office: roads });
      await due(id);
      expect(await passed(id)).toEqual(['Strade']);
      await move(id, { command: 'assign', office: parks });
      await due(id);
      expect(await passed(id)).toEqual(['Strade', 'Verde']);
    });

    it('a change of person in the same office does not keep the transfer from being told', async () => {
      const id = await walked(parks);
      const elsa = await rest.operator(anna.administrationId, parks, 'Elsa');
      await move(id, { command: 'assign', office: parks, assignee: elsa.id });
      await due(id);
      expect(await passed(id)).toEqual(['Verde']);
    });
  });

  it('nothing when the matter ends at once, and nothing when a machine wrote', async () => {
    const id = await opened();
    await move(id, { command: 'assign', office: roads });
    await move(id, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    const machine = await opened({ flags: { automatic: 'bulk' } });
    await move(machine, { command: 'assign', office: roads });
    await move(machine, { command: 'takeCharge' });
    await settled();
    expect([(await told(id)).length, (await told(machine)).length]).toEqual([1, 0]);
  });

  it('by mail when they wrote in a form that cannot be answered and gave an address', async () => {
    const id = (
      await rest.receive(form, {
        from: { kind: 'session', value: v7() },
        replyTo: [{ kind: 'email', value: 'bruno@example.org' }],
      })
    ).caseId;
    const [message] = await toldTimes(id, 1);
    expect(message).toMatchObject({
      automatic: 'acknowledgement',
      channel: mail.channel,
      address: { value: 'bruno@example.org' },
    });
    expect(wordsOf(message)).toContain((await seen(id)).number);
  });

  it('once in an incident, by what happens to its head', async () => {
    const head = await opened();
    const mine = { from: { kind: 'email', value: `${v7()}@example.org`, verified: true } };
    const members = [await opened(mine), await opened(mine)];
    await rest.ask('POST', `/api/cases/${head}/members`, {
      as: anna,
      body: { cases: members },
      headers: { 'if-match': `"${(await seen(head)).version}"` },
    });
    await move(members[0] ?? '', { command: 'assign', office: parks });
    await move(members[0] ?? '', { command: 'takeCharge' });
    await move(head, { command: 'assign', office: roads });
    await move(head, { command: 'takeCharge' });
    await toldTimes(head, 2);
    await settled();
    const all = [...(await told(members[0] ?? '')), ...(await told(members[1] ?? ''))].filter(
      one => one.automatic === 'notification',
    );
    expect(all.map(wordsOf)).toEqual([expect.stringContaining('da: Strade')]);
  });

  it('in the administration’s own words, or not at all when those are retired', async () => {
    const template = await rest.ask<TemplateView>('POST', '/api/templates', {
      as: anna,
      body: {
        code: 'notice_taken_in_charge',
        language: 'it',
        name: 'Presa in carico',
        purpose: 'notification',
        text: 'Ci pensa {{ office.name }} ({{ case.number }})',
      },
    });
    const id = await opened();
    await move(id, { command: 'assign', office: roads });
    await move(id, { command: 'takeCharge' });
    const [, taken] = await toldTimes(id, 2);
    expect(wordsOf(taken)).toContain('Ci pensa Strade');
    await rest.ask('PATCH', `/api/templates/${template.body.id}`, {
      as: anna,
      body: { retired: true },
      headers: { 'if-match': '"1"' },
    });
    const other = await opened();
    await move(other, { command: 'assign', office: roads });
    await move(other, { command: 'takeCharge' });
    await settled();
    expect(await told(other)).toHaveLength(1);
  });
});

describe('a citizen who asks again', () => {
  const again = (id: string, more: object = {}): Promise<unknown> =>
    rest.receive(mail, {
      from: { kind: 'email', value: 'ada@example.org', verified: true },
      text: 'Ci sono novità?',
      thread: { tokens: [rest.app.get(ReplyTokens).tokenOf(anna.administrationId, id)] },
      ...more,
    });
  const late = async (): Promise<string> => {
    const id = await opened({ from: { kind: 'email', value: 'ada@example.org', verified: true } });
    await move(id, { command: 'assign', office: roads });
    await rest.dataSource.query(`update case_file set next_due_at = now() - interval '1 hour' where id = $1`, [id]);
    return id;
  };
  const facts = async (id: string): Promise<string[]> =>
    (await rest.core.query<{ fact: string }>('select fact from journal where case_id = $1 order by version', [id])).map(
      one => one.fact,
    );

  it('about what is late raises its priority and urges who holds it, once a day', async () => {
    const id = await late();
    await again(id);
    expect(await seen(id)).toMatchObject({ chases: 1, priority: 'high', chasedAt: expect.any(String) });
    expect((await facts(id)).slice(-5)).toEqual([
      'message_received',
      'chased',
      'priority_changed',
      'reminded',
      'letter_queued',
    ]);
    const letter = (await seen(id)).timeline
      .flatMap(entry => entry.message ?? [])
      .find(one => one.letter?.kind === 'chase');
    expect([letter?.address.value, wordsOf(letter)]).toEqual([
      'strade@comune.example',
      expect.stringContaining('Ci sono novità?'),
    ]);
    await again(id);
    expect((await seen(id)).chases).toBe(1);
  });

  it('adds to what was just said when nothing is late', async () => {
    const id = await opened({ from: { kind: 'email', value: 'ada@example.org', verified: true } });
    await again(id);
    expect(await seen(id)).toMatchObject({ chases: 0, priority: 'normal' });
  });

  describe('by voice', () => {
    const register = (id: string, body: object, as: TestOperator = anna, key = v7()) =>
      rest.ask<CaseView & ProblemView>('POST', `/api/cases/${id}/chases`, {
        as,
        body,
        headers: { 'idempotency-key': key },
      });

    it('is counted as one who writes: the priority goes up, who holds it reads what was said, once a day', async () => {
      const id = await opened();
      await move(id, { command: 'assign', office: roads });
      const key = v7();
      const first = await register(id, { text: 'Chiede quando arrivate.' }, anna, key);
      expect([first.status, first.body.chases, first.body.priority]).toEqual([201, 1, 'high']);
      expect((await facts(id)).slice(-5)).toEqual([
        'note_added',
        'chased',
        'priority_changed',
        'reminded',
        'letter_queued',
      ]);
      const [journalled] = await rest.core.query<{ actor_id: string; data: object }>(
        `select actor_id, data from journal where case_id = $1 and fact = 'chased'`,
        [id],
      );
      expect(journalled).toEqual({ actor_id: anna.id, data: { message: null, chases: 1, because: 'asked' } });
      const letter = (await seen(id)).timeline
        .flatMap(entry => entry.message ?? [])
        .find(one => one.letter?.kind === 'chase');
      expect([letter?.address.value, wordsOf(letter)]).toEqual([
        'strade@comune.example',
        expect.stringContaining('Chiede quando arrivate.'),
      ]);
      const { version } = first.body;
      expect((await register(id, { text: 'Chiede quando arrivate.' }, anna, key)).body.version).toBe(version);
      const again = await register(id, { text: 'Ha richiamato.' });
      expect([again.status, again.body.chases, again.body.priority]).toEqual([201, 1, 'high']);
      expect((await facts(id)).at(-1)).toBe('note_added');
      expect((await register(id, {})).body.version).toBe(again.body.version);
    });

    it('counts once when two operators register it at the same moment', async () => {
      const id = await opened();
      const both = await Promise.all([register(id, {}), register(id, {})]);
      expect(both.map(({ status }) => status)).toEqual([201, 201]);
      expect((await seen(id)).chases).toBe(1);
    });

    it('about what is theirs tells them nothing, and urges nobody about what is over', async () => {
      const id = await opened();
      await move(id, { command: 'assign', office: anna.office, assignee: anna.id });
      expect((await register(id, {})).body.chases).toBe(1);
      expect(await facts(id)).not.toContain('letter_queued');
      await move(id, { command: 'withdraw', reason: 'Lo chiede per telefono' });
      const over = await register(id, {});
      expect([over.status, over.body.type]).toEqual([409, '/problems/transition-not-allowed']);
    });
  });
});
