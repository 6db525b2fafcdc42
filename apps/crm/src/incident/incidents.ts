import { Inject, Injectable } from '@nestjs/common';
import type { AttachCases, DetachCases, WriteAnnouncement } from '@filodiretto/contracts';
import { whyNotHead, whyNotMember, type Command } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { caseOf } from '../case/case-row.js';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger, type LedgerPages } from '../case/ledger.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { Templates } from '../template/templates.js';
import { Announcements } from './announcements.js';
import { whyNotWith } from '../permission/standing.js';

const NO_CASE = refused('not-found', 'There is no such case.');

/** Many cases on one matter under one head, each in the caller's transaction. */
@Injectable()
export class Incidents {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Announcements) private readonly announcements: Announcements,
    @Inject(Templates) private readonly templates: Templates,
  ) {}

  /** Puts cases under a head: the office that holds the head holds them too. All of them, or none. */
  async attach(manager: EntityManager, request: CaseRequest, { cases }: AttachCases): Promise<object | Refused> {
    const barred = await whyNotWith(manager, request.operator, cases, 'change');
    if (barred) return barred.refused === 'not-found' ? named('cases', 'there is none of this id here') : barred;
    const pages = await this.ledger.open(manager, [request.caseId, ...cases]);
    const head = ours(pages, request, request.caseId);
    if (!head) return NO_CASE;
    const no = whyNotHead(caseOf(head));
    if (no) return no;
    const leading = await this.leading(manager, cases);
    const by = actor(request);
    const attached: string[] = [];
    for (const id of new Set(cases)) {
      const member = ours(pages, request, id);
      if (!member) return named('cases', 'there is none of this id here');
      const because = whyNotMember(caseOf(head), caseOf(member), leading.has(id));
      if (because) return because;
      if (member.incidentHead === head.id) continue;
      const commands: Command[] = [{ name: 'attach', head: head.id, by }];
      if (head.officeId !== null && head.officeId !== member.officeId)
        commands.push({ name: 'assign', office: head.officeId, assignee: null, why: `incident:${head.number}`, by });
      const changed = pages.apply({ caseId: id, cause: request.cause, commands });
      if (isRefused(changed)) return changed;
      attached.push(id);
    }
    return this.told(pages, request, attached.length === 0 ? [] : [{ name: 'attachMembers', cases: attached, by }]);
  }

  /** Takes cases out from under a head: each goes on by itself from where it is. */
  async detach(
    manager: EntityManager,
    request: CaseRequest,
    { cases, reason }: DetachCases,
  ): Promise<object | Refused> {
    const barred = await whyNotWith(manager, request.operator, cases, 'change');
    if (barred) return barred.refused === 'not-found' ? named('cases', 'there is none of this id here') : barred;
    const pages = await this.ledger.open(manager, [request.caseId, ...cases]);
    const head = ours(pages, request, request.caseId);
    if (!head) return NO_CASE;
    const by = actor(request);
    for (const id of new Set(cases)) {
      const member = ours(pages, request, id);
      if (member?.incidentHead !== head.id) return named('cases', 'not all of them are under this case');
      const changed = pages.apply({
        caseId: id,
        cause: request.cause,
        commands: [{ name: 'detach', head: head.id, reason, by }],
      });
      if (isRefused(changed)) return changed;
    }
    return this.told(pages, request, [{ name: 'detachMembers', cases: [...new Set(cases)], reason, by }]);
  }

  /** Begins to tell everybody of an incident, under the announcement's id given. */
  async announce(
    manager: EntityManager,
    request: CaseRequest,
    id: string,
    asked: WriteAnnouncement,
  ): Promise<object | Refused> {
    const pages = await this.ledger.open(manager, [request.caseId]);
    if (!ours(pages, request, request.caseId)) return NO_CASE;
    const words = await this.templates.wordsAsked(manager, request.operator.administrationId, asked);
    if (isRefused(words)) return words;
    const reporters = await this.announcements.reporters(manager, request.caseId);
    if (reporters.length === 0)
      return refused('transition-not-allowed', 'No other case is under this one: send a reply.');
    const command = await this.announcements.begin(manager, request, id, reporters, {
      words,
      literal: false,
      ended: null,
    });
    return this.told(pages, request, [{ ...command, by: actor(request) }]);
  }

  private async told(
    pages: LedgerPages,
    request: CaseRequest,
    commands: readonly Command[],
  ): Promise<object | Refused> {
    const changed = pages.apply({
      caseId: request.caseId,
      ...(request.expectedVersion === undefined ? {} : { expectedVersion: request.expectedVersion }),
      cause: request.cause,
      commands,
    });
    if (isRefused(changed)) return changed;
    await pages.write();
    return changed;
  }

  /** Which of the cases lead others. */
  private async leading(manager: EntityManager, cases: readonly string[]): Promise<Set<string>> {
    const rows: { head: string }[] = await manager.query(
      'select distinct incident_head as head from case_file where incident_head = any($1::uuid[])',
      [cases],
    );
    return new Set(rows.map(row => row.head));
  }
}

const actor = ({ operator }: Pick<CaseRequest, 'operator'>) => ({ kind: 'operator', id: operator.id }) as const;

const ours = (pages: LedgerPages, { operator }: CaseRequest, id: string): CaseFile | undefined => {
  const file = pages.caseFile(id);
  return file?.administrationId === operator.administrationId ? file : undefined;
};

const named = (field: string, detail: string): Refused => ({
  ...refused('invalid-input', `${field}: ${detail}`),
  errors: [{ pointer: `/${field}`, detail }],
});
