import { Inject, Injectable } from '@nestjs/common';
import { MachineDataSource } from '../data-source.js';
import type { Admission, Asking } from '../http/operator.js';
import { KNOWN, Sights, type Known } from '../permission/sights.js';
import { planned } from '../prepared.js';
import type { TokenClaims } from './access-tokens.js';
import { IdentityProvider } from './identity-provider.js';
import { Sessions } from './sessions.js';

interface Found extends Omit<Asking, 'sight'>, Known {
  readonly identity: string;
  readonly seen: boolean;
  readonly clientId: string | null;
  readonly scopes: readonly string[] | null;
}

/** What a session of a person may do. */
const ALL_SCOPES: ReadonlySet<string> = new Set(['filodiretto:read', 'filodiretto:write']);

/** Who asks, as the database knows them at this moment: whoever was deactivated is nobody from the next request on. */
@Injectable()
export class Admissions {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Sights) private readonly sights: Sights,
  ) {}

  /** The operator whom the subject of a token is linked to, if any. */
  async byToken(claims: TokenClaims): Promise<Admission | undefined> {
    const { rows } = await planned<Found>(
      this.dataSource.manager,
      `select o.id, o.administration_id as "administrationId", o.office_id as "officeId", o.role, ${KNOWN},
         coalesce(o.last_seen_at > clock_now() - interval '1 hour', false) and o.dormant_since is null as seen,
         i.id as identity, i.client_id as "clientId", i.scopes
       from operator_identity i join operator o on o.id = i.operator_id
       where i.issuer = $1 and i.subject = $2 and o.active`,
      [this.provider.issuer, claims.subject],
    );
    const [row] = rows;
    // A program is known by its own name too: nobody takes the place of one by having a subject like it.
    if (!row || (row.clientId !== null && row.clientId !== claims.clientId)) return undefined;
    const { seen, identity, clientId, scopes, ...known } = row;
    const operator = await this.asking(known);
    if (!seen) await this.see(operator);
    return {
      operator,
      by: { kind: 'token', id: identity },
      until: claims.expiresAt,
      program: clientId !== null,
      scopes: new Set(scopes === null ? claims.scopes : claims.scopes.filter(scope => scopes.includes(scope))),
      ...(claims.authenticatedAt && clientId === null ? { authenticatedAt: claims.authenticatedAt } : {}),
      ...(claims.acr !== undefined && clientId === null ? { acr: claims.acr } : {}),
    };
  }

  /** The operator whose session a cookie is of, if it goes on. */
  async bySession(secret: string): Promise<Admission | undefined> {
    const session = await this.sessions.read(secret);
    if (!session) return undefined;
    const { seen } = session;
    const operator = await this.asking(session.operator);
    if (!seen) await this.see(operator);
    return {
      operator,
      by: { kind: 'session', id: session.id },
      until: session.expiresAt,
      program: false,
      scopes: ALL_SCOPES,
      authenticatedAt: session.authenticatedAt,
      ...(session.acr === null ? {} : { acr: session.acr }),
    };
  }

  /** Which of these still vouch for somebody: sessions that go on, identities of operators who work here. */
  async standing(all: readonly Admission['by'][]): Promise<ReadonlySet<string>> {
    const idsOf = (kind: 'session' | 'token'): string[] => all.filter(by => by.kind === kind).map(({ id }) => id);
    const rows: { id: string }[] = await this.dataSource.query(
      `select i.id from operator_identity i join operator o on o.id = i.operator_id where i.id = any($1) and o.active`,
      [idsOf('token')],
    );
    return new Set([...rows.map(({ id }) => id), ...(await this.sessions.standing(idsOf('session')))]);
  }

  private async asking({ memberOf, opened, ...operator }: Omit<Asking, 'sight'> & Known): Promise<Asking> {
    return { ...operator, sight: await this.sights.of({ ...operator, memberOf, opened }) };
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
