import { Inject, Injectable } from '@nestjs/common';
import type { RegisterChase } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { chaseInPerson, raisedByChase, type Command } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { isRefused, refused, type Refused } from '../refused.js';
import type { CaseRequest } from './case-request.js';
import { Ledger } from './ledger.js';
import { insertNote } from './notes.js';

/** Citizens who ask again by voice: counted as those who write are. */
@Injectable()
export class Chases {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /**
   * Registers that the citizen asked again, with what they said as a note of the id given. Counts once a day: the priority goes up
   * a step, and who holds the case is urged by letter.
   */
  async register(
    manager: EntityManager,
    { operator, caseId, cause }: CaseRequest,
    note: string,
    { text }: RegisterChase,
  ): Promise<object | Refused> {
    const pages = await this.ledger.open(manager, [caseId]);
    const file = pages.caseFile(caseId);
    if (file?.administrationId !== operator.administrationId) return refused('not-found', 'There is no such case.');
    const because = chaseInPerson(
      {
        state: file.state,
        dueAt: file.nextDueAt && instant(file.nextDueAt),
        chasedAt: file.chasedAt && instant(file.chasedAt),
      },
      instant(pages.now),
    );
    if (typeof because === 'object') return because;
    const by = { kind: 'operator', id: operator.id } as const;
    const commands: Command[] = [
      ...(text === undefined ? [] : [{ name: 'addNote', note, by } as const]),
      ...(because === 'counted_today'
        ? []
        : ([
            { name: 'chase', message: null, because, by },
            {
              name: 'changePriority',
              priority: raisedByChase(file.priority),
              reason: 'chase',
              by: { kind: 'system' },
            },
          ] as const)),
    ];
    if (commands.length === 0) return {};
    const said = { words: text === undefined ? [] : [text], files: [] };
    const changed = pages.apply({ caseId, commands, cause, heard: { message: note, said } });
    if (isRefused(changed)) return changed;
    await pages.write();
    const { administrationId, id: operatorId } = operator;
    if (text !== undefined)
      await insertNote(manager, { id: note, administrationId, caseId, operatorId, text, createdAt: pages.now });
    return changed;
  }
}
