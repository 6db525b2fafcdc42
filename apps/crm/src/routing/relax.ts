import { needAt, nextRelaxation, type QueueSettings, type RequiredSkill } from '@filodiretto/domain';
import type { DataSource } from 'typeorm';
import { ms } from './rows.js';

/** Says of waiting work what is required now that time went by. Gives how much of it changed. */
export const relax = (dataSource: DataSource): Promise<number> =>
  dataSource.transaction(async manager => {
    const rows: {
      id: string;
      office_id: string;
      skills: RequiredSkill[];
      virtual_start: number;
      now: number;
      settings: QueueSettings | null;
    }[] = await manager.query(
      `select w.id, w.office_id, w.skills, ${ms('w.virtual_start')} as virtual_start, ${ms('clock_timestamp()')} as now, q.settings
       from work_item w left join queue_setting q on q.office_id = w.office_id
       where w.state = 'queued' and w.next_ring_at <= clock_timestamp() limit 500 for no key update of w skip locked`,
    );
    if (rows.length === 0) return 0;
    await manager.query(
      `update work_item w set next_ring_at = w.virtual_start + make_interval(secs => r.next),
         need = concat_ws('|', w.channel, w.weight, w.channel_max, w.exclusive, w.interruptible, r.need)
       from jsonb_to_recordset($1::jsonb) r(id uuid, next float8, need text) where w.id = r.id`,
      [
        JSON.stringify(
          rows.map(row => {
            const waited = (row.now - row.virtual_start) / 1_000;
            const rings = row.settings?.rings ?? [];
            const need = needAt({ office: row.office_id, skills: row.skills }, rings, waited);
            return { id: row.id, next: nextRelaxation(row.skills, rings, waited), need: JSON.stringify(need) };
          }),
        ),
      ],
    );
    return rows.length;
  });
