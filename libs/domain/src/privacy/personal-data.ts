/** What of a person may stand in free words. Stored values: never renamed. */
export type PersonalDataKind = 'fiscal_code' | 'iban' | 'phone' | 'email' | 'health';

/** Where something of a person stands in a text: characters from `start` up to, not including, `end`. */
export interface FoundPersonalData {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
}

const ODD =
  '0:1 1:0 2:5 3:7 4:9 5:13 6:15 7:17 8:19 9:21 A:1 B:0 C:5 D:7 E:9 F:13 G:15 H:17 I:19 J:21 K:2 L:4 M:18 N:20 O:11 P:3 Q:6 R:8 S:12 T:14 U:16 V:10 W:22 X:25 Y:24 Z:23';
const ODD_VALUES = new Map(
  ODD.split(' ').map(pair => {
    const [char = '', value = ''] = pair.split(':');
    return [char, Number(value)] as const;
  }),
);
const evenValue = (char: string): number => (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65);

/** Two people of the same data get letters in place of digits (omocodia): L is 0, M 1 … V 9. */
const DIGIT = '[0-9LMNPQRSTUV]';
const FISCAL_CODE = new RegExp(`^[A-Z]{6}${DIGIT}{2}[ABCDEHLMPRST]${DIGIT}{2}[A-Z]${DIGIT}{3}[A-Z]$`);

/** Whether sixteen characters are the fiscal code of a person: their shape and their check character (D.M. 23 December 1976). */
export function isFiscalCode(text: string): boolean {
  const code = text.toUpperCase();
  if (!FISCAL_CODE.test(code)) return false;
  const sum = [...code.slice(0, 15)].reduce(
    (total, char, index) => total + (index % 2 === 0 ? (ODD_VALUES.get(char) ?? 0) : evenValue(char)),
    0,
  );
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

/** Whether a text without spaces is an IBAN: its shape, and 97 dividing it but for one (ISO 13616). */
export function isIban(text: string): boolean {
  const iban = text.toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  if (iban.startsWith('IT') && iban.length !== 27) return false;
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4))
    for (const digit of /\d/.test(char) ? char : String(char.charCodeAt(0) - 55))
      rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** Italian mobile and land numbers, with or without prefix, and any international one. */
const PHONE =
  /(?<![\w+/-])(?:(?:\+|00)[1-9]\d{0,2}[ .-]?)?(?:3\d{2}|0\d{1,3})[ ./-]?\d{3,4}(?:[ .-]?\d{2,4}){1,2}(?![\w/-])/g;
const FOREIGN = /(?<![\w+])\+[1-9]\d{0,2}(?:[ .-]?\d){7,12}(?!\w)/g;
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;
const FISCAL_CODES = /(?<![A-Z0-9])[A-Z0-9]{16}(?![A-Z0-9])/gi;
const IBANS = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/gi;

/** Words by which health is spoken of (GDPR, art. 9); a sign for a person who decides, not a judgement. Italian. */
const HEALTH = [
  'invalid(?:o|a|i|e|ità)',
  'disabil(?:e|i|ità)',
  'handicap',
  'legge 104',
  'diagnos(?:i|ticat[oaei])',
  'malat(?:o|a|i|e|tia|tie)',
  'tumor(?:e|i)',
  'oncologic(?:o|a|i|he)',
  'chemioterapia',
  'diabet(?:e|ico|ica|ici|iche)',
  'depression(?:e|i)',
  'psichiatric(?:o|a|i|he)',
  'epiless?ia',
  'hiv',
  'aids',
  'gravidanza',
  'incinta',
  'ricover(?:o|i|ato|ata|ati|ate)',
  'terapi(?:a|e)',
  'autis(?:mo|tico|tica|tici|tiche)',
  'demenza',
  'alzheimer',
  'tossicodipenden(?:te|ti|za)',
  'certificato medico',
  'cartella clinica',
];
const HEALTH_WORDS = new RegExp(`(?<![\\p{L}\\p{N}])(?:${HEALTH.join('|')})(?![\\p{L}\\p{N}])`, 'giu');

const DIGITS = { least: 8, most: 15 };

/**
 * What of a person stands in words that are about to be shown to everybody. It errs on the side of finding: whoever knows better
 * confirms, with a reason. Addresses in `own` are those of the administration, and nobody's.
 */
export function personalDataIn(text: string, own: ReadonlySet<string> = new Set()): FoundPersonalData[] {
  const found: FoundPersonalData[] = [];
  const add = (kind: PersonalDataKind, start: number, words: string): void => {
    const end = start + words.length;
    if (!found.some(one => one.start < end && start < one.end)) found.push({ kind, start, end });
  };
  for (const { 0: words, index } of text.matchAll(FISCAL_CODES))
    if (isFiscalCode(words)) add('fiscal_code', index, words);
  for (const { 0: words, index } of text.matchAll(IBANS)) {
    const iban = longestIban(words);
    if (iban !== undefined) add('iban', index, iban);
  }
  for (const { 0: words, index } of text.matchAll(EMAIL)) if (!own.has(words.toLowerCase())) add('email', index, words);
  for (const pattern of [PHONE, FOREIGN])
    for (const { 0: words, index } of text.matchAll(pattern)) {
      const digits = words.replaceAll(/\D/g, '');
      if (digits.length >= DIGITS.least && digits.length <= DIGITS.most && !own.has(digits)) add('phone', index, words);
    }
  for (const { 0: words, index } of text.matchAll(HEALTH_WORDS)) add('health', index, words);
  return found.sort((a, b) => a.start - b.start);
}

/** An IBAN that may be written in groups, with words after it: the longest beginning that is one. */
function longestIban(words: string): string | undefined {
  for (let end = words.length; end >= 15; end -= 1) {
    const tried = words.slice(0, end);
    if (!tried.endsWith(' ') && isIban(tried.replaceAll(' ', ''))) return tried;
  }
  return undefined;
}
