import { ChoiceSetting, FlagSetting, ListSetting, TextSetting, UrlSetting, WholeSetting } from './settings.js';

/** What every service is told: where it listens, where the bus and the blobs are. */
export class ServiceSettings {
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
  @ListSetting('NATS servers') readonly natsUrl: readonly string[];
  @TextSetting('NATS user', { optional: true }) readonly natsUser?: string;
  @TextSetting('NATS password', { optional: true, secret: true }) readonly natsPassword?: string;
  @UrlSetting("NATS monitoring address, for the check of production's durability", { optional: true })
  readonly natsMonitorUrl?: string;
  @WholeSetting('Replicas of each stream: 1, or 3 on a cluster', { default: 1, min: 1, max: 5 })
  readonly natsReplicas: number;
  @WholeSetting('Largest size of each stream, in bytes', { default: 4_000_000_000, min: 1_000_000 })
  readonly natsMaxBytes: number;
  @TextSetting('Key of the hash that spreads conversations over partitions; the same in every service', {
    secret: true,
    min: 16,
  })
  readonly partitionKey: string;
  @TextSetting('Folder of the blob store, when no S3 bucket is given', { default: '.data/blobs' })
  readonly blobDir: string;
  @TextSetting('Bucket of an S3-compatible blob store', { optional: true }) readonly s3Bucket?: string;
  @UrlSetting('Address of the S3-compatible store', { optional: true }) readonly s3Endpoint?: string;
  @TextSetting('Region of the S3-compatible store', { default: 'eu-south-1' }) readonly s3Region: string;
  @TextSetting('Access key of the S3-compatible store', { optional: true, secret: true }) readonly s3AccessKey?: string;
  @TextSetting('Secret key of the S3-compatible store', { optional: true, secret: true }) readonly s3SecretKey?: string;
  @UrlSetting('Where traces are sent (OTLP over HTTP); off when absent', { optional: true })
  readonly otelExporterOtlpEndpoint?: string;
  @FlagSetting('Trust X-Forwarded-For of the hop before us', { default: false }) readonly trustProxy: boolean;
  @TextSetting('Point at which the process kills itself, for failure tests; refused in production', { optional: true })
  readonly crashAt?: string;
}
