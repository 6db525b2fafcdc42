import { ListSetting, ServiceSettings, TextSetting, UrlSetting, WholeSetting } from '@filodiretto/platform';

/** What every channel's process is told, besides the channel's own. */
export class ChannelSettings extends ServiceSettings {
  @UrlSetting(
    'Address at which providers and citizens reach this channel, as they write it: signatures are checked on it',
  )
  readonly publicUrl: string;
  @ListSetting('Hosts, with their port, that the channel may reach although they are private', { default: [] })
  readonly fetchAllowHosts: readonly string[];
  @TextSetting(
    'Key of the names under which the channel remembers, of its own; absent: PARTITION_KEY, by which other channels could read those names',
    { optional: true, secret: true, min: 16 },
  )
  readonly memoryKey?: string;
  @TextSetting('That key before its last change: what is remembered gets its new names by itself', {
    optional: true,
    secret: true,
    min: 16,
  })
  readonly previousMemoryKey?: string;
  @WholeSetting('Largest request body, in bytes', { default: 30_000_000, min: 1_000 }) readonly maxBodyBytes: number;
}

/** The secrets of the names of a channel's memory, the one in use first; the shared one is always understood. */
export const memorySecrets = ({
  memoryKey,
  previousMemoryKey,
  partitionKey,
}: Pick<ChannelSettings, 'memoryKey' | 'previousMemoryKey' | 'partitionKey'>): [string, ...string[]] => {
  const own = [memoryKey, previousMemoryKey].flatMap(key => key ?? []);
  const [first = partitionKey, ...others] = own;
  return own.length > 0 ? [first, ...others, partitionKey] : [first];
};
