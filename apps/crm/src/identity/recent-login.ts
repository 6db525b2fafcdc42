import {
  applyDecorators,
  Inject,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Problem } from '@filodiretto/platform';
import { admissionOf, type Admission } from '../http/operator.js';
import { CrmSettings } from '../settings.js';
import { RECENT_SECONDS } from './login.js';

/** Whether somebody logged in a short while ago, and as strongly as asked (`strong`: any of these; none: however). */
export const loggedInLately = (
  { authenticatedAt, acr }: Pick<Admission, 'authenticatedAt' | 'acr'>,
  now: Date,
  strong: readonly string[],
): boolean =>
  authenticatedAt !== undefined &&
  now.getTime() - authenticatedAt.getTime() <= RECENT_SECONDS * 1_000 &&
  (strong.length === 0 || (acr !== undefined && strong.includes(acr)));

@Injectable()
class RecentLoginGuard implements CanActivate {
  constructor(@Inject(CrmSettings) private readonly settings: CrmSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const admission = admissionOf(context);
    if (admission.program) throw new Problem('not-allowed', 'Only a person does this, having logged in.');
    const { oidcStrongAcr: strong } = this.settings;
    if (loggedInLately(admission, new Date(), strong)) return true;
    const acr = strong.length > 0 ? `, acr_values="${strong.join(' ')}"` : '';
    throw new Problem('step-up-required', 'Log in again: /auth/login?again', {
      challenge: `Bearer error="insufficient_user_authentication", max_age="${RECENT_SECONDS}"${acr}`,
    });
  }
}

/**
 * The operation is for who logged in during the last ten minutes, by a second factor where the settings name one; others are
 * told so as RFC 9470 says. Its `problems` name `step-up-required`.
 */
export const RecentLogin = (): MethodDecorator => applyDecorators(UseGuards(RecentLoginGuard));
