import type { Schemas } from '@filodiretto/api-client';

type Entry = Schemas['JournalEntryView'];

const BY_ITSELF = new Set<Entry['actor']['kind']>(['system', 'automation']);
/** What machines do that people must see all the same. */
const LOUD = new Set<Entry['fact']>([
  'deadline_breached',
  'deadline_recounted',
  'escalated',
  'delivery_failed',
  'erased',
  'opened',
  'assigned',
]);
/** Said by the message, note or question that they are about. */
const SHOWN_OTHERWISE = new Set<Entry['fact']>(['message_received', 'reply_queued', 'note_added', 'call_recorded']);

/** Whether a fact is only the trace of something that the story shows anyway. */
export const isShownOtherwise = ({ fact }: Entry): boolean => SHOWN_OTHERWISE.has(fact);

/** Whether a fact is a step of the machinery, folded away until somebody wants to see it. */
export const isQuiet = ({ fact, actor }: Entry): boolean => BY_ITSELF.has(actor.kind) && !LOUD.has(fact);
