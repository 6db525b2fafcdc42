import { isOpen } from '../flow/hours.js';
import type { CallFlow, FlowStep } from '../flow/flow.js';
import { changed, stepped, type CallState } from './state.js';
import { render, wordsIn, type Rendering } from './twiml.js';

/** What the caller hears next, and the call as it is then. */
export interface Turn {
  readonly call: CallState;
  readonly document: string;
  /** The step at which the call stands. */
  readonly at: FlowStep;
}
type How = Omit<Rendering, 'language'>;

/** A step of the flow. Throws when there is none: the flow was changed under a call. */
export const stepOf = (flow: CallFlow, id: string): FlowStep => {
  const found = flow.steps.find(step => step.id === id);
  if (!found) throw new Error(`the flow has no step ${id}`);
  return found;
};

/** Goes to a step, through those that only lead on, until somebody is asked something or it ends. Pure but for the clock given. */
export function goTo(call: CallState, id: string, retry: number, now: Date, how: How): Turn {
  const said: string[] = [];
  const at = now.toISOString();
  let current = call;
  let step = stepOf(how.flow, id);
  for (;;) {
    if (step.type === 'say') {
      current = stepped(current, step.id, at);
      said.push(wordsIn(step.text, current.language, how.flow));
      step = stepOf(how.flow, step.next ?? '');
    } else if (step.type === 'hours') {
      const open = isOpen(step, how.flow.timeZone, now);
      current = stepped(current, step.id, at, open ? 'open' : 'closed');
      step = stepOf(how.flow, (open ? step.open : step.closed) ?? '');
    } else break;
  }
  if (retry === 0) current = stepped(current, step.id, at);
  if (step.type === 'queue')
    current = changed(current, { queue: step.queue ?? step.id, queuedAt: current.queuedAt ?? at });
  return { call: current, at: step, document: render(step, retry, said, { ...how, language: current.language }) };
}

/** What a key does at a menu; nothing pressed, or a key that is not there, says it again and then leads on. */
export function press(call: CallState, menu: FlowStep, digit: string, retry: number, now: Date, how: How): Turn {
  const key = menu.keys?.find(one => one.key === digit);
  if (!key)
    return retry < (menu.retries ?? 1)
      ? goTo(call, menu.id, retry + 1, now, how)
      : goTo(call, menu.next ?? menu.id, 0, now, how);
  const choice = key.category ? `${digit} ${key.category}` : digit;
  const chosen = changed(stepped(call, menu.id, now.toISOString(), choice), {
    ...(key.language ? { language: key.language } : {}),
    ...(key.category ? { category: key.category } : {}),
  });
  return goTo(chosen, key.next, 0, now, how);
}
