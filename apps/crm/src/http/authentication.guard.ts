import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { CrmSettings } from '../settings.js';
import { networkOf } from './network.js';
import type { Asking, Authenticated } from './operator.js';
import { TokenBuckets } from './token-buckets.js';

interface Request extends Authenticated {
  readonly url: string;
  /** Of who asks: that which the trusted proxy says. */
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * What answers whoever asks: that the process is well, its measures, the links of letters, which prove themselves, and a
 * citizen who knows the code of their case.
 */
const OPEN = /^\/(health\/(live|ready)|metrics|azioni\/[\w-]{0,100}|public\/cases\/[^/?]+)(\?|$)/;
const BEARER = /^Bearer +([\w.~+/=-]{12,512})$/i;

/**
 * Recognises an operator by the hash of their bearer token; without one, nothing answers. Each token has its pace, and so
 * has each network address that shows tokens of nobody: those of operators who already work pass from there all the same.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly requests: TokenBuckets;
  private readonly refusals: TokenBuckets;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(CrmSettings) { apiPerSecond, apiBurst, apiRefusedPerMinute }: CrmSettings,
  ) {
    this.requests = new TokenBuckets({ perSecond: apiPerSecond, burst: apiBurst });
    this.refusals = new TokenBuckets({ perSecond: apiRefusedPerMinute / 60, burst: apiRefusedPerMinute });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (OPEN.test(request.url)) return true;
    const { authorization } = request.headers;
    const [, token] = BEARER.exec(typeof authorization === 'string' ? authorization : '') ?? [];
    const hash = token === undefined ? undefined : createHash('sha256').update(token).digest();
    const name = hash?.toString('hex') ?? '';
    const network = networkOf(request.ip);
    if (!this.requests.has(name)) paced(this.refusals.look(network));
    const operator = hash && (await this.operatorOf(hash));
    if (!operator) {
      paced(this.refusals.take(network));
      throw new Problem('not-authenticated', 'Send the bearer token of an operator.');
    }
    paced(this.requests.take(name));
    request.operator = operator;
    return true;
  }

  private async operatorOf(hash: Buffer): Promise<Asking | undefined> {
    const rows: (Asking & { readonly seen: boolean })[] = await this.dataSource.query(
      `select id, administration_id as "administrationId", office_id as "officeId", role,
         coalesce(last_seen_at > clock_now() - interval '1 hour', false) and dormant_since is null as seen
       from operator where token_hash = $1 and active`,
      [hash],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { seen, ...operator } = row;
    if (!seen)
      await this.dataSource.query(
        `with seen as (update operator set last_seen_at = clock_now(), dormant_since = null where id = $1)
         update office o set dormant_since = null from membership b
         where b.operator_id = $1 and o.id = b.office_id and o.dormant_since is not null`,
        [operator.id],
      );
    return operator;
  }
}

function paced(wait: number): void {
  if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
}
