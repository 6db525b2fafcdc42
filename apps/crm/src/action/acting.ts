import { Inject, Injectable } from '@nestjs/common';
import type { MoveCase, MoveTask, Outcome } from '@filodiretto/contracts';
import { OUTCOME_REASONS, OUTCOMES, type CaseState } from '@filodiretto/contracts/model';
import { isEnded, type Actor } from '@filodiretto/domain';
import { faultPoint } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { Desk, type CaseRequest } from '../case/desk.js';
import { isConflict } from '../faults.js';
import { Relay } from '../outbox/relay.js';
import { present } from '../http/present.js';
import { isRefused, type Refused } from '../refused.js';
import { storable } from '../storable.js';
import { Tasks } from '../task/tasks.js';
import { titleOfTask } from '../task/words.js';
import { ActionLinks, type ActionLink } from './action-links.js';

/** What the page of a link shows of its case. */
export interface Shown {
  readonly number: string;
  readonly subject: string;
  readonly state: CaseState;
  readonly office: string | null;
  readonly dueDate: string | null;
  /** Whose it may be: offices of the administration. */
  readonly offices: readonly { readonly id: string; readonly name: string }[];
  /** Questions of the case that others have not answered yet. */
  readonly openTasks: number;
  /** The question that the link is about: then nothing else of the case is shown. */
  readonly task?: { readonly question: string; readonly by: string };
}

/** What somebody wrote in the page of a link. */
export type Form = Readonly<Record<string, string>>;

/** Where a link leads. */
export type Found =
  | { readonly kind: 'ready'; readonly link: ActionLink; readonly shown: Shown }
  | { readonly kind: 'used'; readonly link: ActionLink; readonly shown: Shown }
  | { readonly kind: 'dead'; readonly because: 'expired' | 'unknown' | 'over' };

/** What became of a form. */
export type Acted =
  Found | { readonly kind: 'refused'; readonly link: ActionLink; readonly shown: Shown; readonly refused: Refused };

const TRIES = 4;

/** Undoes the transaction of an action that was refused. */
class NotDone extends Error {
  constructor(readonly refused: Refused) {
    super('the action was refused');
  }
}

/** What a link of a letter does: looked at as often as one likes, done once. */
@Injectable()
export class Acting {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ActionLinks) private readonly links: ActionLinks,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Tasks) private readonly tasks: Tasks,
    @Inject(Relay) private readonly relay: Relay,
  ) {}

  /** Where the link leads; changes nothing. */
  look(token: string): Promise<Found> {
    return this.found(this.dataSource.manager, token, false);
  }

  /** Does what the link is for, in one transaction with its being used up. A refusal leaves the link as it was. */
  async act(token: string, form: Form): Promise<Acted> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const acted = await this.dataSource.transaction(manager => this.actOnce(manager, token, form));
        faultPoint('action.after-commit');
        this.relay.nudge();
        return acted;
      } catch (fault) {
        if (fault instanceof NotDone) return this.refusal(token, fault.refused);
        if (attempt === TRIES || !isConflict(fault)) throw fault;
      }
    }
  }

  private async actOnce(manager: EntityManager, token: string, form: Form): Promise<Found> {
    const found = await this.found(manager, token, true);
    if (found.kind !== 'ready') return found;
    const { link } = found;
    if (link.taskId === null)
      for (const asked of movesOf(found, form)) {
        const result = await this.desk.move(manager, requestOf(link), asked as MoveCase);
        if (isRefused(result)) throw new NotDone(result);
      }
    else {
      const result = await this.tasks.move(
        manager,
        { ...requestOf(link), taskId: link.taskId },
        taskMoveOf(link.action, form),
      );
      if (isRefused(result)) throw new NotDone(result);
    }
    await this.links.markUsed(manager, link.id);
    faultPoint('action.before-commit');
    return this.found(manager, token, false);
  }

  private async refusal(token: string, no: Refused): Promise<Acted> {
    const found = await this.look(token);
    return found.kind === 'ready' ? { ...found, kind: 'refused', refused: no } : found;
  }

  private async found(manager: EntityManager, token: string, forUpdate: boolean): Promise<Found> {
    const link = await this.links.find(manager, token, forUpdate);
    if (!link) return { kind: 'dead', because: 'unknown' };
    if (link.expired) return { kind: 'dead', because: 'expired' };
    const task = link.taskId === null ? undefined : await shownTask(manager, link.taskId);
    if (task) return { kind: link.usedAt === null ? 'ready' : 'used', link, shown: task };
    const rows: (Shown & { readonly office_id: string | null })[] = await manager.query(
      `select c.number, c.subject, c.state, c.office_id, o.name as office, c.due_date::text as "dueDate",
         (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name) order by f.name), '[]') from office f
          where f.administration_id = c.administration_id and f.active and f.kind in ('office', 'team')
            and f.id is distinct from c.office_id) as offices,
         jsonb_array_length(c.open_tasks) as "openTasks"
       from case_file c left join office o on o.id = c.office_id where c.id = $1`,
      [link.caseId],
    );
    const [shown] = rows;
    if (!shown) throw new Error(`the case of link ${link.id} is not there`);
    const theirs = link.operatorId !== null || shown.office_id === link.officeId;
    if (link.usedAt === null && (isEnded(shown.state) || !theirs)) return { kind: 'dead', because: 'over' };
    return { kind: link.usedAt === null ? 'ready' : 'used', link, shown };
  }
}

/** A question as its page shows it: to who was asked, who may be of no office of ours, nothing else of the case. */
async function shownTask(manager: EntityManager, id: string): Promise<Shown | undefined> {
  const rows: (Pick<Shown, 'number' | 'state' | 'office' | 'dueDate'> & { question: string; by: string })[] =
    await manager.query(
      `select c.number, c.state, coalesce(o.name, t.name) as office, t.due_date::text as "dueDate", t.question, a.name as by
       from task t join case_file c on c.id = t.case_id join office a on a.id = t.administration_id
       left join office o on o.id = t.office_id where t.id = $1`,
      [id],
    );
  const [row] = rows;
  if (!row) return undefined;
  const { question, by, ...shown } = row;
  return { ...shown, subject: titleOfTask(question), offices: [], openTasks: 0, task: { question, by } };
}

function taskMoveOf(action: ActionLink['action'], form: Form): MoveTask {
  const reason = said(form['reason']);
  const outcome = OUTCOMES.find(one => one === form['outcome']);
  switch (action) {
    case 'answerTask':
      return { command: 'answer', ...present({ text: said(form['text']), outcome }) };
    case 'extendTask':
      return { command: 'extend', ...present({ reason, dueDate: said(form['dueDate']) }) };
    default:
      return { command: 'refuse', ...present({ reason }) };
  }
}

/** The commands that a form asks for. */
function movesOf({ link, shown }: Extract<Found, { kind: 'ready' }>, form: Form): Partial<MoveCase>[] {
  const text = said(form['text']);
  const reason = said(form['reason']);
  switch (link.action) {
    case 'takeCharge':
      return [{ command: 'takeCharge' }];
    case 'resolve': {
      const spoken = form['spoken'] === 'yes';
      return [
        {
          command: 'resolve',
          ...outcomeOf(form['outcome']),
          ...(spoken ? { spoken } : {}),
          ...(text === undefined || spoken ? {} : { text }),
          ...present({ leavingTasksOpen: said(form['leavingTasksOpen']) }),
        },
      ];
    }
    case 'extend':
      return [{ command: 'extend', dueDate: said(form['dueDate']), reason }];
    case 'refuseCompetence':
      return [
        { command: 'refuseCompetence', reason, office: shown.offices.find(({ id }) => id === form['office'])?.id },
      ];
    case 'askCitizen':
      return [
        ...(shown.state === 'assigned' ? [{ command: 'takeCharge' } as const] : []),
        { command: 'askCitizen', text },
      ];
    case 'answerTask':
    case 'extendTask':
    case 'refuseTask':
      throw new Error(`a link of a task without its task: ${link.id}`);
  }
}

const said = (value: string | undefined): string | undefined => storable(value?.trim()) || undefined;

/** `positive.done` → outcome and reason; anything else is no outcome. */
function outcomeOf(value: string | undefined): { outcome?: Outcome; outcomeReason?: string } {
  const [name, outcomeReason = ''] = (value ?? '').split('.');
  const outcome = OUTCOMES.find(one => one === name);
  const known: readonly string[] = outcome ? OUTCOME_REASONS[outcome] : [];
  return outcome && known.includes(outcomeReason) ? { outcome, outcomeReason } : {};
}

/** Whoever acts: the operator, when the letter was to one person; else the office, of which nobody is known by name. */
function requestOf({ id, administrationId, caseId, officeId, operatorId }: ActionLink): CaseRequest {
  const by: Actor = operatorId ? { kind: 'operator', id: operatorId } : { kind: 'office', id: officeId };
  return {
    operator: { id: operatorId ?? '', administrationId, officeId: officeId ?? '', role: 'back_office_member' },
    by,
    caseId,
    cause: `action-link:${id}`,
  };
}
