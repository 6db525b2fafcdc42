import { withArticle, type PressedAgain } from '@filodiretto/domain';
import { escaped, page } from '../http/page.js';
import { dayOf } from '../letter/matter.js';
import type { Acted } from './acting.js';
import { ACTION_NAMES, type ActionName } from './action.js';
import type { Form } from './form.js';
import { OUTCOME_NAMES, reasonName, REASONS, TASK_OUTCOME_NAMES } from './outcomes.js';
import type { Shown } from './shown.js';

/** The page of what a link led to, with what was written in its form. */
export function pageOf(acted: Acted, form: Form): string {
  switch (acted.kind) {
    case 'dead':
      return deadPage(acted.because, form);
    case 'used':
      return usedPage(acted);
    case 'ready':
    case 'refused': {
      const { link, shown } = acted;
      const wrong = acted.kind === 'refused' ? wrongOf(acted) : undefined;
      return page(
        ACTION_NAMES[link.action],
        `${wrong ? `<div class="wrong" role="alert"><p>${escaped(wrong.words)}</p></div>\n` : ''}${matter(shown, link.mergedFrom)}
<form method="post" novalidate>
${fieldsOf(link.action, shown, form, wrong?.field)}
<button type="submit">${escaped(SUBMIT[link.action])}</button>
</form>`,
      );
    }
  }
}

const DEAD = {
  expired: 'Questo collegamento è scaduto.',
  unknown: 'Questo collegamento non è riconosciuto: forse è stato copiato solo in parte.',
  over: 'La pratica nel frattempo è cambiata: è di un altro ufficio, o è già conclusa.',
} as const;

const deadPage = (because: keyof typeof DEAD, form: Form): string =>
  page(
    'Collegamento non valido',
    `<p>${DEAD[because]} Nulla è stato cambiato.</p>
<p>Per rispondere basta scrivere in risposta al messaggio di posta in cui si trovava.</p>${writtenIn(form)}`,
  );

/** What somebody wrote in vain, for them to copy: it is nowhere else. */
function writtenIn({ text, reason }: Form): string {
  const written = [text, reason].flatMap(words => (words?.trim() ? [words.trim()] : []));
  if (written.length === 0) return '';
  return `
<p>Quello che era scritto nella pagina non è stato registrato. Si può copiare da qui:</p>
${written.map(words => `<p class="words">${escaped(words)}</p>`).join('\n')}`;
}

type Used = Extract<Acted, { kind: 'used' }>;

/** What was done by a link, by whom and when; and, to who pressed after that, what became of their own words. */
function usedPage({ link, shown, again }: Used): string {
  const late = again !== undefined && AGAIN[again] !== undefined;
  const by = link.who === null ? '' : ` da ${link.who}`;
  const did = `${DONE[link.action]}${didWords(shown)} Registrato${by} il ${momentOf(link.usedAt)}.`;
  return page(
    late ? 'Azione già registrata prima' : 'Azione registrata',
    `<p class="done" role="status">${escaped(did)}</p>
${late ? `<p class="${again === 'full' ? 'wrong' : 'done'}" role="status">${AGAIN[again] ?? ''}</p>\n` : ''}${matter(shown, link.mergedFrom)}
<p>Non serve fare altro. Questo collegamento è stato usato e non agisce una seconda volta. Per aggiungere qualcosa, rispondere al messaggio di posta.</p>`,
  );
}

const KEPT =
  'Qualcuno ha usato questo collegamento prima: la sua azione vale, questa no. Quello che avete scritto non è andato perso: è una nota nella pratica, per chi la segue.';
const AGAIN: Readonly<Partial<Record<PressedAgain, string>>> = {
  keep: KEPT,
  kept: KEPT,
  full: 'Qualcuno ha usato questo collegamento prima: la sua azione vale, questa no. Quello che avete scritto non è stato registrato, perché da qui sono già arrivate molte note: scrivetelo in risposta al messaggio di posta.',
};

function didWords({ did, task }: Shown): string {
  if (!did) return '';
  const { outcome, outcomeReason, dueDate } = did;
  if (outcome)
    return task
      ? ` Esito: ${TASK_OUTCOME_NAMES[outcome]}.`
      : ` ${OUTCOME_NAMES[outcome]}: ${reasonName(outcomeReason ?? undefined)}.`;
  return dueDate ? ` Entro ${withArticle(dayOf(dueDate))}.` : '';
}

export const tooManyPage = (): string =>
  page(
    'Troppe richieste',
    '<p>Sono arrivate troppe richieste in poco tempo. Riprovare tra un minuto: nulla è stato cambiato.</p>',
  );

const matter = ({ number, subject, office, dueDate, task, fields }: Shown, mergedFrom: string | null): string =>
  task
    ? `<dl>
<dt>Pratica</dt><dd>${escaped(number)}</dd>
<dt>Chiede</dt><dd>${escaped(task.by)}</dd>
<dt>Quesito</dt><dd class="words">${escaped(task.question)}</dd>
${dueDate ? `<dt>Risposta entro il</dt><dd>${escaped(dayOf(dueDate))}</dd>` : ''}
</dl>`
    : `${mergedFrom === null || subject === '' ? '' : `<p>La pratica ${escaped(mergedFrom)} è stata unita a questa: quello che si fa qui vale per la pratica ${escaped(number)}.</p>\n`}<dl>
<dt>Pratica</dt><dd>${escaped(number)}</dd>
${subject === '' ? '' : `<dt>Oggetto</dt><dd>${escaped(subject)}</dd>`}
${office ? `<dt>Presso</dt><dd>${escaped(office)}</dd>` : ''}
${dueDate ? `<dt>Risposta entro il</dt><dd>${escaped(dayOf(dueDate))}</dd>` : ''}
${fields.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd class="words">${escaped(value)}</dd>`).join('\n')}
</dl>`;

const momentOf = (at: Date | null): string =>
  (at ?? new Date()).toLocaleString('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'long', timeStyle: 'short' });

const SUBMIT: Readonly<Record<ActionName, string>> = {
  takeCharge: 'Prendo in carico',
  resolve: 'Chiudo la pratica',
  extend: 'Chiedo più tempo',
  refuseCompetence: 'Restituisco la pratica',
  askCitizen: 'Invio la domanda',
  answerTask: 'Invio la risposta',
  extendTask: 'Chiedo più tempo',
  refuseTask: 'Restituisco il quesito',
};
const DONE: Readonly<Record<ActionName, string>> = {
  takeCharge: 'La pratica è in carico.',
  resolve: 'La pratica è conclusa.',
  extend: 'Il nuovo termine è fissato.',
  refuseCompetence: 'La pratica è stata restituita.',
  askCitizen: 'La domanda al cittadino è in partenza.',
  answerTask: 'La risposta è arrivata a chi segue la pratica.',
  extendTask: 'Il nuovo termine è fissato.',
  refuseTask: 'Il quesito è stato restituito.',
};

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

function fieldsOf(action: ActionName, shown: Shown, form: Form, wrong: string | undefined): string {
  const text = (label: string, hint: string): string => area({ name: 'text', label, hint }, form, wrong);
  const reason = (label: string): string => area({ name: 'reason', label }, form, wrong);
  switch (action) {
    case 'takeCharge':
      return '<p>Confermando, il vostro ufficio accetta di occuparsi di questa pratica. La data è visibile al cittadino.</p>';
    case 'resolve':
      return [
        outcomes(form, wrong),
        text(
          'Che cosa scriviamo al cittadino',
          'Il testo parte così com’è, sul canale da cui il cittadino ha scritto.',
        ),
        ...(shown.openTasks > 0
          ? [
              area(
                {
                  name: 'leavingTasksOpen',
                  label: 'Ci sono quesiti ancora senza risposta: perché si conclude lo stesso',
                  hint: 'I quesiti saranno annullati.',
                },
                form,
                wrong,
              ),
            ]
          : []),
        `<div class="field"><label><input type="checkbox" name="spoken" value="yes"${form['spoken'] === 'yes' ? ' checked' : ''}>Il cittadino è già stato avvisato a voce</label></div>`,
      ].join('\n');
    case 'extend':
      return [
        input(
          { name: 'dueDate', label: 'Entro quando', hint: 'Una data successiva al termine attuale.' },
          'date',
          form,
          wrong,
        ),
        reason('Perché serve più tempo'),
      ].join('\n');
    case 'refuseCompetence':
      return [reason('Perché non è di vostra competenza'), offices(shown, form)].join('\n');
    case 'askCitizen':
      return text('Che cosa chiediamo al cittadino', 'La pratica resta in attesa della sua risposta.');
    case 'answerTask':
      return [taskOutcomes(form), text('La risposta', 'Arriva a chi segue la pratica, non al cittadino.')].join('\n');
    case 'extendTask':
      return [
        input(
          { name: 'dueDate', label: 'Entro quando', hint: 'Una data successiva al termine attuale.' },
          'date',
          form,
          wrong,
        ),
        reason('Perché serve più tempo'),
      ].join('\n');
    case 'refuseTask':
      return reason('Perché non è di vostra competenza');
  }
}

const told = ({ name, hint }: Field, wrong: string | undefined): string =>
  `id="${name}" name="${name}"${hint ? ` aria-describedby="${name}-hint"` : ''}${wrong === name ? ' aria-invalid="true"' : ''}`;
const framed = ({ name, label, hint }: Field, control: string): string =>
  `<div class="field"><label for="${name}">${escaped(label)}</label>${hint ? `<p class="hint" id="${name}-hint">${escaped(hint)}</p>` : ''}${control}</div>`;

const area = (field: Field, form: Form, wrong: string | undefined): string =>
  framed(field, `<textarea ${told(field, wrong)} maxlength="10000">${escaped(form[field.name] ?? '')}</textarea>`);
const input = (field: Field, type: string, form: Form, wrong: string | undefined): string =>
  framed(field, `<input type="${type}" ${told(field, wrong)} value="${escaped(form[field.name] ?? '')}">`);
const chosen = (value: string, now: string | undefined): string =>
  `value="${escaped(value)}"${value === now ? ' selected' : ''}`;

const offices = ({ offices: all }: Shown, form: Form): string =>
  framed(
    { name: 'office', label: 'Di chi potrebbe essere (facoltativo)' },
    `<select id="office" name="office"><option value="">Non so</option>${all
      .map(({ id, name }) => `<option ${chosen(id, form['office'])}>${escaped(name)}</option>`)
      .join('')}</select>`,
  );

const outcomes = (form: Form, wrong: string | undefined): string =>
  framed(
    { name: 'outcome', label: 'Con quale esito' },
    `<select ${told({ name: 'outcome', label: '' }, wrong)}><option value="">Scegliere</option>${REASONS.map(
      ([outcome, reasons]) =>
        `<optgroup label="${escaped(OUTCOME_NAMES[outcome])}">${reasons
          .map(
            ([reason, words]) =>
              `<option ${chosen(`${outcome}.${reason}`, form['outcome'])}>${escaped(words)}</option>`,
          )
          .join('')}</optgroup>`,
    ).join('')}</select>`,
  );

const taskOutcomes = (form: Form): string =>
  framed(
    { name: 'outcome', label: 'Con quale esito (facoltativo)' },
    `<select id="outcome" name="outcome">${[
      ['', 'Solo risposta'],
      ['positive', 'Fatto'],
      ['partial', 'Fatto in parte'],
      ['negative', 'Non è possibile'],
    ]
      .map(([value = '', words = '']) => `<option ${chosen(value, form['outcome'])}>${escaped(words)}</option>`)
      .join('')}</select>`,
  );

/** What is not right, for the person at the page, and in which field. */
function wrongOf({ link, refused: { refused, errors } }: Extract<Acted, { kind: 'refused' }>): {
  words: string;
  field?: string;
} {
  const field = errors?.[0]?.pointer.slice(1);
  if (refused === 'not-allowed' || refused === 'transition-not-allowed')
    return {
      words:
        link.taskId === null
          ? 'La pratica nel frattempo è cambiata: forse è di un altro ufficio o è già conclusa. Nulla è stato fatto.'
          : 'Il quesito nel frattempo è stato chiuso: non serve più rispondere. Nulla è stato fatto.',
    };
  if (field === 'outcome' || field === 'outcomeReason')
    return { words: 'Scegliere con quale esito si conclude.', field: 'outcome' };
  if (field === 'text' && link.taskId !== null) return { words: 'Scrivere la risposta.', field };
  if (field?.startsWith('fields/'))
    return {
      words:
        'Prima di chiudere vanno completati alcuni dati della pratica. Scriverli in risposta al messaggio di posta: ci penserà il front office.',
    };
  const words = field === undefined ? undefined : WRONG[field];
  if (words && field) return { words, field };
  if (refused === 'text-too-long')
    return { words: 'Il testo è troppo lungo per il canale del cittadino.', field: 'text' };
  return {
    words:
      'Il messaggio al cittadino non può partire dal suo canale. Rispondere al messaggio di posta: ci penserà il front office.',
  };
}

const WRONG: Readonly<Record<string, string>> = {
  text: 'Scrivere il testo per il cittadino.',
  reason: 'Scrivere il motivo.',
  dueDate:
    'Indicare una data successiva al termine attuale, non oltre la proroga ammessa; un termine si proroga una volta sola.',
  leavingTasksOpen: 'Scrivere perché si conclude senza attendere le risposte.',
  office: 'Scegliere un altro ufficio.',
};
