import { ListSetting, ProofSettings, TextSetting, WholeSetting } from '@filodiretto/channel-kit';

/** What the chat is told. */
export class ChatSettings extends ProofSettings {
  @TextSetting('Key that signs the tokens of conversations', {
    secret: true,
    min: 16,
  })
  readonly chatKey: string;
  @TextSetting('That key before its last change: conversations already begun go on', {
    secret: true,
    min: 16,
    optional: true,
  })
  readonly previousChatKey?: string;
  @TextSetting('Account under which the conversations of the site are known', {
    default: 'sito',
    pattern: /^[a-z0-9][a-z0-9-]{0,39}$/,
  })
  readonly chatAccount: string;
  @ListSetting('Origins of the pages on which people may chat, as browsers say them: https://www.comune.esempio.it', {
    default: [],
  })
  readonly chatOrigins: readonly string[];
  @WholeSetting('Conversations that one address may begin in a minute', { default: 20, min: 1 })
  readonly chatConversationsPerMinute: number;
  @WholeSetting('Messages a minute in one conversation, at most', { default: 30, min: 1 })
  readonly chatMessagesPerMinute: number;
  @WholeSetting('Messages a minute from one address, at most, in all its conversations', { default: 300, min: 1 })
  readonly chatAddressPerMinute: number;
  @WholeSetting('What else is asked of one conversation in a minute, at most: that it be told, read again, receipts', {
    default: 240,
    min: 1,
  })
  readonly chatRequestsPerMinute: number;
  @WholeSetting('The same from one address, at most, of all its conversations', { default: 2_400, min: 1 })
  readonly chatAddressRequestsPerMinute: number;
  @WholeSetting('Files in one message, at most', { default: 5, min: 1, max: 50 }) readonly chatMaxFiles: number;
  @WholeSetting('Largest file, in bytes', { default: 10_000_000, min: 1 }) readonly chatMaxFileBytes: number;
  @WholeSetting('Largest message with its files, in bytes', { default: 25_000_000, min: 1_000 })
  readonly chatMaxBytes: number;
  @ListSetting('Media types of files that citizens may send; what a file is is read from its bytes', {
    default: ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'],
  })
  readonly chatMediaTypes: readonly string[];
  @WholeSetting(
    'Messages with files a minute from one address, at most, and files of answers given in one conversation',
    {
      default: 20,
      min: 1,
    },
  )
  readonly chatAddressFilesPerMinute: number;
  @WholeSetting('Suspicion, from 1 to 100, from which a person looks before a conversation becomes a case', {
    default: 50,
    min: 1,
    max: 100,
  })
  readonly chatDoubtfulAt: number;
  @WholeSetting('Conversations a minute from one address without a good proof of work above which suspicion grows', {
    default: 5,
    min: 1,
  })
  readonly chatUnprovenPerMinute: number;
  @WholeSetting('Pages that may listen to one process at once', { default: 5_000, min: 1 })
  readonly chatListeners: number;
}
