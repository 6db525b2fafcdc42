import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CasePage, SpikeList } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let account: { channel: string; account: string };
let lights: string;
let roads: string;
let north: string;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Picchi', 'supervisor');
  account = await rest.channel({ reply: true, text: { maxLength: 4_000 } }, anna.administrationId);
  roads = await rest.office(anna.administrationId, 'Illuminazione');
  [lights, north] = [v7(), v7()];
  await sql(
    `insert into category (id, administration_id, code, label, kind, office_id) values ($1, $2, 'luci', 'Luci', 'report', $3)`,
    [lights, anna.administrationId, roads],
  );
  await sql(
    `insert into area (id, administration_id, code, name, outlines, west, south, east, north)
     values ($1, $2, 'nord', 'Nord', '[[[11,44],[12,44],[12,45],[11,44]]]', 11, 44, 12, 45)`,
    [north, anna.administrationId],
  );
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const sql = (text: string, values: unknown[] = []): Promise<unknown> => rest.dataSource.query(text, values);

interface Came {
  readonly daysAgo?: number;
  readonly minutesAgo?: number;
  readonly area?: string;
}
/** A case of lights that came then. */
async function came({ daysAgo = 0, minutesAgo = 10, area }: Came = {}): Promise<string> {
  const { caseId } = await rest.receive(account, { text: 'È tutto buio' });
  await sql(
    `update case_file set category_id = $2, office_id = $3, opened_at = clock_now() - make_interval(days => $4, mins => $5) where id = $1`,
    [caseId, lights, roads, daysAgo, minutesAgo],
  );
  if (area !== undefined)
    await sql(
      `insert into case_place (case_id, administration_id, latitude, longitude, area_id, source, at)
       values ($1, $2, 44.5, 11.5, $3, 'message', now())`,
      [caseId, anna.administrationId, area],
    );
  return String(caseId);
}
async function many(count: number, said: Came = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await came(said));
  return ids;
}
const spikes = async (query = '', as: TestOperator = anna): Promise<SpikeList> =>
  (await rest.ask<SpikeList>('GET', `/api/reports/spikes${query}`, { as })).body;
const anew = (): Promise<unknown> =>
  sql(`update case_file set opened_at = opened_at - interval '400 days' where administration_id = $1`, [
    anna.administrationId,
  ]);

describe('what is suddenly more than usual', () => {
  it('is told with how many came and how many are usual, and its cases are found by what is told', async () => {
    await many(1, { daysAgo: 70 });
    await many(1, { daysAgo: 7 });
    const ids = await many(7, { area: north });
    const { items, from, until, weeks } = await spikes();
    expect(items).toEqual([
      {
        category: { id: lights, code: 'luci', label: 'Luci' },
        area: { id: north, code: 'nord', name: 'Nord' },
        count: 7,
        usual: 0.1,
      },
    ]);
    expect(weeks).toBe(8);
    expect(Date.parse(until) - Date.parse(from)).toBe(3 * 3_600_000);
    const listed = await rest.ask<CasePage>(
      'GET',
      `/api/cases?category=${lights}&area=${north}&openedFrom=${from}&openedBefore=${until}&confidential=false`,
      { as: anna },
    );
    expect(listed.body.items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  it('is of the office where no area has most of them', async () => {
    await anew();
    await many(6);
    expect((await spikes()).items).toMatchObject([{ office: { id: roads, name: 'Illuminazione' }, count: 6 }]);
  });

  it('is none where as many come every week at these hours, and one where they come at other hours', async () => {
    await anew();
    for (const daysAgo of [7, 14, 21]) await many(5, { daysAgo });
    await many(6);
    expect((await spikes()).items).toEqual([]);
    await sql(
      `update case_file set opened_at = opened_at - interval '6 hours'
       where administration_id = $1 and opened_at < clock_now() - interval '1 day'`,
      [anna.administrationId],
    );
    expect((await spikes()).items).toMatchObject([{ count: 6 }]);
  });

  it('is of as many hours as are asked for', async () => {
    await anew();
    await many(6, { minutesAgo: 5 * 60 });
    expect((await spikes()).items).toEqual([]);
    expect((await spikes('?hours=6')).items).toMatchObject([{ count: 6 }]);
    expect((await rest.ask('GET', '/api/reports/spikes?hours=0', { as: anna })).status).toBe(422);
  });

  it('counts no confidential case, and none of another administration', async () => {
    await anew();
    const ids = await many(6);
    await sql(`update case_file set confidentiality = 'minors' where id = any($1)`, [ids.slice(0, 2)]);
    expect((await spikes()).items).toEqual([]);
    const elsewhere = await rest.administration('Altrove', 'supervisor');
    await sql(`update case_file set confidentiality = null where id = any($1)`, [ids]);
    expect((await spikes('', elsewhere)).items).toEqual([]);
  });

  it('is told to who may read figures, of the cases that they see', async () => {
    const ada = await rest.operator(anna.administrationId, roads, 'Ada', 'specialist');
    expect((await rest.ask('GET', '/api/reports/spikes', { as: ada })).status).toBe(403);
  });
});
