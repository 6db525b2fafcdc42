import { ListSetting, ServiceSettings, UrlSetting, WholeSetting } from '@filodiretto/platform';

/** What every channel's process is told, besides the channel's own. */
export class ChannelSettings extends ServiceSettings {
  @UrlSetting(
    'Address at which providers and citizens reach this channel, as they write it: signatures are checked on it',
  )
  readonly publicUrl: string;
  @ListSetting('Hosts, with their port, that the channel may reach although they are private', { default: [] })
  readonly fetchAllowHosts: readonly string[];
  @WholeSetting('Largest request body, in bytes', { default: 30_000_000, min: 1_000 }) readonly maxBodyBytes: number;
}
