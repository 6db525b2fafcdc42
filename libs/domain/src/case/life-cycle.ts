import {
  CASE_COMMANDS,
  CASE_STATES,
  ENDED_STATES,
  type CaseCommand,
  type CaseFact,
  type CaseState,
} from '@filodiretto/contracts/model';

/**
 * On whose behalf something is asked: a citizen, a member of staff who is known by name, an office of which nobody logged in
 * (it answered a letter), or the system by itself.
 */
export const ACTORS = ['contact', 'operator', 'office', 'system', 'automation'] as const;
export type ActorKind = (typeof ACTORS)[number];

/** One row of the life cycle: from which states a command is accepted, which facts it leaves, where it leads, who may ask. */
export interface Transition {
  readonly facts: readonly CaseFact[];
  readonly from: readonly CaseState[];
  /** The states it may lead to; none when the state does not change. */
  readonly to: readonly CaseState[];
  readonly by: readonly ActorKind[];
}

export const isEnded = (state: CaseState): boolean => (ENDED_STATES as readonly CaseState[]).includes(state);

const OPEN = CASE_STATES.filter(state => !isEnded(state));
const OWNED = OPEN.filter(state => state !== 'received' && state !== 'triage');
const WAITING = ['waiting_citizen', 'waiting_third', 'suspended'] as const;
const EVERYONE = ['contact', 'operator', 'system', 'automation'] as const;
const HOLDER = ['operator', 'office'] as const;
const HOLDER_OR_RULE = [...HOLDER, 'automation'] as const;

/** The life cycle of a case (docs/glossary.md, "Life cycle of a case"). The only place that says what may follow what. */
export const LIFE_CYCLE: Readonly<Record<CaseCommand, Transition>> = {
  open: { facts: ['opened', 'assigned'], from: [], to: ['received', 'assigned'], by: EVERYONE },
  startTriage: { facts: ['triaged'], from: ['received'], to: ['triage'], by: ['operator', 'system', 'automation'] },
  assign: {
    facts: ['assigned', 'reassigned'],
    from: ['received', 'triage', ...OWNED],
    to: ['assigned'],
    by: ['operator', 'system', 'automation'],
  },
  takeCharge: { facts: ['taken_in_charge'], from: ['assigned'], to: ['in_charge'], by: HOLDER_OR_RULE },
  refuseCompetence: {
    facts: ['competence_refused'],
    from: ['assigned', 'in_charge'],
    to: ['triage'],
    by: HOLDER,
  },
  schedule: { facts: ['scheduled'], from: ['in_charge'], to: ['scheduled'], by: ['operator'] },
  askCitizen: { facts: ['paused'], from: ['in_charge', 'scheduled'], to: ['waiting_citizen'], by: HOLDER_OR_RULE },
  askThird: { facts: ['paused'], from: ['in_charge', 'scheduled'], to: ['waiting_third'], by: ['operator'] },
  suspend: { facts: ['suspended'], from: ['in_charge', 'scheduled'], to: ['suspended'], by: ['operator'] },
  resume: { facts: ['resumed'], from: WAITING, to: ['in_charge'], by: ['operator', 'system', 'automation'] },
  extend: { facts: ['extended'], from: OPEN, to: [], by: HOLDER },
  interrupt: { facts: ['interrupted'], from: OPEN, to: [], by: ['operator'] },
  resolve: {
    facts: ['resolved'],
    from: ['received', 'triage', 'assigned', 'in_charge', 'scheduled', ...WAITING],
    to: ['resolved'],
    by: HOLDER_OR_RULE,
  },
  close: { facts: ['closed'], from: ['resolved'], to: ['closed'], by: EVERYONE },
  reject: { facts: ['rejected'], from: ['received', 'triage'], to: ['rejected'], by: ['operator'] },
  markDuplicate: { facts: ['marked_duplicate'], from: OPEN, to: ['duplicate'], by: ['operator'] },
  withdraw: { facts: ['withdrawn'], from: OPEN, to: ['withdrawn'], by: ['contact', 'operator'] },
  reopen: {
    facts: ['reopened'],
    from: ['resolved', 'closed', 'rejected', 'duplicate'],
    to: ['assigned', 'triage'],
    by: ['contact', 'operator'],
  },
};

/** For each state, the commands it accepts and the states each may lead to. */
export type Next = Readonly<Record<CaseState, Partial<Readonly<Record<CaseCommand, readonly CaseState[]>>>>>;

/**
 * Turns the rows into the table of what may follow what.
 * Throws when the rows cannot be a life cycle: a state that no road reaches from opening, an open state with no way to an
 * end, or a command that no state accepts.
 */
export function lifeCycle(rows: Readonly<Record<CaseCommand, Transition>>): Next {
  const next = Object.fromEntries(
    CASE_STATES.map(state => [
      state,
      Object.fromEntries(
        CASE_COMMANDS.filter(command => rows[command].from.includes(state)).map(command => [
          command,
          rows[command].to.length > 0 ? rows[command].to : [state],
        ]),
      ),
    ]),
  ) as Record<CaseState, Partial<Record<CaseCommand, readonly CaseState[]>>>;

  const reach = (start: readonly CaseState[]): Set<CaseState> => {
    const seen = new Set<CaseState>(start);
    for (const state of seen) for (const to of Object.values(next[state]).flat()) seen.add(to);
    return seen;
  };
  const reached = reach(rows.open.to);
  const unreachable = CASE_STATES.filter(state => !reached.has(state));
  const stuck = OPEN.filter(state => ![...reach([state])].some(isEnded));
  const idle = CASE_COMMANDS.filter(command => command !== 'open' && rows[command].from.length === 0);
  const mistakes = [
    ...unreachable.map(state => `nothing leads to "${state}"`),
    ...stuck.map(state => `"${state}" leads to no end`),
    ...idle.map(command => `no state accepts "${command}"`),
  ];
  if (mistakes.length > 0) throw new Error(`The life cycle is wrong: ${mistakes.join('; ')}`);
  return next;
}

/** What may follow what, checked when the module is loaded. */
export const NEXT: Next = lifeCycle(LIFE_CYCLE);

/** The commands that the life cycle accepts from a state, in the order of the catalogue. */
export const commandsFrom = (state: CaseState): CaseCommand[] =>
  CASE_COMMANDS.filter(command => NEXT[state][command] !== undefined);
