import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ROOT } from '../runtime/places.js';
import { CannotGoOn } from '../runtime/words.js';
import type { Providers } from '../system/providers.js';
import { DEMONSTRATION, urlOf, type Surroundings } from '../system/services.js';
import { CitizensSide } from './citizens-side.js';
import type { Opening } from './page/model.js';
import { PERSONAS } from './personas.js';
import { WrongRequest } from './wrong-request.js';

const BODY_MAX = 100_000;
const LOOKS_EVERY_MS = 300;

/** Everything comes from here, and nothing is written in the page itself. */
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** What a site adds to its own policy for the widget: one source of scripts, and one place to ask. */
const policyWith = (portal: string, chat: string): string =>
  SECURITY['content-security-policy']
    .replace("script-src 'self'", `script-src 'self' ${portal}`)
    .replace("connect-src 'self'", `connect-src 'self' ${chat}`);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Files of the page: what is written as it is served, and what is compiled. */
const FILES: Readonly<Record<string, string>> = {
  '/': 'tools/src/demo/page/index.html',
  '/page.css': 'tools/src/demo/page/page.css',
  '/icon.svg': 'tools/src/demo/page/icon.svg',
  '/site.css': 'tools/src/demo/page/site.css',
  ...Object.fromEntries(
    ['main', 'conversation', 'telephone', 'tabs', 'server'].map(name => [
      `/${name}.js`,
      `tools/dist/demo/page/${name}.js`,
    ]),
  ),
};

/** Pages of the invented administration's own site, which shows the widget as any site would: two, since people go from one to another. */
const SITE: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  '/sito': {
    title: 'Il mercato torna in piazza',
    text: 'Da sabato i banchi sono di nuovo sotto i portici, dalle otto alle tredici.',
  },
  '/sito/biblioteca': {
    title: 'La biblioteca',
    text: 'Aperta dal martedì al sabato. Prestito, sala studio, letture per i più piccoli.',
  },
};

export interface CitizenPage {
  readonly side: CitizensSide;
  close(): Promise<void>;
}

/**
 * The citizen's side: one page, and what it asks. Refuses in production. Answers only who calls it by the address it
 * listens at, so that a page of somebody else cannot act through the reader's browser.
 */
export async function startCitizenPage(around: Surroundings, providers: Providers): Promise<CitizenPage> {
  if (process.env.NODE_ENV === 'production')
    throw new CannotGoOn("The citizen's side is a demonstration: refused in production.");
  const side = new CitizensSide(around, providers);
  const port = around.ports.citizen;
  const hosts = new Set(['127.0.0.1', 'localhost', '[::1]'].map(host => `${host}:${port}`));
  const streams = new Set<ServerResponse>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!hosts.has(request.headers.host ?? '')) return reply(response, 421, { mistake: 'Indirizzo sconosciuto.' });
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const method = request.method ?? 'GET';
    const page = SITE[pathname];
    if (page && method === 'GET') return site(page, response);
    const file = FILES[pathname];
    if (file && method === 'GET') {
      const bytes = await readFile(join(ROOT, file));
      response
        .writeHead(200, { ...SECURITY, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(bytes);
      return;
    }
    if (pathname === '/health/ready' && method === 'GET') return reply(response, 200, { status: 'ok' });
    if (pathname === '/api/opening' && method === 'GET') return reply(response, 200, opening);
    const [, persona, action] = /^\/api\/citizens\/([a-z]+)(?:\/([a-z-]+))?$/.exec(pathname) ?? [];
    if (persona === undefined) return reply(response, 404, { mistake: 'Qui non c’è nulla.' });
    if (method === 'GET' && action === undefined) return reply(response, 200, await side.of(persona));
    if (method === 'GET' && action === 'stream') return stream(persona, response);
    if (method !== 'POST' || action === undefined) return reply(response, 405, { mistake: 'Non si può.' });
    if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
      return reply(response, 415, { mistake: 'Serve JSON.' });
    await side.act(persona, action, await bodyOf(request));
    reply(response, 200, await side.of(persona));
  };

  const site = async (page: { title: string; text: string }, response: ServerResponse): Promise<void> => {
    const [portal, chat] = [urlOf('portal', around.ports), urlOf('webchat', around.ports)];
    const html = await readFile(join(ROOT, 'tools/src/demo/page/site.html'), 'utf8');
    response
      .writeHead(200, {
        ...SECURITY,
        'content-security-policy': policyWith(portal, chat),
        'content-type': TYPES['.html'],
      })
      .end(html.replace(/\{\{(\w+)\}\}/g, (_, key: string) => ({ ...page, portal, chat })[key] ?? ''));
  };

  /** Server-sent events: the whole side of a citizen, each time it changes. */
  const stream = async (persona: string, response: ServerResponse): Promise<void> => {
    let seen = JSON.stringify(await side.of(persona));
    response
      .writeHead(200, { ...SECURITY, 'content-type': 'text/event-stream' })
      .write(`retry: 1000\ndata: ${seen}\n\n`);
    streams.add(response);
    const timer = setInterval(() => {
      side.of(persona).then(
        now => {
          const text = JSON.stringify(now);
          if (text === seen) return;
          seen = text;
          response.write(`data: ${text}\n\n`);
        },
        // The page asks again by itself.
        () => response.end(),
      );
    }, LOOKS_EVERY_MS);
    response.once('close', () => {
      clearInterval(timer);
      streams.delete(response);
    });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.end();
      else
        reply(response, error instanceof WrongRequest ? 422 : 502, {
          mistake: error instanceof Error ? error.message : String(error),
        });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    side,
    async close() {
      for (const open of streams) open.end();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

const opening: Opening = {
  administration: {
    name: DEMONSTRATION.name,
    mailboxes: DEMONSTRATION.mailboxes.map(({ address, name }) => ({ address, name })),
    telephone: DEMONSTRATION.telephone,
  },
  personas: PERSONAS.map(({ id, name, email, telephone }) => ({ id, name, email, telephone })),
};

function reply(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { ...SECURITY, 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > BODY_MAX) throw new WrongRequest('Troppo lungo.');
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Told below, as whatever else is no object.
  }
  throw new WrongRequest('Non è JSON.');
}
