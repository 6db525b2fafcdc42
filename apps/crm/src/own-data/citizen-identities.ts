import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AssuranceLevel, CitizenClaims } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { CrmSettings } from '../settings.js';

/** Somebody who is known for certain, in one administration. */
export interface CitizenIdentity {
  readonly id: string;
  readonly contactId: string | null;
}

/**
 * Who citizens are for certain. The fiscal code is kept nowhere: a print of it under a key, of one administration alone, knows it
 * again. Nobody is ever known by their name.
 */
@Injectable()
export class CitizenIdentities {
  constructor(@Inject(CrmSettings) private readonly settings: CrmSettings) {}

  /** Whether anybody can be known by their fiscal code here. */
  get areKept(): boolean {
    return this.settings.citizenKey !== undefined;
  }

  /** Who logged in; made when they are new. Theirs is the strongest level that they ever proved. */
  async loggedIn(
    manager: EntityManager,
    who: {
      readonly administrationId: string;
      readonly claims: CitizenClaims;
      readonly level: AssuranceLevel;
      readonly provider: string;
    },
  ): Promise<CitizenIdentity> {
    const { administrationId, claims, level, provider } = who;
    const name = `${claims.givenName} ${claims.familyName}`;
    const hash = await this.hashFor(manager, administrationId, claims.fiscalCode);
    const [row]: CitizenIdentity[] = await manager.query(
      `insert into citizen_identity (id, administration_id, code_hash, name, assurance_level, provider)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (administration_id, code_hash) do update set name = excluded.name, provider = excluded.provider,
         assurance_level = greatest(citizen_identity.assurance_level, excluded.assurance_level), last_at = now()
       returning id, contact_id as "contactId"`,
      [newId(), administrationId, hash, name, level, provider],
    );
    if (!row) throw new Error('an identity was neither found nor made');
    return row;
  }

  /** Whose fiscal code an operator read on a document; made when they are new. */
  async atDesk(manager: EntityManager, administrationId: string, fiscalCode: string): Promise<string> {
    const hash = await this.hashFor(manager, administrationId, fiscalCode);
    const [row]: { id: string }[] = await manager.query(
      `insert into citizen_identity (id, administration_id, code_hash, assurance_level) values ($1, $2, $3, 2)
       on conflict (administration_id, code_hash) do update set last_at = now() returning id`,
      [newId(), administrationId, hash],
    );
    if (!row) throw new Error('an identity was neither found nor made');
    return row.id;
  }

  /** The print of a fiscal code, where it is kept; one of the key before is put under the key of today. */
  async hashFor(manager: EntityManager, administrationId: string, fiscalCode: string): Promise<Buffer> {
    const { citizenKey, previousCitizenKey } = this.settings;
    if (citizenKey === undefined) throw new Error('nobody is known by their fiscal code here');
    const hash = printOf(citizenKey, administrationId, fiscalCode);
    if (previousCitizenKey !== undefined)
      await manager.query(
        `update citizen_identity set code_hash = $3 where administration_id = $1 and code_hash = $2
           and not exists (select from citizen_identity where administration_id = $1 and code_hash = $3)`,
        [administrationId, printOf(previousCitizenKey, administrationId, fiscalCode), hash],
      );
    return hash;
  }
}

const printOf = (key: string, administrationId: string, fiscalCode: string): Buffer =>
  createHmac('sha256', key).update(`citizen\n${administrationId}\n${fiscalCode.toUpperCase()}`).digest();
