import { ChoiceSetting, ListSetting, TextSetting, UrlSetting } from '@filodiretto/channel-kit';

/** Configuration of the channel. What only one driver needs is optional here and demanded by that driver in `connect`. */
export class WhatsappSettings {
  @ChoiceSetting('Driver: the Cloud API, or a linked device (unofficial, see the README)', ['cloud', 'web'], {
    default: 'cloud',
  })
  readonly whatsappDriver: 'cloud' | 'web';
  @ListSetting('Accounts: the phone_number_id of each number (cloud), or one name for the linked device (web)')
  readonly whatsappNumbers: readonly string[];

  @TextSetting('Secret of the Meta app, which signs what we receive (cloud)', { optional: true, secret: true })
  readonly whatsappAppSecret?: string;
  @TextSetting('The other secret that is good while secrets are being changed (cloud)', {
    optional: true,
    secret: true,
  })
  readonly whatsappAppSecretOther?: string;
  @TextSetting('Token that the provider repeats when it verifies our address (cloud)', { optional: true, secret: true })
  readonly whatsappVerifyToken?: string;
  @TextSetting('Access token of a system user (cloud)', { optional: true, secret: true })
  readonly whatsappAccessToken?: string;
  @UrlSetting('Base of the Graph API', { default: 'https://graph.facebook.com' }) readonly graphApiUrl: string;
  @TextSetting('Version of the Graph API', { default: 'v25.0', pattern: /^v\d{1,3}\.\d{1,2}$/ })
  readonly graphApiVersion: string;
  @ListSetting('More hosts from which media may be fetched with our token, beside those of the provider', {
    default: [],
  })
  readonly whatsappMediaHosts: readonly string[];

  @TextSetting('Token that opens /admin/qr (web)', { optional: true, secret: true, min: 16 })
  readonly whatsappAdminToken?: string;
  @TextSetting('Folder of the linked device, one process only (web)', { default: '.data/whatsapp-web' })
  readonly whatsappWebDir: string;
  @TextSetting('Chromium to run (web)', { default: '/usr/bin/chromium' }) readonly whatsappWebChromium: string;
}
