import { Inject, Injectable } from '@nestjs/common';
import type { CaseView } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import type { Refused } from '../refused.js';
import { CaseQuery } from './case.query.js';
import type { CaseRequest } from './case-request.js';
import { shown } from '../http/asked.js';

/** Most facts told to whoever changed a version that is no longer the last. */
const MAX_CHANGES = 500;

/** What the API answers to whoever asks for a case, or for a change of one. */
@Injectable()
export class CaseAnswers {
  constructor(
    @Inject(CaseQuery) private readonly cases: CaseQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** The case with its version as ETag; ends the request when there is none. */
  async one({ operator, caseId }: Pick<CaseRequest, 'operator' | 'caseId'>, reply: FastifyReply): Promise<CaseView> {
    return shown(await this.cases.one(operator, caseId), 'There is no such case.', reply);
  }

  /** Makes a change in one transaction and answers the case after it. */
  async changed(
    request: CaseRequest,
    reply: FastifyReply,
    change: (manager: EntityManager) => Promise<object | Refused>,
  ): Promise<CaseView | undefined> {
    await this.changing(request, () => this.work.run(change));
    const after = await this.cases.one(request.operator, request.caseId);
    if (after) return shown(after, '', reply);
    // What they did took it out of their sight: it is done, and nothing of it is shown.
    reply.status(204);
    return undefined;
  }

  /** Makes a change; when somebody changed the case first, says what they did. */
  async changing<T>(request: CaseRequest, change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.problem !== 'version-stale') throw fault;
      const since = await this.cases.journal(request.operator, request.caseId, request.expectedVersion);
      throw new Problem('version-stale', fault.detail, {
        ...(since ? { version: since.version, changes: since.entries.slice(-MAX_CHANGES) } : {}),
      });
    }
  }

  /** The case just made, and where it is. */
  async made(operator: Asking, caseId: string, reply: FastifyReply): Promise<CaseView> {
    reply.header('location', `/api/cases/${caseId}`);
    return this.one({ operator, caseId }, reply);
  }
}
