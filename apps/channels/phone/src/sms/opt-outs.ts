import type { State } from '@filodiretto/channel-kit';
import { e164 } from '../numbers.js';

const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'BASTA', 'CANCELLAMI']);
const START = new Set(['START', 'YES', 'UNSTOP', 'RIPRENDI']);

/** Who asked to receive no more text messages: heeded at once, whatever the provider remembers. */
export class OptOuts {
  constructor(private readonly state: State) {}

  /** Heeds a keyword, when the message is one. */
  async heed(from: string, words: string): Promise<void> {
    const number = e164(from);
    const word = words.trim().toUpperCase();
    if (!number) return;
    if (STOP.has(word)) await this.add(number);
    else if (START.has(word)) await this.state.delete(`opt-out/${number}`);
  }
  async add(number: string): Promise<void> {
    await this.state.set(`opt-out/${number}`, new Date().toISOString());
  }
  async has(number: string): Promise<boolean> {
    return (await this.state.get(`opt-out/${number}`)) !== undefined;
  }
}
