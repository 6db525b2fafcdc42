import { MAX_INLINE_TEXT, type BlobRef, type FetchAgain, type Outbound, type Part } from '@filodiretto/contracts';
import {
  ConfigurationError,
  NotConnected,
  storageOf,
  type Connection,
  type Fact,
  type Host,
  type Json,
  type ReadMessage,
  type Reception,
  type SendOutcome,
  type Session,
} from '@filodiretto/channel-kit';
import { alertsOf } from './alerts.js';
import { verdictOn } from './errors.js';
import { People } from './people.js';
import { GraphApi, GraphRefusal, Unreachable } from './provider.js';
import { accountOf, itemsOf, parseDelivery, type Item } from './receive.js';
import { compose, type Call } from './send.js';
import type { WhatsappSettings } from './settings.js';
import { isHmacSha256, isSameText } from '@filodiretto/channel-kit';

/** Opens the driver of the provider's official API. Throws `ConfigurationError` with everything that it misses. */
export function openCloud(config: WhatsappSettings, host: Host): Session {
  const demand = (name: string, value: string | undefined): string[] =>
    value ? [] : [`${name}: is missing (needed by the driver cloud)`];
  const { whatsappAppSecret, whatsappVerifyToken, whatsappAccessToken } = config;
  if (!whatsappAppSecret || !whatsappVerifyToken || !whatsappAccessToken || config.whatsappNumbers.length === 0)
    throw new ConfigurationError([
      ...demand('WHATSAPP_APP_SECRET', whatsappAppSecret),
      ...demand('WHATSAPP_VERIFY_TOKEN', whatsappVerifyToken),
      ...demand('WHATSAPP_ACCESS_TOKEN', whatsappAccessToken),
      ...demand('WHATSAPP_NUMBERS', config.whatsappNumbers[0]),
    ]);
  const secrets = [whatsappAppSecret, ...(config.whatsappAppSecretOther ? [config.whatsappAppSecretOther] : [])];
  const graph = new GraphApi({
    fetch: host.fetch,
    baseUrl: config.graphApiUrl,
    version: config.graphApiVersion,
    accessToken: whatsappAccessToken,
    mediaHosts: config.whatsappMediaHosts,
  });
  return new CloudSession(config.whatsappNumbers, secrets, whatsappVerifyToken, graph, host);
}

class CloudSession {
  private readonly people: People;
  private troubled = false;

  constructor(
    readonly accounts: readonly string[],
    private readonly secrets: readonly string[],
    private readonly verifyToken: string,
    private readonly graph: GraphApi,
    private readonly host: Host,
  ) {
    this.people = new People(host.state);
  }

  async webhook(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!url.pathname.endsWith('/webhook')) return new Response('not found', { status: 404 });
    if (request.method === 'GET') return this.verification(url.searchParams);
    if (request.method !== 'POST')
      return new Response('method not allowed', { status: 405, headers: { Allow: 'GET, POST' } });
    const raw = new Uint8Array(await request.arrayBuffer());
    if (!isHmacSha256(raw, request.headers.get('x-hub-signature-256')?.replace(/^sha256=/, ''), this.secrets))
      return new Response('bad signature', { status: 401 });
    this.host.heard();
    const delivery = deliveryIn(raw);
    const account = (delivery && accountOf(delivery)) ?? this.accounts[0] ?? 'unknown';
    await this.host.receive(raw, { account, mediaType: 'application/json' });
    for (const alert of delivery ? alertsOf(delivery) : []) this.trouble(alert);
    return new Response('EVENT_RECEIVED');
  }

  async read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    const facts: Fact[] = [];
    for (const item of itemsOf(parseDelivery(raw), reception.receivedAt)) facts.push(await this.factOf(item));
    return facts;
  }

  async send(message: Outbound): Promise<SendOutcome> {
    const composed = compose(message, new Date());
    if (composed.kind === 'refused') return composed;
    let said: { id: string; status?: string } | undefined;
    for (const [index, call] of composed.calls.entries()) {
      try {
        const mediaId = await this.uploaded(message.account, call);
        said = await this.graph.say(message.account, call.body(mediaId));
      } catch (error) {
        return this.refusal(error, index, composed.calls.length);
      }
    }
    if (!said)
      return { kind: 'refused', reason: 'unsupported_content', detail: 'Il messaggio non contiene nulla da inviare' };
    this.settled();
    const held = said.status !== undefined && said.status !== 'accepted';
    return { kind: 'accepted', externalId: said.id, ...(held ? { detail: `Il fornitore: ${said.status}` } : {}) };
  }

  connections(account: string): readonly Connection[] {
    const ask = (): Promise<string> =>
      this.graph.numberName(account).catch((error: unknown) => {
        if (!(error instanceof GraphRefusal)) throw error;
        const { reason, detail } = verdictOn(error.error);
        const unknown = error.error.code === 100;
        throw new NotConnected(reason === 'unauthorized' ? 'unauthorized' : unknown ? 'not_found' : 'refused', detail);
      });
    return [{ side: 'account', ask }, storageOf(this.host)];
  }

  async fetchMedia(media: FetchAgain): Promise<BlobRef> {
    const { bytes, mediaType } = await this.graph.media(media.account, media.source);
    return this.host.keep(bytes, mediaType);
  }

  private async factOf(item: Item): Promise<Fact> {
    if (item.kind === 'progress') return { progress: item.progress };
    if (item.kind === 'renamed') return { progress: await this.people.rename(item) };
    const message = item.person ? await this.people.placed(item.message, item.person) : item.message;
    return { message: await this.complete(message) };
  }

  private verification(query: URLSearchParams): Response {
    const challenge = query.get('hub.challenge');
    return query.get('hub.mode') === 'subscribe' &&
      challenge !== null &&
      isSameText(query.get('hub.verify_token') ?? '', this.verifyToken)
      ? new Response(challenge, { headers: { 'content-type': 'text/plain' } })
      : new Response('forbidden', { status: 403 });
  }

  /** Long words go to the blob store. Whose a number is that nobody configured, the core decides. */
  private async complete(message: ReadMessage): Promise<ReadMessage> {
    if (!this.accounts.includes(message.account))
      this.host.log.warn({ account: message.account }, 'a message came to a number that is not configured');
    return { ...message, content: await Promise.all(message.content.map(part => this.held(part))) };
  }

  private async held(part: Part): Promise<Part> {
    if (part.type !== 'text' || part.text.length <= MAX_INLINE_TEXT) return part;
    const whole = await this.host.keep(new TextEncoder().encode(part.text), 'text/plain; charset=utf-8');
    return { ...part, text: part.text.slice(0, MAX_INLINE_TEXT), whole };
  }

  /** Uploading says nothing to anybody: whatever goes wrong, nothing was sent. */
  private async uploaded(account: string, { upload }: Call): Promise<string | undefined> {
    if (!upload) return undefined;
    const { blob, mediaType, filename } = upload.part;
    const bytes = await this.host.open(blob);
    try {
      return await this.graph.upload(account, bytes, mediaType, filename ?? 'allegato');
    } catch (error) {
      if (error instanceof GraphRefusal) throw error;
      throw new Unreachable("L'allegato non è stato caricato", { cause: error });
    }
  }

  /**
   * What a failed call means. "Too fast" and "not reachable" are certain and pass: the runtime asks again by itself,
   * unless a part of the message has left already, which must not be said twice.
   */
  private refusal(error: unknown, index: number, calls: number): SendOutcome {
    const partly = index > 0 ? ` — attenzione: ${index} di ${calls} messaggi erano già partiti` : '';
    const later = index > 0 ? 'undeliverable' : 'rate_limited';
    if (error instanceof Unreachable) {
      this.host.log.warn({ error: error.message }, 'the provider cannot be reached');
      return { kind: 'refused', reason: later, detail: `Il fornitore non è raggiungibile: si può riprovare${partly}` };
    }
    if (!(error instanceof GraphRefusal)) throw error;
    const verdict = verdictOn(error.error);
    if (verdict.trouble) this.trouble(verdict.detail);
    if (verdict.fault) this.host.log.error({ detail: verdict.detail }, 'the provider calls our request malformed');
    const reason = verdict.reason === 'rate_limited' ? later : verdict.reason;
    return { kind: 'refused', reason, detail: verdict.detail + partly };
  }

  private trouble(what: string): void {
    this.troubled = true;
    this.host.log.warn({ what }, 'the channel needs somebody');
    this.host.trouble(what.slice(0, 1_000));
  }
  private settled(): void {
    this.host.heard();
    if (this.troubled) this.host.trouble(undefined);
    this.troubled = false;
  }
}

/** The delivery, when it can be read: one that cannot is kept and parked all the same. */
function deliveryIn(raw: Uint8Array): Json | undefined {
  try {
    return parseDelivery(raw);
  } catch {
    return undefined;
  }
}
