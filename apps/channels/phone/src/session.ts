import type { BlobRef, FetchAgain, Outbound } from '@filodiretto/contracts';
import {
  HouseFault,
  MediaGone,
  type AnswersWebhooks,
  type Fact,
  type FetchesAgain,
  type Host,
  type Reception,
  type SendOutcome,
  type Settles,
} from '@filodiretto/channel-kit';
import { Announcement } from './announcement.js';
import type { Road } from './call/twiml.js';
import { RECORDING_BYTES_MAX } from './limits.js';
import { Provider, Refused } from './provider.js';
import { factsOf } from './receive.js';
import { compose } from './send.js';
import type { PhoneSettings } from './settings.js';
import { isSigned, parametersOf, SIGNATURE } from './signature.js';
import { OptOuts } from './sms/opt-outs.js';
import { Voice } from './voice.js';

const MINUTE = 60_000;

/** The channel at work: calls and text messages of the same numbers. */
export class PhoneSession implements AnswersWebhooks, Settles, FetchesAgain {
  readonly accounts: readonly string[];
  private readonly provider: Provider;
  private readonly voice: Voice;
  private readonly optOuts: OptOuts;
  private readonly announcement: Announcement;
  private readonly road: Road;

  constructor(
    private readonly config: PhoneSettings,
    private readonly host: Host,
  ) {
    this.accounts = [...new Set([...config.phoneNumbers, ...config.smsNumbers])];
    this.provider = new Provider({
      accountSid: config.twilioAccountSid,
      authToken: config.twilioAuthToken,
      apiUrl: config.twilioApiUrl,
    });
    this.road = {
      url: (path, query = {}) =>
        `${config.publicUrl}${path}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`,
    };
    this.optOuts = new OptOuts(host.state);
    this.announcement = new Announcement(host.state, config.phoneAdminToken);
    this.voice = new Voice(config, host, this.provider, this.road, this.announcement);
    this.voice.start();
  }

  async webhook(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.slice(new URL(this.config.publicUrl).pathname.replace(/\/$/, '').length);
    if (path === '/voice/fallback') return this.voice.fallback();
    const sms = path === '/sms' || path === '/sms/status';
    if (!sms && !this.voice.serves(path)) return new Response('not found', { status: 404 });
    if (request.method !== 'POST')
      return new Response('method not allowed', { status: 405, headers: { allow: 'POST' } });
    const raw = new Uint8Array(await request.arrayBuffer());
    const asked = {
      url: request.url,
      method: request.method,
      signature: request.headers.get(SIGNATURE) ?? '',
      mediaType: request.headers.get('content-type') ?? '',
    };
    if (!isSigned(asked, raw, this.tokens)) return new Response('bad signature', { status: 403 });
    this.host.heard();
    const form = new URLSearchParams(Buffer.from(raw).toString('utf8'));
    if (sms) return this.takeText(path, url.searchParams, form, raw);
    return this.voice.answer({ path, query: url.searchParams, form, parameters: parametersOf(form), raw });
  }

  admin(request: Request): Promise<Response> {
    return this.announcement.admin(request);
  }

  read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    return Promise.resolve(factsOf(reception, raw));
  }

  async send(order: Outbound): Promise<SendOutcome> {
    const composed = compose(order, this.config.smsNumbers.length > 0);
    if (composed.kind === 'refused') return composed;
    try {
      if (composed.kind === 'call') {
        const sid = await this.voice.dial(order, composed);
        return { kind: 'accepted', externalId: sid };
      }
      if (await this.optOuts.has(composed.to))
        return { kind: 'refused', reason: 'opted_out', detail: 'La persona ha chiesto di non ricevere SMS (STOP)' };
      const sid = await this.provider.text({
        to: composed.to,
        body: composed.body,
        ...(this.config.smsMessagingService
          ? { messagingServiceSid: this.config.smsMessagingService }
          : { from: this.textNumber(order.account) }),
        statusCallback: this.road.url('/sms/status', { message: order.id, attempt: String(order.attempt) }),
      });
      return { kind: 'accepted', externalId: sid };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.reason === 'opted_out' && composed.kind === 'text') await this.optOuts.add(composed.to);
      if (error.reason === 'unauthorized')
        this.host.trouble(`Il fornitore rifiuta le credenziali (${error.message})`.slice(0, 1_000));
      return {
        kind: 'refused',
        reason: error.reason,
        detail: `Il fornitore ha rifiutato: ${error.message}`.slice(0, 2_000),
      };
    }
  }

  /** The provider takes no idempotency key: what was made since the order was written is looked up. */
  async settle(order: Outbound): Promise<SendOutcome | undefined> {
    const composed = compose(order, true);
    if (composed.kind === 'refused') return undefined;
    const since = new Date(Date.parse(order.queuedAt) - MINUTE);
    const made =
      composed.kind === 'text'
        ? (await this.provider.textsTo(composed.to, since)).filter(one => one.body === composed.body)
        : await this.provider.callsTo(composed.to, this.callNumber(order.account), since);
    const mine = made.filter(one => !one.createdAt || one.createdAt >= since);
    const [only, another] = mine;
    return only && !another ? { kind: 'accepted', externalId: only.sid } : undefined;
  }

  async fetchMedia(media: FetchAgain): Promise<BlobRef> {
    const answer = await this.host.fetch(media.source, {
      headers: { authorization: this.provider.authorization },
      timeoutMs: MINUTE,
      maxBytes: RECORDING_BYTES_MAX,
      onlyHosts: ['.twilio.com', new URL(this.config.twilioApiUrl).host, ...this.config.twilioMediaHosts],
    });
    if (!answer.ok) await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 410) throw new MediaGone(`the recording is gone: ${answer.status}`);
    if (!answer.ok) throw new Error(`the recording could not be fetched: ${answer.status}`);
    const blob = await this.host.keep(
      new Uint8Array(await answer.arrayBuffer()),
      answer.headers.get('content-type') ?? media.media.mediaType,
    );
    const recording = /\/Recordings\/(RE[0-9a-f]{32})/.exec(media.source)?.[1];
    if (recording && this.config.deleteRecordings) await this.deleteAtProvider(recording);
    return blob;
  }

  close(): Promise<void> {
    this.voice.stop();
    return Promise.resolve();
  }

  private async takeText(
    path: string,
    query: URLSearchParams,
    form: URLSearchParams,
    raw: Uint8Array,
  ): Promise<Response> {
    const ours = path === '/sms' ? form.get('To') : form.get('From');
    if (path === '/sms')
      await this.optOuts.heed(form.get('From') ?? '', form.get('OptOutType') ?? form.get('Body') ?? '');
    await this.host.receive(raw, {
      account: this.accountOf(ours),
      mediaType: 'application/x-www-form-urlencoded',
      about: { path, ...Object.fromEntries(query) },
    });
    return new Response('<?xml version="1.0" encoding="UTF-8"?><Response></Response>', {
      headers: { 'content-type': 'text/xml; charset=utf-8' },
    });
  }

  /** Kept here first; a recording that stays at the provider is a matter for the next look at it, not for the citizen. */
  private async deleteAtProvider(recording: string): Promise<void> {
    try {
      await this.provider.deleteRecording(recording);
    } catch (error) {
      this.host.log.warn({ recording, err: error }, 'a recording could not be deleted at the provider');
    }
  }

  private get tokens(): readonly string[] {
    return [
      this.config.twilioAuthToken,
      ...(this.config.twilioAuthTokenOther ? [this.config.twilioAuthTokenOther] : []),
    ];
  }
  private accountOf(number: string | null): string {
    return (number && this.accounts.includes(number) ? number : undefined) ?? this.accounts[0] ?? 'unknown';
  }
  private textNumber(account: string): string {
    const number = this.config.smsNumbers.includes(account) ? account : this.config.smsNumbers[0];
    if (!number) throw new HouseFault('no number sends text messages');
    return number;
  }
  private callNumber(account: string): string {
    return (this.config.phoneNumbers.includes(account) ? account : this.config.phoneNumbers[0]) ?? '';
  }
}
