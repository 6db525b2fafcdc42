import { plainToInstance } from 'class-transformer';
import { FormDefinition, type FormField } from './form.js';

const PRIVACY =
  "I dati sono trattati dall'amministrazione per rispondere alla richiesta (artt. 13 e 14 del Regolamento UE 2016/679).";
const SUBJECT: FormField = { name: 'oggetto', label: 'Oggetto', type: 'text', required: true, maxLength: 200 };
const PERSON: readonly FormField[] = [
  { name: 'nome', label: 'Nome e cognome', type: 'text', maxLength: 200, autocomplete: 'name' },
  { name: 'email', label: 'Indirizzo e-mail', type: 'email', autocomplete: 'email' },
  { name: 'telefono', label: 'Numero di telefono', type: 'phone', autocomplete: 'tel' },
];
const ROLES = {
  subjectField: 'oggetto',
  nameField: 'nome',
  emailField: 'email',
  phoneField: 'telefono',
  files: true,
  privacyNotice: PRIVACY,
} as const;
const long = (label: string): FormField => ({
  name: 'descrizione',
  label,
  type: 'long_text',
  required: true,
  maxLength: 5_000,
});
const options = (values: Readonly<Record<string, string>>): FormField['options'] =>
  Object.entries(values).map(([value, label]) => ({ value, label }));

/** The forms of an administration that has not said its own. */
export const DEFAULT_FORMS: readonly FormDefinition[] = plainToInstance(FormDefinition, [
  {
    ...ROLES,
    id: 'segnalazione',
    version: '1',
    title: 'Segnala un disservizio',
    description:
      'Per segnalare buche, lampioni spenti, rifiuti e altri problemi della città. Per le emergenze chiama il 112.',
    categoryField: 'categoria',
    fields: [
      {
        name: 'categoria',
        label: 'Che cosa riguarda',
        type: 'choice',
        options: options({
          strade: 'Buche e marciapiedi',
          illuminazione: 'Illuminazione pubblica',
          rifiuti: 'Raccolta dei rifiuti',
          verde: 'Verde pubblico',
        }),
      },
      SUBJECT,
      long('Descrivi il problema'),
      {
        name: 'luogo',
        label: 'Dove si trova',
        type: 'text',
        maxLength: 500,
        help: 'Via e numero civico, o un punto vicino',
      },
      ...PERSON,
    ],
  },
  {
    ...ROLES,
    id: 'richiesta-informazioni',
    version: '1',
    title: 'Chiedi informazioni',
    description: 'Per chiedere informazioni su uffici, orari, servizi e pratiche.',
    categoryField: 'categoria',
    contactRequired: true,
    fields: [
      {
        name: 'categoria',
        label: 'Argomento',
        type: 'choice',
        options: options({
          informazioni: 'Informazioni generali',
          carta_identita: "Carta d'identità e certificati",
          tributi: 'IMU, TARI e altri tributi',
          scuola: 'Nidi, mense e trasporto scolastico',
          sociale: 'Aiuti e contributi',
          edilizia: 'Pratiche edilizie',
        }),
      },
      SUBJECT,
      long('La tua domanda'),
      ...PERSON,
    ],
  },
  {
    ...ROLES,
    id: 'reclamo',
    version: '1',
    title: 'Presenta un reclamo',
    description: 'Per dire che un servizio non è stato all’altezza di quanto promesso.',
    category: 'reclami',
    contactRequired: true,
    fields: [
      SUBJECT,
      long('Che cosa è successo'),
      { name: 'data', label: 'Quando è successo', type: 'date' },
      ...PERSON,
    ],
  },
]);
