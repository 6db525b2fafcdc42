import { CASE_KINDS, type CaseKind } from '@filodiretto/contracts/model';
import type { FixedThing, KeptThing } from '../retention/retention.js';

export const REGISTER_LANGUAGES = ['it', 'en'] as const;
export type RegisterLanguage = (typeof REGISTER_LANGUAGES)[number];

type Thing = KeptThing | FixedThing;
type Always =
  | 'controller'
  | 'joint_controllers'
  | 'officer_contact'
  | 'hosting'
  | 'recipients'
  | 'necessity'
  | 'proportionality'
  | 'consulted'
  | 'officer_opinion'
  | 'outcome';

/** The words of the register of processing, in one language. */
export interface RegisterWords {
  readonly title: string;
  readonly toFill: string;
  readonly none: string;
  readonly on: string;
  readonly off: string;
  readonly allOn: string;
  readonly offNow: (what: string) => string;
  readonly administration: string;
  readonly officer: string;
  readonly citizens: string;
  readonly staff: string;
  readonly whatIsSaid: string;
  readonly cases: string;
  readonly work: string;
  readonly workBasis: string;
  readonly safety: string;
  readonly safetyBasis: string;
  readonly seeTerms: string;
  readonly untilWithdrawn: string;
  readonly byConsent: (version: number) => string;
  readonly byDuty: string;
  readonly term: (months: number, days: number) => string;
  readonly fixed: (lasts: string | undefined) => string;
  readonly offices: (count: number) => string;
  readonly authorised: string;
  readonly processor: string;
  readonly carrier: string;
  readonly hosting: string;
  readonly routes: string;
  readonly acts: string;
  readonly ofSupplier: (name: string) => string;
  readonly ofChannel: (name: string) => string;
  readonly ofTransfer: (name: string) => string;
  readonly ofRisk: (risk: string) => string;
  readonly thing: (code: string) => string;
  readonly laws: Readonly<Record<Always, string>>;
  readonly questions: Readonly<Record<Always, string>>;
  readonly sections: Readonly<
    Record<
      | 'controller'
      | 'purposes'
      | 'data'
      | 'recipients'
      | 'transfers'
      | 'terms'
      | 'measures'
      | 'access'
      | 'automated'
      | 'monitoring'
      | 'description'
      | 'risks'
      | 'opinions',
      string
    >
  >;
  readonly columns: Readonly<
    Record<
      | 'what'
      | 'who'
      | 'purpose'
      | 'legalBasis'
      | 'kept'
      | 'where'
      | 'whose'
      | 'data'
      | 'as'
      | 'declared'
      | 'measure'
      | 'state'
      | 'role'
      | 'people'
      | 'reach'
      | 'may'
      | 'effect'
      | 'reference'
      | 'scopes'
      | 'until'
      | 'risk'
      | 'against',
      string
    >
  >;
  readonly measures: Readonly<
    Record<
      | 'row_security'
      | 'separate_logins'
      | 'https'
      | 'strong_login'
      | 'session_limits'
      | 'trail'
      | 'anchors'
      | 'scanner'
      | 'retention_by_night'
      | 'break_glass'
      | 'address_guard',
      string
    >
  >;
  readonly risks: Readonly<
    Record<'disclosure' | 'curiosity' | 'intrusion' | 'change' | 'loss' | 'profiling' | 'workers', string>
  >;
}

const LAWS: RegisterWords['laws'] = {
  controller: 'art. 30.1.a',
  joint_controllers: 'art. 26, 30.1.a',
  officer_contact: 'art. 37.7',
  hosting: 'art. 28, 30.1.d',
  recipients: 'art. 30.1.d',
  necessity: 'art. 35.7.b',
  proportionality: 'art. 35.7.b',
  consulted: 'art. 35.9',
  officer_opinion: 'art. 35.2',
  outcome: 'art. 35, 36',
};

const IT_KINDS: Readonly<Record<CaseKind, string>> = {
  information: 'Richieste di informazioni',
  assistance: 'Richieste di assistenza',
  report: 'Segnalazioni di disservizio',
  accessibility_report: 'Segnalazioni di accessibilità',
  complaint: 'Reclami',
  suggestion: 'Suggerimenti',
  praise: 'Apprezzamenti',
  proceeding: 'Istanze (procedimenti)',
  document_access: 'Accesso agli atti',
  civic_access: 'Accesso civico semplice',
  foia: 'Accesso civico generalizzato',
  data_subject_request: 'Esercizio dei diritti sui dati personali',
  improvement_proposal: 'Proposte di miglioramento',
};
const EN_KINDS: Readonly<Record<CaseKind, string>> = {
  information: 'Requests for information',
  assistance: 'Requests for assistance',
  report: 'Reports of a fault',
  accessibility_report: 'Reports on accessibility',
  complaint: 'Complaints',
  suggestion: 'Suggestions',
  praise: 'Praise',
  proceeding: 'Applications (proceedings)',
  document_access: 'Access to records',
  civic_access: 'Civic access',
  foia: 'Freedom of information',
  data_subject_request: 'Rights on personal data',
  improvement_proposal: 'Proposals of improvement',
};
const IT_THINGS: Readonly<Record<Thing, string>> = {
  recording: 'Registrazioni di chiamate',
  searched_words: 'Parole cercate',
  parked: 'Elementi della quarantena già trattati',
  upload: 'File mai inviati',
  draft: 'Bozze',
  idempotency: 'Impronte delle richieste',
  early_progress: 'Notizie di messaggi mai arrivati',
  attachment: 'Allegati di pratiche chiuse',
  original: 'Originali come sono arrivati',
  loose_message: 'Messaggi fuori da ogni pratica',
  weekly_letter: 'Lettere settimanali',
  contact: 'Persone senza pratiche',
  offer: 'Proposte di lavoro agli operatori',
  automation_run: 'Azioni delle regole',
  bulk_action: 'Azioni su molte pratiche',
  absence: 'Assenze del personale',
  citizen_code: 'Codici usa e getta dei cittadini',
  operator_session: 'Sessioni degli operatori',
  login: 'Accessi iniziati',
  presence: 'Chi è al lavoro, e dove',
  merged: 'Quanto messo da parte da un’unione',
  bus: 'Quanto viaggia fra i servizi',
  journal: 'Cronologia delle pratiche',
  trail: 'Traccia degli accessi',
  consent: 'Consensi',
  erasure: 'Ricevute di cancellazione',
};
const EN_THINGS: Readonly<Record<Thing, string>> = {
  recording: 'Recordings of calls',
  searched_words: 'Words that were searched',
  parked: 'Settled items of the quarantine',
  upload: 'Files that were never sent',
  draft: 'Drafts',
  idempotency: 'Prints of requests',
  early_progress: 'News of messages that never came',
  attachment: 'Files of ended cases',
  original: 'Originals as they reached us',
  loose_message: 'Messages in no case',
  weekly_letter: 'Weekly letters',
  contact: 'People in no case',
  offer: 'Offers of work to operators',
  automation_run: 'What rules did',
  bulk_action: 'Bulk actions',
  absence: 'Absences of staff',
  citizen_code: 'One-time codes of citizens',
  operator_session: 'Sessions of operators',
  login: 'Logins that were begun',
  presence: 'Who is at work, and where',
  merged: 'What a merge put aside',
  bus: 'What travels between the services',
  journal: 'Journal of cases',
  trail: 'The trail',
  consent: 'Consents',
  erasure: 'Receipts of erasures',
};

const thingIn =
  (kinds: Readonly<Record<CaseKind, string>>, things: Readonly<Record<string, string>>) =>
  (code: string): string => {
    const kind = CASE_KINDS.find(one => code === `case.${one}`);
    return kind ? kinds[kind] : Object.hasOwn(things, code) ? (things[code] ?? code) : code;
  };
const daysOf = (lasts: string): number => Number(/^P(\d+)D$/.exec(lasts)?.[1] ?? 0);
const several = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const spanIn =
  (month: readonly [string, string], dayWords: readonly [string, string]) =>
  (months: number, days: number): string =>
    [...(months > 0 ? [several(months, ...month)] : []), ...(days > 0 ? [several(days, ...dayWords)] : [])].join(', ');

/** Everything that the register says, in Italian and in English. */
export const REGISTER_WORDS: Readonly<Record<RegisterLanguage, RegisterWords>> = {
  it: {
    title: 'Registro delle attività di trattamento',
    toFill: 'da completare a cura del titolare',
    none: 'nessuno',
    on: 'attiva',
    off: 'non attiva',
    allOn: 'tutte attive',
    offNow: what => `non attive: ${what}`,
    administration: 'Amministrazione',
    officer: 'Responsabile della protezione dei dati',
    citizens: 'cittadini e chi scrive per loro',
    staff: 'personale e uffici',
    whatIsSaid: 'quanto i cittadini dicono e ricevono',
    cases: 'Pratiche:',
    work: 'Organizzazione del lavoro di chi risponde',
    workBasis: 'Art. 6.1.e GDPR; art. 4 L. 300/1970 per le cifre di singole persone',
    safety: 'Sicurezza, traccia degli accessi, continuità',
    safetyBasis: 'Art. 6.1.c e 32 GDPR; art. 5.2 GDPR',
    seeTerms: 'secondo i termini qui sotto',
    untilWithdrawn: 'fino alla revoca',
    byConsent: version => `Art. 6.1.a GDPR: consenso, testo in versione ${version}`,
    byDuty: 'per obbligo',
    term: spanIn(['mese', 'mesi'], ['giorno', 'giorni']),
    fixed: lasts => (lasts === undefined ? 'resta come prova' : `al più ${several(daysOf(lasts), 'giorno', 'giorni')}`),
    offices: count => several(count, 'ufficio dell’amministrazione', 'uffici dell’amministrazione'),
    authorised: 'autorizzati (art. 29)',
    processor: 'responsabile del trattamento (art. 28)',
    carrier: 'chi porta i messaggi di questo canale',
    hosting: 'Chi ospita il sistema',
    routes: 'sceglie l’ufficio o la persona che risponde; una persona può sempre cambiarlo',
    acts: 'agisce sulla pratica come una persona potrebbe; nessun effetto giuridico da sola',
    ofSupplier: name => `${name}: contratto o atto che ne fa un responsabile del trattamento, e chi lavora per lui`,
    ofChannel: name => `${name}: chi porta questi messaggi, e con quale contratto`,
    ofTransfer: name => `${name}: i dati escono dall’Unione europea? Dove, e in base a che cosa`,
    ofRisk: risk => `${risk}: probabilità e gravità, e che cosa resta dopo le misure`,
    thing: thingIn(IT_KINDS, IT_THINGS),
    laws: LAWS,
    questions: {
      controller: 'Titolare del trattamento: denominazione, indirizzo, recapiti',
      joint_controllers: 'Contitolari e rappresentante, se ce ne sono',
      officer_contact: 'Recapiti pubblicati del responsabile della protezione dei dati',
      hosting: 'Chi ospita il sistema e le sue copie, dove, con quale contratto',
      recipients: 'Altri destinatari fuori dall’amministrazione',
      necessity: 'Perché questi trattamenti sono necessari allo scopo',
      proportionality: 'Perché bastano questi dati e non di meno',
      consulted: 'Che cosa pensano gli interessati o chi li rappresenta',
      officer_opinion: 'Parere del responsabile della protezione dei dati',
      outcome: 'Esito della valutazione, chi decide e da quando',
    },
    sections: {
      controller: 'Chi tratta i dati',
      purposes: 'Finalità e basi giuridiche',
      data: 'Categorie di interessati e di dati',
      recipients: 'Destinatari',
      transfers: 'Trasferimenti fuori dall’Unione europea',
      terms: 'Termini di conservazione',
      measures: 'Misure di sicurezza',
      access: 'Chi può leggere, per ruolo',
      automated: 'Decisioni automatiche',
      monitoring: 'Controllo di chi lavora',
      description: 'Valutazione d’impatto: descrizione, necessità, proporzionalità',
      risks: 'Valutazione d’impatto: rischi e misure',
      opinions: 'Valutazione d’impatto: pareri ed esito',
    },
    columns: {
      what: 'Che cosa',
      who: 'Chi',
      purpose: 'Finalità',
      legalBasis: 'Base giuridica',
      kept: 'Conservazione',
      where: 'Dove',
      whose: 'Di chi',
      data: 'Dati',
      as: 'In quale veste',
      declared: 'Dichiarato dal titolare',
      measure: 'Misura',
      state: 'Stato',
      role: 'Ruolo',
      people: 'Persone',
      reach: 'Ampiezza',
      may: 'Permessi',
      effect: 'Effetto',
      reference: 'Riferimento',
      scopes: 'Ambito',
      until: 'Fino al',
      risk: 'Rischio',
      against: 'Misure contrarie',
    },
    measures: {
      row_security: 'Sicurezza a livello di riga nella base di dati, imposta a tutti',
      separate_logins: 'Accessi alla base di dati separati per persone e macchine, che non possiedono nulla',
      https: 'Solo https verso l’esterno',
      strong_login: 'Secondo fattore chiesto al fornitore di identità',
      session_limits: 'Sessioni che finiscono da sole',
      trail: 'Traccia di chi guarda e di chi cambia, sigillata',
      anchors: 'Sigilli firmati e tenuti fuori dal sistema',
      scanner: 'Antivirus su ogni file',
      retention_by_night: 'Quanto è scaduto va via ogni notte da sé',
      break_glass: 'Pratiche riservate aperte solo con un motivo, riferito',
      address_guard: 'Indirizzi scelti da altri portano solo alla rete pubblica',
    },
    risks: {
      disclosure: 'Qualcuno di fuori legge quanto i cittadini hanno confidato',
      curiosity: 'Qualcuno di dentro guarda pratiche che non lo riguardano',
      intrusion: 'Un file o un messaggio fa entrare un estraneo',
      change: 'Qualcuno cambia o cancella quanto è avvenuto',
      loss: 'Si conserva più a lungo del necessario, o si perde prima',
      profiling: 'Dati di una persona messi insieme per altri scopi',
      workers: 'Chi lavora è controllato oltre quanto è permesso',
    },
  },
  en: {
    title: 'Register of processing',
    toFill: 'to be filled in by the controller',
    none: 'none',
    on: 'on',
    off: 'not on',
    allOn: 'all on',
    offNow: what => `not on: ${what}`,
    administration: 'Administration',
    officer: 'Data protection officer',
    citizens: 'citizens and who writes for them',
    staff: 'staff and offices',
    whatIsSaid: 'what citizens say and are told',
    cases: 'Cases:',
    work: 'Organisation of the work of who answers',
    workBasis: 'Art. 6.1.e GDPR; art. 4 L. 300/1970 for figures of single people',
    safety: 'Security, trail of looks, continuity',
    safetyBasis: 'Art. 6.1.c and 32 GDPR; art. 5.2 GDPR',
    seeTerms: 'by the terms below',
    untilWithdrawn: 'until withdrawn',
    byConsent: version => `Art. 6.1.a GDPR: consent, words of version ${version}`,
    byDuty: 'by duty',
    term: spanIn(['month', 'months'], ['day', 'days']),
    fixed: lasts => (lasts === undefined ? 'stays as proof' : `${several(daysOf(lasts), 'day', 'days')} at most`),
    offices: count => several(count, 'office of the administration', 'offices of the administration'),
    authorised: 'authorised (art. 29)',
    processor: 'processor (art. 28)',
    carrier: 'who carries the messages of this channel',
    hosting: 'Who hosts the system',
    routes: 'chooses the office or person who answers; a person can always change it',
    acts: 'acts on the case as a person could; no legal effect by itself',
    ofSupplier: name => `${name}: the contract or act that makes them a processor, and who works for them`,
    ofChannel: name => `${name}: who carries these messages, and by what contract`,
    ofTransfer: name => `${name}: do the data leave the European Union? Where to, and on what grounds`,
    ofRisk: risk => `${risk}: likelihood and severity, and what is left after the measures`,
    thing: thingIn(EN_KINDS, EN_THINGS),
    laws: LAWS,
    questions: {
      controller: 'Controller: name, address, contacts',
      joint_controllers: 'Joint controllers and representative, if any',
      officer_contact: 'Published contacts of the data protection officer',
      hosting: 'Who hosts the system and its copies, where, by what contract',
      recipients: 'Other recipients outside of the administration',
      necessity: 'Why this processing is necessary for its purpose',
      proportionality: 'Why these data are enough, and less would not be',
      consulted: 'What the people concerned, or who represents them, think of it',
      officer_opinion: 'Opinion of the data protection officer',
      outcome: 'Outcome of the assessment, who decides it and from when',
    },
    sections: {
      controller: 'Who processes',
      purposes: 'Purposes and legal bases',
      data: 'Categories of people and of data',
      recipients: 'Recipients',
      transfers: 'Transfers outside of the European Union',
      terms: 'Terms of retention',
      measures: 'Security measures',
      access: 'Who may read, by role',
      automated: 'Automated decisions',
      monitoring: 'Monitoring of workers',
      description: 'Assessment of impact: description, necessity, proportionality',
      risks: 'Assessment of impact: risks and measures',
      opinions: 'Assessment of impact: opinions and outcome',
    },
    columns: {
      what: 'What',
      who: 'Who',
      purpose: 'Purpose',
      legalBasis: 'Legal basis',
      kept: 'Kept for',
      where: 'Where',
      whose: 'Whose',
      data: 'Data',
      as: 'As what',
      declared: 'Declared by the controller',
      measure: 'Measure',
      state: 'State',
      role: 'Role',
      people: 'People',
      reach: 'Reach',
      may: 'Permissions',
      effect: 'Effect',
      reference: 'Reference',
      scopes: 'Scope',
      until: 'Until',
      risk: 'Risk',
      against: 'Measures against it',
    },
    measures: {
      row_security: 'Row-level security in the database, forced on everybody',
      separate_logins: 'Logins to the database apart for people and machines, which own nothing',
      https: 'https alone towards the outside',
      strong_login: 'A second factor asked of the identity provider',
      session_limits: 'Sessions that end by themselves',
      trail: 'A sealed trail of who looks and who changes',
      anchors: 'Seals that are signed and kept outside of the system',
      scanner: 'A virus scanner on every file',
      retention_by_night: 'What is over goes every night by itself',
      break_glass: 'Confidential cases opened for a reason alone, which is reported',
      address_guard: 'Addresses that others chose lead to the public network alone',
    },
    risks: {
      disclosure: 'Somebody outside reads what citizens confided',
      curiosity: 'Somebody inside looks at cases that are not theirs',
      intrusion: 'A file or a message lets a stranger in',
      change: 'Somebody changes or deletes what happened',
      loss: 'Something is kept longer than needed, or lost before',
      profiling: 'Data of a person are put together for other ends',
      workers: 'Who works here is watched beyond what is allowed',
    },
  },
};
