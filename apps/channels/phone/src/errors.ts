import type { RefusalReason } from '@filodiretto/contracts';

/** Error codes of the provider that a person meets, and what they mean to us. */
const REASONS: Readonly<Record<number, RefusalReason>> = {
  20003: 'unauthorized',
  20404: 'configuration',
  20429: 'rate_limited',
  13223: 'invalid_recipient',
  13224: 'invalid_recipient',
  13225: 'policy',
  13226: 'invalid_recipient',
  13227: 'policy',
  21201: 'invalid_recipient',
  21210: 'configuration',
  21211: 'invalid_recipient',
  21212: 'configuration',
  21214: 'invalid_recipient',
  21215: 'policy',
  21216: 'policy',
  21217: 'invalid_recipient',
  21401: 'invalid_recipient',
  21408: 'policy',
  21602: 'unsupported_content',
  21603: 'configuration',
  21604: 'invalid_recipient',
  21606: 'configuration',
  21608: 'policy',
  21610: 'opted_out',
  21611: 'rate_limited',
  21612: 'undeliverable',
  21614: 'invalid_recipient',
  21617: 'too_long',
  21659: 'configuration',
  21660: 'configuration',
  21703: 'configuration',
  30001: 'rate_limited',
  30002: 'unauthorized',
  30003: 'undeliverable',
  30004: 'opted_out',
  30005: 'invalid_recipient',
  30006: 'undeliverable',
  30007: 'policy',
  30008: 'undeliverable',
  30022: 'rate_limited',
  30034: 'policy',
  30410: 'undeliverable',
};

/** Why a message was refused, from the provider's code. */
export const reasonOf = (code: number): RefusalReason => REASONS[code] ?? 'undeliverable';

/** Why a request was refused, from the answer's status when it has no code we know. */
export function refusalOf(status: number, code: number | undefined): RefusalReason {
  const known = code === undefined ? undefined : REASONS[code];
  if (known) return known;
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 403) return 'unauthorized';
  return 'configuration';
}
