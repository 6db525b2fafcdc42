import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** The operator who asks. Whatever they see and do stays within their administration. */
export interface Asking {
  readonly id: string;
  readonly administrationId: string;
  readonly officeId: string;
  readonly role: string;
}

export interface Authenticated {
  operator?: Asking;
}

/** The operator of a request that the guard let in. */
export function operatorOf(context: ExecutionContext): Asking {
  const { operator } = context.switchToHttp().getRequest<Authenticated>();
  if (!operator) throw new Error('a route answered without authentication');
  return operator;
}

/** The operator who asks, as the guard recognised them. */
export const CurrentOperator = createParamDecorator((_: unknown, context: ExecutionContext): Asking =>
  operatorOf(context),
);
