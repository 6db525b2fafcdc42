import { Inject, Injectable } from '@nestjs/common';
import type { OpenCaseByHand } from '@filodiretto/contracts';
import { caseNumber, type Command } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { ContactBook } from '../contact/contacts.js';
import { Fields } from '../field/fields.js';
import type { Asking } from '../http/operator.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { notOurs } from './belonging.js';
import type { CaseFile } from './case-file.entity.js';
import { CaseNumbers, yearOf } from './case-numbers.js';
import { Ledger } from './ledger.js';
import { insertNote } from './notes.js';

/** Cases opened by hand: at the desk, by telephone. */
@Injectable()
export class Opening {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(CaseNumbers) private readonly numbers: CaseNumbers,
    @Inject(Fields) private readonly fields: Fields,
  ) {}

  /** Opens a case in the caller's transaction, or refuses. What was said becomes its first note. */
  async open(
    manager: EntityManager,
    operator: Asking,
    id: string,
    asked: OpenCaseByHand,
    cause: string,
  ): Promise<CaseFile | Refused> {
    const { office, assignee, category, contact, followUpOf } = asked;
    const taken: unknown[] = await manager.query('select from case_file where id = $1', [id]);
    if (taken.length > 0) return refused('idempotency-mismatch', 'This id is already that of something else.');
    const no = await notOurs(manager, operator, { office, assignee, category, contact, followUpOf });
    if (no) return no;
    const usual = await this.usual(manager, category);
    const now = new Date();
    const year = yearOf(now);
    const [counter] = await this.numbers.take(manager, operator.administrationId, year, 1);
    if (counter === undefined) throw new Error('no counter of cases was given');
    const by = { kind: 'operator', id: operator.id } as const;
    const commands: Command[] = [
      {
        name: 'open',
        by,
        id,
        administration: operator.administrationId,
        number: caseNumber(year, counter),
        kind: asked.kind ?? usual?.kind ?? 'information',
        priority: asked.priority ?? 'normal',
        category: category ?? null,
        contact: contact ?? (await this.contactOf(manager, operator, asked.newContact, now, cause)),
        followUpOf: followUpOf ?? null,
        office: office ?? usual?.office_id ?? operator.officeId,
        assignee: assignee ?? null,
        why: office ? null : usual?.office_id ? `category:${usual.code}` : 'operator',
      },
    ];
    const note = v7();
    if (asked.text !== undefined) commands.push({ name: 'addNote', note, by });
    const fields = await this.fields.change(manager, {
      caseId: id,
      category: category ?? null,
      values: asked.fields ?? {},
      opening: true,
    });
    if (isRefused(fields)) return fields;
    if (fields.command) commands.push({ ...fields.command, by });
    const opened = await this.ledger.execute(manager, {
      caseId: id,
      commands,
      cause,
      opening: {
        subject: asked.subject,
        channel: null,
        account: null,
        trackingHash: null,
        said: { words: [asked.text ?? ''], files: [], fields: fields.told },
      },
    });
    if (isRefused(opened)) return opened;
    // Whoever opened it knows of it, whichever office it went to.
    await manager.query('select acquaint($1, $2)', [id, operator.id]);
    await fields.write();
    if (asked.text === undefined) return opened;
    await insertNote(manager, {
      id: note,
      administrationId: operator.administrationId,
      caseId: id,
      operatorId: operator.id,
      text: asked.text,
      createdAt: opened.updatedAt,
    });
    return opened;
  }

  /** What the cases of a category usually are. */
  private async usual(
    manager: EntityManager,
    category: string | undefined,
  ): Promise<{ code: string; kind: OpenCaseByHand['kind']; office_id: string | null } | undefined> {
    if (category === undefined) return undefined;
    const rows: { code: string; kind: OpenCaseByHand['kind']; office_id: string | null }[] = await manager.query(
      'select code, kind, office_id from category where id = $1',
      [category],
    );
    return rows[0];
  }

  /** The contact that a person at the desk turns out to be: known by an address of theirs, or new. */
  private async contactOf(
    manager: EntityManager,
    { administrationId }: Asking,
    person: OpenCaseByHand['newContact'],
    at: Date,
    cause: string,
  ): Promise<string | null> {
    if (!person) return null;
    const [first, ...others] = person.addresses ?? [];
    if (!first) {
      if (person.name === undefined) return null;
      const id = v7();
      await manager.query('insert into contact (id, administration_id, name, created_at) values ($1, $2, $3, $4)', [
        id,
        administrationId,
        person.name,
        at,
      ]);
      return id;
    }
    // What a person says of themselves proves nothing: their addresses are kept, and join nobody to anybody.
    const named = [first, ...others].map(({ kind, value }) => ({
      administrationId,
      at,
      cause,
      address: {
        kind,
        value,
        verified: false,
        ...(person.name === undefined ? {} : { displayName: person.name }),
      },
    }));
    const book = await ContactBook.read(manager, named);
    const [contact] = named.map(one => book.contactOf(one));
    await book.write();
    return contact ?? null;
  }
}
