import { Inject, Injectable } from '@nestjs/common';
import type { AttentionList, AttentionView } from '@filodiretto/contracts';
import type { Doing } from '@filodiretto/contracts/model';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';

/** For how long somebody counts as there after they last said so. */
export const LEASE_SECONDS = 15;

/** For how long a citizen counts as writing after their channel last said so. */
const WRITES_SECONDS = 3;

/** JSON of those who have a case before them, of rows `a` with their operator `o`. */
export const PRESENT = `json_agg(json_build_object('operator', json_build_object('id', o.id, 'name', o.name), 'doing', a.doing,
  'since', to_char(a.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by a.since, o.id)`;

/**
 * Who has which case before them. It is of the moment alone: no fact of the case, no entry of the trail, nothing once it lapsed. Only
 * the clock of the database counts.
 */
@Injectable()
export class Attentions {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Says, or says again, that an operator has a case before them. Gives who has; `undefined`: there is no such case. */
  async pay(operator: Asking, caseId: string, doing: Doing): Promise<AttentionList | undefined> {
    const rows: unknown[] = await this.dataSource.query(
      `insert into case_attention as a (case_id, operator_id, administration_id, doing, since, until)
       select c.id, $3, c.administration_id, $4, clock_timestamp(), clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
       from case_file c where c.id = $1 and c.administration_id = $2
       on conflict (case_id, operator_id) do update set doing = excluded.doing, until = excluded.until,
         since = case when a.doing = excluded.doing and a.until > clock_timestamp() then a.since else excluded.since end
       returning 1`,
      [caseId, operator.administrationId, operator.id, doing],
    );
    return rows.length === 0 ? undefined : this.of(operator, caseId);
  }

  /** Says that an operator has a case before them no longer. */
  async leave({ id, administrationId }: Asking, caseId: string): Promise<void> {
    await this.dataSource.query(
      'delete from case_attention where case_id = $1 and operator_id = $2 and administration_id = $3',
      [caseId, id, administrationId],
    );
  }

  /** Who has a case before them, and whether the citizen writes. */
  async of({ administrationId }: Asking, caseId: string): Promise<AttentionList> {
    const [row]: { present: AttentionView[] | null; writes: boolean }[] = await this.dataSource.query(
      `select ${PRESENT} as present, exists (select from citizen_attention w
           where w.case_id = $1 and w.administration_id = $2 and w.until > clock_timestamp()) as writes
       from case_attention a join operator o on o.id = a.operator_id
       where a.case_id = $1 and a.administration_id = $2 and a.until > clock_timestamp()`,
      [caseId, administrationId],
    );
    return { items: row?.present ?? [], citizenWrites: row?.writes ?? false };
  }
}

/** Notes in whose cases citizens are writing, of conversations of one administration on one account; in one order, whoever else does. */
export const citizensWrite = (
  manager: Pick<EntityManager, 'query'>,
  at: { readonly administrationId: string; readonly channel: string; readonly account: string },
  conversations: readonly string[],
): Promise<unknown> =>
  manager.query(
    `insert into citizen_attention (case_id, administration_id, until)
     select distinct k.case_id, k.administration_id, clock_timestamp() + make_interval(secs => ${WRITES_SECONDS}) from conversation k
     where k.channel = $1 and k.account = $2 and k.key = any($3::text[]) and k.administration_id = $4 and k.case_id is not null
     order by k.case_id
     on conflict (case_id) do update set until = excluded.until`,
    [at.channel, at.account, conversations, at.administrationId],
  );
