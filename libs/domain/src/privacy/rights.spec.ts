import { describe, expect, it } from '@jest/globals';
import { mayWriteRestricted, whyNotDecide } from './rights.js';

describe('whether a request of a person about their data may be decided', () => {
  it.each([
    ['granted to who is known', 'open', true, 'granted', undefined],
    ['granted to who is not known for certain', 'open', false, 'granted', 'not_identified'],
    ['granted in part to who is not known for certain', 'open', false, 'partly_granted', 'not_identified'],
    ['refused to who is not known for certain', 'open', false, 'refused', undefined],
    ['decided before', 'refused', true, 'granted', 'decided'],
  ] as const)('%s', (_, state, identified, outcome, why) =>
    expect(whyNotDecide({ state, identified }, outcome)).toBe(why),
  );
});

describe('what may be said to somebody whose data rest', () => {
  it.each([
    ['what the law asks for, by a person', 'data_subject_request', 'operator', true],
    ['what the law asks for, by a machine', 'data_subject_request', 'automation', false],
    ['what is useful', 'information', 'operator', false],
  ] as const)('%s', (_, kind, by, may) => expect(mayWriteRestricted(kind, by)).toBe(may));
});
