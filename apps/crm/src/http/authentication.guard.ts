import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import type { Asking, Authenticated } from './operator.js';

interface Request extends Authenticated {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What answers whoever asks: that the process is well, and its measures. */
const OPEN = /^\/(health\/(live|ready)|metrics)(\?|$)/;
const BEARER = /^Bearer +([\w.~+/=-]{16,512})$/i;

/** Recognises an operator by the hash of their bearer token; without one, nothing answers. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (OPEN.test(request.url)) return true;
    const { authorization } = request.headers;
    const [, token] = BEARER.exec(typeof authorization === 'string' ? authorization : '') ?? [];
    const operator = token === undefined ? undefined : await this.operatorOf(token);
    if (!operator) throw new Problem('not-authenticated', 'Send the bearer token of an operator.');
    request.operator = operator;
    return true;
  }

  private async operatorOf(token: string): Promise<Asking | undefined> {
    const rows: Asking[] = await this.dataSource.query(
      `select id, administration_id as "administrationId", office_id as "officeId", role
       from operator where token_hash = $1`,
      [createHash('sha256').update(token).digest()],
    );
    return rows[0];
  }
}
