import type { RefusalReason } from '@filodiretto/contracts';
import { textOf, type Json } from '@filodiretto/channel-kit';

/** What an error of the provider means for us. */
export interface Verdict {
  readonly reason: RefusalReason;
  /** Words for a person: what happened, what may be done. */
  readonly detail: string;
  /** The channel cannot work until somebody looks. */
  readonly trouble?: true;
}
type Rule = readonly [codes: readonly string[], reason: RefusalReason, words: string, trouble?: true];

/** https://developers.facebook.com/docs/messenger-platform/error-codes: `code`, or `code/subcode`; decided on them, never on the words. */
const RULES: readonly Rule[] = [
  [['10/2018278', '10/2018065'], 'window_closed', 'Il tempo per rispondere qui è finito: usare un altro canale'],
  [['100/2018001', '100/33'], 'invalid_recipient', 'La persona o il commento non esiste più'],
  [['10900'], 'policy', 'A questo commento si è già risposto in privato'],
  [['10903', '10904'], 'window_closed', 'A questo commento non si può più rispondere in privato'],
  [['551', '200/1545041'], 'undeliverable', 'La persona non riceve messaggi in questo momento: usare un altro canale'],
  [['190', '102'], 'unauthorized', 'Il token di accesso è scaduto o non valido', true],
  [['10', '3', '200', '230'], 'unauthorized', 'Manca un permesso presso il fornitore', true],
  [['368'], 'policy', "L'account è bloccato dal fornitore", true],
  [['4', '17', '32', '613', '80006'], 'rate_limited', 'Troppi messaggi in poco tempo: riprovare più tardi'],
  [['1', '2', '1200'], 'rate_limited', 'Il fornitore non è disponibile in questo momento: si può riprovare'],
  [['100/2018047', '100/2018074', '100/2018008'], 'unsupported_content', 'Il fornitore non accetta questo allegato'],
  [['100'], 'configuration', 'Il fornitore non accetta la richiesta'],
];

/** The verdict on one error object of the provider. */
export function verdictOn(error: Json): Verdict {
  const code = textOf(error.code) ?? '?';
  const exact = `${code}/${textOf(error.error_subcode) ?? ''}`;
  const rule = RULES.find(([codes]) => codes.includes(exact)) ?? RULES.find(([codes]) => codes.includes(code));
  const said = `(${exact.replace(/\/$/, '')}: ${textOf(error.message) ?? 'nessun dettaglio'})`;
  if (!rule) return { reason: 'undeliverable', detail: `Il fornitore ha rifiutato ${said}`.slice(0, 2_000) };
  const [, reason, words, trouble] = rule;
  return { reason, detail: `${words} ${said}`.slice(0, 2_000), ...(trouble ? { trouble } : {}) };
}
