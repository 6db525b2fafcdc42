import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PHONE_CONTROL, PhoneControlMistake } from './control.js';
import type { TwilioSimulator } from './simulator.js';
import { RestError } from './rest-error.js';
import type { RestAnswer, RestApi } from './rest.js';

const BODY_BYTES_MAX = 10_000_000;
const PREFIX = /^\/2010-04-01\/Accounts\/([^/]+)\/(.+)$/;

/** The HTTP side: the REST API and the control API. */
export function serve(simulator: TwilioSimulator, rest: RestApi): Server {
  return createServer((request, response) => {
    bodyOf(request)
      .then(body => answerTo(simulator, rest, request, body))
      .catch((error: unknown) => failure(error))
      .then(answer => write(response, answer))
      // The caller has gone away while it was answered.
      .catch(() => response.destroy());
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) throw new RestError(413, 20001, 'The request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function answerTo(
  simulator: TwilioSimulator,
  rest: RestApi,
  request: IncomingMessage,
  body: string,
): Promise<RestAnswer> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const method = request.method ?? 'GET';
  if (url.pathname.startsWith('/_control/')) return control(simulator, method, url, body);
  const [, account, path] = PREFIX.exec(url.pathname) ?? [];
  if (account === undefined || path === undefined)
    throw new RestError(404, 20404, `The requested resource ${url.pathname} was not found`);
  const form = new URLSearchParams(body);
  return rest.answer(account, {
    method,
    path,
    query: url.searchParams,
    form,
    authorization: request.headers.authorization ?? '',
  });
}

async function control(simulator: TwilioSimulator, method: string, url: URL, body: string): Promise<RestAnswer> {
  const name = `${method} ${url.pathname.slice('/_control/'.length)}`;
  const action = PHONE_CONTROL[name];
  if (!action) return { status: 404, json: { mistake: `no ${name}`, actions: Object.keys(PHONE_CONTROL) } };
  const asked: unknown = method === 'GET' ? Object.fromEntries(url.searchParams) : body === '' ? {} : JSON.parse(body);
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
    throw new PhoneControlMistake('the body is no JSON object');
  return { status: 200, json: (await action(simulator, asked as Record<string, unknown>)) ?? { done: true } };
}

function failure(error: unknown): RestAnswer {
  if (error instanceof RestError) return { status: error.status, json: error.body() };
  return { status: 400, json: { mistake: error instanceof Error ? error.message : String(error) } };
}

function write(response: ServerResponse, answer: RestAnswer): void {
  if (answer.silent) return;
  if (answer.status === 204) {
    response.writeHead(204).end();
    return;
  }
  const content = answer.bytes ?? Buffer.from(JSON.stringify(answer.json ?? {}));
  response
    .writeHead(answer.status, {
      'content-type': answer.mediaType ?? 'application/json',
      ...(answer.status === 429 ? { 'retry-after': '1' } : {}),
    })
    .end(content);
}
