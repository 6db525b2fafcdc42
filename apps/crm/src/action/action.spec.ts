import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView, MessageView, Outbound, TrailPage } from '@filodiretto/contracts';
import { eventually } from '@filodiretto/bus/testing';
import { subjects } from '@filodiretto/bus';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: { channel: string; account: string };
let roads: string;
let parks: string;

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
  parks = await rest.office(anna.administrationId, 'Verde <pubblico>');
  await rest.dataSource.query(`update office set email = 'strade@comune.example' where id = $1`, [roads]);
  await rest.dataSource.query(`update office set email = 'verde@comune.example' where id = $1`, [parks]);
  await rest.dataSource.query(
    'insert into routing_rule (id, administration_id, position, conditions, office_id) values (gen_random_uuid(), $1, 5, $2, $3)',
    [anna.administrationId, { form: ['buche'] }, roads],
  );
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const seen = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;
const move = async (id: string, body: object): Promise<void> => {
  const { version } = await seen(id);
  const answer = await rest.ask('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body,
    headers: { 'if-match': `"${version}"` },
  });
  expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
};
const facts = async (
  id: string,
): Promise<{ fact: string; actor_kind: string; actor_id: string | null; cause: string | null }[]> =>
  rest.core.query('select fact, actor_kind, actor_id, cause from journal where case_id = $1 order by version', [id]);
const lettersOf = async (id: string): Promise<MessageView[]> =>
  (await seen(id)).timeline
    .flatMap(entry => entry.message ?? [])
    .filter(message => message.direction === 'out' && message.letter);

/** The order of the last letter that left, as the channel is given it. */
const orderOfLetter = async (id: string): Promise<Outbound> => {
  const letter = (await lettersOf(id)).at(-1);
  if (!letter) throw new Error('there is no letter');
  return eventually(async () => {
    const found = await rest.core.bus.manager.streams.getMessage('OUT', {
      last_by_subj: subjects.out(mail.channel, mail.account),
    });
    const order = found?.json<Outbound>();
    return order?.id === letter.id ? order : undefined;
  });
};
const linksIn = (order: Outbound): string[] =>
  [...JSON.stringify(order.content).matchAll(/https:\/\/filodiretto\.example(\/azioni\/[\w-]{43})/g)].map(
    ([, path = '']) => path,
  );

/** Work of a case that waits for a person, or that one has. */
const workOf = (id: string): Promise<{ state: string }[]> =>
  rest.core.query(`select state from work_item where case_id = $1 and state <> 'done'`, [id]);

const ORDER = ['takeCharge', 'resolve', 'extend', 'refuseCompetence', 'askCitizen'] as const;
type Action = (typeof ORDER)[number];

/** A case assigned to an office that reads mail only, with the links its letter carries. */
async function assigned(office = roads): Promise<{ id: string; link: (action: Action) => string }> {
  const { caseId: id } = await rest.receive(mail, {
    subject: 'Albero caduto <b>',
    text: 'Un albero è caduto in via Roma.',
  });
  await move(id, { command: 'assign', office });
  const links = linksIn(await orderOfLetter(id));
  expect(links).toHaveLength(ORDER.length);
  return { id, link: action => links[ORDER.indexOf(action)] ?? '' };
}
const post = (url: string, form: Record<string, string> = {}): ReturnType<RestApplication['app']['inject']> =>
  rest.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
    remoteAddress: `10.0.${Math.floor(Math.random() * 255)}.${Math.floor(Math.random() * 255)}`,
  });
const get = (url: string, method: 'GET' | 'HEAD' = 'GET'): ReturnType<RestApplication['app']['inject']> =>
  rest.app.inject({
    method,
    url,
    remoteAddress: `10.1.${Math.floor(Math.random() * 255)}.${Math.floor(Math.random() * 255)}`,
  });

describe('the letter of an assignment', () => {
  it('tells the matter and carries a link for each action, which the desk never sees', async () => {
    const { id } = await assigned();
    const order = await orderOfLetter(id);
    expect(order.to.value).toBe('strade@comune.example');
    expect(JSON.stringify(order.content)).toContain('Un albero è caduto in via Roma.');
    expect(JSON.stringify(order.content)).toMatch(/Da prendere in carico entro: \d/);
    const [letter] = await lettersOf(id);
    expect(letter).toMatchObject({ visibility: 'internal', letter: { kind: 'assignment' } });
    expect(JSON.stringify(await seen(id))).not.toContain('/azioni/');
    const stored = await rest.core.query<{ n: number }>(
      `select count(*)::int as n from message where content::text like '%/azioni/%'`,
    );
    expect(stored).toEqual([{ n: 0 }]);
  });

  it('leads to pages that show what the case holds in its fields, but for what is confidential', async () => {
    const { id, link } = await assigned();
    const category = '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70';
    await rest.dataSource.query(
      `insert into category (id, administration_id, code, label, kind) values ($1, $2, 'alberi', 'Alberi', 'report')`,
      [category, anna.administrationId],
    );
    const text = (code: string, more: object = {}) => ({
      code,
      label: `Campo ${code}`,
      type: 'text',
      required: 'never',
      citizen: false,
      ...more,
    });
    const written = await rest.ask('PUT', `/api/categories/${category}/fields`, {
      as: await rest.operator(anna.administrationId, anna.office, 'Ada', 'admin'),
      headers: { 'if-match': '"0"' },
      body: { fields: [text('specie'), text('riservato', { confidential: true })] },
    });
    expect(written.status).toBe(200);
    const { version } = await seen(id);
    const filled = await rest.ask('PATCH', `/api/cases/${id}`, {
      as: anna,
      headers: { 'if-match': `"${version}"` },
      body: { category, fields: { specie: 'Tiglio <i>', riservato: 'segretissimo' } },
    });
    expect(filled.status).toBe(200);
    const page = (await get(link('takeCharge'))).body;
    expect(page).toContain('<dt>Campo specie</dt><dd class="words">Tiglio &lt;i&gt;</dd>');
    expect(page).not.toMatch(/segretissimo|Campo riservato/);
  });

  it('is not written to who gave the case to their own office, nor to an office that wants none', async () => {
    const { caseId } = await rest.receive(mail, {});
    await rest.dataSource.query(`update office set email = 'urp@comune.example' where id = $1`, [anna.office]);
    await move(caseId, { command: 'assign', office: anna.office });
    expect(await lettersOf(caseId)).toEqual([]);
    await rest.dataSource.query('update office set letters = false where id = $1', [parks]);
    await move(caseId, { command: 'assign', office: parks });
    await rest.dataSource.query('update office set letters = true where id = $1', [parks]);
    expect(await lettersOf(caseId)).toEqual([]);
  });

  it('is written also for a case that a citizen opens, in the same transaction', async () => {
    const { caseId } = await rest.receive(mail, { text: 'Una buca profonda', hints: { form: 'buche' } });
    const order = await orderOfLetter(caseId);
    expect(JSON.stringify(order.content)).toContain('> Una buca profonda');
    expect((await facts(caseId)).map(one => one.fact)).toEqual(['opened', 'assigned', 'letter_queued']);
  });

  it('that is ordered again has links that act', async () => {
    const { id } = await assigned();
    const [letter] = await lettersOf(id);
    await rest.dataSource.query(`update message set send_state = 'failed' where id = $1`, [letter?.id]);
    const retried = await rest.ask('POST', `/api/messages/${letter?.id}/attempts`, { as: anna, body: {} });
    expect([retried.status, retried.text]).toEqual([201, expect.anything()]);
    const again = await eventually(async () => {
      const order = await orderOfLetter(id);
      return order.attempt === 2 ? order : undefined;
    });
    const [takeCharge = ''] = linksIn(again);
    expect((await post(takeCharge)).statusCode).toBe(200);
    expect((await seen(id)).state).toBe('in_charge');
  });
});

describe('a link', () => {
  it('does nothing when it is only opened, however often and by whatever opens it', async () => {
    const { id, link } = await assigned();
    const before = await facts(id);
    for (const action of ORDER)
      for (const method of ['GET', 'HEAD', 'GET'] as const)
        expect([action, method, (await get(link(action), method)).statusCode]).toEqual([action, method, 200]);
    expect(await facts(id)).toEqual(before);
    const used = await rest.core.query('select from action_link where case_id = $1 and used_at is not null', [id]);
    expect(used).toEqual([]);
  });

  it('leaves a look of the office that its letter went to in the trail, once an hour, and the case as it was', async () => {
    const { id, link } = await assigned();
    const before = [await facts(id), (await seen(id)).version];
    const looks = (): Promise<unknown[]> =>
      rest.core.query(
        `select e.act, e.actor_kind, e.actor_id, e.operation, e.subject_kind, l.letter_id = e.subject_id as of_letter, e.fields
         from trail_entry e cross join lateral (
           select letter_id from action_link where case_id = e.case_id limit 1) l
         where e.case_id = $1 and e.operation = 'openLetterLink' order by e.at`,
        [id],
      );
    expect((await get(link('resolve'), 'HEAD')).statusCode).toBe(200);
    expect(await looks()).toEqual([]);
    const opened = await Promise.all([1, 2, 3].map(() => get(link('resolve'))));
    expect(opened.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    const look = {
      act: 'looked',
      actor_kind: 'office',
      actor_id: roads,
      operation: 'openLetterLink',
      subject_kind: 'letters',
      of_letter: true,
      fields: [],
    };
    expect(await looks()).toEqual([look]);
    await rest.dataSource.query(
      `update action_link set looked_at = looked_at - interval '61 minutes' where case_id = $1 and looked_at is not null`,
      [id],
    );
    await get(link('resolve'));
    expect(await looks()).toEqual([look, look]);
    await get(link('extend'));
    expect(await looks()).toEqual([look, look, look]);
    expect([await facts(id), (await seen(id)).version]).toEqual(before);
    const auditor = await rest.operator(anna.administrationId, anna.office, 'Ugo', 'auditor');
    const { body } = await rest.ask<TrailPage>('GET', `/api/trail?case=${id}&act=looked&operator=${roads}`, {
      as: auditor,
    });
    expect(body.items.map(({ operator, case: one }) => [operator, one?.id])).toEqual(
      Array(3).fill([{ id: roads, name: 'Strade' }, id]),
    );
  });

  it('that is expired, unknown or of a case that is over leaves no look', async () => {
    const looks = async (): Promise<unknown> =>
      rest.core.query(`select count(*)::int as n from trail_entry where operation = 'openLetterLink'`);
    const { id, link } = await assigned();
    const before = await looks();
    await rest.dataSource.query('update action_link set expires_at = now() where case_id = $1', [id]);
    expect((await get(link('resolve'))).statusCode).toBe(404);
    expect((await get(`/azioni/${'x'.repeat(43)}`)).statusCode).toBe(404);
    const other = await assigned();
    await move(other.id, { command: 'assign', office: parks });
    expect((await get(other.link('resolve'))).statusCode).toBe(410);
    expect(await looks()).toEqual(before);
  });

  it('shows a page that keeps to itself, and says what it was told as text', async () => {
    const { link } = await assigned();
    const { headers, body } = await get(link('refuseCompetence'));
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${digest}'`);
    expect(body).toContain('Albero caduto &lt;b&gt;');
    expect(body).toContain('Verde &lt;pubblico&gt;');
    expect(body).not.toMatch(/<script|<b>|style=|src=|href=/);
  });

  it('takes charge in the name of the office, and the journal says by which link', async () => {
    const { id, link } = await assigned();
    const answer = await post(link('takeCharge'));
    expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('La pratica è in carico.')]);
    expect((await seen(id)).state).toBe('in_charge');
    expect((await facts(id)).at(-1)).toEqual({
      fact: 'taken_in_charge',
      actor_kind: 'office',
      actor_id: roads,
      cause: expect.stringMatching(/^action-link:/),
    });
  });

  it('acts once: the second time it answers the same and does nothing', async () => {
    const { id, link } = await assigned();
    const first = await post(link('takeCharge'));
    const before = await facts(id);
    const second = await post(link('takeCharge'));
    expect([second.statusCode, second.body]).toEqual([200, first.body]);
    expect((await get(link('takeCharge'))).body).toBe(first.body);
    expect(await facts(id)).toEqual(before);
  });

  it('acts once when many press at the same moment', async () => {
    const { id, link } = await assigned();
    const form = { outcome: 'positive.done', text: 'Rimosso.' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(link('resolve'), form)));
    expect(answers.map(answer => answer.statusCode)).toEqual(Array(8).fill(200));
    const names = (await facts(id)).map(one => one.fact);
    expect(names.filter(fact => fact === 'resolved' || fact === 'reply_queued')).toEqual(['reply_queued', 'resolved']);
  });

  it('tells who presses second what was done, by whom and when, and keeps their words once, in the name of the link', async () => {
    const { id, link } = await assigned();
    await post(link('resolve'), { outcome: 'positive.done', text: 'Rimosso.' });
    const other = { outcome: 'negative.not_feasible', text: 'No: serve <prima> il parere.' };
    for (let press = 0; press < 2; press += 1) {
      const { statusCode, body } = await post(link('resolve'), other);
      expect(statusCode).toBe(200);
      expect(body).toContain('Azione già registrata prima');
      expect(body).toMatch(/La pratica è conclusa\. Esito positivo: Fatto\. Registrato da Strade il \d+ \S+ \d{4}/);
      expect(body).toContain('è una nota nella pratica');
    }
    const { timeline, state, outcome } = await seen(id);
    expect({ state, outcome }).toEqual({ state: 'resolved', outcome: 'positive' });
    const notes = timeline.flatMap(entry => entry.note ?? []);
    expect(notes).toEqual([
      {
        id: expect.any(String),
        office: { id: roads, name: 'Strade' },
        link: expect.any(String),
        text: expect.stringMatching(
          /Esito negativo: Non realizzabile\nTesto per il cittadino: No: serve <prima> il parere\./,
        ),
        createdAt: expect.any(String),
      },
    ]);
    expect((await facts(id)).filter(one => one.fact === 'note_added')).toEqual([
      { fact: 'note_added', actor_kind: 'office', actor_id: roads, cause: `action-link:${notes[0]?.link}` },
    ]);
  });

  it('acts once and loses nobody’s words when two press at the same moment with words of their own', async () => {
    const { id, link } = await assigned();
    const said = ['Rimosso stamattina.', 'Rimosso ieri.', 'Segnalato al manutentore.'];
    const answers = await Promise.all(said.map(text => post(link('resolve'), { outcome: 'positive.done', text })));
    expect(answers.map(answer => answer.statusCode)).toEqual([200, 200, 200]);
    expect(answers.filter(({ body }) => body.includes('è una nota nella pratica'))).toHaveLength(2);
    const { timeline } = await seen(id);
    const told = timeline.flatMap(({ message }) =>
      message?.direction === 'out' && message.visibility === 'parties' ? message.content : [],
    );
    const kept = timeline.flatMap(({ note }) => note?.text ?? []);
    expect(told).toHaveLength(1);
    expect(kept).toHaveLength(2);
    for (const text of said) expect(`${JSON.stringify(told)}${kept.join()}`).toContain(text);
  });

  it('gives words back to who wrote them where nothing can be done with them', async () => {
    const { id, link } = await assigned();
    await post(link('resolve'), { outcome: 'positive.done', text: 'Rimosso.' });
    const { statusCode, body } = await post(link('askCitizen'), { text: 'A che <altezza>?' });
    expect([statusCode, body]).toEqual([410, expect.stringContaining('A che &lt;altezza&gt;?')]);
    expect(body).toContain('non è stato registrato');
    expect((await seen(id)).timeline.flatMap(entry => entry.note ?? [])).toEqual([]);
  });

  it('of a case that was merged into another acts there, and page and journal say which case it was', async () => {
    const { id, link } = await assigned();
    const { caseId: into } = await rest.receive(mail, { conversation: 'mail-into', subject: 'Prima segnalazione' });

    await move(into, { command: 'assign', office: roads });
    const [old, leading] = [await seen(id), await seen(into)];
    const merged = await rest.ask('POST', `/api/cases/${into}/merges`, {
      as: anna,
      body: { from: id, reason: 'Lo stesso albero', differentPeople: true },
      headers: { 'if-match': `"${leading.version}"` },
    });
    expect([merged.status, merged.text]).toEqual([201, expect.anything()]);
    const page = await get(link('resolve'));
    expect([page.statusCode, page.body]).toEqual([
      200,
      expect.stringContaining(`La pratica ${old.number} è stata unita a questa`),
    ]);
    expect(page.body).toContain('Prima segnalazione');
    const done = await post(link('resolve'), { outcome: 'positive.done', text: 'Rimosso.' });
    expect([done.statusCode, done.body]).toEqual([200, expect.stringContaining('Azione registrata')]);
    expect((await seen(into)).state).toBe('resolved');
    const cause = (await facts(into)).find(one => one.fact === 'resolved')?.cause;
    expect(cause).toMatch(new RegExp(`^action-link:[\\w-]{36} of ${old.number}$`));
    const again = await post(link('resolve'), { outcome: 'partial.partly_done', text: 'In parte.' });
    expect(again.body).toContain('Esito positivo: Fatto. Registrato da Strade');
    expect((await seen(into)).timeline.flatMap(({ note }) => note?.text ?? []).join()).toContain('In parte.');
  });

  it('of a case that was merged into one of another office does nothing', async () => {
    const { id, link } = await assigned();
    const { caseId: into } = await rest.receive(mail, { conversation: 'mail-parks', subject: 'Nel parco' });
    await move(into, { command: 'assign', office: parks });
    const leading = await seen(into);
    await rest.ask('POST', `/api/cases/${into}/merges`, {
      as: anna,
      body: { from: id, reason: 'Lo stesso albero', differentPeople: true },
      headers: { 'if-match': `"${leading.version}"` },
    });
    const answer = await post(link('resolve'), { outcome: 'positive.done', text: 'Rimosso.' });
    expect([answer.statusCode, answer.body]).toEqual([410, expect.not.stringContaining('Nel parco')]);
    expect((await seen(into)).state).toBe('assigned');
  });

  it('ends the matter with an outcome, and the citizen reads the words of the office', async () => {
    const { id, link } = await assigned();
    await post(link('resolve'), { outcome: 'positive.done', text: 'L’albero è stato rimosso.' });
    const view = await seen(id);
    expect(view).toMatchObject({ state: 'resolved', outcome: 'positive', outcomeReason: 'done' });
    const told = view.timeline
      .flatMap(entry => entry.message ?? [])
      .find(one => one.visibility === 'parties' && one.direction === 'out');
    expect(told).toMatchObject({ content: [{ type: 'text', text: 'L’albero è stato rimosso.' }] });
    expect(told?.address.value).toMatch(/@example\.org$/);
  });

  it('ends an incident for all its citizens, though nobody of the office logs in', async () => {
    const { id, link } = await assigned();
    const { caseId: member } = await rest.receive(mail, {
      conversation: 'mail-member',
      from: { kind: 'email', value: 'altra@example.org', verified: true },
      subject: 'Anche qui',
      text: 'Albero caduto.',
    });
    const attached = await rest.ask('POST', `/api/cases/${id}/members`, { as: anna, body: { cases: [member] } });
    expect(attached.status).toBe(200);
    const done = await post(link('resolve'), { outcome: 'positive.done', text: 'Rimosso.' });
    expect([done.statusCode, done.body]).toEqual([200, expect.stringContaining('Azione registrata')]);
    await eventually(async () => ((await seen(member)).state === 'resolved' ? true : undefined));
    expect((await seen(member)).timeline.flatMap(entry => entry.message ?? []).at(-1)).toMatchObject({
      content: [{ type: 'text', text: 'Rimosso.' }],
    });
    for (const action of ['takeCharge', 'extend'] as const) expect((await get(link(action))).statusCode).toBe(410);
  });

  it('takes no office of its own invention', async () => {
    const { id, link } = await assigned();
    await post(link('refuseCompetence'), { reason: 'Non nostra', office: 'zzz' });
    expect((await facts(id)).at(-1)?.fact).toBe('competence_refused');
  });

  it('says what is missing where a field of the administration must be filled first', async () => {
    const { id, link } = await assigned();
    const [row]: { id: string }[] = await rest.dataSource.query(
      `insert into category (id, administration_id, code, label, kind)
       values (gen_random_uuid(), $1, 'potature', 'Potature', 'report') returning id`,
      [anna.administrationId],
    );
    const category = row?.id;
    await rest.dataSource.query('update case_file set category_id = $2 where id = $1', [id, category]);
    await rest.dataSource.query(
      `insert into category_schema (id, administration_id, category_id, version, fields, created_at)
       values (gen_random_uuid(), $1, $2, 1, $3, now())`,
      [
        anna.administrationId,
        category,
        JSON.stringify([{ code: 'albero', label: 'Albero', type: 'text', required: 'closing', citizen: false }]),
      ],
    );
    const done = await post(link('resolve'), { outcome: 'positive.done', text: 'Potato.' });
    expect([done.statusCode, done.body]).toEqual([422, expect.stringContaining('dati della pratica')]);
    expect((await seen(id)).state).toBe('assigned');
  });

  it('asks for more time until a day, with a reason', async () => {
    const { id, link } = await assigned();
    const { dueDate = '' } = await seen(id);
    const until = new Date(Date.parse(dueDate) + 7 * 86_400_000).toISOString().slice(0, 10);
    const wrong = await post(link('extend'), { dueDate: '2000-01-01', reason: 'Serve una gru' });
    expect([wrong.statusCode, wrong.body]).toEqual([422, expect.stringContaining('role="alert"')]);
    expect(wrong.body).toContain('Serve una gru');
    expect(wrong.body).toMatch(/id="dueDate"[^>]*aria-invalid="true"/);
    const right = await post(link('extend'), { dueDate: until, reason: 'Serve una gru' });
    expect(right.statusCode).toBe(200);
    expect((await seen(id)).dueDate).toBe(until);
  });

  it('gives back what is not theirs, saying whose it may be', async () => {
    const { id, link } = await assigned();
    expect((await post(link('refuseCompetence'), { reason: '  ' })).statusCode).toBe(422);
    await post(link('refuseCompetence'), { reason: 'È nel parco', office: parks });
    expect(await seen(id)).toMatchObject({ state: 'triage', refusals: 1 });
    const [row] = await rest.core.query<{ data: object }>(
      `select data from journal where case_id = $1 and fact = 'competence_refused'`,
      [id],
    );
    expect(row?.data).toMatchObject({
      office: roads,
      reason: 'È nel parco',
      suggestedOffice: parks,
      personDecides: false,
    });
  });

  it('asks the citizen, having taken charge, and the office reads what they answer', async () => {
    const { id, link } = await assigned();
    await post(link('askCitizen'), { text: 'A che altezza di via Roma?' });
    expect((await seen(id)).state).toBe('waiting_citizen');
    expect((await facts(id)).map(one => one.fact).slice(-3)).toEqual(['taken_in_charge', 'reply_queued', 'paused']);
    const asked = (await seen(id)).timeline.flatMap(({ message }) => message ?? []).at(-1);
    const { token } = (await rest.orderOf(asked?.id ?? '', mail)).thread;
    await rest.receive(mail, { text: 'Davanti al civico 12.', thread: { tokens: [token] } });
    const letter = (await lettersOf(id)).at(-1);
    expect(letter).toMatchObject({ letter: { kind: 'citizen_answer' } });
    const order = await orderOfLetter(id);
    expect(JSON.stringify(order.content)).toContain('> Davanti al civico 12.');
    expect(await workOf(id)).toEqual([]);
    const [resolve = ''] = linksIn(order);
    expect((await post(resolve, { outcome: 'positive.done', text: 'Rimosso.' })).statusCode).toBe(200);
    expect((await seen(id)).state).toBe('resolved');
  });

  it.each<[Action, Record<string, string>, object[]]>([
    ['takeCharge', {}, []],
    ['resolve', { outcome: 'positive.done', text: 'Rimosso.' }, []],
    ['refuseCompetence', { reason: 'Non nostra' }, []],
    ['askCitizen', { text: 'Dove?' }, []],
    ['extend', { reason: 'Serve una gru', dueDate: '2099-01-01' }, [{ state: 'queued' }]],
  ])(
    'leaves no work in a queue for a matter that the office has in hand or gave back: %s',
    async (action, form, left) => {
      const { id, link } = await assigned();
      expect(await workOf(id)).toEqual([{ state: 'queued' }]);
      const { dueDate = '' } = await seen(id);
      const until = new Date(Date.parse(dueDate) + 7 * 86_400_000).toISOString().slice(0, 10);
      expect((await post(link(action), { ...form, ...(form['dueDate'] ? { dueDate: until } : {}) })).statusCode).toBe(
        200,
      );
      expect(await workOf(id)).toEqual(left);
    },
  );

  it('does nothing any more once the case went to another office, and is not used up', async () => {
    const { id, link } = await assigned();
    await move(id, { command: 'assign', office: parks });
    const answer = await post(link('takeCharge'));
    expect([answer.statusCode, answer.body]).toEqual([410, expect.stringContaining('nel frattempo è cambiata')]);
    expect(await seen(id)).toMatchObject({ state: 'assigned', office: { id: parks } });
    const page = await get(link('resolve'));
    expect([page.statusCode, page.body]).toEqual([410, expect.not.stringContaining('Verde')]);
  });

  it('that expired, or that nobody made, changes nothing and says what to do instead', async () => {
    const { id, link } = await assigned();
    await rest.dataSource.query(`update action_link set expires_at = now() - interval '1 second' where case_id = $1`, [
      id,
    ]);
    const expired = await post(link('takeCharge'));
    expect([expired.statusCode, expired.body]).toEqual([404, expect.stringContaining('è scaduto')]);
    const unknown = await post(`/azioni/${'a'.repeat(43)}`);
    expect([unknown.statusCode, unknown.body]).toEqual([404, expect.stringContaining('non è riconosciuto')]);
    for (const url of ['/azioni/short', `/azioni/${'a'.repeat(99)}`]) expect((await get(url)).statusCode).toBe(404);
    expect((await seen(id)).state).toBe('assigned');
  });

  it('of somebody who no longer works here does nothing', async () => {
    const { id, link } = await assigned();
    const { id: gone } = await rest.operator(anna.administrationId, roads, 'Piero Leone');
    await rest.dataSource.query('update action_link set operator_id = $2 where case_id = $1', [id, gone]);
    await rest.dataSource.query('update operator set active = false where id = $1', [gone]);
    expect((await post(link('takeCharge'))).statusCode).toBe(404);
    expect((await seen(id)).state).toBe('assigned');
    await rest.dataSource.query('update operator set active = true where id = $1', [gone]);
    expect((await post(link('takeCharge'))).statusCode).toBe(200);
    expect((await seen(id)).state).toBe('in_charge');
  });

  it('of one person does nothing once the case is of an office that is not theirs, and shows nothing of it', async () => {
    const { id, link } = await assigned();
    const { id: piero } = await rest.operator(anna.administrationId, roads, 'Piero Leone');
    await rest.dataSource.query('update action_link set operator_id = $2, office_id = null where case_id = $1', [
      id,
      piero,
    ]);
    expect((await get(link('resolve'))).statusCode).toBe(200);
    const looks = await rest.core.query(
      `select actor_kind, actor_id from trail_entry where case_id = $1 and operation = 'openLetterLink'`,
      [id],
    );
    expect(looks).toEqual([{ actor_kind: 'office', actor_id: roads }]);
    await move(id, { command: 'assign', office: parks });
    const gone = await post(link('takeCharge'));
    expect([gone.statusCode, gone.body.includes('Albero')]).toEqual([410, false]);
    expect(await seen(id)).toMatchObject({ state: 'assigned', office: { id: parks } });
  });

  it('of one person shows and does nothing once the case is confidential and they may not know of it', async () => {
    const { id, link } = await assigned();
    const toOne = async (role: string): Promise<void> => {
      const { id: one } = await rest.operator(anna.administrationId, roads, 'Piero Leone', role);
      await rest.dataSource.query('update action_link set operator_id = $2, office_id = null where case_id = $1', [
        id,
        one,
      ]);
    };
    await toOne('receptionist');
    expect((await get(link('resolve'))).body).toContain('Albero');
    await rest.dataSource.query(`update case_file set confidentiality = 'minors' where id = $1`, [id]);
    for (const answer of [await get(link('resolve')), await post(link('takeCharge'))])
      expect([answer.statusCode, answer.body.includes('Albero')]).toEqual([410, false]);
    await toOne('specialist');
    expect((await get(link('resolve'))).body).toContain('Albero');
    expect((await post(link('takeCharge'))).statusCode).toBe(200);
  });

  it('that was used tells who used it nothing of what became of the case at another office', async () => {
    const { id, link } = await assigned();
    await post(link('takeCharge'));
    expect((await get(link('takeCharge'))).body).toContain('Presso');
    await move(id, { command: 'assign', office: parks });
    const { statusCode, body } = await get(link('takeCharge'));
    expect([statusCode, body.includes('in carico'), body.includes('Presso'), body.includes('Verde')]).toEqual([
      200,
      true,
      false,
      false,
    ]);
  });

  it('cannot be made into another action, case or office by what the form says', async () => {
    const { id, link } = await assigned();
    const other = await assigned();
    await post(link('takeCharge'), {
      command: 'resolve',
      outcome: 'positive.done',
      text: 'x',
      caseId: other.id,
      office: parks,
    });
    expect(await seen(id)).toMatchObject({ state: 'in_charge', office: { id: roads } });
    expect(await seen(other.id)).toMatchObject({ state: 'assigned' });
  });

  it('is kept as a digest only', async () => {
    const { link } = await assigned();
    const token = link('takeCharge').split('/').at(-1) ?? '';
    const rows = await rest.core.query('select from action_link where encode(token_hash, $2) = encode($1, $2)', [
      createHash('sha256').update(`action\n${token}`).digest(),
      'hex',
    ]);
    expect(rows).toHaveLength(1);
  });

  it('is opened at a pace', async () => {
    const statuses = [];
    for (let i = 0; i < 70; i += 1)
      statuses.push((await rest.app.inject({ method: 'GET', url: '/azioni/x', remoteAddress: '10.9.9.9' })).statusCode);
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(404));
    expect(statuses).toContain(429);
  });
});

describe('the third office that says it is not theirs', () => {
  it('brings the case to a person who decides, and no rule assigns it any more', async () => {
    const { id } = await assigned();
    for (const office of [parks, roads]) {
      const [first = ''] = [linksIn(await orderOfLetter(id))[ORDER.indexOf('refuseCompetence')]];
      await post(first, { reason: 'Non è nostra' });
      await move(id, { command: 'assign', office });
    }
    await post(linksIn(await orderOfLetter(id))[ORDER.indexOf('refuseCompetence')] ?? '', { reason: 'Non è nostra' });
    const view = await seen(id);
    expect(view).toMatchObject({ state: 'triage', refusals: 3, assignee: { id: anna.id } });
    expect(view.office).toBeUndefined();
  });
});
