import type { State } from '@filodiretto/channel-kit';
import { e164 } from '../numbers.js';

const STOP = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'BASTA',
  'CANCELLAMI',
]);
const START = new Set(['START', 'UNSTOP', 'RIPRENDI']);
/** Heeded by the provider too, but an ordinary answer to a question. */
const YES = 'YES';

const wordOf = (text: string): string => text.trim().toUpperCase();

/** Whether a text is a keyword for the machine and nothing that a person should answer. */
export const isWish = (text: string): boolean => STOP.has(wordOf(text)) || START.has(wordOf(text));

/** Who asked to receive no more text messages: heeded at once, whatever the provider remembers. */
export class OptOuts {
  constructor(private readonly state: State) {}

  /** Heeds a keyword: the one that the provider recognised, or the message itself when it is one. */
  async heed(from: string, recognised: string | null, text: string): Promise<void> {
    const number = e164(from);
    const word = wordOf(recognised ?? text);
    if (!number) return;
    if (STOP.has(word)) await this.add(number);
    else if (START.has(word) || word === YES) await this.state.delete(`opt-out/${number}`);
  }
  async add(number: string): Promise<void> {
    await this.state.set(`opt-out/${number}`, new Date().toISOString());
  }
  async has(number: string): Promise<boolean> {
    return (await this.state.get(`opt-out/${number}`)) !== undefined;
  }
}
