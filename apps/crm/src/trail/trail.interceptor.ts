import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { concatMap, Observable } from 'rxjs';
import { OPERATION, type Operated } from '../http/documented.js';
import type { Authenticated } from '../http/operator.js';
import { storable } from '../storable.js';
import { Trail, wordsSought, type Act } from './trail.js';

interface Request extends Authenticated {
  readonly method: string;
  readonly url: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Leaves in the trail what each request of an operator looked at, before the answer leaves: what cannot be written is not shown.
 * What it changes is written by its unit of work.
 */
@Injectable()
export class TrailInterceptor implements NestInterceptor {
  constructor(
    @Inject(Trail) private readonly trail: Trail,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operated = this.reflector.get<Operated | undefined>(OPERATION, context.getHandler());
    const request = context.getType() === 'http' ? context.switchToHttp().getRequest<Request>() : undefined;
    const operator = request?.admission?.operator;
    if (!operated || !request || !operator) return next.handle();
    const [, , noun = ''] = request.url.split('?')[0]?.split('/') ?? [];
    const act = {
      operator,
      operation: operated.id,
      subjectKind: operated.subjectKind ?? noun,
      subjectId: request.params.id,
    };
    if (!READS.has(request.method))
      return new Observable(subscriber =>
        this.trail.during({ ...act, act: 'changed', fields: namesOf(request.body) }, () =>
          next.handle().subscribe(subscriber),
        ),
      );
    const looked = lookOf(operated, request, act);
    if (!looked) return next.handle();
    return next.handle().pipe(
      concatMap(async (shown: unknown) => {
        await this.trail.write(undefined, looked);
        return shown;
      }),
    );
  }
}

function lookOf(
  { shows }: Operated,
  { query }: Request,
  act: Pick<Act, 'operator' | 'operation' | 'subjectKind' | 'subjectId'>,
): Act | undefined {
  if (shows === undefined) return undefined;
  const fields = namesOf(query);
  if (shows !== 'found') return { ...act, act: shows === 'file' ? 'exported' : 'looked', fields };
  const words = wordsSought(query);
  return words === undefined ? undefined : { ...act, act: 'searched', fields, words };
}

/** The names alone: the values may be personal. A file has none. */
const namesOf = (said: unknown): string[] =>
  typeof said === 'object' && said !== null && !Buffer.isBuffer(said)
    ? storable(Object.keys(said).slice(0, 100).sort())
    : [];
