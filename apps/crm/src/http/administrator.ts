import { applyDecorators, Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@filodiretto/platform';
import { operatorOf, type Asking } from './operator.js';

/** Whether somebody may change the organisation. The only place that says so. */
export const isAdministrator = ({ role }: Pick<Asking, 'role'>): boolean => role === 'admin';

@Injectable()
class AdministratorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (isAdministrator(operatorOf(context))) return true;
    throw new Problem('not-allowed', 'Only who has the role "admin" changes the organisation.');
  }
}

/** The operation is for administrators; others are told so (403). Its `problems` name `not-allowed`. */
export const ForAdministrators = (): MethodDecorator => applyDecorators(UseGuards(AdministratorGuard));
