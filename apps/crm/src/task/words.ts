import type { Outcome } from '@filodiretto/contracts';
import { withArticle, type CaseEvent } from '@filodiretto/domain';
import { dayOf } from '../letter/matter.js';
import type { TaskParties } from './task.query.js';

interface Words {
  readonly subject: string;
  readonly text: string;
}

const quoted = (text: string): string[] => text.split('\n').map(line => `> ${line}`);
const ONE_LINE = 80;

/** The question in one line, for a title. */
export const titleOfTask = (question: string): string => {
  const line = question.trim().split('\n')[0] ?? '';
  const short = [...line].slice(0, ONE_LINE).join('');
  return short === line ? line : `${short}…`;
};

/** What whoever is asked reads: the question and its term, and nothing else of the case. */
export const askingWords = (task: Pick<TaskParties, 'name' | 'question' | 'due_date' | 'administration'>): Words => ({
  subject: `Quesito: ${titleOfTask(task.question)}`,
  text: [
    `${task.name},`,
    `${task.administration} vi chiede:`,
    '',
    ...quoted(task.question),
    '',
    `Risposta entro il: ${dayOf(task.due_date)}`,
    '',
    'Potete rispondere a questo messaggio: la risposta arriva a chi segue la pratica, non al cittadino.',
  ].join('\n'),
});

/** Nobody waits for the answer any more. */
export const newsForAsked = (task: TaskParties): Words => ({
  subject: `Quesito annullato: ${titleOfTask(task.question)}`,
  text: [`${task.name},`, 'non serve più rispondere a questo quesito:', '', ...quoted(task.question)].join('\n'),
});

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  positive: 'positivo',
  partial: 'parziale',
  negative: 'negativo',
  not_applicable: 'non applicabile',
};

/** What who holds the case reads of a question that was answered, sent back or put off, or written about once more. */
export function newsForHolder(
  event: Extract<
    CaseEvent,
    { fact: 'task_answered' | 'task_refused' | 'task_extended' | 'office_answered' | 'note_added' }
  >,
  task: TaskParties,
  about: { readonly number: string },
  holder: string,
  words: readonly string[],
): Words {
  const answer = task.answer ?? words.join('\n\n');
  const further = () => ({
    title: 'Altro messaggio sul quesito',
    lines: [
      `${task.name} scrive ancora sul quesito posto per la pratica n. ${about.number}.`,
      ...(words.length > 0 ? ['', 'Il messaggio:', '', ...quoted(words.join('\n\n'))] : []),
    ],
  });
  const said = {
    task_answered: () => ({
      title: 'Risposta al quesito',
      lines: [
        `${task.name} ha risposto al quesito posto per la pratica n. ${about.number}.`,
        ...(event.fact === 'task_answered' && event.data.outcome ? [`Esito: ${OUTCOMES[event.data.outcome]}.`] : []),
        ...(answer ? ['', 'La risposta:', '', ...quoted(answer)] : []),
      ],
    }),
    office_answered: further,
    note_added: further,
    task_refused: () => ({
      title: 'Quesito restituito',
      lines: [
        `${task.name} dice che il quesito posto per la pratica n. ${about.number} non è di sua competenza.`,
        ...(event.fact === 'task_refused' ? [`Motivo: ${event.data.reason}`] : []),
      ],
    }),
    task_extended: () => ({
      title: 'Quesito: serve più tempo',
      lines: [
        `${task.name} risponderà al quesito posto per la pratica n. ${about.number} entro ${withArticle(dayOf(task.due_date))}.`,
        ...(event.fact === 'task_extended' ? [`Motivo: ${event.data.reason}`] : []),
      ],
    }),
  }[event.fact]();
  return {
    subject: `${said.title}: ${titleOfTask(task.question)}`,
    text: [`${holder},`, ...said.lines, '', 'Il quesito era:', '', ...quoted(task.question)].join('\n'),
  };
}

/** A question whose term comes near or has passed, to who was asked or to who answers for them. */
export const urgingTask = (said: {
  readonly task: TaskParties;
  readonly late: boolean;
  readonly up: boolean;
}): Words => ({
  subject: `${said.late ? 'Quesito senza risposta' : 'Promemoria'}: ${titleOfTask(said.task.question)}`,
  text: [
    said.up
      ? `Ti scriviamo perché ${said.task.name} non ha risposto nel termine a questo quesito:`
      : `${said.task.name}, resta da rispondere a questo quesito:`,
    '',
    ...quoted(said.task.question),
    '',
    said.late ? `Il termine era il: ${dayOf(said.task.due_date)}` : `Risposta entro il: ${dayOf(said.task.due_date)}`,
  ].join('\n'),
});
