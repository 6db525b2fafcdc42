import type { BlobRef, FetchAgain, Outbound } from '@filodiretto/contracts';
import {
  HouseFault,
  storageOf,
  type AnswersWebhooks,
  type Connection,
  type Fact,
  type FetchesAgain,
  type Host,
  type Reception,
  type SendOutcome,
  type Settles,
} from '@filodiretto/channel-kit';
import { Announcement } from './announcement.js';
import { Attributions } from './memory/attributions.js';
import { Tidy } from './memory/tidy.js';
import { Provider, Refused } from './provider.js';
import { factsOf } from './receive.js';
import { Recordings } from './recordings.js';
import { roadTo, type Road } from './road.js';
import { compose, type Composed } from './send.js';
import type { PhoneSettings } from './settings.js';
import { isSigned, parametersOf, SIGNATURE } from './signature.js';
import { OptOuts } from './sms/opt-outs.js';
import { segmentsOf } from './sms/segments.js';
import { Voice } from './voice.js';

const MINUTE_MS = 60_000;
const NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/** The channel at work: calls and text messages of the same numbers. */
export class PhoneSession implements AnswersWebhooks, Settles, FetchesAgain {
  readonly accounts: readonly string[];
  private readonly base: string;
  private readonly provider: Provider;
  private readonly voice: Voice;
  private readonly optOuts: OptOuts;
  private readonly announcement: Announcement;
  private readonly attributions: Attributions;
  private readonly recordings: Recordings;
  private readonly tidy: Tidy;
  private readonly road: Road;

  constructor(
    private readonly config: PhoneSettings,
    private readonly host: Host,
  ) {
    this.accounts = [...new Set([...config.phoneNumbers, ...config.smsNumbers])];
    this.base = new URL(config.publicUrl).pathname.replace(/\/$/, '');
    this.provider = new Provider({
      accountSid: config.twilioAccountSid,
      authToken: config.twilioAuthToken,
      apiUrl: config.twilioApiUrl,
    });
    this.road = roadTo(config.publicUrl);
    this.optOuts = new OptOuts(host.state);
    this.attributions = new Attributions(host.state);
    this.announcement = new Announcement(host.state, config.phoneAdminToken);
    this.recordings = new Recordings(host, this.provider, {
      hosts: ['.twilio.com', '.twiliocdn.com', new URL(config.twilioApiUrl).host, ...config.twilioMediaHosts],
      deletes: config.deleteRecordings,
    });
    this.tidy = new Tidy(host);
    this.voice = new Voice(config, host, this.provider, this.road, this.announcement);
    for (const one of [this.voice, this.recordings, this.tidy]) one.start();
  }

  async webhook(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.startsWith(`${this.base}/`) ? url.pathname.slice(this.base.length) : '';
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
    if (path === '/dial' || path === '/dial/status')
      await this.attribute(url.searchParams.get('order'), url.searchParams, form.get('CallSid'));
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
    if (composed.kind === 'text' && (await this.optOuts.has(composed.to)))
      return { kind: 'refused', reason: 'opted_out', detail: 'La persona ha chiesto di non ricevere SMS (STOP)' };
    let sid: string;
    try {
      sid = composed.kind === 'call' ? await this.voice.dial(order, composed) : await this.text(order, composed);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.refusal(error, composed);
    }
    try {
      await this.attributions.note(sid, { message: order.id, attempt: order.attempt });
    } catch (error) {
      // It was sent: that is what counts. The provider's news of it will say whose it is.
      this.host.log.warn({ message: order.id, err: error }, 'the id of what was sent could not be remembered');
    }
    return { kind: 'accepted', externalId: sid, ...(composed.kind === 'text' ? costOf(composed.body) : {}) };
  }

  /** The provider takes no idempotency key: what was made since the order was written is looked up. */
  async settle(order: Outbound): Promise<SendOutcome | undefined> {
    const composed = compose(order, true);
    if (composed.kind === 'refused') return undefined;
    const since = new Date(Date.parse(order.queuedAt) - MINUTE_MS);
    const made =
      composed.kind === 'text'
        ? (await this.provider.textsTo(composed.to, since)).filter(one => one.body === composed.body)
        : await this.provider.callsTo(composed.to, this.callNumber(order.account), since);
    const sid = await this.attributions.pick(
      { message: order.id, attempt: order.attempt },
      made.filter(one => !one.createdAt || one.createdAt >= since),
    );
    return sid === undefined ? undefined : { kind: 'accepted', externalId: sid };
  }

  connections(account: string): readonly Connection[] {
    return [{ side: 'account', ask: () => this.provider.numberName(account) }, storageOf(this.host)];
  }

  fetchMedia(media: FetchAgain): Promise<BlobRef> {
    return this.recordings.fetch(media);
  }

  close(): Promise<void> {
    for (const one of [this.voice, this.recordings, this.tidy]) one.stop();
    return Promise.resolve();
  }

  private text(order: Outbound, { to, body }: Extract<Composed, { kind: 'text' }>): Promise<string> {
    const { smsMessagingService } = this.config;
    return this.provider.text({
      to,
      body,
      ...(smsMessagingService
        ? { messagingServiceSid: smsMessagingService }
        : { from: this.textNumber(order.account) }),
      statusCallback: this.road.news('/sms/status', {
        message: order.id,
        attempt: String(order.attempt),
        account: order.account,
        conversation: order.conversation,
      }),
    });
  }

  private async refusal(error: Refused, composed: Composed): Promise<SendOutcome> {
    if (error.reason === 'opted_out' && composed.kind === 'text') await this.optOuts.add(composed.to);
    if (error.reason === 'unauthorized')
      this.host.trouble(`Il fornitore rifiuta le credenziali (${error.message})`.slice(0, 1_000));
    return {
      kind: 'refused',
      reason: error.reason,
      detail: `Il fornitore ha rifiutato: ${error.message}`.slice(0, 2_000),
    };
  }

  private async takeText(
    path: string,
    query: URLSearchParams,
    form: URLSearchParams,
    raw: Uint8Array,
  ): Promise<Response> {
    const ours = path === '/sms' ? form.get('To') : (query.get('account') ?? form.get('From'));
    if (path === '/sms')
      await this.optOuts.heed(form.get('From') ?? '', form.get('OptOutType'), form.get('Body') ?? '');
    else await this.attribute(query.get('message'), query, form.get('MessageSid'));
    await this.host.receive(raw, {
      account: this.accountOf(ours),
      mediaType: 'application/x-www-form-urlencoded',
      about: { ...Object.fromEntries(query), path },
    });
    return new Response(NOTHING, { headers: { 'content-type': 'text/xml; charset=utf-8' } });
  }

  /** News that carry our order back say for certain which id of the provider is its. */
  private async attribute(message: string | null, query: URLSearchParams, sid: string | null): Promise<void> {
    if (message && sid) await this.attributions.note(sid, { message, attempt: Number(query.get('attempt') ?? 1) || 1 });
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

/** What a long text costs, for who wants to write shorter ones. */
function costOf(body: string): { detail?: string } {
  const { segments, encoding } = segmentsOf(body);
  return segments > 1 ? { detail: `Spedito in ${segments} segmenti (${encoding})` } : {};
}
