import type { CaseKind, OfficeKind, Outcome, Priority } from '@filodiretto/contracts';
import type { QueueSettings } from '@filodiretto/domain';

/** An invented city. Nobody in it exists. */
interface DemoOffice {
  readonly code: string;
  readonly name: string;
  readonly kind: OfficeKind;
  readonly tier: 1 | 2 | 3;
  /** Code of the office above. */
  readonly in?: string;
}

const DOMAIN = 'comune.poggioverde.example';
export const emailOf = (code: string): string => `${code}@${DOMAIN}`;

/** Each office after the one above it. */
export const OFFICES: readonly DemoOffice[] = [
  { code: 'comune', name: 'Comune di Poggioverde', kind: 'administration', tier: 3 },
  { code: 'cittadino', name: 'Area Servizi al cittadino', kind: 'department', tier: 2, in: 'comune' },
  { code: 'urp', name: 'Ufficio Relazioni con il Pubblico', kind: 'office', tier: 1, in: 'cittadino' },
  { code: 'anagrafe', name: 'Anagrafe e Stato civile', kind: 'office', tier: 2, in: 'cittadino' },
  { code: 'protocollo', name: 'Protocollo e Archivio', kind: 'office', tier: 2, in: 'cittadino' },
  { code: 'entrate', name: 'Area Entrate', kind: 'department', tier: 2, in: 'comune' },
  { code: 'tributi', name: 'Ufficio Tributi', kind: 'office', tier: 2, in: 'entrate' },
  { code: 'territorio', name: 'Area Territorio e Ambiente', kind: 'department', tier: 2, in: 'comune' },
  { code: 'manutenzioni', name: 'Strade e Manutenzioni', kind: 'office', tier: 2, in: 'territorio' },
  { code: 'ambiente', name: 'Ambiente e Rifiuti', kind: 'office', tier: 2, in: 'territorio' },
  { code: 'edilizia', name: 'Edilizia privata', kind: 'office', tier: 3, in: 'territorio' },
  { code: 'persona', name: 'Area Servizi alla persona', kind: 'department', tier: 2, in: 'comune' },
  { code: 'sociale', name: 'Servizi sociali', kind: 'office', tier: 2, in: 'persona' },
  { code: 'scuola', name: 'Scuola e Nidi', kind: 'office', tier: 2, in: 'persona' },
  { code: 'polizia', name: 'Polizia locale', kind: 'office', tier: 2, in: 'comune' },
  { code: 'squadra_verde', name: 'Squadra del verde', kind: 'team', tier: 2, in: 'ambiente' },
  // Nobody there has ever opened the system.
  { code: 'cimiteri', name: 'Servizi cimiteriali', kind: 'office', tier: 2, in: 'territorio' },
];

interface DemoOperator {
  readonly code: string;
  readonly name: string;
  readonly office: string;
  readonly role: string;
}

export const OPERATORS: readonly DemoOperator[] = [
  { code: 'giulia.ferri', name: 'Giulia Ferri', office: 'urp', role: 'tier1_operator' },
  { code: 'marco.benassi', name: 'Marco Benassi', office: 'urp', role: 'tier1_operator' },
  { code: 'chiara.lodi', name: 'Chiara Lodi', office: 'urp', role: 'urp_referent' },
  { code: 'paolo.santini', name: 'Paolo Santini', office: 'urp', role: 'supervisor' },
  { code: 'elena.costa', name: 'Elena Costa', office: 'anagrafe', role: 'back_office_member' },
  { code: 'roberto.galli', name: 'Roberto Galli', office: 'anagrafe', role: 'office_head' },
  { code: 'sara.montanari', name: 'Sara Montanari', office: 'tributi', role: 'specialist' },
  { code: 'davide.riva', name: 'Davide Riva', office: 'tributi', role: 'office_head' },
  { code: 'laura.bassi', name: 'Laura Bassi', office: 'manutenzioni', role: 'back_office_member' },
  { code: 'andrea.monti', name: 'Andrea Monti', office: 'ambiente', role: 'back_office_member' },
  { code: 'francesca.neri', name: 'Francesca Neri', office: 'sociale', role: 'specialist' },
  { code: 'simone.fabbri', name: 'Simone Fabbri', office: 'scuola', role: 'back_office_member' },
  { code: 'valeria.conti', name: 'Valeria Conti', office: 'polizia', role: 'desk_operator' },
  { code: 'marta.valli', name: 'Marta Valli', office: 'comune', role: 'executive_viewer' },
  { code: 'luca.orsini', name: 'Luca Orsini', office: 'territorio', role: 'office_head' },
  { code: 'nadia.poli', name: 'Nadia Poli', office: 'squadra_verde', role: 'team_leader' },
  { code: 'ivo.sarti', name: 'Ivo Sarti', office: 'cimiteri', role: 'back_office_member' },
  { code: 'silvia.moretti', name: 'Silvia Moretti', office: 'comune', role: 'dpo' },
  { code: 'amministra', name: 'Amministrazione di sistema', office: 'comune', role: 'admin' },
];

/** What operators speak besides Italian, and what they can do, from 1 to 5. */
export const ABILITIES: Readonly<
  Record<string, { readonly languages?: readonly string[]; readonly skills?: Readonly<Record<string, number>> }>
> = {
  'giulia.ferri': { languages: ['en', 'fr'], skills: { anagrafe: 2 } },
  'marco.benassi': { skills: { tributi: 2, anagrafe: 3 } },
  'chiara.lodi': { languages: ['en'], skills: { reclami: 5 } },
  'elena.costa': { skills: { anagrafe: 5 } },
  'sara.montanari': { skills: { tributi: 5 } },
  'francesca.neri': { languages: ['ar', 'en'], skills: { sociale: 5 } },
};

/** Offices that offer their work; in all others operators take it. */
export const QUEUES: Readonly<Record<string, Partial<QueueSettings> & Pick<QueueSettings, 'strategy'>>> = {
  urp: {
    strategy: 'longest_idle',
    rings: [
      { afterSeconds: 60, lowerLevelsBy: 2 },
      { afterSeconds: 180, dropSkills: ['*'] },
    ],
    leaseSeconds: 30,
    stickyDays: 7,
    targetSeconds: 300,
    wrapUpSeconds: 30,
  },
};

interface DemoCategory {
  readonly code: string;
  readonly label: string;
  readonly office: string;
  readonly kind: CaseKind;
}

export const CATEGORIES: readonly DemoCategory[] = [
  { code: 'informazioni', label: 'Informazioni generali', office: 'urp', kind: 'information' },
  { code: 'carta_identita', label: "Carta d'identità e certificati", office: 'anagrafe', kind: 'assistance' },
  { code: 'tributi', label: 'IMU, TARI e altri tributi', office: 'tributi', kind: 'assistance' },
  { code: 'rifiuti', label: 'Raccolta dei rifiuti', office: 'ambiente', kind: 'report' },
  { code: 'strade', label: 'Buche e marciapiedi', office: 'manutenzioni', kind: 'report' },
  { code: 'illuminazione', label: 'Illuminazione pubblica', office: 'manutenzioni', kind: 'report' },
  { code: 'verde', label: 'Verde pubblico', office: 'ambiente', kind: 'report' },
  { code: 'scuola', label: 'Nidi, mense e trasporto scolastico', office: 'scuola', kind: 'assistance' },
  { code: 'sociale', label: 'Aiuti e contributi', office: 'sociale', kind: 'assistance' },
  { code: 'polizia', label: 'Sosta, multe e viabilità', office: 'polizia', kind: 'assistance' },
  { code: 'edilizia', label: 'Pratiche edilizie', office: 'edilizia', kind: 'proceeding' },
  { code: 'cimiteri', label: 'Cimiteri e lampade votive', office: 'cimiteri', kind: 'assistance' },
  { code: 'reclami', label: 'Reclami', office: 'urp', kind: 'complaint' },
  { code: 'accessibilita', label: 'Accessibilità delle pagine', office: 'urp', kind: 'accessibility_report' },
];

interface DemoRule {
  readonly account?: string;
  readonly form?: string;
  readonly category?: string;
  readonly office?: string;
  readonly kind?: CaseKind;
  readonly priority?: Priority;
}

/** In order: the first that matches decides. What the citizen chose comes before the door they came through. */
export const RULES: readonly DemoRule[] = [
  ...CATEGORIES.map(({ code, office, kind }) => ({ category: code, office, kind })),
  { account: 'tributi', office: 'tributi', kind: 'assistance' },
  { account: emailOf('tributi'), office: 'tributi', kind: 'assistance' },
  { form: 'segnalazione', office: 'manutenzioni', kind: 'report' },
  { form: 'reclamo', office: 'urp', kind: 'complaint', priority: 'high' },
  { office: 'urp' },
];

export interface PastCase {
  /** What the rest of the demonstration calls it by. */
  readonly code?: string;
  readonly subject: string;
  readonly contact: string;
  readonly category: string;
  readonly priority?: Priority;
  /** Code of the operator who holds it; absent: nobody took it yet. */
  readonly holder?: string;
  readonly taken?: true;
  /** Days since it was opened; absent: just now. */
  readonly daysAgo?: number;
  readonly place?: { readonly latitude: number; readonly longitude: number; readonly address: string };
  readonly ends?: { readonly outcome: Outcome; readonly reason: string; readonly closed?: true };
}

export const PAST_CASES: readonly PastCase[] = [
  {
    subject: 'Orari dello sportello anagrafe in agosto',
    contact: 'Ada Righi',
    category: 'informazioni',
    holder: 'giulia.ferri',
    taken: true,
    ends: { outcome: 'positive', reason: 'information_given', closed: true },
  },
  {
    code: 'lampione',
    subject: 'Lampione spento in via dei Tigli',
    contact: 'Bruno Sala',
    category: 'illuminazione',
    holder: 'laura.bassi',
    taken: true,
    place: { latitude: 44.6012, longitude: 11.2034, address: 'Via dei Tigli 3' },
    ends: { outcome: 'positive', reason: 'done' },
  },
  {
    code: 'rimborso',
    subject: 'Rimborso TARI per immobile chiuso',
    contact: 'Carla Pini',
    category: 'tributi',
    holder: 'sara.montanari',
    taken: true,
  },
  {
    code: 'minore',
    subject: "Appuntamento per la carta d'identità di un minore",
    contact: 'Dario Villa',
    category: 'carta_identita',
    holder: 'elena.costa',
    taken: true,
    ends: { outcome: 'positive', reason: 'done', closed: true },
  },
  {
    code: 'buca',
    subject: 'Buca profonda davanti alla scuola Rodari',
    contact: 'Emma Greco',
    category: 'strade',
    priority: 'high',
    holder: 'laura.bassi',
    taken: true,
    daysAgo: 2,
    place: { latitude: 44.6093, longitude: 11.2051, address: 'Via della Stazione 21' },
  },
  {
    code: 'cassonetto',
    subject: 'Cassonetto rotto in piazza del Mercato',
    contact: 'Fabio Leone',
    category: 'rifiuti',
    place: { latitude: 44.6002, longitude: 11.1991, address: 'Piazza del Mercato' },
  },
  {
    subject: 'Richiesta di panchina nel parco Nord',
    contact: 'Gina Serra',
    category: 'verde',
    holder: 'andrea.monti',
    taken: true,
    ends: { outcome: 'negative', reason: 'no_resources' },
  },
  // Nobody takes charge of it: it goes up the ladder as soon as somebody watches.
  { subject: 'Lampada votiva spenta da un mese', contact: 'Ines Galli', category: 'cimiteri', daysAgo: 45 },
  {
    code: 'nido',
    subject: 'Graduatoria del nido comunale',
    contact: 'Hassan Amrani',
    category: 'scuola',
    holder: 'simone.fabbri',
  },
  {
    code: 'buio',
    subject: 'Via Rossini è tutta al buio',
    contact: 'Lia Fontana',
    category: 'illuminazione',
    holder: 'laura.bassi',
    taken: true,
    place: { latitude: 44.5931, longitude: 11.2102, address: 'Via Rossini' },
  },
  {
    code: 'buio_anche',
    subject: 'Via Rossini al buio da ieri sera',
    contact: 'Mario Orlandi',
    category: 'illuminazione',
    place: { latitude: 44.5934, longitude: 11.2109, address: 'Via Rossini 14' },
  },
  {
    code: 'buio_ancora',
    subject: 'Lampioni spenti in tutta via Rossini',
    contact: 'Nora Bianchi',
    category: 'illuminazione',
    place: { latitude: 44.5928, longitude: 11.2095, address: 'Via Rossini 2' },
  },
];
