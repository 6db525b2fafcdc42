import {
  JsonSetting,
  ListSetting,
  ProofSettings,
  TextSetting,
  UrlSetting,
  WholeSetting,
} from '@filodiretto/channel-kit';
import { FormDefinition } from './form.js';
import { DEFAULT_FORMS } from './default-forms.js';

/** What the web form channel is told. */
export class WebformSettings extends ProofSettings {
  @TextSetting('Key of the tracking codes, of the form tokens and of what is remembered of a submission', {
    secret: true,
    min: 16,
  })
  readonly webformKey: string;
  @TextSetting('That key before its last change: forms already opened are taken, codes already given stay', {
    secret: true,
    min: 16,
    optional: true,
  })
  readonly previousWebformKey?: string;
  @JsonSetting('The forms: a JSON list, or @ and the path of a file', () => FormDefinition, {
    list: true,
    default: DEFAULT_FORMS,
  })
  readonly webformForms: readonly FormDefinition[];
  @TextSetting('Name of the administration, at the head of the pages of the forms', { optional: true })
  readonly webformAdministration?: string;
  @UrlSetting('The citizens’ pages, to which the head and the foot of the pages of the forms lead', { optional: true })
  readonly webformPortalUrl?: string;
  @ListSetting('Origins of the pages that may use the forms from a browser; * for all', { default: [] })
  readonly webformOrigins: readonly string[];
  @WholeSetting('Seconds under which a form is filled in too fast for a person', { default: 4, max: 600 })
  readonly webformMinSeconds: number;
  @WholeSetting('Suspicion, from 1 to 100, from which a person looks before it becomes a case', {
    default: 50,
    min: 1,
    max: 100,
  })
  readonly webformDoubtfulAt: number;
  @WholeSetting('Submissions a minute from one address above which suspicion grows', { default: 30, min: 1 })
  readonly webformSubmissionsPerMinute: number;
  @WholeSetting('Questions a minute from one address about tracking codes, at most', { default: 20, min: 1 })
  readonly webformTrackingPerMinute: number;
  @WholeSetting('Files in one submission, at most', { default: 5, max: 50 }) readonly webformMaxFiles: number;
  @WholeSetting('Largest file, in bytes', { default: 10_000_000, min: 1 }) readonly webformMaxFileBytes: number;
  @WholeSetting('Largest submission, in bytes', { default: 25_000_000, min: 1_000 }) readonly webformMaxBytes: number;
  @ListSetting('Media types of files accepted; what a file is is read from its bytes', {
    default: [
      'image/jpeg',
      'image/png',
      'image/webp',
      'image/heic',
      'application/pdf',
      'text/plain',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.oasis.opendocument.text',
    ],
  })
  readonly webformMediaTypes: readonly string[];
  @TextSetting('Host of ClamAV (clamd over TCP); without it files are not checked for viruses', { optional: true })
  readonly clamavHost?: string;
  @WholeSetting('Port of ClamAV', { default: 3_310, min: 1, max: 65_535 }) readonly clamavPort: number;
}
