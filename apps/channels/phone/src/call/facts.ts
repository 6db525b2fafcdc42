import type { Fact, ReadProgress } from '@filodiretto/channel-kit';
import type { Hook } from '../hook.js';
import { isEnded, type Advanced } from './advance.js';
import { contentOf } from './content.js';
import type { CallRecord } from './record.js';

/** Pure. What a webhook of a call says to the core: the call itself the first time, its new content afterwards. */
export function factsOf({ record, key, news }: Advanced, hook: Hook): Fact[] {
  if (record.direction === 'out') return news ? [{ progress: contentProgress(record) }, ...ranks(record, hook)] : [];
  if (record.seen[0] === key) return [{ message: messageOf(record) }];
  return news ? [{ progress: contentProgress(record) }] : [];
}

const messageOf = (record: CallRecord): Extract<Fact, { message: unknown }>['message'] => ({
  account: record.account,
  externalId: record.id,
  conversation: record.conversation ?? `call:${record.id}`,
  from: record.from ?? { kind: 'withheld', value: record.id },
  author: 'contact',
  content: contentOf(record),
  sentAt: record.arrivedAt,
  hints: { language: record.language, ...(record.category ? { category: record.category } : {}) },
});

/** The content of a call as it is now. */
export function contentProgress(record: CallRecord): ReadProgress {
  const externalId = record.direction === 'out' ? record.sid : record.id;
  return {
    account: record.account,
    ...(record.conversation ? { conversation: record.conversation } : {}),
    ...(record.direction === 'out' ? { message: record.id } : {}),
    ...(externalId ? { externalId } : {}),
    state: 'content',
    at: record.heardAt,
    revision: record.revision,
    content: contentOf(record),
  };
}

/** How far a call of ours came: it left when the operator's telephone rang, it arrived when the citizen answered. */
function ranks(record: CallRecord, { path, params }: Hook): Fact[] {
  const about = {
    account: record.account,
    ...(record.conversation ? { conversation: record.conversation } : {}),
    message: record.id,
    ...(record.sid ? { externalId: record.sid } : {}),
    at: record.heardAt,
  };
  const state = params.CallStatus;
  if (path === '/citizen/status' && state === 'in-progress') return [{ progress: { ...about, state: 'delivered' } }];
  if (!isEnded(state)) return path === '/operator/status' ? [{ progress: { ...about, state: 'sent' } }] : [];
  if (record.answeredAt) return [];
  const detail =
    path === '/citizen/status'
      ? `Il cittadino non ha risposto: ${state ?? ''}`
      : `L'operatore non ha risposto: ${state ?? ''}`;
  return [{ progress: { ...about, state: 'failed', reason: 'undeliverable', detail } }];
}
