/** Which bytes mean which letters, where the mail does not say or says it wrongly. Pure. */

type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder | undefined>();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

const decoderOf = (label: string): Decoder | undefined => {
  const key = label.trim().toLowerCase();
  if (!decoders.has(key)) decoders.set(key, makeDecoder(key));
  return decoders.get(key);
};
const makeDecoder = (label: string): Decoder | undefined => {
  for (const candidate of [
    label,
    label.replace(/^(?:x-ms-|x-|cs)/, '').replace(/^(?:cp|ms|ibm)(\d+)$/, 'windows-$1'),
  ]) {
    try {
      return new TextDecoder(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
};

/** Labels that promise ASCII or nothing: what stands there is guessed, never taken at its word. */
const SAYS_NOTHING =
  /^(?:|us-ascii|ascii|ansi_x3\.4-1968|unknown|unknown-8bit|x-unknown|8bit|7bit|binary|default|none|_?autodetect.*)$/i;
const ISO_2022_JP = /\x1b(?:\$[@B]|\([BJ])/;

/** True when the bytes are UTF-8 without a fault. */
export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
};
export const hasHighBytes = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) if (byte > 0x7f) return true;
  return false;
};

/** UTF-8 with few faults: a cut character must not turn a whole text into signs. */
const isMostlyUtf8 = (bytes: Uint8Array): boolean => {
  const text = new TextDecoder('utf-8').decode(bytes);
  let faults = 0;
  let letters = 0;
  for (const char of text) {
    if (char === '\ufffd') faults += 1;
    else if (char > '\u007f') letters += 1;
  }
  return letters > faults * 2;
};

/**
 * The charset to read these bytes with. What is declared counts when the bytes fit it; what declares nothing, or
 * declares UTF-8 wrongly, is UTF-8 when it is, else windows-1252. `known` is what the rest of the mail declares.
 */
export const charsetOf = (bytes: Uint8Array, declared: string | undefined, known?: string): string => {
  const label = (declared ?? '').trim().replace(/^["']|["']$/g, '');
  const saysNothing = SAYS_NOTHING.test(label);
  if (!hasHighBytes(bytes)) {
    const ascii = new TextDecoder('latin1').decode(bytes.subarray(0, 200_000));
    if (ISO_2022_JP.test(ascii) && (saysNothing || /^utf-?8$/i.test(label))) return 'iso-2022-jp';
    return saysNothing || !decoderOf(label) ? 'utf-8' : label;
  }
  // a 7-bit charset cannot have written these
  if (
    /^(?:cs)?iso-?2022-?jp/i.test(label) ||
    (saysNothing && /^(?:cs)?iso-?2022-?jp/i.test(known ?? '') && !isUtf8(bytes))
  )
    return 'shift_jis';
  if (!saysNothing && !/^utf-?8$/i.test(label) && decoderOf(label)) return label;
  if (isUtf8(bytes) || isMostlyUtf8(bytes)) return 'utf-8';
  if (known && !SAYS_NOTHING.test(known) && !/^utf-?8$/i.test(known) && decoderOf(known)) return known;
  return 'windows-1252';
};

/** The bytes as text, read with `charsetOf`. */
export const decodeText = (bytes: Uint8Array, declared?: string, known?: string): string =>
  (decoderOf(charsetOf(bytes, declared, known)) ?? new TextDecoder('windows-1252')).decode(bytes);

/** Node 20 reads windows-1252 as Latin-1: its quotes and dashes come as control characters, which no mail means. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** What a database and a screen can hold: no NUL, no control character but tab and line feed, no half of a letter. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0080-\u009f]/g, sign => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? '')
    .replace(/[\u0081\u008d\u008f\u0090\u009d]/g, '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

/** The same, on one line, at most `max` characters. */
export const cleanLine = (text: string, max: number): string => {
  const line = clean(text).replace(/\s+/g, ' ').trim();
  return line.length <= max ? line : clean(line.slice(0, max - 1)) + '…';
};
