import { describe, expect, it } from '@jest/globals';
import type { CaseState } from '@filodiretto/contracts/model';
import { workPlace, type WorkPlace } from './waiting-place.js';

const QUEUE: WorkPlace = { kind: 'queue', office: 'roads' };
const HANDS: WorkPlace = { kind: 'hands', office: 'roads', operator: 'laura' };
const NOWHERE: WorkPlace = { kind: 'nowhere' };

describe('the work of a case', () => {
  it.each<[string, CaseState, string | null, string | null, WorkPlace]>([
    ['waits in the queue of the office it was given to', 'assigned', 'roads', null, QUEUE],
    ['is in the hands of the person it was given to', 'assigned', 'roads', 'laura', HANDS],
    ['is in the hands of who took charge', 'in_charge', 'roads', 'laura', HANDS],
    ['is offered to nobody once the office took charge by mail or by a link', 'in_charge', 'roads', null, NOWHERE],
    ['is nobody’s while nobody was chosen', 'triage', null, null, NOWHERE],
    ['is not in a queue while a person decides whose it is', 'triage', null, 'laura', NOWHERE],
    ['is nobody’s while the citizen is waited for', 'waiting_citizen', 'roads', null, NOWHERE],
    ['is nobody’s while it is planned', 'scheduled', 'roads', 'laura', NOWHERE],
    ['ends with the matter', 'resolved', 'roads', 'laura', NOWHERE],
  ])('%s', (_, state, office, assignee, expected) => {
    expect(workPlace({ state, office, assignee })).toEqual(expected);
  });
});
