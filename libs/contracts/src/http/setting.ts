import { Flag, Id, Whole } from '../fields.js';

/** What an administration decides for itself. */
export class SettingsView {
  @Whole('For how many days after its end the citizen\'s answer opens a case again; later it opens one that follows it up', {
    max: 3_650,
    example: 30,
  })
  readonly reopenDays: number;
  @Whole('For how many hours a merge of cases can be undone', { max: 8_760, example: 72 }) readonly undoMergeHours: number;
  @Whole('After how many days without being seen somebody, or an office, counts as dormant', { min: 1, max: 365, example: 30 })
  readonly dormantDays: number;
  @Whole('On which day of the week heads of offices get their letter: 1 Monday to 7 Sunday; 0: never', { max: 7, example: 1 })
  readonly weeklyLetterDay: number;
  @Whole('From which hour on, on the clock of the office', { max: 23, example: 8 }) readonly weeklyLetterHour: number;
  @Flag('Whether somebody whom nobody linked is known by an address that the identity provider verified') readonly linkByEmail: boolean;
  @Whole('For how many minutes a case stays open to who opened it in an emergency', { min: 1, max: 1_440, example: 60 })
  readonly breakGlassMinutes: number;
  @Id('Operator who protects data: told of every such opening; absent: who administers is', { optional: true })
  readonly dataProtectionOfficer?: string;
  @Whole('Version: its ETag, between quotes; 0 while nothing was decided', { example: 1 }) readonly version: number;
}
export class ChangeSettings {
  @Whole('For how many days after its end a case can be opened again', { max: 3_650, optional: true, example: 30 })
  readonly reopenDays?: number;
  @Whole('For how many hours a merge of cases can be undone', { max: 8_760, optional: true, example: 72 })
  readonly undoMergeHours?: number;
  @Whole('After how many days without being seen somebody counts as dormant', { min: 1, max: 365, optional: true, example: 30 })
  readonly dormantDays?: number;
  @Whole('Day of the weekly letter: 1 Monday to 7 Sunday; 0: never', { max: 7, optional: true, example: 1 })
  readonly weeklyLetterDay?: number;
  @Whole('Hour of the weekly letter', { max: 23, optional: true, example: 8 }) readonly weeklyLetterHour?: number;
  @Flag('Whether people are known by a verified address when nobody linked them; only an administrator decides it', { optional: true })
  readonly linkByEmail?: boolean;
  @Whole('For how many minutes a case stays open to who opened it in an emergency', { min: 1, max: 1_440, optional: true, example: 60 })
  readonly breakGlassMinutes?: number;
  @Id('Operator who protects data', { optional: true }) readonly dataProtectionOfficer?: string;
}
