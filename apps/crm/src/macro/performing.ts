import { Inject, Injectable } from '@nestjs/common';
import type { ActionsPreview, CaseActions, CaseFact, Part } from '@filodiretto/contracts';
import { isStale } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { notOurs } from '../case/belonging.js';
import type { CaseRequest } from '../case/case-request.js';
import { Desk } from '../case/desk.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { beyondSight } from '../isolation/acting.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import { Tags } from '../tag/tags.js';
import { Tasks } from '../task/tasks.js';

/** Ends a transaction in which everything was tried and nothing may stay. */
class Tried extends Error {
  constructor(readonly preview: ActionsPreview) {
    super('tried');
  }
}

/** What was done; `unsaid`: why the citizen was not told. */
export interface Performed {
  readonly unsaid?: string;
}

/** Refusals of what a machine would say that are nobody's mistake: the citizen cannot be written to, or not now. */
const UNSAYABLE: ReadonlySet<string> = new Set(['no-reply-address', 'channel-cannot', 'reply-window-closed']);

/** Actions by which the citizen may be written to. */
const SAYS: ReadonlySet<string> = new Set(['textTemplate', 'move']);

/** Several things done to one case, in the caller's transaction: all of them, or a refusal and none. */
@Injectable()
export class Performing {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Tags) private readonly tags: Tags,
    @Inject(Tasks) private readonly tasks: Tasks,
  ) {}

  /**
   * Carries the actions out, in their order. The version expected is that of the case before the first. An automation that
   * cannot write to the citizen does the rest: a step that would have told them something is not taken.
   */
  async perform(manager: EntityManager, request: CaseRequest, actions: CaseActions): Promise<Performed | Refused> {
    const [found]: { version: number; changed: number }[] = await manager.query(
      'select version, coalesce(changed_version, version) as changed from case_file where administration_id = $1 and id = $2 for no key update',
      [request.operator.administrationId, request.caseId],
    );
    if (!found) return refused('not-found', 'There is no such case.');
    const { expectedVersion, ...any } = request;
    if (expectedVersion !== undefined && isStale(expectedVersion, found))
      return refused('version-stale', `The case is at version ${found.version}, not ${expectedVersion}.`);
    let performed: Performed = {};
    for (const [action, act] of this.steps(manager, any, actions)) {
      const mayBeLeftOut = SAYS.has(action) && request.by?.kind === 'automation';
      const done = await (mayBeLeftOut ? undoneWhenRefused(manager, act) : act());
      if (!isRefused(done)) continue;
      if (!mayBeLeftOut || !UNSAYABLE.has(done.refused)) return under(action, done);
      performed = { unsaid: `${done.refused}: ${done.detail}` };
    }
    return performed;
  }

  /** What the actions would do to a case now: everything is tried for real, and undone. */
  async preview(request: CaseRequest, actions: CaseActions): Promise<ActionsPreview> {
    try {
      await beyondSight('what is tried has to go as the change itself would', () =>
        this.dataSource.transaction(async manager => {
          throw new Tried(await this.tried(manager, request, actions));
        }),
      );
    } catch (fault) {
      if (fault instanceof Tried) return fault.preview;
      throw fault;
    }
    throw new Error('nothing was tried');
  }

  /** Why a set of actions cannot be kept: it does nothing, or names what is not here. */
  async strange(manager: EntityManager, operator: Asking, actions: CaseActions): Promise<Refused | undefined> {
    const { change, move, task } = actions;
    if (Object.values(actions).every(one => one === undefined)) return refusedField('/actions', 'say what it does');
    for (const [name, named] of Object.entries({
      change: { office: change?.office, assignee: change?.assignee, category: change?.category },
      move: { office: move?.office, assignee: move?.assignee, leading: move?.leading },
      task: { office: task?.office },
    })) {
      const no = await notOurs(manager, operator, named);
      if (no) return under(`actions/${name}`, no);
    }
    const tags = [...(actions.tags ?? []), ...(actions.untags ?? [])];
    const templates = [actions.textTemplate, move?.textTemplate].flatMap(id => id ?? []);
    for (const [table, ids, pointer] of [
      ['tag', tags, '/actions/tags'],
      ['template', templates, '/actions/textTemplate'],
    ] as const) {
      const ours: unknown[] = await manager.query(
        `select from ${table} where administration_id = $1 and id = any($2::uuid[])`,
        [operator.administrationId, ids],
      );
      if (ours.length !== new Set(ids).size) return refusedField(pointer, 'there is none of this id here');
    }
    return undefined;
  }

  private steps(
    manager: EntityManager,
    request: CaseRequest,
    actions: CaseActions,
  ): (readonly [string, () => Promise<object | Refused>])[] {
    const { change, note, task, textTemplate, move } = actions;
    return [
      ...(change ? [['change', () => this.desk.change(manager, request, change)] as const] : []),
      ...(actions.tags ?? []).map(tag => ['tags', () => this.tags.put(manager, request, tag, 'tag')] as const),
      ...(actions.untags ?? []).map(tag => ['untags', () => this.tags.put(manager, request, tag, 'untag')] as const),
      ...(note === undefined ? [] : [['note', () => this.desk.note(manager, request, v7(), note)] as const]),
      ...(task ? [['task', () => this.tasks.ask(manager, request, v7(), task)] as const] : []),
      ...(textTemplate === undefined
        ? []
        : [['textTemplate', () => this.desk.reply(manager, request, v7(), { textTemplate })] as const]),
      ...(move ? [['move', () => this.desk.move(manager, request, move)] as const] : []),
    ];
  }

  private async tried(manager: EntityManager, request: CaseRequest, actions: CaseActions): Promise<ActionsPreview> {
    const before: { version: number }[] = await manager.query('select version from case_file where id = $1', [
      request.caseId,
    ]);
    const done = await this.perform(manager, request, actions);
    if (isRefused(done))
      return {
        facts: [],
        problem: done.refused,
        detail: done.detail,
        ...(done.errors ? { mistakes: { errors: done.errors } } : {}),
      };
    const facts: { fact: CaseFact; message: string | null }[] = await manager.query(
      `select fact, data->>'message' as message from journal where case_id = $1 and version > $2 order by version`,
      [request.caseId, before[0]?.version ?? 0],
    );
    const said: { content: Part[] }[] = await manager.query(
      `select content from message where id = any($1::uuid[]) and direction = 'out' and letter_id is null order by seq`,
      [facts.flatMap(({ fact, message }) => (fact === 'reply_queued' && message ? [message] : []))],
    );
    const told = said
      .flatMap(({ content }) => content.flatMap(part => ('text' in part ? [part.text] : [])))
      .join('\n\n');
    return { facts: facts.map(({ fact }) => fact), ...present({ told: told === '' ? null : told }) };
  }
}

/** Nothing stays of what was begun and refused. */
async function undoneWhenRefused(
  manager: EntityManager,
  act: () => Promise<object | Refused>,
): Promise<object | Refused> {
  await manager.query('savepoint saying');
  const done = await act();
  await manager.query(isRefused(done) ? 'rollback to savepoint saying' : 'release savepoint saying');
  return done;
}

/** A refusal of one of several actions: its fields are named under it. */
const under = (action: string, no: Refused): Refused => ({
  ...no,
  ...(no.errors ? { errors: no.errors.map(one => ({ ...one, pointer: `/${action}${one.pointer}` })) } : {}),
});
