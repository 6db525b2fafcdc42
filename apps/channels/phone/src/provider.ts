import twilio from 'twilio';
import { refusalOf } from './errors.js';
import { NotConnected } from '@filodiretto/channel-kit';
import type { RefusalReason } from '@filodiretto/contracts';

/** The provider said no for certain: nothing was sent. */
export class Refused extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
    readonly code?: number,
  ) {
    super(message);
  }
}

export interface NewCall {
  readonly to: string;
  readonly from: string;
  /** Asked for the document when the telephone is answered. */
  readonly url: string;
  readonly statusCallback: string;
  /** Asked when `url` fails. */
  readonly fallbackUrl?: string;
  readonly timeoutSeconds: number;
}
export interface NewText {
  readonly to: string;
  readonly body: string;
  readonly statusCallback: string;
  readonly from?: string;
  readonly messagingServiceSid?: string;
}
export interface KnownCall {
  readonly sid: string;
  readonly createdAt?: Date;
}
export interface KnownText extends KnownCall {
  readonly body: string;
}

const TIMEOUT_MS = 10_000;

/** The SDK knows no other address than its own: this client puts ours in its place. */
class Elsewhere extends twilio.RequestClient {
  constructor(private readonly base: string) {
    super({ timeout: TIMEOUT_MS, autoRetry: false });
  }
  override request: InstanceType<typeof twilio.RequestClient>['request'] = options =>
    twilio.RequestClient.prototype.request.call(this, {
      ...options,
      uri: options.uri.replace(/^https:\/\/api(\.[a-z0-9-]+)*\.twilio\.com/, this.base),
    }) as never;
}

/** The only place that talks to the provider. Rejects with `Refused` when it said no; any other fault leaves it unknown. */
export class Provider {
  private readonly client: InstanceType<typeof twilio.Twilio>;

  constructor(
    private readonly account: {
      readonly accountSid: string;
      readonly authToken: string;
      readonly apiUrl: string;
    },
  ) {
    this.client = new twilio.Twilio(account.accountSid, account.authToken, {
      httpClient: new Elsewhere(account.apiUrl),
    });
  }

  async call(asked: NewCall): Promise<string> {
    const { timeoutSeconds, ...rest } = asked;
    const made = await this.certain(() =>
      this.client.calls.create({
        ...rest,
        timeout: timeoutSeconds,
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      }),
    );
    return made.sid;
  }
  async text(asked: NewText): Promise<string> {
    return (await this.certain(() => this.client.messages.create({ ...asked }))).sid;
  }
  /** Ends a call that rings or goes on. A call that has ended already is no fault. */
  async endCall(sid: string): Promise<void> {
    await this.certain(() => this.client.calls(sid).update({ status: 'completed' })).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }
  /** The provider's word for how a call stands; `undefined` when it knows no such call. */
  async callStatus(sid: string): Promise<string | undefined> {
    try {
      return (await this.client.calls(sid).fetch()).status;
    } catch (error) {
      if (error instanceof twilio.RestException && error.status === 404) return undefined;
      throw error;
    }
  }
  /** Calls that we had made to a number since an instant. */
  async callsTo(to: string, from: string, since: Date): Promise<KnownCall[]> {
    const found = await this.client.calls.list({ to, from, startTimeAfter: since, limit: 50 });
    return found
      .filter(one => one.direction === 'outbound-api')
      .map(one => ({ sid: one.sid, createdAt: one.dateCreated }));
  }
  /** Texts that we sent to a number since an instant. */
  async textsTo(to: string, since: Date): Promise<KnownText[]> {
    const found = await this.client.messages.list({ to, dateSentAfter: since, limit: 50 });
    return found
      .filter(one => one.direction.startsWith('outbound'))
      .map(one => ({ sid: one.sid, createdAt: one.dateCreated, body: one.body }));
  }
  /** What the provider calls a number of ours. Throws `NotConnected` when it says no, or knows no such number of this account. */
  async numberName(number: string): Promise<string> {
    try {
      const [found] = await this.client.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 });
      if (found) return found.friendlyName || found.phoneNumber;
    } catch (error) {
      if (!(error instanceof twilio.RestException) || error.status >= 500) throw error;
      const reason = refusalOf(error.status, error.code);
      throw new NotConnected(
        reason === 'unauthorized' ? 'unauthorized' : error.status === 404 ? 'not_found' : 'refused',
        `${error.code ?? error.status}: ${error.message}`,
      );
    }
    throw new NotConnected('not_found', `${this.account.accountSid}: ${number}`);
  }
  /** What is gone already is deleted. */
  async deleteRecording(sid: string): Promise<void> {
    try {
      await this.client.recordings(sid).remove();
    } catch (error) {
      if (!(error instanceof twilio.RestException && error.status === 404)) throw error;
    }
  }
  /** Header with which media of ours are fetched. */
  get authorization(): string {
    return `Basic ${Buffer.from(`${this.account.accountSid}:${this.account.authToken}`).toString('base64')}`;
  }

  /** A 4xx answer is a no, and so is a request that never left. A 5xx, a broken line or a time-out says nothing of what happened. */
  private async certain<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof twilio.RestException && error.status >= 400 && error.status < 500)
        throw new Refused(
          refusalOf(error.status, error.code),
          `${error.code ?? error.status}: ${error.message}`,
          error.code,
        );
      if (neverLeft(error)) throw new Refused('rate_limited', 'il fornitore non si raggiunge');
      throw error;
    }
  }
}

/** Faults that happen before a byte of the request is written. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (typeof code === 'string' && NEVER_LEFT.has(code)) || neverLeft(error.cause);
}
