import type { FastifyInstance } from 'fastify';
import type { Logger } from '@filodiretto/platform';

/** What of a body does not count, so that whoever sends little is heard however much others send. In bytes. */
const SMALL = 100_000;

/**
 * Bounds what the bodies of all requests have of memory at once, from their first byte until they are answered. A request by which
 * it would be more is cut off: it was not taken, and whoever sent it sends it again.
 *
 * @param most bytes, besides the small ones
 */
export function boundBodies(scope: FastifyInstance, most: number, log: Logger): void {
  let held = 0;
  scope.addHook('preParsing', (request, reply, payload, done) => {
    let own = 0;
    payload.on('data', (chunk: Uint8Array) => {
      const before = own;
      own += chunk.byteLength;
      held += beyond(own) - beyond(before);
      if (held <= most) return;
      log.warn({ path: request.routeOptions.url, bytes: own }, 'too much came at once: a request was cut off');
      request.raw.destroy();
    });
    reply.raw.once('close', () => {
      held -= beyond(own);
      own = 0;
    });
    done(null, payload);
  });
}

const beyond = (bytes: number): number => Math.max(0, bytes - SMALL);
