/** What a template may say, with what each variable holds. The only list: the screen that writes templates shows it. */
export const TEMPLATE_VARIABLES = {
  'case.number': 'Number of the case',
  'case.reference': 'The number in the form that, quoted in an answer, leads it back to the case',
  'case.subject': 'What the case is about, in one line',
  'case.category': 'Label of its category, or nothing',
  'case.openedDate': 'When it was opened, in words',
  'case.dueDate': 'By when it is due, in words, or nothing',
  'case.plannedDate': 'When work is planned, in words, or nothing',
  'case.trackingLink':
    'Where its citizen follows it, with the code: in what a machine tells one person, in private; else nothing',
  'case.trackingCode': 'The code alone, for who cannot open the link; as the link, or nothing',
  'contact.name': 'Name of the person it is for, or nothing',
  'office.name': 'Office that answers, or nothing',
  'operator.name': 'Who writes, or nothing when a machine does',
  'administration.name': 'Name of the administration',
  today: 'The day it is written, in words',
} as const satisfies Record<string, string>;

/** What the core knows when a template is filled. Dates are ISO 8601, days. */
export interface TemplateKnowledge {
  readonly number: string;
  readonly subject: string;
  readonly category: string | null;
  readonly openedDate: string;
  readonly dueDate: string | null;
  readonly plannedDate: string | null;
  /** Absent where no code is given. */
  readonly tracking?: { readonly link: string; readonly code: string } | undefined;
  readonly contact: string | null;
  readonly office: string | null;
  readonly operator: string | null;
  readonly administration: string;
  readonly today: string;
}

/** The object that templates are filled from; its leaves are those of `TEMPLATE_VARIABLES`. Absent is null: it prints nothing. */
export type TemplateValues = Readonly<Record<string, string | Readonly<Record<string, string | null>>>>;

/** What a template of this language is filled from. Days are written in words of the language. */
export function templateValues(known: TemplateKnowledge, language: string): TemplateValues {
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const day = (date: string): string => words.format(new Date(`${date}T00:00:00Z`));
  const dayOrNull = (date: string | null): string | null => (date === null ? null : day(date));
  return {
    case: {
      number: known.number,
      reference: `[#${known.number}]`,
      subject: known.subject,
      category: known.category,
      openedDate: day(known.openedDate),
      dueDate: dayOrNull(known.dueDate),
      plannedDate: dayOrNull(known.plannedDate),
      trackingLink: known.tracking?.link ?? null,
      trackingCode: known.tracking?.code ?? null,
    },
    contact: { name: known.contact },
    office: { name: known.office },
    operator: { name: known.operator },
    administration: { name: known.administration },
    today: day(known.today),
  };
}

/** A case that does not exist, for looking at a template before there is one. */
export const EXAMPLE_KNOWLEDGE: TemplateKnowledge = {
  number: '2026-004217-3',
  subject: 'Lampione spento in via Roma 12',
  category: 'Illuminazione pubblica',
  openedDate: '2026-03-02',
  dueDate: '2026-04-01',
  plannedDate: '2026-03-12',
  tracking: { link: 'https://servizi.comune.example/pratica#2026-004217-3.7KQF2M9XH4TB', code: '7KQF2M9XH4TB' },
  contact: 'Mario Bianchi',
  office: 'Strade e Manutenzioni',
  operator: 'Anna Riva',
  administration: 'Comune di Poggioverde',
  today: '2026-03-05',
};

/** The variables that a template uses and nobody fills, as it writes them. */
export const unknownVariables = (used: readonly (readonly unknown[])[]): string[] => [
  ...new Set(used.map(path => path.map(String).join('.')).filter(path => !Object.hasOwn(TEMPLATE_VARIABLES, path))),
];
