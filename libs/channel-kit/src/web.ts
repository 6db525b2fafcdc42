import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf, newId, withCorrelation, type Logger } from '@filodiretto/platform';
import { boundBodies } from './bodies.js';
import { HouseFault, type Session } from './contract.js';
import { receptionsOf } from './receptions.js';

/** Header by which the kit tells a channel the address of who calls; what the caller wrote in it is dropped. */
export const CLIENT_ADDRESS = 'x-filodiretto-client';

/** Whose pace a request counts for: its address, of IPv6 the network, in which one household has as many as it likes. */
export const clientOf = (request: Request): string => networkOf(request.headers.get(CLIENT_ADDRESS) ?? 'unknown');

/** Header of an answer that names the receptions held, so that whoever sent them can ask the core what became of them. */
export const RECEPTIONS = 'x-filodiretto-receptions';

/** Most of memory, in bytes, that the bodies of requests have at once. */
const BODIES_BYTES = 128_000_000;

/**
 * Passes every request that is not the kit's own to the channel, as a web-standard one with its raw bytes, and writes the
 * channel's answer back. A fault of the house is answered 503: whoever sent it sends it again.
 */
export async function serveWebhooks(
  server: FastifyInstance,
  session: Session,
  publicUrl: string,
  log: Logger,
): Promise<void> {
  const streams = new OpenStreams();
  // A server closes when its last answer is over, which a stream of events never is by itself.
  server.addHook('preClose', done => {
    streams.end();
    done();
  });
  await server.register(async scope => {
    boundBodies(scope, BODIES_BYTES, log);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const pass = async (
      request: FastifyRequest,
      reply: FastifyReply,
      handler: ((request: Request) => Promise<Response>) | undefined,
    ): Promise<void> => {
      if (!handler) {
        await reply.code(404).send();
        return;
      }
      const { result: answer, receptions } = await receptionsOf(() =>
        withCorrelation({ correlationId: newId() }, () => answerOf(handler, webRequest(request, publicUrl), log)),
      );
      reply.code(answer.status);
      answer.headers.forEach((value, name) => void reply.header(name, value));
      if (receptions.length > 0) reply.header(RECEPTIONS, receptions.join(' '));
      if (answer.body && answer.headers.get('content-type')?.startsWith('text/event-stream')) {
        // Its connection ends with it: kept for a next request, it would keep the server from closing.
        await reply.header('connection', 'close').send(Readable.fromWeb(streams.opened(answer.body)));
      } else await reply.send(answer.body ? Buffer.from(await answer.arrayBuffer()) : null);
    };
    scope.all('/admin/*', (request, reply) => pass(request, reply, session.admin?.bind(session)));
    scope.all('/*', (request, reply) => pass(request, reply, session.webhook?.bind(session)));
  });
}

/** The streams of events that are being read. */
class OpenStreams {
  private readonly ends = new Set<() => void>();
  private isOver = false;

  /** The same stream, which `end` ends for its reader, and tells the channel that nobody reads it any more. */
  opened(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    let end: () => void;
    return new ReadableStream<Uint8Array>(
      {
        start: controller => {
          end = () => {
            this.ends.delete(end);
            controller.close();
            // Whoever no longer wants to be read has nothing to say to it.
            reader.cancel().catch(() => undefined);
          };
          this.ends.add(end);
          if (this.isOver) end();
        },
        pull: async controller => {
          const { done, value } = await reader.read();
          if (!this.ends.has(end)) return;
          if (value) controller.enqueue(value);
          if (!done) return;
          this.ends.delete(end);
          controller.close();
        },
        cancel: reason => {
          this.ends.delete(end);
          return reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  }

  end(): void {
    this.isOver = true;
    for (const end of [...this.ends]) end();
  }
}

const webRequest = (request: FastifyRequest, publicUrl: string): Request => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && name !== CLIENT_ADDRESS)
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  headers.set(CLIENT_ADDRESS, request.ip);
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const body = hasBody && request.body instanceof Uint8Array ? (request.body as Uint8Array<ArrayBuffer>) : undefined;
  return new Request(`${publicUrl}${request.url}`, { method: request.method, headers, ...(body ? { body } : {}) });
};

async function answerOf(
  handler: (request: Request) => Promise<Response>,
  request: Request,
  log: Logger,
): Promise<Response> {
  try {
    return await handler(request);
  } catch (error) {
    const house = error instanceof HouseFault;
    log[house ? 'warn' : 'error'](
      { err: error, path: new URL(request.url).pathname },
      house ? 'a delivery could not be held: the sender is asked to repeat' : 'the channel failed on a request',
    );
    return new Response(
      JSON.stringify({
        type: '/problems/temporarily-unavailable',
        title: 'Not available right now: try again shortly',
        status: 503,
      }),
      { status: 503, headers: { 'content-type': 'application/problem+json', 'retry-after': '5' } },
    );
  }
}
