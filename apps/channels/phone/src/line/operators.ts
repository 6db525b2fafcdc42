/** An operator's telephone that was called. */
export interface Ring {
  readonly operator: string;
  readonly queue: string;
  /** The leg, once the provider has told it. */
  readonly leg?: string;
  readonly accepted: boolean;
  /** When the provider was last asked, or said, how it stands. Milliseconds. */
  readonly checkedAt: number;
}
interface Rest {
  readonly idleSince: number;
  readonly misses: number;
  readonly until: number;
}

/** After a call that was not answered the operator is left alone, longer each time. */
const MISSED_MS = 30_000;
const MISSED_MAX_MS = 300_000;
/** After a conversation. */
const WRAP_UP_MS = 5_000;
/** Who missed this many offers in a row is taken to be away. */
const AWAY_AFTER = 2;

/** The telephones of those who answer: which ring or talk, which rest. Known to this process; after a restart found out anew. */
export class Operators {
  private readonly rings = new Map<string, Ring>();
  private readonly rests = new Map<string, Rest>();

  constructor(
    private readonly byQueue: ReadonlyMap<string, readonly string[]>,
    private readonly now: () => Date,
  ) {}

  get queues(): readonly string[] {
    return [...this.byQueue.keys()];
  }
  /** Those who ring for a queue and have not accepted yet. */
  offered(queue: string): Ring[] {
    return [...this.rings.values()].filter(ring => ring.queue === queue && !ring.accepted);
  }
  /** Those who may be rung now, the longest idle first. */
  idle(queue: string): string[] {
    const now = this.now().getTime();
    return this.of(queue)
      .filter(one => !this.rings.has(one) && (this.rests.get(one)?.until ?? 0) <= now)
      .sort((a, b) => (this.rests.get(a)?.idleSince ?? 0) - (this.rests.get(b)?.idleSince ?? 0));
  }
  /** How many are taken to be at work. */
  active(queue: string): number {
    return this.of(queue).filter(one => (this.rests.get(one)?.misses ?? 0) < AWAY_AFTER).length;
  }

  begin(operator: string, queue: string): void {
    this.rings.set(operator, { operator, queue, accepted: false, checkedAt: this.now().getTime() });
  }
  /** The provider told the leg. Gives the ring, unless it is over already. */
  began(operator: string, leg: string): Ring | undefined {
    return this.changed(operator, { leg });
  }
  accepted(operator: string, leg: string): void {
    this.changed(operator, { leg, accepted: true });
  }
  /** The telephone is free again. `withdrawn`: the offer was taken back by us, which is no fault of the operator's. */
  end(operator: string, how: { readonly leg?: string; readonly withdrawn?: boolean } = {}): void {
    const ring = this.rings.get(operator);
    // Late news of an earlier call.
    if (!ring || (ring.leg !== undefined && how.leg !== undefined && ring.leg !== how.leg)) return;
    this.rings.delete(operator);
    const now = this.now().getTime();
    const misses = ring.accepted || how.withdrawn ? 0 : (this.rests.get(operator)?.misses ?? 0) + 1;
    const pause = ring.accepted ? WRAP_UP_MS : Math.min(MISSED_MAX_MS, misses * MISSED_MS);
    this.rests.set(operator, { idleSince: now, misses, until: now + pause });
  }
  /** Those of whom nothing was heard for so long: the news of their end may be lost. */
  unheard(ms: number): Ring[] {
    const before = this.now().getTime() - ms;
    return [...this.rings.values()].filter(ring => ring.leg !== undefined && ring.checkedAt <= before);
  }
  checked(operator: string): void {
    this.changed(operator, { checkedAt: this.now().getTime() });
  }
  has(leg: string): boolean {
    return [...this.rings.values()].some(ring => ring.leg === leg);
  }

  private of(queue: string): readonly string[] {
    return this.byQueue.get(queue) ?? [];
  }
  private changed(operator: string, what: Partial<Ring>): Ring | undefined {
    const ring = this.rings.get(operator);
    if (!ring) return undefined;
    const after = { ...ring, ...what };
    this.rings.set(operator, after);
    return after;
  }
}
