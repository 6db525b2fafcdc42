import { describe, expect, it } from '@jest/globals';
import { judge, type FoundMessage } from './verdict.js';

const sent = (mark: string, place: number, conversation = 'c') => ({
  message: { mark, conversation, place, text: mark },
  joins: true,
});
const found = (mark: string, position: number, caseId = 'case'): FoundMessage => ({ mark, caseId, position });
const nobody = new Set<string>();

describe('the judge of failure tests', () => {
  it('finds nothing when everything is there, once and in order', () => {
    expect(judge([sent('a', 0), sent('b', 1)], [found('a', 3), found('b', 7)], nobody)).toEqual({
      lost: 0,
      duplicated: 0,
      misordered: 0,
    });
  });
  it('sees what was lost', () => {
    expect(judge([sent('a', 0), sent('b', 1)], [found('a', 0)], nobody)).toMatchObject({ lost: 1 });
  });
  it('does not call lost what waits where people see it', () => {
    expect(judge([sent('a', 0)], [], new Set(['a']))).toMatchObject({ lost: 0 });
  });
  it('sees a message that is there twice', () => {
    expect(judge([sent('a', 0)], [found('a', 0), found('a', 1)], nobody)).toMatchObject({ duplicated: 1 });
  });
  it('sees a conversation that became two cases', () => {
    expect(judge([sent('a', 0), sent('b', 1)], [found('a', 0, 'x'), found('b', 0, 'y')], nobody)).toMatchObject({
      duplicated: 1,
    });
  });
  it('sees two messages that changed places', () => {
    expect(judge([sent('a', 0), sent('b', 1)], [found('b', 0), found('a', 1)], nobody)).toMatchObject({
      misordered: 1,
    });
  });
});
