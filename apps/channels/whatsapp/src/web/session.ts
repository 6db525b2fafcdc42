import { MAX_INLINE_TEXT, type BlobRef, type FetchAgain, type Outbound, type Part } from '@filodiretto/contracts';
import {
  ConfigurationError,
  isSameText,
  MediaGone,
  NotConnected,
  storageOf,
  type Connection,
  type Fact,
  type Host,
  type Reception,
  type SendOutcome,
  type Session,
} from '@filodiretto/channel-kit';
import type { WhatsappSettings } from '../settings.js';
import type { WaWebClient, WebEvent, WebState } from './client.js';
import { CAREFUL, Pace, type Pauses } from './pace.js';
import { qrImage } from './qr.js';
import { factsOf, parseEvent } from './receive.js';
import { wordsOf, type Words } from './send.js';

/** Makes the client of one linked device. */
export type ClientMaker = (config: WhatsappSettings) => Promise<WaWebClient>;

const libraryClient: ClientMaker = async config => (await import('./whatsapp-web.js')).libraryClient(config);

/** Opens the driver of a linked device. Throws `ConfigurationError` with everything that it misses. */
export function openWeb(
  config: WhatsappSettings,
  host: Host,
  makeClient: ClientMaker = libraryClient,
  pauses: Pauses = CAREFUL,
): Session {
  const [account, ...more] = config.whatsappNumbers;
  if (account === undefined || more.length > 0)
    throw new ConfigurationError(['WHATSAPP_NUMBERS: must name exactly one account (needed by the driver web)']);
  return new WebSession(config, account, host, makeClient, new Pace(pauses));
}

/** Seconds that the catching up goes back before what was held last: clocks differ, and a duplicate is a success. */
const OVERLAP_S = 60;
const CURSOR = 'web/cursor';

class WebSession {
  readonly accounts: readonly string[];
  private client: WaWebClient | undefined;
  private state: WebState = { name: 'stopped' };
  /** What was told and is not held yet, in order. */
  private inbound: Promise<void> = Promise.resolve();
  /** Orders under way: our own messages come back as events, and are ours once their ids are known. */
  private outbound: Promise<unknown> = Promise.resolve();
  private readonly ours = new Set<string>();

  constructor(
    private readonly config: WhatsappSettings,
    private readonly account: string,
    private readonly host: Host,
    private readonly makeClient: ClientMaker,
    private readonly pace: Pace,
  ) {
    this.accounts = [account];
  }

  /** Runs one link until the signal, or until it is lost: then it rejects, and the runtime opens another. */
  async listen(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const client = await this.makeClient(this.config);
    this.client = client;
    this.inbound = Promise.resolve();
    try {
      await this.running(client, signal);
    } finally {
      this.client = undefined;
      this.state = { name: 'stopped' };
      await client.stop();
    }
  }

  read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    const facts = factsOf(parseEvent(raw), reception.account, reception.receivedAt);
    return Promise.all(
      facts.map(async fact =>
        'message' in fact
          ? {
              message: {
                ...fact.message,
                content: await Promise.all(fact.message.content.map(part => this.held(part))),
              },
            }
          : fact,
      ),
    );
  }

  async send(order: Outbound): Promise<SendOutcome> {
    const words = wordsOf(order, new Date());
    if (words.kind === 'refused') return words;
    const client = this.client;
    if (!client || this.state.name !== 'ready')
      return { kind: 'refused', reason: 'rate_limited', detail: 'Il telefono non è collegato: si può riprovare' };
    // What people say goes first.
    await this.inbound.catch(() => undefined);
    const mine = this.outbound.then(() => this.speak(client, words, order.thread.inReplyTo));
    this.outbound = mine.catch(() => undefined);
    return mine;
  }

  connections(): readonly Connection[] {
    return [{ side: 'device', ask: () => this.linked() }, storageOf(this.host)];
  }

  private async linked(): Promise<string> {
    const { name, detail } = this.state;
    if (!this.client || name !== 'ready') throw new NotConnected('not_linked', detail ?? WORDS[name] ?? name);
    // The page may be gone while nobody told: it is asked.
    const state = await this.client.state();
    if (state !== 'CONNECTED') throw new NotConnected('not_linked', WORDS[state] ?? state);
    return state;
  }

  async fetchMedia(media: FetchAgain): Promise<BlobRef> {
    if (!this.client) throw new Error('The device is not linked');
    const found = await this.client.download(media.source);
    if (!found) throw new MediaGone('The device no longer has the attachment');
    return this.host.keep(found.bytes, found.mediaType);
  }

  /** `/admin/qr`: what to show to the telephone, as PNG, or as SVG with `?format=svg`. Needs the token as Bearer. */
  async admin(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
    const { whatsappAdminToken } = this.config;
    if (!whatsappAdminToken || !isSameText(token, whatsappAdminToken))
      return new Response('forbidden', { status: 403 });
    if (!url.pathname.endsWith('/admin/qr')) return new Response('not found', { status: 404 });
    const { qr, name, detail } = this.state;
    if (qr === undefined) return Response.json({ state: name, ...(detail ? { detail } : {}) }, { status: 404 });
    return qrImage(qr, url.searchParams.get('format') === 'svg' ? 'svg' : 'png');
  }

  close(): Promise<void> {
    return this.client?.stop() ?? Promise.resolve();
  }

  private running(client: WaWebClient, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const lost = (error: unknown): void => reject(error instanceof Error ? error : new Error(String(error)));
      signal.addEventListener('abort', () => resolve(), { once: true });
      client.onState(state => {
        this.state = state;
        this.tellState(state);
        if (state.name === 'ready') this.queue(() => this.catchUp(client)).catch(lost);
        if (LOST.has(state.name)) lost(new Error(`The device is ${state.name}: ${state.detail ?? 'no reason given'}`));
      });
      client.onEvent(event => {
        this.host.heard();
        this.queue(() => this.take(event)).catch(lost);
      });
      client.start().catch(lost);
    });
  }

  /** One after the other; after a failure nothing more is taken from this link, so that the cursor passes over nothing. */
  private queue(work: () => Promise<void>): Promise<void> {
    this.inbound = this.inbound.then(work);
    return this.inbound;
  }

  /** What people wrote while nobody listened. */
  private async catchUp(client: WaWebClient): Promise<void> {
    const cursor = await this.host.state.get<number>(CURSOR);
    const since = cursor === undefined ? Math.floor(Date.now() / 1_000) : cursor - OVERLAP_S;
    for (const message of await client.missed(since)) await this.take({ kind: 'message', message });
    if (cursor === undefined) await this.host.state.set(CURSOR, since);
  }

  private async take(event: WebEvent): Promise<void> {
    if (event.kind === 'message' && event.message.fromMe) {
      await this.outbound;
      if (this.ours.has(event.message.id)) return;
    }
    const raw = new TextEncoder().encode(JSON.stringify(event));
    await this.host.receive(raw, { account: this.account, mediaType: 'application/json' });
    if (event.kind === 'message' && !event.message.fromMe) await this.advance(event.message.timestamp);
  }

  private async advance(timestamp: number): Promise<void> {
    const cursor = (await this.host.state.get<number>(CURSOR)) ?? 0;
    if (timestamp > cursor) await this.host.state.set(CURSOR, timestamp);
  }

  private async speak(client: WaWebClient, words: Words, quoted: string | undefined): Promise<SendOutcome> {
    if (!(await this.pace.turn()))
      return {
        kind: 'refused',
        reason: 'rate_limited',
        detail: 'Troppi messaggi in attesa sul telefono: si può riprovare',
      };
    if (!(await client.isKnown(words.chat)))
      return { kind: 'refused', reason: 'invalid_recipient', detail: 'Il numero non è su WhatsApp' };
    const { chat, text, media, places } = words;
    const captioned = media.length === 1 && text.length <= 1_024;
    let id = '';
    for (const part of media) {
      const bytes = await this.host.open(part.blob);
      const { mediaType, filename } = part;
      const caption = [captioned ? text : '', part.caption ?? ''].filter(Boolean).join('\n');
      id = await client.sendMedia(chat, { bytes, mediaType, ...(filename ? { filename } : {}) }, caption);
      this.remember(id);
    }
    for (const place of places) this.remember((id = await client.sendLocation(chat, place)));
    if (text !== '' && !captioned) this.remember((id = await client.sendText(chat, text, quoted)));
    this.host.heard();
    return { kind: 'accepted', externalId: id };
  }

  private remember(id: string): void {
    if (this.ours.size > 10_000) this.ours.clear();
    this.ours.add(id);
  }

  private tellState({ name, detail }: WebState): void {
    this.host.log.info({ state: name, detail }, 'the linked device changed');
    if (name === 'ready') this.host.heard();
    this.host.trouble(
      name === 'ready'
        ? undefined
        : `${WORDS[name] ?? `Il telefono collegato è in stato ${name}`}${detail ? ` (${detail})` : ''}`,
    );
  }

  private async held(part: Part): Promise<Part> {
    if (part.type !== 'text' || part.text.length <= MAX_INLINE_TEXT) return part;
    const whole = await this.host.keep(new TextEncoder().encode(part.text), 'text/plain; charset=utf-8');
    return { ...part, text: part.text.slice(0, MAX_INLINE_TEXT), whole };
  }
}

const LOST = new Set([
  'disconnected',
  'auth_failure',
  'UNPAIRED',
  'UNPAIRED_IDLE',
  'CONFLICT',
  'TOS_BLOCK',
  'SMB_TOS_BLOCK',
]);
const WORDS: Readonly<Record<string, string>> = {
  qr: 'Il telefono non è collegato: inquadrare il codice di /admin/qr',
  auth_failure: 'Il collegamento del telefono è stato rifiutato',
  disconnected: 'Il telefono si è scollegato',
  CONFLICT: 'Il collegamento è stato aperto altrove',
  TOS_BLOCK: "L'account è stato bloccato per violazione dei termini d'uso",
  SMB_TOS_BLOCK: "L'account è stato bloccato per violazione dei termini d'uso",
};
