import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { followingHead } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Background } from '../background.js';
import { caseOf } from '../case/case-row.js';
import { Ledger } from '../case/ledger.js';
import { BusyDataSource } from '../data-source.js';
import { Backlog } from '../intake/backlog.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { isRefused } from '../refused.js';
import { JournalReader, readersPatience, type Read } from '../stream/journal-reader.js';

const CHANGES_HANDS: ReadonlySet<string> = new Set(['assigned', 'reassigned', 'taken_in_charge', 'members_attached']);

/** Has the cases of an incident go where their head goes, after it went: one office works on them, whoever it is. */
@Injectable()
export class Members implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly background: Background;

  constructor(
    @Inject(BusyDataSource) dataSource: BusyDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Relay) relay: Relay,
    @Inject(Backlog) backlog: Backlog,
    @Inject(LOG) private readonly log: Logger,
  ) {
    const reader = new JournalReader(dataSource, 'incident', (manager, read) => this.follow(manager, read));
    this.background = new Background(
      'the cases of incidents',
      async () => {
        const taken = await reader.step();
        if (taken > 0) relay.nudge();
        return taken;
      },
      log,
      readersPatience(backlog),
    );
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  private async follow(manager: EntityManager, { facts }: Read): Promise<void> {
    const moved = new Map(facts.flatMap(({ caseId, fact, id }) => (CHANGES_HANDS.has(fact) ? [[caseId, id]] : [])));
    if (moved.size === 0) return;
    const members: { id: string; head: string }[] = await manager.query(
      `select id, incident_head as head from case_file where incident_head = any($1::uuid[]) and ended_at is null`,
      [[...moved.keys()]],
    );
    if (members.length === 0) return;
    const pages = await this.ledger.open(
      manager,
      members.flatMap(({ id, head }) => [id, head]),
    );
    for (const { id, head } of members) {
      const [leading, member] = [pages.caseFile(head), pages.caseFile(id)];
      if (!leading || !member) continue;
      const commands = followingHead(caseOf(leading), caseOf(member));
      const cause = moved.get(head) ?? null;
      const changed = commands.length > 0 ? pages.apply({ caseId: id, cause, commands }) : member;
      if (isRefused(changed))
        this.log.warn({ case: id, head, problem: changed.refused }, 'a case does not follow the head of its incident');
    }
    await pages.write();
  }
}
