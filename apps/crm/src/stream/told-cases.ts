import { Inject, Injectable } from '@nestjs/common';
import { seesCase, type Sight } from '@filodiretto/domain';
import { MachineDataSource } from '../data-source.js';
import { Fresh } from '../fresh.js';
import { SEEN_COLUMNS, type SeenRow } from '../permission/seen.js';
import { Sights } from '../permission/sights.js';

/** What was looked up of a case, or of a person, is known for so long. */
const FRESH_MS = 2_000;
/** Characters of an id. */
const UUID = 36;
/** Who is told of which case on the stream: whoever sees it at that moment. A case is looked up once for all who listen. */
@Injectable()
export class ToldCases {
  private readonly cases: Fresh<SeenRow | undefined>;
  private readonly people: Fresh<Sight | undefined>;

  constructor(@Inject(MachineDataSource) dataSource: MachineDataSource, @Inject(Sights) sights: Sights) {
    this.people = new Fresh(FRESH_MS, operatorId => sights.reading(operatorId));
    this.cases = new Fresh(FRESH_MS, async key => {
      const rows: SeenRow[] = await dataSource.query(`select ${SEEN_COLUMNS} from case_file c where c.id = $1`, [
        key.slice(0, UUID),
      ]);
      return rows[0];
    });
  }

  /**
   * Gives what says whether somebody may be told of a case, or of none in particular, by the role and the offices that they
   * have now, not when they began to listen. `moment`: of what happened to it, so that nothing of before is taken for what
   * holds after.
   */
  listener(operatorId: string): (about?: { readonly caseId: string; readonly moment: string }) => Promise<boolean> {
    return async about => {
      const [sight, one] = await Promise.all([
        this.people.get(operatorId),
        about && this.cases.get(`${about.caseId} ${about.moment}`),
      ]);
      if (sight === undefined) return false;
      return about === undefined || (one !== undefined && seesCase(sight, one));
    };
  }
}
