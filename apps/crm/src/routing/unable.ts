import { needAt, obstacle, type Answerer, type Obstacle, type Work } from '@filodiretto/domain';
import type { OfferingQueue, WaitingQueue } from './waiting.js';

/** For how long it is remembered who cannot do what is needed; and for how long that it was so once, so that one of it is looked at to tell. */
const REMEMBERED_MS = 5_000;
const DOUBTED_MS = 60_000;
/** What keeps an operator whatever they have in hand. */
const LASTING: ReadonlySet<Obstacle> = new Set(['skill', 'other_office', 'other_channel']);

/** Who cannot do what a queue needs. Only spares looking again: what is not remembered is looked up. */
export class Unable {
  /** By queue and need. */
  private readonly byNeed = new Map<string, { readonly until: number; readonly operators: Set<string> }>();

  /** For each sort of work of a queue, who cannot do it; `undefined` when of one of them nothing is remembered. */
  of({ officeId, needs }: WaitingQueue): readonly ReadonlySet<string>[] | undefined {
    const found = needs.flatMap(need => {
      const known = this.byNeed.get(`${officeId}${need}`);
      return known && known.until >= performance.now() ? [known.operators] : [];
    });
    return found.length === needs.length ? found : undefined;
  }

  /** The needs that none of these operators can meet, as is remembered; and those of which that was so, and is to be told anew. */
  known(
    { officeId }: OfferingQueue,
    operators: readonly Answerer[],
  ): { readonly hopeless: string[]; readonly doubtful: string[] } {
    const hopeless: string[] = [];
    const doubtful: string[] = [];
    const now = performance.now();
    for (const [key, { until, operators: unable }] of this.byNeed)
      if (until + DOUBTED_MS < now) this.byNeed.delete(key);
      else if (key.startsWith(officeId) && operators.every(one => unable.has(one.id)))
        (until < now ? doubtful : hopeless).push(key.slice(officeId.length));
    return { hopeless, doubtful };
  }

  remember({ officeId, settings }: OfferingQueue, work: Work, operators: readonly Answerer[], now: number): void {
    const need = needAt(work, settings.rings, (now - work.virtualStart) / 1_000);
    const known = new Set<string>();
    for (const operator of operators) {
      const why = obstacle(work, need, operator, now);
      if (why !== null && LASTING.has(why)) known.add(operator.id);
    }
    this.byNeed.set(`${officeId}${work.needKey ?? ''}`, { until: performance.now() + REMEMBERED_MS, operators: known });
  }

  /** What was remembered of a need is no longer taken for true. */
  forget({ officeId }: OfferingQueue, need: string): void {
    this.byNeed.delete(`${officeId}${need}`);
  }
}
