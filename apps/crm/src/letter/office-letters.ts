import { Inject, Injectable } from '@nestjs/common';
import type { MediaPart } from '@filodiretto/contracts';
import { seesCase, type Actor, type Command, type LetterTrouble, type SeenCase } from '@filodiretto/domain';
import { Metrics, newId, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import type { ActionName } from '../action/action.js';
import { insertAll, updateAll } from '../bulk.js';
import { rowOf } from '../case/case-row.js';
import { Ledger, type LedgerPages } from '../case/ledger.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import { MachineDataSource } from '../data-source.js';
import { LOG } from '../log.js';
import { insertMessages, type NewMessage } from '../message/message-rows.js';
import { isRefused } from '../refused.js';
import { storable } from '../storable.js';
import { Envelopes, type Envelope } from './envelopes.js';
import type { LetterRow } from './letter.entity.js';
import type { CaseFile } from '../case/case-file.entity.js';
import { Sights } from '../permission/sights.js';

/** For whom a letter is: an office or an operator of ours, or a body outside by its e-mail address. */
type LetterTo =
  { readonly office: string } | { readonly operator: string } | { readonly address: string; readonly name: string };

/** What is written to somebody of the administration, or to a body outside; never to the citizen. */
export interface Letter {
  readonly administrationId: string;
  readonly to: LetterTo;
  /** The case it is about: it appears there as an internal message, and so does its answer. */
  readonly caseId?: string | null;
  readonly taskId?: string | null;
  /** What it is for, in one word of ours: `assignment`, `reminder` … */
  readonly kind: string;
  /** Italian. The number of the case is added. */
  readonly subject: string;
  /** Italian, plain. */
  readonly text: string;
  /** Enclosed as far as the channel carries them. */
  readonly files?: readonly MediaPart[];
  /** What may be done from it, each by a link of its own; of a letter about a case only. */
  readonly actions?: readonly ActionName[];
  /** The event or request that causes it. */
  readonly cause: string | null;
}

/** A letter that was written: its message, or null while it waits because nothing can carry it. */
export interface Written {
  readonly letter: string;
  readonly message: string | null;
}

const SYSTEM: Actor = { kind: 'system' };
const WAITING_AT_ONCE = 50;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Letters to offices, operators and bodies outside, in the caller's transaction: the letter, its internal message, the fact
 * in the journal of its case and the order to whichever channel reaches the address. A letter that nothing can carry is kept,
 * said in the journal, and tried again until it leaves: none is lost silently.
 */
@Injectable()
export class OfficeLetters {
  private readonly delayed;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Envelopes) private readonly envelopes: Envelopes,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.delayed = metrics.counter('letters_delayed_total', 'Letters to offices that could not leave at once', [
      'because',
    ]);
  }

  /**
   * Writes one letter. The case, when it has one, gets a fact more: whoever has a version of it in hand reads it again.
   * Throws when the case or the recipient does not belong to the administration.
   */
  async write(manager: EntityManager, letter: Letter): Promise<Written> {
    const pages = await this.ledger.open(manager, letter.caseId ? [letter.caseId] : []);
    const sheaf = await this.prepare(manager, pages, [letter]);
    await pages.write();
    const [written] = await sheaf.store();
    if (!written) throw new Error('a letter was written and is not there');
    return written;
  }

  /** Prepares letters on pages that are open: the caller writes the pages, then stores the sheaf. */
  async prepare(manager: EntityManager, pages: LedgerPages, letters: readonly Letter[]): Promise<Sheaf> {
    return this.fill(manager, pages, letters.map(rowOfLetter), true);
  }

  /** Tries again the letters that wait. Gives how many left. */
  async writeWaiting(): Promise<number> {
    return this.dataSource.transaction(async manager => {
      const found: Record<string, unknown>[] = await manager.query(
        `select * from letter where state = 'waiting' and next_try_at <= now()
         order by next_try_at limit ${WAITING_AT_ONCE} for update skip locked`,
      );
      const rows = found.map(row => rowOf(row) as unknown as LetterRow);
      if (rows.length === 0) return 0;
      const pages = await this.ledger.open(
        manager,
        rows.flatMap(row => row.caseId ?? []),
      );
      const sheaf = await this.fill(manager, pages, rows, false);
      await pages.write();
      return (await sheaf.store()).filter(one => one.message !== null).length;
    });
  }

  private async fill(
    manager: EntityManager,
    pages: LedgerPages,
    letters: readonly LetterRow[],
    areNew: boolean,
  ): Promise<Sheaf> {
    const rows: LetterRow[] = [];
    for (const letter of letters) rows.push((await this.mayKnow(letter, pages)) ? letter : silenced(letter, pages));
    const envelopes = await this.envelopes.address(manager, rows, id => pages.caseFile(id));
    const sheaf = new Sheaf(manager, areNew);
    for (const letter of rows) {
      const envelope = envelopes.get(letter.id);
      if (!envelope) throw new Error(`letter ${letter.id} was not addressed`);
      const row = { ...letter, officeId: envelope.officeId };
      if (row.caseId && pages.caseFile(row.caseId)?.administrationId !== row.administrationId)
        throw new Error(`there is no case ${row.caseId} to write a letter about`);
      if (envelope.kind === 'delayed') this.delay(pages, sheaf, row, envelope);
      else this.queue(pages, sheaf, row, envelope);
    }
    return sheaf;
  }

  /** Whether who gets a letter may know of the case it is about: nothing of a confidential one goes where nobody may. */
  private async mayKnow({ caseId, officeId, operatorId }: LetterRow, pages: LedgerPages): Promise<boolean> {
    const file = caseId === null ? undefined : pages.caseFile(caseId);
    if (!file || file.confidentiality === null) return true;
    if (operatorId !== null) {
      if (operatorId === file.assigneeId) return true;
      const sight = await this.sights.now(operatorId);
      return sight !== undefined && seesCase(sight, seenFile(file));
    }
    // A body outside was asked by name.
    return officeId === null || officeId === file.officeId || file.asked.includes(officeId);
  }

  private queue(
    pages: LedgerPages,
    sheaf: Sheaf,
    row: LetterRow,
    envelope: Extract<Envelope, { kind: 'ready' }>,
  ): void {
    const { message, announcement, conversation, isNew } = envelope;
    sheaf.add(
      {
        ...row,
        state: 'queued',
        trouble: null,
        nextTryAt: null,
        conversationId: conversation.id,
        sentTo: message.address.value,
      },
      message,
      { conversation, isNew },
    );
    pages.announce({ ...announcement, cause: row.cause });
    this.tell(pages, row, {
      name: 'letterQueued',
      letter: row.id,
      message: message.id,
      kind: row.kind,
      office: row.officeId,
      operator: row.operatorId,
      task: row.taskId,
      by: SYSTEM,
    });
  }

  private delay(pages: LedgerPages, sheaf: Sheaf, row: LetterRow, { because, detail }: Delayed): void {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** row.tries, LONGEST_WAIT_MS);
    sheaf.add({
      ...row,
      state: 'waiting',
      trouble: detail,
      tries: row.tries + 1,
      nextTryAt: new Date(Date.now() + wait),
    });
    if (row.tries > 0) return;
    this.delayed.inc({ because });
    this.log.warn({ letter: row.id, kind: row.kind, because, detail }, 'a letter to an office cannot leave: it waits');
    this.tell(pages, row, {
      name: 'letterDelayed',
      letter: row.id,
      kind: row.kind,
      office: row.officeId,
      operator: row.operatorId,
      task: row.taskId,
      because,
      by: SYSTEM,
    });
  }

  private tell(pages: LedgerPages, { caseId, cause }: LetterRow, command: Command): void {
    if (!caseId) return;
    const result = pages.apply({ caseId, commands: [command], cause });
    if (isRefused(result)) throw new Error(`the case refused a letter: ${result.detail}`);
  }
}

type Delayed = { readonly because: LetterTrouble; readonly detail: string };

/** Letters whose facts are on the pages already: their rows follow once the pages are written. */
export class Sheaf {
  private readonly letters: LetterRow[] = [];
  private readonly messages: NewMessage[] = [];
  private readonly begun = new Map<string, Conversation>();
  private readonly grown = new Map<string, Conversation>();

  constructor(
    private readonly manager: EntityManager,
    private readonly areNew: boolean,
  ) {}

  add(
    letter: LetterRow,
    message?: NewMessage,
    thread?: { readonly conversation: Conversation; readonly isNew: boolean },
  ): void {
    this.letters.push(letter);
    if (message) this.messages.push(message);
    if (thread) (thread.isNew ? this.begun : this.grown).set(thread.conversation.id, thread.conversation);
  }

  /** Writes them, in the order given. */
  async store(): Promise<Written[]> {
    await insertAll(this.manager, 'conversation', [...this.begun.values()]);
    await updateAll(
      this.manager,
      'conversation',
      [...this.grown.values()].map(({ id, lastSeq }) => ({ id, lastSeq })),
    );
    if (this.areNew) await insertAll(this.manager, 'letter', this.letters);
    else
      await updateAll(
        this.manager,
        'letter',
        this.letters.map(({ id, state, trouble, tries, nextTryAt, conversationId, sentTo }) => ({
          id,
          state,
          trouble,
          tries,
          nextTryAt,
          conversationId,
          sentTo,
        })),
      );
    await insertMessages(this.manager, this.messages);
    return this.letters.map(({ id }) => ({
      letter: id,
      message: this.messages.find(message => message.letterId === id)?.id ?? null,
    }));
  }
}

const rowOfLetter = ({
  actions,
  administrationId,
  to,
  caseId,
  taskId,
  kind,
  subject,
  text,
  files,
  cause,
}: Letter): LetterRow => ({
  id: newId(),
  administrationId,
  kind,
  caseId: caseId ?? null,
  taskId: taskId ?? null,
  officeId: 'office' in to ? to.office : null,
  operatorId: 'operator' in to ? to.operator : null,
  address: 'address' in to ? to.address.trim().toLowerCase() : null,
  name: 'address' in to ? to.name : null,
  subject: storable(subject),
  text: storable(text),
  files: [...(files ?? [])],
  actions: [...(actions ?? [])],
  state: 'waiting',
  trouble: null,
  tries: 0,
  nextTryAt: new Date(),
  conversationId: null,
  sentTo: null,
  cause,
  createdAt: new Date(),
});

/** A case as the rule of who sees it looks at it; following does not count for what is confidential. */
const seenFile = (file: CaseFile): SeenCase => ({
  id: file.id,
  office: file.officeId,
  asked: file.asked,
  concerned: file.concerned,
  acquainted: [],
  assignee: file.assigneeId,
  confidentiality: file.confidentiality,
});

/** A letter that says only that there is something to be read by who may. */
const silenced = (letter: LetterRow, pages: LedgerPages): LetterRow => ({
  ...letter,
  subject: 'Pratica riservata',
  text: `La pratica ${pages.caseFile(letter.caseId ?? '')?.number ?? ''} è riservata: chi può conoscerla la legge nel sistema.`,
  files: [],
  actions: [],
});
