import { isOpen } from './hours.js';
import { nextOf, type CallFlow, type FlowStep } from './flow.js';

/** The steps to which a call can come from a step, itself included. */
export function reachable(flow: CallFlow, from: string | undefined): ReadonlySet<string> {
  const reached = new Set<string>();
  const reach = (id: string | undefined): void => {
    if (id === undefined || reached.has(id)) return;
    reached.add(id);
    flow.steps
      .filter(step => step.id === id)
      .flatMap(nextOf)
      .forEach(reach);
  };
  reach(from);
  return reached;
}

/** The steps whose hours decide whether a call comes to a queue. */
export function gatesOf(flow: CallFlow, queue: string): FlowStep[] {
  const leads = (ids: ReadonlySet<string>): boolean =>
    flow.steps.some(step => step.type === 'queue' && (step.queue ?? step.id) === queue && ids.has(step.id));
  return flow.steps.filter(
    step => step.type === 'hours' && leads(reachable(flow, step.open)) && !leads(reachable(flow, step.closed)),
  );
}

/** Whether somebody answers a queue at an instant: always, when the flow knows no hours for it. */
export function isAnswered(flow: CallFlow, queue: string, at: Date): boolean {
  const gates = gatesOf(flow, queue);
  return gates.length === 0 || gates.some(step => isOpen(step, flow.timeZone, at));
}
