import type { FixedTerm, RetentionTerm } from '../retention/retention.js';
import type { Purpose } from './shipped-purposes.js';
import { REGISTER_WORDS, type RegisterLanguage, type RegisterWords } from './register-words.js';

/** What a table may hold: names of columns, with spaces between. */
export interface HeldColumns {
  /** Of citizens. */
  readonly personal?: string;
  /** Of people who work here. */
  readonly staff?: string;
}
/** Who is known as a supplier or a channel, by what names it for ever and by how people call it. */
export interface Named {
  readonly code: string;
  readonly name: string;
}

/** All that the system knows of what it does with data, as plain values. */
export interface RegisterFacts {
  readonly administration: string;
  /** Who protects data; null: nobody was said. */
  readonly officer: string | null;
  readonly tables: Readonly<Record<string, HeldColumns>>;
  /** Streams of the bus and folders of bytes, and whether they may hold what citizens say. */
  readonly places: Readonly<Record<string, 'personal' | 'ours'>>;
  readonly purposes: readonly Purpose[];
  readonly terms: readonly RetentionTerm[];
  readonly fixed: readonly FixedTerm[];
  /** Whether what has had its time goes every night by itself. */
  readonly byNight: boolean;
  readonly offices: number;
  readonly suppliers: readonly Named[];
  readonly channels: readonly Named[];
  /** Roles that may do something with what is kept of people, and how many have each. */
  readonly roles: readonly {
    readonly role: string;
    readonly permissions: readonly string[];
    readonly reach: string;
    readonly people: number;
  }[];
  readonly measures: readonly { readonly code: RegisterMeasure; readonly on: boolean }[];
  /** What decides by itself, by the names that people gave to it. */
  readonly routingRules: readonly string[];
  readonly automations: readonly string[];
  /** By what people who work here may be counted one by one, as far as it holds. */
  readonly monitoring: readonly {
    readonly reference: string;
    readonly scopes: readonly string[];
    readonly until: string;
  }[];
}

/** What stands against harm, on or off. */
export const REGISTER_MEASURES = [
  'row_security',
  'separate_logins',
  'https',
  'strong_login',
  'session_limits',
  'trail',
  'anchors',
  'scanner',
  'retention_by_night',
  'break_glass',
  'address_guard',
] as const;
export type RegisterMeasure = (typeof REGISTER_MEASURES)[number];

/** What an administration answered, in its last version. */
export interface RegisterAnswer {
  readonly code: string;
  readonly text: string;
  readonly version: number;
}

export interface RegisterSection {
  readonly code: string;
  readonly title: string;
  /** By what it is asked. */
  readonly law: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
export interface RegisterQuestion {
  readonly code: string;
  readonly question: string;
  readonly law: string;
  /** Absent: the controller has still to say it. */
  readonly answer?: string;
  /** 0: never answered. */
  readonly version: number;
}
export interface ProcessingRegister {
  readonly title: string;
  readonly language: RegisterLanguage;
  /** The register of art. 30 GDPR. */
  readonly register: readonly RegisterSection[];
  /** The outline of an assessment of impact, art. 35 GDPR. */
  readonly assessment: readonly RegisterSection[];
  /** What the system cannot know. */
  readonly questions: readonly RegisterQuestion[];
}

const RISKS = ['disclosure', 'curiosity', 'intrusion', 'change', 'loss', 'profiling', 'workers'] as const;
const ASKED = [
  'controller',
  'joint_controllers',
  'officer_contact',
  'hosting',
  'recipients',
  'necessity',
  'proportionality',
  'consulted',
  'officer_opinion',
  'outcome',
] as const;
/** Permissions by which somebody reads or destroys what is kept of people. */
const OF_PEOPLE = /^(case|privacy|trail|parked|report)\.|^retention\./;

/**
 * The register of processing and the outline of an assessment of impact, from what the system is and what the controller added. A
 * table, a purpose, a channel or a supplier that comes is in it without anybody writing it down.
 */
export function processingRegister(
  facts: RegisterFacts,
  answers: readonly RegisterAnswer[],
  language: RegisterLanguage,
): ProcessingRegister {
  const words = REGISTER_WORDS[language];
  const given = new Map(answers.map(one => [one.code, one]));
  const questions = questionsOf(facts, words).map(asked => {
    const answer = given.get(asked.code);
    return { ...asked, ...(answer ? { answer: answer.text } : {}), version: answer?.version ?? 0 };
  });
  const said = (code: string): string => given.get(code)?.text ?? words.toFill;
  const section = (
    code: keyof RegisterWords['sections'],
    law: string,
    columns: readonly (keyof RegisterWords['columns'])[],
    rows: readonly (readonly string[])[],
  ): RegisterSection => ({
    code,
    title: words.sections[code],
    law,
    columns: columns.map(one => words.columns[one]),
    rows: rows.length > 0 ? rows : [columns.map((_, index) => (index === 0 ? words.none : ''))],
  });
  const onOff = (on: boolean): string => (on ? words.on : words.off);
  const termOf = ({ months, days }: RetentionTerm): string => words.term(months, days);

  return {
    title: `${words.title}: ${facts.administration}`,
    language,
    register: [
      section(
        'controller',
        'art. 30.1.a',
        ['what', 'who'],
        [
          [words.administration, facts.administration],
          [words.officer, facts.officer ?? words.toFill],
          ...ASKED.slice(0, 3).map(code => [words.questions[code], said(code)]),
        ],
      ),
      section(
        'purposes',
        'art. 30.1.b',
        ['purpose', 'legalBasis', 'kept'],
        [
          ...facts.terms
            .filter(one => one.code.startsWith('case.'))
            .map(one => [`${words.cases} ${words.thing(one.code)}`, one.legalBasis, termOf(one)]),
          ...facts.purposes
            .filter(one => !one.retired)
            .map(one => [nameOf(one, language), words.byConsent(one.version), words.untilWithdrawn]),
          [words.work, words.workBasis, words.seeTerms],
          [words.safety, words.safetyBasis, words.seeTerms],
        ],
      ),
      section(
        'data',
        'art. 30.1.c',
        ['where', 'whose', 'data'],
        [
          ...Object.entries(facts.tables)
            .flatMap(([table, { personal = '', staff = '' }]) => [
              ...(personal === '' ? [] : [[table, words.citizens, personal.replaceAll(' ', ', ')]]),
              ...(staff === '' ? [] : [[table, words.staff, staff.replaceAll(' ', ', ')]]),
            ])
            .sort(byFirst),
          ...Object.entries(facts.places)
            .filter(([, kind]) => kind === 'personal')
            .map(([place]) => [place, words.citizens, words.whatIsSaid])
            .sort(byFirst),
        ],
      ),
      section(
        'recipients',
        'art. 30.1.d',
        ['who', 'as', 'declared'],
        [
          [words.offices(facts.offices), words.authorised, ''],
          ...facts.suppliers.map(one => [one.name, words.processor, said(`supplier.${one.code}`)]),
          ...facts.channels.map(one => [one.name, words.carrier, said(`channel.${one.code}`)]),
          [words.hosting, words.processor, said('hosting')],
          [words.questions.recipients, '', said('recipients')],
        ],
      ),
      section(
        'transfers',
        'art. 30.1.e',
        ['who', 'declared'],
        [
          ...facts.channels.map(one => [one.name, said(`transfer.${one.code}`)]),
          [words.hosting, said('transfer.hosting')],
        ],
      ),
      section(
        'terms',
        'art. 30.1.f',
        ['what', 'kept', 'legalBasis'],
        [
          ...facts.terms.map(one => [
            words.thing(one.code),
            termOf(one) + (one.duty ? `, ${words.byDuty}` : ''),
            one.legalBasis,
          ]),
          ...facts.fixed.map(one => [words.thing(one.code), words.fixed(one.lasts), one.legalBasis]),
        ],
      ),
      section(
        'measures',
        'art. 30.1.g, 32',
        ['measure', 'state'],
        [...facts.measures.map(one => [words.measures[one.code], onOff(one.on)])],
      ),
      section(
        'access',
        'art. 29, 32.4',
        ['role', 'people', 'reach', 'may'],
        [
          ...facts.roles
            .map(({ role, permissions, reach, people }) => ({
              role,
              reach,
              people,
              may: permissions.filter(one => OF_PEOPLE.test(one)),
            }))
            .filter(({ may }) => may.length > 0)
            .map(({ role, reach, people, may }) => [role, String(people), reach, may.join(', ')]),
        ],
      ),
      section(
        'automated',
        'art. 22, 13.2.f',
        ['what', 'effect'],
        [...facts.routingRules.map(name => [name, words.routes]), ...facts.automations.map(name => [name, words.acts])],
      ),
      section(
        'monitoring',
        'art. 4 L. 300/1970; art. 88',
        ['reference', 'scopes', 'until'],
        [...facts.monitoring.map(one => [one.reference, one.scopes.join(', '), one.until])],
      ),
    ],
    assessment: [
      section(
        'description',
        'art. 35.7.a',
        ['what', 'declared'],
        [
          [words.questions.necessity, said('necessity')],
          [words.questions.proportionality, said('proportionality')],
        ],
      ),
      section(
        'risks',
        'art. 35.7.c, d',
        ['risk', 'against', 'state', 'declared'],
        [
          ...RISKS.map(risk => {
            const against = AGAINST[risk];
            const off = facts.measures.filter(one => against.includes(one.code) && !one.on);
            return [
              words.risks[risk],
              against.map(code => words.measures[code]).join('; '),
              off.length === 0 ? words.allOn : words.offNow(off.map(one => words.measures[one.code]).join('; ')),
              said(`risk.${risk}`),
            ];
          }),
        ],
      ),
      section(
        'opinions',
        'art. 35.2, 35.9',
        ['what', 'declared'],
        [...(['consulted', 'officer_opinion', 'outcome'] as const).map(code => [words.questions[code], said(code)])],
      ),
    ],
    questions,
  };
}

/** What stands against each risk. */
const AGAINST: Readonly<Record<(typeof RISKS)[number], readonly RegisterMeasure[]>> = {
  disclosure: ['row_security', 'separate_logins', 'https'],
  curiosity: ['trail', 'break_glass', 'row_security'],
  intrusion: ['strong_login', 'session_limits', 'scanner', 'address_guard'],
  change: ['trail', 'anchors'],
  loss: ['retention_by_night'],
  profiling: ['row_security', 'trail'],
  workers: ['trail'],
};

const byFirst = (a: readonly string[], b: readonly string[]): number => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1);

const nameOf = ({ code, texts }: Purpose, language: RegisterLanguage): string =>
  (texts.find(one => one.language === language) ?? texts.find(one => one.language === 'it'))?.name ?? code;

/** What only the controller can say, one question for each supplier, channel and risk besides those that are always asked. */
export function questionsOf(
  { suppliers, channels }: Pick<RegisterFacts, 'suppliers' | 'channels'>,
  words: RegisterWords = REGISTER_WORDS.it,
): Pick<RegisterQuestion, 'code' | 'question' | 'law'>[] {
  return [
    ...ASKED.map(code => ({ code, question: words.questions[code], law: words.laws[code] })),
    ...suppliers.map(one => ({
      code: `supplier.${one.code}`,
      question: words.ofSupplier(one.name),
      law: 'art. 28',
    })),
    ...channels.flatMap(one => [
      { code: `channel.${one.code}`, question: words.ofChannel(one.name), law: 'art. 28, 30.1.d' },
      { code: `transfer.${one.code}`, question: words.ofTransfer(one.name), law: 'art. 30.1.e, 44-49' },
    ]),
    { code: 'transfer.hosting', question: words.ofTransfer(words.hosting), law: 'art. 30.1.e, 44-49' },
    ...RISKS.map(risk => ({ code: `risk.${risk}`, question: words.ofRisk(words.risks[risk]), law: 'art. 35.7.c' })),
  ];
}
