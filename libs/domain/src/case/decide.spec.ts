import { describe, expect, it } from '@jest/globals';
import { CASE_STATES, instant, type CaseState } from '@filodiretto/contracts/model';
import type { Case } from './case.js';
import type { Actor, Command } from './command.js';
import { actorOf, decide } from './decide.js';
import type { Decision } from './decision.js';
import { evolve, fold } from './evolve.js';
import { isEnded } from './life-cycle.js';
import { isRefusal } from './refusal.js';
import { SHIPPED_RULES } from './rules.js';

const now = instant('2026-03-10T09:00:00.000Z');
const operator: Actor = { kind: 'operator', id: 'anna' };
const contact: Actor = { kind: 'contact', id: 'mario' };
const system: Actor = { kind: 'system' };

const caseIn = (state: CaseState, more: Partial<Case> = {}): Case => ({
  id: 'case-1',
  administration: 'city',
  number: '2026-004217-3',
  state,
  kind: 'report',
  category: null,
  office: 'roads',
  assignee: null,
  priority: 'normal',
  outcome: null,
  outcomeReason: null,
  contact: 'mario',
  version: 4,
  dueDate: null,
  plannedDate: null,
  refusals: 0,
  openedAt: instant('2026-03-01T09:00:00.000Z'),
  takenInChargeAt: null,
  endedAt: isEnded(state) ? instant('2026-03-09T09:00:00.000Z') : null,
  lastMessageAt: null,
  duplicateOf: null,
  mergedInto: null,
  head: null,
  followUpOf: null,
  ...more,
});

const facts = (decision: Decision): string[] =>
  isRefusal(decision)
    ? [`refused ${decision.refused} ${decision.errors?.[0]?.pointer ?? ''}`.trim()]
    : decision.map(one => one.fact);

describe('decide', () => {
  const opening: Command = {
    name: 'open',
    by: system,
    id: 'case-1',
    administration: 'city',
    number: '2026-004217-3',
    kind: 'report',
    priority: 'high',
    contact: 'mario',
    channel: 'letters',
    account: 'urp',
    message: 'm1',
  };

  it('opens a case that waits when no office was chosen', () => {
    const events = decide(null, opening, now);
    expect(facts(events)).toEqual(['opened']);
    expect(fold(events as never)).toMatchObject({
      state: 'received',
      office: null,
      priority: 'high',
      version: 1,
      lastMessageAt: now,
    });
  });

  it('opens and assigns a case whose office is known, saying why', () => {
    const events = decide(null, { ...opening, office: 'roads', why: 'rule:3' }, now);
    expect(facts(events)).toEqual(['opened', 'assigned']);
    expect(fold(events as never)).toMatchObject({ state: 'assigned', office: 'roads', version: 2 });
    expect(events).toMatchObject([{}, { data: { why: 'rule:3' } }]);
  });

  it.each([
    ['a citizen', contact, ['contact', 'system']],
    ['an operator', operator, ['operator', 'operator']],
  ] as const)('lets no citizen choose the office: opened by %s', (_, by, expected) => {
    const command: Command = { ...opening, office: 'roads', why: 'rule:3', by };
    const events = decide(null, command, now);
    expect(isRefusal(events) ? [] : events.map(event => actorOf(event, command).kind)).toEqual(expected);
  });

  it('refuses to open a case twice, and to do anything with one that does not exist', () => {
    expect(facts(decide(caseIn('received'), opening, now))).toEqual(['refused transition-not-allowed']);
    expect(facts(decide(null, { name: 'takeCharge', by: operator }, now))).toEqual(['refused transition-not-allowed']);
  });

  const CASES: readonly (readonly [string, Case, Command, string])[] = [
    ['triage begins', caseIn('received'), { name: 'startTriage', by: operator }, 'triaged'],
    [
      'a first office is an assignment',
      caseIn('triage'),
      { name: 'assign', office: 'parks', by: operator },
      'assigned',
    ],
    [
      'another office is a reassignment',
      caseIn('in_charge'),
      { name: 'assign', office: 'parks', by: operator },
      'reassigned',
    ],
    [
      'the same office and person change nothing',
      caseIn('assigned'),
      { name: 'assign', office: 'roads', by: operator },
      '',
    ],
    [
      'an assignment needs an office',
      caseIn('triage'),
      { name: 'assign', office: '', by: operator },
      'refused invalid-input /office',
    ],
    [
      'the router assigns after two refusals',
      caseIn('triage', { refusals: 2 }),
      { name: 'assign', office: 'parks', by: system },
      'assigned',
    ],
    [
      'the router does not assign after three',
      caseIn('triage', { refusals: 3 }),
      { name: 'assign', office: 'parks', by: system },
      'refused not-allowed',
    ],
    [
      'a person assigns after three',
      caseIn('triage', { refusals: 3 }),
      { name: 'assign', office: 'parks', by: operator },
      'assigned',
    ],
    [
      'the assignee takes charge',
      caseIn('assigned', { assignee: 'anna' }),
      { name: 'takeCharge', by: operator },
      'taken_in_charge',
    ],
    [
      'whoever is of the office takes charge of what nobody has',
      caseIn('assigned'),
      { name: 'takeCharge', by: operator },
      'taken_in_charge',
    ],
    [
      'somebody else does not take charge',
      caseIn('assigned', { assignee: 'bruno' }),
      { name: 'takeCharge', by: operator },
      'refused not-allowed',
    ],
    ['a citizen does not take charge', caseIn('assigned'), { name: 'takeCharge', by: contact }, 'refused not-allowed'],
    [
      'a rule takes charge for the person who has the case',
      caseIn('assigned', { assignee: 'bruno' }),
      { name: 'takeCharge', by: { kind: 'automation', id: 'r' } },
      'taken_in_charge',
    ],
    [
      'a rule does not take charge of what no person has',
      caseIn('assigned', { assignee: null }),
      { name: 'takeCharge', by: { kind: 'automation', id: 'r' } },
      'refused not-allowed',
    ],
    [
      'whoever is of the office and answers takes charge of what nobody has',
      caseIn('assigned'),
      { name: 'replyQueued', message: 'm', channel: 'c', holds: true, by: operator },
      'reply_queued taken_in_charge',
    ],
    [
      'the assignee who answers takes charge',
      caseIn('assigned', { assignee: 'anna' }),
      { name: 'replyQueued', message: 'm', channel: 'c', by: operator },
      'reply_queued taken_in_charge',
    ],
    [
      'whoever answers for another office takes charge of nothing',
      caseIn('assigned'),
      { name: 'replyQueued', message: 'm', channel: 'c', holds: false, by: operator },
      'reply_queued',
    ],
    [
      'whoever answers for a colleague takes charge of nothing',
      caseIn('assigned', { assignee: 'bruno' }),
      { name: 'replyQueued', message: 'm', channel: 'c', holds: true, by: operator },
      'reply_queued',
    ],
    [
      'who answers in triage takes charge of nothing',
      caseIn('triage'),
      { name: 'replyQueued', message: 'm', channel: 'c', holds: true, by: operator },
      'reply_queued',
    ],
    [
      'what a machine says takes charge of nothing',
      caseIn('assigned', { assignee: 'anna' }),
      { name: 'replyQueued', message: 'm', channel: 'c', automatic: 'notification', holds: true, by: operator },
      'reply_queued',
    ],
    [
      'a refusal of competence needs a reason',
      caseIn('assigned'),
      { name: 'refuseCompetence', reason: ' ', by: operator },
      'refused invalid-input /reason',
    ],
    [
      'a refusal of competence',
      caseIn('in_charge'),
      { name: 'refuseCompetence', reason: 'provincial road', by: operator },
      'competence_refused',
    ],
    [
      'work is planned',
      caseIn('in_charge'),
      { name: 'schedule', plannedDate: '2026-03-10', by: operator },
      'scheduled',
    ],
    [
      'work is not planned in the past',
      caseIn('in_charge'),
      { name: 'schedule', plannedDate: '2026-03-09', by: operator },
      'refused invalid-input /plannedDate',
    ],
    [
      'work is not planned on a day that does not exist',
      caseIn('in_charge'),
      { name: 'schedule', plannedDate: '2026-02-30', by: operator },
      'refused invalid-input /plannedDate',
    ],
    [
      'a question to the citizen needs its text',
      caseIn('in_charge'),
      { name: 'askCitizen', by: operator },
      'refused invalid-input /text',
    ],
    ['a question to the citizen', caseIn('in_charge'), { name: 'askCitizen', message: 'm2', by: operator }, 'paused'],
    ['a question asked in person', caseIn('scheduled'), { name: 'askCitizen', spoken: true, by: operator }, 'paused'],
    [
      'a wait for others needs a reason',
      caseIn('in_charge'),
      { name: 'askThird', reason: '', by: operator },
      'refused invalid-input /reason',
    ],
    [
      'a wait for others',
      caseIn('in_charge'),
      { name: 'askThird', reason: 'the water company digs first', by: operator },
      'paused',
    ],
    [
      'a suspension needs its legal basis',
      caseIn('in_charge'),
      { name: 'suspend', legalBasis: '', by: operator },
      'refused invalid-input /legalBasis',
    ],
    [
      'a suspension',
      caseIn('in_charge'),
      { name: 'suspend', legalBasis: 'L. 241/1990, art. 2 c. 7', by: operator },
      'suspended',
    ],
    ['work goes on', caseIn('suspended'), { name: 'resume', by: operator }, 'resumed'],
    [
      'an extension is later than the present date',
      caseIn('assigned', { dueDate: '2026-04-01' }),
      { name: 'extend', dueDate: '2026-04-01', reason: 'r', by: operator },
      'refused invalid-input /dueDate',
    ],
    [
      'an extension needs a reason',
      caseIn('assigned', { dueDate: '2026-04-01' }),
      { name: 'extend', dueDate: '2026-04-02', reason: '', by: operator },
      'refused invalid-input /reason',
    ],
    [
      'an extension',
      caseIn('assigned', { dueDate: '2026-04-01' }),
      { name: 'extend', dueDate: '2026-04-02', reason: 'survey', by: operator },
      'extended',
    ],
    [
      'no end without an outcome',
      caseIn('in_charge'),
      { name: 'resolve', message: 'm', by: operator },
      'refused outcome-required /outcome',
    ],
    [
      'no outcome without a reason',
      caseIn('in_charge'),
      { name: 'resolve', outcome: 'positive', message: 'm', by: operator },
      'refused outcome-required /outcomeReason',
    ],
    [
      'no outcome without telling the citizen',
      caseIn('in_charge'),
      { name: 'resolve', outcome: 'positive', outcomeReason: 'done', by: operator },
      'refused invalid-input /text',
    ],
    [
      'a reason belongs to its outcome',
      caseIn('in_charge'),
      { name: 'resolve', outcome: 'positive', outcomeReason: 'refused', message: 'm', by: operator },
      'refused invalid-input /outcomeReason',
    ],
    [
      'a reason with a command of its own',
      caseIn('in_charge'),
      { name: 'resolve', outcome: 'not_applicable', outcomeReason: 'duplicate', message: 'm', by: operator },
      'refused invalid-input /outcomeReason',
    ],
    [
      "an administration's own reason",
      caseIn('in_charge'),
      { name: 'resolve', outcome: 'negative', outcomeReason: 'no_snow_plough', message: 'm', by: operator },
      'resolved',
    ],
    [
      'an end at first contact, by voice',
      caseIn('received'),
      { name: 'resolve', outcome: 'positive', outcomeReason: 'information_given', spoken: true, by: operator },
      'resolved',
    ],
    [
      'a machine does not resolve',
      caseIn('in_charge'),
      { name: 'resolve', outcome: 'positive', outcomeReason: 'done', message: 'm', by: system },
      'refused not-allowed',
    ],
    ['the system closes', caseIn('resolved'), { name: 'close', by: system }, 'closed'],
    ['the citizen closes', caseIn('resolved'), { name: 'close', by: contact }, 'closed'],
    [
      'an operator closes only saying why',
      caseIn('resolved'),
      { name: 'close', by: operator },
      'refused invalid-input /reason',
    ],
    [
      'an operator closes for the citizen',
      caseIn('resolved'),
      { name: 'close', reason: 'confirmed by telephone', by: operator },
      'closed',
    ],
    [
      'an open case is not closed',
      caseIn('in_charge'),
      { name: 'close', by: system },
      'refused transition-not-allowed',
    ],
    [
      'a rejection has a reason of the catalogue',
      caseIn('triage'),
      { name: 'reject', reason: 'boring', message: 'm', by: operator },
      'refused invalid-input /reason',
    ],
    [
      'a rejection is told to the citizen',
      caseIn('triage'),
      { name: 'reject', reason: 'abusive', by: operator },
      'refused invalid-input /text',
    ],
    [
      'a rejection',
      caseIn('triage'),
      { name: 'reject', reason: 'outside_competence', message: 'm', by: operator },
      'rejected',
    ],
    [
      'what an office holds is not rejected',
      caseIn('assigned'),
      { name: 'reject', reason: 'abusive', message: 'm', by: operator },
      'refused transition-not-allowed',
    ],
    [
      'a case is not its own duplicate',
      caseIn('triage'),
      { name: 'markDuplicate', leading: 'case-1', by: operator },
      'refused invalid-input /leading',
    ],
    [
      'a duplicate',
      caseIn('in_charge'),
      { name: 'markDuplicate', leading: 'case-0', by: operator },
      'marked_duplicate',
    ],
    ['the citizen takes it back', caseIn('suspended'), { name: 'withdraw', by: contact }, 'withdrawn'],
    [
      'an operator takes it back only saying why',
      caseIn('suspended'),
      { name: 'withdraw', by: operator },
      'refused invalid-input /reason',
    ],
    [
      'a withdrawn case is over',
      caseIn('withdrawn'),
      { name: 'reopen', reason: 'r', by: operator },
      'refused transition-not-allowed',
    ],
    ['reopening needs a reason', caseIn('closed'), { name: 'reopen', by: operator }, 'refused invalid-input /reason'],
    ['reopening', caseIn('closed'), { name: 'reopen', reason: 'the hole is back', by: operator }, 'reopened'],
    [
      'the system does not reopen',
      caseIn('closed'),
      { name: 'reopen', reason: 'r', by: system },
      'refused not-allowed',
    ],
    [
      'the same priority changes nothing',
      caseIn('triage'),
      { name: 'changePriority', priority: 'normal', by: operator },
      '',
    ],
    ['a priority', caseIn('triage'), { name: 'changePriority', priority: 'urgent', by: operator }, 'priority_changed'],
    ['a category', caseIn('triage'), { name: 'changeCategory', category: 'holes', by: operator }, 'category_changed'],
    ['a kind', caseIn('triage'), { name: 'changeKind', kind: 'complaint', by: operator }, 'kind_changed'],
    [
      'a reply',
      caseIn('closed'),
      { name: 'replyQueued', message: 'm', channel: 'letters', by: operator },
      'reply_queued',
    ],
    [
      'a place',
      caseIn('closed'),
      { name: 'locate', source: 'operator', point: true, address: false, by: operator },
      'located',
    ],
    ['a note', caseIn('closed'), { name: 'addNote', note: 'n', by: operator }, 'note_added'],
    [
      'a failed delivery',
      caseIn('triage'),
      { name: 'deliveryFailed', message: 'm', attempt: 1, by: system },
      'delivery_failed',
    ],
    ['a call', caseIn('triage'), { name: 'callRecorded', message: 'm', by: system }, 'call_recorded'],
    [
      'an answer that was awaited',
      caseIn('waiting_citizen'),
      { name: 'messageReceived', message: 'm', channel: 'letters', by: contact },
      'message_received resumed',
    ],
    [
      'an out-of-office note does not count as the answer',
      caseIn('waiting_citizen'),
      { name: 'messageReceived', message: 'm', channel: 'letters', automatic: true, by: contact },
      'message_received',
    ],
    [
      'a message that reopens',
      caseIn('resolved'),
      { name: 'messageReceived', message: 'm', channel: 'letters', reopens: true, by: contact },
      'message_received reopened',
    ],
    [
      'a machine never reopens',
      caseIn('resolved'),
      { name: 'messageReceived', message: 'm', channel: 'letters', reopens: true, automatic: true, by: contact },
      'message_received',
    ],
    [
      'a message that found the case already open again',
      caseIn('assigned'),
      { name: 'messageReceived', message: 'm', channel: 'letters', reopens: true, by: contact },
      'message_received',
    ],
  ];
  it.each(CASES)('%s', (_, current, command, expected) => {
    expect(facts(decide(current, command, now)).join(' ')).toBe(expected);
  });

  it('hands the third refusal to a person', () => {
    const refusal: Command = { name: 'refuseCompetence', reason: 'not ours', by: operator };
    expect(decide(caseIn('assigned', { refusals: 1 }), refusal, now)).toMatchObject([
      { data: { refusals: 2, personDecides: false } },
    ]);
    expect(decide(caseIn('assigned', { refusals: 2 }), refusal, now)).toMatchObject([
      { data: { refusals: 3, personDecides: true } },
    ]);
  });

  it.each([SHIPPED_RULES, { reopenDays: 7 }])('reopens until %j after the end, and not a moment later', rules => {
    const reopen: Command = { name: 'reopen', reason: 'r', by: operator };
    const endedAt = (ms: number): Case =>
      caseIn('resolved', { endedAt: instant(Date.parse(now) - rules.reopenDays * 86_400_000 - ms) });
    expect(facts(decide(endedAt(0), reopen, now, rules))).toEqual(['reopened']);
    expect(facts(decide(endedAt(1), reopen, now, rules))).toEqual(['refused transition-not-allowed']);
  });

  it('gives a reopened case back to its office, or to triage when nobody held it', () => {
    const reopen: Command = { name: 'reopen', reason: 'r', by: operator };
    expect(decide(caseIn('rejected', { office: null }), reopen, now)).toMatchObject([{ data: { to: 'triage' } }]);
    expect(decide(caseIn('rejected'), reopen, now)).toMatchObject([{ data: { to: 'assigned' } }]);
  });

  it('says in a refusal what would be possible', () => {
    expect(decide(caseIn('resolved'), { name: 'takeCharge', by: operator }, now)).toMatchObject({
      detail: 'Case 2026-004217-3 is "resolved", where "takeCharge" is not possible; possible: close, reopen.',
    });
  });

  it('accepts a reply and a note in every state: nobody is left without an answer', () => {
    for (const state of CASE_STATES) {
      expect(
        facts(decide(caseIn(state), { name: 'replyQueued', message: 'm', channel: 'c', by: operator }, now)),
      ).toEqual(['reply_queued']);
      expect(facts(decide(caseIn(state), { name: 'addNote', note: 'n', by: operator }, now))).toEqual(['note_added']);
    }
  });

  describe('somebody stands in for who is absent', () => {
    const standIn: Command = { name: 'substitute', by: system, operator: 'anna', substitute: 'bruno', absence: 'a1' };
    const open = CASE_STATES.filter(state => !isEnded(state));
    it.each(open)('in a case that is "%s": all of it stays but whose it is', state => {
      const before = caseIn(state, { assignee: 'anna', takenInChargeAt: now, plannedDate: '2026-05-01' });
      const decided = decide(before, standIn, now);
      expect(facts(decided)).toEqual(['substituted']);
      if (isRefusal(decided)) throw new Error('refused');
      const after = decided.reduce<Case>((current, event) => evolve(current, event), before);
      expect(after).toEqual({ ...before, assignee: 'bruno', version: before.version + 1 });
    });
    it.each<[string, Case]>([
      ['that is over', caseIn('resolved', { assignee: 'anna' })],
      ['that somebody else has by now', caseIn('in_charge', { assignee: 'carlo' })],
      ['that nobody has', caseIn('assigned')],
    ])('and never in a case %s', (_, current) => {
      expect(decide(current, standIn, now)).toEqual([]);
    });
  });
});
