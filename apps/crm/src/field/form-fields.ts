import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { filledBy } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Background } from '../background.js';
import { Ledger } from '../case/ledger.js';
import { BusyDataSource } from '../data-source.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { isRefused } from '../refused.js';
import { JournalReader, type Read } from '../stream/journal-reader.js';
import { Fields } from './fields.js';

interface Said {
  readonly id: string;
  readonly case_id: string;
  readonly category_id: string;
  readonly answers: Readonly<Record<string, unknown>>;
}

/**
 * Fills the fields of a case from the form that opened it: a field of the form whose name is the code of a field is that field.
 * What the form says otherwise than the field allows is left for people to read in the message. A value given before stays.
 */
@Injectable()
export class FormFields implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly background: Background;

  constructor(
    @Inject(BusyDataSource) dataSource: BusyDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Fields) private readonly fields: Fields,
    @Inject(Relay) relay: Relay,
    @Inject(LOG) private readonly log: Logger,
  ) {
    const reader = new JournalReader(dataSource, 'field', (manager, read) => this.read(manager, read));
    this.background = new Background(
      'the fields of cases',
      async () => {
        const taken = await reader.step();
        if (taken > 0) relay.nudge();
        return taken;
      },
      log,
    );
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  private async read(manager: EntityManager, { messageIds }: Read): Promise<void> {
    if (messageIds.length === 0) return;
    const forms: Said[] = await manager.query(
      `select m.id, m.case_id, c.category_id, p.part->'fields' as answers
       from message m join case_file c on c.id = m.case_id
       cross join lateral jsonb_array_elements(m.content) p(part)
       where m.id = any($1::uuid[]) and m.direction = 'in' and m.author = 'contact' and m.content @> '[{"type":"form"}]'
         and p.part->>'type' = 'form' and c.category_id is not null and c.ended_at is null
       order by m.sent_at, m.seq`,
      [messageIds],
    );
    for (const said of forms) await this.fill(manager, said);
  }

  private async fill(
    manager: EntityManager,
    { id, case_id: caseId, category_id: category, answers }: Said,
  ): Promise<void> {
    const definitions = await this.fields.definitions(manager, category);
    const held: { code: string }[] = await manager.query('select code from case_field where case_id = $1', [caseId]);
    const free = definitions.filter(field => !held.some(({ code }) => code === field.code));
    const values = filledBy(free, answers);
    const change = await this.fields.change(manager, { caseId, category, values });
    if (isRefused(change) || !change.command) return;
    const changed = await this.ledger.execute(manager, {
      caseId,
      cause: id,
      commands: [{ ...change.command, by: { kind: 'system' } }],
    });
    if (isRefused(changed)) {
      this.log.warn({ case: caseId, problem: changed.refused }, 'a case does not take what its form says');
      return;
    }
    await change.write();
  }
}
