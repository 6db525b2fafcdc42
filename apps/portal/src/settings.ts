import { ChoiceSetting, FlagSetting, TextSetting, UrlSetting, WholeSetting } from '@filodiretto/platform';

/** What the citizens' pages are told. They hold no database: they ask the core, and hand in what people write at the forms. */
export class PortalSettings {
  @ChoiceSetting('Where it runs: production refuses whatever is unsafe', ['production', 'development', 'test'], {
    default: 'development',
  })
  readonly nodeEnv: 'production' | 'development' | 'test';
  @TextSetting('Address it listens at', { default: '127.0.0.1' }) readonly host: string;
  @WholeSetting('Port it listens at', { max: 65_535 }) readonly port: number;
  @ChoiceSetting('Least serious log line written', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
  })
  readonly logLevel: string;
  @UrlSetting('Where traces are sent (OTLP over HTTP); off when absent', { optional: true })
  readonly otelExporterOtlpEndpoint?: string;
  @FlagSetting('Trust X-Forwarded-For of the hop before us', { default: false }) readonly trustProxy: boolean;
  @UrlSetting('Where citizens reach these pages') readonly publicUrl: string;
  @UrlSetting('Where these pages reach the core') readonly portalCoreUrl: string;
  @UrlSetting('Where these pages reach the forms') readonly portalFormsUrl: string;
  @TextSetting('Key that seals drafts and cookies; the same in every process of the pages', { secret: true, min: 32 })
  readonly portalKey: string;
  @TextSetting('That key before its last change: drafts already kept and cookies already given are still opened', {
    secret: true,
    min: 32,
    optional: true,
  })
  readonly previousPortalKey?: string;
  @TextSetting('Folder of the drafts; shared where several processes serve these pages', {
    default: '.data/portal-drafts',
  })
  readonly portalDraftDir: string;
  @WholeSetting('Hours after which a draft that nobody touches is destroyed', { default: 24, min: 1, max: 720 })
  readonly portalDraftHours: number;
  @WholeSetting('All the drafts together, in bytes, at most', { default: 2_000_000_000, min: 1_000_000 })
  readonly portalDraftBytes: number;
  @TextSetting('Name of the administration', { default: 'Comune', max: 200 }) readonly portalAdministration: string;
  @TextSetting('Id of the administration in the core; needed where it serves several', {
    optional: true,
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  })
  readonly portalAdministrationId?: string;
  @UrlSetting('Site of the administration', { optional: true }) readonly portalSite?: string;
  @UrlSetting('Page of the privacy notice; one of ours when absent', { optional: true })
  readonly portalPrivacyUrl?: string;
  @UrlSetting('Page of the legal notes; one of ours when absent', { optional: true }) readonly portalLegalUrl?: string;
  @TextSetting('Tiles of the map: an address with {z}, {x} and {y}; without it, the outline in the map file alone', {
    optional: true,
    pattern: /^https?:\/\/[^\s{]+.*\{z\}.*$/,
  })
  readonly portalTiles?: string;
  @TextSetting('Who made the tiles, shown on the map', { default: '', max: 300 }) readonly portalTilesBy: string;
  @TextSetting('GeoJSON file of the map; the invented city of the demonstration when absent', { optional: true })
  readonly portalMapFile?: string;
}
