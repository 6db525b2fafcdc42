import { Whole } from '../fields.js';

/** What an administration decides for itself. */
export class SettingsView {
  @Whole('For how many days after its end the citizen\'s answer opens a case again; later it opens one that follows it up', {
    max: 3_650,
    example: 30,
  })
  readonly reopenDays: number;
  @Whole('For how many hours a merge of cases can be undone', { max: 8_760, example: 72 }) readonly undoMergeHours: number;
  @Whole('Version: its ETag, between quotes; 0 while nothing was decided', { example: 1 }) readonly version: number;
}
export class ChangeSettings {
  @Whole('For how many days after its end a case can be opened again', { max: 3_650, optional: true, example: 30 })
  readonly reopenDays?: number;
  @Whole('For how many hours a merge of cases can be undone', { max: 8_760, optional: true, example: 72 })
  readonly undoMergeHours?: number;
}
