import type { Asking } from '../http/operator.js';

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
