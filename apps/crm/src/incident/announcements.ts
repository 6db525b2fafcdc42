import { Inject, Injectable } from '@nestjs/common';
import type { Outcome } from '@filodiretto/contracts';
import { tellingCases, type Command, type Reporter } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import type { CaseRequest } from '../case/case-request.js';
import { Clock } from '../clock.js';
import { Jobs } from '../job/jobs.js';
import type { Words } from '../template/templates.js';

/** The job that tells everybody. */
export const ANNOUNCE = 'announce';

/** What everybody is told, and how their cases end, when they do. */
export interface Announcement {
  readonly words: Words;
  /** The words are sent as they are: nothing in them is filled. */
  readonly literal: boolean;
  readonly ended: { readonly outcome: Outcome; readonly reason: string } | null;
}

/** One answer to everybody of an incident: decided here, carried out by a job, case after case. */
@Injectable()
export class Announcements {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Whom what is said in a case reaches besides its own citizen: its open members, and who reported the same before, also of a
   * case that it took in.
   */
  async reporters(manager: EntityManager, caseId: string): Promise<Reporter[]> {
    return manager.query(
      `with recursive took(id) as (
         select $1::uuid union select m.id from case_file m join took t on m.merged_into = t.id)
       select c.id as case, coalesce(k.merged_into, k.id) as citizen
       from case_file c left join contact k on k.id = c.contact_id
       where (c.incident_head = $1 and c.ended_at is null)
         or (c.duplicate_of in (select id from took) and c.merged_into is null and c.state = 'duplicate')
       order by c.opened_at, c.id`,
      [caseId],
    );
  }

  /**
   * Writes down what everybody is told, in the caller's transaction: with its commit each citizen will be told once, whoever
   * dies. Gives the command that says so in the journal of the case.
   */
  async begin(
    manager: EntityManager,
    { operator, by, caseId, cause }: CaseRequest,
    id: string,
    reporters: readonly Reporter[],
    { words, literal, ended }: Announcement,
  ): Promise<Omit<Extract<Command, { name: 'announce' }>, 'by'>> {
    await insertAll(manager, 'announcement', [
      {
        id,
        administrationId: operator.administrationId,
        caseId,
        operatorId: by && by.kind !== 'operator' ? null : operator.id,
        language: words.language,
        text: words.text,
        shortText: words.shortText,
        literal,
        outcome: ended?.outcome ?? null,
        outcomeReason: ended?.reason ?? null,
        cause,
        createdAt: this.clock.now(),
      },
    ]);
    await insertAll(
      manager,
      'announcement_recipient',
      tellingCases(reporters).map(({ case: reporter, toldBy }) => ({
        announcementId: id,
        caseId: reporter,
        messageId: v7(),
        toldBy,
        state: 'pending',
      })),
    );
    await this.jobs.add(manager, ANNOUNCE, { announcement: id }, { key: `announce:${id}` });
    return { name: 'announce', announcement: id, cases: reporters.length };
  }
}
