import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import { AttendanceAnswer, type AttentionChanged, type AttentionList } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { EventReader } from '../stream/testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let door: { readonly channel: string; readonly account: string };

const DAY_MS = 86_400_000;
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, from: '00:00', to: '24:00' }));

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  door = await rest.channel({ reply: true, conversations: 'person' }, anna.administrationId);
  await rest.dataSource.query('update office set open_on_holidays = true where id = $1', [anna.administrationId]);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const hours = (intervals: unknown, channel: string | null = door.channel): Promise<unknown> =>
  rest.dataSource.query(
    `insert into office_hours (office_id, administration_id, channel, intervals) values ($1, $1, $2, $3)
     on conflict (office_id, channel) do update set intervals = excluded.intervals`,
    [anna.administrationId, channel, JSON.stringify(intervals)],
  );
const asked = (
  conversations: readonly string[] = [],
  account = door.account,
  citizenWrites: readonly string[] = [],
): Promise<AttendanceAnswer> =>
  rest.core.bus.ask(
    subjects.ask('attendance'),
    { channel: door.channel, account, conversations: [...conversations], citizenWrites: [...citizenWrites] },
    AttendanceAnswer,
    { timeoutMs: 5_000 },
  );
const present = (status: string, channels?: readonly string[]) =>
  rest.ask('PUT', '/api/operators/me/presence', { as: anna, body: { status, ...(channels ? { channels } : {}) } });
const attend = (caseId: string, doing: string) =>
  rest.ask('PUT', `/api/cases/${caseId}/attention`, { as: anna, body: { doing } });

describe('whether anybody is there, as a channel is told', () => {
  it('says that the hours of the administration on that channel run, or when they begin again', async () => {
    await hours(ALL_WEEK, null);
    expect(await asked()).toMatchObject({ open: true });
    const then = new Date(Date.now() + 3 * DAY_MS);
    await hours([{ weekday: ((then.getUTCDay() + 6) % 7) + 1, from: '10:00', to: '11:00' }]);
    const closed = await asked();
    expect(closed.open).toBe(false);
    expect(Math.abs(Date.parse(closed.opensAt ?? '') - then.getTime())).toBeLessThan(DAY_MS);
    await hours([]);
    expect(await asked()).toEqual({ open: false, attended: false, writing: [] });
  });

  it('says whether somebody is at work for that channel', async () => {
    expect(await asked()).toMatchObject({ attended: false });
    await present('available', [door.channel]);
    expect(await asked()).toMatchObject({ attended: true });
    await present('available', ['another']);
    expect(await asked()).toMatchObject({ attended: false });
    await present('busy');
    expect(await asked()).toMatchObject({ attended: true });
    await present('away');
    expect(await asked()).toMatchObject({ attended: false });
  });

  it('says in which conversations somebody writes, of those that are asked, and not who only looks', async () => {
    const one = await rest.receive(door, { conversation: 'one', externalId: 'at-1' });
    const two = await rest.receive(door, { conversation: 'two', externalId: 'at-2' });
    await attend(one.caseId, 'writing');
    await attend(two.caseId, 'viewing');
    expect((await asked(['one', 'two', 'nobody'])).writing).toEqual(['one']);
    expect((await asked(['two'])).writing).toEqual([]);
    await rest.dataSource.query(`update case_attention set until = until - interval '20 seconds'`);
    expect((await asked(['one'])).writing).toEqual([]);
  });

  it('hears in whose cases the citizen writes, and tells who sees the case, for as long as it is said', async () => {
    const { caseId } = await rest.receive(door, { conversation: 'three', externalId: 'at-3' });
    const seen = async (): Promise<boolean> =>
      (await rest.ask<AttentionList>('GET', `/api/cases/${caseId}/attention`, { as: anna })).body.citizenWrites;
    const stranger = await rest.administration('Montechiaro');
    const url = rest.core.running.url;
    const [listener, outsider] = [
      await EventReader.open(anna, { at: url, only: 'attention.changed' }),
      await EventReader.open(stranger, { at: url, only: 'attention.changed' }),
    ];
    const heard = async (): Promise<AttentionChanged> => {
      const { data } = await listener.next<AttentionChanged>();
      return data.case === caseId ? data : heard();
    };
    try {
      expect(await seen()).toBe(false);
      await asked([], door.account, ['three', 'nobody']);
      expect(await heard()).toEqual({ case: caseId, present: [], citizenWrites: true });
      expect(await seen()).toBe(true);
      await rest.dataSource.query(`update citizen_attention set until = until - interval '10 seconds'`);
      expect(await heard()).toEqual({ case: caseId, present: [], citizenWrites: false });
      expect(await seen()).toBe(false);
      // An account of another administration says nothing of this one's cases.
      await asked([], 'main', ['three']);
      expect(await seen()).toBe(false);
      expect(outsider.heardOf(caseId)).toBe(false);
      await eventually(async () => {
        const rows: unknown[] = await rest.dataSource.query('select from citizen_attention');
        return rows.length === 0 || undefined;
      });
    } finally {
      listener.close();
      outsider.close();
    }
  }, 60_000);

  it('says nothing of another account, and less of one that nobody claims', async () => {
    await rest.administration('Altrove');
    expect(await asked(['one'], 'of-nobody')).toEqual({ open: false, attended: false, writing: [] });
  });
});
