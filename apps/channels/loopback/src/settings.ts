import { FlagSetting, ListSetting, TextSetting } from '@filodiretto/channel-kit';

/** What the loopback channel is told. */
export class LoopbackSettings {
  @TextSetting('Secret with which deliveries are signed', { secret: true, min: 16 }) readonly loopbackSecret: string;
  @TextSetting('Secret that was valid before, while it is being replaced', { secret: true, optional: true, min: 16 })
  readonly loopbackPreviousSecret?: string;
  @ListSetting('Accounts served', { default: ['banco'] }) readonly loopbackAccounts: readonly string[];
  @TextSetting('Folder in which deliveries are left as files, one each, to be taken in order of name', {
    optional: true,
  })
  readonly loopbackSpool?: string;
  @TextSetting('File that remembers, across restarts, what was sent', { optional: true })
  readonly loopbackOutbox?: string;
  @FlagSetting('Whether /outbox and /control answer, to anybody: for tests and the demonstration only', {
    default: false,
  })
  readonly loopbackControl: boolean;
  @FlagSetting('Whether what was sent is reported as delivered at once', { default: false })
  readonly loopbackReceipts: boolean;
}
