import { FlagSetting, JsonSetting, ListSetting, TextSetting, UrlSetting, WholeSetting } from '@filodiretto/channel-kit';
import { defaultFlow } from './flow/default-flow.js';
import { CallFlow } from './flow/flow.js';

/** Configuration of the channel. What a look at the whole tree tells is checked by `connect`. */
export class PhoneSettings {
  @UrlSetting(
    'Address at which providers and citizens reach this channel, as they write it: signatures are checked on it',
  )
  readonly publicUrl: string;
  @TextSetting('Account SID of Twilio', { pattern: /^AC[0-9a-f]{32}$/ }) readonly twilioAccountSid: string;
  @TextSetting('Auth token: signs what we receive and opens the REST API', { secret: true, min: 16 })
  readonly twilioAuthToken: string;
  @TextSetting('The other auth token that is good while tokens are being changed', {
    optional: true,
    secret: true,
    min: 16,
  })
  readonly twilioAuthTokenOther?: string;
  @UrlSetting('Base of the REST API', { default: 'https://api.twilio.com' }) readonly twilioApiUrl: string;
  @ListSetting('More hosts from which recordings may be fetched with our token, beside those of the REST API', {
    default: [],
  })
  readonly twilioMediaHosts: readonly string[];

  @ListSetting('Numbers that answer calls, E.164') readonly phoneNumbers: readonly string[];
  @ListSetting('Numbers that send and receive text messages, E.164; none: text messages are off', { default: [] })
  readonly smsNumbers: readonly string[];
  @TextSetting('Messaging service that sends text messages, instead of the number itself', {
    optional: true,
    pattern: /^MG[0-9a-f]{32}$/,
  })
  readonly smsMessagingService?: string;

  @JsonSetting('The call flow, as a tree of steps; see the README', () => CallFlow, { default: defaultFlow })
  readonly phoneFlow: CallFlow;
  @ListSetting('Telephones of the operators of the queues that name none, E.164', { default: [] })
  readonly phoneOperators: readonly string[];
  @FlagSetting('Record conversations, after saying so', { default: false }) readonly recordCalls: boolean;
  @FlagSetting('Transcribe what the person says, after saying so', { default: false })
  readonly transcribeCalls: boolean;
  @FlagSetting('Delete recordings at the provider once they are kept here', { default: true })
  readonly deleteRecordings: boolean;
  @WholeSetting('Milliseconds within which a call is answered; later, the fallback speaks', {
    default: 500,
    min: 50,
    max: 14_000,
  })
  readonly phoneAnswerWithinMs: number;
  @TextSetting('Token that opens /admin/ (announcement, lines)', { optional: true, secret: true, min: 16 })
  readonly phoneAdminToken?: string;
}
