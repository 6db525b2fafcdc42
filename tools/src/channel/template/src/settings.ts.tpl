import { ListSetting, TextSetting, UrlSetting } from '@filodiretto/channel-kit';

/** What the channel is told. */
export class {{Pascal}}Settings {
  @TextSetting('Secret with which the provider signs', { secret: true, min: 16 }) readonly {{camel}}Secret: string;
  @ListSetting('Accounts of ours at the provider') readonly {{camel}}Accounts: readonly string[];
  @UrlSetting("Address of the provider's API") readonly {{camel}}ApiUrl: string;
  @TextSetting('Credential for it', { secret: true, min: 8 }) readonly {{camel}}Token: string;
}
