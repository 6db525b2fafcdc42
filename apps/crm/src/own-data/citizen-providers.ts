import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ConfigurationError, type Logger } from '@filodiretto/platform';
import { importPKCS8, type CryptoKey } from 'jose';
import { enableDecryptingResponses, PrivateKeyJwt, type Configuration } from 'openid-client';
import { Provider } from '../identity/provider.js';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';
import type { CitizenProviderSetting } from './citizen-provider-setting.js';

/** A provider of citizens, ready to be asked. */
export interface CitizenProvider {
  readonly said: CitizenProviderSetting;
  readonly at: Provider;
  /** What requests are signed with, where there is a key of ours. */
  readonly key: { readonly key: CryptoKey; readonly kid: string } | undefined;
}

const SIGNED_BY = 'RS256';
/** How what is encrypted for us may be (the federation's algorithms). */
const CONTENT_ENCRYPTIONS = ['A256CBC-HS512', 'A128CBC-HS256', 'A256GCM', 'A128GCM'];

/** The providers of the State at which citizens log in, as the settings list them. */
@Injectable()
export class CitizenProviders implements OnModuleInit {
  private readonly made = new Map<string, Promise<CitizenProvider>>();

  constructor(
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  get all(): readonly CitizenProviderSetting[] {
    return this.settings.citizenProviders;
  }

  /** One by its code; `undefined`: there is none. Throws when a key of the settings is none. */
  async one(code: string): Promise<CitizenProvider | undefined> {
    const said = this.all.find(one => one.code === code);
    if (!said) return undefined;
    const before = this.made.get(code);
    if (before) return before;
    const made = this.make(said);
    this.made.set(code, made);
    return made;
  }

  /** Reads every key, so that a core whose citizens could not log in does not start. */
  async onModuleInit(): Promise<void> {
    for (const { code } of this.all) await this.one(code);
  }

  /** Words when some of them did not answer the last time. */
  async check(): Promise<string | undefined> {
    const words = await Promise.all(this.all.map(async ({ code }) => (await this.one(code))?.at.check()));
    return words.find(one => one !== undefined);
  }

  private async make(said: CitizenProviderSetting): Promise<CitizenProvider> {
    const { signingKey, signingKeyId: kid = '', signingAlgorithm = SIGNED_BY, decryptionKey } = said;
    const signing = signingKey === undefined ? undefined : await read(said, 'signingKey', signingKey, signingAlgorithm);
    const opening =
      decryptionKey === undefined ? undefined : await read(said, 'decryptionKey', decryptionKey, 'RSA-OAEP');
    const key = signing && { key: signing, kid };
    const { decryptionKeyId } = said;
    const prepare =
      opening === undefined
        ? []
        : [
            (configuration: Configuration): void =>
              enableDecryptingResponses(configuration, CONTENT_ENCRYPTIONS, {
                key: opening,
                alg: 'RSA-OAEP',
                ...(decryptionKeyId === undefined ? {} : { kid: decryptionKeyId }),
              }),
          ];
    const at = new Provider(
      {
        what: `the citizens' provider ${said.code}`,
        issuer: said.issuer,
        clientId: said.clientId,
        proof: key ? PrivateKeyJwt(key) : said.clientSecret,
        inClear: this.settings.nodeEnv !== 'production',
        prepare,
      },
      this.log,
    );
    return { said, at, key };
  }
}

async function read(
  { code }: CitizenProviderSetting,
  name: 'signingKey' | 'decryptionKey',
  pem: string,
  algorithm: string,
): Promise<CryptoKey> {
  try {
    return await importPKCS8(pem, algorithm);
  } catch {
    throw new ConfigurationError([
      `CITIZEN_PROVIDERS: the ${name} of ${code} is no key for ${algorithm} (PKCS #8, PEM)`,
    ]);
  }
}
