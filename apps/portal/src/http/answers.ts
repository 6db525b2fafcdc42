import type { Schemas } from '@filodiretto/api-client';
import { FACES, REASONS, STARS, type Given } from '../page/rating.js';
import type { Form, Mistake } from './forms.js';
import type { Texts } from '../text/texts.js';

export type Fields = Readonly<Record<string, string>>;

/** Details of a report and of a request for assistance, in characters: as long as the model of the municipal sites wants them. */
export const DETAILS = { report: 200, assistance: 600 } as const;

const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/;
const DEGREES = /^-?\d{1,3}([.,]\d{1,12})?$/;

/** The answers a form of ours may hold, and nothing else: texts, of no surprising length, without blanks around. */
export const fieldsOf = (body: unknown, names: readonly string[]): Fields =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]: [string, unknown]) =>
      names.includes(name) && typeof value === 'string'
        ? [[name, value.replace(/\r\n?/g, '\n').slice(0, 5_000).trim()]]
        : [],
    ),
  );

export const REPORT_FIELDS = [
  'luogo',
  'latitudine',
  'longitudine',
  'categoria',
  'oggetto',
  'descrizione',
  'nome',
  'email',
  'telefono',
] as const;
export const ASSISTANCE_FIELDS = ['nome', 'email', 'telefono', 'categoria', 'servizio', 'descrizione'] as const;

/** What of a report must be put right, in the order of the page. */
export function mistakesInReport(fields: Fields, form: Form, t: Texts): Mistake[] {
  const { report } = t;
  return [
    ...missing(fields, 'luogo', report.addressMissing),
    ...wrongPlace(fields, report.coordinatesWrong),
    ...wrongChoice(fields, form, report.categoryMissing),
    ...missing(fields, 'oggetto', report.subjectMissing),
    ...missing(fields, 'descrizione', report.detailsMissing),
    ...tooLong(fields, DETAILS.report, report.detailsHelp),
    ...wrongEmail(fields, t),
  ];
}

/** What of a request for assistance must be put right, in the order of the page. */
export function mistakesInAssistance(fields: Fields, form: Form, t: Texts): Mistake[] {
  const { assistance } = t;
  return [
    ...missing(fields, 'nome', assistance.nameMissing),
    ...(fields.email ? wrongEmail(fields, t) : missing(fields, 'email', assistance.emailMissing)),
    ...wrongChoice(fields, form, assistance.categoryMissing),
    ...missing(fields, 'servizio', assistance.serviceMissing),
    ...missing(fields, 'descrizione', assistance.detailsMissing),
    ...tooLong(fields, DETAILS.assistance, assistance.detailsHelp),
  ];
}

/** Types of questions whose answers are looked at here; the forms look at all of them once more. */
const LOOKED_AT: Readonly<Record<string, (answer: string, t: Texts) => Mistake[]>> = {
  email: (email, t) => wrongEmail({ email }, t),
};
/** What of a form whose questions are configured must be put right. */
export const mistakesIn = (fields: Fields, form: Form, t: Texts): Mistake[] =>
  form.fields.flatMap(({ name, label, type, required }) => [
    ...(required ? missing(fields, name, t.missing(label)) : []),
    ...(LOOKED_AT[type]?.(fields[name] ?? '', t) ?? []).map(one => ({ ...one, field: name })),
  ]);

const missing = (fields: Fields, field: string, detail: string): Mistake[] =>
  fields[field] ? [] : [{ field, detail }];
const tooLong = ({ descrizione = '' }: Fields, most: number, detail: (most: number) => string): Mistake[] =>
  [...descrizione].length > most ? [{ field: 'descrizione', detail: detail(most) }] : [];
const wrongEmail = ({ email }: Fields, t: Texts): Mistake[] =>
  email && !EMAIL.test(email) ? [{ field: 'email', detail: t.report.emailWrong }] : [];
const wrongChoice = ({ categoria }: Fields, form: Form, detail: string): Mistake[] => {
  const options = form.fields.find(field => field.name === 'categoria')?.options ?? [];
  return options.some(option => option.value === categoria) ? [] : [{ field: 'categoria', detail }];
};
function wrongPlace({ latitudine, longitudine }: Fields, detail: string): Mistake[] {
  if (!latitudine && !longitudine) return [];
  const good = isDegrees(latitudine, 90) && isDegrees(longitudine, 180);
  return good ? [] : [{ field: isDegrees(latitudine, 90) ? 'longitudine' : 'latitudine', detail }];
}
const isDegrees = (word: string | undefined, most: number): boolean =>
  word !== undefined && DEGREES.test(word) && Math.abs(Number(word.replace(',', '.'))) <= most;

/** An address to which a code may go: of mail, or a telephone number, Italian unless it says otherwise. */
export function addressIn(typed: string): { readonly kind: string; readonly value: string } | undefined {
  if (EMAIL.test(typed) && typed.length <= 320) return { kind: 'email', value: typed.toLowerCase() };
  const digits = typed.replace(/[\s./()-]/g, '').replace(/^00/, '+');
  if (!/^\+?\d{6,15}$/.test(digits)) return undefined;
  return { kind: 'phone', value: digits.startsWith('+') ? digits : `+39${digits}` };
}

/** What a form of the rating brought, also without stars. */
export function writtenRating(body: unknown): Given {
  const { stelle, faccia, commento } = fieldsOf(body, ['stelle', 'faccia', 'commento']);
  const stars = STARS.find(count => String(count) === stelle);
  const face = FACES.find(one => one === faccia);
  const said: unknown = typeof body === 'object' && body !== null && 'motivi' in body ? body.motivi : [];
  const chosen: readonly unknown[] = Array.isArray(said) ? said : [said];
  return {
    ...(stars === undefined ? {} : { stars }),
    reasons: REASONS.filter(reason => chosen.includes(reason)),
    ...(face ? { face } : {}),
    ...(commento ? { comment: commento.slice(0, 1_000) } : {}),
  };
}

/** The rating in what a form brought; `undefined` when it has no stars. */
export function ratingIn(body: unknown): Omit<Schemas['RateService'], 'code'> | undefined {
  const { stars, ...more } = writtenRating(body);
  return stars === undefined ? undefined : { stars, ...more };
}
