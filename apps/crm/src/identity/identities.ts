import { Inject, Injectable } from '@nestjs/common';
import { API_SCOPES, type IdentityView, type LinkIdentity } from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import { refused, refusedField, type Refused } from '../refused.js';
import { IdentityProvider } from './identity-provider.js';

interface Known {
  readonly id: string;
  readonly administrationId: string;
}

/** An identity, and whose it is. */
interface IdentityPlace {
  readonly id: string;
  readonly administrationId: string;
  readonly operatorId: string;
}

interface IdentityRow {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string | null;
  readonly scopes: string[] | null;
  readonly linkedBy: string;
  readonly linkedAt: Date;
}

/** Which operator a subject of an identity provider is. */
@Injectable()
export class Identities {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
  ) {}

  /** Those of an operator; `undefined` when there is no such operator. */
  async of(administrationId: string, operatorId: string): Promise<IdentityView[] | undefined> {
    const found: unknown[] = await this.dataSource.query(
      'select from operator where id = $1 and administration_id = $2',
      [operatorId, administrationId],
    );
    if (found.length === 0) return undefined;
    const rows: IdentityRow[] = await this.dataSource.query(
      `select id, issuer, subject, client_id as "clientId", scopes, linked_by as "linkedBy", linked_at as "linkedAt"
       from operator_identity where operator_id = $1 order by linked_at, id limit 1000`,
      [operatorId],
    );
    return rows.map(({ clientId, scopes, linkedAt, ...row }) => ({
      ...row,
      linkedAt: linkedAt.toISOString(),
      ...(clientId === null ? {} : { clientId }),
      ...(scopes === null ? {} : { scopes }),
    }));
  }

  async link(manager: EntityManager, at: IdentityPlace, asked: LinkIdentity): Promise<object | Refused> {
    const { subject, clientId, scopes } = asked;
    if ((clientId === undefined) !== (scopes === undefined))
      return refusedField('/scopes', 'is said with clientId, and only with it');
    if (scopes?.some(scope => !API_SCOPES.some(known => known === scope)))
      return refusedField('/scopes', `must be of ${API_SCOPES.join(', ')}`);
    const operators: unknown[] = await manager.query(
      'select from operator where id = $1 and administration_id = $2 for share',
      [at.operatorId, at.administrationId],
    );
    if (operators.length === 0) return refused('not-found', 'There is no such operator.');
    const made: unknown[] = await manager.query(
      `insert into operator_identity (id, administration_id, operator_id, issuer, subject, client_id, scopes, linked_by)
       values ($1, $2, $3, $4, $5, $6, $7, 'administrator') on conflict (issuer, subject) do nothing returning id`,
      [at.id, at.administrationId, at.operatorId, this.provider.issuer, subject, clientId ?? null, scopes ?? null],
    );
    return made.length > 0 ? { id: at.id } : refusedField('/subject', 'is linked to somebody already');
  }

  /** Sessions that it began end with it. */
  async unlink(manager: EntityManager, at: IdentityPlace): Promise<object | Refused> {
    const [rows]: [{ issuer: string; subject: string }[], number] = await manager.query(
      `delete from operator_identity where id = $1 and administration_id = $2 and operator_id = $3
       returning issuer, subject`,
      [at.id, at.administrationId, at.operatorId],
    );
    const [gone] = rows;
    if (!gone) return refused('not-found', 'There is no such identity.');
    await manager.query('delete from operator_session where issuer = $1 and subject = $2', [gone.issuer, gone.subject]);
    return { id: at.id };
  }

  /** The operator that a subject is linked to, whether they may come in or not. */
  async linkedTo(subject: string): Promise<Known | undefined> {
    const [known]: Known[] = await this.dataSource.query(
      `select o.id, o.administration_id as "administrationId" from operator_identity i join operator o on o.id = i.operator_id
       where i.issuer = $1 and i.subject = $2`,
      [this.provider.issuer, subject],
    );
    return known;
  }

  /**
   * Who logs in. Somebody whom nobody linked yet is linked by an address that the provider verified, where their administration
   * allows it and exactly one operator, linked to nobody else of this provider, has it.
   */
  async atLogin(
    manager: EntityManager,
    who: { readonly subject: string; readonly email: string | undefined },
  ): Promise<Known | undefined> {
    const { issuer } = this.provider;
    const linked: (Known & { readonly active: boolean; readonly program: boolean })[] = await manager.query(
      `select o.id, o.administration_id as "administrationId", o.active, i.client_id is not null as program
       from operator_identity i join operator o on o.id = i.operator_id where i.issuer = $1 and i.subject = $2`,
      [issuer, who.subject],
    );
    const [known] = linked;
    if (known) return known.active && !known.program ? known : undefined;
    if (who.email === undefined) return undefined;
    const found: Known[] = await manager.query(
      `select o.id, o.administration_id as "administrationId" from operator o
       join administration_setting s on s.administration_id = o.administration_id and s.link_by_email
       where o.active and lower(o.email) = lower($2)
         and not exists (select from operator_identity i where i.operator_id = o.id and i.issuer = $1)
       for update of o`,
      [issuer, who.email],
    );
    const [only] = found;
    if (!only || found.length > 1) return undefined;
    await insertAll(manager, 'operator_identity', [
      {
        id: v7(),
        administrationId: only.administrationId,
        operatorId: only.id,
        issuer,
        subject: who.subject,
        linkedBy: 'email',
      },
    ]);
    return only;
  }
}
