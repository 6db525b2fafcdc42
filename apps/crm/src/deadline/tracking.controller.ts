import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TrackCase, TrackedCase, type CaseKind, type CaseState, type Outcome } from '@filodiretto/contracts';
import { networkOf, Problem } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { FIELDS, fieldView, type FieldJson } from '../field/field.view.js';
import { NeverCached, Operation } from '../http/documented.js';
import { at, present } from '../http/present.js';
import { TokenBuckets } from '../http/token-buckets.js';
import { normalNumber } from '../intake/lookup.js';
import { toldReason } from '../action/outcomes.js';
import { codesOf, trackedMessage, trackingHashOf, withoutCode } from '../intake/tracking.js';
import { shownWords } from '../message/shown-words.js';
import { Trail } from '../trail/trail.js';
import { ratingOf, type Rated } from '../survey/surveys.js';

interface Row {
  readonly id: string;
  readonly administration_id: string;
  /** Of who the code was given to, and the message for which it was. */
  readonly contact_id: string | null;
  readonly message_id: string;
  /** The channel gave the code with what was handed in there, and takes more of it; a code of ours came with what can be answered. */
  readonly writable: boolean;
  readonly number: string;
  /** Numbers of the cases that it took in: who has one of their links follows this. */
  readonly taken_in: readonly string[];
  readonly state: CaseState;
  readonly kind: CaseKind;
  readonly taken_in_charge_at: Date | null;
  readonly answers: readonly {
    readonly id: string;
    readonly at: string;
    readonly text: string;
    readonly coded: boolean;
    readonly office: string | null;
  }[];
  readonly said: readonly {
    readonly id: string;
    readonly at: string;
    readonly text: string;
    readonly files: readonly { readonly name: string | null; readonly mediaType: string }[];
  }[];
  readonly office: string;
  readonly sorting: boolean;
  readonly take_charge_by: Date | null;
  readonly due_date: string | null;
  readonly outcome: Outcome | null;
  readonly outcome_reason: string | null;
  readonly ended_at: Date | null;
  readonly rated: Rated | null;
  readonly fields: readonly FieldJson[];
  readonly milestones: readonly { readonly fact: string; readonly at: string }[];
}

/** How states are called to citizens. */
export const STATES: Readonly<Record<CaseState, string>> = {
  received: 'Ricevuta',
  triage: 'In triage',
  assigned: 'Assegnata',
  in_charge: 'In carico',
  scheduled: 'Programmata',
  waiting_citizen: 'In attesa del cittadino',
  waiting_third: 'In attesa di terzi',
  suspended: 'Sospesa',
  resolved: 'Risolta',
  closed: 'Chiusa',
  rejected: 'Respinta',
  duplicate: 'Duplicata',
  withdrawn: 'Annullata',
};
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  positive: 'Positivo',
  partial: 'Parziale',
  negative: 'Negativo',
  not_applicable: 'Non applicabile',
};
/** What of the journal a citizen may see; that an office refused it is told as what follows from it. */
const MILESTONES: Readonly<Record<string, string>> = {
  opened: 'Ricevuta',
  assigned: 'Assegnata a un ufficio',
  reassigned: 'Passata a un altro ufficio',
  competence_refused: 'In cerca dell’ufficio competente',
  taken_in_charge: 'Presa in carico',
  scheduled: 'Intervento programmato',
  paused: 'In attesa',
  suspended: 'Termini sospesi',
  interrupted: 'Termini interrotti',
  resumed: 'Ripresa',
  extended: 'Termine prorogato',
  resolved: 'Risolta',
  closed: 'Chiusa',
  rejected: 'Respinta',
  marked_duplicate: 'Unita a un’altra pratica',
  withdrawn: 'Annullata',
  reopened: 'Riaperta',
};
const HANDS = ['opened', 'assigned', 'reassigned', 'competence_refused', 'taken_in_charge', 'reopened'];
/** Who sent what the code was given for, as a contact that took others in or was taken in. */
const WHO_SENT = `(select p.id from contact p, contact q
  where q.id = t.contact_id and coalesce(p.merged_into, p.id) = coalesce(q.merged_into, q.id))`;
const TAKEN_IN = `array(with recursive taken as (
    select f.id, f.number from case_file f where f.merged_into = c.id
    union select f.id, f.number from case_file f join taken t on f.merged_into = t.id)
  select number from taken)`;
/** As many answers as a page shows, the latest. */
const ANSWERS = 50;
/** Characters of an answer. */
const MAX_ANSWER = 20_000;

/** What a citizen sees of their case with its code; of any other, nothing: not even that it exists. */
@ApiTags('Citizens')
@Controller('public/tracked-cases')
export class TrackingController {
  private readonly pace = new TokenBuckets({ perSecond: 1, burst: 60 });

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Post()
  @HttpCode(200)
  @Operation('trackCase', 'Who holds a case now, since when, until when, what was said and what was answered', {
    description:
      'Asks for the code that the citizen was given, which travels in no address: addresses are written into logs. With the number too, the case must have it. Of what citizens said it shows what came in the conversation for which the code was given, and from who it was given to. A wrong code and a case that does not exist look the same. What is shown leaves a look in the trail, one an hour at most.',
    problems: ['not-found', 'invalid-input', 'malformed-request', 'too-many-requests'],
  })
  @ApiOkResponse({ type: TrackedCase, description: 'The case' })
  @NeverCached()
  async track(@Body() { code, number }: TrackCase, @Req() request: FastifyRequest): Promise<TrackedCase> {
    const wait = this.pace.take(networkOf(request.ip));
    if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
    const [row]: Row[] = await this.dataSource.query(
      `select c.id, c.administration_id, t.contact_id, t.id as message_id, t.direction = 'in' as writable, c.number, c.state, c.kind, c.taken_in_charge_at, o.name as office,
         c.office_id is null and c.ended_at is null as sorting,
         (select d.due_at from deadline d where d.case_id = c.id and d.task_id is null and d.clock = 'take_charge' and d.ended_at is null
          order by d.due_at limit 1) as take_charge_by, c.due_date::text as due_date, c.outcome, c.outcome_reason, c.ended_at, ${TAKEN_IN} as taken_in,
         ${FIELDS} as fields,
         (select coalesce(json_agg(json_build_object('fact', j.fact, 'at', j.at) order by j.version), '[]')
          from journal j where j.case_id = c.id and j.fact = any($2)) as milestones,
         (select coalesce(json_agg(a order by a.at), '[]') from
            (select m.id, m.sent_at as at, m.text, m.tracking_hash is not null as coded, b.name as office from message m
               left join operator p on p.id = m.operator_id left join office b on b.id = p.office_id
             where m.case_id = c.id and m.direction = 'out' and m.visibility <> 'internal' and m.letter_id is null and m.copy_of is null
               and m.automatic is distinct from 'acknowledgement' and m.send_state not in ('queued', 'withdrawn') and m.contact_id in ${WHO_SENT}
             order by m.sent_at desc limit ${ANSWERS}) a) as answers,
         (select coalesce(json_agg(s order by s.at), '[]') from
            (select m.id, m.sent_at as at, coalesce(${shownWords('m')}, '') as text,
               (select coalesce(json_agg(json_build_object('name', f.filename, 'mediaType', f.media_type) order by f.part), '[]')
                from attachment f where f.message_id = m.id) as files
             from message m
             where m.case_id = c.id and m.conversation_id = t.conversation_id and m.direction = 'in' and m.letter_id is null
               and m.copy_of is null and m.erased_at is null and m.contact_id in ${WHO_SENT}
             order by m.sent_at desc limit ${ANSWERS}) s) as said
         , (select to_json(v) from (select stars, face, reasons, comment from survey where case_id = c.id) v) as rated
       from ${trackedMessage('m.tracking_hash = any($1)')} t
       join case_file c on c.id = t.case_id join office o on o.id = coalesce(c.office_id, c.administration_id)`,
      [codesOf(code).map(trackingHashOf), Object.keys(MILESTONES)],
    );
    if (!row || (number !== undefined && ![row.number, ...row.taken_in].includes(normalNumber(number) ?? '')))
      throw new Problem('not-found', 'There is no case with this code.');
    await this.noted(row);
    return trackedOf(row, this.clock.now());
  }

  /**
   * Leaves a look in the trail, before anything is shown: of who the code was given to, whoever has it now; at most one for each of
   * them, case and hour, since a page that is open asks again and again.
   */
  private async noted({ id, administration_id: administrationId, contact_id: contactId, ...row }: Row): Promise<void> {
    const who = contactId ?? row.message_id;
    const before: unknown[] = await this.dataSource.query(
      `select from trail_entry where case_id = $1 and actor_id = $2 and operation = 'trackCase'
         and at > clock_now() - interval '1 hour' limit 1`,
      [id, who],
    );
    if (before.length > 0) return;
    await this.trail.write(undefined, {
      operator: { id: who, administrationId },
      actorKind: 'contact',
      operation: 'trackCase',
      act: 'looked',
      subjectKind: 'cases',
      subjectId: id,
      fields: [],
    });
  }
}

function trackedOf(row: Row, now: Date): TrackedCase {
  const rating = ratingOf(row, row.rated, now);
  const since = row.milestones.findLast(({ fact }) => HANDS.includes(fact)) ?? row.milestones[0];
  return {
    number: row.number,
    state: STATES[row.state],
    stateCode: row.state,
    kind: row.kind,
    writable: row.writable,
    since: at(since?.at ?? new Date()),
    office: row.office,
    sorting: row.sorting,
    ...present({
      takeChargeBy: row.take_charge_by === null ? null : at(row.take_charge_by),
      takenInChargeAt: row.taken_in_charge_at === null ? null : at(row.taken_in_charge_at),
      until: row.ended_at === null ? row.due_date : null,
      outcomeCode: row.outcome,
      outcome: row.outcome === null ? null : OUTCOMES[row.outcome],
      outcomeReasonCode: toldReason(row.outcome_reason) === undefined ? null : row.outcome_reason,
      outcomeReason: toldReason(row.outcome_reason) ?? null,
    }),
    fields: row.fields
      .map(fieldView)
      .flatMap(({ label, shown, citizen }) => (citizen ? [{ label, value: shown }] : [])),
    ...(rating ? { rating } : {}),
    answers: row.answers.map(one => ({
      id: one.id,
      at: at(one.at),
      text: (one.coded ? withoutCode(one.text) : one.text).slice(0, MAX_ANSWER),
      ...present({ office: one.office }),
    })),
    said: row.said.map(one => ({
      id: one.id,
      at: at(one.at),
      ...(one.text === '' ? {} : { text: one.text.slice(0, MAX_ANSWER) }),
      files: one.files.map(({ name, mediaType }) => ({ mediaType, ...present({ name }) })),
    })),
    milestones: row.milestones.map(({ fact, at: when }) => ({ fact, label: MILESTONES[fact] ?? fact, at: at(when) })),
  };
}
