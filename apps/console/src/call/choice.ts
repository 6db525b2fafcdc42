import type { TFunction } from 'i18next';

const KEY = /^[\d*#](?= |$)/;
/** How a channel tells that a call left a step, and with what result. */
const LEFT = 'left:';

/** Whether a caller chose it by a key; that an office was open, say, is a step of the call that nobody pressed. */
export const isKey = (choice: string | undefined): boolean => choice !== undefined && KEY.test(choice);

/** What happened at a step of a call, in the reader's words: a key that was pressed, or what became of the call; what is not known is said as it is. */
export function choiceWords(t: TFunction, choice: string): string {
  if (isKey(choice)) return t('call.pressed', { choice });
  const left = choice.startsWith(LEFT);
  switch (left ? choice.slice(LEFT.length) : choice) {
    case 'open':
      return t('call.step.open');
    case 'closed':
      return t('call.step.closed');
    case 'accepted':
      return t('call.callback');
    case 'no number':
      return t('call.step.noNumber');
    case 'hangup':
      return t('call.step.hungUp');
    case 'bridged':
    case 'completed':
    case 'answered':
      return t('call.step.spoke');
    case 'busy':
      return t('call.busy');
    case 'no-answer':
      return t('call.no_answer');
    case 'failed':
    case 'canceled':
    case 'error':
    case 'system-error':
      return t('call.failed');
    default:
      return left ? t('call.step.left') : `«${choice}»`;
  }
}

/** A step of a call: those that the channel itself has, in the reader's words; those of the administration's call flow as they are named there. */
export function stepWords(t: TFunction, step: string): string {
  switch (step) {
    case 'answered':
      return t('call.step.answered');
    case 'joined':
      return t('call.step.joined');
    case 'operator':
      return t('call.step.operator');
    case 'called-back':
      return t('call.step.calledBack');
    case 'voicemail':
      return t('call.step.voicemail');
    default:
      return step;
  }
}
