import { Inject, Injectable } from '@nestjs/common';
import type { Around } from '../page/layout.js';
import { PortalSettings } from '../settings.js';
import { isLanguage, preferredIn, textsIn } from '../text/texts.js';
import { Assets } from './assets.js';
import { Cookies } from './cookies.js';
import type { Request } from './page.js';

/** Makes what every page stands in, from who asks for it. */
@Injectable()
export class Surroundings {
  constructor(
    @Inject(PortalSettings) private readonly settings: PortalSettings,
    @Inject(Cookies) private readonly cookies: Cookies,
    @Inject(Assets) private readonly assets: Assets,
  ) {}

  of(request: Request): Around {
    const chosen = this.cookies.language(request);
    const accepted = request.headers['accept-language'];
    const language = isLanguage(chosen) ? chosen : preferredIn(typeof accepted === 'string' ? accepted : undefined);
    const { portalAdministration, portalSite, portalPrivacyUrl, portalLegalUrl } = this.settings;
    return {
      language,
      t: textsIn(language),
      assets: this.assets.path,
      administration: portalAdministration,
      site: portalSite,
      privacyUrl: portalPrivacyUrl ?? '/privacy',
      legalUrl: portalLegalUrl ?? '/note-legali',
      who: this.cookies.who(request)?.name,
      path: request.url.split('?')[0] ?? '/',
    };
  }
}
