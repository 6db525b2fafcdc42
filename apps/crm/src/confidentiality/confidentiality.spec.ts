import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CaseCounts,
  CasePage,
  CaseRelationList,
  CaseView,
  FoundCases,
  Inbound,
  IncidentSuggestionList,
  JournalView,
  LetterPage,
  MentionPage,
  ParkedPage,
  ParkedView,
  ProblemView,
  QueueList,
  SavedView,
  WorkItemView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { ReplyTokens } from '../intake/reply-token.js';
import { TALKS } from '../testing.js';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

let rest: RestApplication;
/** Sees the whole administration. */
let front: TestOperator & { readonly office: string };
let social: string;
/** Works in the office that holds it, and is told. */
let member: TestOperator;
/** Works there, and is not. */
let trainee: TestOperator;
let admin: TestOperator;

const ask = <T>(
  as: TestOperator,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  body?: object,
  etag?: string,
) => rest.ask<T>(method, path, { as, ...(body ? { body } : {}), ...(etag ? { headers: { 'if-match': etag } } : {}) });
const get = <T>(as: TestOperator, path: string): Promise<Answer<T>> => ask<T>(as, 'GET', path);
const open = async (as: TestOperator, subject: string, more: object = {}): Promise<string> =>
  (await ask<CaseView>(as, 'POST', '/api/cases', { subject, ...more })).body.id;
const confide = async (as: TestOperator, id: string, body: object): Promise<Answer<CaseView & ProblemView>> => {
  const { headers } = await get(as, `/api/cases/${id}`);
  return ask(as, 'PUT', `/api/cases/${id}/confidentiality`, body, headers['etag'] ?? '"1"');
};
const told = ({ status, body }: Answer<ProblemView>): unknown[] => [status, body.type, body.title, body.detail];

beforeAll(async () => {
  rest = await RestApplication.start();
  front = await rest.administration('Borgosilente', 'urp_referent');
  social = await rest.office(front.administrationId, 'Servizi sociali');
  member = await rest.operator(front.administrationId, social, 'Francesca', 'specialist');
  trainee = await rest.operator(front.administrationId, social, 'Tirocinante', 'receptionist');
  admin = await rest.operator(front.administrationId, front.administrationId, 'Amministra', 'admin');
});
afterAll(() => rest.stop());

describe('a confidential case', () => {
  let id: string;
  let number: string;
  beforeAll(async () => {
    id = await open(front, 'Ludoteca: un bambino da seguire', { office: social, text: 'Ludoteca di via Verdi' });
    number = (await get<CaseView>(front, `/api/cases/${id}`)).body.number;
    const answer = await confide(front, id, { level: 'minors', reason: 'Riguarda un minore' });
    // Whoever set it does not see it any more: it is done, and nothing is shown.
    expect([answer.status, answer.text]).toEqual([204, '']);
  });

  it('is there for who needs to know, and for nobody else as if it were not', async () => {
    expect((await get<CaseView>(member, `/api/cases/${id}`)).body.confidentiality).toBe('minors');
    const paths = ['', '/journal', '/relations', '/tasks', '/automation-runs', '/incident-suggestions'];
    for (const as of [front, trainee, admin])
      for (const path of paths)
        expect(told(await get(as, `/api/cases/${id}${path}`))).toEqual(
          told(await get(as, `/api/cases/${v7()}${path}`)),
        );
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
  });

  it('is changed by nobody who does not see it, whatever they ask', async () => {
    const asked: [string, string, object][] = [
      ['PATCH', '', { priority: 'high' }],
      ['POST', '/internal-notes', { text: 'x' }],
      ['POST', '/chases', {}],
      ['POST', '/followers', {}],
      ['POST', '/tasks', { question: 'x', office: front.office }],
      ['PUT', '/confidentiality', { reason: 'x' }],
    ];
    for (const [method, path, body] of asked) {
      const answers = await Promise.all(
        [id, v7()].map(one => ask<ProblemView>(front, method as 'POST', `/api/cases/${one}${path}`, body, '"1"')),
      );
      expect(told(answers[0])).toEqual(told(answers[1]));
      expect(answers[0]?.status).toBe(404);
    }
  });

  it('is in no list, count, search, view or figure of who may not know', async () => {
    await rest.searchable();
    const finds = async (as: TestOperator): Promise<unknown[]> => {
      const list = await get<CasePage>(as, '/api/cases?limit=200');
      const byNumber = await get<CasePage>(as, `/api/cases?number=${number}`);
      const search = await get<FoundCases>(as, '/api/search?text=ludoteca');
      const relevance = await get<FoundCases>(as, '/api/search?text=ludoteca&order=relevance');
      const inOffice = await get<FoundCases>(as, `/api/search?text=ludoteca&office=${social}`);
      const count = await get<{ cases: number }>(as, '/api/search/count?text=ludoteca');
      const view = await ask<SavedView>(as, 'POST', '/api/views', { name: 'Sociale', filter: { office: social } });
      const bulk = await ask<ProblemView>(as, 'POST', '/api/bulk-actions', {
        change: { priority: 'low' },
        cases: [id],
      });
      return [
        list.body.items.some(one => one.id === id),
        byNumber.body.items.length,
        search.body.items.length,
        relevance.body.items.length,
        inOffice.body.items.length,
        count.body.cases,
        view.body.count.cases,
        bulk.status === 201,
      ];
    };
    expect(await finds(front)).toEqual([false, 0, 0, 0, 0, 0, 0, false]);
    expect((await finds(member)).slice(0, 7)).toEqual([true, 1, 1, 1, 1, 1, 1]);
    const figures = (await get<CaseCounts>(front, '/api/reports/cases')).body.items;
    expect(figures.filter(({ office }) => office?.id === social)).toEqual([]);
  });

  it('is suggested to nobody, named in no relation, and taken in by no merge', async () => {
    const like = await open(front, 'Ludoteca: un bambino da seguire', { office: front.office });
    const suggested = await get<IncidentSuggestionList>(front, `/api/cases/${like}/incident-suggestions`);
    expect(suggested.body.items).toEqual([]);
    const shared = await open(member, 'Segreto comune', { office: social });
    expect((await ask(member, 'POST', `/api/cases/${shared}/links`, { case: id })).status).toBe(200);
    const relations = async (as: TestOperator): Promise<number> =>
      (await get<CaseRelationList>(as, `/api/cases/${shared}/relations`)).body.items.length;
    expect([await relations(member), await relations(front)]).toEqual([1, 0]);
    const { headers } = await get(member, `/api/cases/${shared}`);
    const merge = await ask(member, 'POST', `/api/cases/${shared}/merges`, { from: id }, headers['etag']);
    expect(merge.status).toBe(422);
  });

  it('tells nobody by naming them in a note, and no letter says what it is about to who may not know', async () => {
    await ask(member, 'POST', `/api/cases/${id}/internal-notes`, { text: `Chiediamo a @code-${front.id}` });
    expect((await get<MentionPage>(front, '/api/mentions')).body.items).toEqual([]);
    expect((await get<LetterPage>(front, `/api/letters?case=${id}`)).body.items).toEqual([]);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
  });

  it('is offered to nobody, counted in no queue, and taken from it by who may know', async () => {
    const waiting = async (as: TestOperator): Promise<number | undefined> =>
      (await get<QueueList>(as, '/api/queues')).body.items.find(({ office }) => office.id === social)?.waiting;
    const [seen, unseen] = [(await waiting(member)) ?? 0, (await waiting(front)) ?? 0];
    expect(seen - unseen).toBe(1);
    const none: unknown[] = await rest.dataSource.query(
      `select from work_item where case_id = $1 and state <> 'done' and need <> 'confidential'`,
      [id],
    );
    expect(none).toEqual([]);
    const claim = (as: TestOperator): Promise<Answer<WorkItemView>> =>
      ask(as, 'POST', `/api/queues/${social}/claims`, {});
    for (let left = unseen; left >= 0; left -= 1) {
      const { status, body } = await claim(trainee);
      if (status === 201) expect(body.case.id).not.toBe(id);
    }
  });

  it('is told on the stream to who may know, and to nobody else', async () => {
    const controller = new AbortController();
    const heard = async (as: TestOperator): Promise<() => string> => {
      const response = await fetch(`${rest.core.running.url}/api/stream`, {
        headers: { authorization: `Bearer ${as.token}` },
        signal: controller.signal,
      });
      let text = '';
      const reader = response.body?.getReader();
      void (async () => {
        for (;;) {
          const chunk = (await reader?.read()) as { readonly done: boolean; readonly value?: Uint8Array } | undefined;
          if (!chunk || chunk.done) return;
          text += Buffer.from(chunk.value ?? []).toString();
        }
      })().catch(() => undefined);
      return () => text;
    };
    const [told_, not] = [await heard(member), await heard(front)];
    await ask(member, 'POST', `/api/cases/${id}/internal-notes`, { text: 'Visita fatta' });
    const later = await open(front, 'Per sapere che si è arrivati fin qui');
    for (let waited = 0; !not().includes(later) && waited < 100; waited += 1)
      await new Promise(resolve => setTimeout(resolve, 200));
    controller.abort();
    expect([told_().includes(id), not().includes(id), not().includes(later)]).toEqual([true, false, true]);
  });

  it('keeps why in its journal, and who may know may leave it to everybody again', async () => {
    const { body } = await get<JournalView>(member, `/api/cases/${id}/journal`);
    const fact = body.items.find(entry => entry.fact === 'confidentiality_changed');
    expect(fact?.data).toMatchObject({ from: null, to: 'minors', reason: 'Riguarda un minore' });
    expect((await confide(member, id, { reason: 'Non riguarda più un minore' })).status).toBe(200);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(200);
  });
});

describe('what makes a case confidential', () => {
  it.each([
    ['no reason', { level: 'minors', reason: ' ' }, 422],
    ['a level that is not there', { level: 'aliens', reason: 'x' }, 422],
  ])('is refused for %s', async (_, body, status) => {
    const id = await open(front, 'Riservata?', { office: social });
    expect((await confide(front, id, body)).status).toBe(status);
  });

  it('is its category, the moment it gets it', async () => {
    const made = await ask<{ id: string }>(admin, 'POST', '/api/categories', {
      code: 'tutela',
      label: 'Tutela dei minori',
      kind: 'assistance',
      office: social,
      confidentiality: 'minors',
    });
    expect(made.status).toBe(201);
    const id = (await ask<CaseView>(member, 'POST', '/api/cases', { subject: 'Affido', category: made.body.id })).body
      .id;
    expect((await get<CaseView>(member, `/api/cases/${id}`)).body.confidentiality).toBe('minors');
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
    const later = await open(front, 'Era generica', { office: social });
    const { headers } = await get(front, `/api/cases/${later}`);
    const answer = await ask(front, 'PATCH', `/api/cases/${later}`, { category: made.body.id }, headers['etag']);
    expect([answer.status, (await get(front, `/api/cases/${later}`)).status]).toEqual([204, 404]);
    expect((await get(member, `/api/cases/${later}`)).status).toBe(200);
  });

  it('is the routing rule that took it in', async () => {
    const rule = await ask(admin, 'POST', '/api/routing-rules', {
      name: 'Gabinetto',
      when: { words: { any: ['sindaco'] } },
      office: social,
      confidentiality: 'health',
    });
    expect(rule.status).toBe(201);
    const door = await rest.channel({ reply: true }, front.administrationId);
    const { caseId, message } = await rest.receive(door, { text: 'Al sindaco in persona: la mia salute' });
    expect((await get<CaseView>(member, `/api/cases/${caseId}`)).body.confidentiality).toBe('health');
    for (const path of [`/api/cases/${caseId}`, `/api/messages/${message}`, `/api/messages/${message}/original`])
      expect((await get(front, path)).status).toBe(404);
  });
});

describe('a level', () => {
  it('lets know the offices and the roles that it names, from the next request on', async () => {
    const id = await open(member, 'Per il gabinetto', { office: social });
    expect((await confide(member, id, { level: 'cabinet', reason: 'Al Sindaco' })).status).toBe(200);
    const mayor = await rest.operator(front.administrationId, front.office, 'Gabinetto', 'cabinet_operator');
    expect((await get(mayor, `/api/cases/${id}`)).status).toBe(200);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(404);
    const write = (etag: string, offices: string[]): Promise<Answer<ProblemView>> =>
      ask(admin, 'PUT', '/api/confidentiality-levels/cabinet', { name: 'Gabinetto', offices, roles: [] }, etag);
    expect((await write('"1"', [v7()])).status).toBe(422);
    expect((await write('"7"', [])).status).toBe(412);
    expect((await write('"1"', [front.office])).status).toBe(200);
    expect((await get(front, `/api/cases/${id}`)).status).toBe(200);
    expect((await get(mayor, `/api/cases/${id}`)).status).toBe(200);
    expect(
      (await ask(front, 'PUT', '/api/confidentiality-levels/cabinet', { name: 'G', offices: [], roles: [] }, '"2"'))
        .status,
    ).toBe(403);
  });
});

describe('what waits in quarantine and is of a confidential case', () => {
  it('is there without its words, and is decided about by who may know alone', async () => {
    const urp = await rest.administration('Borgoattesa', 'urp_referent');
    const school = await rest.office(urp.administrationId, 'Scuola');
    const leads = await rest.operator(urp.administrationId, school, 'Capo', 'team_leader');
    const mail = await rest.channel(TALKS, urp.administrationId);
    const [conversation, externalId] = [`person-${v7()}`, `first-${v7()}`];
    const from = { kind: 'email' as const, value: `madre-${v7()}@example.org` };
    const { caseId, message } = await rest.receive(mail, {
      conversation,
      externalId,
      from,
      citedAs: `<${externalId}>`,
    });
    const { number } = (await get<CaseView>(urp, `/api/cases/${caseId}`)).body;
    await rest.dataSource.query('update case_file set office_id = $2, concerned = array[$2::uuid] where id = $1', [
      caseId,
      school,
    ]);
    const token = rest.app.get(ReplyTokens).tokenOf(urp.administrationId, caseId);
    const cases: Partial<Inbound>[] = [
      { conversation },
      { thread: { references: [externalId] } },
      { thread: { references: [`<${externalId}>`] } },
      { relation: { kind: 'reply', to: externalId } },
      { thread: { tokens: ['c-nothing', token] } },
      { from, thread: { caseNumbers: [number.toLowerCase()] } },
    ];
    const others: Partial<Inbound>[] = [{}, { thread: { caseNumbers: [number] } }];
    for (const said of [...cases, ...others])
      await rest
        .receive(mail, { ...said, subject: 'Mia figlia', text: 'Mia figlia sta male', flags: { doubtful: 'odd' } })
        .catch(() => undefined);
    const list = async (as: TestOperator): Promise<readonly ParkedView[]> =>
      (await get<ParkedPage>(as, `/api/parked-items?channel=${mail.channel}`)).body.items;
    const withheld = async (as: TestOperator): Promise<number> =>
      (await list(as)).filter(one => one.withheld === true).length;
    expect([await withheld(urp), await withheld(leads)]).toEqual([0, 0]);

    expect((await confide(urp, caseId, { level: 'minors', reason: 'Riguarda un minore' })).status).toBe(204);
    const shown = await list(urp);
    expect(shown.map(one => one.withheld ?? false)).toEqual([...cases.map(() => true), ...others.map(() => false)]);
    const hidden = shown.slice(0, cases.length);
    expect(JSON.stringify(hidden)).not.toMatch(/figlia|madre|odd|original/);
    for (const { id } of hidden) {
      const path = `/api/parked-items/${id}`;
      expect((await get(urp, path)).text).not.toMatch(/figlia|madre|odd|original/);
      expect((await get(urp, `${path}/original`)).status).toBe(404);
      expect((await ask(urp, 'POST', `${path}/discards`, { reason: 'Pubblicità' })).status).toBe(403);
      expect((await ask(urp, 'POST', `${path}/retries`, {})).status).toBe(403);
    }
    expect(await withheld(leads)).toBe(0);
    const [first, second] = hidden;
    const released = await ask<ParkedView>(leads, 'POST', `/api/parked-items/${first?.id}/retries`, {});
    expect(released.body).toMatchObject({ state: 'retried', subject: 'Mia figlia' });
    const settled = await get<ParkedView>(urp, `/api/parked-items/${first?.id}`);
    expect([settled.body.state, settled.body.withheld, settled.body.subject]).toEqual(['retried', true, undefined]);

    // What failed may be tried again by who does not see it: it goes to its case, and nothing of it is told.
    await rest.dataSource.query(
      `update parked set kind = 'failed', reason = 'the words: Mia figlia sta male' where id = $1`,
      [second?.id],
    );
    const failed = await get(urp, `/api/parked-items/${second?.id}`);
    expect([failed.status, /figlia/.test(failed.text)]).toEqual([200, false]);
    const again = await ask<ParkedView>(urp, 'POST', `/api/parked-items/${second?.id}/retries`, {});
    expect([again.status, again.body.state, again.body.subject]).toEqual([200, 'retried', undefined]);

    // News of a message of the case, such as what was said in a call.
    await rest.dataSource.query(
      `insert into parked (id, administration_id, event_id, type, kind, channel, account, reason, payload, state, created_at)
       values ($1, $2, $3, 'message.progressed.v1', 'failed', $4, $5, 'r', $6, 'waiting', now())`,
      [
        v7(),
        urp.administrationId,
        v7(),
        mail.channel,
        mail.account,
        JSON.stringify({ message, content: [{ type: 'text', text: 'Mia figlia' }], thread: 'odd' }),
      ],
    );
    expect((await list(urp)).at(-1)).toMatchObject({ withheld: true, reason: 'It is of a case that you do not see.' });
    expect((await list(leads)).at(-1)).toMatchObject({ excerpt: 'Mia figlia', reason: 'r' });
  });
});

describe('what was there before a case became confidential', () => {
  let urp: TestOperator & { readonly office: string };
  let school: string;
  beforeAll(async () => {
    urp = await rest.administration('Borgotaciturno', 'urp_referent');
    school = await rest.office(urp.administrationId, 'Scuola');
  });

  it('is confidential with it, of what was merged into it, and left to everybody with it', async () => {
    const [into, from] = [
      await open(urp, 'Minore da seguire', { office: school }),
      await open(urp, 'Lo stesso minore', { office: school }),
    ];
    const { headers } = await get(urp, `/api/cases/${into}`);
    expect((await ask(urp, 'POST', `/api/cases/${into}/merges`, { from }, headers['etag'])).status).toBe(201);
    const head = await rest.operator(urp.administrationId, school, 'Elena', 'specialist');
    const seen = async (as: TestOperator): Promise<number[]> =>
      Promise.all([into, from].map(async one => (await get(as, `/api/cases/${one}`)).status));
    expect((await confide(urp, into, { level: 'minors', reason: 'Riguarda un minore' })).status).toBe(204);
    expect([await seen(urp), await seen(head)]).toEqual([
      [404, 404],
      [200, 200],
    ]);
    expect((await confide(head, into, { reason: 'Non riguarda un minore' })).status).toBe(200);
    expect(await seen(urp)).toEqual([200, 200]);
  });

  it('is in no figure of a bulk action that was prepared with it', async () => {
    const [plain, secret] = [await open(urp, 'Una qualunque'), await open(urp, 'Da tacere', { office: school })];
    const leads = await rest.operator(urp.administrationId, school, 'Capo', 'office_head');
    const prepared = await ask<{ id: string; total: number }>(urp, 'POST', '/api/bulk-actions', {
      change: { priority: 'low' },
      cases: [plain, secret],
    });
    expect([prepared.status, prepared.body.total]).toEqual([201, 2]);
    expect((await confide(urp, secret, { level: 'minors', reason: 'Riguarda un minore' })).status).toBe(204);
    const counted = async (as: TestOperator): Promise<(number | undefined)[]> => {
      const one = await get<{ total: number }>(as, `/api/bulk-actions/${prepared.body.id}`);
      const all = await get<{ items: { id: string; total: number }[] }>(as, '/api/bulk-actions?limit=200');
      return [one.body.total, all.body.items.find(({ id }) => id === prepared.body.id)?.total];
    };
    expect([await counted(urp), await counted(leads)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});
