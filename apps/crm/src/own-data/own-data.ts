import { Inject, Injectable } from '@nestjs/common';
import type { AskOwnRight, ClaimOwnCase, DecideOwnConsent } from '@filodiretto/contracts';
import { RIGHT_NAMES, purposeText } from '@filodiretto/domain';
import type { Right } from '@filodiretto/contracts/model';
import { DataSource, type EntityManager } from 'typeorm';
import { reach } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { Replies } from '../message/replies.js';
import { Relay } from '../outbox/relay.js';
import { codesOf, trackingHashOf } from '../intake/tracking.js';
import { consentsOfContact, writeConsents } from '../privacy/consent-ledger.js';
import { Purposes } from '../privacy/purposes.js';
import { Rights } from '../privacy/rights.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import { Administrations } from '../routing/administrations.js';
import { Trail, type Act } from '../trail/trail.js';
import { OwnDataSessions, type Citizen } from './sessions.js';
import { receiptOf } from './words.js';

const OVER = refused('not-found', 'The session is over: ask for another code.');
const NOBODY = refused('not-allowed', 'Nothing is kept of who logged in, as far as it is certain.');
const MOST_CASES = 1_000;

/** What citizens do themselves with what is kept of them. Each act is in the trail, in the transaction of the act. */
@Injectable()
export class OwnDataActs {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OwnDataSessions) private readonly sessions: OwnDataSessions,
    @Inject(Purposes) private readonly purposes: Purposes,
    @Inject(Rights) private readonly rights: Rights,
    @Inject(Replies) private readonly replies: Replies,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** Agrees to a purpose, or takes it back. What stands already is not written again. */
  consent(said: DecideOwnConsent): Promise<Citizen | Refused> {
    return this.act(
      said.session,
      { operation: 'decideOwnConsent', act: 'changed', fields: ['purpose', 'act'] },
      async (manager, citizen) => {
        const { administrationId, contactId, address } = citizen;
        if (contactId === null) return NOBODY;
        const purpose = await this.purposes.one(administrationId, said.purpose, manager);
        if (!purpose) return refusedField('/purpose', 'there is none of this code here');
        if (said.act === 'given') {
          if (purpose.retired) return refusedField('/purpose', 'it is no longer asked');
          if (purpose.version !== said.textVersion)
            return refused('version-stale', 'The words have changed meanwhile: read them again.');
        }
        // An agreement holds for the way that it was given for; taking it back is for every way.
        const addressKind = purpose.perAddressKind && said.act === 'given' ? (address?.kind ?? null) : null;
        const facts = await consentsOfContact(manager, administrationId, contactId);
        const last = facts.findLast(
          one =>
            one.purpose === said.purpose &&
            one.act !== 'asked' &&
            (one.addressKind === null || said.act === 'withdrawn' || one.addressKind === addressKind),
        );
        const stands = last?.act === said.act && (said.act === 'withdrawn' || last.textVersion === said.textVersion);
        const nothing =
          said.act === 'withdrawn' && !facts.some(one => one.purpose === said.purpose && one.act === 'given');
        if (stands || nothing) return citizen;
        await writeConsents(manager, [
          {
            administrationId,
            contactId,
            purpose: said.purpose,
            act: said.act,
            addressKind,
            textVersion: said.act === 'given' ? said.textVersion : purpose.version,
            language: purposeText(purpose, said.language ?? null).language,
            at: this.clock.now(),
            how: 'page',
            proven: true,
            actorKind: 'contact',
            actorId: contactId,
          },
        ]);
        return citizen;
      },
    );
  }

  /** Writes a request down, with its case and its term, and sends the receipt. One of the same sort that is open stands for it. */
  async request(said: AskOwnRight, cause: string): Promise<Citizen | Refused> {
    const done = await this.act(
      said.session,
      { operation: 'askOwnRight', act: 'changed', fields: ['kind', ...(said.correction ? ['correction'] : [])] },
      async (manager, citizen) => {
        const { administrationId, contactId, assurance } = citizen;
        if (contactId === null) return NOBODY;
        if (await isAsked(manager, contactId, said)) return citizen;
        const opened = await this.rights.open(manager, {
          id: said.attempt,
          administrationId,
          contactId,
          officeId: await officeOfRights(manager, administrationId),
          by: { kind: 'contact', id: contactId },
          kind: said.kind,
          ...(said.correction ? { correction: said.correction } : {}),
          identified: assurance.identification,
          cause,
        });
        if (isRefused(opened)) return opened;
        const sent = await this.receipt(manager, { ...citizen, contactId }, opened.caseId, said.kind, cause);
        return sent ?? citizen;
      },
    );
    this.relay.nudge();
    return done;
  }

  /** Takes a case for theirs whose code they hold. A code that opens nothing yet may do so soon: what was written is on its way. */
  async claim({ session, code }: ClaimOwnCase): Promise<Citizen | Refused> {
    return this.act(
      session,
      { operation: 'claimOwnCase', act: 'changed', fields: ['code'] },
      async (manager, citizen) => {
        const { identity, administrationId } = citizen;
        if (identity === null) return refused('not-allowed', 'Only who logged in can do this.');
        // Of what a typed code may stand for, what opens nothing goes after a day.
        await manager.query(
          `insert into citizen_case (identity_id, administration_id, tracking_hash)
           select $1, $2, hash from unnest($3::bytea[]) hash
           where (select count(*) from citizen_case where identity_id = $1) < ${MOST_CASES}
           on conflict do nothing`,
          [identity.id, administrationId, codesOf(code).map(trackingHashOf)],
        );
        return citizen;
      },
    );
  }

  /** Notes that somebody looked at, or took away, what is kept of them. */
  async looked(session: string, operation: string, act: 'looked' | 'exported'): Promise<Citizen | Refused> {
    return this.act(session, { operation, act, fields: [] }, (_, citizen) => Promise.resolve(citizen));
  }

  private async receipt(
    manager: EntityManager,
    { administrationId, contactId, address }: Citizen & { readonly contactId: string },
    caseId: string,
    kind: Right,
    cause: string,
  ): Promise<Refused | undefined> {
    const own = await this.administrations.ownAccounts(this.channels.announcements(), administrationId);
    const way = reach(own, address ? [address] : await addressesOf(manager, contactId), 'reply');
    if (!way) return refused('no-reply-address', 'No channel reaches the address just now: try again later.');
    const [row]: { number: string; due: string | null }[] = await manager.query(
      `select number, to_char(due_date, 'FMDD/MM/YYYY') as due from case_file where id = $1`,
      [caseId],
    );
    const text = receiptOf(RIGHT_NAMES[kind].toLowerCase(), row?.number ?? '', row?.due ?? null);
    const queued = await this.replies.queue(manager, {
      caseId,
      start: way,
      content: [{ type: 'text', text }],
      visibility: 'parties',
      author: 'automation',
      automatic: 'acknowledgement',
      by: { kind: 'system' },
      cause,
    });
    return isRefused(queued) ? queued : undefined;
  }

  /** Does something in the name of whoever a session is of, with its entry in the trail: all of it, or nothing. */
  private async act(
    session: string,
    what: Pick<Act, 'operation' | 'act' | 'fields'>,
    work: (manager: EntityManager, citizen: Citizen) => Promise<Citizen | Refused>,
  ): Promise<Citizen | Refused> {
    const no = new Map<string, Refused>();
    try {
      return await this.dataSource.transaction(async manager => {
        const citizen = await this.sessions.find(session, manager);
        if (!citizen) return OVER;
        // What is decided of one person is decided one after the other.
        await manager.query('select from contact where id = $1 for no key update', [citizen.contactId]);
        await manager.query('select from citizen_identity where id = $1 for update', [citizen.identity?.id ?? null]);
        const done = await work(manager, citizen);
        if (isRefused(done)) {
          no.set('refused', done);
          throw new UndoneByRefusal();
        }
        const { administrationId, contactId, identity } = citizen;
        const who = contactId ?? identity?.id;
        if (who === undefined) throw new Error('a session is of nobody');
        await this.trail.write(manager, {
          ...what,
          operator: { id: who, administrationId },
          actorKind: 'contact',
          subjectKind: contactId === null ? 'citizen-identities' : 'contacts',
          subjectId: who,
        });
        return done;
      });
    } catch (error) {
      const refusal = no.get('refused');
      if (error instanceof UndoneByRefusal && refusal) return refusal;
      throw error;
    }
  }
}

/** Takes back what was written before somebody said no. */
class UndoneByRefusal extends Error {}

/** Where a person can be reached, as it is kept; what was used last comes first. */
function addressesOf(manager: EntityManager, contactId: string): Promise<{ kind: string; value: string }[]> {
  return manager.query(
    `select a.kind, a.value from contact_address a join contact k on k.id = a.contact_id
     where coalesce(k.merged_into, k.id) = $1 and a.undeliverable_at is null order by a.verified desc, a.created_at`,
    [contactId],
  );
}

/** Whether this press was taken before, or one of the same sort is open. */
async function isAsked(
  manager: EntityManager,
  contactId: string,
  { attempt, kind }: Pick<AskOwnRight, 'attempt' | 'kind'>,
): Promise<boolean> {
  const found: unknown[] = await manager.query(
    `select from rights_request r join contact k on k.id = r.contact_id
     where coalesce(k.merged_into, k.id) = $1 and (r.id = $2 or r.kind = $3 and r.state = 'open') limit 1`,
    [contactId, attempt, kind],
  );
  return found.length > 0;
}

/** The office that answers requests of citizens about their data: that of who protects data, else the administration as such. */
async function officeOfRights(manager: EntityManager, administrationId: string): Promise<string> {
  const [row]: { office: string }[] = await manager.query(
    `select o.id as office from administration_setting s join operator p on p.id = s.data_protection_officer and p.active
       join office o on o.id = p.office_id and o.active where s.administration_id = $1`,
    [administrationId],
  );
  return row?.office ?? administrationId;
}
