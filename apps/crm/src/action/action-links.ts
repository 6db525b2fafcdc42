import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Part } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import { Clock } from '../clock.js';
import { leadingCases } from '../intake/lookup.js';
import type { LetterRow } from '../letter/letter.entity.js';
import { CrmSettings } from '../settings.js';
import { ACTION_NAMES, ACTIONS, type ActionName } from './action.js';

const DAY_MS = 86_400_000;
/** For how long a link of a letter acts. Days. */
const LASTS_DAYS = 30;

export interface ActionLink {
  readonly id: string;
  readonly administrationId: string;
  readonly letterId: string;
  /** The case that it acts on: that of its letter, or the one that took it in. */
  readonly caseId: string;
  /** The number of the case of its letter, when that was merged into another. */
  readonly mergedFrom: string | null;
  /** How the journal names it. */
  readonly cause: string;
  /** The question that it answers; then it acts on that alone. */
  readonly taskId: string | null;
  /** The office that acts. */
  readonly officeId: string | null;
  /** The operator who acts, when the letter was to one person. */
  readonly operatorId: string | null;
  /** The office that its letter went to, that of the operator too; null: a body outside. */
  readonly letterOfficeId: string | null;
  readonly action: ActionName;
  /** Its time is over, or the operator it was for no longer works here. */
  readonly expired: boolean;
  readonly usedAt: Date | null;
  /** Whose letter it was in: an operator, an office, or a body outside. */
  readonly who: string | null;
  /** What whoever used it wrote, as a digest; null: nothing, or it was not used. */
  readonly did: string | null;
  /** What was written in its page afterwards and kept, as digests. */
  readonly kept: readonly string[];
}

/** How a token is kept: of no use to who reads the database. */
const hashOf = (token: string): Buffer => createHash('sha256').update(`action\n${token}`).digest();

/**
 * Links of letters, each for one action on one case, once. A token is 256 random bits and only its digest is stored: there
 * is nothing in it to sign, so no key can leak that would make others, and a link is taken back by deleting its row.
 */
@Injectable()
export class ActionLinks {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
  ) {}

  /**
   * The content of a letter as it leaves: with new links for its actions. They are in no message that people of the desk read:
   * an order that must be made again has links of its own, and those of the earlier order act too.
   */
  async enclose(
    manager: EntityManager,
    letter: Pick<LetterRow, 'id' | 'administrationId' | 'caseId' | 'taskId' | 'officeId' | 'operatorId' | 'actions'>,
    content: readonly Part[],
  ): Promise<Part[]> {
    const { publicUrl } = this.settings;
    const { caseId } = letter;
    const actions = ACTIONS.filter(action => letter.actions.includes(action));
    if (actions.length === 0 || caseId === null || publicUrl === undefined) return [...content];
    const expiresAt = new Date(this.clock.now().getTime() + LASTS_DAYS * DAY_MS);
    const links = actions.map(action => ({ action, token: randomBytes(32).toString('base64url') }));
    await insertAll(
      manager,
      'action_link',
      links.map(({ action, token }) => ({
        id: v7(),
        administrationId: letter.administrationId,
        letterId: letter.id,
        caseId,
        taskId: letter.taskId,
        officeId: letter.officeId,
        operatorId: letter.operatorId,
        action,
        tokenHash: hashOf(token),
        expiresAt,
      })),
    );
    const base = publicUrl.replace(/\/+$/, '');
    const lines = links.map(({ action, token }) => `${ACTION_NAMES[action]}:\n${base}/azioni/${token}`);
    const until = expiresAt.toLocaleDateString('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'long' });
    const text = [
      'Senza accedere a nessun programma, con un collegamento:',
      ...lines,
      `Ogni collegamento riguarda solo ${letter.taskId === null ? 'questa pratica' : 'questo quesito'}, vale una volta sola e fino al ${until}. Non inoltrare questo messaggio a persone esterne.`,
    ].join('\n\n');
    const [words, ...others] = content;
    return [...(words ? [words] : []), { type: 'text', text }, ...others];
  }

  /** The link of a token; `undefined` when there is none. Locked until the transaction ends when somebody is about to act. */
  async find(manager: EntityManager, token: string, forUpdate: boolean): Promise<ActionLink | undefined> {
    if (!/^[\w-]{43}$/.test(token)) return undefined;
    const rows: (Omit<ActionLink, 'cause'> & { readonly ownNumber: string })[] = await manager.query(
      `select l.id, l.administration_id as "administrationId", l.letter_id as "letterId", coalesce(t.case_id, l.case_id) as "caseId", c.number as "ownNumber",
         l.task_id as "taskId", l.office_id as "officeId", l.operator_id as "operatorId",
         coalesce(p.office_id, l.office_id) as "letterOfficeId", l.action, l.used_at as "usedAt",
         l.expires_at <= clock_now() or not coalesce(p.active, true) as expired, coalesce(p.name, o.name, t.name) as who,
         l.did, l.kept
       from action_link l join case_file c on c.id = l.case_id left join operator p on p.id = l.operator_id
         left join office o on o.id = l.office_id left join task t on t.id = l.task_id
       where l.token_hash = $1 ${forUpdate ? 'for update of l' : ''}`,
      [hashOf(token)],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { ownNumber, ...link } = row;
    const caseId = (await leadingCases(manager, [link.caseId])).get(link.caseId) ?? link.caseId;
    const merged = link.taskId === null && caseId !== link.caseId;
    return {
      ...link,
      caseId,
      mergedFrom: merged ? ownNumber : null,
      cause: `action-link:${link.id}${merged ? ` of ${ownNumber}` : ''}`,
    };
  }

  /** Notes that the page of a link was opened, once an hour; whether this is that once. */
  async markLooked(manager: EntityManager, id: string): Promise<boolean> {
    const [, marked]: [unknown, number] = await manager.query(
      `update action_link set looked_at = clock_now()
       where id = $1 and (looked_at is null or looked_at <= clock_now() - interval '1 hour')`,
      [id],
    );
    return marked > 0;
  }

  /** Uses a link up. `did`: the digest of what was written with it. */
  async markUsed(manager: EntityManager, id: string, did: string | null): Promise<void> {
    await manager.query(
      `with used as (update action_link set used_at = clock_now(), did = $2 where id = $1 returning office_id, operator_id),
         seen as (update operator p set last_seen_at = clock_now(), dormant_since = null from used u where p.id = u.operator_id)
       update office o set last_acted_at = clock_now(), dormant_since = null from used u where o.id = u.office_id`,
      [id, did],
    );
  }

  /** Remembers that words written after a link was used are kept. */
  async markKept(manager: EntityManager, id: string, digest: string): Promise<void> {
    await manager.query('update action_link set kept = kept || $2::text where id = $1', [id, digest]);
  }
}
