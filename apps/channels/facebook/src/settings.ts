import { ListSetting, TextSetting, UrlSetting } from '@filodiretto/channel-kit';

/** Configuration of the channel. */
export class FacebookSettings {
  @ListSetting('Accounts: the id of each page') readonly facebookPages: readonly string[];
  @TextSetting('Secret of the Meta app, which signs what we receive', { secret: true, min: 8 })
  readonly facebookAppSecret: string;
  @TextSetting('The other secret that is good while secrets are being changed', {
    optional: true,
    secret: true,
    min: 8,
  })
  readonly facebookAppSecretOther?: string;
  @TextSetting('Id of our Meta app: tells our own messages from those of other applications', { optional: true })
  readonly facebookAppId?: string;
  @TextSetting('Token that the provider repeats when it verifies our address', { secret: true, min: 8 })
  readonly facebookVerifyToken: string;
  @TextSetting('Access token of the page', { secret: true }) readonly facebookAccessToken: string;
  @UrlSetting('Base of the Graph API', { default: 'https://graph.facebook.com' }) readonly graphApiUrl: string;
  @TextSetting('Version of the Graph API', { default: 'v25.0', pattern: /^v\d{1,3}\.\d{1,2}$/ })
  readonly graphApiVersion: string;
  @ListSetting('More hosts from which attachments may be fetched, beside those of the provider', { default: [] })
  readonly facebookMediaHosts: readonly string[];
}
