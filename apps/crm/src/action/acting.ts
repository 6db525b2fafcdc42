import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MoveCase } from '@filodiretto/contracts';
import { isEnded, pressedAgain, type Actor, type PressedAgain } from '@filodiretto/domain';
import { faultPoint, newId } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseRequest } from '../case/case-request.js';
import { Desk } from '../case/desk.js';
import { isConflict } from '../faults.js';
import { Relay } from '../outbox/relay.js';
import { Sights } from '../permission/sights.js';
import { isRefused, type Refused } from '../refused.js';
import { Tasks } from '../task/tasks.js';
import { Trail } from '../trail/trail.js';
import { ACTION_NAMES } from './action.js';
import { ActionLinks, type ActionLink } from './action-links.js';
import { linesOf, movesOf, taskMoveOf, wordsOf, type Form } from './form.js';
import { didBy, shownCase, shownTask, type Shown } from './shown.js';

/** Where a link leads. */
export type Found =
  | { readonly kind: 'ready'; readonly link: ActionLink; readonly shown: Shown }
  /** `again`: what became of the words of somebody who pressed after it had been used. */
  | { readonly kind: 'used'; readonly link: ActionLink; readonly shown: Shown; readonly again?: PressedAgain }
  | { readonly kind: 'dead'; readonly because: 'expired' | 'unknown' | 'over' };

/** What became of a form. */
export type Acted =
  Found | { readonly kind: 'refused'; readonly link: ActionLink; readonly shown: Shown; readonly refused: Refused };

const TRIES = 4;

/** Undoes the transaction of an action that was refused. */
class NotDone extends Error {
  constructor(
    readonly refused: Refused,
    readonly caseId: string,
  ) {
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
    @Inject(Sights) private readonly sights: Sights,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(Relay) private readonly relay: Relay,
  ) {}

  /** Where the link leads. Changes nothing of the case, and uses nothing up; what is shown is in the trail before. */
  look(token: string): Promise<Found> {
    return this.dataSource.transaction(async manager => this.noted(manager, await this.found(manager, token, false)));
  }

  /** Where the link leads, for who is shown nothing of it. */
  ask(token: string): Promise<Found> {
    return this.found(this.dataSource.manager, token, false);
  }

  /** Does what the link is for, in one transaction with its being used up. A refusal leaves the link as it was. */
  async act(token: string, form: Form): Promise<Acted> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const acted = await this.dataSource.transaction(async manager =>
          this.noted(manager, await this.actOnce(manager, token, form)),
        );
        faultPoint('action.after-commit');
        this.relay.nudge();
        return acted;
      } catch (fault) {
        if (fault instanceof NotDone) {
          const found = await this.look(token);
          if (found.kind !== 'ready') return found;
          // The case was merged into another meanwhile: it is done there.
          if (found.link.caseId !== fault.caseId && attempt < TRIES) continue;
          return { ...found, kind: 'refused', refused: fault.refused };
        }
        if (attempt === TRIES || !isConflict(fault)) throw fault;
      }
    }
  }

  private async actOnce(manager: EntityManager, token: string, form: Form): Promise<Found> {
    const found = await this.found(manager, token, true);
    if (found.kind === 'used') return this.keep(manager, found, { token, form });
    if (found.kind === 'dead') return found;
    const { link } = found;
    if (link.taskId === null)
      for (const asked of movesOf(found, form)) {
        const result = await this.desk.move(manager, requestOf(link), asked as MoveCase);
        if (isRefused(result)) throw new NotDone(result, link.caseId);
      }
    else {
      const result = await this.tasks.move(
        manager,
        { ...requestOf(link), taskId: link.taskId },
        taskMoveOf(link.action, form),
      );
      if (isRefused(result)) throw new NotDone(result, link.caseId);
    }
    await this.links.markUsed(manager, link.id, digestOf(token, linesOf(link.action, found.shown, form), form));
    faultPoint('action.before-commit');
    return this.found(manager, token, false);
  }

  /** Keeps what somebody wrote at a link that was used before: a note of the case, so that no words are lost. */
  private async keep(
    manager: EntityManager,
    found: Extract<Found, { kind: 'used' }>,
    { token, form }: { readonly token: string; readonly form: Form },
  ): Promise<Found> {
    const { link, shown } = found;
    const lines = linesOf(link.action, shown, form);
    const digest = digestOf(token, lines, form);
    const again = pressedAgain(digest, link);
    if (again !== 'keep' || digest === null) return { ...found, again };
    const kept = await this.desk.keepWords(manager, requestOf(link), {
      id: newId(),
      text: [`Scritto nella pagina «${ACTION_NAMES[link.action]}», che era già stata usata:`, '', ...lines].join('\n'),
      task: link.taskId,
      link: link.id,
    });
    if (isRefused(kept)) throw new NotDone(kept, link.caseId);
    await this.links.markKept(manager, link.id, digest);
    faultPoint('action.before-commit');
    return { ...found, again };
  }

  /**
   * Leaves a look in the trail where the page shows something of the case, at most one for a link and hour: programs that check
   * mail open every link. Whoever opened it is nobody by name: the look is of the office that the letter went to.
   */
  private async noted(manager: EntityManager, found: Found): Promise<Found> {
    if (found.kind === 'dead' || found.shown.subject === '') return found;
    const { link } = found;
    if (!(await this.links.markLooked(manager, link.id))) return found;
    const { administrationId, letterId, letterOfficeId, caseId } = link;
    await this.trail.write(manager, {
      operator: { id: letterOfficeId ?? letterId, administrationId },
      actorKind: letterOfficeId === null ? 'outside' : 'office',
      operation: 'openLetterLink',
      act: 'looked',
      subjectKind: 'letters',
      subjectId: letterId,
      caseId,
      fields: [],
    });
    return found;
  }

  private async found(manager: EntityManager, token: string, forUpdate: boolean): Promise<Found> {
    const link = await this.links.find(manager, token, forUpdate);
    if (!link) return { kind: 'dead', because: 'unknown' };
    if (link.expired) return { kind: 'dead', because: 'expired' };
    const used = link.usedAt !== null;
    const did = used ? await didBy(manager, link) : undefined;
    const task = link.taskId === null ? undefined : await shownTask(manager, link.taskId);
    if (task) return { kind: used ? 'used' : 'ready', link, shown: { ...task, ...(did ? { did } : {}) } };
    const { theirs: has, ...shown } = await shownCase(manager, link);
    // It may have become confidential since the letter was written.
    const theirs =
      has && (link.operatorId === null || (await this.sights.mayKnow(manager, link.operatorId, link.caseId)));
    if (!used && (isEnded(shown.state) || !theirs)) return { kind: 'dead', because: 'over' };
    // Who had it learns what they did, and nothing of what became of it since.
    const seen = theirs
      ? shown
      : { ...shown, number: link.mergedFrom ?? shown.number, subject: '', office: null, dueDate: null, fields: [] };
    return { kind: used ? 'used' : 'ready', link, shown: { ...seen, ...(did ? { did } : {}) } };
  }
}

/** What was written, for comparison only, and by whoever has the link alone: the key is its token. Null: nothing was. */
const digestOf = (token: string, lines: readonly string[], form: Form): string | null =>
  lines.length === 0
    ? null
    : createHmac('sha256', token)
        .update(JSON.stringify(wordsOf(form)))
        .digest('base64url');

/** Whoever acts: the operator, when the letter was to one person; else the office, of which nobody is known by name. */
function requestOf({ cause, administrationId, caseId, officeId, operatorId }: ActionLink): CaseRequest {
  const by: Actor = operatorId ? { kind: 'operator', id: operatorId } : { kind: 'office', id: officeId };
  return {
    operator: {
      id: operatorId ?? '',
      administrationId,
      officeId: officeId ?? '',
      role: 'back_office_member',
      sight: 'all',
    },
    by,
    caseId,
    cause,
  };
}
