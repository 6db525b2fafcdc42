import type { Outbound, Part } from '@filodiretto/contracts';
import type { SendOutcome } from '@filodiretto/channel-kit';
import { SMS_TEXT_MAX } from './limits.js';
import { e164, isItalianLandline } from './numbers.js';

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** What an order comes to: a text message, or a call that joins an operator. */
export type Composed =
  | { readonly kind: 'text'; readonly to: string; readonly body: string }
  | { readonly kind: 'call'; readonly to: string; readonly operator: string; readonly announcement: string }
  | Refused;

const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });
const CARRIED = new Set<Part['type']>(['text', 'html', 'dial']);

/** Pure. Refuses what the provider would refuse; a text is never cut. */
export function compose(order: Outbound, canText: boolean): Composed {
  const stranger = order.content.find(part => !CARRIED.has(part.type));
  if (stranger) return refused('unsupported_content', `Questo canale non invia contenuti di tipo «${stranger.type}»`);
  const to = order.to.kind === 'phone' ? e164(order.to.value) : undefined;
  if (!to) return refused('invalid_recipient', 'Non si conosce un numero di telefono a cui rispondere');
  const dial = order.content.find(part => part.type === 'dial');
  if (dial) {
    const operator = e164(dial.operatorAddress);
    if (!operator) return refused('invalid_recipient', `${dial.operatorAddress} non è un numero di telefono`);
    return { kind: 'call', to, operator, announcement: dial.announcement ?? '' };
  }
  if (!canText) return refused('configuration', 'Gli SMS non sono attivi: si può richiamare per telefono');
  const texts = order.content.filter(part => part.type === 'text');
  const body = texts.map(part => part.text).join('\n\n');
  if (body === '') return refused('unsupported_content', 'Serve il testo semplice');
  if (body.length > SMS_TEXT_MAX || texts.some(part => part.whole))
    return refused('too_long', `Il testo supera ${SMS_TEXT_MAX} caratteri: accorciarlo o dividerlo in più messaggi`);
  if (isItalianLandline(to)) return refused('invalid_recipient', 'È un numero fisso: un SMS non arriverebbe');
  return { kind: 'text', to, body };
}
