import { randomUUID } from 'node:crypto';
import type { DeadlineView, OfficeDetail } from '@filodiretto/contracts';
import { pause } from '../runtime/program.js';
import type { Fault } from './laboratory.js';
import { OfficeWork, patiently, seenAfter } from './office-work.js';
import { judged, together } from './once.js';
import { resultOf } from './staff.js';

const ROADS = 'Strade e Manutenzioni';
const ADMINISTRATOR = 'Amministrazione di sistema';
const DAY_MS = 86_400_000;
/** From today on, past every term in working days. */
const CLOSED_DAYS = 60;
/** How long after everything is seen a double would come. */
const AFTERTHOUGHT_MS = 3_000;

const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/**
 * An office closes for weeks, and the core dies while the terms that run are counted again: each that is due later is counted by the
 * new calendar, and the journal tells it once.
 */
export const recounting = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 6);
    await work.assign(ROADS);
    const administrator = work.as(ADMINISTRATOR);
    const office = await work.office(ROADS);
    const terms = async (): Promise<Map<string, DeadlineView>> =>
      new Map(
        (
          await Promise.all(
            work.cases.map(async ({ id, number }) =>
              (await laboratory.core.case(id)).deadlines
                .filter(one => one.state === 'running')
                .map(one => [`${number} ${one.clock}`, one] as const),
            ),
          )
        ).flat(),
      );
    const before = await terms();
    const key = { 'idempotency-key': randomUUID() };
    let closed: OfficeDetail | undefined;
    await work.dying(place, [0], async () => {
      closed = await patiently(() =>
        administrator.post<OfficeDetail>(
          `/api/offices/${office}/closures`,
          { from: dayIn(0), to: dayIn(CLOSED_DAYS), reason: 'Lavori' },
          key,
        ),
      );
    });
    const told = async (): Promise<string[]> =>
      (
        await Promise.all(
          work.cases.map(async ({ id, number }) =>
            (await work.facts(id)).flatMap(({ fact, data }) =>
              fact === 'deadline_recounted'
                ? [`${number} ${String(data['clock'])} until ${String(data['dueAt'])}`]
                : [],
            ),
          ),
        )
      ).flat();
    /** Terms that are due later, each until when: at least that of whoever must take charge, which has no day to work on. */
    const later = async (): Promise<string[]> => {
      const now = await terms();
      return [...before].flatMap(([name, { clock, dueAt }]) => {
        const after = now.get(name)?.dueAt;
        return clock === 'take_charge' || after !== dueAt ? [`${name} until ${after ?? 'no day'}`] : [];
      });
    };
    await seenAfter(told, seen =>
      work.cases.every(({ number }) => seen.some(one => one.startsWith(`${number} take_charge`))),
    );
    await pause(AFTERTHOUGHT_MS);
    const verdict = together([judged('terms counted again', await patiently(later), await patiently(told))]);
    // Whatever comes after finds the office as it was.
    for (const { id } of closed?.closures ?? [])
      await patiently(() => administrator.delete(`/api/offices/${office}/closures/${id}`));
    return resultOf(work, 1, verdict);
  },
});
