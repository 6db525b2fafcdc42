import { Inject, Injectable } from '@nestjs/common';
import type { ListMentions, MentionPage, MentionView } from '@filodiretto/contracts';
import { mentionsOf, seesCase } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import type { CaseRequest } from '../case/case-request.js';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { OfficeLetters } from '../letter/office-letters.js';
import { SEEN_COLUMNS, seenWith, type SeenRow } from '../permission/seen.js';
import { Sights } from '../permission/sights.js';

interface MentionRow extends Cursor {
  readonly case: MentionView['case'];
  readonly note: string;
  readonly by: MentionView['by'];
  readonly text: string;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

/** Operators named in notes: they find it in their list, hear of it on the stream, and get a letter. */
@Injectable()
export class Mentions {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The operators of the administration that a note names, but who writes it. A code of nobody is only a word. */
  async named(
    manager: EntityManager,
    { id, administrationId }: Asking,
    { text, caseId }: { readonly text: string; readonly caseId: string },
  ): Promise<string[]> {
    const codes = mentionsOf(text);
    if (codes.length === 0) return [];
    const rows: { id: string }[] = await manager.query(
      `select id from operator where administration_id = $1 and active and lower(code) = any($2::text[]) and id <> $3
       order by id`,
      [administrationId, codes, id],
    );
    const [one]: SeenRow[] = await manager.query(
      `select ${SEEN_COLUMNS} from case_file c where c.id = $1 and c.confidentiality is not null`,
      [caseId],
    );
    if (!one) return rows.map(row => row.id);
    // Of a confidential case nobody hears by being named in it.
    const told: string[] = [];
    for (const { id: operator } of rows) {
      const sight = await this.sights.now(operator);
      if (sight && seesCase(sight, one)) told.push(operator);
    }
    return told;
  }

  /** Tells the operators that a note names them; they follow the case from then on. */
  async tell(
    manager: EntityManager,
    { operator, caseId, cause }: CaseRequest,
    { note, text, number }: { readonly note: string; readonly text: string; readonly number: string },
    operators: readonly string[],
  ): Promise<void> {
    const now = this.clock.now();
    await insertAll(
      manager,
      'mention',
      operators.map(operatorId => ({
        id: v7(),
        administrationId: operator.administrationId,
        operatorId,
        noteId: note,
        byOperator: operator.id,
        createdAt: now,
      })),
    );
    await insertAll(
      manager,
      'case_follower',
      operators.map(operatorId => ({ operatorId, caseId, since: now })),
      { ifAbsent: 'operator_id, case_id' },
    );
    for (const mentioned of operators)
      await this.letters.write(manager, {
        administrationId: operator.administrationId,
        to: { operator: mentioned },
        caseId,
        kind: 'mention',
        subject: 'Una nota ti riguarda',
        text: `In una nota interna della pratica ${number} è scritto:\n\n${text}`,
        cause,
      });
  }

  /** The mentions of who asks, the newest first. */
  async list({ id, administrationId, sight }: Asking, filter: ListMentions): Promise<MentionPage> {
    const cursor = cursorOf(filter.after);
    const parameters: unknown[] = [administrationId, id, cursor?.at ?? null, cursor?.id ?? null];
    const limit = limitOf(filter);
    const rows: MentionRow[] = await this.dataSource.query(
      `select m.id, ${cursorAt('m.created_at')} as at, m.note_id as note, n.text, m.created_at, m.read_at,
         json_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'state', c.state) as case,
         json_build_object('id', b.id, 'name', b.name) as by
       from mention m join internal_note n on n.id = m.note_id join case_file c on c.id = n.case_id
         join operator b on b.id = m.by_operator
       where m.administration_id = $1 and m.operator_id = $2 and ${seenWith(sight, parameters)}
         and ($3::timestamptz is null or (m.created_at, m.id) < ($3::timestamptz, $4::uuid))
       order by m.created_at desc, m.id desc limit ${limit + 1}`,
      parameters,
    );
    return pageOf(rows, limit, row => ({
      id: row.id,
      case: row.case,
      note: row.note,
      by: row.by,
      text: row.text,
      createdAt: at(row.created_at),
      ...present({ readAt: atOrNull(row.read_at) }),
    }));
  }

  /** Marks a mention of who asks as read. Resolves to whether there is one. */
  async read({ id, administrationId }: Asking, mention: string): Promise<boolean> {
    const [rows]: [unknown[], number] = await this.dataSource.query(
      `update mention set read_at = coalesce(read_at, $4) where administration_id = $1 and operator_id = $2 and id = $3 returning id`,
      [administrationId, id, mention, this.clock.now()],
    );
    return rows.length > 0;
  }
}
