import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '@filodiretto/platform';
import { OPERATION, type Operated } from '../http/documented.js';
import { operatorOf, type Authenticated } from '../http/operator.js';
import { Roles } from './roles.js';

/** Lets in who has the permission that the operation needs. It stands behind the guard that says who asks. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    @Inject(Roles) private readonly roles: Roles,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const operated = this.reflector.get<Operated | undefined>(OPERATION, context.getHandler());
    if (!operated?.needs) return true;
    if (await this.roles.may(operatorOf(context), operated.needs)) return true;
    context.switchToHttp().getRequest<Authenticated>().because = 'permission';
    throw new Problem('not-allowed', `This needs the permission ${operated.needs}, which your role does not have.`);
  }
}
