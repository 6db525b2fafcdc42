import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { CaseView, JournalView, OfferView, ProblemView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { TALKS } from '../testing.js';
import { StandingIn } from './standing-in.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let bruno: TestOperator;
let door: { readonly channel: string; readonly account: string };
let round = 0;
beforeAll(async () => {
  rest = await RestApplication.start();
}, 60_000);
afterAll(() => rest.stop(), 60_000);
beforeEach(async () => {
  round += 1;
  anna = await rest.administration(`Comune ${round}`);
  bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno');
  door = await rest.channel(TALKS, anna.administrationId);
  await rest.dataSource.query(`update operator set email = code || '@posta.example' where id = any($1::uuid[])`, [
    [anna.id, bruno.id],
  ]);
});

const DAY_MS = 86_400_000;
const shown = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: bruno })).body;
const factsOf = async (id: string): Promise<JournalView['items']> =>
  (await rest.ask<JournalView>('GET', `/api/cases/${id}/journal`, { as: bruno })).body.items;
const countOf = async (id: string, fact: string): Promise<number> =>
  (await factsOf(id)).filter(one => one.fact === fact).length;
const move = async (id: string, command: object): Promise<void> => {
  const { version } = await shown(id);
  const headers = { 'if-match': `"${version}"` };
  const { status } = await rest.ask('POST', `/api/cases/${id}/transitions`, { as: anna, headers, body: command });
  expect([command, status]).toEqual([command, 200]);
};
/** A case that Anna has, moved along so far. */
const ofAnna = async (...commands: readonly object[]): Promise<string> => {
  const body = { subject: `Lampione ${v7()}`, assignee: anna.id, office: anna.office };
  const { body: opened } = await rest.ask<CaseView>('POST', '/api/cases', { as: bruno, body });
  for (const command of commands) await move(opened.id, command);
  return opened.id;
};
const TAKEN = { command: 'takeCharge' };
const ASKED = { command: 'askThird', reason: 'Scava il gestore' };
const DONE = { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true };
const away = (who: TestOperator, substitute?: string, from = Date.now()) =>
  rest.ask<{ absences: { id: string }[] }>('POST', `/api/operators/${who.id}/absences`, {
    as: who,
    body: {
      from: new Date(from).toISOString(),
      to: new Date(from + 7 * DAY_MS).toISOString(),
      ...(substitute === undefined ? {} : { substitute }),
    },
  });
const begun = (): Promise<true> =>
  eventually(async () => {
    const waiting: unknown[] = await rest.dataSource.query(
      'select from absence where administration_id = $1 and begins_at <= clock_now()',
      [anna.administrationId],
    );
    return waiting.length === 0 || undefined;
  }, 20);
const letters = (): Promise<{ operator_id: string; subject: string }[]> =>
  rest.dataSource.query(
    `select operator_id, subject from letter where administration_id = $1 and kind = 'substitution'`,
    [anna.administrationId],
  );

describe('when somebody becomes absent, what they have in hand', () => {
  it('goes to who stands in for them, as it is, with one letter about all of it', async () => {
    const cases = [await ofAnna(), await ofAnna(TAKEN), await ofAnna(TAKEN, ASKED)];
    const over = await ofAnna(TAKEN, DONE);
    const states = await Promise.all(cases.map(async id => (await shown(id)).state));
    expect((await away(anna, bruno.id)).status).toBe(201);
    await begun();
    const now = await Promise.all(cases.map(shown));
    expect(now.map(({ assignee, state }) => [assignee?.id, state])).toEqual(states.map(state => [bruno.id, state]));
    expect((await shown(over)).assignee?.id).toBe(anna.id);
    for (const id of cases) {
      const [fact] = (await factsOf(id)).filter(one => one.fact === 'substituted');
      expect(fact).toMatchObject({
        actor: { kind: 'system' },
        data: { operator: anna.id, substitute: bruno.id },
      });
      expect((await shown(id)).holding).toMatchObject({ operator: { id: bruno.id }, since: fact?.at });
    }
    expect(await letters()).toEqual([{ operator_id: bruno.id, subject: expect.stringContaining('3 pratiche') }]);
    const work: unknown[] = await rest.dataSource.query(
      `select distinct operator_id from work_item where case_id = any($1::uuid[]) and state = 'assigned'`,
      [cases.slice(0, 1)],
    );
    expect(work).toEqual([{ operator_id: bruno.id }]);
  });

  it('goes back to the queue when nobody does; what waits for others stays', async () => {
    const [fresh, held, waits] = [await ofAnna(), await ofAnna(TAKEN), await ofAnna(TAKEN, ASKED)];
    await away(anna);
    await begun();
    for (const id of [fresh, held]) {
      const now = await shown(id);
      expect([now.state, now.assignee, now.office?.id]).toEqual(['assigned', undefined, anna.office]);
      const last = (await factsOf(id)).findLast(({ fact }) => fact === 'reassigned');
      expect(last?.data).toMatchObject({ why: expect.stringContaining('assente') });
    }
    expect(await shown(waits)).toMatchObject({ state: 'waiting_third', assignee: { id: anna.id } });
    expect(await letters()).toEqual([]);
    const next = await rest.ask('POST', `/api/queues/${anna.office}/claims`, { as: bruno });
    expect(next.status).toBe(201);
  });

  it('goes to who is there, when who stands in is absent too', async () => {
    const carla = await rest.operator(anna.administrationId, anna.office, 'Carla');
    await away(bruno, carla.id);
    const one = await ofAnna();
    await away(anna, bruno.id);
    await begun();
    expect((await shown(one)).assignee?.id).toBe(carla.id);
  });

  it('is not moved before it begins, nor when nobody looked until it was over, and stays where it is when it ends', async () => {
    const one = await ofAnna();
    const planned = await away(anna, bruno.id, Date.now() + DAY_MS);
    await rest.dataSource.query(
      `insert into absence (id, administration_id, operator_id, from_at, to_at, begins_at, substitute_id)
       values ($1, $2, $3, now() - interval '9 days', now() - interval '2 days', now() - interval '9 days', $4)`,
      [v7(), anna.administrationId, anna.id, bruno.id],
    );
    await begun();
    expect((await shown(one)).assignee?.id).toBe(anna.id);
    await rest.ask('DELETE', `/api/operators/${anna.id}/absences/${planned.body.absences[0]?.id}`, { as: anna });
    const now = await away(anna, bruno.id);
    await begun();
    const absence = now.body.absences.at(-1)?.id;
    expect((await rest.ask('DELETE', `/api/operators/${anna.id}/absences/${absence}`, { as: anna })).status).toBe(200);
    expect((await shown(one)).assignee?.id).toBe(bruno.id);
  });

  it('is handed over once, however many look at the same time', async () => {
    const one = await ofAnna();
    const standing = rest.app.get(StandingIn);
    await away(anna, bruno.id);
    await Promise.all([1, 2, 3, 4].map(() => standing.watch()));
    await begun();
    expect([await countOf(one, 'substituted'), (await letters()).length]).toEqual([1, 1]);
  });

  it('is given to nobody absent: neither by taking the next nor by accepting what was offered', async () => {
    await rest.ask('POST', '/api/routing-rules', { as: anna, body: { when: {}, office: anna.office } });
    await rest.ask('PUT', `/api/queues/${anna.office}/settings`, {
      as: anna,
      body: { strategy: 'longest_idle' },
      headers: { 'if-match': '"0"' },
    });
    await rest.ask('PUT', '/api/operators/me/presence', { as: anna, body: { status: 'available' } });
    await rest.receive(door, {});
    const offer = await eventually(
      async () => (await rest.ask<{ items: OfferView[] }>('GET', '/api/offers', { as: anna })).body.items[0],
    );
    await away(anna, bruno.id);
    const accepted = await rest.ask<ProblemView>('POST', `/api/offers/${offer.id}/acceptance`, { as: anna });
    expect([accepted.status, accepted.body.type]).toEqual([409, '/problems/offer-over']);
    const next = await rest.ask<ProblemView>('POST', `/api/queues/${anna.office}/claims`, { as: anna });
    expect([next.status, next.body.type]).toEqual([403, '/problems/not-allowed']);
  });
});
