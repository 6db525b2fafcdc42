import { Inject, Injectable } from '@nestjs/common';
import type { FateName, ReceptionItemView, ReceptionView } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { at, present } from '../http/present.js';
import { ReplyTokens } from '../intake/reply-token.js';
import { seenWith } from '../permission/seen.js';
import { withheldOf } from '../quarantine/withheld.js';

interface ItemRow {
  readonly index: number;
  readonly count: number;
  readonly channel: string;
  readonly account: string;
  readonly fate: FateName;
  readonly message_id: string | null;
  readonly case_id: string | null;
  readonly automatic: ReceptionItemView['automatic'] | null;
  readonly parked_because: string | null;
  readonly parked: string | null;
  readonly thread: unknown;
  readonly recorded_at: Date;
}

/** What became of one delivery to us. */
@Injectable()
export class ReceptionQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ReplyTokens) private readonly tokens: ReplyTokens,
  ) {}

  /** `undefined` when nothing of it is recorded, or it belongs to another administration. */
  async one(operator: Asking, receptionId: string): Promise<ReceptionView | undefined> {
    const { administrationId, sight } = operator;
    const parameters: unknown[] = [administrationId, receptionId];
    const rows: ItemRow[] = await this.dataSource.query(
      `select i.item_index as index, i.item_count as count, i.channel, i.account, i.fate,
         case when i.case_id is null or c.id is not null then m.id end as message_id, c.id as case_id,
         m.automatic, p.reason as parked_because, p.id as parked, p.payload -> 'thread' as thread, i.recorded_at
       from reception_item i
       left join case_file c on c.id = i.case_id and ${seenWith(sight, parameters)}
       left join message m on m.id = i.message_id
       left join parked p on p.reception_id = i.reception_id and p.item_index is not distinct from i.item_index and i.fate = 'parked'
       where i.reception_id = $2 and not exists (
         select from channel_account a
         where a.channel = i.channel and a.account = i.account and a.administration_id <> $1)
       order by i.item_index`,
      parameters,
    );
    const [first] = rows;
    if (!first) return undefined;
    const parked = rows.flatMap(({ parked: id, thread }) => (id === null ? [] : [{ id, thread }]));
    const withheld = await withheldOf(this.dataSource, this.tokens, operator, parked);
    return {
      id: receptionId,
      channel: first.channel,
      account: first.account,
      facts: first.count,
      items: rows.map(row => ({
        index: row.index,
        fate: row.fate,
        ...present({
          message: row.message_id,
          case: row.case_id,
          automatic: row.automatic,
          // What a fault says may repeat what was written.
          parkedBecause: row.parked !== null && withheld.has(row.parked) ? null : row.parked_because,
        }),
        recordedAt: at(row.recorded_at),
      })),
    };
  }
}
