const GSM7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Characters of GSM-7 that cost two septets. */
const GSM7_TWICE = new Set('\f^{}\\[~]|€');

/** How a text travels and what it costs. */
export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Septets, or UTF-16 units. */
  readonly units: number;
  readonly segments: number;
}

/**
 * The segments of a text message (3GPP TS 23.038): 160 septets alone and 153 joined, or 70 and 67 units of UCS-2. A character
 * of two units is never divided between two segments. Italian small accented vowels are GSM-7; capital ones and
 * typographic quotes are not.
 */
export function segmentsOf(text: string): Segments {
  const characters = [...text];
  const gsm = characters.every(one => GSM7.has(one) || GSM7_TWICE.has(one));
  const costs = characters.map(one => (gsm ? (GSM7_TWICE.has(one) ? 2 : 1) : one.length));
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const [alone, joined] = gsm ? [160, 153] : [70, 67];
  return { encoding: gsm ? 'GSM-7' : 'UCS-2', units, segments: units <= alone ? 1 : filled(costs, joined) };
}

function filled(costs: readonly number[], size: number): number {
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > size) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return segments;
}
