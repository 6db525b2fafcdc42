import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { v7 } from 'uuid';
import { withCorrelation } from '../context.js';

/** What is needed of a request to follow it. */
export interface Headed {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const SAFE = /^[\w.:-]{1,100}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const known = new WeakMap<Headed, string>();

const header = (request: Headed, name: string, form: RegExp): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && form.test(value) ? value : undefined;
};

/** The correlation id of a request: the caller's `X-Correlation-Id` when it is one, else a new one; always the same. */
export function correlationOf(request: Headed): string {
  const id = known.get(request) ?? header(request, 'x-correlation-id', SAFE) ?? v7();
  known.set(request, id);
  return id;
}

/** Runs each request under its correlation and says it in the answer. */
@Injectable()
export class CorrelationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Headed>();
    const reply = context.switchToHttp().getResponse<{ header(name: string, value: string): unknown }>();
    const correlationId = correlationOf(request);
    const traceparent = header(request, 'traceparent', TRACEPARENT);
    reply.header('x-correlation-id', correlationId);
    return new Observable(subscriber =>
      withCorrelation({ correlationId, causationId: correlationId, ...(traceparent ? { traceparent } : {}) }, () =>
        next.handle().subscribe(subscriber),
      ),
    );
  }
}
