import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Outcome } from '@filodiretto/contracts';
import { faultPoint, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Desk } from '../case/desk.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { isConflict } from '../faults.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { isRefused, type Refused } from '../refused.js';
import { Templates } from '../template/templates.js';
import { ANNOUNCE } from './announcements.js';

interface Said {
  readonly administration_id: string;
  /** Null: the office that holds the head, by the link of a letter. */
  readonly operator_id: string | null;
  readonly office_id: string | null;
  readonly role: string | null;
  readonly language: string;
  readonly text: string;
  readonly short_text: string | null;
  readonly literal: boolean;
  readonly outcome: Outcome | null;
  readonly outcome_reason: string | null;
  readonly cause: string;
}

interface Recipient {
  readonly case_id: string;
  readonly office_id: string | null;
  readonly message_id: string;
  readonly told_by: string | null;
  readonly teller_state: 'pending' | 'queued' | 'refused' | null;
  readonly teller_message: string | null;
  readonly teller_problem: string | null;
  readonly teller_detail: string | null;
}

/** The session of a process that died may hold a citizen for a moment: so often it is looked again, before the job is left for later. */
const LOOKS = 40;
const LOOK_MS = 250;

/** Undoes what was begun for one citizen. */
class NotTold extends Error {
  constructor(
    readonly caseId: string,
    readonly why: Refused,
  ) {
    super(why.detail);
  }
}

/**
 * Tells everybody of an incident, one citizen after the other, each in a transaction of its own together with the mark that
 * they were told: killed anywhere, whoever takes the job up goes on with those who are left, and nobody is told twice.
 */
@Injectable()
export class Announcing {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Jobs) jobs: Jobs,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    jobs.handle({ name: ANNOUNCE, run: payload => this.run((payload as { announcement: string }).announcement) });
  }

  private async run(id: string): Promise<void> {
    const [said]: Said[] = await this.dataSource.query(
      `select a.*, p.office_id, p.role from announcement a left join operator p on p.id = a.operator_id where a.id = $1`,
      [id],
    );
    if (!said) throw new Error(`there is no announcement ${id}`);
    for (let look = 1; ; look += 1) {
      while (await this.next(id, said)) this.relay.nudge();
      const [left]: { pending: number }[] = await this.dataSource.query(
        `select count(*)::int as pending from announcement_recipient where announcement_id = $1 and state = 'pending'`,
        [id],
      );
      if (!left || left.pending === 0) break;
      if (look === LOOKS) throw new Error(`${left.pending} citizens are being told by another process`);
      await sleep(LOOK_MS);
    }
    await this.dataSource.query('update announcement set done_at = $2 where id = $1 and done_at is null', [
      id,
      this.clock.now(),
    ]);
  }

  /** Tells one more. Resolves to whether there was one. */
  private async next(id: string, said: Said): Promise<boolean> {
    try {
      const more = await this.dataSource.transaction(async manager => {
        const [one]: Recipient[] = await manager.query(
          `select r.case_id, c.office_id, r.message_id, r.told_by, t.state as teller_state, t.message_id as teller_message,
             t.problem as teller_problem, t.detail as teller_detail
           from announcement_recipient r join case_file c on c.id = r.case_id
           left join announcement_recipient t on t.announcement_id = r.announcement_id and t.case_id = r.told_by
           where r.announcement_id = $1 and r.state = 'pending' and (r.told_by is null or t.state <> 'pending')
           order by r.told_by nulls first, r.case_id limit 1 for update of r skip locked`,
          [id],
        );
        if (!one) return false;
        const told = await this.tell(manager, said, one);
        if (isRefused(told)) throw new NotTold(one.case_id, told);
        await manager.query(
          `update announcement_recipient set state = 'queued', message_id = $3, at = $4
           where announcement_id = $1 and case_id = $2`,
          [id, one.case_id, told.message, this.clock.now()],
        );
        faultPoint('announcement.before-commit');
        return true;
      });
      if (more) faultPoint('announcement.after-commit');
      return more;
    } catch (fault) {
      if (isConflict(fault)) return true;
      if (!(fault instanceof NotTold)) throw fault;
      this.log.warn(
        { announcement: id, case: fault.caseId, problem: fault.why.refused },
        'a citizen could not be told',
      );
      await this.dataSource.query(
        `update announcement_recipient set state = 'refused', problem = $3, detail = $4, at = $5
         where announcement_id = $1 and case_id = $2 and state = 'pending'`,
        [id, fault.caseId, fault.why.refused, fault.why.detail, this.clock.now()],
      );
      return true;
    }
  }

  private async tell(manager: EntityManager, said: Said, one: Recipient): Promise<{ message: string } | Refused> {
    const request = {
      operator: {
        id: said.operator_id ?? '',
        administrationId: said.administration_id,
        officeId: said.office_id ?? '',
        role: said.role ?? 'back_office_member',
        sight: 'all' as const,
      },
      ...(said.operator_id === null ? { by: { kind: 'office', id: one.office_id } as const } : {}),
      caseId: one.case_id,
      cause: said.cause,
    };
    const message = await this.message(manager, said, one, request);
    if (isRefused(message) || said.outcome === null) return message;
    const ended = await this.desk.endAs(manager, request, {
      outcome: said.outcome,
      outcomeReason: said.outcome_reason,
      message: message.message,
    });
    return isRefused(ended) ? ended : message;
  }

  /** The message that tells the citizen of a case: a new one, or that of another case of theirs. */
  private async message(
    manager: EntityManager,
    said: Said,
    one: Recipient,
    request: Parameters<Desk['tell']>[1],
  ): Promise<{ message: string } | Refused> {
    if (one.told_by !== null) {
      if (one.teller_state === 'queued' && one.teller_message) return { message: one.teller_message };
      const problem = (one.teller_problem ?? 'no-reply-address') as Refused['refused'];
      return {
        refused: problem,
        detail: one.teller_detail ?? 'The citizen could not be told in another case of theirs.',
      };
    }
    const words = { language: said.language, text: said.text, shortText: said.short_text };
    const whom = {
      administrationId: said.administration_id,
      caseId: one.case_id,
      operatorId: said.operator_id,
    };
    const content = said.literal ? this.templates.literal(words) : await this.templates.composed(manager, whom, words);
    return isRefused(content) ? content : this.desk.tell(manager, request, one.message_id, content);
  }
}
