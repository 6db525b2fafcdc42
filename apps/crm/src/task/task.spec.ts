import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import type {
  CaseView,
  MergeView,
  MessageView,
  Outbound,
  ProblemView,
  TaskPage,
  TaskView,
  TrailPage,
} from '@filodiretto/contracts';
import { DeadlineWatch } from '../deadline/deadline-watch.js';
import { ReplyTokens } from '../intake/reply-token.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: { channel: string; account: string };
let roads: string;
let parks: string;
const WATER = { name: 'Acquedotto', address: 'guasti@acquedotto.example' };
const SECRET = 'Abito al terzo piano e sono malata';

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  mail = await rest.channel(
    {
      reply: true,
      initiate: true,
      subject: true,
      text: { maxLength: 20_000 },
      conversations: 'thread',
      addressKinds: ['email'],
    },
    anna.administrationId,
  );
  roads = await rest.office(anna.administrationId, 'Strade');
  parks = await rest.office(anna.administrationId, 'Verde');
  await rest.dataSource.query(`update office set email = 'strade@comune.example' where id = $1`, [roads]);
  await rest.dataSource.query(`update office set email = 'verde@comune.example' where id = $1`, [parks]);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const seen = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const move = async (id: string, body: object, status = 200): Promise<ProblemView> => {
  const { version } = await seen(id);
  const answer = await rest.ask<ProblemView>('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body,
    headers: { 'if-match': `"${version}"` },
  });
  expect([answer.status, answer.text]).toEqual([status, expect.anything()]);
  return answer.body;
};
const facts = async (id: string): Promise<{ fact: string; actor_kind: string; data: Record<string, unknown> }[]> =>
  rest.core.query('select fact, actor_kind, data from journal where case_id = $1 order by version', [id]);
const opened = async (): Promise<string> =>
  (await rest.receive(mail, { subject: 'Perdita d’acqua', text: SECRET })).caseId;
const held = async (): Promise<string> => {
  const id = await opened();
  await move(id, { command: 'assign', office: roads });
  await move(id, { command: 'takeCharge' });
  return id;
};
const ask = async (id: string, body: object): Promise<TaskView> => {
  const answer = await rest.ask<TaskView>('POST', `/api/cases/${id}/tasks`, {
    as: anna,
    body: { question: 'La perdita è vostra?', ...body },
  });
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  return answer.body;
};
const lettersOf = async (id: string, kind: string): Promise<MessageView[]> =>
  (await seen(id)).timeline
    .flatMap(entry => entry.message ?? [])
    .filter(message => message.direction === 'out' && message.letter?.kind === kind);
const orderOf = (message: string): Promise<Outbound> =>
  eventually(async () => {
    const { streams } = rest.core.bus.manager;
    const last = await streams.getMessage('OUT', { last_by_subj: subjects.out(mail.channel, mail.account) });
    for (let seq = last?.seq ?? 0; seq > 0 && seq > (last?.seq ?? 0) - 40; seq -= 1) {
      const order = (await streams.getMessage('OUT', { seq }).catch(() => null))?.json<Outbound>();
      if (order?.id === message) return order;
    }
    return undefined;
  });
const linksOf = (order: Outbound): [string, string, string] =>
  [...JSON.stringify(order.content).matchAll(/https:\/\/filodiretto\.example(\/azioni\/[\w-]{43})/g)].map(
    ([, path = '']) => path,
  ) as [string, string, string];
const letterOfTask = async (id: string): Promise<Outbound> => orderOf((await lettersOf(id, 'task')).at(-1)?.id ?? '');
const byBody = (token: string, text: string): Promise<unknown> =>
  rest.receive(mail, {
    from: { kind: 'email', value: WATER.address, verified: true },
    text,
    thread: { tokens: [token] },
  });
const post = (url: string, form: Record<string, string>): ReturnType<RestApplication['app']['inject']> =>
  rest.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });

describe('a question to a body outside', () => {
  it('is written to its address with the question alone, and is shown with its term', async () => {
    const id = await held();
    const task = await ask(id, { body: WATER, dueDate: '2030-03-20' });
    expect(task).toMatchObject({ body: WATER, state: 'open', dueDate: '2030-03-20', term: 'running' });
    const order = await letterOfTask(id);
    expect(order.to).toMatchObject({ kind: 'email', value: WATER.address });
    const words = JSON.stringify([order.subject, order.content]);
    expect(words).toContain('La perdita è vostra?');
    expect(words).not.toContain(SECRET);
    expect(words).not.toContain('Perdita d’acqua');
    expect(await seen(id)).toMatchObject({ state: 'in_charge', tasks: [{ id: task.id }] });
  });

  it('goes on under the title of the question, also when an operator writes in its thread', async () => {
    const id = await held();
    await ask(id, { body: WATER });
    await letterOfTask(id);
    const thread = (await seen(id)).conversations.find(one => one.address.value === WATER.address);
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${id}/replies`, {
      as: anna,
      body: { text: 'È urgente.', conversation: thread?.id },
    });
    expect([reply.status, reply.text]).toEqual([201, expect.anything()]);
    const { to, subject } = await orderOf(reply.body.id);
    expect([to.value, subject]).toEqual([
      WATER.address,
      `Re: Quesito: La perdita è vostra? [#${(await seen(id)).number}]`,
    ]);
  });

  it('shows on its page the question and nothing else of the case, and is answered there once', async () => {
    const id = await held();
    const task = await ask(id, { body: WATER });
    const [answer] = linksOf(await letterOfTask(id));
    const page = await rest.app.inject({ method: 'GET', url: answer });
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('La perdita è vostra?')]);
    for (const hidden of [SECRET, 'Perdita d’acqua', 'Mario', 'Strade']) expect(page.body).not.toContain(hidden);
    expect((await post(answer, { text: '' })).statusCode).toBe(422);
    const done = await post(answer, { text: 'Ripariamo domani', outcome: 'positive' });
    expect([done.statusCode, done.body]).toEqual([200, expect.stringContaining('Azione registrata')]);
    const { body } = await rest.ask<TrailPage>('GET', `/api/trail?case=${id}&act=looked`, {
      as: await rest.operator(anna.administrationId, anna.office, 'Ugo', 'auditor'),
    });
    expect(body.items.filter(({ operation }) => operation === 'openLetterLink')).toMatchObject([
      { operator: { name: WATER.name }, subjectKind: 'letters' },
    ]);
    expect((await seen(id)).tasks).toMatchObject([
      { id: task.id, state: 'answered', outcome: 'positive', answer: 'Ripariamo domani', term: 'met' },
    ]);
    const told = await orderOf((await lettersOf(id, 'task_news')).at(-1)?.id ?? '');
    expect([told.to.value, JSON.stringify(told.content)]).toEqual([
      'strade@comune.example',
      expect.stringContaining('Ripariamo domani'),
    ]);
    expect((await facts(id)).find(one => one.fact === 'task_answered')).toMatchObject({
      actor_kind: 'office',
      data: { task: task.id, outcome: 'positive', message: null },
    });
    expect(JSON.stringify(await facts(id))).not.toContain('Ripariamo');
  });

  it('is answered by replying to its mail', async () => {
    const id = await held();
    await ask(id, { body: WATER });
    const { token = '' } = (await letterOfTask(id)).thread;
    const back = await rest.receive(mail, {
      from: { kind: 'email', value: WATER.address, verified: true },
      text: 'Sì, è nostra.',
      thread: { tokens: [token] },
    });
    expect(back.caseId).toBe(id);
    const view = await seen(id);
    expect(view).toMatchObject({
      state: 'in_charge',
      tasks: [{ state: 'answered', answer: expect.stringContaining('Sì, è nostra.'), answerMessage: back.message }],
    });
    const told = await orderOf((await lettersOf(id, 'task_news')).at(-1)?.id ?? '');
    expect(JSON.stringify(told.content)).toContain('Sì, è nostra.');
  });

  it.each<[string, (id: string, token: string) => Promise<unknown>, string]>([
    ['answered', (_, token) => byBody(token, 'Sì, è nostra.'), 'answered'],
    [
      'sent back as not theirs',
      async id => post(linksOf(await letterOfTask(id))[2], { reason: 'Non è nostra' }),
      'refused',
    ],
  ])(
    'that was %s: what the body writes after is told to the holder, and the task stays as it is',
    async (_, end, state) => {
      const id = await held();
      await ask(id, { body: WATER });
      const { token = '' } = (await letterOfTask(id)).thread;
      await end(id, token);
      const [task] = (await seen(id)).tasks;
      expect(task).toMatchObject({ state });
      const before = (await lettersOf(id, 'task_news')).length;
      await byBody(token, 'Correzione: il guasto è in via Po.');
      const news = await lettersOf(id, 'task_news');
      expect(news).toHaveLength(before + 1);
      const told = await orderOf(news.at(-1)?.id ?? '');
      expect([told.to.value, JSON.stringify(told.content)]).toEqual([
        'strade@comune.example',
        expect.stringContaining('Correzione: il guasto è in via Po.'),
      ]);
      expect(JSON.stringify(told.content)).not.toContain('Sì, è nostra.');
      expect((await seen(id)).tasks).toEqual([task]);
    },
  );

  it('is answered by nobody who was not asked', async () => {
    const id = await held();
    await ask(id, { body: WATER });
    const { token = '' } = (await letterOfTask(id)).thread;
    await rest.receive(mail, {
      from: { kind: 'email', value: 'altri@example.org', verified: true },
      text: 'Sì',
      thread: { tokens: [token] },
    });
    expect((await seen(id)).tasks).toMatchObject([{ state: 'open' }]);
  });

  it('may ask for time once, as far as the policy goes', async () => {
    const id = await held();
    const task = await ask(id, { body: WATER, dueDate: '2030-03-20' });
    const [, more] = linksOf(await letterOfTask(id));
    expect((await post(more, { dueDate: '2031-01-01', reason: 'Scavo' })).statusCode).toBe(422);
    expect((await post(more, { dueDate: '2030-03-29', reason: 'Scavo' })).statusCode).toBe(200);
    expect((await seen(id)).tasks).toMatchObject([
      { dueDate: '2030-03-29', extensionReason: 'Scavo', term: 'running' },
    ]);
    const again = await rest.ask<ProblemView>('POST', `/api/tasks/${task.id}/moves`, {
      as: anna,
      body: { command: 'extend', dueDate: '2030-04-02', reason: 'Ancora' },
    });
    expect([again.status, again.body.errors?.[0]?.pointer]).toEqual([422, '/dueDate']);
  });
});

describe('a question to another office', () => {
  it('is sent back as not theirs, and the case stays where it is', async () => {
    const id = await held();
    await ask(id, { office: parks });
    const order = await letterOfTask(id);
    expect(order.to.value).toBe('verde@comune.example');
    const [, , refuse] = linksOf(order);
    expect((await post(refuse, { reason: 'Non è verde pubblico' })).statusCode).toBe(200);
    expect(await seen(id)).toMatchObject({
      state: 'in_charge',
      office: { id: roads },
      tasks: [{ state: 'refused', reason: 'Non è verde pubblico' }],
    });
  });

  it('is refused when it says nobody, two, or who holds the case', async () => {
    const id = await held();
    for (const body of [{}, { office: parks, body: WATER }, { office: roads }, { office: anna.id }]) {
      const answer = await rest.ask<ProblemView>('POST', `/api/cases/${id}/tasks`, {
        as: anna,
        body: { question: 'x', ...body },
      });
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/office']);
    }
  });

  it('is found in the list of its office until it is over', async () => {
    const id = await held();
    const task = await ask(id, { office: parks });
    const listed = async (): Promise<string[]> =>
      (await rest.ask<TaskPage>('GET', `/api/tasks?office=${parks}&state=open&limit=200`, { as: anna })).body.items.map(
        one => one.id,
      );
    expect(await listed()).toContain(task.id);
    await rest.ask('POST', `/api/tasks/${task.id}/moves`, { as: anna, body: { command: 'answer', text: 'No.' } });
    expect(await listed()).not.toContain(task.id);
  });

  it('goes late by itself: who was asked is urged, then who answers for them, while the case is not', async () => {
    const id = await held();
    const before = (await seen(id)).nextDueAt;
    const task = await ask(id, { office: parks });
    expect((await seen(id)).nextDueAt).toBe(before);
    await rest.dataSource.query(
      `update deadline set due_at = '2026-03-10T16:00Z', anchor_at = '2026-02-24T10:00Z', started_at = '2026-02-24T10:00Z',
         left_amount = 1, next_at = now() where task_id = $1`,
      [task.id],
    );
    await rest.app.get(DeadlineWatch).watch();
    const said = (await facts(id)).filter(one => one.data['task'] === task.id).map(one => one.fact);
    expect(said.filter(fact => fact !== 'letter_queued')).toEqual([
      'asked',
      'deadline_warned',
      'reminded',
      'deadline_breached',
      'reminded',
      'escalated',
    ]);
    expect((await seen(id)).tasks).toMatchObject([{ state: 'open', term: 'late' }]);
    const [reminder] = await lettersOf(id, 'reminder');
    expect((await orderOf(reminder?.id ?? '')).to.value).toBe('verde@comune.example');
  });
});

describe('a case with open questions', () => {
  it('ends only with a reason, and who was asked is told', async () => {
    const id = await held();
    await ask(id, { office: parks });
    await ask(id, { body: WATER });
    const end = { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Riparato.' };
    expect((await move(id, end, 422)).errors).toMatchObject([{ pointer: '/leavingTasksOpen' }]);
    await move(id, { ...end, leavingTasksOpen: 'Riparato da noi' });
    expect((await seen(id)).tasks.map(one => one.state)).toEqual(['cancelled', 'cancelled']);
    expect(await lettersOf(id, 'task_cancelled')).toHaveLength(2);
  });

  it('gives them to the case that takes it in, with their terms, and back when that is undone', async () => {
    const [into, from] = [await held(), await held()];
    const task = await ask(from, { body: WATER });
    const [answer] = linksOf(await letterOfTask(from));
    const merge = await rest.ask<MergeView>('POST', `/api/cases/${into}/merges`, {
      as: anna,
      body: { from, differentPeople: true },
      headers: { 'if-match': `"${(await seen(into)).version}"` },
    });
    expect([merge.status, merge.text]).toEqual([201, expect.anything()]);
    expect([(await seen(into)).tasks, (await seen(from)).tasks]).toMatchObject([
      [{ id: task.id, term: 'running' }],
      [],
    ]);
    await rest.ask('POST', `/api/merges/${merge.body.id}/reversals`, { as: anna, body: { reason: 'Errore' } });
    expect([(await seen(into)).tasks, (await seen(from)).tasks]).toMatchObject([
      [],
      [{ id: task.id, term: 'running' }],
    ]);
    expect((await post(answer, { text: 'Nostra' })).statusCode).toBe(200);
    expect((await seen(from)).tasks).toMatchObject([{ state: 'answered' }]);
  });

  it('gives those that are named to the case that is split off, with all that was said in them', async () => {
    const id = await held();
    const task = await ask(id, { body: WATER });
    const [answer] = linksOf(await letterOfTask(id));
    await rest.receive(mail, {
      from: { kind: 'email', value: 'mario@example.org' },
      text: 'C’è dell’altro',
      thread: { tokens: [rest.app.get(ReplyTokens).tokenOf(anna.administrationId, id)] },
    });
    const message = (await seen(id)).timeline.find(entry => entry.message?.direction === 'in')?.message?.id;
    const split = await rest.ask<CaseView>('POST', `/api/cases/${id}/splits`, {
      as: anna,
      body: { subject: 'Perdita', messages: [message], tasks: [task.id] },
      headers: { 'if-match': `"${(await seen(id)).version}"` },
    });
    expect([split.status, split.text]).toEqual([201, expect.anything()]);
    expect([(await seen(id)).tasks, split.body.tasks]).toMatchObject([[], [{ id: task.id, term: 'running' }]]);
    expect(await lettersOf(split.body.id, 'task')).toHaveLength(1);
    expect((await post(answer, { text: 'Nostra' })).statusCode).toBe(200);
    expect((await seen(split.body.id)).tasks).toMatchObject([{ state: 'answered' }]);
  });
});

it('a term is put off by the holder once, as far as its policy goes', async () => {
  const id = await held();
  const { dueDate = '' } = await seen(id);
  const later = (days: number): string =>
    new Date(Date.parse(`${dueDate}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  expect((await move(id, { command: 'extend', dueDate: later(90), reason: 'x' }, 422)).errors).toMatchObject([
    { pointer: '/dueDate' },
  ]);
  await move(id, { command: 'extend', dueDate: later(10), reason: 'Serve un pezzo' });
  expect((await move(id, { command: 'extend', dueDate: later(20), reason: 'x' }, 422)).errors).toMatchObject([
    { pointer: '/dueDate' },
  ]);
});
