import type { CaseCommand } from '@filodiretto/contracts/model';

/** Steps along the life cycle that an automation takes. */
export const AUTOMATION_MOVES = [
  'startTriage',
  'assign',
  'takeCharge',
  'askCitizen',
  'resume',
  'resolve',
  'close',
] as const;

/** A step as whoever writes an automation says it. */
export interface AutomationMove {
  readonly command: CaseCommand;
  readonly outcome?: string | undefined;
  readonly outcomeReason?: string | undefined;
  readonly text?: string | undefined;
  readonly textTemplate?: string | undefined;
  readonly spoken?: boolean | undefined;
}

/**
 * Which field of a step no automation can keep, and why; `undefined` when it can. Nobody is at hand when it acts: what a person
 * would be asked then is said before, and nobody was told anything by voice.
 */
export function whyNotMove(
  move: AutomationMove,
): { readonly field: keyof AutomationMove; readonly detail: string } | undefined {
  const { command, outcome, outcomeReason, text, textTemplate, spoken } = move;
  if (!AUTOMATION_MOVES.some(one => one === command))
    return { field: 'command', detail: `must be one of: ${AUTOMATION_MOVES.join(', ')}` };
  if (spoken) return { field: 'spoken', detail: 'an automation tells nobody anything by voice' };
  if (command === 'resolve' && !outcome) return { field: 'outcome', detail: 'say with which outcome it ends' };
  if (command === 'resolve' && !outcomeReason?.trim())
    return { field: 'outcomeReason', detail: 'say why this outcome' };
  const tells = command === 'resolve' || command === 'askCitizen';
  if (tells && !text?.trim() && textTemplate === undefined)
    return { field: 'text', detail: 'say what the citizen is told, or by which template' };
  return undefined;
}
