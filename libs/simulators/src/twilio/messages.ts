import type { PhoneClock } from './clock.js';
import { BODY_MAX } from './limits.js';
import { RestError } from './rest-error.js';
import { segmentsOf } from './segments.js';
import { newSid } from './sids.js';
import type { PhoneWebhooks } from './webhooks.js';

export interface TextMedia {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}
/** A text message, either way, as both the provider and the telephone that has it see it. */
export interface TextMessage {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly segments: number;
  readonly media: readonly (TextMedia & { readonly sid: string })[];
  readonly mediaUrls: readonly string[];
  /** RFC 3339. */
  readonly at: string;
  status: 'received' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';
  errorCode?: number;
}
/** A message to send, as the REST API takes it. */
export interface TextOrder {
  readonly to: string;
  readonly from?: string;
  readonly service?: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  readonly statusTo?: string;
}

const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']);
const START = new Set(['START', 'YES', 'UNSTOP']);
const HELP = new Set(['HELP', 'INFO']);
const STEP_MS = 100;
const MEDIA_MAX = 10;
const ERRORS: Readonly<{ [code: number]: string }> = {
  30003: 'Unreachable destination handset',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
};

/** Text messages: received, sent, and who does not want them. */
export class Messages {
  /** Numbers at which a text does not arrive, and the provider's error code. */
  readonly unreachable = new Map<string, number>();
  private readonly kept = new Map<string, TextMessage>();
  private readonly optedOut = new Set<string>();

  constructor(
    private readonly options: {
      readonly accountSid: string;
      readonly smsUrl: string;
      readonly numbers: readonly string[];
    },
    private readonly clock: PhoneClock,
    private readonly webhooks: PhoneWebhooks,
    private readonly url: () => string,
  ) {}

  /** Oldest first. */
  all(): TextMessage[] {
    return [...this.kept.values()];
  }
  find(sid: string): TextMessage | undefined {
    return this.kept.get(sid);
  }
  hasOptedOut(number: string): boolean {
    return this.optedOut.has(number);
  }

  /** Somebody writes to one of our numbers. Gives the message; the webhook follows. */
  receive(from: string, to: string, body: string, media: readonly TextMedia[]): TextMessage {
    if (media.length > MEDIA_MAX) throw new Error(`a message has at most ${MEDIA_MAX} media`);
    const word = body.trim().toUpperCase();
    const wish = STOP.has(word) ? 'STOP' : START.has(word) ? 'START' : HELP.has(word) ? 'HELP' : undefined;
    if (wish === 'STOP') this.optedOut.add(from);
    if (wish === 'START') this.optedOut.delete(from);
    const message = this.keep({
      sid: newSid(media.length > 0 ? 'MM' : 'SM'),
      direction: 'inbound',
      from,
      to,
      body,
      media: media.map(one => ({ ...one, sid: newSid('ME') })),
      mediaUrls: [],
      status: 'received',
    });
    const { sid, segments } = message;
    this.webhooks.tell(
      { url: this.options.smsUrl, method: 'POST' },
      {
        ToCountry: 'IT',
        SmsMessageSid: sid,
        NumMedia: String(media.length),
        SmsSid: sid,
        SmsStatus: 'received',
        FromCountry: 'IT',
        Body: body,
        To: to,
        NumSegments: String(segments),
        MessageSid: sid,
        AccountSid: this.options.accountSid,
        From: from,
        ApiVersion: '2010-04-01',
        ...Object.fromEntries(
          message.media.flatMap((one, index) => [
            [`MediaUrl${index}`, this.mediaUrl(sid, one.sid)],
            [`MediaContentType${index}`, one.mediaType],
          ]),
        ),
        ...(wish ? { OptOutType: wish } : {}),
      },
    );
    return message;
  }

  /** Sends a message. Throws `RestError`. */
  send(order: TextOrder): TextMessage {
    const { to, body, mediaUrls } = order;
    const from = order.from ?? (order.service ? this.options.numbers[0] : undefined);
    if (!from) throw new RestError(400, 21603, "A 'From' phone number is required.");
    if (!this.options.numbers.includes(from))
      throw new RestError(400, 21606, `The 'From' phone number provided (${from}) is not a valid, SMS-capable number`);
    if (to === '') throw new RestError(400, 21604, "A 'To' phone number is required.");
    if (!/^\+[1-9]\d{6,14}$/.test(to))
      throw new RestError(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
    if (/^\+390/.test(to)) throw new RestError(400, 21614, `'To' number is not a valid mobile number: ${to}`);
    if (this.optedOut.has(to)) throw new RestError(400, 21610, 'Attempt to send to unsubscribed recipient');
    if (body === '' && mediaUrls.length === 0) throw new RestError(400, 21602, 'Message body is required.');
    if (body.length > BODY_MAX)
      throw new RestError(400, 21617, `The concatenated message body exceeds the ${BODY_MAX} character limit.`);
    const message = this.keep({
      sid: newSid(mediaUrls.length > 0 ? 'MM' : 'SM'),
      direction: 'outbound-api',
      from,
      to,
      body,
      media: [],
      mediaUrls,
      status: 'queued',
    });
    const code = this.unreachable.get(to);
    const then = (status: TextMessage['status'], steps: number, error?: number): void =>
      this.clock.after(steps * STEP_MS, () => {
        message.status = status;
        if (error !== undefined) message.errorCode = error;
        this.tellStatus(message, order.statusTo);
      });
    then('sent', 1);
    if (code === undefined) then('delivered', 2);
    else then('undelivered', 2, code);
    this.tellStatus(message, order.statusTo);
    return message;
  }

  private keep(message: Omit<TextMessage, 'at' | 'segments'>): TextMessage {
    const kept: TextMessage = {
      ...message,
      segments: segmentsOf(message.body),
      at: new Date(this.clock.now()).toISOString(),
    };
    this.kept.set(kept.sid, kept);
    return kept;
  }
  private mediaUrl(message: string, media: string): string {
    return `${this.url()}/2010-04-01/Accounts/${this.options.accountSid}/Messages/${message}/Media/${media}`;
  }
  private tellStatus(message: TextMessage, url: string | undefined): void {
    if (!url) return;
    const { sid, status, to, from, errorCode } = message;
    this.webhooks.tell(
      { url, method: 'POST' },
      {
        AccountSid: this.options.accountSid,
        ApiVersion: '2010-04-01',
        From: from,
        MessageSid: sid,
        MessageStatus: status,
        SmsSid: sid,
        SmsStatus: status,
        To: to,
        ...(errorCode === undefined
          ? {}
          : { ErrorCode: String(errorCode), ErrorMessage: ERRORS[errorCode] ?? 'Unknown error' }),
      },
    );
  }
}
