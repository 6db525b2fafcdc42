import { describe, expect, it } from '@jest/globals';
import { AUTOMATIC_KINDS, CASE_STATES } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { admit, type Evidence, type KnownCase } from './admit.js';

const now = '2026-03-10T09:00:00.000Z';
const active: KnownCase = { id: 'active', state: 'in_charge', endedAt: null };
const fresh: KnownCase = { id: 'fresh', state: 'resolved', endedAt: '2026-02-20T09:00:00.000Z' };
const old: KnownCase = { id: 'old', state: 'closed', endedAt: '2026-01-01T09:00:00.000Z' };
const withdrawn: KnownCase = { id: 'withdrawn', state: 'withdrawn', endedAt: '2026-03-09T09:00:00.000Z' };
const person = (one: KnownCase): Evidence['conversation'] => ({ case: one, kind: 'person' });

describe('admit', () => {
  it.each<[string, Omit<Evidence, 'author'> & Partial<Evidence>, string]>([
    ['somebody new opens a case', {}, 'open new'],
    ['a token goes on with its case', { token: active }, 'continue active token'],
    [
      'a token is worth more than a reference',
      { token: fresh, reference: { case: active, participant: true } },
      'reopen fresh token',
    ],
    [
      'a reference goes on with its case, whoever answers',
      { reference: { case: active, participant: false } },
      'continue active reference',
    ],
    [
      'in public, a reference of a stranger opens their own',
      { public: true, reference: { case: active, participant: false } },
      'open new',
    ],
    [
      'in public, a reference of who belongs goes on',
      { public: true, reference: { case: active, participant: true } },
      'continue active reference',
    ],
    ['a number from who belongs goes on', { claimed: { case: active, participant: true } }, 'continue active number'],
    ['a number from a stranger is worth nothing', { claimed: { case: active, participant: false } }, 'open new'],
    [
      'a number from a false address is worth nothing',
      { claimed: { case: active, participant: true }, unauthenticated: true },
      'open new',
    ],
    ["a person's conversation goes on", { conversation: person(active) }, 'continue active conversation'],
    ['a thread by itself proves nothing', { conversation: { case: active, kind: 'thread' } }, 'open new'],
    ["in public, a person's conversation proves nothing", { public: true, conversation: person(active) }, 'open new'],
    ['within thirty days it opens the case again', { token: fresh }, 'reopen fresh token'],
    [
      'within thirty days the conversation opens it again too',
      { conversation: person(fresh) },
      'reopen fresh conversation',
    ],
    ['later, a token opens one that follows it up', { token: old }, 'follow_up old token'],
    ['later, a conversation is about something else', { conversation: person(old) }, 'open new'],
    ['a withdrawn case is followed up, never opened again', { token: withdrawn }, 'follow_up withdrawn token'],
    ['an out-of-office note stays with its case', { automatic: 'auto_reply', token: active }, 'continue active token'],
    [
      'an out-of-office note never opens a case again',
      { automatic: 'auto_reply', token: fresh },
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
    ['somebody of ours opens nothing', { author: 'external_app' }, 'record not_a_matter'],
  ])('%s', (_, evidence, expected) => {
    const admission = admit({ author: 'contact', ...evidence }, now);
    expect(
      [admission.kind, 'case' in admission ? admission.case : undefined, admission.because].filter(Boolean).join(' '),
    ).toBe(expected);
  });

  const known: fc.Arbitrary<KnownCase> = fc.record({
    id: fc.uuid(),
    state: fc.constantFrom(...CASE_STATES),
    endedAt: fc.option(fc.constantFrom('2026-03-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z')),
  });
  const evidence = fc.record(
    {
      author: fc.constantFrom('contact' as const, 'external_app' as const),
      automatic: fc.constantFrom(...AUTOMATIC_KINDS),
      public: fc.boolean(),
      token: known,
      reference: fc.record({ case: known, participant: fc.boolean() }),
      claimed: fc.record({ case: known, participant: fc.boolean() }),
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

  it('never joins a case of which only a stranger speaks the number', () => {
    fc.assert(
      fc.property(known, fc.boolean(), (one, open) => {
        const admission = admit({ author: 'contact', public: open, claimed: { case: one, participant: false } }, now);
        expect(admission).toEqual({ kind: 'open', because: 'new' });
      }),
    );
  });
});
