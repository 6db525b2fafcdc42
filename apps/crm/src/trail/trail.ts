import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { storable } from '../storable.js';
import { wordsDigest } from './seal.js';

/** What somebody does to what, by one operation of the API. */
export interface Act {
  /** Whoever does it: somebody who works here, a contact, an office; a body outside by the letter it had. */
  readonly operator: Pick<Asking, 'id' | 'administrationId'>;
  /** Absent: somebody who works here. `nobody`: it is not known who; the id is the administration's. */
  readonly actorKind?: 'operator' | 'contact' | 'office' | 'outside' | 'nobody';
  /** Its name in the description of the API. */
  readonly operation: string;
  readonly act: 'looked' | 'searched' | 'exported' | 'changed' | 'refused';
  readonly subjectKind: string;
  readonly subjectId?: string | undefined;
  /** The case it belongs to, where the subject alone does not say. */
  readonly caseId?: string;
  /** Names of what was said or asked for, never the values. */
  readonly fields: readonly string[];
  readonly words?: string | undefined;
  /** Why it was refused, and how often since the entry before. */
  readonly because?: string;
  readonly times?: number;
}

interface Asked extends Act {
  /** What is written in the transaction of the change is not written again after it. */
  written: boolean;
}

const asked = new AsyncLocalStorage<Asked>();

/** What somebody looks for by a filter: words, a number, what a field holds; `undefined`: nothing of the kind. */
export function wordsSought({ text, number, fieldValue }: Readonly<Record<string, unknown>>): string | undefined {
  const words = [text, number, fieldValue].filter((one): one is string => typeof one === 'string').join(' ');
  return words === '' ? undefined : storable(words);
}

/** Subjects that belong to a case, and how it is found. */
const CASE_OF: Readonly<Record<string, string>> = {
  cases:
    '(select $7::uuid where not exists (select from case_file c where c.id = $7::uuid and c.administration_id <> $2))',
  messages: '(select m.case_id from message m where m.id = $7::uuid and m.administration_id = $2)',
  attachments:
    '(select m.case_id from attachment a join message m on m.id = a.message_id where a.id = $7::uuid and m.administration_id = $2)',
  tasks: '(select t.case_id from task t where t.id = $7::uuid and t.administration_id = $2)',
};

/** Who looked at what, searched, took away, changed. Entries are only ever added; a seal follows within a second or so. */
@Injectable()
export class Trail {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Runs a request as an act: what it changes in a unit of work is written in the same transaction. */
  during<T>(act: Act, work: () => T): T {
    return asked.run({ ...act, written: false }, work);
  }

  /**
   * Writes the act of the request at hand in the transaction of its change; nothing outside of a request, nor after one that was
   * committed. `made`: what it made, if it is new.
   */
  async changed(manager: EntityManager, made: object): Promise<void> {
    const act = asked.getStore();
    if (!act || act.written) return;
    await this.write(manager, {
      ...act,
      subjectId: act.subjectId ?? ('id' in made && typeof made.id === 'string' ? made.id : undefined),
    });
  }

  /** What was written is committed: whatever else the request changes is of the same act. */
  committed(): void {
    const act = asked.getStore();
    if (act) act.written = true;
  }

  async write(manager: EntityManager | undefined, act: Act): Promise<void> {
    const id = newId();
    const salt = randomBytes(16);
    const values = [
      id,
      act.operator.administrationId,
      this.clock.now(),
      act.operator.id,
      act.act,
      act.operation,
      act.subjectId ?? null,
      act.subjectKind,
      [...act.fields],
      act.words === undefined ? null : wordsDigest(salt, act.words),
      act.caseId ?? null,
      act.because ?? null,
      act.times ?? null,
    ];
    const entry = `insert into trail_entry (id, administration_id, at, actor_kind, actor_id, act, operation, subject_id, subject_kind,
        case_id, fields, words_digest, because, times)
      values ($1, $2, $3, '${act.actorKind ?? 'operator'}', $4, $5, $6, $7, $8,
        coalesce($11::uuid, ${CASE_OF[act.subjectKind] ?? 'null'}), $9, $10, $12, $13)`;
    await (manager ?? this.dataSource).query(
      act.words === undefined
        ? entry
        : `with entry as (${entry} returning id) insert into searched_words (entry_id, salt, words) select id, $14, $15 from entry`,
      act.words === undefined ? values : [...values, salt, act.words],
    );
  }
}
