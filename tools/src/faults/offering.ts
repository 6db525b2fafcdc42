import { randomUUID } from 'node:crypto';
import type { MeView, OfferList, OfferView, OperatorSkills, WorkItemView } from '@filodiretto/contracts';
import { Core } from '../load/core.js';
import { Traffic } from '../load/traffic.js';
import { pause } from '../runtime/program.js';
import { CannotGoOn } from '../runtime/words.js';
import type { Fault, Laboratory } from './laboratory.js';
import { patiently } from './office-work.js';

const OFFICE = 'Ufficio Relazioni con il Pubblico';
const SUPERVISOR = 'Paolo Santini';
/** Who write each time. */
const CITIZENS = 8;
/** How long their messages may take to bring the core to the place where it kills itself. */
const REACHED_MS = 25_000;
const SECONDS = 90;

/**
 * Operators accept what they are offered while the core kills itself in the middle of offering or accepting, several times. No
 * work is offered to two at once, none is forgotten: in the end every case has one person who accepted it once.
 */
export const offering = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const since = new Date().toISOString();
    const staff = laboratory.system.operators
      .filter(one => one.office === OFFICE)
      .map(one => new Core(laboratory.system.urls.crm, one.token));
    const supervisor = laboratory.system.operators.find(one => one.name === SUPERVISOR);
    if (staff.length === 0 || !supervisor) throw new CannotGoOn('The demonstration has nobody at the front desk.');
    const directs = new Core(laboratory.system.urls.crm, supervisor.token);
    for (const core of staff) {
      const { id } = await core.get<MeView>('/api/operators/me');
      const { skills } = await directs.get<OperatorSkills>(`/api/operators/${id}/skills`);
      await directs.put(`/api/operators/${id}/skills`, { capacity: 1_000, skills });
    }
    const traffic = new Traffic(place);
    const accepted = new Map<string, OfferView>();
    const day = new AbortController();
    const working = staff.map(core => work(core, accepted, day.signal));
    const alive = laboratory.deaths;
    for (const passes of [0, 1, 2]) {
      await laboratory.arm('crm', `${place}#${passes}`);
      const deaths = laboratory.deaths;
      const writing = Array.from({ length: CITIZENS }, async (_, index) => {
        await pause(index * 300);
        await traffic.say(laboratory.loopback, traffic.message(randomUUID(), 0));
      });
      for (const until = Date.now() + REACHED_MS; laboratory.deaths === deaths && Date.now() < until;) await pause(100);
      await laboratory.settled();
      await Promise.all(writing);
    }
    if (laboratory.deaths === alive) throw new Error(`${place} was never reached: nothing is proven`);
    const before = await laboratory.result(place, since, traffic, new Map());
    const cases = await everyoneHelped(laboratory, since);
    day.abort();
    await Promise.all(working);
    for (const core of staff) await core.put('/api/operators/me/presence', { status: 'offline' });
    const items = await Promise.all(
      [...new Set([...accepted.values()].map(one => one.workItem))].map(id =>
        laboratory.core.get<WorkItemView>(`/api/work-items/${id}`),
      ),
    );
    // Whoever works in the faults that follow has their hands free.
    for (const { case: one } of accepted.values()) await ended(staff[0] ?? directs, one.id);
    return {
      ...before,
      lost: before.lost + cases.forgotten,
      duplicated: before.duplicated + items.reduce((sum, item) => sum + atOnce(item), 0),
    };
  },
});

/** An operator at work: there, alive, accepting everything. The core may be away at any moment. */
export async function work(core: Core, accepted: Map<string, OfferView>, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      await core.put('/api/operators/me/presence', { status: 'available' });
      for (let beat = 0; beat < 20 && !over.aborted; beat += 1) {
        const { items } = await core.get<OfferList>('/api/offers');
        for (const offer of items) {
          const done = await core.post<OfferView>(`/api/offers/${offer.id}/acceptance`, {});
          accepted.set(done.id, done);
        }
        await pause(250);
      }
    } catch {
      await pause(300);
    }
  }
}

/** Ends a case that was helped. */
const ended = (core: Core, id: string): Promise<void> =>
  patiently(async () => {
    const { version, endedAt } = await core.case(id);
    if (endedAt !== undefined) return;
    const resolved = { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Fatto.' };
    await core.post(`/api/cases/${id}/transitions`, resolved, { 'if-match': `"${version}"` });
  });

/** Waits until everybody who wrote has somebody. Gives how many have nobody when the time is over. */
async function everyoneHelped(laboratory: Laboratory, since: string): Promise<{ forgotten: number }> {
  for (const until = Date.now() + SECONDS * 1_000; ; await pause(500)) {
    const cases = await laboratory.core.cases(since);
    const forgotten = cases.filter(one => one.assignee === undefined).length;
    if (forgotten === 0 || Date.now() > until) return { forgotten };
  }
}

/** How many offers of some work were open, or accepted, together with another. */
export function atOnce({ offers }: WorkItemView): number {
  const spans = offers.map(({ offeredAt, settledAt }) => ({ from: offeredAt, to: settledAt ?? '9999' }));
  const overlaps = spans.filter((one, index) =>
    spans.slice(0, index).some(before => before.from < one.to && one.from < before.to),
  ).length;
  return overlaps + Math.max(0, offers.filter(one => one.state === 'accepted').length - 1);
}
