import { Inject, Injectable } from '@nestjs/common';
import type { ChangeSettings, SettingsView } from '@filodiretto/contracts';
import { SHIPPED_RULES } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Roles } from '../permission/roles.js';
import type { Asking } from '../http/operator.js';
import { refused, type Refused } from '../refused.js';
import { present } from '../http/present.js';

/** For how many hours a merge can be undone where an administration decided nothing. */
const UNDO_MERGE_HOURS = 72;

/** When people count as dormant, when heads of offices get their letter, and whom an address makes known: nobody. */
const SHIPPED = { dormantDays: 30, weeklyLetterDay: 1, weeklyLetterHour: 8, linkByEmail: false, breakGlassMinutes: 60 };

/** What an administration decides for itself; where it decided nothing, what is shipped. */
@Injectable()
export class Settings {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  async of(administrationId: string, manager: EntityManager = this.dataSource.manager): Promise<SettingsView> {
    const [row]: (Omit<SettingsView, 'dataProtectionOfficer'> & { readonly officer: string | null })[] =
      await manager.query(
        `select reopen_days as "reopenDays", undo_merge_hours as "undoMergeHours",
         dormant_days as "dormantDays", weekly_letter_day as "weeklyLetterDay", weekly_letter_hour as "weeklyLetterHour",
         link_by_email as "linkByEmail", break_glass_minutes as "breakGlassMinutes",
         data_protection_officer as officer, version from administration_setting where administration_id = $1`,
        [administrationId],
      );
    if (row) {
      const { officer, ...settings } = row;
      return { ...settings, ...present({ dataProtectionOfficer: officer }) };
    }
    return { ...SHIPPED_RULES, undoMergeHours: UNDO_MERGE_HOURS, ...SHIPPED, version: 0 };
  }

  /** Decides, from the version that was seen. */
  async change(
    manager: EntityManager,
    by: Asking,
    expectedVersion: number | undefined,
    asked: ChangeSettings,
  ): Promise<SettingsView | Refused> {
    const { administrationId } = by;
    if (asked.linkByEmail !== undefined && !(await this.roles.may(by, 'organisation.write')))
      return refused('not-allowed', 'Only who has the role "admin" decides whom an address makes known.');
    const officer = asked.dataProtectionOfficer;
    if (officer !== undefined) {
      if (!(await this.roles.may(by, 'role.write')))
        return refused('not-allowed', 'Only who decides about roles says who protects data.');
      const ours: unknown[] = await manager.query(
        'select from operator where administration_id = $1 and id = $2 and active',
        [administrationId, officer],
      );
      if (ours.length === 0)
        return {
          ...refused('invalid-input', 'Some fields are not right.'),
          errors: [{ pointer: '/dataProtectionOfficer', detail: 'there is none of this id here' }],
        };
    }
    await manager.query('select from office where id = $1 for update', [administrationId]);
    const before = await this.of(administrationId, manager);
    if (expectedVersion !== undefined && expectedVersion !== before.version)
      return refused('version-stale', `The settings are at version ${before.version}, not ${expectedVersion}.`);
    await manager.query(
      `insert into administration_setting
         (administration_id, reopen_days, undo_merge_hours, dormant_days, weekly_letter_day, weekly_letter_hour,
          link_by_email, break_glass_minutes, data_protection_officer)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (administration_id) do update
       set reopen_days = excluded.reopen_days, undo_merge_hours = excluded.undo_merge_hours,
         dormant_days = excluded.dormant_days, weekly_letter_day = excluded.weekly_letter_day,
         weekly_letter_hour = excluded.weekly_letter_hour, link_by_email = excluded.link_by_email,
         break_glass_minutes = excluded.break_glass_minutes, data_protection_officer = excluded.data_protection_officer,
         version = administration_setting.version + 1, updated_at = now()`,
      [
        administrationId,
        asked.reopenDays ?? before.reopenDays,
        asked.undoMergeHours ?? before.undoMergeHours,
        asked.dormantDays ?? before.dormantDays,
        asked.weeklyLetterDay ?? before.weeklyLetterDay,
        asked.weeklyLetterHour ?? before.weeklyLetterHour,
        asked.linkByEmail ?? before.linkByEmail,
        asked.breakGlassMinutes ?? before.breakGlassMinutes,
        asked.dataProtectionOfficer ?? before.dataProtectionOfficer ?? null,
      ],
    );
    return this.of(administrationId, manager);
  }
}
