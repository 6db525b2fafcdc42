import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { AttentionChanged, AttentionView } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { Background } from '../background.js';
import { MachineDataSource } from '../data-source.js';
import { LOG } from '../log.js';
import { PRESENT } from './attentions.js';

/** A change, and a name of it that no other has: what is looked up for one listener does for all. */
export interface AttentionTold {
  readonly moment: string;
  readonly change: AttentionChanged;
}
type Hear = (told: AttentionTold) => void;

interface Followed {
  readonly hears: Set<Hear>;
  /** What was told last of each case that somebody has before them. */
  told: Map<string, AttentionTold>;
}
interface Row {
  readonly administration: string;
  readonly case: string;
  readonly present: AttentionView[];
  readonly citizenWrites: boolean;
}

/** What lapsed is kept no longer than so. */
const FORGET_EVERY_MS = 5_000;

/**
 * Tells who listens when somebody begins or ceases to have a case before them, or a citizen to write in it, whichever process they said it to, also when they
 * ceased without a word. Looked at a few times a second, once for all who listen here; nobody listens: not at all.
 */
@Injectable()
export class AttentionNews implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly followed = new Map<string, Followed>();
  private readonly background: Background;
  private forgotAt = 0;
  private changes = 0;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(LOG) log: Logger,
  ) {
    this.background = new Background('who has which case before them', () => this.step(), log);
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  /** Hears of an administration, first of every case that somebody has before them, until what is given back is called. */
  listen(administrationId: string, hear: Hear): () => void {
    const followed: Followed = this.followed.get(administrationId) ?? { hears: new Set(), told: new Map() };
    this.followed.set(administrationId, followed);
    followed.hears.add(hear);
    for (const told of followed.told.values()) hear(told);
    return () => {
      followed.hears.delete(hear);
      if (followed.hears.size === 0) this.followed.delete(administrationId);
    };
  }

  private async step(): Promise<number> {
    await this.forget();
    if (this.followed.size === 0) return 0;
    const rows: Row[] = await this.dataSource.query(
      `select administration, "case", coalesce(present, '[]'::json) as present, writes is not null as "citizenWrites"
       from (select a.administration_id as administration, a.case_id as "case", ${PRESENT} as present
           from case_attention a join operator o on o.id = a.operator_id
           where a.administration_id = any($1::uuid[]) and a.until > clock_timestamp() group by 1, 2) there
         full join (select w.administration_id as administration, w.case_id as "case", true as writes from citizen_attention w
           where w.administration_id = any($1::uuid[]) and w.until > clock_timestamp()) citizen using (administration, "case")`,
      [[...this.followed.keys()]],
    );
    for (const [administration, followed] of this.followed)
      this.tell(
        followed,
        rows.filter(row => row.administration === administration),
      );
    return 0;
  }

  private tell(followed: Followed, rows: readonly Row[]): void {
    const now = new Map<string, AttentionTold>();
    const news: AttentionTold[] = [];
    for (const { case: caseId, present, citizenWrites } of rows) {
      const before = followed.told.get(caseId);
      const same =
        before?.change.citizenWrites === citizenWrites &&
        JSON.stringify(before.change.present) === JSON.stringify(present);
      const told = same ? before : this.named({ case: caseId, present, citizenWrites });
      now.set(caseId, told);
      if (!same) news.push(told);
    }
    for (const caseId of followed.told.keys())
      if (!now.has(caseId)) news.push(this.named({ case: caseId, present: [], citizenWrites: false }));
    followed.told = now;
    for (const told of news) for (const hear of followed.hears) hear(told);
  }

  private named(change: AttentionChanged): AttentionTold {
    this.changes += 1;
    return { moment: `attention ${this.changes}`, change };
  }

  private async forget(): Promise<void> {
    if (performance.now() - this.forgotAt < FORGET_EVERY_MS) return;
    this.forgotAt = performance.now();
    await this.dataSource.query('delete from case_attention where until < clock_timestamp()');
    await this.dataSource.query('delete from citizen_attention where until < clock_timestamp()');
  }
}
