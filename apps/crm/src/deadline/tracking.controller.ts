import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { TrackCase, TrackedCase, type CaseState, type Outcome } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { FIELDS, fieldView, type FieldJson } from '../field/field.view.js';
import { NeverCached, Operation } from '../http/documented.js';
import { at, present } from '../http/present.js';
import { networkOf } from '../http/network.js';
import { TokenBuckets } from '../http/token-buckets.js';
import { trackingHashOf } from '../intake/tracking.js';

interface Row {
  readonly number: string;
  readonly state: CaseState;
  readonly tracking_hash: Buffer | null;
  readonly office: string | null;
  readonly due_date: string | null;
  readonly outcome: Outcome | null;
  readonly ended_at: Date | null;
  readonly fields: readonly FieldJson[];
  readonly milestones: readonly { readonly fact: string; readonly at: string }[];
}

const STATES: Readonly<Record<CaseState, string>> = {
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
const NOBODY = Buffer.alloc(32);

/** What a citizen sees of their case with its number and its code; of any other, nothing: not even that it exists. */
@ApiTags('Citizens')
@Controller('public/cases')
export class TrackingController {
  private readonly pace = new TokenBuckets({ perSecond: 0.5, burst: 20 });

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  @Get(':number')
  @Operation('trackCase', 'Who holds a case now, since when, until when', {
    description:
      'Asks for the number and the code that the citizen was given. A wrong code and a case that does not exist look the same.',
    problems: ['not-found', 'invalid-input', 'too-many-requests'],
  })
  @ApiOkResponse({ type: TrackedCase, description: 'The case' })
  @NeverCached()
  async track(
    @Param('number') number: string,
    @Query() { code }: TrackCase,
    @Req() request: FastifyRequest,
  ): Promise<TrackedCase> {
    const wait = this.pace.take(networkOf(request.ip));
    if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
    const rows: Row[] = await this.dataSource.query(
      `select c.number, c.state, c.tracking_hash, o.name as office, c.due_date::text as due_date, c.outcome, c.ended_at, ${FIELDS} as fields,
         (select coalesce(json_agg(json_build_object('fact', j.fact, 'at', j.at) order by j.version), '[]')
          from journal j where j.case_id = c.id and j.fact = any($2)) as milestones
       from case_file c left join office o on o.id = c.office_id where c.number = $1`,
      [number.slice(0, 40), Object.keys(MILESTONES)],
    );
    const given = trackingHashOf(code);
    // Something is compared even when there is nothing: the time it takes says nothing either.
    timingSafeEqual(NOBODY, given);
    const found = rows.filter(row => timingSafeEqual(row.tracking_hash ?? NOBODY, given));
    const [row] = found;
    if (!row) throw new Problem('not-found', 'There is no case with this number and this code.');
    return trackedOf(row);
  }
}

function trackedOf(row: Row): TrackedCase {
  const since = row.milestones.findLast(({ fact }) => HANDS.includes(fact)) ?? row.milestones[0];
  return {
    number: row.number,
    state: STATES[row.state],
    since: at(since?.at ?? new Date()),
    ...present({
      office: row.office,
      until: row.ended_at === null ? row.due_date : null,
      outcome: row.outcome === null ? null : OUTCOMES[row.outcome],
    }),
    fields: row.fields
      .map(fieldView)
      .flatMap(({ label, shown, citizen }) => (citizen ? [{ label, value: shown }] : [])),
    milestones: row.milestones.map(({ fact, at: when }) => ({ label: MILESTONES[fact] ?? fact, at: at(when) })),
  };
}
