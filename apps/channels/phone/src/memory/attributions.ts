import type { State } from '@filodiretto/channel-kit';

interface Attributed {
  readonly message: string;
  readonly attempt: number;
  readonly at: string;
}
type Order = Pick<Attributed, 'message' | 'attempt'>;

/** Which of our orders each id of the provider carries out, once that is certain: an unknown outcome never takes another's. */
export class Attributions {
  private readonly known = new Set<string>();

  constructor(private readonly state: State) {}

  async note(sid: string, { message, attempt }: Order): Promise<void> {
    if (this.known.has(sid)) return;
    await this.state.set(`sid/${sid}`, { message, attempt, at: new Date().toISOString() } satisfies Attributed);
    this.known.add(sid);
  }

  /** Of what the provider made, the one that carries out this order, if there is only one that can be it. */
  async pick(order: Order, made: readonly { readonly sid: string }[]): Promise<string | undefined> {
    const free: string[] = [];
    for (const { sid } of made) {
      const of = await this.state.get<Attributed>(`sid/${sid}`);
      if (of?.message === order.message && of.attempt === order.attempt) return sid;
      if (of === undefined) free.push(sid);
    }
    const [only, another] = free;
    return another === undefined ? only : undefined;
  }
}
