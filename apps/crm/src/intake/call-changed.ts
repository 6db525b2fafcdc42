import { subjects } from '@filodiretto/bus';
import type { Part } from '@filodiretto/contracts';
import type { CallState } from '@filodiretto/contracts/model';
import type { Announcement } from '../case/ledger.js';

/** How far the call of a message has come; `undefined`: it is no call that came in. */
export function callStateOf(content: readonly Part[]): CallState | undefined {
  for (const part of content) {
    if (part.type !== 'call' || part.direction !== 'in') continue;
    if (part.endedAt !== undefined) return 'ended';
    if (part.answeredAt !== undefined) return 'answered';
    return part.queuedAt === undefined ? 'ringing' : 'waiting';
  }
  return undefined;
}

/** What the bus hears when a call rings or goes on: no word of who calls. */
export const callChanged = (message: {
  readonly id: string;
  readonly administrationId: string;
  readonly caseId: string | null;
  readonly revision: number;
  readonly state: CallState;
  readonly at: Date;
}): Announcement<'call.changed.v1'> => ({
  eventId: `${message.id}-call-${message.revision}-${message.state}`,
  type: 'call.changed.v1',
  subject: subjects.event('call', message.state, message.id),
  payload: {
    administration: message.administrationId,
    message: message.id,
    ...(message.caseId ? { case: message.caseId } : {}),
    revision: message.revision,
    state: message.state,
    at: message.at.toISOString(),
  },
  ordering: `call ${message.id}`,
  cause: null,
});
