import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isJson } from './checks.js';
import { CONTROL, ControlMistake } from './control.js';
import { GraphError, invalid, missing } from './graph-error.js';
import type { MetaSimulator } from './simulator.js';
import { multipart } from './multipart.js';

const BODY_MAX = 120_000_000;

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly bytes?: { readonly content: Uint8Array; readonly mediaType: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** Carried out, but nobody is told. */
  readonly silent?: true;
}

/** The HTTP side: the Graph API, the media hosts, the control API. */
export function serve(simulator: MetaSimulator, accessToken: string): Server {
  return createServer((request, response) => {
    void bodyOf(request)
      .then(body => {
        const url = new URL(request.url ?? '/', 'http://simulator');
        return answerTo(simulator, accessToken, {
          method: request.method ?? 'GET',
          url,
          headers: request.headers,
          body,
        });
      })
      .catch((error: unknown) => failure(error))
      .then(answer => write(response, answer));
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > BODY_MAX) throw new GraphError(413, 1, 'The request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failure(error: unknown): Answer {
  if (error instanceof GraphError) {
    const { retryAfter } = error.more;
    return {
      status: error.status,
      json: error.body(),
      ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: error instanceof ControlMistake ? 400 : 422, json: { mistake: message } };
}

function write(response: ServerResponse, answer: Answer): void {
  if (answer.silent) return;
  const content = answer.bytes?.content ?? Buffer.from(JSON.stringify(answer.json ?? { done: true }));
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.bytes?.mediaType ?? 'application/json; charset=UTF-8',
    ...answer.headers,
  });
  response.end(content);
}

function answerTo(simulator: MetaSimulator, accessToken: string, call: Call): Answer {
  const [first = '', ...rest] = call.url.pathname.split('/').filter(Boolean);
  if (first === '_control') return control(simulator, call, rest.join('/'));
  if (first === '_cdn') return download(simulator, rest[0] ?? '');
  if (first === '_media') {
    authorise(call, accessToken);
    if (!call.headers['user-agent']) return { status: 401, json: {} };
    return download(simulator, rest[0] ?? '');
  }
  if (!/^v\d+\.\d+$/.test(first)) throw new GraphError(400, 2500, `Unknown path components: ${call.url.pathname}`);
  authorise(call, accessToken);
  return graph(simulator, call, rest.map(decodeURIComponent));
}

function authorise(call: Call, accessToken: string): void {
  if (call.headers.authorization !== `Bearer ${accessToken}`)
    throw new GraphError(401, 190, 'Invalid OAuth access token', {
      details: 'The access token could not be decrypted',
    });
}

function download(simulator: MetaSimulator, token: string): Answer {
  const bare = simulator.faults.take('download');
  if (bare) return { status: bare.status ?? 500, json: {} };
  const media = simulator.media.open(token);
  return media ? { bytes: { content: media.bytes, mediaType: media.mediaType } } : { status: 404, json: {} };
}

function control(simulator: MetaSimulator, call: Call, path: string): Answer {
  const action = CONTROL[`${call.method} ${path}`];
  if (!action) return { status: 404, json: { mistake: `no ${call.method} ${path}`, actions: Object.keys(CONTROL) } };
  const body: unknown = call.method === 'GET' ? Object.fromEntries(call.url.searchParams) : jsonIn(call.body);
  return { json: action(simulator, isJson(body) ? body : {}) };
}

const jsonIn = (body: Buffer): unknown => {
  if (body.byteLength === 0) return {};
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw invalid('The body is not JSON');
  }
};

function graph(simulator: MetaSimulator, call: Call, [node = '', edge]: readonly string[]): Answer {
  const word = edge === 'message_attachments' ? 'media' : edge;
  const bare = simulator.faults.take(
    word === 'messages' || word === 'media' || word === 'comments' ? word : 'any',
    'bare',
  );
  if (bare)
    return {
      status: bare.status ?? 502,
      bytes: { content: Buffer.from('<html>bad gateway</html>'), mediaType: 'text/html' },
    };
  const json = carriedOut(simulator, call, node, edge);
  const silent = simulator.faults.take(word === 'messages' || word === 'comments' ? word : 'any', 'no_answer');
  return silent ? { silent: true } : { json };
}

function carriedOut(simulator: MetaSimulator, call: Call, node: string, edge: string | undefined): object {
  const { whatsapp, pages, media } = simulator;
  if (call.method === 'GET' && edge === undefined)
    return media.find(node)
      ? whatsappMedia(simulator, call, node)
      : whatsapp.owns(node)
        ? whatsapp.describe(node)
        : pages.describe(node);
  if (call.method !== 'POST') throw new GraphError(400, 100, `Unsupported ${call.method.toLowerCase()} request`);
  if (edge === 'media' || edge === 'message_attachments') return upload(simulator, call, node, edge);
  const request = jsonIn(call.body);
  if (edge === 'messages') return pages.owns(node) ? pages.send(node, request) : whatsapp.send(node, request);
  if (edge === 'comments') return pages.reply(node, request);
  if (edge === undefined) return pages.hide(node, request);
  throw new GraphError(400, 2500, `Unknown path components: /${edge}`);
}

function whatsappMedia(simulator: MetaSimulator, call: Call, id: string): object {
  simulator.faults.refuse('media');
  const asking = call.url.searchParams.get('phone_number_id');
  if (asking !== null && simulator.media.find(id)?.owner !== asking) throw missing(id);
  return simulator.media.describe(id, simulator.whatsapp.knobs.mediaLiveMs);
}

function upload(simulator: MetaSimulator, call: Call, node: string, edge: 'media' | 'message_attachments'): object {
  const fields = multipart(call.body, call.headers['content-type'] ?? '');
  const value = (name: string) => fields.find(field => field.name === name)?.bytes.toString();
  const known = edge === 'media' ? ['file', 'messaging_product', 'type'] : ['filedata', 'message'];
  const stranger = fields.find(field => !known.includes(field.name));
  if (stranger) throw invalid(`Unexpected key "${stranger.name}"`);
  const file = fields.find(field => field.name === known[0]);
  if (!file?.filename || !file.mediaType)
    throw invalid(`The parameter ${known[0] ?? ''} is required, with a name and a type`);
  if (edge === 'media') {
    if (value('messaging_product') !== 'whatsapp') throw invalid('The parameter messaging_product is required');
    return { id: simulator.whatsapp.upload(node, file.bytes, value('type') ?? file.mediaType, file.filename).id };
  }
  const about: unknown = jsonIn(Buffer.from(value('message') ?? ''));
  if (!isJson(about) || !isJson(about.attachment)) throw invalid('The parameter message.attachment is required');
  return { attachment_id: simulator.pages.upload(node, file.bytes, file.mediaType, file.filename).id };
}
