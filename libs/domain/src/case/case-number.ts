/** What a case number says: `2026-004217-3` is the 4217th case of 2026. */
export interface CaseNumber {
  readonly year: number;
  readonly counter: number;
}

const FORMAT = /^(\d{4})-?(\d{6,9})-?(\d)$/;

/**
 * ISO/IEC 7064, MOD 11,10: one decimal check digit over decimal digits. It catches every mistake in one digit and all but
 * about one in fifty exchanges of two neighbours; the systems of that standard that catch all of them need a letter or two digits.
 */
export function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) product = (2 * ((product + Number(digit)) % 10 || 10)) % 11;
  return (11 - product) % 10;
}

/** The number of a case, as people see it. Throws when the year or the counter cannot be one. */
export function caseNumber(year: number, counter: number): string {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) throw new RangeError(`not a year: ${year}`);
  if (!Number.isInteger(counter) || counter < 1 || counter > 999_999_999)
    throw new RangeError(`not a counter of cases: ${counter}`);
  const digits = String(counter).padStart(6, '0');
  return `${year}-${digits}-${checkDigit(`${year}${digits}`)}`;
}

/** What a number says, with or without its dashes; `undefined` when it is not a case number or its check digit is wrong. */
export function parseCaseNumber(text: string): CaseNumber | undefined {
  const [, year, counter, check] =
    FORMAT.exec(text.replaceAll(/[\s#]/g, '').replaceAll(/\p{Dash_Punctuation}/gu, '-')) ?? [];
  if (year === undefined || counter === undefined || checkDigit(year + counter) !== Number(check)) return undefined;
  return { year: Number(year), counter: Number(counter) };
}
