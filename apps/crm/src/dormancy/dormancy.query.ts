import { Inject, Injectable } from '@nestjs/common';
import type { DormancyView } from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts/model';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { Monitoring } from '../privacy/monitoring.js';
import { seenWith } from '../permission/seen.js';

interface Row {
  readonly operators: readonly {
    readonly id: string;
    readonly name: string;
    readonly office: string;
    readonly officeName: string;
    readonly seen: string | null;
    readonly since: string;
  }[];
  readonly offices: readonly {
    readonly id: string;
    readonly name: string;
    readonly acted: string | null;
    readonly since: string;
    readonly openCases: number;
  }[];
}

/** Who never comes, in one statement. */
@Injectable()
export class DormancyQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Monitoring) private readonly monitoring: Monitoring,
  ) {}

  async all({ administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>): Promise<DormancyView> {
    const authorized = await this.monitoring.isAuthorized(administrationId, 'figures');
    const parameters: unknown[] = [administrationId, ENDED_STATES];
    const [row]: Row[] = await this.dataSource.query(
      `select (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'office', o.id, 'officeName', o.name,
           'seen', p.last_seen_at, 'since', p.dormant_since) order by p.dormant_since, p.name), '[]')
         from operator p join office o on o.id = p.office_id
         where p.administration_id = $1 and p.active and p.dormant_since is not null) as operators,
       (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'acted', o.last_acted_at, 'since', o.dormant_since,
           'openCases', (select count(*) from case_file c where c.office_id = o.id and c.state <> all($2)
             and ${seenWith(sight, parameters)}))
           order by o.dormant_since, o.name), '[]')
         from office o where o.administration_id = $1 and o.active and o.dormant_since is not null) as offices`,
      parameters,
    );
    return {
      operatorsWithheld: !authorized,
      operators: (authorized ? (row?.operators ?? []) : []).map(one => ({
        operator: { id: one.id, name: one.name },
        office: { id: one.office, name: one.officeName },
        since: at(one.since),
        ...present({ lastSeenAt: atOrNull(one.seen) }),
      })),
      offices: (row?.offices ?? []).map(one => ({
        office: { id: one.id, name: one.name },
        since: at(one.since),
        openCases: one.openCases,
        ...present({ lastActedAt: atOrNull(one.acted) }),
      })),
    };
  }
}
