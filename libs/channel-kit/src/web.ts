import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId, withCorrelation, type Logger } from '@filodiretto/platform';
import { HouseFault, type Session } from './contract.js';
import { receptionsOf } from './receptions.js';

/** Header by which the kit tells a channel the address of who calls; what the caller wrote in it is dropped. */
export const CLIENT_ADDRESS = 'x-filodiretto-client';

/** Header of an answer that names the receptions held, so that whoever sent them can ask the core what became of them. */
export const RECEPTIONS = 'x-filodiretto-receptions';

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
  await server.register(async scope => {
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
      if (answer.body && answer.headers.get('content-type')?.startsWith('text/event-stream'))
        await reply.send(Readable.fromWeb(answer.body));
      else await reply.send(answer.body ? Buffer.from(await answer.arrayBuffer()) : null);
    };
    scope.all('/admin/*', (request, reply) => pass(request, reply, session.admin?.bind(session)));
    scope.all('/*', (request, reply) => pass(request, reply, session.webhook?.bind(session)));
  });
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
