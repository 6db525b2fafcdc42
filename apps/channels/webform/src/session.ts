import {
  clientOf,
  keysOf,
  problemAnswer,
  Proofs,
  scannerConnection,
  scannerOf,
  storageOf,
  type AnswersWebhooks,
  type Connection,
  type Fact,
  type Host,
  type Keys,
  type ListensItself,
  type Reception,
  type Scan,
  type SendOutcome,
} from '@filodiretto/channel-kit';
import { PROBLEMS } from '@filodiretto/contracts';
import { submissionOf, type Submission } from './body.js';
import type { FormDefinition } from './form.js';
import { formToken } from './form-token.js';
import { formPage, formsPage, refusedPage, takenPage, type Frame } from './pages.js';
import { factsOf } from './receive.js';
import type { WebformSettings } from './settings.js';
import { limitsOf, Submissions, type Sent } from './submissions.js';
import { tooManyAnswer, Tracking } from './tracking.js';
import { keepUp } from './upkeep.js';

const LARGEST_AGE = '86400';

/** The forms at work: an API for pages and programs, and plain pages for everyone. */
export class WebformSession implements AnswersWebhooks, ListensItself {
  readonly accounts: readonly string[];
  private readonly keys: Keys;
  private readonly forms: ReadonlyMap<string, FormDefinition>;
  private readonly proofs: Proofs;
  private readonly scan: Scan | undefined;
  private readonly submissions: Submissions;
  private readonly tracking: Tracking;
  private readonly frame: Frame;

  constructor(
    private readonly config: WebformSettings,
    private readonly host: Host,
  ) {
    this.keys = keysOf(config.webformKey, config.previousWebformKey);
    this.forms = new Map(config.webformForms.map(form => [form.id, form]));
    this.accounts = [...this.forms.keys()];
    this.proofs = new Proofs(config, host.state);
    this.scan = scannerOf(config, host.log);
    this.submissions = new Submissions(config, host, this.proofs, this.scan);
    this.tracking = new Tracking(host, config.webformTrackingPerMinute);
    this.frame = { administration: config.webformAdministration, portal: config.webformPortalUrl?.replace(/\/$/, '') };
  }

  read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    return factsOf(reception, raw, {
      keys: this.keys,
      doubtfulAt: this.config.webformDoubtfulAt,
      form: id => this.forms.get(id),
      keep: (bytes, mediaType) => this.host.keep(bytes, mediaType),
    });
  }

  send(): Promise<SendOutcome> {
    return Promise.resolve({
      kind: 'refused',
      reason: 'configuration',
      detail: 'A form cannot be answered: write to the address or the number that the citizen left in it.',
    });
  }

  connections(): readonly Connection[] {
    return [storageOf(this.host), ...scannerConnection(this.config)];
  }

  listen(signal: AbortSignal): Promise<void> {
    return keepUp(this.host, this.scan, signal);
  }

  async webhook(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const page = /\/moduli(?:\/([a-z0-9-]+))?$/.exec(pathname);
    if (page) return this.page(request, page[1]);
    const path = /\/public\/(.*)$/.exec(pathname)?.[1];
    if (path === undefined) return nothing();
    const answer = request.method === 'OPTIONS' ? new Response(null, { status: 204 }) : await this.api(request, path);
    return this.forOrigin(request, answer);
  }

  private async api(request: Request, path: string): Promise<Response> {
    const [what, id, part] = path.replace(/\/$/, '').split('/').map(decoded);
    if (what === 'submissions' && id !== undefined && part === undefined)
      return request.method === 'GET' ? this.tracking.answer(id, clientOf(request)) : notAllowed('GET');
    if (what === 'replies' && id === undefined)
      return request.method === 'POST' ? this.reply(request) : notAllowed('POST');
    if (what !== 'forms') return nothing();
    if (id === undefined) return request.method === 'GET' ? this.list() : notAllowed('GET');
    const form = this.forms.get(id);
    if (!form) return nothing();
    if (part === undefined) return request.method === 'GET' ? this.definition(request, form) : notAllowed('GET');
    if (part === 'challenge') return request.method === 'GET' ? this.challenge(form) : notAllowed('GET');
    if (part === 'submissions') return request.method === 'POST' ? this.submit(request, form) : notAllowed('POST');
    return nothing();
  }

  private list(): Response {
    return Response.json({
      items: [...this.forms.values()].map(({ id, version, title, description }) => ({
        id,
        version,
        title,
        description,
      })),
    });
  }

  private definition(request: Request, form: FormDefinition): Response {
    return fresh({
      ...form,
      files: form.files ? limitsOf(this.config) : undefined,
      token: formToken(this.keys, form.id),
      ...(this.proofs.wanted ? { challengeUrl: `${baseOf(request)}/public/forms/${form.id}/challenge` } : {}),
    });
  }

  private async challenge(form: FormDefinition): Promise<Response> {
    const challenge = await this.proofs.challenge(form.id);
    return challenge ? fresh(challenge) : nothing();
  }

  private async submit(request: Request, form: FormDefinition): Promise<Response> {
    const taken = await this.submissions.take(form, await sentIn(request));
    if ('problem' in taken) return problemAnswer(taken.problem);
    const { trackingCode } = taken;
    const statusUrl = `${baseOf(request)}/public/submissions/${trackingCode}`;
    // Whoever asks from a terminal reads it on a line of its own.
    return new Response(`${JSON.stringify({ trackingCode, statusUrl })}\n`, {
      status: 201,
      headers: { 'content-type': 'application/json', location: statusUrl, 'cache-control': 'no-store' },
    });
  }

  /** The code comes in a header: it is no part of what is kept, nor of an address that is written into logs. */
  private async reply(request: Request): Promise<Response> {
    const sent = await sentIn(request);
    if (this.tracking.tooMany(sent.client)) return tooManyAnswer();
    const taken = await this.submissions.takeReply(request.headers.get('tracking-code') ?? '', sent);
    return 'problem' in taken
      ? problemAnswer(taken.problem)
      : Response.json({ trackingCode: taken.trackingCode }, { status: 201, headers: { 'cache-control': 'no-store' } });
  }

  private async page(request: Request, id: string | undefined): Promise<Response> {
    if (id === undefined)
      return request.method === 'GET' ? formsPage(this.frame, [...this.forms.values()]) : notAllowed('GET');
    const form = this.forms.get(id);
    if (!form) return refusedPage(this.frame, 404, 'Questo modulo non esiste.');
    const token = formToken(this.keys, form.id);
    if (request.method === 'GET') return formPage(this.frame, form, { token });
    if (request.method !== 'POST') return notAllowed('GET, POST');
    const sent = await sentIn(request);
    const taken = await this.submissions.take(form, sent);
    if (!('problem' in taken)) return takenPage(this.frame, form, taken.trackingCode);
    const { name, detail, errors, retryAfter } = taken.problem;
    const { status } = PROBLEMS[name];
    if (!errors) return refusedPage(this.frame, status, detail, retryAfter);
    const submission = await submissionOf(sent.raw, sent.mediaType);
    return formPage(this.frame, form, { ...shownAgain(submission, token), mistakes: errors }, status);
  }

  /** Pages of other origins may use the forms only when the configuration names them. */
  private forOrigin(request: Request, answer: Response): Response {
    const origin = request.headers.get('origin');
    const { webformOrigins } = this.config;
    if (!origin || !(webformOrigins.includes('*') || webformOrigins.includes(origin))) return answer;
    answer.headers.set('access-control-allow-origin', origin);
    answer.headers.set('vary', 'Origin');
    answer.headers.set('access-control-expose-headers', 'location, retry-after');
    if (request.method === 'OPTIONS') {
      answer.headers.set('access-control-allow-methods', 'GET, POST');
      answer.headers.set('access-control-allow-headers', 'content-type, idempotency-key, tracking-code');
      answer.headers.set('access-control-max-age', LARGEST_AGE);
    }
    return answer;
  }
}

/** The token and the key of the page that was refused stay good: the citizen only corrects the answers. */
const shownAgain = (
  { fields, token, key }: Submission,
  fallback: string,
): { token: string; fields: Submission['fields']; key?: string } => ({
  fields,
  token: token ?? fallback,
  ...(key ? { key } : {}),
});

const sentIn = async (request: Request): Promise<Sent> => ({
  raw: new Uint8Array(await request.arrayBuffer()),
  mediaType: request.headers.get('content-type') ?? '',
  key: request.headers.get('idempotency-key') ?? undefined,
  client: clientOf(request),
});
/** The public address of the channel, path included. */
const baseOf = (request: Request): string => request.url.slice(0, request.url.indexOf('/public/forms'));
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
const fresh = (body: object): Response => Response.json(body, { headers: { 'cache-control': 'no-store' } });
const nothing = (): Response => problemAnswer({ name: 'not-found', detail: 'Qui non c’è nulla.' });
const notAllowed = (allow: string): Response => new Response(null, { status: 405, headers: { allow } });
