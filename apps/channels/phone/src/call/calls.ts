import type { State } from '@filodiretto/channel-kit';
import type { CallState } from './state.js';

/** The calls under way, remembered across restarts. What concerns one call is done one after the other. */
export class Calls {
  private readonly chains = new Map<string, Promise<unknown>>();
  constructor(private readonly state: State) {}

  find(sid: string): Promise<CallState | undefined> {
    return this.state.get<CallState>(`call/${sid}`);
  }
  async save(call: CallState): Promise<void> {
    await this.state.set(`call/${call.sid}`, call);
  }
  /** Runs what concerns one call after what already concerns it. */
  async oneByOne<T>(sid: string, work: () => Promise<T>): Promise<T> {
    const before = this.chains.get(sid) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.chains.set(sid, mine);
    try {
      return await mine;
    } finally {
      if (this.chains.get(sid) === mine) this.chains.delete(sid);
    }
  }
}
