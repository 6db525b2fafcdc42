import { subjects } from '@filodiretto/bus';
import type { SendState } from '@filodiretto/contracts';
import type { Announcement } from '../case/ledger.js';

/** What the bus hears when an outgoing message advances. */
export const messageChanged = (message: {
  readonly id: string;
  readonly administrationId: string;
  readonly caseId: string | null;
  readonly attempt: number;
  readonly state: SendState;
  readonly at: Date;
}): Announcement<'message.changed.v1'> => ({
  eventId: `${message.id}-${message.attempt}-${message.state}`,
  type: 'message.changed.v1',
  subject: subjects.event('message', message.state, message.id),
  payload: {
    administration: message.administrationId,
    message: message.id,
    ...(message.caseId ? { case: message.caseId } : {}),
    state: message.state,
    at: message.at.toISOString(),
  },
  ordering: message.id,
  cause: null,
});
