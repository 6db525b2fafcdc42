import { describe, expect, it } from '@jest/globals';
import { AUTOMATIC_AN_HOUR, mayAcknowledge, type AcknowledgementEvidence } from './acknowledge.js';

const due: AcknowledgementEvidence = {
  channelAcknowledges: true,
  admission: 'open',
  author: 'contact',
  sentLastHour: 0,
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
    ['does not answer what is doubtful', { doubtful: true }, false],
    ['does not answer somebody of ours', { author: 'external_app' }, false],
    ['leaves when it is the last one allowed in the hour', { sentLastHour: AUTOMATIC_AN_HOUR - 1 }, true],
    ['stops a loop', { sentLastHour: AUTOMATIC_AN_HOUR }, false],
  ])('%s', (_, more, expected) => {
    expect(mayAcknowledge({ ...due, ...more })).toBe(expected);
  });
});
