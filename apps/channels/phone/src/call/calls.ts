import type { State } from '@filodiretto/channel-kit';
import type { CallState } from './state.js';

/** Whose an operator's leg was: the citizen's call that it was joined with. */
interface Joined {
  readonly call: string;
  readonly at: string;
}

/** The calls under way, remembered across restarts, by CallSid; and with whom each operator's leg was joined. */
export class Calls {
  constructor(private readonly state: State) {}

  find(sid: string): Promise<CallState | undefined> {
    return this.state.get<CallState>(`call/${sid}`);
  }
  async save(call: CallState): Promise<void> {
    await this.state.set(`call/${call.sid}`, call);
  }
  async joined(leg: string, call: string): Promise<void> {
    await this.state.set(`leg/${leg}`, { call, at: new Date().toISOString() } satisfies Joined);
  }
  /** The citizen's call that a leg was joined with. */
  async joinedWith(leg: string): Promise<string | undefined> {
    return (await this.state.get<Joined>(`leg/${leg}`))?.call;
  }
}
