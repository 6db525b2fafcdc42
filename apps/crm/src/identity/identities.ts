import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';

interface Known {
  readonly id: string;
  readonly administrationId: string;
}

/** Which operator a subject of an identity provider is. */
@Injectable()
export class Identities {
  /**
   * Who logs in. Somebody whom nobody linked yet is linked by an address that the provider verified, where their administration
   * allows it and exactly one operator, linked to nobody else of this provider, has it.
   */
  async atLogin(
    manager: EntityManager,
    issuer: string,
    who: { readonly subject: string; readonly email: string | undefined },
  ): Promise<Known | undefined> {
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
