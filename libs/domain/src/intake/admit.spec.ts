import { describe, expect, it } from '@jest/globals';
import { AUTOMATIC_KINDS, CASE_STATES } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { admit, type Evidence, type KnownCase, type Pointed } from './admit.js';

const now = '2026-03-10T09:00:00.000Z';
const active: KnownCase = { id: 'active', state: 'in_charge', endedAt: null };
const fresh: KnownCase = { id: 'fresh', state: 'resolved', endedAt: '2026-02-20T09:00:00.000Z' };
const old: KnownCase = { id: 'old', state: 'closed', endedAt: '2026-01-01T09:00:00.000Z' };
const withdrawn: KnownCase = { id: 'withdrawn', state: 'withdrawn', endedAt: '2026-03-09T09:00:00.000Z' };
const mine = (one: KnownCase): Pointed => ({ case: one, participant: true });
const theirs = (one: KnownCase): Pointed => ({ case: one, participant: false });
const person = (one: KnownCase): Evidence['conversation'] => ({ case: one, kind: 'person' });

describe('admit', () => {
  it.each<[string, Omit<Evidence, 'author'> & Partial<Evidence>, string]>([
    ['somebody new opens a case', {}, 'open new'],
    ['a token goes on with its case', { token: mine(active) }, 'continue active token'],
    [
      'a token from another address goes on, as a stranger',
      { token: theirs(active) },
      'continue active token stranger',
    ],
    ['a token is worth more than a reference', { token: mine(fresh), reference: mine(active) }, 'reopen fresh token'],
    ['a reference goes on with its case', { reference: mine(active) }, 'continue active reference'],
    [
      'a reference of who does not belong goes on, as a stranger',
      { reference: theirs(active) },
      'continue active reference stranger',
    ],
    ['in public, a reference of a stranger opens their own', { public: true, reference: theirs(active) }, 'open new'],
    [
      'in public, a reference of who belongs goes on',
      { public: true, reference: mine(active) },
      'continue active reference',
    ],
    [
      'a number from who belongs and proves it goes on',
      { claimed: mine(active), authenticated: true },
      'continue active number',
    ],
    [
      'a number from a stranger is worth nothing, whoever proves to be one',
      { claimed: theirs(active), authenticated: true },
      'open new',
    ],
    ['a number from an address that nothing proves is worth nothing', { claimed: mine(active) }, 'open new'],
    ['a number from a false address is worth nothing', { claimed: mine(active), authenticated: false }, 'open new'],
    ["a person's conversation goes on", { conversation: person(active) }, 'continue active conversation'],
    ['a thread by itself proves nothing', { conversation: { case: active, kind: 'thread' } }, 'open new'],
    ["in public, a person's conversation proves nothing", { public: true, conversation: person(active) }, 'open new'],
    ['within thirty days it opens the case again', { token: mine(fresh) }, 'reopen fresh token'],
    [
      'within thirty days a token opens it again from any address',
      { token: theirs(fresh) },
      'reopen fresh token stranger',
    ],
    [
      'a stranger who only knows a message never opens a case again',
      { reference: theirs(fresh) },
      'follow_up fresh reference stranger',
    ],
    [
      'within thirty days the conversation opens it again too',
      { conversation: person(fresh) },
      'reopen fresh conversation',
    ],
    ['later, a token opens one that follows it up', { token: mine(old) }, 'follow_up old token'],
    ['later, a conversation is about something else', { conversation: person(old) }, 'open new'],
    ['a withdrawn case is followed up, never opened again', { token: mine(withdrawn) }, 'follow_up withdrawn token'],
    [
      'an out-of-office note stays with its case',
      { automatic: 'auto_reply', token: mine(active) },
      'continue active token',
    ],
    [
      'an out-of-office note never opens a case again',
      { automatic: 'auto_reply', token: mine(fresh) },
      'continue fresh token',
    ],
    ['a bounce without a case is only kept', { automatic: 'bounce' }, 'record not_a_matter'],
    ['a receipt without a case is only kept', { automatic: 'receipt' }, 'record not_a_matter'],
    ['a notification may carry a matter', { automatic: 'notification' }, 'open new'],
    ['what a list sends may carry a matter', { automatic: 'bulk' }, 'open new'],
    [
      'somebody of ours goes on without opening again',
      { author: 'external_app', conversation: person(old) },
      'continue old conversation',
    ],
    [
      'somebody of ours is no stranger',
      { author: 'external_app', reference: theirs(active) },
      'continue active reference',
    ],
    ['somebody of ours opens nothing', { author: 'external_app' }, 'record not_a_matter'],
  ])('%s', (_, evidence, expected) => {
    const admission = admit({ author: 'contact', ...evidence }, now);
    expect(
      [
        admission.kind,
        'case' in admission && admission.case,
        admission.because,
        'stranger' in admission && admission.stranger && 'stranger',
      ]
        .filter(Boolean)
        .join(' '),
    ).toBe(expected);
  });

  it('opens again, or follows up, as its administration decided', () => {
    const ended: KnownCase = { id: 'ended', state: 'resolved', endedAt: '2026-03-01T00:00:00.000Z' };
    const answer = (days: number): string =>
      admit({ author: 'contact', token: { case: ended, participant: true } }, '2026-03-11T00:00:00.000Z', {
        reopenDays: days,
      }).kind;
    expect([answer(10), answer(9)]).toEqual(['reopen', 'follow_up']);
  });

  const known: fc.Arbitrary<KnownCase> = fc.record({
    id: fc.uuid(),
    state: fc.constantFrom(...CASE_STATES),
    endedAt: fc.option(fc.constantFrom('2026-03-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z')),
  });
  const pointed = fc.record({ case: known, participant: fc.boolean() });
  const evidence = fc.record(
    {
      author: fc.constantFrom('contact' as const, 'external_app' as const),
      automatic: fc.constantFrom(...AUTOMATIC_KINDS),
      public: fc.boolean(),
      authenticated: fc.boolean(),
      token: pointed,
      reference: pointed,
      claimed: pointed,
      conversation: fc.record({ case: known, kind: fc.constantFrom('person' as const, 'thread' as const) }),
    },
    { requiredKeys: ['author'] },
  );

  it('never opens a case again for a machine, whatever the evidence', () => {
    fc.assert(
      fc.property(evidence, one => {
        if (one.automatic !== undefined || one.author !== 'contact') expect(admit(one, now).kind).not.toBe('reopen');
      }),
    );
  });

  it('never joins a case by its number alone unless who belongs proves it', () => {
    fc.assert(
      fc.property(pointed, fc.boolean(), fc.boolean(), (claimed, open, authenticated) => {
        const admission = admit({ author: 'contact', public: open, authenticated, claimed }, now);
        if (!claimed.participant || !authenticated) expect(admission).toEqual({ kind: 'open', because: 'new' });
      }),
    );
  });

  it('never opens a case again for a stranger without a token', () => {
    fc.assert(
      fc.property(evidence, ({ token: _, ...one }) => {
        const admission = admit(one, now);
        if ('stranger' in admission && admission.stranger) expect(admission.kind).not.toBe('reopen');
      }),
    );
  });
});
