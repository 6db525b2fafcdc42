import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  MediaGone,
  NotConnected,
  storageOf,
  type Connection,
  type Fact,
  type Host,
  type ListensItself,
  type AnswersWebhooks,
  type Reception,
  type SendOutcome,
} from '@filodiretto/channel-kit';
import type { BlobRef, FetchAgain, Outbound } from '@filodiretto/contracts';
import type { LoopbackProvider } from './provider.js';
import { factsOf } from './receive.js';
import { refusalOf, wishOf } from './send.js';
import type { LoopbackSettings } from './settings.js';
import { isSigned, SIGNATURE_HEADER } from './signature.js';
import { takeFiles } from './spool.js';

const GONE = [404, 410];

/** The channel at work. */
export class LoopbackSession implements AnswersWebhooks, ListensItself {
  readonly accounts: readonly string[];
  private readonly secrets: readonly string[];

  constructor(
    private readonly config: LoopbackSettings,
    private readonly host: Host,
    private readonly provider: LoopbackProvider,
  ) {
    this.accounts = config.loopbackAccounts;
    this.secrets = [config.loopbackSecret, ...(config.loopbackPreviousSecret ? [config.loopbackPreviousSecret] : [])];
  }

  read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    return factsOf(reception, raw, (bytes, mediaType) => this.host.keep(bytes, mediaType));
  }

  async webhook(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const account = /\/deliveries\/([^/]+)$/.exec(pathname)?.[1];
    if (account !== undefined) return this.take(request, decodeURIComponent(account));
    if (this.config.loopbackControl) {
      const answer = await this.control(request, pathname, searchParams);
      if (answer) return answer;
    }
    return new Response(null, { status: 404 });
  }

  async listen(signal: AbortSignal): Promise<void> {
    const [account = ''] = this.accounts;
    if (!this.config.loopbackSpool)
      return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
    await takeFiles(
      this.config.loopbackSpool,
      async (bytes, name) => {
        await this.host.receive(bytes, { account, mediaType: 'application/json', about: { file: name } });
      },
      signal,
    );
  }

  async send(message: Outbound): Promise<SendOutcome> {
    const refusal = refusalOf(message);
    if (refusal) return refusal;
    const outcome = this.provider.deliver(message);
    if (outcome.kind === 'accepted' && this.config.loopbackReceipts) void this.tellDelivered(message);
    return Promise.resolve(outcome);
  }

  settle(message: Outbound): Promise<SendOutcome | undefined> {
    const found = this.provider.find(message);
    return Promise.resolve(found && { kind: 'accepted', externalId: found.externalId });
  }

  /** The provider lives inside: what can be asked is where it leaves and finds its files. */
  connections(): readonly Connection[] {
    const { loopbackSpool, loopbackOutbox } = this.config;
    const place = (side: Connection['side'], path: string): Connection => ({
      side,
      ask: async () => {
        try {
          await access(path, constants.R_OK | constants.W_OK);
        } catch {
          throw new NotConnected('not_found', `${path} cannot be read and written`);
        }
        return path;
      },
    });
    return [
      storageOf(this.host),
      ...(loopbackSpool ? [place('receiving', loopbackSpool)] : []),
      ...(loopbackOutbox ? [place('sending', dirname(loopbackOutbox))] : []),
    ];
  }

  async fetchMedia(media: FetchAgain): Promise<BlobRef> {
    const answer = await this.host.fetch(media.source);
    if (GONE.includes(answer.status)) throw new MediaGone(`the file is gone: ${answer.status}`);
    if (!answer.ok) throw new Error(`the file did not come: ${answer.status}`);
    return this.host.keep(new Uint8Array(await answer.arrayBuffer()), media.media.mediaType);
  }

  private async take(request: Request, account: string): Promise<Response> {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const raw = new Uint8Array(await request.arrayBuffer());
    if (!isSigned(this.secrets, raw, request.headers.get(SIGNATURE_HEADER))) return new Response(null, { status: 401 });
    if (!this.accounts.includes(account)) return new Response(null, { status: 404 });
    const reception = await this.host.receive(raw, { account, mediaType: 'application/json' });
    return Response.json({ reception: reception.id }, { status: 202 });
  }

  private async control(request: Request, path: string, about: URLSearchParams): Promise<Response | undefined> {
    if (path.endsWith('/outbox') && request.method === 'GET')
      return Response.json({ items: this.provider.outbox(about.get('conversation') ?? undefined) });
    if (path.endsWith('/outbox') && request.method === 'DELETE') {
      this.provider.forget();
      return new Response(null, { status: 204 });
    }
    if (path.endsWith('/control') && request.method === 'POST') {
      const { next } = (await request.json()) as { next?: unknown };
      const wishes = Array.isArray(next) ? next.map(words => wishOf(String(words))) : [undefined];
      if (wishes.some(wish => wish === undefined)) return new Response(null, { status: 422 });
      this.provider.wish(...wishes.filter(wish => wish !== undefined));
      return new Response(null, { status: 204 });
    }
    return undefined;
  }

  /** A receipt that is lost is only a receipt: the send itself is already answered for. */
  private async tellDelivered(message: Outbound): Promise<void> {
    try {
      const { account, conversation, id } = message;
      await this.host.report({ account, conversation, message: id, state: 'delivered', at: new Date().toISOString() });
    } catch (error) {
      this.host.log.warn({ message: message.id, err: error }, 'a receipt could not be reported');
    }
  }
}
