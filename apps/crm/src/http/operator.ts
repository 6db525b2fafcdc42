import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { TrailRefusal } from '@filodiretto/contracts';
import type { Seeing } from '../permission/seen.js';
import type { Operated } from './documented.js';

/** The operator who asks. Whatever they see and do stays within their administration. */
export interface Asking {
  readonly id: string;
  readonly administrationId: string;
  readonly officeId: string;
  readonly role: string;
  /** Which cases they see. */
  readonly sight: Seeing;
}

/** How somebody was let in, and what for. */
export interface Admission {
  readonly operator: Asking;
  /** What vouches for them: a session, or a token by what it is linked to. */
  readonly by: { readonly kind: 'session' | 'token'; readonly id: string };
  /** When it no longer does, whatever else happens. */
  readonly until: Date;
  /** A program that acts in its own name: nobody logged in. */
  readonly program: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly authenticatedAt?: Date;
  readonly acr?: string;
}

/** A request that the guard recognised. */
export interface Authenticated {
  admission?: Admission;
  /** What it asks for. */
  operated?: Pick<Operated, 'id' | 'subjectKind'> | undefined;
  /** Why who asks is refused, where the answer does not say it: for the trail alone. */
  because?: TrailRefusal;
}

/** How a request was let in by the guard. */
export function admissionOf(context: ExecutionContext): Admission {
  const { admission } = context.switchToHttp().getRequest<Authenticated>();
  if (!admission) throw new Error('a route answered without authentication');
  return admission;
}

/** The operator of a request that the guard let in. */
export const operatorOf = (context: ExecutionContext): Asking => admissionOf(context).operator;

/** The operator who asks, as the guard recognised them. */
export const CurrentOperator = createParamDecorator((_: unknown, context: ExecutionContext): Asking =>
  operatorOf(context),
);

/** How the operator who asks was let in. */
export const CurrentAdmission = createParamDecorator((_: unknown, context: ExecutionContext): Admission =>
  admissionOf(context),
);
