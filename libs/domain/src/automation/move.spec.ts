import { describe, expect, it } from '@jest/globals';
import { whyNotMove, type AutomationMove } from './move.js';

const DONE: AutomationMove = { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: 'Fatto.' };

describe('a step that an automation takes', () => {
  it.each<[string, AutomationMove, keyof AutomationMove | undefined]>([
    ['may end the matter with outcome, reason and words', DONE, undefined],
    ['may say the words of a template', { ...DONE, text: undefined, textTemplate: 't' }, undefined],
    ['says with which outcome', { ...DONE, outcome: undefined }, 'outcome'],
    ['says why', { ...DONE, outcomeReason: ' ' }, 'outcomeReason'],
    ['says what the citizen is told', { ...DONE, text: '' }, 'text'],
    ['told nobody by voice', { ...DONE, spoken: true }, 'spoken'],
    ['may ask the citizen', { command: 'askCitizen', text: 'A che altezza?' }, undefined],
    ['says what is asked', { command: 'askCitizen' }, 'text'],
    ['may take charge', { command: 'takeCharge' }, undefined],
    ['may go on', { command: 'resume' }, undefined],
    ['refuses nobody', { command: 'reject' }, 'command'],
    ['does not take the matter back for the citizen', { command: 'withdraw' }, 'command'],
    ['does not say for an office that it is not theirs', { command: 'refuseCompetence' }, 'command'],
    ['moves no term', { command: 'extend' }, 'command'],
    ['suspends nothing', { command: 'suspend' }, 'command'],
  ])('%s', (_, move, field) => {
    expect(whyNotMove(move)?.field).toBe(field);
  });
});
