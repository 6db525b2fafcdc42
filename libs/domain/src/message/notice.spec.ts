import { describe, expect, it } from '@jest/globals';
import { instant } from '@filodiretto/contracts/model';
import type { CaseEvent, FactData } from '../case/event.js';
import { noticeOf, type Notice } from './notice.js';

const fact = <F extends keyof FactData>(name: F, data: FactData[F]): CaseEvent =>
  ({ fact: name, at: instant('2026-03-20T09:00:00.000Z'), data }) as unknown as CaseEvent;
const taken = fact('taken_in_charge', { operator: null });
const moved = (previousOffice: string | null) =>
  fact('reassigned', { office: 'parks', assignee: null, previousOffice, previousAssignee: null, why: null });
const assigned = fact('assigned', { office: 'parks', assignee: null, why: null });
const extended = fact('extended', { dueDate: '2026-04-01', previousDueDate: null, reason: 'r' });
const answered = fact('reply_queued', { message: 'm', channel: 'c', attempt: 1, automatic: null });
const withdrawn = fact('reply_withdrawn', {
  message: 'm',
  queuedAt: instant('2026-03-20T08:59:50.000Z'),
  answeredAt: null,
  lastMessageAt: null,
});
const ended = fact('resolved', { outcome: 'positive', outcomeReason: 'done', message: null, spoken: true });

describe('the citizen', () => {
  it.each<[string, CaseEvent[], number, Notice | undefined]>([
    ['is told that an office took charge', [taken], 0, 'taken_in_charge'],
    ['is told that the matter went to another office', [moved('roads')], 0, 'transferred'],
    ['is not told that it went to another person of the same', [moved('parks')], 0, undefined],
    ['is not told of the first office until it takes charge', [assigned], 0, undefined],
    ['is told of the next office after one said that it was not theirs', [assigned], 1, 'transferred'],
    ['is told of a new term', [extended], 0, 'extended'],
    ['is told the last of what happened together', [assigned, taken], 1, 'taken_in_charge'],
    ['is told by the answer itself that who answers took charge', [answered, taken], 0, undefined],
    [
      'is told who took charge when the answer that would have told it is taken back',
      [withdrawn],
      0,
      'taken_in_charge',
    ],
    ['is told the outcome alone when the matter ends with it', [taken, ended], 0, undefined],
  ])('%s', (_, events, refusals, expected) => {
    expect(noticeOf(events, { refusals })).toBe(expected);
  });
});
