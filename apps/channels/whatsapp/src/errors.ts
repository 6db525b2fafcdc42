import type { RefusalReason } from '@filodiretto/contracts';
import { jsonOf, listOf, textOf, type Json } from '@filodiretto/channel-kit';

/** What an error of the provider means for us. */
export interface Verdict {
  readonly reason: RefusalReason;
  /** Words for a person: what happened, what may be done. */
  readonly detail: string;
  /** The channel cannot work until somebody looks. */
  readonly trouble?: true;
  /** A request of ours was malformed. */
  readonly fault?: true;
}
type Rule = readonly [codes: readonly number[], reason: RefusalReason, words: string, more?: 'trouble' | 'fault'];

/** https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes: decided on the code, never on the title. */
const RULES: readonly Rule[] = [
  [[0, 190], 'unauthorized', 'Il token di accesso è scaduto o non valido', 'trouble'],
  [[131031, 368], 'policy', "L'account è bloccato dal fornitore", 'trouble'],
  [[3, 10, 131005], 'unauthorized', 'Manca un permesso presso il fornitore', 'trouble'],
  [[131042], 'configuration', 'Il fornitore segnala un problema di pagamento', 'trouble'],
  [[133010, 131045, 133006], 'configuration', 'Il numero non è registrato presso il fornitore', 'trouble'],
  [[4, 80007, 130429], 'rate_limited', 'Troppi messaggi in poco tempo: riprovare più tardi'],
  [[131056], 'rate_limited', 'Troppi messaggi alla stessa persona in poco tempo: riprovare più tardi'],
  [[131048], 'policy', 'Il fornitore limita gli invii per segnalazioni di spam: non iniziare nuove conversazioni'],
  [
    [1, 2, 131000, 131016, 131057, 133004],
    'rate_limited',
    'Il fornitore non è disponibile in questo momento: si può riprovare',
  ],
  [[131026], 'undeliverable', 'Il messaggio non può essere recapitato: usare un altro canale'],
  [
    [131047],
    'window_closed',
    'Sono passate più di 24 ore dal suo ultimo messaggio: usare un modello approvato o un altro canale',
  ],
  [[131049], 'policy', 'Il fornitore ha trattenuto il messaggio: non riprovare prima di 24 ore'],
  [[131050], 'opted_out', 'La persona non vuole più ricevere messaggi promozionali'],
  [[130472], 'undeliverable', 'Il numero fa parte di una prova del fornitore: usare un altro canale'],
  [[131051], 'unsupported_content', 'Il fornitore non accetta questo tipo di messaggio'],
  [[131052, 131053], 'unsupported_content', 'Il fornitore non accetta questo allegato'],
  [[131021], 'invalid_recipient', 'Il destinatario è il nostro stesso numero'],
  [[131030], 'configuration', 'Il destinatario non è fra i numeri ammessi alla prova'],
  [
    [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069],
    'configuration',
    'Il modello non è utilizzabile',
  ],
  [[100, 131008, 131009, 33], 'configuration', 'Il fornitore non accetta la richiesta', 'fault'],
];

const verdictOf = (code: number, details: string): Verdict => {
  if ((code === 131009 || code === 100) && /recipient|phone number|\bto\b/i.test(details))
    return { reason: 'invalid_recipient', detail: `Il destinatario non è valido (${code}: ${details})` };
  const rule =
    RULES.find(([codes]) => codes.includes(code)) ??
    (code >= 200 && code <= 299 ? RULES.find(([codes]) => codes.includes(10)) : undefined);
  if (!rule) return { reason: 'undeliverable', detail: `Il fornitore ha rifiutato (${code}: ${details})` };
  const [, reason, words, more] = rule;
  return { reason, detail: `${words} (${code}: ${details})`.slice(0, 2_000), ...(more ? { [more]: true } : {}) };
};

/** The verdict on one error object of the provider, from a call or from a status. */
export function verdictOn(error: Json): Verdict {
  const details =
    textOf(jsonOf(error.error_data).details) ?? textOf(error.message) ?? textOf(error.title) ?? 'nessun dettaglio';
  return verdictOf(Number(error.code ?? NaN), details);
}

/** The verdict on the first of a list of errors. */
export function verdictOnFirst(errors: unknown): Verdict | undefined {
  const [error] = listOf(errors);
  return error && verdictOn(error);
}
