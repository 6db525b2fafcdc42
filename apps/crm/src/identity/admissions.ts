import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import type { TokenClaims } from './access-tokens.js';
import { IdentityProvider } from './identity-provider.js';

/** How somebody was let in, and what for. */
export interface Admission {
  readonly operator: Asking;
  /** A program that acts in its own name: nobody logged in. */
  readonly program: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly authenticatedAt?: Date;
  readonly acr?: string;
}

interface Found extends Asking {
  readonly seen: boolean;
  readonly clientId: string | null;
  readonly scopes: readonly string[] | null;
}

/** Who asks, as the database knows them at this moment: whoever was deactivated is nobody from the next request on. */
@Injectable()
export class Admissions {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
  ) {}

  /** The operator whom the subject of a token is linked to, if any. */
  async byToken(claims: TokenClaims): Promise<Admission | undefined> {
    const rows: Found[] = await this.dataSource.query(
      `select o.id, o.administration_id as "administrationId", o.office_id as "officeId", o.role,
         coalesce(o.last_seen_at > clock_now() - interval '1 hour', false) and o.dormant_since is null as seen,
         i.client_id as "clientId", i.scopes
       from operator_identity i join operator o on o.id = i.operator_id
       where i.issuer = $1 and i.subject = $2 and o.active`,
      [this.provider.issuer, claims.subject],
    );
    const [row] = rows;
    // A program is known by its own name too: nobody takes the place of one by having a subject like it.
    if (!row || (row.clientId !== null && row.clientId !== claims.clientId)) return undefined;
    const { seen, clientId, scopes, ...operator } = row;
    if (!seen) await this.see(operator);
    return {
      operator,
      program: clientId !== null,
      scopes: new Set(scopes === null ? claims.scopes : claims.scopes.filter(scope => scopes.includes(scope))),
      ...(claims.authenticatedAt && clientId === null ? { authenticatedAt: claims.authenticatedAt } : {}),
      ...(claims.acr !== undefined && clientId === null ? { acr: claims.acr } : {}),
    };
  }

  /** Whoever comes is no longer dormant, nor are their offices. */
  private async see(operator: Asking): Promise<void> {
    await this.dataSource.query(
      `with seen as (update operator set last_seen_at = clock_now(), dormant_since = null where id = $1)
       update office o set dormant_since = null from membership b
       where b.operator_id = $1 and o.id = b.office_id and o.dormant_since is not null`,
      [operator.id],
    );
  }
}
