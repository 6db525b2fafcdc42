import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Problem } from '@filodiretto/platform';
import { Clock } from '../clock.js';
import { CrmSettings } from '../settings.js';

/** After so many days what was read here is to be read again. */
const GOOD_FOR_DAYS = 90;
const DAY_MS = 86_400_000;

/** Where whoever finds a weakness can tell it (RFC 9116). Answers whoever asks. */
@ApiExcludeController()
@Controller()
export class SecurityContactController {
  constructor(
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('.well-known/security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=86400')
  tell(): string {
    const { securityContact, securityPolicy, publicUrl } = this.settings;
    if (securityContact.length === 0) throw new Problem('not-found', 'No contact is configured.');
    const expires = new Date(Math.floor(this.clock.now().getTime() / DAY_MS) * DAY_MS + GOOD_FOR_DAYS * DAY_MS);
    return [
      ...securityContact.map(contact => `Contact: ${contact}`),
      `Expires: ${expires.toISOString()}`,
      'Preferred-Languages: it, en',
      ...(publicUrl ? [`Canonical: ${publicUrl.replace(/\/$/, '')}/.well-known/security.txt`] : []),
      ...(securityPolicy ? [`Policy: ${securityPolicy}`] : []),
      '',
    ].join('\n');
  }
}
