import type { MoveCase, MoveTask, Outcome } from '@filodiretto/contracts';
import { OUTCOME_REASONS, OUTCOMES } from '@filodiretto/contracts/model';
import { present } from '../http/present.js';
import { dayOf } from '../letter/matter.js';
import { storable } from '../storable.js';
import type { ActionLink } from './action-links.js';
import { OUTCOME_NAMES, reasonName, TASK_OUTCOME_NAMES } from './outcomes.js';
import type { Shown } from './shown.js';

/** What somebody wrote in the page of a link. */
export type Form = Readonly<Record<string, string>>;

const FIELDS = ['outcome', 'text', 'leavingTasksOpen', 'spoken', 'dueDate', 'reason', 'office'] as const;

/** What was written in a form, field by field, to compare it with another. */
export const wordsOf = (form: Form): readonly (string | null)[] => FIELDS.map(name => said(form[name]) ?? null);

/** What a form asks of a question to another office. */
export function taskMoveOf(action: ActionLink['action'], form: Form): MoveTask {
  const reason = said(form['reason']);
  const outcome = OUTCOMES.find(one => one === form['outcome']);
  switch (action) {
    case 'answerTask':
      return { command: 'answer', ...present({ text: said(form['text']), outcome }) };
    case 'extendTask':
      return { command: 'extend', ...present({ reason, dueDate: said(form['dueDate']) }) };
    default:
      return { command: 'refuse', ...present({ reason }) };
  }
}

/** The commands that a form asks for. */
export function movesOf(
  { link, shown }: { readonly link: ActionLink; readonly shown: Shown },
  form: Form,
): Partial<MoveCase>[] {
  const text = said(form['text']);
  const reason = said(form['reason']);
  switch (link.action) {
    case 'takeCharge':
      return [{ command: 'takeCharge' }];
    case 'resolve': {
      const spoken = form['spoken'] === 'yes';
      return [
        {
          command: 'resolve',
          ...outcomeOf(form['outcome']),
          ...(spoken ? { spoken } : {}),
          ...(text === undefined || spoken ? {} : { text }),
          ...present({ leavingTasksOpen: said(form['leavingTasksOpen']) }),
        },
      ];
    }
    case 'extend':
      return [{ command: 'extend', dueDate: said(form['dueDate']), reason }];
    case 'refuseCompetence':
      return [
        { command: 'refuseCompetence', reason, office: shown.offices.find(({ id }) => id === form['office'])?.id },
      ];
    case 'askCitizen':
      return [
        ...(shown.state === 'assigned' ? [{ command: 'takeCharge' } as const] : []),
        { command: 'askCitizen', text },
      ];
    case 'answerTask':
    case 'extendTask':
    case 'refuseTask':
      throw new Error(`a link of a task without its task: ${link.id}`);
  }
}

const said = (value: string | undefined): string | undefined => storable(value?.trim()) || undefined;

/** `positive.done` → outcome and reason; anything else is no outcome. */
function outcomeOf(value: string | undefined): { outcome?: Outcome; outcomeReason?: string } {
  const [name, outcomeReason = ''] = (value ?? '').split('.');
  const outcome = OUTCOMES.find(one => one === name);
  const known: readonly string[] = outcome ? OUTCOME_REASONS[outcome] : [];
  return outcome && known.includes(outcomeReason) ? { outcome, outcomeReason } : {};
}

/** What somebody wrote in the page of an action, line by line, for people to read; none: they only pressed. Italian. */
export function linesOf(action: ActionLink['action'], { offices }: Pick<Shown, 'offices'>, form: Form): string[] {
  const line = (label: string, name: string): string[] => {
    const value = said(form[name]);
    return value === undefined ? [] : [`${label}: ${value}`];
  };
  const until = (): string[] => {
    const day = said(form['dueDate']);
    return day === undefined ? [] : [`Entro il: ${/^\d{4}-\d{2}-\d{2}$/.test(day) ? dayOf(day) : day}`];
  };
  switch (action) {
    case 'takeCharge':
      return [];
    case 'resolve': {
      const { outcome, outcomeReason } = outcomeOf(form['outcome']);
      return [
        ...(outcome ? [`${OUTCOME_NAMES[outcome]}: ${reasonName(outcomeReason)}`] : []),
        ...line('Testo per il cittadino', 'text'),
        ...line('Perché si conclude senza attendere le risposte ai quesiti', 'leavingTasksOpen'),
        ...(form['spoken'] === 'yes' ? ['Il cittadino è già stato avvisato a voce.'] : []),
      ];
    }
    case 'extend':
    case 'extendTask':
      return [...until(), ...line('Perché serve più tempo', 'reason')];
    case 'refuseCompetence': {
      const office = offices.find(({ id }) => id === form['office']);
      return [
        ...line('Perché non è di loro competenza', 'reason'),
        ...(office ? [`Potrebbe essere di: ${office.name}`] : []),
      ];
    }
    case 'askCitizen':
      return line('Domanda per il cittadino', 'text');
    case 'answerTask': {
      const outcome = OUTCOMES.find(one => one === form['outcome']);
      return [...(outcome ? [`Esito: ${TASK_OUTCOME_NAMES[outcome]}`] : []), ...line('Risposta', 'text')];
    }
    case 'refuseTask':
      return line('Perché non è di loro competenza', 'reason');
  }
}
