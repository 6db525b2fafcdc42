import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PROBLEMS } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { ERROR_SCHEMA, ScimFault } from './scim.js';

export const MEDIA_TYPE = 'application/scim+json; charset=utf-8';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a resource; what cannot be one is of none. */
export function knownId(id: string, what: 'user' | 'group'): string {
  if (!UUID.test(id)) throw new ScimFault(404, undefined, `There is no such ${what}.`);
  return id.toLowerCase();
}

/** Faults and refusals in SCIM's own format. What is neither is left to the filter of all. */
@Catch(ScimFault, Problem)
export class ScimFilter implements ExceptionFilter {
  catch(fault: ScimFault | Problem, host: ArgumentsHost): void {
    const status = fault instanceof ScimFault ? fault.status : PROBLEMS[fault.problem].status;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const challenge = fault instanceof Problem ? fault.more.challenge : undefined;
    if (challenge !== undefined) reply.header('www-authenticate', challenge);
    if (fault instanceof Problem && fault.more.retryAfter !== undefined)
      reply.header('retry-after', String(fault.more.retryAfter));
    void reply
      .code(status)
      .header('content-type', MEDIA_TYPE)
      .send({
        schemas: [ERROR_SCHEMA],
        status: String(status),
        ...(fault instanceof ScimFault && fault.scimType ? { scimType: fault.scimType } : {}),
        detail: fault.message,
      });
  }
}
