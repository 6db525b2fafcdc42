import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  CasePage,
  CaseView,
  CategoryList,
  ChannelList,
  ContactPage,
  ContactWithCases,
  InternalNoteView,
  JournalView,
  MessageView,
  OfficeList,
  OperatorList,
  ParkedPage,
  ParkedView,
  ProblemView,
  ReceptionReport,
  UploadView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from './rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator & { readonly office: string };
let letters: { channel: string; account: string };
let calls: { channel: string; account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  letters = await rest.channel(
    {
      reply: true,
      initiate: true,
      subject: true,
      text: { maxLength: 1_000 },
      conversations: 'thread',
      addressKinds: ['email'],
    },
    anna.administrationId,
  );
  calls = await rest.channel(
    { reply: true, text: { maxLength: 100 }, dial: true, replyWindow: { hours: 24 }, conversations: 'person' },
    anna.administrationId,
  );
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const opened = async (more: object = {}): Promise<CaseView> => {
  const answer = await rest.ask<CaseView>('POST', '/api/cases', {
    as: anna,
    body: { subject: 'Buca in via Verdi', ...more },
  });
  expect(answer.status).toBe(201);
  return answer.body;
};
const move = (one: Pick<CaseView, 'id' | 'version'>, body: object, etag = `"${one.version}"`) =>
  rest.ask<CaseView & ProblemView>('POST', `/api/cases/${one.id}/transitions`, {
    as: anna,
    body,
    headers: { 'if-match': etag },
  });

describe('who asks', () => {
  it.each([
    '/api/cases',
    '/api/stream',
    '/api/contacts',
    '/api/parked-items',
    '/api/channels',
    `/api/attachments/${v7()}`,
  ])('GET %s answers nothing without a token', async url => {
    const answer = await rest.ask<ProblemView>('GET', url);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body).toMatchObject({ type: '/problems/not-authenticated', status: 401 });
  });

  it('is not known by a token of nobody', async () => {
    const answer = await rest.ask('GET', '/api/cases', {
      headers: { authorization: 'Bearer 0123456789abcdef0123456789' },
    });
    expect(answer.status).toBe(401);
  });

  it('is told who they are', async () => {
    const me = await rest.ask('GET', '/api/operators/me', { as: anna });
    expect(me.body).toMatchObject({ id: anna.id, name: 'Anna Valdoro', administration: { name: 'Valdoro' } });
  });

  it('may ask for health and measures without a token', async () => {
    for (const url of ['/health/live', '/health/ready', '/metrics'])
      expect([url, (await rest.ask('GET', url)).status]).toEqual([url, 200]);
  });

  it('sees nothing of another administration', async () => {
    const one = await opened();
    const { caseId, message } = await rest.receive(letters, { text: 'Segreto' });
    for (const url of [
      `/api/cases/${one.id}`,
      `/api/cases/${one.id}/journal`,
      `/api/cases/${caseId}`,
      `/api/messages/${message}`,
      `/api/messages/${message}/original`,
    ])
      expect([url, (await rest.ask('GET', url, { as: elsewhere })).status]).toEqual([url, 404]);
    for (const [url, body] of [
      [`/api/cases/${one.id}/internal-notes`, { text: 'n' }],
      [`/api/cases/${caseId}/replies`, { text: 'r' }],
      [`/api/messages/${message}/attempts`, {}],
    ] as const)
      expect([url, (await rest.ask('POST', url, { as: elsewhere, body })).status]).toEqual([url, 404]);
    const list = await rest.ask<CasePage>('GET', '/api/cases', { as: elsewhere });
    expect(list.body.items).toEqual([]);
    const theirs = await rest.ask<ProblemView>('POST', '/api/cases', {
      as: elsewhere,
      body: { subject: 's', office: anna.office, followUpOf: one.id },
    });
    expect(theirs.body.errors?.map(error => error.pointer)).toEqual(['/office', '/followUpOf']);
  });
});

describe('a problem', () => {
  it('names each field that is not right by its pointer', async () => {
    const answer = await rest.ask<ProblemView>('POST', '/api/cases', {
      as: anna,
      body: { priority: 'terrible', newContact: { addresses: [{ kind: 'email' }] }, surprise: 1 },
    });
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(new Set(answer.body.errors?.map(error => error.pointer))).toEqual(
      new Set(['/subject', '/priority', '/newContact/addresses/0/value', '/surprise']),
    );
  });

  it('answers what is not JSON, what is too large and what does not exist', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await rest.ask('POST', '/api/cases', { as: anna, body: '{"subject"', headers })).status).toBe(400);
    expect((await rest.ask('POST', '/api/cases', { as: anna, body: { subject: 'x'.repeat(3_000_000) } })).status).toBe(
      413,
    );
    expect((await rest.ask('GET', `/api/cases/${v7()}`, { as: anna })).status).toBe(404);
    expect((await rest.ask('GET', '/api/cases/not-an-id', { as: anna })).status).toBe(400);
    const nowhere = await rest.ask<ProblemView>('GET', '/api/nowhere', { as: anna });
    expect([nowhere.status, nowhere.body.type]).toEqual([404, '/problems/not-found']);
  });

  it('answers at once to a body of more values than anybody has a use for, and names no more faults than one reads', async () => {
    const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 0]));
    for (const body of [
      many(1_500),
      Array.from({ length: 21_000 }, () => []),
      { text: [many(900), { x: many(1_001) }] },
    ])
      for (const path of ['/api/cases', '/public/tracked-cases']) {
        const answer = await rest.ask<ProblemView>('POST', path, { as: anna, body });
        expect([answer.status, answer.body.type]).toEqual([400, '/problems/malformed-request']);
        expect(answer.text.length).toBeLessThan(1_000);
      }
    const { status, body } = await rest.ask<ProblemView>('POST', '/api/cases', { as: anna, body: many(900) });
    expect([status, body.errors?.length]).toEqual([422, 100]);
  });

  it('is not made of characters that the database cannot store: they are marked', async () => {
    const odd = 'a\u0000b\ud800c';
    const one = await opened({ subject: odd, text: odd, newContact: { name: odd } });
    expect([one.subject, one.contact?.name]).toEqual(['a\ufffdb\ufffdc', 'a\ufffdb\ufffdc']);
    const changed = await rest.ask<CaseView>('PATCH', `/api/cases/${one.id}`, {
      as: anna,
      body: { priority: 'high', reason: odd },
      headers: { 'if-match': `"${one.version}"` },
    });
    expect(changed.body.timeline.at(-1)?.fact?.data.reason).toBe('a\ufffdb\ufffdc');
    for (const url of [
      '/api/cases?text=a%00b',
      '/api/contacts?text=%00',
      '/api/cases?channel=%00',
      '/api/parked-items?channel=%00',
    ])
      expect([url, (await rest.ask('GET', url, { as: anna })).status]).toEqual([url, 200]);
  });

  it('carries the correlation id that the caller gave', async () => {
    const answer = await rest.ask<ProblemView>('GET', `/api/cases/${v7()}`, {
      as: anna,
      headers: { 'x-correlation-id': 'call-42' },
    });
    expect(answer.body.instance).toBe('call-42');
  });
});

describe('a case opened by hand', () => {
  it('has a number, an office, a contact and what was said as a note', async () => {
    const one = await opened({
      text: 'La signora dice che la buca è profonda.',
      kind: 'report',
      newContact: { name: 'Lucia Neri', addresses: [{ kind: 'email', value: `lucia-${v7()}@example.org` }] },
    });
    expect(one.number).toMatch(/^\d{4}-\d{6}-\d$/);
    expect(one).toMatchObject({
      state: 'assigned',
      kind: 'report',
      office: { id: anna.office },
      contact: { name: 'Lucia Neri' },
    });
    expect(one.timeline.map(entry => entry.fact?.fact ?? entry.note?.text)).toEqual([
      'opened',
      'assigned',
      'La signora dice che la buca è profonda.',
    ]);
  });

  it('is opened once under one key, however often it is sent', async () => {
    const key = v7();
    const send = () =>
      rest.ask<CaseView>('POST', '/api/cases', {
        as: anna,
        body: { subject: 'Una volta sola' },
        headers: { 'idempotency-key': key },
      });
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(answer => answer.status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(answer => answer.body.id))).toEqual(new Set([key]));
    await rest.searchable();
    const list = await rest.ask<CasePage>('GET', '/api/cases?text=%22Una%20volta%20sola%22', { as: anna });
    expect(list.body.items).toHaveLength(1);
  });

  it('is refused when its key was used for something else, by the same operator or by another', async () => {
    const key = v7();
    const headers = { 'idempotency-key': key };
    expect((await rest.ask('POST', '/api/cases', { as: anna, body: { subject: 'Primo' }, headers })).status).toBe(201);
    for (const as of [anna, elsewhere]) {
      const other = await rest.ask<ProblemView>('POST', '/api/cases', { as, body: { subject: 'Secondo' }, headers });
      expect([other.status, other.body.type]).toEqual([409, '/problems/idempotency-mismatch']);
    }
    const note = await rest.ask<ProblemView>('POST', `/api/cases/${key}/internal-notes`, {
      as: anna,
      body: { text: 'nota' },
      headers,
    });
    expect(note.body.type).toBe('/problems/idempotency-mismatch');
  });

  it('is known again by a print that nobody guesses what was asked from', async () => {
    const key = v7();
    const body = { subject: 'Di una persona sola' };
    const send = () => rest.ask('POST', '/api/cases', { as: anna, body, headers: { 'idempotency-key': key } });
    expect((await send()).status).toBe(201);
    const [row]: { fingerprint: string; resource: string }[] = await rest.dataSource.query(
      'select fingerprint, resource from idempotency where key = $1',
      [key],
    );
    expect(row?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const bare = createHash('sha256')
      .update(`${row?.resource ?? ''}\n${JSON.stringify(body)}`)
      .digest('hex');
    expect(row?.fingerprint).not.toBe(bare);
  });

  it('is known by its key and by what it makes where its print was forgotten', async () => {
    const key = v7();
    const headers = { 'idempotency-key': key };
    const send = (subject: string) => rest.ask('POST', '/api/cases', { as: anna, body: { subject }, headers });
    expect((await send('Di prima')).status).toBe(201);
    await rest.dataSource.query(`update idempotency set fingerprint = '' where key = $1`, [key]);
    expect((await send('Di prima')).status).toBe(201);
    const note = await rest.ask<ProblemView>('POST', `/api/cases/${key}/internal-notes`, {
      as: anna,
      body: { text: 'nota' },
      headers,
    });
    expect(note.body.type).toBe('/problems/idempotency-mismatch');
  });

  it('is refused under a key that cannot be an id', async () => {
    const answer = await rest.ask('POST', '/api/cases', {
      as: anna,
      body: { subject: 's' },
      headers: { 'idempotency-key': 'x' },
    });
    expect(answer.status).toBe(400);
  });
});

describe('a list of cases', () => {
  it('is paged without a gap and without a repetition', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio delle pagine');
    const made: string[] = [];
    for (let i = 0; i < 7; i += 1) made.push((await opened({ office, subject: `Pagina ${i}` })).id);
    const seen: string[] = [];
    let after = '';
    do {
      const page: CasePage = (
        await rest.ask<CasePage>('GET', `/api/cases?office=${office}&limit=3${after && `&after=${after}`}`, {
          as: anna,
        })
      ).body;
      seen.push(...page.items.map(item => item.id));
      after = page.next ?? '';
    } while (after);
    expect(seen).toEqual(made.reverse());
  });

  it('keeps what every filter says', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio dei filtri');
    const one = await opened({
      office,
      subject: 'Fontana che perde in piazza Garibaldi',
      priority: 'urgent',
      assignee: anna.id,
    });
    await opened({ office, subject: 'Altra cosa' });
    await rest.searchable();
    for (const filter of [
      'text=fontane',
      'text=%22piazza%20garibaldi%22',
      `text=${one.number}`,
      `number=${one.number}`,
      'priority=urgent',
      `assignee=${anna.id}&open=true`,
    ]) {
      const page = await rest.ask<CasePage>('GET', `/api/cases?office=${office}&${filter}`, { as: anna });
      expect([filter, page.body.items.map(item => item.id)]).toEqual([filter, [one.id]]);
    }
    for (const filter of [
      'open=false',
      'state=closed',
      'kind=foia',
      `channel=${letters.channel}`,
      'text=inesistente',
    ]) {
      const page = await rest.ask<CasePage>('GET', `/api/cases?office=${office}&${filter}`, { as: anna });
      expect([filter, page.body.items]).toEqual([filter, []]);
    }
  });

  it('finds a case by what the citizen wrote in it', async () => {
    const { caseId } = await rest.receive(letters, { subject: 'Saluti', text: 'Il tombino di vicolo Corto è rotto' });
    await rest.searchable();
    const page = await rest.ask<CasePage>('GET', '/api/cases?text=tombini', { as: anna });
    expect(page.body.items.map(item => item.id)).toContain(caseId);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=many',
    'state=lost',
    'after=nonsense',
    `after=${Buffer.from(`1 ${v7()}`).toString('base64url')}`,
    'open=perhaps',
    'colour=red',
    'office=x',
  ])('refuses %s', async filter => {
    const answer = await rest.ask<ProblemView>('GET', `/api/cases?${filter}`, { as: anna });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, `/${filter.split('=')[0]}`]);
  });
});

describe('a change of a case', () => {
  it('needs the version that was seen', async () => {
    const one = await opened();
    const url = `/api/cases/${one.id}`;
    const body = { priority: 'high' };
    for (const headers of [undefined, { 'if-match': '*' }, { 'if-match': ' * ' }]) {
      const without = await rest.ask<ProblemView>('PATCH', url, { as: anna, body, ...(headers ? { headers } : {}) });
      expect([without.status, without.body.type]).toEqual([428, '/problems/version-required']);
    }
    expect((await move(one, { command: 'withdraw' }, '*')).status).toBe(428);
    const right = await rest.ask<CaseView>('PATCH', url, {
      as: anna,
      body,
      headers: { 'if-match': `"${one.version}"` },
    });
    expect(right.status).toBe(200);
    expect(right.body).toMatchObject({ priority: 'high', version: one.version + 1 });
    expect(right.headers.etag).toBe(`"${one.version + 1}"`);
  });

  it('that comes second is told what the first one did', async () => {
    const one = await opened();
    const url = `/api/cases/${one.id}`;
    const headers = { 'if-match': `"${one.version}"` };
    await rest.ask('PATCH', url, { as: anna, body: { priority: 'high' }, headers });
    const second = await rest.ask<ProblemView>('PATCH', url, { as: anna, body: { kind: 'complaint' }, headers });
    expect(second.status).toBe(412);
    expect(second.body).toMatchObject({
      type: '/problems/version-stale',
      version: one.version + 1,
      changes: [{ fact: 'priority_changed', actor: { kind: 'operator', name: 'Anna Valdoro' } }],
    });
    const again = await rest.ask<CaseView>('PATCH', url, {
      as: anna,
      body: { kind: 'complaint' },
      headers: { 'if-match': `"${one.version + 1}"` },
    });
    expect(again.body.kind).toBe('complaint');
  });

  it('of which one of two is accepted when both come at once', async () => {
    const one = await opened();
    const headers = { 'if-match': `"${one.version}"` };
    const send = (priority: string) =>
      rest.ask('PATCH', `/api/cases/${one.id}`, { as: anna, body: { priority }, headers });
    const answers = await Promise.all([send('high'), send('low')]);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 412]);
  });

  it('hands it to another office and keeps the road in the journal', async () => {
    const office = await rest.office(anna.administrationId, 'Strade');
    const one = await opened();
    const moved = await rest.ask<CaseView>('PATCH', `/api/cases/${one.id}`, {
      as: anna,
      body: { office, reason: 'È una strada' },
      headers: { 'if-match': `"${one.version}"` },
    });
    expect(moved.body.office).toEqual({ id: office, name: 'Strade' });
    const journal = await rest.ask<JournalView>('GET', `/api/cases/${one.id}/journal`, { as: anna });
    expect(journal.body.items.at(-1)).toMatchObject({
      fact: 'reassigned',
      data: { previousOffice: anna.office, office, why: 'È una strada' },
    });
    expect(journal.body.items.map(entry => entry.version)).toEqual([1, 2, 3]);
    expect(journal.body.items.every(entry => /^[0-9a-f]{64}$/.test(entry.hash))).toBe(true);
  });

  it('that changes nothing is refused, and one that names what is not there too', async () => {
    const one = await opened();
    const headers = { 'if-match': `"${one.version}"` };
    expect((await rest.ask('PATCH', `/api/cases/${one.id}`, { as: anna, body: {}, headers })).status).toBe(422);
    const strange = await rest.ask<ProblemView>('PATCH', `/api/cases/${one.id}`, {
      as: anna,
      body: { office: elsewhere.office },
      headers,
    });
    expect(strange.body.errors).toEqual([{ pointer: '/office', detail: 'there is none of this id here' }]);
  });
});

describe('a command of the life cycle', () => {
  it('leads from opening to the end, telling the citizen in the same transaction', async () => {
    const { caseId } = await rest.receive(letters, { subject: 'Lampione spento', text: 'È buio.' });
    let one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    if (one.state !== 'assigned') one = (await move(one, { command: 'assign', office: anna.office })).body;
    one = (await move(one, { command: 'takeCharge' })).body;
    expect(one).toMatchObject({ state: 'in_charge', assignee: { id: anna.id } });
    expect(one.commands).toContain('resolve');
    const text = 'Il lampione è stato riparato.';
    const done = await move(one, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ state: 'resolved', outcome: 'positive', outcomeReason: 'done' });
    const said = done.body.timeline.filter(entry => entry.message?.direction === 'out').map(entry => entry.message);
    expect(said.at(-1)).toMatchObject({
      content: [{ type: 'text', text }],
      send: { state: 'queued', attempt: 1, mayRetry: false },
      subject: `Re: Lampione spento [#${one.number}]`,
    });
  });

  it('that the state does not accept is refused, and the text is not sent', async () => {
    const { caseId } = await rest.receive(letters, {});
    const one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    const refusal = await move(one, { command: 'askCitizen', text: 'Quale lampione?' });
    expect([refusal.status, refusal.body.type]).toEqual([409, '/problems/transition-not-allowed']);
    const after = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    expect(after.version).toBe(one.version);
    expect(after.timeline.some(entry => entry.message?.direction === 'out')).toBe(false);
  });

  it('that lacks what it needs says which field', async () => {
    const one = await opened();
    const noOutcome = await move(one, { command: 'resolve', spoken: true });
    expect([noOutcome.status, noOutcome.body.type, noOutcome.body.errors?.[0]?.pointer]).toEqual([
      422,
      '/problems/outcome-required',
      '/outcome',
    ]);
    const told = await move(one, { command: 'resolve', outcome: 'positive', outcomeReason: 'done' });
    expect(told.body.errors?.[0]?.pointer).toBe('/text');
    const nobody = await move(one, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Fatto' });
    expect(nobody.body.type).toBe('/problems/no-reply-address');
    const spoken = await move(one, {
      command: 'resolve',
      outcome: 'positive',
      outcomeReason: 'information_given',
      spoken: true,
    });
    expect(spoken.body.state).toBe('resolved');
  });

  it('that tells nothing takes no text', async () => {
    const answer = await move(await opened(), { command: 'takeCharge', text: 'Ciao' });
    expect(answer.body.errors?.[0]?.pointer).toBe('/text');
  });
});

describe('a reply', () => {
  it('is queued once under one key, and stands in the timeline and in the outbox', async () => {
    const { caseId } = await rest.receive(letters, { subject: 'Domanda' });
    const key = v7();
    const send = () =>
      rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
        as: anna,
        body: { text: 'Risposta' },
        headers: { 'idempotency-key': key },
      });
    const [first, again] = await Promise.all([send(), send()]);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect([first.body.id, again.body.id]).toEqual([key, key]);
    expect(first.headers.location).toBe(`/api/messages/${key}`);
    expect(first.body).toMatchObject({
      direction: 'out',
      author: 'operator',
      operator: { id: anna.id },
      visibility: 'parties',
    });
    const one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    expect(one.timeline.filter(entry => entry.message?.id === key)).toHaveLength(1);
  });

  it.each([
    ['who is of the office that has the case takes charge by it', true, 'in_charge'],
    ['who is of another office leaves the case with those who have it', false, 'assigned'],
  ])('%s', async (_, theirs, state) => {
    const { caseId } = await rest.receive(letters, { subject: 'Domanda' });
    const office = theirs ? anna.office : await rest.office(anna.administrationId, 'Altrove');
    const shown = async (): Promise<CaseView> =>
      (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    const handed = await rest.ask('POST', `/api/cases/${caseId}/transitions`, {
      as: anna,
      body: { command: 'assign', office },
      headers: { 'if-match': `"${(await shown()).version}"` },
    });
    expect([handed.status, handed.text]).toEqual([200, expect.anything()]);
    const body = { text: 'Risposta', sendAfter: 30 };
    const held = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, { as: anna, body });
    const after = await shown();
    expect([after.state, after.takenInChargeAt !== undefined, after.holding.operator?.id]).toEqual(
      theirs ? [state, true, anna.id] : [state, false, undefined],
    );
    expect(after.deadlines.findLast(one => one.clock === 'take_charge')?.state).toBe(theirs ? 'met' : 'running');
    // What is taken back is the reply: who began to answer has the case.
    await rest.ask('POST', `/api/messages/${held.body.id}/withdrawals`, { as: anna });
    expect((await shown()).state).toBe(state);
  });

  it('that a machine wrote and is sent again answers nobody, and takes charge of nothing', async () => {
    const acknowledging = await rest.channel(
      { reply: true, acknowledge: true, text: { maxLength: 2_000 }, conversations: 'thread', addressKinds: ['email'] },
      anna.administrationId,
    );
    const { caseId } = await rest.receive(acknowledging, {
      subject: 'Domanda',
      from: { kind: 'email', value: `${v7()}@example.org`, verified: true },
    });
    const shown = async (): Promise<CaseView> =>
      (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    await rest.ask('POST', `/api/cases/${caseId}/transitions`, {
      as: anna,
      body: { command: 'assign', office: anna.office },
      headers: { 'if-match': `"${(await shown()).version}"` },
    });
    const [written]: { id: string; automatic: string }[] = await rest.dataSource
      .query(
        `update message set send_state = 'failed' where case_id = $1 and direction = 'out' returning id, automatic`,
        [caseId],
      )
      .then(([rows]) => rows as { id: string; automatic: string }[]);
    expect(written?.automatic).toBe('acknowledgement');
    const again = await rest.ask('POST', `/api/messages/${written?.id}/attempts`, { as: anna, body: {} });
    expect(again.status).toBe(201);
    const after = await shown();
    expect([after.state, after.deadlines.find(one => one.clock === 'first_reply')?.state]).toEqual([
      'assigned',
      'running',
    ]);
  });

  it('of a program takes charge of nothing', async () => {
    const robot = await rest.administration('Valchiara');
    const door = await rest.channel(
      { reply: true, text: { maxLength: 2_000 }, conversations: 'thread', addressKinds: ['email'] },
      robot.administrationId,
    );
    await rest.dataSource.query(
      `insert into operator_identity (id, administration_id, operator_id, issuer, subject, client_id, scopes, linked_by)
       values (gen_random_uuid(), $1, $2, 'https://elsewhere.example', $3, $3, '{}', 'administrator')`,
      [robot.administrationId, robot.id, `robot-${v7()}`],
    );
    const { caseId } = await rest.receive(door, { subject: 'Domanda' });
    const shown = async (): Promise<CaseView> =>
      (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: robot })).body;
    await rest.ask('POST', `/api/cases/${caseId}/transitions`, {
      as: robot,
      body: { command: 'assign', office: robot.office },
      headers: { 'if-match': `"${(await shown()).version}"` },
    });
    const sent = await rest.ask('POST', `/api/cases/${caseId}/replies`, { as: robot, body: { text: 'Ecco.' } });
    expect([sent.status, (await shown()).state]).toEqual([201, 'assigned']);
  });

  it('goes to whose case it is, where several write in one thread, and cites nothing of the others', async () => {
    const conversation = `newsletter-${v7()}`;
    const from = (who: string) => ({
      conversation,
      from: { kind: 'email', value: `${who}-${conversation}@example.org` },
    });
    await rest.receive(letters, from('anna'));
    const { caseId } = await rest.receive(letters, { ...from('bruno'), externalId: `of bruno ${conversation}` });
    await rest.receive(letters, from('carla'));
    const reply = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Sì.' },
    });
    expect(reply.status).toBe(201);
    const { to, thread } = await rest.orderOf(reply.body.id, letters);
    expect(to.value).toBe(from('bruno').from.value);
    expect(thread).toMatchObject({
      inReplyTo: `of bruno ${conversation}`,
      references: [`of bruno ${conversation}`],
    });
  });

  it('keeps within what the channel says it can do', async () => {
    const { caseId } = await rest.receive(calls, { conversation: `person-${v7()}` });
    const url = `/api/cases/${caseId}/replies`;
    const long = await rest.ask<ProblemView>('POST', url, { as: anna, body: { text: 'x'.repeat(101) } });
    expect([long.status, long.body.type]).toEqual([422, '/problems/text-too-long']);
    const template = await rest.ask<ProblemView>('POST', url, {
      as: anna,
      body: { template: { name: 't', language: 'it', parameters: [] } },
    });
    expect(template.body.type).toBe('/problems/channel-cannot');
    expect((await rest.ask('POST', url, { as: anna, body: {} })).status).toBe(422);
    expect((await rest.ask('POST', url, { as: anna, body: { text: 'x', conversation: v7() } })).status).toBe(422);
    expect((await rest.ask('POST', url, { as: anna, body: { text: 'x'.repeat(100) } })).status).toBe(201);
  });

  it('is refused when the window is closed, which the case says beforehand', async () => {
    const sentAt = new Date(Date.now() - 25 * 3_600_000).toISOString();
    const { caseId } = await rest.receive(calls, { conversation: `person-${v7()}`, sentAt });
    const one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    expect(one.conversations).toMatchObject([{ mayReply: false, because: 'reply-window-closed' }]);
    const late = await rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Tardi' },
    });
    expect([late.status, late.body.type]).toEqual([409, '/problems/reply-window-closed']);
  });

  it('carries files that were uploaded before, within what the channel takes', async () => {
    const post = await rest.channel(
      { reply: true, text: { maxLength: 100 }, attachments: { max: 1, maxBytes: 10, mediaTypes: ['*/*'] } },
      anna.administrationId,
    );
    const upload = async (bytes: string, as = anna): Promise<Response> => {
      const form = new FormData();
      form.set('file', new Blob([bytes], { type: 'application/pdf' }), 'modulo è.pdf');
      return fetch(`${rest.core.running.url}/api/uploads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${as.token}` },
        body: form,
      });
    };
    const kept = await upload('%PDF');
    expect(kept.status).toBe(201);
    const file = (await kept.json()) as UploadView;
    expect(file).toMatchObject({ filename: 'modulo è.pdf', mediaType: 'application/pdf', size: 4 });
    const { caseId } = await rest.receive(post, {});
    const reply = (attachments: string[], text?: string) =>
      rest.ask<MessageView & ProblemView>('POST', `/api/cases/${caseId}/replies`, {
        as: anna,
        body: { text, attachments },
      });
    const sent = await reply([file.id], 'In allegato');
    expect([sent.status, sent.body.content]).toMatchObject([
      201,
      [{ type: 'text' }, { type: 'media', kind: 'file', filename: 'modulo è.pdf', fetch: 'done', size: 4 }],
    ]);
    const media = sent.body.content[1];
    expect(media?.type === 'media' && (await rest.ask('GET', `${media.href}`, { as: anna })).text).toBe('%PDF');
    expect((await reply([file.id])).status).toBe(201);
    expect((await reply([file.id, file.id])).body.type).toBe('/problems/channel-cannot');
    const big = (await (await upload('more than ten bytes')).json()) as UploadView;
    expect((await reply([big.id])).body.type).toBe('/problems/too-large');
    const theirs = (await (await upload('x', elsewhere)).json()) as UploadView;
    expect((await reply([file.id, theirs.id])).body.errors?.map(error => error.pointer)).toEqual(['/attachments/1']);
    expect((await reply(['x'], 'y')).body.errors?.map(error => error.pointer)).toEqual(['/attachments']);
    expect((await reply([])).status).toBe(422);
    expect((await upload('x'.repeat(25_000_001))).status).toBe(413);
    expect((await rest.ask('POST', '/api/uploads', { as: anna, body: {} })).status).toBe(400);
    expect((await fetch(`${rest.core.running.url}/api/uploads`, { method: 'POST' })).status).toBe(401);
  });

  it('goes to the address that the citizen gave where one cannot answer', async () => {
    const forms = await rest.channel({ subject: true, conversations: 'thread' }, anna.administrationId);
    const address = { kind: 'email', value: `modulo-${v7()}@example.org` };
    const { caseId } = await rest.receive(forms, { from: { kind: 'form', value: 'x' }, replyTo: [address] });
    const one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    const [conversation] = one.conversations;
    expect(conversation).toMatchObject({ mayReply: true, instead: { channel: letters.channel, address } });
    const sent = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Grazie', conversation: conversation?.id },
    });
    expect([sent.status, sent.body.channel, sent.body.address]).toEqual([201, letters.channel, address]);
    const { caseId: silent } = await rest.receive(forms, {});
    const none = (await rest.ask<CaseView>('GET', `/api/cases/${silent}`, { as: anna })).body;
    expect(none.conversations).toMatchObject([{ mayReply: false, because: 'channel-cannot' }]);
  });

  it('leaves by no account of another administration, whichever the channel names first', async () => {
    const kind = `k${v7()}`;
    const shared = await rest.channel(
      { reply: true, initiate: true, text: { maxLength: 100 }, conversations: 'thread', addressKinds: [kind] },
      anna.administrationId,
    );
    await rest.dataSource.query(
      `insert into channel_account (channel, account, administration_id) values ($1, 'main', $2)`,
      [shared.channel, elsewhere.administrationId],
    );
    const address = () => ({ kind, value: v7() });
    const answered = async (as: TestOperator, caseId: string) =>
      rest.ask<MessageView & ProblemView>('POST', `/api/cases/${caseId}/replies`, { as, body: { text: 'Salve' } });
    const accountOf = async (sent: MessageView): Promise<unknown> =>
      rest.core.query('select account from message where id = $1', [sent.id]);
    const third = await rest.administration('Roccabruna');
    for (const [who, account] of [
      [anna, 'ufficio'],
      [elsewhere, 'main'],
      [third, undefined],
    ] as const) {
      const forms = await rest.channel({ conversations: 'thread' }, who.administrationId);
      const form = await rest.receive(forms, { from: { kind: 'form', value: 'x' }, replyTo: [address()] });
      const first = await rest.ask<CaseView>('POST', '/api/cases', {
        as: who,
        body: { subject: 'Buca', newContact: { name: 'Piero', addresses: [address()] } },
      });
      for (const caseId of [form.caseId, first.body.id]) {
        const sent = await answered(who, caseId);
        if (account) expect([sent.status, await accountOf(sent.body)]).toEqual([201, [{ account }]]);
        else expect(sent.body.type).toBe('/problems/no-reply-address');
      }
      const [conversation] = (await rest.ask<CaseView>('GET', `/api/cases/${form.caseId}`, { as: who })).body
        .conversations;
      if (!account) expect(conversation).toMatchObject({ mayReply: false, because: 'channel-cannot' });
      const chosen = await rest.ask<MessageView & ProblemView>('POST', `/api/cases/${form.caseId}/replies`, {
        as: who,
        body: { text: 'Salve', conversation: conversation?.id },
      });
      if (!account) expect(chosen.body.type).toBe('/problems/channel-cannot');
    }
  });

  it('to what another administration wrote from an account joins nothing of theirs', async () => {
    const theirs = await rest.receive(letters, { conversation: `c-${v7()}`, externalId: `ours-${v7()}` });
    const [written] = await rest.core.query<{ external_id: string; key: string }>(
      `select m.external_id, v.key from message m join conversation v on v.id = m.conversation_id where m.id = $1`,
      [theirs.message],
    );
    for (const table of ['message', 'conversation'])
      await rest.dataSource.query(
        `update ${table} set account = 'theirs' where ${table === 'message' ? 'id = $1' : 'id = (select conversation_id from message where id = $1)'}`,
        [theirs.message],
      );
    await rest.dataSource.query(
      `insert into channel_account (channel, account, administration_id) values ($1, 'theirs', $2)`,
      [letters.channel, elsewhere.administrationId],
    );
    const account = { channel: letters.channel, account: 'theirs' };
    const cited = written?.external_id ?? '';
    for (const said of [
      { thread: { references: [cited] } },
      { relation: { kind: 'reply', to: cited } as const },
      { conversation: written?.key ?? '' },
    ]) {
      const { caseId, message } = await rest.receive(account, said);
      expect(caseId).not.toBe(theirs.caseId);
      const [row] = await rest.core.query<Record<string, unknown>>(
        `select c.administration_id as of_case, v.administration_id as of_thread, m.relation_id
         from message m join conversation v on v.id = m.conversation_id join case_file c on c.id = m.case_id where m.id = $1`,
        [message],
      );
      const { administrationId } = elsewhere;
      expect(row).toEqual({ of_case: administrationId, of_thread: administrationId, relation_id: null });
    }
  });

  it('leaves no more by an account that became another administration’s', async () => {
    const { channel } = letters;
    const { caseId } = await rest.receive(letters, {});
    await rest.dataSource.query(
      `insert into channel_account (channel, account, administration_id) values ($1, 'main', $2) on conflict do nothing`,
      [channel, elsewhere.administrationId],
    );
    await rest.dataSource.query(
      `update conversation set account = 'main' where id in (select conversation_id from message where case_id = $1)`,
      [caseId],
    );
    const sent = await rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Salve' },
    });
    expect([sent.status, sent.body.type]).toEqual([409, '/problems/channel-cannot']);
  });

  it('writes first to an address of the contact when nobody wrote in the case', async () => {
    const value = `primo-${v7()}@example.org`;
    const one = await opened({ newContact: { name: 'Piero', addresses: [{ kind: 'email', value }] } });
    const sent = await rest.ask<MessageView>('POST', `/api/cases/${one.id}/replies`, {
      as: anna,
      body: { text: 'Salve' },
    });
    expect(sent.status).toBe(201);
    expect(sent.body.address).toMatchObject({ kind: 'email', value });
    const nobody = await opened();
    const lost = await rest.ask<ProblemView>('POST', `/api/cases/${nobody.id}/replies`, {
      as: anna,
      body: { text: 'Salve' },
    });
    expect(lost.body.type).toBe('/problems/no-reply-address');
  });

  it('is tried again only after it failed, or knowingly when nobody knows', async () => {
    const { caseId } = await rest.receive(letters, {});
    const sent = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { text: 'Ecco' },
    });
    const retry = (body: object) =>
      rest.ask<MessageView & ProblemView>('POST', `/api/messages/${sent.body.id}/attempts`, { as: anna, body });
    const state = (value: string) =>
      rest.dataSource.query('update message set send_state = $2 where id = $1', [sent.body.id, value]);
    expect((await retry({})).body.type).toBe('/problems/retry-not-allowed');
    await state('unknown');
    expect((await retry({})).body.errors?.[0]?.pointer).toBe('/mayArriveTwice');
    const again = await retry({ mayArriveTwice: true });
    expect([again.status, again.body.send]).toMatchObject([201, { state: 'queued', attempt: 2 }]);
    await state('failed');
    expect((await retry({})).body.send).toMatchObject({ attempt: 3 });
    await state('delivered');
    expect((await retry({ mayArriveTwice: true })).status).toBe(409);
  });
});

describe('a call', () => {
  it('is placed from a case whose channel can call', async () => {
    const { caseId } = await rest.receive(calls, { conversation: `person-${v7()}` });
    const placed = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/calls`, {
      as: anna,
      body: { operatorAddress: '+390612345678' },
    });
    expect(placed.status).toBe(201);
    expect(placed.body.content).toEqual([{ type: 'dial', operatorAddress: '+390612345678' }]);
    const { caseId: written } = await rest.receive(letters, {});
    const cannot = await rest.ask<ProblemView>('POST', `/api/cases/${written}/calls`, {
      as: anna,
      body: { operatorAddress: '+390612345678' },
    });
    expect([cannot.status, cannot.body.type]).toEqual([409, '/problems/channel-cannot']);
  });
});

describe('an internal note', () => {
  it('is written once, and never sent', async () => {
    const { caseId } = await rest.receive(letters, {});
    const key = v7();
    const send = () =>
      rest.ask<InternalNoteView>('POST', `/api/cases/${caseId}/internal-notes`, {
        as: anna,
        body: { text: 'Sentito\u0000 il manutentore' },
        headers: { 'idempotency-key': key },
      });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.body).toEqual(again.body);
    expect(first.body).toMatchObject({ id: key, operator: { id: anna.id }, text: 'Sentito\ufffd il manutentore' });
    const one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    expect(one.timeline.filter(entry => entry.note)).toHaveLength(1);
    const out: unknown[] = await rest.dataSource.query(`select from message where case_id = $1 and direction = 'out'`, [
      caseId,
    ]);
    expect(out).toEqual([]);
  });
});

describe('what a citizen sent', () => {
  it('is given back as a file to keep, and where its bytes are kept is never said', async () => {
    const bytes = Buffer.from('<script>alert(1)</script>');
    const blob = await rest.store.keep(bytes, 'text/html');
    const { caseId, message } = await rest.receive(letters, {
      content: [
        { type: 'text', text: 'Guardate' },
        { type: 'html', blob },
        {
          type: 'media',
          kind: 'file',
          mediaType: 'text/html',
          filename: 'foto "di" mò.html',
          blob,
          fetch: 'done',
          scan: 'skipped',
          source: 'secret-handle',
        },
      ],
    });
    const answer = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect(answer.text).not.toContain(blob.sha256);
    expect(answer.text).not.toContain('secret-handle');
    const [, html, media] = answer.body.timeline.find(entry => entry.message)?.message?.content ?? [];
    expect(html).toEqual({ type: 'html', href: `/api/messages/${message}/parts/1` });
    if (media?.type !== 'media' || !media.href) throw new Error('the attachment has no link');
    const file = await rest.ask('GET', media.href, { as: anna });
    expect(file.text).toBe(bytes.toString());
    expect(file.headers).toMatchObject({
      'content-type': 'text/html',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-disposition': `attachment; filename="foto _di_ mo_.html"; filename*=UTF-8''foto%20_di_%20m%C3%B2.html`,
    });
    const part = await rest.ask('GET', `/api/messages/${message}/parts/1`, { as: anna });
    expect([part.status, part.headers['content-disposition']]).toEqual([200, expect.stringMatching(/^attachment/)]);
    const original = await rest.ask('GET', `/api/messages/${message}/original`, { as: anna });
    expect(original.text).toMatch(/^the original of /);
    for (const index of [0, 3, -1, 99_999_999_999])
      expect((await rest.ask('GET', `/api/messages/${message}/parts/${index}`, { as: anna })).status).toBe(404);
    expect((await rest.ask('GET', media.href, { as: elsewhere })).status).toBe(404);
  });

  it('is not given when the virus check refused it or has not seen it, nor before its bytes are there', async () => {
    const blob = await rest.store.keep(Buffer.from('x'), 'application/pdf');
    const media = { type: 'media' as const, kind: 'file' as const, mediaType: 'application/pdf' };
    const { message } = await rest.receive(letters, {
      content: [
        { ...media, blob, fetch: 'done', scan: 'infected' },
        { ...media, fetch: 'pending', scan: 'pending', source: 's' },
        { ...media, blob, fetch: 'done', scan: 'pending' },
        { ...media, blob, fetch: 'done', scan: 'error' },
        { ...media, blob, fetch: 'done', scan: 'clean' },
      ],
    });
    const ids: { id: string }[] = await rest.dataSource.query(
      'select id from attachment where message_id = $1 order by part',
      [message],
    );
    const statuses = await Promise.all(
      ids.map(async ({ id }) => (await rest.ask('GET', `/api/attachments/${id}`, { as: anna })).status),
    );
    expect(statuses).toEqual([403, 404, 403, 403, 200]);
  });
});

describe('a contact', () => {
  it('is found by part of a name or of an address, with its cases', async () => {
    const value = `gennaro.esposito.${v7()}@example.org`;
    const { caseId } = await rest.receive(letters, { from: { kind: 'email', value, displayName: 'Gennaro Esposito' } });
    await rest.searchable();
    for (const text of ['esposito', value.slice(0, 30).toUpperCase()]) {
      const page = await rest.ask<ContactPage>('GET', `/api/contacts?text=${encodeURIComponent(text)}`, { as: anna });
      expect(page.body.items.flatMap(item => item.addresses.map(address => address.value))).toContain(value);
    }
    const none = await rest.ask<ContactPage>('GET', '/api/contacts?text=%25', { as: anna });
    expect(none.body.items).toEqual([]);
    const one = (await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna })).body;
    const contact = await rest.ask<ContactWithCases>('GET', `/api/contacts/${one.contact?.id}`, { as: anna });
    expect(contact.body.cases.map(item => item.id)).toEqual([caseId]);
    expect((await rest.ask('GET', `/api/contacts/${one.contact?.id}`, { as: elsewhere })).status).toBe(404);
  });
});

describe('a parked item', () => {
  const parkDoubtful = async (): Promise<ParkedView> => {
    await rest
      .receive(letters, { subject: 'Offerta', text: 'Comprate!', flags: { doubtful: 'honeypot filled' } })
      .catch(() => undefined);
    const page = await rest.ask<ParkedPage>('GET', '/api/parked-items', { as: anna });
    const item = page.body.items.at(-1);
    if (!item) throw new Error('nothing is parked');
    return item;
  };

  it('is shown, can be read as plain text, and is discarded only for a reason', async () => {
    const item = await parkDoubtful();
    expect(item).toMatchObject({ kind: 'doubtful', state: 'waiting', subject: 'Offerta', excerpt: 'Comprate!' });
    const original = await rest.ask('GET', `${item.original}`, { as: anna });
    expect(original.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment/) as unknown,
    });
    const url = `/api/parked-items/${item.id}`;
    expect((await rest.ask('GET', url, { as: elsewhere })).status).toBe(404);
    expect((await rest.ask('POST', `${url}/discards`, { as: elsewhere, body: { reason: 'r' } })).status).toBe(404);
    expect((await rest.ask('POST', `${url}/discards`, { as: anna, body: {} })).status).toBe(422);
    const gone = await rest.ask<ParkedView>('POST', `${url}/discards`, { as: anna, body: { reason: 'Pubblicità' } });
    expect(gone.body).toMatchObject({ state: 'discarded', settledReason: 'Pubblicità', settledBy: { id: anna.id } });
    expect((await rest.ask('POST', `${url}/discards`, { as: anna, body: { reason: 'r' } })).status).toBe(404);
  });

  it('becomes a case when a person tries it again', async () => {
    const item = await parkDoubtful();
    const retried = await rest.ask<ParkedView>('POST', `/api/parked-items/${item.id}/retries`, { as: anna });
    expect([retried.status, retried.body.state]).toEqual([200, 'retried']);
    await rest.searchable();
    const page = await rest.ask<CasePage>('GET', '/api/cases?text=offerta', { as: anna });
    expect(page.body.items.length).toBeGreaterThan(0);
  });
});

describe('the administration', () => {
  it('is its offices, operators, categories and channels', async () => {
    const [offices, operators, categories, channels] = [
      await rest.ask<OfficeList>('GET', '/api/offices', { as: anna }),
      await rest.ask<OperatorList>('GET', '/api/operators', { as: anna }),
      await rest.ask<CategoryList>('GET', '/api/categories', { as: anna }),
      await rest.ask<ChannelList>('GET', '/api/channels', { as: anna }),
    ];
    expect(offices.body.items.map(office => office.id)).toContain(anna.office);
    expect(offices.body.items.map(office => office.id)).not.toContain(elsewhere.office);
    expect(operators.body.items.map(operator => operator.id)).toEqual([anna.id]);
    expect(operators.text).not.toContain('oken');
    expect(categories.body).toEqual({ items: [] });
    expect(channels.body.items.find(one => one.manifest.id === letters.channel)).toMatchObject({
      running: true,
      manifest: { capabilities: { reply: true } },
    });
  });

  it('is told that nothing was lost, and what is', async () => {
    const channel = await rest.channel({}, anna.administrationId);
    await rest.receive(channel, {});
    const reception = v7();
    await rest.receive(channel, { reception: { reception, index: 0, count: 3 } });
    const report = await rest.ask<ReceptionReport>('GET', '/api/reports/reception', { as: anna });
    expect(report.body.items.find(day => day.channel === channel.channel)).toMatchObject({
      receptions: 2,
      facts: 2,
      fates: { opened: 2 },
      missing: 2,
    });
    expect(report.body.waiting.map(one => one.what)).toContain('parked');
    const counts = await rest.ask<{ items: { cases: number }[] }>('GET', '/api/reports/cases', { as: anna });
    const totals: { total: number }[] = await rest.dataSource.query(
      'select count(*)::int as total from case_file where administration_id = $1',
      [anna.administrationId],
    );
    expect(counts.body.items.reduce((sum, one) => sum + one.cases, 0)).toBe(totals[0]?.total);
    for (const from of ['yesterday', '2026-02-30', '2026-13-01'])
      expect((await rest.ask('GET', `/api/reports/reception?from=${from}`, { as: anna })).status).toBe(422);
  });
});
