import type { Outcome, TemplatePurpose } from '@filodiretto/contracts';

interface DemoTemplate {
  readonly code: string;
  readonly name: string;
  readonly purpose: TemplatePurpose;
  readonly outcome?: Outcome;
  readonly outcomeReason?: string;
  readonly text: string;
  readonly shortText: string;
}

const hello = 'Gentile {{ contact.name | default: "utente" }},';
const bye = 'Cordiali saluti\n{{ office.name | default: administration.name }}';
const letter = (...lines: readonly string[]): string => [hello, '', ...lines, '', bye].join('\n');

/** What the invented city tells its citizens, in Italian. */
export const TEMPLATES: readonly DemoTemplate[] = [
  {
    code: 'esito_positivo',
    name: 'Esito positivo',
    purpose: 'outcome',
    outcome: 'positive',
    text: letter(
      'la pratica {{ case.number }} («{{ case.subject }}») si è conclusa con esito positivo.',
      'Se qualcosa non va, basta rispondere a questo messaggio: la pratica si riapre.',
    ),
    shortText: 'Pratica {{ case.number }} conclusa: esito positivo. Se qualcosa non va rispondi a questo messaggio.',
  },
  {
    code: 'intervento_eseguito',
    name: 'Intervento eseguito',
    purpose: 'outcome',
    outcome: 'positive',
    outcomeReason: 'done',
    text: letter(
      "abbiamo eseguito l'intervento richiesto con la segnalazione {{ case.number }} («{{ case.subject }}»).",
      'Grazie di averci avvisati. Se il problema si ripresenta, basta rispondere a questo messaggio.',
    ),
    shortText:
      'Segnalazione {{ case.number }}: intervento eseguito. Se il problema si ripresenta rispondi qui. Grazie!',
  },
  {
    code: 'esito_parziale',
    name: 'Esito parziale',
    purpose: 'outcome',
    outcome: 'partial',
    text: letter(
      'la pratica {{ case.number }} («{{ case.subject }}») è stata accolta in parte.',
      "Per sapere che cosa resta e perché, rispondi a questo messaggio: ti scriverà l'ufficio.",
    ),
    shortText: 'Pratica {{ case.number }} accolta in parte. Per sapere perché rispondi a questo messaggio.',
  },
  {
    code: 'esito_negativo',
    name: 'Esito negativo',
    purpose: 'outcome',
    outcome: 'negative',
    text: letter(
      'ci dispiace: la pratica {{ case.number }} («{{ case.subject }}») non può essere accolta.',
      'Se ritieni che ci sia un errore o hai altro da aggiungere, rispondi a questo messaggio.',
    ),
    shortText: 'Pratica {{ case.number }}: non può essere accolta. Per contestare rispondi a questo messaggio.',
  },
  {
    code: 'non_applicabile',
    name: 'Pratica non ammessa o senza seguito',
    purpose: 'outcome',
    outcome: 'not_applicable',
    text: letter(
      'alla pratica {{ case.number }} («{{ case.subject }}») non possiamo dare seguito.',
      'Per informazioni su chi può aiutarti, rispondi a questo messaggio.',
    ),
    shortText: 'Pratica {{ case.number }}: non possiamo dare seguito. Per informazioni rispondi a questo messaggio.',
  },
  {
    code: 'fuori_competenza',
    name: 'Non di competenza del Comune',
    purpose: 'outcome',
    outcome: 'not_applicable',
    outcomeReason: 'outside_competence',
    text: letter(
      'quello che chiedi con la pratica {{ case.number }} («{{ case.subject }}») non spetta al Comune.',
      "L'Ufficio Relazioni con il Pubblico può indicarti l'ente a cui rivolgerti: basta rispondere a questo messaggio.",
    ),
    shortText: 'Pratica {{ case.number }}: non spetta al Comune. Per sapere a chi rivolgerti rispondi qui.',
  },
  {
    code: 'intervento_programmato',
    name: 'Intervento programmato',
    purpose: 'notification',
    text: letter(
      "per la segnalazione {{ case.number }} («{{ case.subject }}») {% if case.plannedDate %}l'intervento è previsto {{ case.plannedDate | article }}{% else %}l'intervento è in programma{% endif %}.",
    ),
    shortText:
      'Segnalazione {{ case.number }}: intervento {% if case.plannedDate %}{{ case.plannedDate | article }}{% else %}in programma{% endif %}.',
  },
  {
    code: 'servono_notizie',
    name: 'Servono altre notizie',
    purpose: 'reply',
    text: letter(
      'per la pratica {{ case.number }} («{{ case.subject }}») ci serve ancora qualche notizia: dove si trova il problema, e da quando?',
      'Se puoi, allega una fotografia.',
    ),
    shortText: 'Pratica {{ case.number }}: dove si trova il problema e da quando? Se puoi, allega una foto.',
  },
];

/** Words that the invented city puts on cases. */
export const TAGS: readonly { readonly code: string; readonly label: string }[] = [
  { code: 'pericolo', label: 'Pericolo per le persone' },
  { code: 'stampa', label: 'Ne parla la stampa' },
  { code: 'maltempo', label: 'Maltempo' },
];
