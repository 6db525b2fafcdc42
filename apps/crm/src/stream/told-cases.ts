import { Inject, Injectable } from '@nestjs/common';
import { seesCase, type Sight } from '@filodiretto/domain';
import { MachineDataSource } from '../data-source.js';
import { SEEN_COLUMNS, type SeenRow } from '../permission/seen.js';
import { Sights } from '../permission/sights.js';

/** What was looked up of a case, or of a person, is known for so long. */
const FRESH_MS = 2_000;
/** Cases kept in mind at most. */
const KEPT = 2_000;

interface Looked<T> {
  readonly at: number;
  readonly found: Promise<T>;
}

/** Who is told of which case on the stream: whoever sees it at that moment. A case is looked up once for all who listen. */
@Injectable()
export class ToldCases {
  private readonly cases = new Map<string, Looked<SeenRow | undefined>>();

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Sights) private readonly sights: Sights,
  ) {}

  /**
   * Gives what says whether somebody may be told of a case, or of none in particular, by the role and the offices that they
   * have now, not when they began to listen. `moment`: of what happened to it, so that nothing of before is taken for what
   * holds after.
   */
  listener(operatorId: string): (about?: { readonly caseId: string; readonly moment: string }) => Promise<boolean> {
    let own: Looked<Sight | undefined> | undefined;
    return async about => {
      own = fresh(own) ?? { at: performance.now(), found: this.sights.reading(operatorId) };
      // What failed is asked again by the next.
      own.found.catch(() => (own = undefined));
      const [sight, one] = await Promise.all([own.found, about && this.look(about.caseId, about.moment)]);
      if (sight === undefined) return false;
      return about === undefined || (one !== undefined && seesCase(sight, one));
    };
  }

  private look(caseId: string, moment: string): Promise<SeenRow | undefined> {
    const key = `${caseId} ${moment}`;
    const known = fresh(this.cases.get(key));
    if (known) return known.found;
    const found = this.dataSource
      .query<SeenRow[]>(`select ${SEEN_COLUMNS} from case_file c where c.id = $1`, [caseId])
      .then(rows => rows[0]);
    // What failed is asked again by the next.
    found.catch(() => this.cases.delete(key));
    this.cases.delete(key);
    this.cases.set(key, { at: performance.now(), found });
    for (const old of this.cases.keys()) {
      if (this.cases.size <= KEPT) break;
      this.cases.delete(old);
    }
    return found;
  }
}

const fresh = <T>(looked: Looked<T> | undefined): Looked<T> | undefined =>
  looked && performance.now() - looked.at <= FRESH_MS ? looked : undefined;
