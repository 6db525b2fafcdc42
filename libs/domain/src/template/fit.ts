/** How long a text may be on a channel. */
export interface TextLimit {
  readonly maxLength: number;
  readonly unit?: 'characters' | 'bytes' | 'segments';
}

/** The text that a channel takes, or how much too long even the shortest is. */
export type Fitted =
  | { readonly text: string; readonly variant: 'full' | 'short'; readonly length: number }
  | { readonly tooLong: number; readonly limit: TextLimit };

/** GSM 03.38, basic alphabet, and its extension whose characters count twice. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_TWICE = '^{}\\[~]|€\f';

/** How long a text is in a unit. Segments are those of a text message on a telephone network. */
export function lengthOf(text: string, unit: TextLimit['unit'] = 'characters'): number {
  if (unit === 'characters') return [...text].length;
  if (unit === 'bytes') return new TextEncoder().encode(text).length;
  const characters = [...text];
  if (characters.every(one => GSM.includes(one) || GSM_TWICE.includes(one))) {
    const septets = characters.reduce((sum, one) => sum + (GSM_TWICE.includes(one) ? 2 : 1), 0);
    return septets <= 160 ? 1 : Math.ceil(septets / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}

/**
 * The whole text where it fits, unless it is said where people talk and write no letters; else the short one; never a text cut in
 * two. Without a limit, or a short text, the whole.
 */
export function fitted(
  full: string,
  short: string | null,
  limit: TextLimit | undefined,
  manner: 'letter' | 'talk' = 'letter',
): Fitted {
  const length = lengthOf(full, limit?.unit);
  const brief = manner === 'talk' && short !== null && (!limit || lengthOf(short, limit.unit) <= limit.maxLength);
  if (brief) return { text: short, variant: 'short', length: lengthOf(short, limit?.unit) };
  if (!limit || length <= limit.maxLength) return { text: full, variant: 'full', length };
  if (short === null) return { tooLong: length, limit };
  const shorter = lengthOf(short, limit.unit);
  return shorter <= limit.maxLength ? { text: short, variant: 'short', length: shorter } : { tooLong: shorter, limit };
}
