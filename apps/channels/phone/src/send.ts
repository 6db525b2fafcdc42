import type { Outbound, RefusalReason } from '@filodiretto/contracts';
import { SMS_TEXT_MAX } from './limits.js';
import { e164, isItalianLandline } from './numbers.js';
import type { NewText } from './provider.js';

/** What is needed to know how an order leaves. */
export interface Means {
  readonly phoneNumbers: readonly string[];
  readonly smsNumbers: readonly string[];
  readonly messagingService?: string;
}
export type Composed =
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string }
  | { readonly kind: 'text'; readonly text: Omit<NewText, 'statusCallback'>; readonly from: string }
  | {
      readonly kind: 'call';
      readonly operator: string;
      readonly citizen: string;
      readonly from: string;
      readonly announcement?: string;
    };

const refused = (reason: RefusalReason, detail: string): Composed => ({ kind: 'refused', reason, detail });

/** Pure. What to ask of the provider for an order, or why it cannot be carried out. */
export function compose(order: Outbound, means: Means): Composed {
  if (order.to.kind === 'sender') return refused('invalid_recipient', 'A questo mittente non si può rispondere');
  if (order.to.kind === 'withheld') return refused('invalid_recipient', 'Il numero di chi ha chiamato è nascosto');
  const to = e164(order.to.value);
  if (!to) return refused('invalid_recipient', `"${order.to.value}" non è un numero di telefono`);
  const dial = order.content.find(part => part.type === 'dial');
  return dial ? call(order, means, to, dial) : text(order, means, to);
}

function call(
  order: Outbound,
  { phoneNumbers }: Means,
  citizen: string,
  dial: Extract<Outbound['content'][number], { type: 'dial' }>,
): Composed {
  if (order.content.length > 1)
    return refused('unsupported_content', 'Una chiamata non porta altro: il testo va inviato a parte');
  const operator = e164(dial.operatorAddress);
  if (!operator) return refused('configuration', `"${dial.operatorAddress}" non è il telefono di un operatore`);
  const from = phoneNumbers.includes(order.account) ? order.account : phoneNumbers[0];
  if (!from) return refused('configuration', 'Non è configurato alcun numero da cui chiamare');
  return { kind: 'call', operator, citizen, from, ...(dial.announcement ? { announcement: dial.announcement } : {}) };
}

function text(order: Outbound, { smsNumbers, messagingService }: Means, to: string): Composed {
  // A rich text is always there in plain words too.
  const carried = order.content.filter(part => part.type !== 'html');
  const other = carried.find(part => part.type !== 'text');
  if (other || carried.length === 0)
    return refused('unsupported_content', `Per telefono non si può inviare: ${other?.type ?? 'un messaggio senza testo'}`);
  const body = carried.map(part => (part.type === 'text' ? part.text : '')).join('\n\n');
  if (body.trim() === '') return refused('unsupported_content', 'Il messaggio è vuoto');
  if (carried.some(part => part.type === 'text' && part.whole) || body.length > SMS_TEXT_MAX)
    return refused('too_long', `Un SMS ha al massimo ${SMS_TEXT_MAX} caratteri; questo ne ha ${body.length}`);
  const from = smsNumbers.includes(order.account) ? order.account : smsNumbers[0];
  if (!from && !messagingService)
    return refused('unsupported_content', 'Gli SMS non sono attivi: a una chiamata si può rispondere solo chiamando');
  if (isItalianLandline(to)) return refused('undeliverable', 'È un numero di rete fissa: un SMS non arriva');
  return {
    kind: 'text',
    text: { to, body, ...(messagingService ? { messagingServiceSid: messagingService } : { from: from ?? '' }) },
    from: from ?? messagingService ?? '',
  };
}
