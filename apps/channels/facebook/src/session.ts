import { MAX_INLINE_TEXT, type BlobRef, type FetchAgain, type Outbound, type Part } from '@filodiretto/contracts';
import {
  isHmacSha256,
  isSameText,
  NotConnected,
  storageOf,
  textOf,
  type AnswersWebhooks,
  type Connection,
  type Fact,
  type FetchesAgain,
  type Host,
  type Json,
  type Reception,
  type SendOutcome,
} from '@filodiretto/channel-kit';
import { verdictOn } from './errors.js';
import { GraphApi, GraphRefusal, Unreachable } from './provider.js';
import { accountOf, factsOf, parseDelivery } from './receive.js';
import { compose, type Call } from './send.js';
import type { FacebookSettings } from './settings.js';

/** The channel at work. */
export class FacebookSession implements AnswersWebhooks, FetchesAgain {
  readonly accounts: readonly string[];
  private readonly secrets: readonly string[];
  private readonly graph: GraphApi;
  private troubled = false;

  constructor(
    private readonly config: FacebookSettings,
    private readonly host: Host,
  ) {
    this.accounts = config.facebookPages;
    this.secrets = [
      config.facebookAppSecret,
      ...(config.facebookAppSecretOther ? [config.facebookAppSecretOther] : []),
    ];
    this.graph = new GraphApi({
      fetch: host.fetch,
      baseUrl: config.graphApiUrl,
      version: config.graphApiVersion,
      accessToken: config.facebookAccessToken,
      mediaHosts: config.facebookMediaHosts,
    });
  }

  async webhook(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!url.pathname.endsWith('/webhook')) return new Response('not found', { status: 404 });
    if (request.method === 'GET') return this.verification(url.searchParams);
    if (request.method !== 'POST')
      return new Response('method not allowed', { status: 405, headers: { Allow: 'GET, POST' } });
    const raw = new Uint8Array(await request.arrayBuffer());
    const mark = request.headers.get('x-hub-signature-256')?.replace(/^sha256=/, '');
    if (!isHmacSha256(raw, mark, this.secrets)) return new Response('bad signature', { status: 401 });
    await this.host.receive(raw, {
      account: pageOf(raw) ?? this.accounts[0] ?? 'unknown',
      mediaType: 'application/json',
    });
    return new Response('EVENT_RECEIVED');
  }

  async read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    const facts = factsOf(parseDelivery(raw), reception.receivedAt, { appId: this.config.facebookAppId });
    return Promise.all(
      facts.map(async fact => {
        if (!('message' in fact)) return fact;
        return {
          message: { ...fact.message, content: await Promise.all(fact.message.content.map(part => this.held(part))) },
        };
      }),
    );
  }

  connections(account: string): readonly Connection[] {
    const ask = (): Promise<string> =>
      this.graph.pageName(account).catch((error: unknown) => {
        if (!(error instanceof GraphRefusal)) throw error;
        const { reason, detail } = verdictOn(error.error);
        const unknown = textOf(error.error.code) === '100';
        throw new NotConnected(reason === 'unauthorized' ? 'unauthorized' : unknown ? 'not_found' : 'refused', detail);
      });
    return [{ side: 'account', ask }, storageOf(this.host)];
  }

  async send(order: Outbound): Promise<SendOutcome> {
    const composed = compose(order, new Date());
    if (composed.kind === 'refused') return composed;
    if (composed.kind === 'comment') return this.publicReply(composed.target, composed.text);
    let said: Json = {};
    for (const [index, call] of composed.calls.entries()) {
      try {
        said = await this.graph.post(`${order.account}/messages`, call.body(await this.uploaded(order.account, call)));
      } catch (error) {
        return this.refusal(error, index, composed.calls.length);
      }
    }
    this.settled();
    const externalId = textOf(said.message_id);
    if (externalId === undefined) throw new Error('The provider accepted without giving an id');
    const person = textOf(said.recipient_id);
    if (composed.comment !== undefined && person !== undefined) await this.tellWhoItIs(order, externalId, person);
    return { kind: 'accepted', externalId };
  }

  async fetchMedia(media: FetchAgain): Promise<BlobRef> {
    const { bytes, mediaType } = await this.graph.media(media.source);
    return this.host.keep(bytes, mediaType ?? media.media.mediaType);
  }

  /** Deletes are not always told: the comment is read again before it is answered. */
  private async publicReply(target: string, text: string): Promise<SendOutcome> {
    try {
      if (target.includes('_') && !(await this.isThere(target)))
        return { kind: 'refused', reason: 'invalid_recipient', detail: 'Il commento non esiste più' };
      const answer = await this.graph.post(`${encodeURIComponent(target)}/comments`, { message: text });
      this.settled();
      const id = textOf(answer.id);
      if (id === undefined) throw new Error('The provider accepted without giving an id');
      return { kind: 'accepted', externalId: id };
    } catch (error) {
      return this.refusal(error, 0, 1);
    }
  }

  /** Asking says nothing to anybody: whatever goes wrong, nothing was sent. */
  private async isThere(comment: string): Promise<boolean> {
    try {
      return await this.graph.exists(comment);
    } catch (error) {
      if (error instanceof GraphRefusal) throw error;
      throw new Unreachable('Il commento non è stato riletto', { cause: error });
    }
  }

  /** Who wrote a comment is known in private by another name: from now on both are one person. */
  private async tellWhoItIs(order: Outbound, externalId: string, person: string): Promise<void> {
    try {
      await this.host.report({
        account: order.account,
        conversation: order.conversation,
        message: order.id,
        externalId,
        state: 'accepted',
        attempt: order.attempt,
        at: new Date().toISOString(),
        merge: [
          { kind: order.to.kind, value: order.to.value },
          { kind: 'psid', value: person },
        ],
      });
    } catch (error) {
      // The provider accepted, and that is what must be told; the outcome is reported again by the runtime.
      this.host.log.warn({ err: error }, 'two names of one person could not be told');
    }
  }

  private verification(query: URLSearchParams): Response {
    const challenge = query.get('hub.challenge');
    return query.get('hub.mode') === 'subscribe' &&
      challenge !== null &&
      isSameText(query.get('hub.verify_token') ?? '', this.config.facebookVerifyToken)
      ? new Response(challenge, { headers: { 'content-type': 'text/plain' } })
      : new Response('forbidden', { status: 403 });
  }

  private async held(part: Part): Promise<Part> {
    if (part.type !== 'text' || part.text.length < MAX_INLINE_TEXT) return part;
    const whole = await this.host.keep(new TextEncoder().encode(part.text), 'text/plain; charset=utf-8');
    return { ...part, whole };
  }

  private async uploaded(page: string, { upload }: Call): Promise<string | undefined> {
    if (!upload) return undefined;
    const { blob, mediaType, filename } = upload.part;
    const bytes = await this.host.open(blob);
    try {
      return await this.graph.upload(page, upload.type, bytes, mediaType, filename ?? 'allegato');
    } catch (error) {
      if (error instanceof GraphRefusal) throw error;
      throw new Unreachable("L'allegato non è stato caricato", { cause: error });
    }
  }

  /** What a failed call means; once a part of the message has left, it must not be said again by itself. */
  private refusal(error: unknown, index: number, calls: number): SendOutcome {
    const partly = index > 0 ? ` — attenzione: ${index} di ${calls} messaggi erano già partiti` : '';
    const later = index > 0 ? 'undeliverable' : 'rate_limited';
    if (error instanceof Unreachable) {
      this.host.log.warn({ err: error }, 'the provider cannot be reached');
      return { kind: 'refused', reason: later, detail: `Il fornitore non è raggiungibile: si può riprovare${partly}` };
    }
    if (!(error instanceof GraphRefusal)) throw error;
    const verdict = verdictOn(error.error);
    if (verdict.trouble) {
      this.troubled = true;
      this.host.trouble(verdict.detail.slice(0, 1_000));
    }
    return {
      kind: 'refused',
      reason: verdict.reason === 'rate_limited' ? later : verdict.reason,
      detail: verdict.detail + partly,
    };
  }

  private settled(): void {
    this.host.heard();
    if (this.troubled) this.host.trouble(undefined);
    this.troubled = false;
  }
}

/** The page of a delivery, when it can be read: one that cannot is kept and parked all the same. */
function pageOf(raw: Uint8Array): string | undefined {
  try {
    return accountOf(parseDelivery(raw));
  } catch {
    return undefined;
  }
}
