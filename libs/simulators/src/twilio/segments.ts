const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_ESCAPED = '^{}\\[~]|€\f';

/** How many segments a text message takes: GSM-7 160 or 153 septets, UCS-2 70 or 67 units. */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const gsm = characters.every(one => GSM.includes(one) || GSM_ESCAPED.includes(one));
  const length = gsm ? characters.reduce((sum, one) => sum + (GSM_ESCAPED.includes(one) ? 2 : 1), 0) : text.length;
  const [single, each] = gsm ? [160, 153] : [70, 67];
  return length <= single ? 1 : Math.ceil(length / each);
}
