import type { CaseEvent, FactData } from './event.js';
import type { Refusal } from './refusal.js';

/** What is decided: facts, in order (none when it is so already), or a refusal. */
export type Decision = readonly CaseEvent[] | Refusal;

/** Makes a fact of what is being decided. */
export type Fact = <F extends keyof FactData>(name: F, data: FactData[F]) => CaseEvent;

/** Words without what surrounds them; null when there are none. */
export const said = (words: string | null | undefined): string | null => (words?.trim() ? words.trim() : null);
