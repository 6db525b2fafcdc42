import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { AttentionChanged, AttentionList, CaseView } from '@filodiretto/contracts';
import { EventReader } from '../stream/testing.js';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let url: string;
let anna: TestOperator & { readonly office: string };
let bruno: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  url = rest.core.running.url;
  anna = await rest.administration('Valdoro');
  bruno = await rest.operator(anna.administrationId, anna.office, 'Bruno');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const open = async (as: TestOperator): Promise<string> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as, body: { subject: 'Lampione spento' } })).body.id;
const at = (caseId: string): string => `/api/cases/${caseId}/attention`;
const pay = (as: TestOperator, caseId: string, doing = 'viewing') =>
  rest.ask<AttentionList>('PUT', at(caseId), { as, body: { doing } });
const seen = ({ items }: Pick<AttentionList, 'items'>): string[] =>
  items.map(({ operator, doing }) => `${operator.name} ${doing}`);
const told = (change: AttentionChanged | undefined): string[] => seen({ items: change?.present ?? [] });
/** As if nobody had said anything for so long. */
const later = (seconds: number): Promise<unknown> =>
  rest.dataSource.query('update case_attention set until = until - make_interval(secs => $1)', [seconds]);

describe('who has a case before them', () => {
  it('is seen by who else has it, as long as they say so', async () => {
    const id = await open(anna);
    expect(seen((await pay(anna, id)).body)).toEqual(['Anna Valdoro viewing']);
    expect(seen((await pay(bruno, id, 'writing')).body)).toEqual(['Anna Valdoro viewing', 'Bruno writing']);
    await later(14);
    await pay(anna, id);
    await later(2);
    expect(seen((await rest.ask<AttentionList>('GET', at(id), { as: bruno })).body)).toEqual(['Anna Valdoro viewing']);
    expect((await rest.ask('DELETE', at(id), { as: anna })).status).toBe(204);
    expect((await rest.ask<AttentionList>('GET', at(id), { as: bruno })).body.items).toEqual([]);
  });

  it('says since when, also when it is said again, and anew when they do something else', async () => {
    const id = await open(anna);
    const since = async (doing: string): Promise<string | undefined> =>
      (await pay(anna, id, doing)).body.items[0]?.since;
    const first = await since('viewing');
    expect(await since('viewing')).toBe(first);
    expect(await since('writing')).not.toBe(first);
  });

  it('is told within a second, also at another process of the core, also of who went without a word', async () => {
    const other = await rest.core.another();
    const listener = await EventReader.open(bruno, { at: other.url, only: 'attention.changed' });
    try {
      const id = await open(anna);
      // Of cases of before, it is told first what they are.
      const heard = async (): Promise<string[]> => {
        const { data } = await listener.next<AttentionChanged>();
        return data.case === id ? told(data) : heard();
      };
      const began = performance.now();
      await pay(anna, id, 'writing');
      expect(await heard()).toEqual(['Anna Valdoro writing']);
      expect(performance.now() - began).toBeLessThan(1_000);
      await pay(anna, id, 'viewing');
      expect(await heard()).toEqual(['Anna Valdoro viewing']);
      await later(20);
      expect(await heard()).toEqual([]);
    } finally {
      listener.close();
      await other.stop();
    }
  }, 60_000);

  it('is told to who begins to listen, of every case that somebody has', async () => {
    const id = await open(anna);
    await pay(anna, id);
    const first = await EventReader.open(anna, { at: url, only: 'attention.changed' });
    const second = await EventReader.open(bruno, { at: url, only: 'attention.changed' });
    for (const listener of [first, second]) {
      const heard: string[] = [];
      while (!heard.includes(id)) heard.push((await listener.next<AttentionChanged>()).data.case);
      listener.close();
    }
  });

  it('is not told to who does not see the case, nor by asking', async () => {
    const boss = await rest.operator(anna.administrationId, anna.office, 'Capo', 'supervisor');
    const away = await rest.office(anna.administrationId, 'Altro ufficio');
    const outsider = await rest.operator(anna.administrationId, away, 'Estranea', 'back_office_member');
    const stranger = await rest.administration('Montechiaro');
    const confidential = await open(boss);
    const etag = (await rest.ask('GET', `/api/cases/${confidential}`, { as: boss })).headers.etag ?? '';
    await rest.ask('PATCH', `/api/cases/${confidential}`, {
      as: boss,
      body: { assignee: boss.id, office: anna.office },
      headers: { 'if-match': etag },
    });
    const given = (await rest.ask('GET', `/api/cases/${confidential}`, { as: boss })).headers.etag ?? '';
    const hidden = await rest.ask('PUT', `/api/cases/${confidential}/confidentiality`, {
      as: boss,
      body: { level: 'cabinet', reason: 'Riservata' },
      headers: { 'if-match': given },
    });
    expect(hidden.status).toBeLessThan(300);
    const listeners = await Promise.all(
      [outsider, stranger].map(as => EventReader.open(as, { at: url, only: 'attention.changed' })),
    );
    const witness = await EventReader.open(boss, { at: url, only: 'attention.changed' });
    await pay(boss, confidential, 'writing');
    for (let heard = ''; heard !== confidential;) heard = (await witness.next<AttentionChanged>()).data.case;
    for (const as of [outsider, stranger]) {
      for (const method of ['GET', 'PUT', 'DELETE'] as const)
        expect(
          (
            await rest.ask(method, at(confidential), {
              as,
              ...(method === 'PUT' ? { body: { doing: 'viewing' } } : {}),
            })
          ).status,
        ).toBe(404);
    }
    await wait(700);
    for (const listener of listeners) {
      expect(listener.heardOf(confidential)).toBe(false);
      listener.close();
    }
    witness.close();
  });

  it('leaves no fact, no entry of the trail, and no row once it lapsed', async () => {
    const id = await open(anna);
    const count = async (): Promise<unknown> =>
      rest.dataSource.query(
        `select (select count(*) from trail_entry where subject_id = $1) as entries, (select count(*) from journal where case_id = $1) as facts`,
        [id],
      );
    const before = await count();
    await pay(anna, id);
    await rest.ask('GET', at(id), { as: anna });
    await rest.ask('DELETE', at(id), { as: anna });
    expect(await count()).toEqual(before);
    await pay(anna, id);
    await later(60);
    await eventually(async () => {
      const rows: unknown[] = await rest.dataSource.query('select from case_attention where case_id = $1', [id]);
      return rows.length === 0 || undefined;
    });
  }, 60_000);

  it.each([{}, { doing: 'sleeping' }, { doing: 'viewing', more: 1 }])('refuses %j', async body => {
    const id = await open(anna);
    expect((await rest.ask('PUT', at(id), { as: anna, body })).status).toBe(422);
  });
});
