import { describe, expect, it } from '@jest/globals';
import { CASE_COMMANDS, CASE_STATES, type CaseCommand, type CaseState } from '@filodiretto/contracts/model';
import { commandsFrom, isEnded, LIFE_CYCLE, lifeCycle, NEXT } from './life-cycle.js';

/** The table of docs/glossary.md, written a second time by hand: command, from, to. */
const TABLE: readonly (readonly [CaseCommand, string, string])[] = [
  ['startTriage', 'received', 'triage'],
  ['assign', 'received triage assigned in_charge scheduled waiting_citizen waiting_third suspended', 'assigned'],
  ['takeCharge', 'assigned', 'in_charge'],
  ['refuseCompetence', 'assigned in_charge', 'triage'],
  ['schedule', 'in_charge', 'scheduled'],
  ['askCitizen', 'in_charge scheduled', 'waiting_citizen'],
  ['askThird', 'in_charge scheduled', 'waiting_third'],
  ['suspend', 'in_charge scheduled', 'suspended'],
  ['resume', 'waiting_citizen waiting_third suspended', 'in_charge'],
  ['extend', 'received triage assigned in_charge scheduled waiting_citizen waiting_third suspended', ''],
  ['interrupt', 'received triage assigned in_charge scheduled waiting_citizen waiting_third suspended', ''],
  ['resolve', 'received triage assigned in_charge scheduled waiting_citizen waiting_third suspended', 'resolved'],
  ['close', 'resolved', 'closed'],
  ['reject', 'received triage', 'rejected'],
  [
    'markDuplicate',
    'received triage assigned in_charge scheduled waiting_citizen waiting_third suspended',
    'duplicate',
  ],
  ['withdraw', 'received triage assigned in_charge scheduled waiting_citizen waiting_third suspended', 'withdrawn'],
  ['reopen', 'resolved closed rejected duplicate', 'assigned triage'],
];
const words = (text: string): string[] => text.split(' ').filter(Boolean);

describe('the life cycle', () => {
  it.each(TABLE)('accepts %s from exactly: %s', (command, from) => {
    expect(CASE_STATES.filter(state => NEXT[state][command] !== undefined)).toEqual(
      CASE_STATES.filter(state => words(from).includes(state)),
    );
  });

  it.each(TABLE.filter(([, , to]) => to))('%s leads to nothing but its states', (command, from, to) => {
    for (const state of words(from) as CaseState[]) expect(NEXT[state][command]).toEqual(words(to));
  });

  it('has a row of the table for every command but open', () => {
    expect(TABLE.map(([command]) => command).sort()).toEqual(CASE_COMMANDS.filter(one => one !== 'open').sort());
  });

  it('leaves a withdrawn case with nothing to ask', () => {
    expect(commandsFrom('withdrawn')).toEqual([]);
  });

  it('leaves an ended case only reopening and closing', () => {
    for (const state of CASE_STATES.filter(isEnded))
      for (const command of commandsFrom(state)) expect(['reopen', 'close']).toContain(command);
  });

  it('refuses rows by which a state cannot be reached', () => {
    const rows = { ...LIFE_CYCLE, suspend: { ...LIFE_CYCLE.suspend, to: ['in_charge'] } } as typeof LIFE_CYCLE;
    expect(() => lifeCycle(rows)).toThrow('nothing leads to "suspended"');
  });

  it('refuses rows that no state accepts, and states with no way out, all together', () => {
    const rows = {
      ...LIFE_CYCLE,
      ...Object.fromEntries(
        CASE_COMMANDS.filter(command => command !== 'open').map(command => [
          command,
          { ...LIFE_CYCLE[command], from: LIFE_CYCLE[command].from.filter(state => state !== 'scheduled') },
        ]),
      ),
      close: { ...LIFE_CYCLE.close, from: [] },
    };
    expect(() => lifeCycle(rows)).toThrow(
      'nothing leads to "closed"; "scheduled" leads to no end; no state accepts "close"',
    );
  });
});
