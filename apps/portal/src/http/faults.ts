import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { createElement } from 'react';
import type { Logger } from '@filodiretto/platform';
import { ProblemFilter } from '@filodiretto/platform';
import { Words } from '../page/layout.js';
import type { Surroundings } from './around.js';
import { Away } from './forms.js';
import { show, type Reply, type Request } from './page.js';

/** A form that does not stand in a page of ours. */
export class Foreign extends Error {}

/** Every fault as a page in words for a person, in their language; for the probes as every service says it. */
@Catch()
export class FaultPages implements ExceptionFilter {
  private readonly problems: ProblemFilter;
  constructor(
    private readonly log: Logger,
    private readonly surroundings: Surroundings,
  ) {
    this.problems = new ProblemFilter(log, fault => fault instanceof Away);
  }

  catch(fault: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    if (/^\/(health|metrics)/.test(request.url)) {
      this.problems.catch(fault, host);
      return;
    }
    const reply = host.switchToHttp().getResponse<Reply & { readonly sent: boolean }>();
    const around = this.surroundings.of(request);
    const { t } = around;
    const status = statusOf(fault);
    if (status >= 500) this.log.error({ err: fault }, 'a page could not be made');
    if (reply.sent) return;
    const [title, text] =
      status === 404
        ? [t.notFound.title, t.notFound.text]
        : status === 403
          ? [t.foreign.title, t.foreign.text]
          : status === 413
            ? [t.toRightOne, t.tooLarge]
            : status < 500
              ? [t.foreign.title, t.notFound.text]
              : [t.away.title, t.away.text];
    if (status >= 500) reply.header('retry-after', '5');
    show(reply, createElement(Words, { around, title, paragraphs: [text], wrong: true }), status);
  }
}

function statusOf(fault: unknown): number {
  if (fault instanceof Away) return 503;
  if (fault instanceof Foreign) return 403;
  if (fault instanceof HttpException) return fault.getStatus();
  const said = typeof fault === 'object' && fault !== null && 'statusCode' in fault ? Number(fault.statusCode) : 500;
  return said >= 400 && said < 600 ? said : 500;
}
