import { OneOf, Text } from '@filodiretto/contracts';

/** What is offered to citizens by a provider: a door of SPID, of CIE, or another. */
export const PROVIDER_KINDS = ['spid', 'cie', 'other'] as const;

/** A provider of OpenID Connect at which citizens log in: a proxy or aggregator of SPID, that of CIE. */
export class CitizenProviderSetting {
  @Text('Its name in addresses of ours', { max: 20, pattern: /^[a-z][a-z0-9-]*$/ }) readonly code: string;
  @Text('How citizens call it', { max: 60 }) readonly name: string;
  @OneOf('Which button it has', PROVIDER_KINDS) readonly kind: (typeof PROVIDER_KINDS)[number];
  @Text('Issuer, exactly as it names itself', { max: 500, pattern: /^https?:\/\/[^\s?#]+$/ }) readonly issuer: string;
  @Text('What we are called there', { max: 500 }) readonly clientId: string;
  @Text('Our secret there, where it wants one', { max: 500, optional: true }) readonly clientSecret?: string;
  @Text('Our key there (PKCS #8, PEM): signs what we ask for and who we are', { max: 10_000, optional: true })
  readonly signingKey?: string;
  @Text('Name of that key (kid)', { max: 200, optional: true }) readonly signingKeyId?: string;
  @Text('Algorithm of that key; RS256 unless told', { max: 10, pattern: /^(RS|PS|ES)(256|384|512)$/, optional: true })
  readonly signingAlgorithm?: string;
  @Text('Our key for what it sends encrypted (PKCS #8, PEM, RSA-OAEP)', { max: 10_000, optional: true })
  readonly decryptionKey?: string;
  @Text('Name of that key (kid)', { max: 200, optional: true }) readonly decryptionKeyId?: string;
}

/** What is wrong with a list of them, as words of the configuration. */
export function mistakesInProviders(
  providers: readonly CitizenProviderSetting[],
  { production, key, pages }: { readonly production: boolean; readonly key?: string; readonly pages?: string },
): string[] {
  const say = (words: string): string => `CITIZEN_PROVIDERS: ${words}`;
  const codes = providers.map(({ code }) => code);
  const both = providers.length > 0;
  return [
    ...providers.flatMap(({ code, issuer, clientSecret, signingKey }) => [
      ...(production && !issuer.startsWith('https://') ? [say(`${code} is reached by https in production`)] : []),
      ...((clientSecret === undefined) === (signingKey === undefined)
        ? [say(`${code} has either a clientSecret or a signingKey`)]
        : []),
    ]),
    ...codes.filter((code, index) => codes.indexOf(code) !== index).map(code => say(`${code} is there twice`)),
    ...(both && key === undefined ? [say('CITIZEN_KEY is missing: nobody would be known again')] : []),
    ...(both && pages === undefined ? [say('CITIZEN_PAGES_URL is missing: nobody could come back')] : []),
  ];
}
