import { isFiscalCode } from './personal-data.js';

/** Who a provider of the State says that somebody is. */
export interface CitizenClaims {
  /** Sixteen characters, without the prefix of the country. */
  readonly fiscalCode: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email?: string;
}

/** The claims of the federation (https://italia.github.io/spid-cie-oidc-docs, user attributes), and those that proxies make of them. */
const FISCAL_CODE = ['https://attributes.eid.gov.it/fiscal_number', 'fiscal_number', 'fiscalNumber'];
const GIVEN_NAME = ['given_name', 'name'];
const FAMILY_NAME = ['family_name', 'familyName'];
const EMAIL = ['email'];
const NAME_MAX = 150;
const EMAIL_MAX = 320;

/** What is asked for, by the names of the federation. */
export const CLAIMS_ASKED = {
  'https://attributes.eid.gov.it/fiscal_number': { essential: true },
  given_name: { essential: true },
  family_name: { essential: true },
  email: null,
} as const;

/**
 * Reads what a provider said of a person. `no_fiscal_code`: it said none of an Italian, or one that is none, as of citizens of other
 * states; `no_name`: it said no name.
 */
export function citizenIn(claims: Readonly<Record<string, unknown>>): CitizenClaims | 'no_fiscal_code' | 'no_name' {
  const said = (names: readonly string[], most: number): string | undefined =>
    names
      .map(name => claims[name])
      .find((one): one is string => typeof one === 'string' && one.trim() !== '')
      ?.trim()
      .replace(/\s+/g, ' ')
      .slice(0, most);
  const fiscalCode = said(FISCAL_CODE, 40)
    ?.toUpperCase()
    .replace(/^TINIT-/, '');
  if (fiscalCode === undefined || !isFiscalCode(fiscalCode)) return 'no_fiscal_code';
  const givenName = said(GIVEN_NAME, NAME_MAX);
  const familyName = said(FAMILY_NAME, NAME_MAX);
  if (givenName === undefined || familyName === undefined) return 'no_name';
  const email = said(EMAIL, EMAIL_MAX);
  return { fiscalCode, givenName, familyName, ...(email?.includes('@') ? { email } : {}) };
}
