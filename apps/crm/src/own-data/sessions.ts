import { Inject, Injectable } from '@nestjs/common';
import { assuranceOf, type Assurance } from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { codeHash, newSession, sessionHash } from './secrets.js';

/** For how long somebody who showed who they are is believed. */
const SESSION_MINUTES = 30;

/** A citizen of whom something is certain: an address of a contact, or who they are. */
export interface Citizen {
  readonly administrationId: string;
  /** Whose everything is that is kept of them; null: they are certain, and not known to be any contact of ours. */
  readonly contactId: string | null;
  /** The address that was shown; null: they logged in. */
  readonly address: { readonly kind: string; readonly value: string } | null;
  /** Who they logged in as; null: they showed an address. */
  readonly identity: {
    readonly id: string;
    readonly name: string;
    readonly since: Date;
    readonly provider: string;
  } | null;
  readonly assurance: Assurance;
  readonly until: Date;
}

interface Row {
  readonly administrationId: string;
  readonly kind: string | null;
  readonly value: string | null;
  readonly level: number;
  readonly until: Date;
  readonly contactId: string | null;
  readonly identityId: string | null;
  readonly name: string | null;
  readonly since: Date | null;
  readonly provider: string | null;
}

/** Sessions of citizens: opened by a code that is spent, or by a login; each is of one address or of one person, and ends by itself. */
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

  /** Begins one of somebody who logged in. */
  async ofIdentity(
    manager: EntityManager,
    who: {
      readonly administrationId: string;
      readonly identity: string;
      readonly level: number;
      readonly provider: string;
    },
  ): Promise<{ readonly session: string; readonly citizen: Citizen }> {
    const session = newSession();
    await manager.query(
      `insert into citizen_session (id, administration_id, secret_hash, assurance_level, identity_id, provider, expires_at)
       values ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7))`,
      [newId(), who.administrationId, sessionHash(session), who.level, who.identity, who.provider, SESSION_MINUTES],
    );
    const citizen = await this.find(session, manager);
    if (!citizen) throw new Error('a session that was just begun is not there');
    return { session, citizen };
  }

  /** Who a session is of; `undefined` when it is over, or its address is nobody's any more. */
  async find(session: string, manager: EntityManager = this.dataSource.manager): Promise<Citizen | undefined> {
    const [row]: Row[] = await manager.query(
      `select s.administration_id as "administrationId", s.kind, s.value, s.expires_at as until,
         case when exists (
           select from contact_identification n join contact w on w.id = n.contact_id
           where n.administration_id = s.administration_id and n.address_kind = s.kind and n.address_value = s.value
             and n.withdrawn_at is null and coalesce(w.merged_into, w.id) = coalesce(k.merged_into, k.id))
           then greatest(s.assurance_level, 2) else s.assurance_level end as level,
         coalesce(k.merged_into, k.id) as "contactId", i.id as "identityId", i.name, i.first_at as since, s.provider
       from citizen_session s
         left join citizen_identity i on i.id = s.identity_id
         left join contact_address a on a.administration_id = s.administration_id and a.kind = s.kind and a.value = s.value
         left join contact k on k.id = coalesce(i.contact_id, a.contact_id) and k.erased_at is null
       where s.secret_hash = $1 and s.expires_at > now() and (i.id is not null or k.id is not null)`,
      [sessionHash(session)],
    );
    return row && citizenOf(row);
  }

  /** Ends a session; one that is over already is. Gives at which provider it was opened, if at one. */
  async end(session: string): Promise<string | undefined> {
    const [rows]: [{ provider: string | null }[], number] = await this.dataSource.query(
      'delete from citizen_session where secret_hash = $1 returning provider',
      [sessionHash(session)],
    );
    return rows[0]?.provider ?? undefined;
  }
}

function citizenOf({ kind, value, level, identityId, name, since, provider, ...row }: Row): Citizen {
  return {
    ...row,
    address: kind === null || value === null ? null : { kind, value },
    identity:
      identityId === null || since === null
        ? null
        : { id: identityId, name: name ?? '', since, provider: provider ?? '' },
    assurance: assuranceOf(level),
  };
}
