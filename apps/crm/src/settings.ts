import {
  FlagSetting,
  JsonSetting,
  ListSetting,
  ServiceSettings,
  TextSetting,
  UrlSetting,
  WholeSetting,
} from '@filodiretto/platform';
import { GrantSetting } from './identity/grant-setting.js';
import { CitizenProviderSetting } from './own-data/citizen-provider-setting.js';

/** All that the core is told. */
export class CrmSettings extends ServiceSettings {
  @TextSetting('PostgreSQL of the core', { secret: true, pattern: /^postgres(ql)?:\/\// }) readonly databaseUrl: string;
  @TextSetting('PostgreSQL as the owner of the tables, who migrates; without it, the login of the core is that owner', {
    secret: true,
    optional: true,
    pattern: /^postgres(ql)?:\/\//,
  })
  readonly databaseOwnerUrl?: string;
  @TextSetting('PostgreSQL as a login of filodiretto_app alone, for requests; without it, the login of DATABASE_URL', {
    secret: true,
    optional: true,
    pattern: /^postgres(ql)?:\/\//,
  })
  readonly databasePeopleUrl?: string;
  @WholeSetting('Connections to PostgreSQL', { default: 24, min: 4, max: 500 }) readonly databasePool: number;
  @TextSetting('Key of the reply tokens that outgoing messages carry', { secret: true, min: 16 })
  readonly tokenKey: string;
  @TextSetting('Key of the reply tokens before its last change: tokens already sent stay good', {
    secret: true,
    min: 16,
    optional: true,
  })
  readonly previousTokenKey?: string;
  @TextSetting(
    'Where people reach this service from outside: letters to offices have links there; without it they have none',
    { optional: true, pattern: /^https?:\/\/[^\s]+$/ },
  )
  readonly publicUrl?: string;
  @TextSetting(
    'Where citizens reach their pages from outside: letters with one-time codes and the answers that tell the number of a case lead there; without it neither a code nor a link is sent',
    { optional: true, pattern: /^https?:\/\/[^\s]+$/ },
  )
  readonly citizenPagesUrl?: string;
  @WholeSetting('Minutes for which a citizen’s one-time code is good; more where mailboxes are slow', {
    default: 10,
    min: 5,
    max: 20,
  })
  readonly citizenCodeMinutes: number;
  @TextSetting('Folder of the built console, served at /console/; without it this service has none', { optional: true })
  readonly consoleDir?: string;
  @TextSetting(
    'Tiles of the console’s map: an address with {z}, {x} and {y}; without it, the outline in the map file alone',
    {
      optional: true,
      pattern: /^https?:\/\/[^\s{]+.*\{z\}.*$/,
    },
  )
  readonly consoleTiles?: string;
  @TextSetting('Who made the tiles of the console’s map, shown on it', { default: '', max: 300 })
  readonly consoleTilesBy: string;
  @TextSetting('GeoJSON file of the console’s map; the invented city of the demonstration when absent', {
    optional: true,
  })
  readonly consoleMapFile?: string;
  @ListSetting(
    'Where whoever finds a weakness can tell it, as addresses (mailto:, https:, tel:): published in /.well-known/security.txt',
    { default: [] },
  )
  readonly securityContact: readonly string[];
  @UrlSetting('Where it is said how weaknesses are dealt with', { optional: true }) readonly securityPolicy?: string;
  @TextSetting('Key that signs the anchors of the trail: 32 random bytes in hexadecimal (openssl rand -hex 32)', {
    secret: true,
    optional: true,
    pattern: /^[0-9a-f]{64}$/i,
  })
  readonly trailKey?: string;
  @TextSetting('File to which the anchors of the trail are added, where whoever has the database cannot write', {
    optional: true,
  })
  readonly trailAnchorFile?: string;
  @TextSetting('Address to which the anchor of each day is sent, certified mail for instance', {
    optional: true,
    pattern: /^[^\s@]+@[^\s@]+$/,
  })
  readonly trailAnchorMail?: string;
  @TextSetting('Bucket with object lock, of the S3-compatible store, in which the anchors of the trail are kept', {
    optional: true,
  })
  readonly trailAnchorBucket?: string;
  @WholeSetting('Years for which nobody can take an anchor out of that bucket', { default: 10, min: 1, max: 100 })
  readonly trailAnchorYears: number;
  @UrlSetting('Time stamping authority (RFC 3161) that dates the anchor of each finished day', { optional: true })
  readonly trailAnchorTsa?: string;
  @WholeSetting('Minutes between two anchors of the same day', { default: 60, min: 1, max: 1_440 })
  readonly trailAnchorMinutes: number;
  @TextSetting('Name of the administration, for a database that has none yet', { default: 'Amministrazione', max: 300 })
  readonly administrationName: string;
  @WholeSetting('Most automatic messages in an hour because of one correspondent, and to one address', {
    default: 3,
    min: 0,
    max: 100,
  })
  readonly automaticPerHour: number;
  @WholeSetting(
    'Messages with one correspondent in ten minutes, ours all by machine, above which a loop is suspected',
    {
      default: 10,
      min: 2,
      max: 1_000,
    },
  )
  readonly loopMessages: number;
  @TextSetting('Issuer of the identity provider, exactly as it names itself', { pattern: /^https?:\/\/[^\s?#]+$/ })
  readonly oidcIssuer: string;
  @TextSetting('Audience that access tokens for the API must name', { default: 'urn:filodiretto:api' })
  readonly oidcAudience: string;
  @TextSetting('Name of the core at the identity provider', { default: 'filodiretto-crm' })
  readonly oidcClientId: string;
  @TextSetting('Secret of the core at the identity provider; without it the core is a public client', {
    secret: true,
    min: 16,
    optional: true,
  })
  readonly oidcClientSecret?: string;
  @ListSetting('What the provider calls a login with a second factor (acr); empty: a recent login is enough', {
    default: [],
  })
  readonly oidcStrongAcr: readonly string[];
  @JsonSetting(
    'Roles and offices that claims of the identity provider give, as a JSON list: docs/identity.md',
    () => GrantSetting,
    {
      list: true,
      default: [],
    },
  )
  readonly oidcGrants: readonly GrantSetting[];
  @JsonSetting(
    'Providers at which citizens log in (SPID, CIE), as a JSON list: docs/identity.md; none: that way is not offered',
    () => CitizenProviderSetting,
    { list: true, secret: true, default: [] },
  )
  readonly citizenProviders: readonly CitizenProviderSetting[];
  @TextSetting('Key of the prints by which citizens are known again by their fiscal code, which is kept nowhere', {
    secret: true,
    min: 32,
    optional: true,
  })
  readonly citizenKey?: string;
  @TextSetting('That key before its last change: whoever logs in again is known by both', {
    secret: true,
    min: 32,
    optional: true,
  })
  readonly previousCitizenKey?: string;
  @WholeSetting('Minutes of quiet after which a session ends', { default: 60, min: 1, max: 1_440 })
  readonly sessionIdleMinutes: number;
  @WholeSetting('Hours after which a session ends however busy it is', { default: 12, min: 1, max: 168 })
  readonly sessionHours: number;
  @WholeSetting('Sessions that one person may have at once: when one more begins, the oldest ends', {
    default: 5,
    min: 1,
    max: 1_000,
  })
  readonly sessionsOfOne: number;
  @WholeSetting('Requests a second of one operator’s token, in each process', { default: 50, min: 1, max: 1_000_000 })
  readonly apiPerSecond: number;
  @WholeSetting('Requests of one operator’s token that may come at once, in each process', {
    default: 200,
    min: 1,
    max: 1_000_000,
  })
  readonly apiBurst: number;
  @WholeSetting('Requests a minute of one network address with no token of ours, in each process', {
    default: 60,
    min: 1,
    max: 1_000_000,
  })
  readonly apiRefusedPerMinute: number;
  @WholeSetting('Seconds of silence after which a conversation is sent in writing to who asked for it', {
    default: 300,
    min: 5,
    max: 86_400,
  })
  readonly transcriptSilenceSeconds: number;
  @WholeSetting('Seconds between two reconciliations', { default: 60, min: 1 }) readonly reconcileSeconds: number;
  @WholeSetting('Seconds after which a reception must have been recorded', { default: 120, min: 1 })
  readonly receptionSeconds: number;
  @WholeSetting('Seconds after which an order or an event must have left', { default: 60, min: 1 })
  readonly outboxSeconds: number;
  @WholeSetting('Seconds after which the outcome of a send is unknown', { default: 600, min: 1 })
  readonly sendingSeconds: number;
  @TextSetting('Host of ClamAV (clamd over TCP); without it files are not checked for viruses', { optional: true })
  readonly clamavHost?: string;
  @WholeSetting('Port of ClamAV', { default: 3_310, min: 1, max: 65_535 }) readonly clamavPort: number;
  @ListSetting('Media types of files that operators may send; what a file is is read from its bytes', {
    default: [
      'image/jpeg',
      'image/png',
      'image/webp',
      'image/heic',
      'image/gif',
      'image/tiff',
      'application/pdf',
      'text/plain',
      'text/csv',
      'text/calendar',
      'application/xml',
      'application/rtf',
      'application/zip',
      'application/pkcs7-mime',
      'message/rfc822',
      'audio/mpeg',
      'audio/ogg',
      'audio/mp4',
      'audio/x-m4a',
      'audio/wav',
      'video/mp4',
      'video/quicktime',
      'application/x-cfb',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      'application/vnd.oasis.opendocument.text',
      'application/vnd.oasis.opendocument.spreadsheet',
      'application/vnd.oasis.opendocument.presentation',
    ],
  })
  readonly uploadMediaTypes: readonly string[];
  @FlagSetting('Brings an invented city to try things with; refused in production', { default: false })
  readonly demonstration: boolean;
  @TextSetting("File to write the demonstration's operators to", { optional: true })
  readonly demonstrationFile?: string;
}
