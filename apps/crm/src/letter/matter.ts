import type { CaseKind, MediaPart, Part, Priority } from '@filodiretto/contracts';
import type { ToldField } from '@filodiretto/domain';

/** What a case is about, for somebody who does not see it in the system. */
export interface Matter {
  readonly number: string;
  readonly subject: string;
  readonly kind: CaseKind;
  readonly priority: Priority;
  readonly openedAt: Date;
  readonly dueDate: string | null;
  /** What was said, oldest first. */
  readonly words: readonly string[];
  readonly files: number;
  /** What it holds in the fields of its category. */
  readonly fields?: readonly ToldField[];
}

const KINDS: Readonly<Record<CaseKind, string>> = {
  information: 'Richiesta di informazioni',
  assistance: 'Richiesta di assistenza',
  report: 'Segnalazione di disservizio',
  accessibility_report: 'Segnalazione di accessibilità',
  complaint: 'Reclamo',
  suggestion: 'Suggerimento',
  praise: 'Apprezzamento',
  proceeding: 'Istanza',
  document_access: 'Accesso agli atti',
  civic_access: 'Accesso civico semplice',
  foia: 'Accesso civico generalizzato',
  data_subject_request: 'Esercizio dei diritti sui dati personali',
  improvement_proposal: 'Proposta di miglioramento',
};
const PRIORITIES: Readonly<Record<Priority, string>> = {
  low: 'bassa',
  normal: 'normale',
  high: 'alta',
  urgent: 'urgente',
};

/** Characters of what was said that a letter quotes. */
const MAX_QUOTED = 4_000;

/** Characters of a field that a letter tells. */
const MAX_FIELD = 500;
const oneLine = (text: string): string => {
  const line = [...text.replaceAll(/\s+/g, ' ').trim()];
  return line.length > MAX_FIELD ? `${line.slice(0, MAX_FIELD).join('')} […]` : line.join('');
};

const DAY = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'long' });
export const dayOf = (at: Date | string): string => DAY.format(new Date(at));

/** The words of a content as a person reads them. */
export const wordsOf = (content: readonly Part[]): string[] =>
  content.flatMap(part => {
    if (part.type === 'text') return [part.visible ?? part.text];
    if (part.type === 'location')
      return [`Luogo: ${[part.name, part.address, `${part.latitude}, ${part.longitude}`].filter(Boolean).join(', ')}`];
    if (part.type === 'media') return part.caption ? [part.caption] : [];
    return part.type === 'call' && part.transcription ? [part.transcription] : [];
  });

/** The files of a content that may be enclosed. */
export const filesOf = (content: readonly Part[]): MediaPart[] =>
  content.filter(part => part.type === 'media').filter(part => part.fetch === 'done');

/** What the forms of a content say, field by field. */
export const answersIn = (content: readonly Part[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(content.flatMap(part => (part.type === 'form' ? Object.entries(part.fields) : [])));

/**
 * What was said, as a letter quotes it. A form says all of its answers in its words too: where one is of a field that is
 * `confidential` (codes), the other answers are quoted in their place.
 */
export function quoted(
  words: readonly string[],
  answers: Readonly<Record<string, unknown>>,
  confidential: ReadonlySet<string>,
): readonly string[] {
  const given = Object.entries(answers).filter(([, value]) => value !== null && value !== '');
  return given.some(([code]) => confidential.has(code))
    ? given.flatMap(([code, value]) => (confidential.has(code) ? [] : [`${code}: ${String(value)}`]))
    : words;
}

/** The matter as the lines of a letter. Italian. */
export function matterLines(matter: Matter): string[] {
  const quoted = matter.words.filter(words => words.trim() !== '').join('\n\n');
  const short = [...quoted].slice(0, MAX_QUOTED).join('');
  return [
    `Oggetto: ${matter.subject}`,
    `Tipologia: ${KINDS[matter.kind]}`,
    ...(matter.priority === 'normal' ? [] : [`Priorità: ${PRIORITIES[matter.priority]}`]),
    `Aperta il: ${dayOf(matter.openedAt)}`,
    ...(matter.dueDate === null ? [] : [`Risposta entro il: ${dayOf(matter.dueDate)}`]),
    ...(matter.files === 0 ? [] : [`Allegati: ${matter.files}`]),
    ...(matter.fields ?? []).map(({ label, value }) => `${label}: ${oneLine(value)}`),
    ...(quoted === ''
      ? []
      : [
          '',
          'Che cosa è stato scritto:',
          '',
          ...short.split('\n').map(line => `> ${line}`),
          ...(short === quoted ? [] : ['> […]']),
        ]),
  ];
}
