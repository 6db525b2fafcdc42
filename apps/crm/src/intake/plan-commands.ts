import type { Command, Route } from '@filodiretto/domain';
import { actorOf, SYSTEM, type InternalAnswer, type Plan } from './plan.js';

/** Opens the case of a plan, as its rules route it. */
export function openCommand(plan: Plan, number: string, route: Route): Command {
  const { data } = plan.item;
  return {
    name: 'open',
    id: plan.caseId ?? '',
    administration: plan.administrationId,
    number,
    kind: route.kind,
    priority: route.priority,
    category: route.category,
    contact: plan.contactId,
    channel: data.channel,
    account: data.account,
    message: plan.messageId,
    followUpOf: plan.admission.kind === 'follow_up' ? plan.admission.case : null,
    office: route.office,
    why: route.why,
    ...(route.deadlinePolicy !== null && route.rule !== null
      ? { promise: { policy: route.deadlinePolicy, rule: route.rule } }
      : {}),
    by: actorOf(plan),
  };
}

/** That not everybody may know of a case, where the rule says so. */
export const confiding = ({ rule, confidentiality: level }: Route): Command[] =>
  level === null || rule === null
    ? []
    : [{ name: 'setConfidentiality', level, reason: 'rule', because: { rule }, by: SYSTEM }];

/** What a plan does in the case that it goes on with. */
export function continuing(plan: Plan): Command[] {
  const { data } = plan.item;
  if (plan.admission.kind === 'record') return [];
  if (plan.answer) return [answering(plan, plan.answer)];
  const moves = data.author === 'contact' && !plan.still && data.flags?.automatic === undefined;
  return [
    {
      name: 'messageReceived',
      message: plan.messageId,
      channel: data.channel,
      automatic: !moves,
      reopens: plan.admission.kind === 'reopen',
      by: actorOf(plan),
    },
  ];
}

const answering = (plan: Plan, answer: InternalAnswer): Command => {
  const said = { message: plan.messageId, letter: answer.letter.id, by: actorOf(plan) };
  return answer.kind === 'aside'
    ? { name: 'setAnswerAside', because: answer.because, ...said }
    : {
        name: 'officeAnswered',
        office: answer.letter.officeId,
        operator: answer.operator,
        task: answer.letter.taskId,
        ...said,
      };
};
