import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import {
  PROBLEMS,
  type FieldProblem,
  type JournalEntryView,
  type ProblemName,
  type ProblemView,
} from '@filodiretto/contracts';
import type { Logger } from '../log.js';
import { correlationOf, type Headed } from './correlation.js';

/** What a problem may say besides its name and its words. */
export interface ProblemMore {
  readonly errors?: readonly FieldProblem[] | undefined;
  readonly version?: number;
  readonly changes?: readonly JournalEntryView[];
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number;
  /** What `WWW-Authenticate` says, when it is more than the scheme. */
  readonly challenge?: string;
}

/** Ends a request with a problem of the catalogue. */
export class Problem extends Error {
  constructor(
    readonly problem: ProblemName,
    readonly detail?: string,
    readonly more: ProblemMore = {},
  ) {
    super(detail ?? PROBLEMS[problem].title);
  }
}

/** What this filter needs of the framework's reply. */
interface Reply {
  readonly sent: boolean;
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  send(body: string): unknown;
}

/** Seconds after which a client may ask again while something we depend on is away. */
const RETRY_AFTER_SECONDS = 5;

const BY_STATUS: Readonly<Record<number, ProblemName>> = {
  400: 'malformed-request',
  401: 'not-authenticated',
  403: 'not-allowed',
  404: 'not-found',
  405: 'not-found',
  406: 'malformed-request',
  408: 'temporarily-unavailable',
  413: 'too-large',
  415: 'media-type-not-accepted',
  422: 'invalid-input',
  429: 'too-many-requests',
  503: 'temporarily-unavailable',
};

/**
 * Every fault of a request as RFC 9457: a `Problem` as it is, the framework's own by their status, a fault of what we depend
 * on as 503 with `Retry-After`, anything else as 500 without a word of its cause, which is logged.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    /** Tells that what we depend on is away, and that nothing is wrong with the request. */
    private readonly isSystemFault: (fault: unknown) => boolean,
  ) {}

  catch(fault: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw fault;
    const reply = host.switchToHttp().getResponse<Reply>();
    const instance = correlationOf(host.switchToHttp().getRequest<Headed>());
    const problem = this.problemOf(fault);
    const { status, title } = PROBLEMS[problem.problem];
    if (status >= 500) this.log.error({ err: fault, correlationId: instance }, 'a request failed');
    if (reply.sent) return;
    const { retryAfter, challenge, ...more } = problem.more;
    const view: ProblemView = {
      type: `/problems/${problem.problem}`,
      title,
      status,
      ...(problem.detail ? { detail: problem.detail } : {}),
      instance,
      ...defined(more),
    };
    reply.code(status).header('content-type', 'application/problem+json').header('cache-control', 'no-store');
    if (challenge !== undefined || status === 401) reply.header('www-authenticate', challenge ?? 'Bearer');
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
    reply.send(JSON.stringify(view));
  }

  private problemOf(fault: unknown): Problem {
    if (fault instanceof Problem) return fault;
    if (this.isSystemFault(fault))
      return new Problem('temporarily-unavailable', undefined, { retryAfter: RETRY_AFTER_SECONDS });
    const name = BY_STATUS[statusOf(fault) ?? 500];
    if (!name) return new Problem('internal-error');
    return new Problem(name, whatIsDown(fault) ?? (fault instanceof Error ? fault.message : undefined), {
      ...(PROBLEMS[name].status === 503 ? { retryAfter: RETRY_AFTER_SECONDS } : {}),
    });
  }
}

/** What a readiness check says of each thing that is not well. */
function whatIsDown(fault: unknown): string | undefined {
  const response: unknown = fault instanceof HttpException ? fault.getResponse() : undefined;
  if (typeof response !== 'object' || response === null || !('error' in response)) return undefined;
  const { error } = response;
  if (typeof error !== 'object' || error === null) return undefined;
  const words = Object.entries(error).map(
    ([name, said]: [string, { because?: string } | null]) => `${name}: ${said?.because ?? 'down'}`,
  );
  return words.length > 0 ? words.join('; ') : undefined;
}

/** The status that the framework, or the server below it, gave to a fault of its own. */
function statusOf(fault: unknown): number | undefined {
  if (fault instanceof HttpException) return fault.getStatus();
  return fault instanceof Error && 'statusCode' in fault && typeof fault.statusCode === 'number'
    ? fault.statusCode
    : undefined;
}

const defined = (more: Omit<ProblemMore, 'retryAfter' | 'challenge'>): Partial<ProblemView> =>
  Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
