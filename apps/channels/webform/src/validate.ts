import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { isEmail } from 'class-validator';
import type { Mistake } from '@filodiretto/channel-kit';
import type { FormDefinition, FormField } from './form.js';

export type Answers = Readonly<Record<string, string | number | boolean>>;

const DEFAULT_LENGTH = 200;
const LONG_LENGTH = 10_000;
export const lengthOf = (field: FormField): number =>
  field.maxLength ?? (field.type === 'long_text' ? LONG_LENGTH : DEFAULT_LENGTH);

/** The answers as the form means them, or every mistake at once. An empty answer is no answer. */
export function checkedAnswers(
  form: FormDefinition,
  given: Readonly<Record<string, unknown>>,
): { readonly answers: Answers; readonly mistakes: readonly Mistake[] } {
  const answers: Record<string, string | number | boolean> = {};
  const mistakes: Mistake[] = [];
  for (const field of form.fields) {
    const value = given[field.name];
    const text = typeof value === 'string' ? value.trim() : value;
    const wrong = (detail: string): void => void mistakes.push({ pointer: `/fields/${field.name}`, detail });
    if (text === undefined || text === null || text === '') {
      if (field.required) wrong(`Compila il campo «${field.label}».`);
      continue;
    }
    const read = answerOf(field, text);
    if (typeof read === 'object') wrong(read.wrong);
    else if (field.type === 'flag' && field.required && read !== true) wrong(`Conferma «${field.label}».`);
    else answers[field.name] = read;
  }
  for (const name of Object.keys(given))
    if (!form.fields.some(field => field.name === name))
      mistakes.push({ pointer: `/fields/${name.slice(0, 100)}`, detail: 'Questo campo non esiste nel modulo.' });
  const reachable = [form.emailField, form.phoneField].some(name => name !== undefined && answers[name] !== undefined);
  if (form.contactRequired && !reachable && mistakes.length === 0)
    mistakes.push({
      pointer: `/fields/${form.emailField ?? form.phoneField ?? ''}`,
      detail: 'Lascia un indirizzo e-mail o un numero di telefono, per avere risposta.',
    });
  return { answers, mistakes };
}

type Read = string | number | boolean | { readonly wrong: string };

function answerOf(field: FormField, value: unknown): Read {
  const { label } = field;
  switch (field.type) {
    case 'flag':
      if (value === true || value === 'true' || value === 'on') return true;
      return value === false || value === 'false' ? false : { wrong: `«${label}» è sì o no.` };
    case 'number': {
      const number = typeof value === 'string' ? Number(value.replace(',', '.')) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : { wrong: `«${label}» è un numero.` };
    }
    default:
      if (typeof value !== 'string') return { wrong: `«${label}» è un testo.` };
      return [...value].length > lengthOf(field)
        ? { wrong: `«${label}» può avere al massimo ${lengthOf(field)} caratteri.` }
        : wordsOf(field, clean(value));
  }
}

function wordsOf(field: FormField, value: string): Read {
  const { label } = field;
  switch (field.type) {
    case 'email':
      return isEmail(value) ? value : { wrong: `Scrivi un indirizzo e-mail valido, per esempio nome@esempio.it.` };
    case 'phone': {
      const number = parsePhoneNumberFromString(value, 'IT');
      return number?.isPossible() ? number.number : { wrong: 'Scrivi un numero di telefono valido.' };
    }
    case 'choice':
      return field.options?.some(option => option.value === value)
        ? value
        : { wrong: `Scegli «${label}» tra le voci proposte.` };
    case 'date':
      return isDate(value) ? value : { wrong: `«${label}» è una data: anno-mese-giorno.` };
    case 'text':
      return value.replace(/\s+/g, ' ');
    default:
      return value;
  }
}

const isDate = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);

/** Without what no keyboard writes and no database keeps. */
const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD');
