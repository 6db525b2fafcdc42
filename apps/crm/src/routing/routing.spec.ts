import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  CasePage,
  CaseView,
  ChannelWeightsView,
  DeadlinePolicyView,
  OfferChanged,
  OfferList,
  OfferView,
  OperatorSkills,
  PresenceView,
  ProblemView,
  QueueList,
  QueueSettingsView,
  RoutingRuleList,
  RoutingRuleView,
  SimulationView,
  WorkItemView,
} from '@filodiretto/contracts';
import { withArticle } from '@filodiretto/domain';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { dayOf } from '../letter/matter.js';
import { TALKS } from '../testing.js';

/** Nothing was decided before. */
const BEGUN = { 'if-match': '"0"' };
let rest: RestApplication;
beforeAll(async () => {
  rest = await RestApplication.start();
}, 60_000);
afterAll(() => rest.stop(), 60_000);

interface City {
  readonly anna: TestOperator & { readonly office: string };
  readonly door: { readonly channel: string; readonly account: string };
}

/** An administration whose URP gets whatever comes through one channel. */
async function city(name: string): Promise<City> {
  const anna = await rest.administration(name);
  const door = await rest.channel(TALKS, anna.administrationId);
  const answer = await rest.ask('POST', '/api/routing-rules', {
    as: anna,
    body: { name: 'Tutto al URP', when: {}, office: anna.office },
  });
  expect(answer.status).toBe(201);
  return { anna, door };
}

const offersTo = async (as: TestOperator): Promise<OfferView[]> =>
  (await rest.ask<OfferList>('GET', '/api/offers', { as })).body.items;
const available = (as: TestOperator) =>
  rest.ask<PresenceView>('PUT', '/api/operators/me/presence', { as, body: { status: 'available' } });

describe('a queue that offers nothing', () => {
  it('gathers what comes, for whoever takes the next', async () => {
    const { anna, door } = await city('Acquachiara');
    const { caseId } = await rest.receive(door, {});
    expect(await offersTo(anna)).toEqual([]);
    const queues = await rest.ask<QueueList>('GET', '/api/queues', { as: anna });
    expect(queues.body.items).toEqual([
      expect.objectContaining({ strategy: 'pull', waiting: 1, offered: 0, inHand: 0, available: 0 }),
    ]);
    const taken = await rest.ask<WorkItemView>('POST', `/api/queues/${anna.office}/claims`, { as: anna });
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject({
      state: 'assigned',
      case: { id: caseId },
      operator: { id: anna.id },
      sentence: 'Regola 10 «Tutto al URP»: sempre',
      offers: [{ state: 'accepted', explanation: { strategy: 'pull', eligible: 1 } }],
    });
    const found = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect(found.body).toMatchObject({ state: 'assigned', assignee: { id: anna.id } });
    const empty = await rest.ask('POST', `/api/queues/${anna.office}/claims`, { as: anna });
    expect(empty.status).toBe(204);
  });

  it('is taken from only by who belongs to the office', async () => {
    const { anna } = await city('Belmonte');
    const other = await rest.operator(
      anna.administrationId,
      await rest.office(anna.administrationId, 'Tributi'),
      'Ugo',
    );
    const stranger = await rest.administration('Altrove');
    const refused = await rest.ask<ProblemView>('POST', `/api/queues/${anna.office}/claims`, { as: other });
    expect([refused.status, refused.body.type]).toEqual([403, '/problems/not-allowed']);
    expect((await rest.ask('POST', `/api/queues/${anna.office}/claims`, { as: stranger })).status).toBe(404);
  });
});

describe('a queue that offers its work', () => {
  it('offers at once to who is there, tells them by the stream, and gives the case to who accepts', async () => {
    const { anna, door } = await city('Collina');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    const settings = await rest.ask<QueueSettingsView>('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'longest_idle', excludeSeconds: 600, rings: [{ afterSeconds: 30, dropSkills: ['*'] }] },
      headers: BEGUN,
    });
    expect(settings.body).toMatchObject({ strategy: 'longest_idle', leaseSeconds: 30, scoring: { perMinute: 1 } });
    await available(bruno);
    const heard = hear(bruno);
    const { caseId } = await rest.receive(door, {});
    const event = await heard.next;
    expect(event).toMatchObject({ case: caseId, operator: bruno.id, state: 'offered' });

    const [offer] = await offersTo(bruno);
    expect(offer).toMatchObject({ id: event.offer, state: 'offered', case: { id: caseId }, shared: false });
    expect(offer?.sentence).toMatch(/1 su 1 possono prenderlo\. Scelto chi è libero da più tempo/);
    const presence = await rest.ask<PresenceView>('GET', `/api/operators/${bruno.id}/presence`, { as: anna });
    expect(presence.body).toMatchObject({ status: 'available', capacity: 100, load: 10 });
    const stolen = await rest.ask('POST', `/api/offers/${event.offer}/acceptance`, { as: anna });
    expect(stolen.status).toBe(404);

    const accepted = await rest.ask<OfferView>('POST', `/api/offers/${event.offer}/acceptance`, { as: bruno });
    expect([accepted.status, accepted.body.state]).toEqual([200, 'accepted']);
    const found = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect(found.body).toMatchObject({ state: 'assigned', assignee: { id: bruno.id } });
    const item = await rest.ask<WorkItemView>('GET', `/api/work-items/${event.workItem}`, { as: anna });
    expect(item.body).toMatchObject({ state: 'assigned', byHand: false, offers: [{ state: 'accepted' }] });
    const late = await rest.ask<ProblemView>('POST', `/api/offers/${event.offer}/rejection`, { as: bruno, body: {} });
    expect([late.status, late.body.type]).toEqual([409, '/problems/offer-over']);
    heard.close();
  });

  it('tells where whoever has no name is reached, and nothing more of who has one', async () => {
    const { anna, door } = await city('Senzanome');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'longest_idle' },
      headers: BEGUN,
    });
    await available(bruno);
    const nameless = await rest.receive(door, { from: { kind: 'phone', value: '+393471112223' } });
    const named = await rest.receive(door, {});
    const offer = await eventually(async () =>
      (await offersTo(bruno)).find(({ case: { id } }) => id === nameless.caseId),
    );
    expect(offer.contact).toEqual({ id: expect.any(String), address: '+393471112223', addressKind: 'phone' });
    const { items } = (await rest.ask<CasePage>('GET', '/api/cases?open=true', { as: anna })).body;
    const whoOf = (id: string): (string | undefined)[] => {
      const { name, address } = items.find(row => row.id === id)?.contact ?? {};
      return [name, address];
    };
    expect(whoOf(nameless.caseId)).toEqual([undefined, '+393471112223']);
    expect(whoOf(named.caseId)).toEqual(['Mario Bianchi', undefined]);
  });

  it('passes what one refuses to the other', async () => {
    const { anna, door } = await city('Dorsale');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'round_robin' },
      headers: BEGUN,
    });
    await available(anna);
    await available(bruno);
    const { caseId } = await rest.receive(door, {});
    const [first, second] = await eventually(async () => {
      if ((await offersTo(anna)).length > 0) return [anna, bruno] as const;
      return (await offersTo(bruno)).length > 0 ? ([bruno, anna] as const) : undefined;
    });
    const [offer] = await offersTo(first);
    await rest.ask('POST', `/api/offers/${offer?.id}/rejection`, { as: first, body: { reason: 'Sono al telefono' } });
    const [again] = await eventually(async () => {
      const offers = await offersTo(second);
      return offers.length > 0 ? offers : undefined;
    });
    expect(again?.case.id).toBe(caseId);
    expect(again?.sentence).toMatch(/1 già offerto e non preso/);
  });

  it('gives nothing to who left the office after they were offered it, and gives it to who is of an office further on', async () => {
    const { anna, door } = await city('Erbosa');
    const far = await rest.office(anna.administrationId, 'Sportello');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    const carla = await rest.operator(anna.administrationId, far, 'Carla', 'tier1_operator');
    const settings = await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'first_to_accept', offersAtOnce: 2, rings: [{ afterSeconds: 0, addOffices: [far] }] },
      headers: BEGUN,
    });
    expect(settings.status).toBe(200);
    await available(bruno);
    await available(carla);
    const { caseId } = await rest.receive(door, {});
    const [his, hers] = await eventually(async () => {
      const found = [(await offersTo(bruno))[0], (await offersTo(carla))[0]];
      return found[0] && found[1] ? found : undefined;
    });
    await rest.dataSource.query('delete from membership where operator_id = $1', [bruno.id]);
    const late = await rest.ask<ProblemView>('POST', `/api/offers/${his?.id}/acceptance`, { as: bruno });
    expect([late.status, late.body.type]).toEqual([409, '/problems/offer-over']);
    const accepted = await rest.ask<OfferView>('POST', `/api/offers/${hers?.id}/acceptance`, { as: carla });
    expect([accepted.status, accepted.body.state]).toEqual([200, 'accepted']);
    const found = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect(found.body.assignee?.id).toBe(carla.id);
  });

  it('accepts by itself where the queue asks nothing, by skill, in the language of the citizen', async () => {
    const { anna, door } = await city('Esterna');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'best_skill', autoAccept: true },
      headers: BEGUN,
    });
    const skills = await rest.ask<OperatorSkills>('PUT', `/api/operators/${bruno.id}/skills`, {
      as: anna,
      body: { capacity: 60, skills: [{ skill: 'language:en', level: 4 }] },
    });
    expect(skills.body).toEqual({ capacity: 60, skills: [{ skill: 'language:en', level: 4 }] });
    await available(anna);
    await available(bruno);
    const { caseId } = await rest.receive(door, { hints: { language: 'en-GB' } });
    const found = await eventually(async () => {
      const { body } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
      return body.assignee ? body : undefined;
    });
    expect(found.assignee?.id).toBe(bruno.id);
  });

  it('counts as gone who gives no sign of life, and tells them so', async () => {
    const { anna } = await city('Fontana');
    await available(anna);
    await rest.dataSource.query(
      `update operator_presence set heartbeat_at = now() - interval '31 seconds' where operator_id = $1`,
      [anna.id],
    );
    await eventually(async () => {
      const { body } = await rest.ask<PresenceView>('GET', '/api/operators/me/presence', { as: anna });
      return body.status === 'offline' ? body : undefined;
    });
    const beat = await rest.ask<PresenceView>('POST', '/api/operators/me/heartbeats', { as: anna });
    expect(beat.body.status).toBe('offline');
    expect((await available(anna)).body.status).toBe('available');
  });

  it('leaves who ended a live contact a while to write it up, offers them nothing meanwhile, and then counts them free', async () => {
    const { anna, door } = await city('Glicine');
    await rest.dataSource.query(
      'insert into channel_weight (administration_id, channel, weight, live) values ($1, $2, 50, true)',
      [anna.administrationId, door.channel],
    );
    const settings = await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'longest_idle', wrapUpSeconds: 600 },
      headers: BEGUN,
    });
    expect([settings.status, settings.text]).toEqual([200, expect.anything()]);
    await available(anna);
    const { caseId } = await rest.receive(door, {});
    const offer = await eventually(async () => (await offersTo(anna)).find(one => one.case.id === caseId));
    const accepted = await rest.ask('POST', `/api/offers/${offer.id}/acceptance`, { as: anna });
    expect([accepted.status, accepted.text]).toEqual([200, expect.anything()]);
    const end = async (body: object): Promise<void> => {
      const { headers } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
      const answer = await rest.ask('POST', `/api/cases/${caseId}/transitions`, {
        as: anna,
        body,
        headers: { 'if-match': headers.etag ?? '' },
      });
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    };
    const shown = async (): Promise<PresenceView> =>
      (await rest.ask<PresenceView>('GET', '/api/operators/me/presence', { as: anna })).body;
    expect((await shown()).status).toBe('available');
    await end({ command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    const writing = await shown();
    expect(writing).toMatchObject({ status: 'wrap_up', wrapUpUntil: expect.any(String), load: 0 });
    const left = Date.parse(writing.wrapUpUntil ?? '') - Date.parse(writing.since ?? '');
    expect(left).toBe(600_000);

    const next = await rest.receive(door, {});
    const free = async (): Promise<number | undefined> =>
      (await rest.ask<QueueList>('GET', '/api/queues', { as: anna })).body.items.find(
        ({ office }) => office.id === anna.office,
      )?.free;
    expect([await free(), await offersTo(anna)]).toEqual([0, []]);
    await rest.dataSource.query(
      'update operator_presence set wrap_up_until = clock_timestamp() where operator_id = $1',
      [anna.id],
    );
    await eventually(async () => (await offersTo(anna)).find(one => one.case.id === next.caseId));
    const back = await shown();
    expect([back.status, back.wrapUpUntil]).toEqual(['available', undefined]);
  });

  it('counts as away who is absent, and gives what they were offered to who is there', async () => {
    const { anna, door } = await city('Gelsomina');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'longest_idle' },
      headers: BEGUN,
    });
    await available(bruno);
    const { caseId } = await rest.receive(door, {});
    await eventually(async () => (await offersTo(bruno)).find(offer => offer.case.id === caseId));
    await available(anna);
    const [from, to] = [-1, 60].map(minutes => new Date(Date.now() + minutes * 60_000).toISOString());
    const absent = await rest.ask<{ absences: { id: string }[] }>('POST', `/api/operators/${bruno.id}/absences`, {
      as: bruno,
      body: { from, to },
    });
    expect(absent.status).toBe(201);
    await eventually(async () => (await offersTo(anna)).find(offer => offer.case.id === caseId));
    expect(await offersTo(bruno)).toEqual([]);
    expect((await available(bruno)).body.status).toBe('away');
    const shown = await rest.ask<QueueList>('GET', '/api/queues', { as: anna });
    expect(shown.body.items.find(({ office }) => office.id === anna.office)).toMatchObject({ available: 1, free: 1 });
    await rest.ask('DELETE', `/api/operators/${bruno.id}/absences/${absent.body.absences[0]?.id}`, { as: bruno });
    const back = await rest.ask<PresenceView>('GET', '/api/operators/me/presence', { as: bruno });
    expect(back.body.status).toBe('available');
  });

  it('is said how only by who directs, and refuses what cannot be', async () => {
    const { anna } = await city('Grotta');
    const bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno', 'tier1_operator');
    const put = (as: TestOperator, body: object) =>
      rest.ask<ProblemView>('PUT', `/api/queues/${anna.office}/settings`, { as, body, headers: BEGUN });
    expect((await put(bruno, { strategy: 'pull' })).status).toBe(403);
    expect((await put(anna, { strategy: 'luck' })).status).toBe(422);
    const strange = await put(anna, { strategy: 'pull', rings: [{ afterSeconds: 5, addOffices: [v7()] }] });
    expect(strange.body.errors?.[0]?.pointer).toBe('/rings');
    const weights = { items: [{ channel: 'voce', weight: 100, live: true, exclusive: true, interruptible: false }] };
    const weigh = (as: TestOperator) =>
      rest.ask<ChannelWeightsView>('PUT', '/api/channel-weights', { as, body: weights, headers: BEGUN });
    expect((await weigh(bruno)).status).toBe(403);
    expect((await weigh(anna)).body).toEqual({ ...weights, version: 1 });
  });

  it.each([
    [
      'how it gives out its work',
      (office: string) => `/api/queues/${office}/settings`,
      [{ strategy: 'round_robin' }, { strategy: 'least_loaded' }],
    ],
    [
      'what contacts weigh',
      () => '/api/channel-weights',
      [20, 30].map(weight => ({
        items: [{ channel: 'voce', weight, live: true, exclusive: true, interruptible: false }],
      })),
    ],
  ])(
    'is decided from what was seen: of two who say at once %s, one is told that the other was first',
    async (_, path, said) => {
      const { anna } = await city('Lago');
      const at = path(anna.office);
      const put = (body: object | undefined, headers?: Record<string, string>) =>
        rest.ask<ProblemView & { version: number }>('PUT', at, {
          as: anna,
          body: body ?? {},
          ...(headers ? { headers } : {}),
        });
      expect((await put(said[0])).body.type).toBe('/problems/version-required');
      const both = await Promise.all(said.map(body => put(body, BEGUN)));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
      const seen = await rest.ask<{ version: number }>('GET', at, { as: anna });
      expect([seen.body.version, seen.headers.etag]).toEqual([1, '"1"']);
      expect((await put(said[1], BEGUN)).body.type).toBe('/problems/version-stale');
      const after = await put(said[1], { 'if-match': '"1"' });
      expect([after.status, after.body.version, after.headers.etag]).toEqual([200, 2, '"2"']);
      expect(after.body).toMatchObject(said[1] ?? {});
    },
  );
});

describe('routing rules', () => {
  it('are added, ordered, switched off, removed; the next case follows them', async () => {
    const { anna, door } = await city('Isola');
    const works = await rest.office(anna.administrationId, 'Manutenzioni');
    const added = await rest.ask<RoutingRuleView>('POST', '/api/routing-rules', {
      as: anna,
      body: {
        name: 'Lampioni',
        when: { words: { any: ['lampion*'] } },
        office: works,
        priority: 'high',
        kind: 'report',
        skills: [{ skill: 'elettricità', level: 1 }],
      },
    });
    expect(added.body).toMatchObject({
      position: 20,
      enabled: true,
      sentence: 'parole «lampion*»',
      office: { id: works },
    });
    const { items } = (await rest.ask<RoutingRuleList>('GET', '/api/routing-rules', { as: anna })).body;
    const ids = items.map(rule => rule.id);
    const ordered = await rest.ask<RoutingRuleList>('PUT', '/api/routing-rules/order', {
      as: anna,
      body: { rules: ids.toReversed() },
    });
    expect(ordered.body.items.map(rule => rule.id)).toEqual(ids.toReversed());
    const stale = await rest.ask('PUT', '/api/routing-rules/order', { as: anna, body: { rules: ids.slice(1) } });
    expect(stale.status).toBe(422);

    const { caseId } = await rest.receive(door, { text: 'Due LAMPIONI spenti in piazza' });
    const found = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect(found.body).toMatchObject({ office: { id: works }, priority: 'high', kind: 'report' });
    const [work]: { skills: object }[] = await rest.dataSource.query(
      'select skills from work_item where case_id = $1',
      [caseId],
    );
    expect(work?.skills).toEqual([{ skill: 'elettricità', level: 1 }]);

    const url = `/api/routing-rules/${added.body.id}`;
    await rest.ask('PUT', url, { as: anna, body: { enabled: false, when: {}, office: works } });
    const next = await rest.receive(door, { text: 'Un altro lampione' });
    expect((await rest.ask<CaseView>('GET', `/api/cases/${next.caseId}`, { as: anna })).body.office?.id).toBe(
      anna.office,
    );
    expect((await rest.ask('DELETE', url, { as: anna })).status).toBe(204);
    expect((await rest.ask('GET', url, { as: anna })).status).toBe(404);
  });

  it('are tried on past cases: who would get them, who got them, who has them', async () => {
    const { anna, door } = await city('Lagoscuro');
    const works = await rest.office(anna.administrationId, 'Manutenzioni');
    const moved = await rest.receive(door, { text: 'Una buca in via Roma' });
    const kept = await rest.receive(door, { text: 'Orari della biblioteca' });
    const wrong = await rest.receive(door, { text: 'La buca delle lettere' });
    const seen = await rest.ask<CaseView>('GET', `/api/cases/${moved.caseId}`, { as: anna });
    const change = await rest.ask('PATCH', `/api/cases/${moved.caseId}`, {
      as: anna,
      body: { office: works },
      headers: { 'if-match': seen.headers['etag'] ?? '' },
    });
    expect(change.status).toBe(200);
    const rules = [
      { when: { words: { any: ['buca'] } }, office: works },
      { when: {}, office: anna.office },
    ];
    const simulated = await rest.ask<SimulationView>('POST', '/api/routing-rules/simulate', {
      as: anna,
      body: { rules },
    });
    expect(simulated.body).toMatchObject({ cases: 3, same: 1, mended: 1, other: 1 });
    const verdicts = new Map(simulated.body.items.map(one => [one.case, one.verdict]));
    expect([moved, kept, wrong].map(one => verdicts.get(one.caseId))).toEqual(['mended', 'same', 'other']);
    const asTheyAre = await rest.ask<SimulationView>('POST', '/api/routing-rules/simulate', { as: anna, body: {} });
    expect(asTheyAre.body).toMatchObject({ cases: 3, same: 3 });
    const bad = await rest.ask<ProblemView>('POST', '/api/routing-rules/simulate', {
      as: anna,
      body: { rules: [{ when: { words: { any: ['!'] } }, office: v7() }] },
    });
    expect(bad.body.errors?.map(one => one.pointer)).toEqual(['/rules/0/office', '/rules/0/when/words/any']);
  });

  it('give the terms and tags with which a case begins, each journalled with the rule; what is not in use is refused', async () => {
    const { anna, door } = await city('Lungomare');
    const post = <T>(url: string, body: object) =>
      rest.ask<T & ProblemView>('POST', url, { as: anna, body, headers: BEGUN });
    const { body: tree } = await post<{ id: string }>('/api/tags', { code: 'verde', label: 'Verde pubblico' });
    const { body: gone } = await post<{ id: string }>('/api/tags', { code: 'gelate', label: 'Gelate' });
    // Of no case by itself: only a rule gives it.
    const term = { amount: 2, unit: 'calendar_days' };
    const fast = { code: 'danger', name: 'Pericolo', clock: 'resolution', onlyByRule: true, term, promised: true };
    const kept = await post<DeadlinePolicyView>('/api/deadline-policies', fast);
    expect([kept.status, kept.body.onlyByRule, kept.body.kinds]).toEqual([201, true, undefined]);
    const never = await post('/api/deadline-policies', { ...fast, code: 'mai', clock: 'task' });
    expect([never.status, never.body.errors?.map(error => error.pointer)]).toEqual([422, ['/onlyByRule']]);
    const rule = { name: 'Alberi', when: { words: { any: ['alber*'] } }, office: anna.office, kind: 'report' };
    for (const [wrong, pointer] of [
      [{ tags: ['verde', 'ignoto'] }, '/tags'],
      [{ deadlinePolicy: 'ignota' }, '/deadlinePolicy'],
      [{ deadlinePolicy: 'task' }, '/deadlinePolicy'],
    ] as const) {
      const no = await post('/api/routing-rules', { ...rule, ...wrong });
      expect([no.status, no.body.errors?.map(error => error.pointer)]).toEqual([422, [pointer]]);
    }
    const body = { ...rule, deadlinePolicy: 'danger', tags: ['verde', 'gelate'] };
    const { body: written } = await post<RoutingRuleView>('/api/routing-rules', body);
    const { items } = (await rest.ask<RoutingRuleList>('GET', '/api/routing-rules', { as: anna })).body;
    const retired = { as: anna, headers: { 'if-match': '"1"' }, body: { retired: true } };
    expect((await rest.ask('PATCH', `/api/tags/${gone.id}`, retired)).status).toBe(200);
    const rules = [written.id, ...items.map(one => one.id).filter(id => id !== written.id)];
    await rest.ask('PUT', '/api/routing-rules/order', { as: anna, body: { rules } });

    const policiesOf = (caseId: string): Promise<{ clock: string; code: string }[]> =>
      rest.dataSource.query(
        `select d.clock, p.code from deadline d join deadline_policy p on p.id = d.policy_id
         where d.case_id = $1 and d.ended_at is null`,
        [caseId],
      );
    const opened = async (text: string) => {
      const { caseId } = await rest.receive(door, { text });
      const { body: shown } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
      const facts: { fact: string; actor_kind: string; data: Record<string, unknown> }[] = await rest.dataSource.query(
        'select fact, actor_kind, data from journal where case_id = $1 order by version',
        [caseId],
      );
      const policies = await policiesOf(caseId);
      const [told]: { text: string }[] = await rest.dataSource.query(
        `select text from message where case_id = $1 and automatic = 'acknowledgement'`,
        [caseId],
      );
      const policy = policies.find(({ clock }) => clock === 'resolution')?.code;
      return { shown, facts, policy, clocks: policies.length, told: told?.text ?? '' };
    };
    const danger = await opened('Un albero sta cadendo');
    expect(danger.shown.tags).toEqual([{ id: tree.id, code: 'verde', label: 'Verde pubblico' }]);
    expect(danger.facts.filter(({ fact }) => fact === 'tagged')).toEqual([
      { fact: 'tagged', actor_kind: 'system', data: { tag: tree.id, rule: written.id } },
    ]);
    expect(danger.facts[0]?.data).toMatchObject({ promise: { policy: 'danger', rule: written.id } });
    expect([danger.policy, danger.clocks]).toEqual(['danger', 3]);
    // Whatever it is understood to be, and whoever has it.
    const parks = await rest.office(anna.administrationId, 'Giardini');
    const { id, version: first } = danger.shown;
    let version = first;
    for (const change of [{ kind: 'praise' }, { office: parks }]) {
      const headers = { 'if-match': `"${version}"` };
      const { status, body } = await rest.ask<CaseView>('PATCH', `/api/cases/${id}`, {
        as: anna,
        headers,
        body: change,
      });
      expect([change, status]).toEqual([change, 200]);
      version = body.version;
      const terms = await policiesOf(id);
      expect(terms.filter(({ clock }) => clock === 'resolution').map(({ code }) => code)).toEqual(['danger']);
    }
    expect(danger.told).toContain(`entro ${withArticle(dayOf(danger.shown.dueDate ?? ''))}.`);
    // The channel said who writes.
    expect(danger.told).toMatch(/^Gentile Mario Bianchi,/);

    const calm = await opened('Una panchina rotta');
    expect([calm.shown.tags, calm.facts.map(({ fact }) => fact)]).toEqual([[], expect.not.arrayContaining(['tagged'])]);
    expect([calm.facts[0]?.data['promise'], calm.clocks]).toEqual([undefined, 3]);
    expect(calm.policy).not.toBe('danger');
  });

  it('are those of the administration alone', async () => {
    const { anna } = await city('Mezzana');
    const stranger = await rest.administration('Lontano');
    const { items } = (await rest.ask<RoutingRuleList>('GET', '/api/routing-rules', { as: anna })).body;
    const url = `/api/routing-rules/${items[0]?.id}`;
    expect((await rest.ask('GET', url, { as: stranger })).status).toBe(404);
    expect((await rest.ask('PUT', url, { as: stranger, body: { when: {} } })).status).toBe(404);
    expect((await rest.ask('DELETE', url, { as: stranger })).status).toBe(404);
    expect((await rest.ask<RoutingRuleList>('GET', '/api/routing-rules', { as: stranger })).body.items).toEqual([]);
  });
});

/** Listens to the stream for the next offer to an operator. */
function hear(as: TestOperator): { next: Promise<OfferChanged>; close: () => void } {
  const closing = new AbortController();
  const next = (async (): Promise<OfferChanged> => {
    const response = await fetch(`${rest.core.running.url}/api/stream`, {
      signal: closing.signal,
      headers: { authorization: `Bearer ${as.token}` },
    });
    let words = '';
    for await (const chunk of response.body ?? []) {
      words += Buffer.from(chunk as Uint8Array).toString();
      const [, data] = /event: offer\.changed\ndata: (.*)\n\n/.exec(words) ?? [];
      if (data !== undefined) return JSON.parse(data) as OfferChanged;
    }
    throw new Error('the stream ended');
  })();
  return { next, close: () => closing.abort() };
}
