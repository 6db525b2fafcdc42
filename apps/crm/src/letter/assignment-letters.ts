import { Inject, Injectable } from '@nestjs/common';
import type { Part } from '@filodiretto/contracts';
import { MAILBOX } from '@filodiretto/contracts/model';
import { toldFields, type ToldField } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import type { Said } from '../case/case-row.js';
import { Ledger, type Following, type LedgerPages, type WrittenFact } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Deadlines } from '../deadline/deadlines.js';
import { termOf } from '../deadline/words.js';
import { FIELDS, type FieldJson } from '../field/field.view.js';
import { Fields } from '../field/fields.js';
import { answersIn, filesOf, matterLines, quoted, wordsOf } from './matter.js';
import { OfficeLetters, type Letter } from './office-letters.js';
import { prepared } from '../prepared.js';

/** The facts after which somebody must be told that a case is theirs. */
const GIVEN: readonly string[] = ['assigned', 'reassigned', 'reopened', 'competence_refused'];
const FROM_LETTER = ['takeCharge', 'resolve', 'extend', 'refuseCompetence', 'askCitizen'] as const;
/** Messages of a case that its letter quotes, the first ones. */
const MAX_MESSAGES = 5;

interface Holder {
  readonly case_id: string;
  readonly name: string;
  readonly email: string | null;
  readonly wants: boolean;
  readonly asked_by_member: boolean;
  readonly said: { readonly content: readonly Part[] }[];
  readonly notes: string[];
  readonly fields: readonly FieldJson[];
}

/**
 * Writes to whoever a case was given to, in the transaction that gives it: an office that never logs in learns of it, and
 * acts from the letter. Nobody is written to about what they gave to themselves.
 */
@Injectable()
export class AssignmentLetters {
  constructor(
    @Inject(Ledger) ledger: Ledger,
    /** Made first: a letter says the terms that begin with the same commit. */
    @Inject(Deadlines) _deadlines: Deadlines,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Fields) private readonly fields: Fields,
  ) {
    ledger.follow('letters of assignment', (manager, _, pages) => this.tell(manager, pages));
  }

  private async tell(manager: EntityManager, pages: LedgerPages): Promise<Following> {
    const last = new Map(
      pages
        .facts()
        .filter(({ fact }) => GIVEN.includes(fact))
        .map(one => [one.caseId, one]),
    );
    const given = [...last.values()].filter(
      one => isGiven(pages.caseFile(one.caseId)) && !followsHead(one, pages.caseFile(one.caseId)),
    );
    if (given.length === 0) return undefined;
    const holders = await holdersOf(manager, pages, given);
    const letters: Letter[] = [];
    for (const holder of holders) {
      const fact = last.get(holder.case_id);
      const caseFile = pages.caseFile(holder.case_id);
      if (!fact || !caseFile || holder.asked_by_member || !holder.wants || holder.email === null) continue;
      // Whoever reads a mailbox of ours works where cases are.
      if (this.channels.isOurs({ kind: MAILBOX, value: holder.email })) continue;
      const opened = pages.said(caseFile.id);
      const fields = opened ? await this.toldOf(manager, caseFile, opened) : toldFields(holder.fields);
      const confidential = await this.confidentialOf(manager, caseFile, holder);
      const words = opened
        ? quoted(opened.words, opened.answers ?? {}, confidential)
        : [
            ...holder.said.flatMap(({ content }) => quoted(wordsOf(content), answersIn(content), confidential)),
            ...holder.notes,
          ];
      letters.push(
        letterFor(caseFile, holder, fact, { opened, words, fields, takeChargeBy: pages.takeChargeBy(caseFile.id) }),
      );
    }
    if (letters.length === 0) return undefined;
    const sheaf = await this.letters.prepare(manager, pages, letters);
    return async () => void (await sheaf.store());
  }

  /** Codes of the fields of a case that no letter tells: of its category now, and of those that it was in before. */
  private async confidentialOf(
    manager: EntityManager,
    { categoryId }: CaseFile,
    { fields }: Holder,
  ): Promise<ReadonlySet<string>> {
    const now = categoryId === null ? [] : await this.fields.definitions(manager, categoryId);
    const held = fields.map(({ definition }) => definition);
    return new Set([...now, ...held].filter(({ confidential }) => confidential === true).map(({ code }) => code));
  }

  /** What a case that is being opened holds in its fields: they are written after it, those of a form by who reads it later. */
  private async toldOf(manager: EntityManager, { categoryId }: CaseFile, opened: Said): Promise<readonly ToldField[]> {
    if (opened.fields) return opened.fields;
    return opened.answers && categoryId !== null ? this.fields.toldBy(manager, categoryId, opened.answers) : [];
  }
}

/** It waits for an office to accept it, or for a person to decide whose it is. */
const isGiven = (file: CaseFile | undefined): boolean =>
  file !== undefined &&
  ((file.state === 'assigned' && file.officeId !== null) || (file.state === 'triage' && file.assigneeId !== null));

/** Moved by the system after the head of its incident, of which whoever has it now is told by the head's own letter. */
const followsHead = ({ fact, actorKind }: WrittenFact, file: CaseFile | undefined): boolean =>
  (file?.incidentHead ?? null) !== null && actorKind === 'system' && (fact === 'assigned' || fact === 'reassigned');

async function holdersOf(manager: EntityManager, pages: LedgerPages, given: readonly WrittenFact[]): Promise<Holder[]> {
  const rows = given.map(({ caseId, actorKind, actorId }) => ({
    case_id: caseId,
    office_id: pages.caseFile(caseId)?.officeId ?? null,
    operator_id: pages.caseFile(caseId)?.assigneeId ?? null,
    by_operator: actorKind === 'operator' ? actorId : null,
    by_office: actorKind === 'office' ? actorId : null,
  }));
  const { rows: holders } = await prepared<Holder>(
    manager,
    `select g.case_id, coalesce(p.name, o.name) as name, coalesce(p.email, o.email) as email,
       coalesce(o.letters, true) as wants,
       (g.by_operator is not null and (g.by_operator = g.operator_id
          or exists (select from membership b where b.operator_id = g.by_operator and b.office_id = g.office_id)))
         or coalesce(g.by_office = g.office_id, false) as asked_by_member,
       (select coalesce(json_agg(m order by m.sent_at, m.seq), '[]') from (
          select content, sent_at, seq from message m
          where m.case_id = g.case_id and m.direction = 'in' and m.visibility <> 'internal' and m.automatic is null
            and m.evidence->'stranger' is null
          order by m.sent_at, m.seq limit ${MAX_MESSAGES}) m) as said,
       (select coalesce(json_agg(i.text order by i.created_at), '[]') from internal_note i
        where i.case_id = g.case_id and not exists (select from message m where m.case_id = i.case_id)) as notes,
       (select ${FIELDS} from (select g.case_id as id) c) as fields
     from json_to_recordset($1::json)
         g(case_id uuid, office_id uuid, operator_id uuid, by_operator uuid, by_office uuid)
       left join office o on o.id = g.office_id
       left join operator p on p.id = g.operator_id`,
    [JSON.stringify(rows)],
  );
  return holders;
}

function letterFor(
  file: CaseFile,
  holder: Holder,
  { fact, cause }: WrittenFact,
  {
    opened,
    words,
    fields,
    takeChargeBy,
  }: {
    readonly opened: Said | undefined;
    readonly words: readonly string[];
    readonly fields: readonly ToldField[];
    readonly takeChargeBy: Date | null;
  },
): Letter {
  const files = opened?.files ?? holder.said.flatMap(({ content }) => filesOf(content));
  const decides = file.state === 'triage';
  const why = decides
    ? `la pratica n. ${file.number} è stata rifiutata da ${file.refusals} uffici: tocca a te decidere chi risponde.`
    : fact === 'reopened'
      ? `la pratica n. ${file.number}, che era conclusa, è stata riaperta ed è di nuovo assegnata a voi.`
      : `vi è stata assegnata la pratica n. ${file.number}.`;
  return {
    administrationId: file.administrationId,
    to: file.assigneeId === null ? { office: file.officeId ?? '' } : { operator: file.assigneeId },
    caseId: file.id,
    kind: decides ? 'decision' : 'assignment',
    subject: `${decides ? 'Da decidere' : fact === 'reopened' ? 'Pratica riaperta' : 'Pratica assegnata'}: ${file.subject}`,
    text: [
      `${holder.name},`,
      why,
      ...(takeChargeBy && !decides ? [`Da prendere in carico entro: ${termOf(takeChargeBy)}.`] : []),
      '',
      ...matterLines({ ...file, words, files: files.length, fields }),
      '',
      decides
        ? 'Si decide dal programma di lavoro, nella pratica.'
        : 'Potete rispondere a questo messaggio: la risposta arriva a chi segue la pratica, non al cittadino, e vale come presa in carico.',
    ].join('\n'),
    files,
    actions: decides ? [] : FROM_LETTER,
    cause,
  };
}
