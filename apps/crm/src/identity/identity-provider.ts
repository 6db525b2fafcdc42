import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@filodiretto/platform';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';
import { Provider } from './provider.js';

/** The provider at which those who work here log in. */
@Injectable()
export class IdentityProvider extends Provider {
  constructor(@Inject(CrmSettings) settings: CrmSettings, @Inject(LOG) log: Logger) {
    super(
      {
        what: 'the identity provider',
        issuer: settings.oidcIssuer,
        clientId: settings.oidcClientId,
        proof: settings.oidcClientSecret,
        inClear: settings.nodeEnv !== 'production',
      },
      log,
    );
  }
}
