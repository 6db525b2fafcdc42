import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { correlationOf, Problem } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CaseRequest } from '../case/case-request.js';
import { operatorOf } from './operator.js';
import type { Making } from './unit-of-work.js';
import { etagOf, expectedVersion } from './version.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

/** The version that a change is meant for; a request without `If-Match` ends here. */
export const SeenVersion = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  expectedVersion(requestOf(context).headers['if-match']),
);

/** The version of the draft that a request says; undefined when it does not tell. */
export const SeenDraft = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const ifMatch = requestOf(context).headers['if-match'];
  return ifMatch === undefined ? undefined : expectedVersion(ifMatch);
});

/** What a request makes, under its `Idempotency-Key`: the key stands for who asks, the path and the body. */
export const ToMake = createParamDecorator((_: unknown, context: ExecutionContext): Making => {
  const request = requestOf(context);
  const key = request.headers['idempotency-key'];
  const [path = ''] = request.url.split('?');
  return {
    operator: operatorOf(context),
    key: Array.isArray(key) ? key.join() : key,
    what: path.replace(/^\/api\//, ''),
    body: typeof request.body === 'object' && request.body !== null ? request.body : {},
  };
});

/** What is asked of the case `{id}` of the path; `seen` when it is a change meant for the version of `If-Match`. */
export const OnCase = createParamDecorator((how: 'seen' | undefined, context: ExecutionContext): CaseRequest => {
  const request = requestOf(context);
  const { id = '' } = request.params as { readonly id?: string };
  if (!UUID.test(id)) throw new Problem('malformed-request', 'The id of a case is a UUID.');
  return {
    operator: operatorOf(context),
    caseId: id.toLowerCase(),
    cause: correlationOf(request),
    ...(how === 'seen' ? { expectedVersion: expectedVersion(request.headers['if-match']) } : {}),
  };
});

/** What was found, with its version as ETag; nothing found ends the request with `missing`. */
export function shown<T extends { readonly version: number }>(
  found: T | undefined,
  missing: string,
  reply: FastifyReply,
): T {
  const one = existing(found, missing);
  reply.header('etag', etagOf(one.version));
  return one;
}

/** What was found; nothing found ends the request with `missing`. */
export function existing<T>(found: T | undefined, missing: string): T {
  if (found === undefined) throw new Problem('not-found', missing);
  return found;
}
