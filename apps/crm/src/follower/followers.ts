import { Inject, Injectable } from '@nestjs/common';
import type { FollowerList } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { beyondSight } from '../isolation/acting.js';
import type { Asking } from '../http/operator.js';
import { Trail } from '../trail/trail.js';

/** Who wants to know how a case goes on. It changes nothing of the case: no fact of it. */
@Injectable()
export class Followers {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  /** Begins, or stops, to follow a case. `undefined` when the administration has none of this id. */
  async follow({ id, administrationId }: Asking, caseId: string, follows: boolean): Promise<FollowerList | undefined> {
    const known = await beyondSight('who stops following may lose the case by it', () =>
      this.dataSource.transaction(async manager => {
        // Whoever follows is written into the row of the case too: locked first, as by whoever changes the case.
        const rows: unknown[] = await manager.query(
          'select from case_file where administration_id = $1 and id = $2 for no key update',
          [administrationId, caseId],
        );
        if (rows.length === 0) return false;
        await (follows
          ? manager.query(
              'insert into case_follower (operator_id, case_id, since) values ($1, $2, $3) on conflict do nothing',
              [id, caseId, this.clock.now()],
            )
          : manager.query('delete from case_follower where operator_id = $1 and case_id = $2', [id, caseId]));
        await this.trail.changed(manager, {});
        return true;
      }),
    );
    if (!known) return undefined;
    return {
      items: await this.dataSource.query(
        `select o.id, o.name from case_follower f join operator o on o.id = f.operator_id
         where f.case_id = $1 order by o.name, o.id`,
        [caseId],
      ),
    };
  }
}
