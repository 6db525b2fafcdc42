import type { ChangeCase, MoveCase, Outcome } from '@filodiretto/contracts';
import type { LifeCycleCommand } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { CaseRequest } from './case-request.js';

/** The commands that end a matter without the citizen. */
export const ENDS: ReadonlySet<string> = new Set(['resolve', 'reject', 'markDuplicate']);

/** The commands that tell the citizen something. */
export const TOLD: ReadonlySet<string> = new Set(['resolve', 'reject', 'askCitizen']);

/** How a command ends the matter, as far as the citizen is told. */
export function endOf({
  command,
  outcome,
  outcomeReason,
  reason,
}: MoveCase): { outcome: Outcome; reason: string } | undefined {
  if (command === 'resolve' && outcome && outcomeReason) return { outcome, reason: outcomeReason };
  return command === 'reject' && reason ? { outcome: 'not_applicable', reason } : undefined;
}

/** An assignment where only the office or only the person was said. */
export async function assignment(
  manager: EntityManager,
  { caseId }: CaseRequest,
  { office, assignee, reason }: Pick<ChangeCase, 'office' | 'assignee' | 'reason'>,
): Promise<Extract<LifeCycleCommand, { name: 'assign' }>> {
  const rows: { office_id: string | null; assignee_office: string | null }[] = await manager.query(
    'select c.office_id, (select office_id from operator where id = $2) as assignee_office from case_file c where c.id = $1',
    [caseId, assignee ?? null],
  );
  return {
    name: 'assign',
    office: office ?? rows[0]?.office_id ?? rows[0]?.assignee_office ?? '',
    assignee: assignee ?? null,
    why: reason ?? null,
  };
}

/** The command of the life cycle that a request asks for. `message`: what tells the citizen, when something does. */
export async function lifeCycleCommand(
  manager: EntityManager,
  request: CaseRequest,
  asked: MoveCase,
  message: string | null,
): Promise<LifeCycleCommand> {
  const reason = asked.reason ?? '';
  const spoken = asked.spoken ?? false;
  switch (asked.command) {
    case 'assign':
      return assignment(manager, request, asked);
    case 'takeCharge':
    case 'resume':
      return { name: asked.command };
    case 'startTriage':
    case 'close':
    case 'withdraw':
    case 'reopen':
    case 'askThird':
      return { name: asked.command, reason };
    case 'refuseCompetence':
      return {
        name: 'refuseCompetence',
        reason,
        suggestedOffice: asked.office ?? null,
        decider: await deciderOf(manager, request),
      };
    case 'schedule':
      return { name: 'schedule', plannedDate: asked.plannedDate ?? '', reason };
    case 'askCitizen':
      return { name: 'askCitizen', reason, message, spoken };
    case 'suspend':
      return { name: 'suspend', legalBasis: asked.legalBasis ?? '', reason };
    case 'extend':
      return { name: 'extend', dueDate: asked.dueDate ?? '', reason };
    case 'interrupt':
      return { name: 'interrupt', legalBasis: asked.legalBasis ?? '', reason };
    case 'resolve':
      return {
        name: 'resolve',
        outcome: asked.outcome ?? null,
        outcomeReason: asked.outcomeReason ?? null,
        message,
        spoken,
        leavingTasksOpen: asked.leavingTasksOpen ?? null,
      };
    case 'reject':
      return { name: 'reject', reason, message, spoken, leavingTasksOpen: asked.leavingTasksOpen ?? null };
    case 'markDuplicate':
      return {
        name: 'markDuplicate',
        leading: asked.leading ?? '',
        leavingTasksOpen: asked.leavingTasksOpen ?? null,
      };
  }
}

/** The referent who decides whose a case is that too many offices refused: here, at work, and with the fewest cases. */
async function deciderOf(manager: EntityManager, { operator }: CaseRequest): Promise<string | null> {
  const rows: { id: string }[] = await manager.query(
    `select p.id from operator p
     where p.administration_id = $1 and p.active and p.role = 'urp_referent'
       and not exists (select from absence a where a.operator_id = p.id and a.from_at <= clock_now() and a.to_at > clock_now())
     order by (select count(*) from case_file c where c.assignee_id = p.id
       and c.state not in ('resolved', 'closed', 'rejected', 'duplicate', 'withdrawn')), p.code limit 1`,
    [operator.administrationId],
  );
  return rows[0]?.id ?? null;
}
