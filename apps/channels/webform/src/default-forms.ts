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
    version: '2',
    title: 'Segnala un disservizio',
    description:
      'Per segnalare buche, lampioni spenti, rifiuti e altri problemi della città. Per le emergenze chiama il 112.',
    categoryField: 'categoria',
    placeField: 'luogo',
    latitudeField: 'latitudine',
    longitudeField: 'longitudine',
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
      { name: 'latitudine', label: 'Latitudine', type: 'number', help: 'Facoltativa: gradi, per esempio 44,6015' },
      { name: 'longitudine', label: 'Longitudine', type: 'number', help: 'Facoltativa: gradi, per esempio 11,2011' },
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
  {
    ...ROLES,
    id: 'assistenza',
    version: '1',
    title: 'Richiedi assistenza',
    description: 'Per chiedere aiuto con un servizio dell’amministrazione.',
    categoryField: 'categoria',
    subjectField: 'servizio',
    contactRequired: true,
    fields: [
      { name: 'nome', label: 'Nome e cognome', type: 'text', required: true, maxLength: 200, autocomplete: 'name' },
      { name: 'email', label: 'Indirizzo e-mail', type: 'email', required: true, autocomplete: 'email' },
      { name: 'telefono', label: 'Numero di telefono', type: 'phone', autocomplete: 'tel' },
      {
        name: 'categoria',
        label: 'Categoria di servizio',
        type: 'choice',
        required: true,
        options: options({
          carta_identita: 'Anagrafe e stato civile',
          cultura: 'Cultura e tempo libero',
          lavoro: 'Vita lavorativa',
          imprese: 'Imprese e commercio',
          appalti: 'Appalti pubblici',
          edilizia: 'Catasto e urbanistica',
          turismo: 'Turismo',
          mobilita: 'Mobilità e trasporti',
          scuola: 'Educazione e formazione',
          polizia: 'Giustizia e sicurezza pubblica',
          tributi: 'Tributi, finanze e contravvenzioni',
          rifiuti: 'Ambiente',
          sociale: 'Salute, benessere e assistenza',
          autorizzazioni: 'Autorizzazioni',
          agricoltura: 'Agricoltura e pesca',
          informazioni: 'Relazioni con il pubblico',
        }),
      },
      { name: 'servizio', label: 'Servizio', type: 'text', required: true, maxLength: 200 },
      { ...long('Dettagli'), maxLength: 600 },
    ],
  },
  {
    ...ROLES,
    id: 'accessibilita',
    version: '1',
    title: 'Segnala un problema di accessibilità',
    description: 'Per dire che una pagina o un documento dell’amministrazione non si può usare.',
    category: 'accessibilita',
    contactRequired: true,
    fields: [{ ...SUBJECT, label: 'Pagina o documento' }, long('Che cosa non si può fare'), ...PERSON],
  },
]);
