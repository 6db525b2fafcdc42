import { describe, expect, it } from '@jest/globals';
import {
  mayAcknowledge,
  unacknowledged,
  type AcknowledgementEvidence,
  type AutomaticTraffic,
  mayBeAnsweredByRules,
  type Standing,
} from './acknowledge.js';

const due: AcknowledgementEvidence = { channelAcknowledges: true, admission: 'open', author: 'contact' };
const quiet: AutomaticTraffic = {
  ownAddress: false,
  numbered: false,
  toWriterLastHour: 0,
  toAddressLastHour: 0,
  automaticLately: 0,
  exchangedLately: 0,
};

describe('an acknowledgement', () => {
  it.each<[string, Partial<AcknowledgementEvidence>, boolean]>([
    ['goes to who opens a case', {}, true],
    ['goes to who follows an old case up', { admission: 'follow_up' }, true],
    ['does not go to who continues a case', { admission: 'continue' }, false],
    ['does not go to who reopens a case', { admission: 'reopen' }, false],
    ['does not answer what is only kept', { admission: 'record' }, false],
    ['does not leave on a channel that does not acknowledge', { channelAcknowledges: false }, false],
    ['does not answer a newsletter', { automatic: 'bulk' }, false],
    ['does not answer an automatic reply', { automatic: 'auto_reply' }, false],
    ['does not answer in public', { public: true }, false],
    ['does not answer a call', { call: true }, false],
    ['does not answer what is doubtful', { doubtful: true }, false],
    ['does not answer somebody of ours', { author: 'external_app' }, false],
  ])('%s', (_, more, expected) => {
    expect(mayAcknowledge({ ...due, ...more })).toBe(expected);
  });

  it.each<[string, Partial<AutomaticTraffic>, string | undefined]>([
    ['leaves to who was written nothing', {}, undefined],
    ['leaves when it is the last one allowed to its writer', { toWriterLastHour: 2 }, undefined],
    ['does not leave to a writer who had as many as are allowed', { toWriterLastHour: 3 }, 'too_many'],
    ['does not leave to an address that had as many, whoever wrote', { toAddressLastHour: 3 }, 'too_many'],
    ['never answers an account of ours', { ownAddress: true }, 'own_address'],
    ['does not tell a number to who names theirs', { numbered: true }, 'already_numbered'],
    ['stops a loop', { automaticLately: 2, exchangedLately: 11 }, 'loop_suspected'],
    ['takes ten messages for no loop yet', { automaticLately: 2, exchangedLately: 10 }, undefined],
    ['takes who writes much and was answered once for no loop', { automaticLately: 1, exchangedLately: 40 }, undefined],
  ])('%s', (_, more, expected) => {
    expect(unacknowledged({ ...quiet, ...more }, { perHour: 3, loopMessages: 10 })).toBe(expected);
  });
});

describe('a rule that writes to the citizen', () => {
  const proven: Standing = { automatic: false, unauthenticated: false, stranger: false };
  it.each<[string, Standing[], boolean]>([
    ['answers who wrote and is not shown to be another', [proven], true],
    ['does not answer who opened a case and is not proven', [{ ...proven, unauthenticated: true }], false],
    ['does not answer a machine', [{ ...proven, automatic: true }], false],
    ['does not answer strangers alone', [{ ...proven, stranger: true }], false],
    [
      'does not answer when none of those who wrote is proven',
      [
        { ...proven, stranger: true },
        { ...proven, unauthenticated: true },
      ],
      false,
    ],
    ['answers again once somebody proven wrote', [{ ...proven, unauthenticated: true }, proven], true],
    ['writes where nobody wrote: the case was opened by hand', [], true],
  ])('%s', (_, said, expected) => {
    expect(mayBeAnsweredByRules(said)).toBe(expected);
  });
});
