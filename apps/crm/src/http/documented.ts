import { applyDecorators, Header, SetMetadata } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
} from '@nestjs/swagger';
import { PROBLEMS, ProblemView, type ProblemName } from '@filodiretto/contracts';
import type { Permission } from '@filodiretto/contracts/model';
import { neededFor } from '../permission/operations.js';

/** What every operation may answer. */
const ALWAYS: readonly ProblemName[] = [
  'not-authenticated',
  // A token of too little scope; the cookie of a session that another page than ours makes use of.
  'not-allowed',
  'foreign-page',
  'too-many-requests',
  'temporarily-unavailable',
  'internal-error',
];

/** Under which an operation's handler keeps what guards and the trail must know of it. */
export const OPERATION = 'filodiretto:operation';
export interface Operated {
  readonly id: string;
  /** What whoever asks must be allowed; null: nothing. */
  readonly needs: Permission | null;
  /**
   * What it shows of citizens or of people who work: one thing, what the words of a search find, a file to take away. Each leaves
   * an entry in the trail. Absent: nothing that is somebody's.
   */
  readonly shows?: 'one' | 'found' | 'file' | undefined;
  /** What it is about, where the noun of the path does not say it. */
  readonly subjectKind?: string;
}

/** An operation that is described elsewhere than in this API; whoever has its scope may. It leaves entries in the trail all the same. */
export const Unpublished = (id: string, subjectKind: string, shows?: Operated['shows']): MethodDecorator =>
  SetMetadata(OPERATION, { id, needs: null, shows, subjectKind } satisfies Operated);

/** An operation of the API: its name, what it promises, and every problem it may answer with. */
export const Operation = (
  operationId: string,
  summary: string,
  said: {
    readonly description?: string;
    /** What `{id}` of the path is. */
    readonly id?: string;
    readonly problems?: readonly ProblemName[];
    readonly shows?: Operated['shows'];
  } = {},
): MethodDecorator => {
  const needs = neededFor(operationId);
  return applyDecorators(
    SetMetadata(OPERATION, { id: operationId, needs, shows: said.shows } satisfies Operated),
    ApiExtension('x-permission', needs ?? 'none'),
    ...(said.shows ? [ApiExtension('x-trail', said.shows)] : []),
    ApiBearerAuth(),
    ...(said.id ? [ApiParam({ name: 'id', description: said.id, schema: { type: 'string', format: 'uuid' } })] : []),
    ApiOperation({ operationId, summary, description: said.description ?? summary }),
    ...problemResponses([
      ...new Set([...(said.problems ?? []), ...(needs === null ? [] : (['not-allowed'] as const)), ...ALWAYS]),
    ]),
  );
};

function problemResponses(names: readonly ProblemName[]): MethodDecorator[] {
  const byStatus = new Map<number, ProblemName[]>();
  for (const name of new Set(names))
    byStatus.set(PROBLEMS[name].status, [...(byStatus.get(PROBLEMS[name].status) ?? []), name]);
  return [...byStatus].map(([status, same]) =>
    ApiResponse({
      status,
      description: same.map(name => `\`${name}\`: ${PROBLEMS[name].title}`).join('. '),
      content: {
        'application/problem+json': {
          schema: { $ref: `#/components/schemas/${ProblemView.name}` },
          examples: Object.fromEntries(
            same.map(name => [
              name,
              {
                summary: PROBLEMS[name].title,
                value: { type: `/problems/${name}`, title: PROBLEMS[name].title, status },
              },
            ]),
          ),
        },
      },
      ...(status === 503 || status === 429
        ? { headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } } }
        : {}),
    }),
  );
}

/** The answer is never kept by a cache: it may hold personal data. */
export const NeverCached = (): MethodDecorator => Header('cache-control', 'no-store');

/** `Idempotency-Key`: the id of what is made. */
export const IdempotencyKey = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'A UUID made by the client: the id of what is made. Sending the same request again under the same key does nothing and answers the same.',
    schema: { type: 'string', format: 'uuid' },
    example: '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70',
  });

/** `If-Match`: the version of the draft that is said. */
export const DraftMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The ETag of the draft that is said, or `"0"` where none was seen: refused when other words were saved since.',
    schema: { type: 'string' },
    example: '"3"',
  });

/** `If-Match`: the version that a change is meant for. */
export const IfMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag of what was seen; `*` is refused.',
    schema: { type: 'string' },
    example: '"3"',
  });

/** The headers of an answer that says the version of what it shows. */
export const ETAG = {
  ETag: { description: 'Its version, between quotes', schema: { type: 'string' as const }, example: '"4"' },
};

/** Said when the key of a request was used before: the answer is that of then, and nothing was done now. */
export const REPLAYED = {
  'Idempotency-Replayed': {
    description:
      '`true` when the same was asked before under this key: the answer is that of then, and nothing was done now',
    schema: { type: 'string' as const },
    example: 'true',
  },
};

/** Answers with bytes to keep, never to run. */
export const Download = (mediaType: string): MethodDecorator =>
  applyDecorators(
    ApiProduces(mediaType),
    ApiResponse({
      status: 200,
      description: 'The bytes, as a file to keep',
      content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } },
    }),
  );
