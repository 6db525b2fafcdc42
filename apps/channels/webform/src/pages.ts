import { createHash, randomUUID } from 'node:crypto';
import type { Mistake } from '@filodiretto/channel-kit';
import { RESERVED, type FormDefinition, type FormField } from './form.js';
import { groupedCode } from './tracking-code.js';
import { lengthOf } from './validate.js';

const STYLE = `body{font:1.125rem/1.5 'Titillium Web',system-ui,sans-serif;margin:0;color:#17324d;background:#f4f7fa;display:flex;flex-direction:column;min-height:100vh}
.skip{position:absolute;left:-10000px}.skip:focus{position:static;display:block;padding:.5rem 1rem}
header,footer{background:#06c;color:#fff}
header p{margin:0;padding:.5rem 1.5rem;background:#0059b3;font-size:1rem}
header div,footer div{max-width:72rem;margin:0 auto}
header .service{display:inline-block;padding:1.25rem 1.5rem;font-size:1.5rem;font-weight:700;color:#fff;text-decoration:none}
footer{margin-top:auto;background:#004d99}
footer div{padding:1.5rem}
footer strong{display:block;text-transform:uppercase;font-size:1rem}
footer ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;margin:.5rem 0 0;padding:0}
header a,footer a{color:#fff}
footer a{display:inline-block;padding:.25rem 0}
main{box-sizing:border-box;width:min(42rem,100%);margin:2rem auto;padding:1.5rem 2rem 2.5rem;background:#fff;border:1px solid #c5d0db;border-radius:8px}
@media(max-width:46rem){main{margin:0 auto;padding:1rem;border:0;border-radius:0}}
h1{margin:0 0 .5rem;font-size:2rem;line-height:1.2}
a{color:#0059b3}
.forms{list-style:none;margin:1.5rem 0 0;padding:0}
.forms li{padding:1rem;border:1px solid #c5d0db;border-left:4px solid #06c;border-radius:4px}
.forms li+li{margin-top:.75rem}
.forms a{font-weight:700}
.forms p{margin:.25rem 0 0;color:#455a64}
label,legend{display:block;font-weight:600;margin-top:1.25rem}
input,select,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:2px solid #5c6f82;border-radius:4px}
input[type=checkbox]{width:auto}
.help{display:block;font-weight:400;color:#455a64}
.wrong{color:#b3162b;font-weight:600}
.errors{border:3px solid #b3162b;padding:0 1rem 1rem;margin:1rem 0}
button{font:inherit;font-weight:600;margin-top:1.5rem;padding:.75rem 1.5rem;border:0;border-radius:4px;background:#0059b3;color:#fff}
:focus-visible{outline:3px solid #17324d;outline-offset:2px}
header :focus-visible,footer :focus-visible{outline-color:#fff}
.code{font-size:1.75rem;font-weight:700;letter-spacing:.05em}
.trap{position:absolute;left:-10000px;width:1px;height:1px;overflow:hidden}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What stands around every page. */
export interface Frame {
  readonly administration?: string | undefined;
  /** The citizens' pages, without a final slash. */
  readonly portal?: string | undefined;
}

/** What the page of a form shows again after a refusal. */
export interface Shown {
  readonly token: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly mistakes?: readonly Mistake[];
  /** A refusal that is of no single field. */
  readonly detail?: string;
  /** The same at each attempt, so that a repetition is no second submission. */
  readonly key?: string;
}

/** The list of the forms. */
export const formsPage = (frame: Frame, forms: readonly FormDefinition[]): Response =>
  page(
    frame,
    'Moduli',
    `<h1>Moduli</h1><p>Scegli che cosa vuoi inviare: alla fine ricevi un codice per sapere a che punto è.</p>
<ul class="forms">${forms
      .map(
        ({ id, title, description }) =>
          `<li><a href="moduli/${id}">${safe(title)}</a>${description ? `<p>${safe(description)}</p>` : ''}</li>`,
      )
      .join('')}</ul>`,
  );

/** A form that works without JavaScript: labels, an error summary that leads to the fields, nothing that times out. */
export function formPage(frame: Frame, form: FormDefinition, shown: Shown, status = 200): Response {
  const { mistakes = [], detail } = shown;
  const summary =
    mistakes.length > 0 || detail
      ? `<div class="errors" role="alert" tabindex="-1" autofocus><h2>${safe(detail ?? 'Alcune risposte vanno corrette.')}</h2><ul>${mistakes
          .map(({ pointer, detail: words }) => `<li><a href="#${safe(idOf(pointer))}">${safe(words)}</a></li>`)
          .join('')}</ul></div>`
      : '';
  const files = form.files
    ? `<label for="files">Allegati <span class="help">Facoltativi: foto o documenti</span></label>${wrongOf('/files', mistakes)}<input id="files" name="files" type="file" multiple>`
    : '';
  return page(
    frame,
    `${mistakes.length > 0 ? 'Errore: ' : ''}${form.title}`,
    `<h1>${safe(form.title)}</h1>${form.description ? `<p>${safe(form.description)}</p>` : ''}${summary}
<p>I campi segnati con * sono obbligatori.</p>
<form method="post" enctype="multipart/form-data" novalidate>
${form.fields.map(field => fieldOf(field, shown.fields?.[field.name], mistakes)).join('\n')}
${files}
<div class="trap" aria-hidden="true"><label for="trap">Non compilare</label><input id="trap" name="${RESERVED.trap}" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="${RESERVED.token}" value="${safe(shown.token)}">
<input type="hidden" name="${RESERVED.key}" value="${safe(shown.key ?? randomUUID())}">
${form.privacyNotice ? `<p>${safe(form.privacyNotice)}</p>` : ''}
<button>Invia</button>
</form>`,
    status,
  );
}

/** The submission is held: the citizen is given its code. */
export const takenPage = (frame: Frame, form: FormDefinition, trackingCode: string): Response =>
  page(
    frame,
    'Richiesta ricevuta',
    `<h1>Abbiamo ricevuto la tua richiesta</h1><p>${safe(form.title)}. Conserva questo codice per sapere a che punto è:</p>
<p class="code">${safe(groupedCode(trackingCode))}</p>${
      frame.portal === undefined ? '' : `<p><a href="${safe(frame.portal)}/pratica">Segui la pratica</a></p>`
    }`,
    201,
  );

/** A refusal or a fault that no field can put right. */
export const refusedPage = (frame: Frame, status: number, detail: string, retryAfter?: number): Response =>
  page(
    frame,
    'Richiesta non inviata',
    `<h1>Richiesta non inviata</h1><p role="alert">${safe(detail)}</p>`,
    status,
    retryAfter,
  );

function fieldOf(field: FormField, value: unknown, mistakes: readonly Mistake[]): string {
  const { name, label, help, type, required } = field;
  const pointer = `/fields/${name}`;
  const id = idOf(pointer);
  const wrong = mistakes.some(one => one.pointer === pointer);
  const described = [...(help ? [`${id}-help`] : []), ...(wrong ? [`${id}-wrong`] : [])].join(' ');
  const about = [
    `id="${id}" name="${name}"`,
    required ? 'required aria-required="true"' : '',
    wrong ? 'aria-invalid="true"' : '',
    described ? `aria-describedby="${described}"` : '',
    field.autocomplete ? `autocomplete="${field.autocomplete}"` : '',
  ].join(' ');
  const text = typeof value === 'string' ? value : '';
  return `<label for="${id}">${safe(label)}${required ? ' *' : ''}</label>${help ? `<span class="help" id="${id}-help">${safe(help)}</span>` : ''}${wrongOf(pointer, mistakes)}${control(type, field, about, text)}`;
}

function control(type: FormField['type'], field: FormField, about: string, value: string): string {
  switch (type) {
    case 'long_text':
      return `<textarea ${about} rows="8" maxlength="${lengthOf(field)}">${safe(value)}</textarea>`;
    case 'choice':
      return `<select ${about}><option value="">Scegli…</option>${(field.options ?? [])
        .map(one => `<option value="${one.value}"${one.value === value ? ' selected' : ''}>${safe(one.label)}</option>`)
        .join('')}</select>`;
    case 'flag':
      return `<input ${about} type="checkbox"${value ? ' checked' : ''}>`;
    default:
      return `<input ${about} type="${INPUTS[type]}" maxlength="${lengthOf(field)}" value="${safe(value)}">`;
  }
}
const INPUTS = { text: 'text', email: 'email', phone: 'tel', date: 'date', number: 'text' } as const;

const wrongOf = (pointer: string, mistakes: readonly Mistake[]): string =>
  mistakes
    .filter(one => one.pointer === pointer || (pointer === '/files' && one.pointer.startsWith('/files/')))
    .map(one => `<span class="wrong" id="${idOf(pointer)}-wrong">${safe(one.detail)}</span>`)
    .join('');
const idOf = (pointer: string): string =>
  pointer.startsWith('/files') ? 'files' : `f-${pointer.replace('/fields/', '')}`;

function headOf({ administration, portal }: Frame): string {
  const service = portal === undefined ? 'Moduli' : 'Sportello in linea';
  const line = administration === undefined ? '' : `<p>${safe(administration)}</p>`;
  const brand =
    portal === undefined
      ? `<span class="service">${service}</span>`
      : `<a class="service" href="${safe(portal)}/">${service}</a>`;
  return `<a class="skip" href="#contenuto">Vai al contenuto principale</a><header>${line}<div>${brand}</div></header>`;
}

function footOf({ administration, portal }: Frame): string {
  if (administration === undefined && portal === undefined) return '';
  const links = [
    ['/privacy', 'Informativa privacy'],
    ['/note-legali', 'Note legali'],
    ['/accessibilita', 'Dichiarazione di accessibilità'],
    ['/i-miei-dati', 'Che cosa conserviamo di te'],
  ].map(([path = '', words]) => `<li><a href="${safe(portal ?? '')}${path}">${words}</a></li>`);
  return `<footer><div>${administration === undefined ? '' : `<strong>${safe(administration)}</strong>`}${
    portal === undefined ? '' : `<ul>${links.join('')}</ul>`
  }</div></footer>`;
}

const page = (frame: Frame, title: string, body: string, status = 200, retryAfter?: number): Response =>
  new Response(
    `<!doctype html>
<html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe([title, ...(frame.administration === undefined ? [] : [frame.administration])].join(' – '))}</title><style>${STYLE}</style></head>
<body>${headOf(frame)}<main id="contenuto" tabindex="-1">${body}</main>${footOf(frame)}</body></html>`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    },
  );

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const safe = (text: string): string => text.replace(/[&<>"']/g, one => ENTITIES[one] ?? '');
