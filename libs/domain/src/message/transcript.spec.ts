import { describe, expect, it } from '@jest/globals';
import { transcriptDue, type TranscriptDue, type TranscriptStanding } from './transcript.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const SILENCE = 5 * MINUTE;
const ASKED = Date.parse('2026-03-20T09:00:00.000Z');
const NOW = ASKED + 10 * MINUTE;
const standing: TranscriptStanding = {
  askedAt: ASKED,
  lastSaidAt: NOW - 6 * MINUTE,
  isAnswered: true,
  isLeaving: false,
  isOver: false,
  isConfidential: false,
  place: 1,
  isReplaced: false,
};

describe('a conversation is sent in writing to who asked for it there', () => {
  it.each<[string, Partial<TranscriptStanding>, TranscriptDue]>([
    ['once a person answered and it was silent long enough', {}, { send: true }],
    ['not while something is being said', { lastSaidAt: NOW - MINUTE }, { lookAt: NOW + MINUTE }],
    ['looked at again as soon as it may be silent', { lastSaidAt: NOW + 1_000 - SILENCE }, { lookAt: NOW + 1_000 }],
    ['at once when its case is over', { lastSaidAt: NOW, isOver: true }, { send: true }],
    ['not before a person answered, however silent it is', { isAnswered: false }, { lookAt: NOW + SILENCE }],
    ['not by a case that ended without an answer', { isAnswered: false, isOver: true }, { lookAt: NOW + SILENCE }],
    ['not while something may still be taken back', { isLeaving: true, isOver: true }, { lookAt: NOW + MINUTE }],
    ['without what has not left in a week', { isLeaving: true, askedAt: NOW - 7 * DAY - 1 }, { send: true }],
    ['never of a confidential case', { isConfidential: true }, { never: 'the case is confidential' }],
    ['once, where it was asked for again', { isReplaced: true }, { never: 'it was asked for again' }],
    ['three times and no more', { place: 4 }, { never: 'it was asked for too many times' }],
    [
      'never when nobody answered in a week',
      { isAnswered: false, askedAt: NOW - 7 * DAY - 1 },
      { never: 'nobody answered' },
    ],
  ])('%s', (_, more, expected) => {
    expect(transcriptDue({ ...standing, ...more }, NOW, SILENCE)).toEqual(expected);
  });
});
