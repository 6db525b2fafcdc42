import { Inject, Injectable } from '@nestjs/common';
import type { DecideRightsRequest, OpenRightsRequest } from '@filodiretto/contracts';
import type { Identification, Outcome, Right, RightState } from '@filodiretto/contracts/model';
import { agrees, caseNumber, RIGHT_NAMES, whyNotDecide } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { notOurs } from '../case/belonging.js';
import { CaseNumbers, yearOf } from '../case/case-numbers.js';
import { Desk } from '../case/desk.js';
import { Ledger } from '../case/ledger.js';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { staleness } from '../office/locked-tree.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import { consentsOfContact, writeConsents } from './consent-ledger.js';
import { SHIPPED_EFFECTS, type Granting, type RightEffect } from './right-effects.js';
import { liftRestriction } from './restriction.js';

/** A request that somebody makes: an operator who writes it down, or the person themselves. */
export interface NewRequest extends Pick<OpenRightsRequest, 'kind' | 'correction'> {
  readonly id: string;
  readonly administrationId: string;
  readonly contactId: string;
  readonly officeId: string;
  readonly by: { readonly kind: 'operator' | 'contact'; readonly id: string };
  readonly identified: Identification | null;
  readonly cause: string;
}

interface Row extends Granting {
  readonly kind: Right;
  readonly state: RightState;
  readonly identified: boolean;
  readonly version: number;
}

const ENDS: Readonly<Record<Exclude<RightState, 'open'>, { outcome: Outcome; outcomeReason: string }>> = {
  granted: { outcome: 'positive', outcomeReason: 'granted' },
  partly_granted: { outcome: 'partial', outcomeReason: 'partly_granted' },
  refused: { outcome: 'negative', outcomeReason: 'refused' },
};
const NO_REQUEST = refused('not-found', 'There is no such request.');
const RECTIFIED =
  'I recapiti o il nome della persona sono stati rettificati su sua richiesta: da ora valgono quelli nuovi.';

/**
 * What people ask of what is kept of them. Each request is a case of its own, of the kind whose term the law sets: it has a number,
 * a holder, a journal, reminders, and does not end before somebody decided.
 */
@Injectable()
export class Rights {
  private readonly effects = new Map<Right, RightEffect>(Object.entries(SHIPPED_EFFECTS) as [Right, RightEffect][]);

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(CaseNumbers) private readonly numbers: CaseNumbers,
    @Inject(Desk) private readonly desk: Desk,
  ) {
    this.serve('objection', (manager, granting) => this.object(manager, granting));
  }

  /** Says what granting a right does; said again, the last one counts. A right that nobody serves can be refused alone. */
  serve(right: Right, effect: RightEffect): void {
    this.effects.set(right, effect);
  }

  /** Writes a request down, with its case, in the caller's transaction. */
  async open(manager: EntityManager, asked: NewRequest): Promise<{ id: string; caseId: string } | Refused> {
    const { administrationId, kind, correction, by } = asked;
    const [contact]: { id: string }[] = await manager.query(
      `select k.id from contact k where k.administration_id = $1
         and k.id = (select coalesce(merged_into, id) from contact where id = $2) for no key update`,
      [administrationId, asked.contactId],
    );
    if (!contact) return refused('not-found', 'There is no such contact.');
    const corrects = correction?.name !== undefined || (correction?.addresses ?? []).length > 0;
    if (corrects !== (kind === 'rectification'))
      return refusedField('/correction', corrects ? 'belongs to a rectification' : 'say what is to be put right');
    const now = this.clock.now();
    const caseId = v7();
    const year = yearOf(now);
    const [counter] = await this.numbers.take(manager, administrationId, year, 1);
    if (counter === undefined) throw new Error('no counter of cases was given');
    const opened = await this.ledger.execute(manager, {
      caseId,
      cause: asked.cause,
      commands: [
        {
          name: 'open',
          by,
          id: caseId,
          administration: administrationId,
          number: caseNumber(year, counter),
          kind: 'data_subject_request',
          priority: 'normal',
          category: null,
          contact: contact.id,
          followUpOf: null,
          office: asked.officeId,
          assignee: null,
          why: 'operator',
        },
      ],
      opening: { subject: RIGHT_NAMES[kind], channel: null, account: null, trackingHash: null },
    });
    if (isRefused(opened)) return opened;
    await manager.query(
      `insert into rights_request (id, administration_id, case_id, contact_id, kind, wanted, asked_by, asked_at,
         identified_how, identified_by, identified_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $9::text is null then null else $8::timestamptz end)`,
      [
        asked.id,
        administrationId,
        caseId,
        contact.id,
        kind,
        correction === undefined ? null : JSON.stringify(correction),
        by.kind,
        now,
        asked.identified,
        by.kind === 'operator' && asked.identified !== null ? by.id : null,
      ],
    );
    return { id: asked.id, caseId };
  }

  /** The same, as an operator asks it. */
  async write(
    manager: EntityManager,
    operator: Asking,
    contactId: string,
    id: string,
    asked: OpenRightsRequest & { readonly cause: string },
  ): Promise<object | Refused> {
    const no = await notOurs(manager, operator, { office: asked.office });
    if (no) return no;
    return this.open(manager, {
      id,
      administrationId: operator.administrationId,
      contactId,
      officeId: asked.office ?? operator.officeId,
      by: { kind: 'operator', id: operator.id },
      kind: asked.kind,
      ...(asked.correction ? { correction: asked.correction } : {}),
      identified: asked.identified ?? null,
      cause: asked.cause,
    });
  }

  /** Writes down how it became certain who asks. */
  async identify(
    manager: EntityManager,
    operator: Asking,
    seen: { readonly id: string; readonly expectedVersion: number },
    how: Identification,
  ): Promise<object | Refused> {
    const found = await this.locked(manager, operator, seen);
    if (isRefused(found)) return found;
    if (found.state !== 'open') return refused('transition-not-allowed', 'It was decided already.');
    await manager.query(
      `update rights_request set identified_how = $2, identified_by = $3, identified_at = clock_now(), version = version + 1
       where id = $1`,
      [seen.id, how, operator.id],
    );
    return { id: seen.id };
  }

  /** Decides a request, does what it is about, and ends its case with an answer to the person: all of it, or nothing. */
  async decide(
    manager: EntityManager,
    operator: Asking,
    seen: { readonly id: string; readonly expectedVersion: number; readonly cause: string },
    asked: DecideRightsRequest,
  ): Promise<object | Refused> {
    const found = await this.locked(manager, operator, seen);
    if (isRefused(found)) return found;
    const why = whyNotDecide(found, asked.outcome);
    if (why === 'decided') return refused('transition-not-allowed', 'It was decided already.');
    if (why === 'not_identified') return refusedField('/outcome', 'it is not yet certain who asks');
    if (asked.outcome !== 'refused') {
      const effect = this.effects.get(found.kind);
      if (!effect) return refused('not-allowed', 'Nothing here carries this out: it can only be refused.');
      const no = await effect(manager, { ...found, operatorId: operator.id, reason: asked.reason });
      if (no) return no;
    }
    await manager.query(
      `update rights_request set state = $2, decided_by = $3, decided_at = clock_now(), reason = $4, wanted = null,
         version = version + 1 where id = $1`,
      [seen.id, asked.outcome, operator.id, asked.reason],
    );
    if (found.kind === 'rectification' && asked.outcome !== 'refused')
      await this.tellOffices(manager, operator, found, seen.cause);
    const moved = await this.desk.move(
      manager,
      { operator, caseId: found.caseId, cause: seen.cause },
      {
        command: 'resolve',
        ...ENDS[asked.outcome],
        ...(asked.text === undefined ? {} : { text: asked.text }),
        ...(asked.spoken === undefined ? {} : { spoken: asked.spoken }),
      },
    );
    return isRefused(moved) ? moved : { id: seen.id };
  }

  /** Ends the rest of a person's data, with a reason. */
  async lift(
    manager: EntityManager,
    { id: by, administrationId }: Asking,
    contactId: string,
    reason: string,
  ): Promise<object | Refused> {
    const found: unknown[] = await manager.query('select from contact where administration_id = $1 and id = $2', [
      administrationId,
      contactId,
    ]);
    if (found.length === 0) return refused('not-found', 'There is no such contact.');
    const lifted = await liftRestriction(manager, { administrationId, contactId, by, reason });
    return lifted ? {} : refused('transition-not-allowed', 'The data of this person do not rest.');
  }

  /** Whoever holds an open case of the person reads of it where they work; what stood there before is not said. */
  private async tellOffices(
    manager: EntityManager,
    operator: Asking,
    { contactId, caseId }: Row,
    cause: string,
  ): Promise<void> {
    const cases: { id: string }[] = await manager.query(
      'select id from case_file where contact_id = $1 and id <> $2 and ended_at is null order by id',
      [contactId, caseId],
    );
    for (const { id } of cases) {
      const noted = await this.desk.note(manager, { operator, caseId: id, cause }, v7(), RECTIFIED);
      if (isRefused(noted)) throw new Error(`a note was refused: ${noted.detail}`);
    }
  }

  /** Whoever objects agrees to nothing more: newsletters and what is made for them alone stop. */
  private async object(manager: EntityManager, granting: Granting): Promise<undefined> {
    const { administrationId, contactId, operatorId, caseId, id } = granting;
    const facts = await consentsOfContact(manager, administrationId, contactId);
    const given = facts.filter(fact => fact.act === 'given' && agrees(facts, fact.purpose, fact.addressKind));
    const purposes = new Map(given.map(fact => [fact.purpose, fact]));
    await writeConsents(
      manager,
      [...purposes.values()].map(({ purpose, textVersion, language }) => ({
        administrationId,
        contactId,
        purpose,
        act: 'withdrawn',
        addressKind: null,
        textVersion,
        language,
        at: this.clock.now(),
        how: 'desk',
        proven: true,
        actorKind: 'operator',
        actorId: operatorId,
        caseId,
        proofKey: `${id}:${purpose}:withdrawn`,
      })),
    );
    return undefined;
  }

  private async locked(
    manager: EntityManager,
    { administrationId }: Asking,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
  ): Promise<Row | Refused> {
    const [row]: Row[] = await manager.query(
      `select r.id, r.administration_id as "administrationId", coalesce(k.merged_into, k.id) as "contactId", r.case_id as "caseId",
         r.kind, r.state, r.wanted as correction, r.identified_how is not null as identified, r.version, '' as "operatorId", '' as reason
       from rights_request r join contact k on k.id = r.contact_id
       where r.administration_id = $1 and r.id = $2 for update of r`,
      [administrationId, id],
    );
    return row ? (staleness(row.version, expectedVersion) ?? row) : NO_REQUEST;
  }
}
