import { Inject, Injectable } from '@nestjs/common';
import { assuranceOf, type Assurance } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { codeHash, newSession, sessionHash } from './secrets.js';

/** For how long somebody who showed who they are is believed. */
const SESSION_MINUTES = 30;

/** A citizen of whom something is certain, and the contact whose address they showed. */
export interface Citizen {
  readonly administrationId: string;
  readonly contactId: string;
  readonly address: { readonly kind: string; readonly value: string };
  readonly assurance: Assurance;
  readonly until: Date;
}

/** Sessions of citizens: opened by a code that is spent, or by a login; each is of one address, and ends by itself. */
@Injectable()
export class OwnDataSessions {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Spends a code. `undefined`: there is none, it was spent, its time is over, or the address is nobody's any more. */
  async open(code: string): Promise<{ readonly session: string; readonly citizen: Citizen } | undefined> {
    return this.dataSource.transaction(async manager => {
      const [rows]: [{ administrationId: string; kind: string; value: string }[], number] = await manager.query(
        `update citizen_code set spent_at = now() where secret_hash = $1 and spent_at is null and expires_at > now()
         returning administration_id as "administrationId", kind, value`,
        [codeHash(code)],
      );
      const [spent] = rows;
      if (!spent) return undefined;
      const session = newSession();
      await manager.query(
        `insert into citizen_session (id, administration_id, secret_hash, assurance_level, kind, value, expires_at)
         values ($1, $2, $3, 1, $4, $5, now() + make_interval(mins => $6))`,
        [newId(), spent.administrationId, sessionHash(session), spent.kind, spent.value, SESSION_MINUTES],
      );
      const citizen = await this.find(session, manager);
      return citizen && { session, citizen };
    });
  }

  /** Who a session is of; `undefined` when it is over, or its address is nobody's any more. */
  async find(session: string, manager: EntityManager = this.dataSource.manager): Promise<Citizen | undefined> {
    const [row]: {
      administrationId: string;
      kind: string;
      value: string;
      level: number;
      until: Date;
      contactId: string;
    }[] = await manager.query(
      `select s.administration_id as "administrationId", s.kind, s.value, s.assurance_level as level, s.expires_at as until,
         coalesce(k.merged_into, k.id) as "contactId"
       from citizen_session s
         join contact_address a on a.administration_id = s.administration_id and a.kind = s.kind and a.value = s.value
         join contact k on k.id = a.contact_id and k.erased_at is null
       where s.secret_hash = $1 and s.expires_at > now()`,
      [sessionHash(session)],
    );
    if (!row) return undefined;
    const { administrationId, contactId, kind, value, level, until } = row;
    return { administrationId, contactId, address: { kind, value }, assurance: assuranceOf(level), until };
  }

  /** Ends a session; one that is over already is. */
  async end(session: string): Promise<void> {
    await this.dataSource.query('delete from citizen_session where secret_hash = $1', [sessionHash(session)]);
  }
}
