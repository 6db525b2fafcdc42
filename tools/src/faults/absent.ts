import { randomUUID } from 'node:crypto';
import type {
  MeView,
  OfferList,
  OfferView,
  OperatorDetail,
  OperatorSkills,
  QueueList,
  QueueSettingsView,
  WorkItemView,
} from '@filodiretto/contracts';
import { Core } from '../load/core.js';
import { pause } from '../runtime/program.js';
import { CannotGoOn } from '../runtime/words.js';
import type { Fault } from './laboratory.js';
import { atOnce, work as working } from './offering.js';
import { OfficeWork, patiently, seenAfter } from './office-work.js';
import { judged, together } from './once.js';
import { resultOf } from './staff.js';

const FRONT_DESK = 'Ufficio Relazioni con il Pubblico';
const ROADS = 'Strade e Manutenzioni';
const SUPERVISOR = 'Paolo Santini';
/** Who stop coming, one after the other: each stands in for whoever was before. */
const AWAY = ['Laura Bassi', 'Luca Orsini'] as const;
const STANDS_IN = ['Luca Orsini', 'Andrea Monti'] as const;
/** Who leaves offers standing, and who is there afterwards. */
const LEAVES = 'Giulia Ferri';
const COMES = 'Marco Benassi';
/** Longer than anybody is waited for: no offer lapses by itself. */
const LEASE_SECONDS = 1_800;
const ABSENT_MS = 7 * 86_400_000;
/** How long after everything is seen a double would come. */
const AFTERTHOUGHT_MS = 3_000;

const idOf = async (core: Core): Promise<string> => (await core.get<MeView>('/api/operators/me')).id;

/** Somebody says that they are away from now on; gives how to take it back. */
async function goAway(core: Core, substitute?: string): Promise<() => Promise<void>> {
  const operator = await patiently(() => idOf(core));
  const [from, to] = [0, ABSENT_MS].map(ms => new Date(Date.now() + ms).toISOString());
  const once = { 'idempotency-key': randomUUID() };
  const { absences } = await patiently(() =>
    core.post<OperatorDetail>(
      `/api/operators/${operator}/absences`,
      { from, to, ...(substitute === undefined ? {} : { substitute }) },
      once,
    ),
  );
  const id = absences.find(one => one.from === from)?.id;
  if (id === undefined) throw new Error('the absence is not among those of who said it');
  return async () => {
    await patiently(() => core.delete(`/api/operators/${operator}/absences/${id}`));
  };
}

/**
 * Somebody becomes absent, then whoever stands in for them, and the core dies each time handing over what they have in hand: every
 * case goes to the next person once, who is told by one letter about all of it.
 */
export const standingIn = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 6);
    const office = await work.office(ROADS);
    const assignee = await idOf(work.as(AWAY[0]));
    for (const one of work.cases)
      await work.move(one.id, { command: 'assign', office, assignee, reason: 'Competenza' });
    const back: (() => Promise<void>)[] = [];
    const numbers = work.cases.map(one => one.number);
    const handedOver = (): Promise<string[]> => work.happened(({ fact }) => fact === 'substituted');
    try {
      await work.dying(
        place,
        AWAY.map(() => 0),
        async time => {
          const [away, substitute] = [AWAY[time], STANDS_IN[time]];
          if (away === undefined || substitute === undefined) throw new Error('nobody is left to go away');
          back.push(await goAway(work.as(away), await idOf(work.as(substitute))));
          await seenAfter(handedOver, seen => seen.length >= (time + 1) * numbers.length);
        },
      );
      /** The letters that left, by whom they tell of and the case that they name. */
      const told = async (): Promise<string[]> =>
        (
          await Promise.all(
            numbers.map(async number =>
              (await work.mails(number)).flatMap(({ subject }) => {
                const [, absent] = /^Sostituisce (.+):/.exec(subject) ?? [];
                return absent === undefined ? [] : [`${absent}, ${number}`];
              }),
            ),
          )
        ).flat();
      const expected = AWAY.flatMap(name => numbers.map(number => `${name}, ${number}`));
      await seenAfter(told, seen => seen.length >= expected.length);
      await pause(AFTERTHOUGHT_MS);
      const views = await Promise.all(work.cases.map(one => laboratory.core.case(one.id)));
      const verdict = together([
        judged('hand-overs', [...numbers, ...numbers], await handedOver()),
        judged('letters', expected, await told()),
        judged(
          'who has it',
          views.map(() => STANDS_IN[1]),
          views.map(({ assignee: who }) => who?.name ?? 'nobody'),
        ),
      ]);
      return resultOf(work, AWAY.length, verdict);
    } finally {
      for (const one of back) await one();
    }
  },
});

/** How somebody who was offered work is not there any more. */
const LEAVING: Readonly<Record<'silence' | 'absence', (core: Core) => Promise<() => Promise<void>>>> = {
  silence: () => Promise.resolve(() => Promise.resolve()),
  absence: core => goAway(core),
};

/**
 * Somebody who was offered work gives no more sign of life or says that they are away, and the core dies finding it out: every offer
 * is taken back once, and the work goes to another who accepts it once, never to two at the same time.
 */
export const vanishing = (place: string, by: keyof typeof LEAVING): Fault => ({
  name: place,
  run: async laboratory => {
    const { operators, urls } = laboratory.system;
    const as = (name: string): Core => {
      const found = operators.find(one => one.name === name);
      if (!found) throw new CannotGoOn(`The demonstration has no ${name}.`);
      return new Core(urls.crm, found.token);
    };
    const [leaves, comes, supervisor] = [as(LEAVES), as(COMES), as(SUPERVISOR)];
    const { items: queues } = await supervisor.get<QueueList>('/api/queues');
    const office = queues.find(queue => queue.office.name === FRONT_DESK)?.office.id;
    const { version, ...settings } = await supervisor.get<QueueSettingsView>(`/api/queues/${office}/settings`);
    await supervisor.put(`/api/queues/${office}/settings`, { ...settings, leaseSeconds: LEASE_SECONDS }, version);
    for (const core of [leaves, comes]) {
      const id = await idOf(core);
      const { skills } = await supervisor.get<OperatorSkills>(`/api/operators/${id}/skills`);
      await supervisor.put(`/api/operators/${id}/skills`, { capacity: 1_000, skills });
    }
    const [alive, day] = [new AbortController(), new AbortController()];
    let back = (): Promise<void> => Promise.resolve();
    let there = present(leaves, alive.signal);
    try {
      const work = await OfficeWork.begin(laboratory, place, 6);
      const numbers = work.cases.map(one => one.number);
      const offered = async (): Promise<string[]> =>
        (await leaves.get<OfferList>('/api/offers')).items.map(offer => offer.case.number);
      const all = (seen: readonly string[]): boolean => numbers.every(number => seen.includes(number));
      if (!all(await seenAfter(offered, all)))
        throw new Error(`${LEAVES} was not offered everything: nothing is proven`);
      await work.dying(place, [0], async () => {
        alive.abort();
        await there;
        back = await LEAVING[by](leaves);
        const { deaths } = laboratory;
        await seenAfter(offered, seen => seen.length === 0 || laboratory.deaths > deaths);
      });
      const accepted = new Map<string, OfferView>();
      there = working(comes, accepted, day.signal);
      const views = await seenAfter(
        () => Promise.all(work.cases.map(one => laboratory.core.case(one.id))),
        seen => seen.every(({ assignee }) => assignee !== undefined),
      );
      await pause(AFTERTHOUGHT_MS);
      const items = await Promise.all(
        [...accepted.values()]
          .filter(offer => views.some(({ id }) => id === offer.case.id))
          .map(offer => laboratory.core.get<WorkItemView>(`/api/work-items/${offer.workItem}`)),
      );
      const offersOf = (state: string): string[] =>
        items.flatMap(({ offers }) =>
          offers.flatMap(one => (one.state === state ? [`${one.operator.name}, ${one.case.number}`] : [])),
        );
      const each = (name: string): string[] => numbers.map(number => `${name}, ${number}`);
      const verdict = together([
        judged('offers taken back', each(LEAVES), offersOf('rescinded')),
        judged('offers accepted', each(COMES), offersOf('accepted')),
        { lost: 0, duplicated: items.reduce((sum, item) => sum + atOnce(item), 0) },
      ]);
      return resultOf(work, 1, verdict);
    } finally {
      alive.abort();
      day.abort();
      await there;
      await back();
      for (const core of [leaves, comes])
        await patiently(() => core.put('/api/operators/me/presence', { status: 'offline' }));
      await patiently(() => supervisor.put(`/api/queues/${office}/settings`, settings, version + 1));
    }
  },
});

/** An operator who is there and does nothing with what they are offered. The core may be away at any moment. */
async function present(core: Core, over: AbortSignal): Promise<void> {
  for (let said = false; !over.aborted;) {
    try {
      if (said) await core.post('/api/operators/me/heartbeats', {});
      else await core.put('/api/operators/me/presence', { status: 'available' });
      said = true;
    } catch {
      await pause(300);
      continue;
    }
    for (let rest = 0; rest < 20 && !over.aborted; rest += 1) await pause(100);
  }
}
