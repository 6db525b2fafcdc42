import {
  BlobMissing,
  checkedFiles,
  clientOf,
  isFormData,
  keysOf,
  Pace,
  problemAnswer,
  proofClue,
  Proofs,
  storageOf,
  weighed,
  type AnswersWebhooks,
  type Connection,
  type Doubt,
  type Fact,
  type Host,
  type Keys,
  type KnownFile,
  type ListensItself,
  type Mistake,
  type Problem,
  type Reception,
  type SendOutcome,
} from '@filodiretto/channel-kit';
import type { Outbound } from '@filodiretto/contracts';
import { Listeners } from './listeners.js';
import { Presence } from './presence.js';
import {
  CONVERSATIONS,
  doubtNow,
  keyOf,
  lineOf,
  saysTheSame,
  since,
  withLine,
  withReceipt,
  type Line,
  type LineFile,
  type Remembered,
} from './record.js';
import { aboutOf, factsOf, LONGEST, sentIn, transcriptWords, wasOffered, type Sent } from './receive.js';
import { answerOf } from './send.js';
import type { ChatSettings } from './settings.js';
import { conversationOf, newToken } from './token.js';
import { wordsIn, type Words } from './words.js';

/** Bytes of one request without files, at most. */
const LARGEST = 40_000;
/** Characters of a media type, at most (RFC 6838 has 127 for each of its two names). */
const LONGEST_TYPE = 255;
const FORGET_EVERY_MS = 3_600_000;
/** What visitors are told of who is there, caches between may tell them for so long. */
const GOOD_FOR_SECONDS = 15;
const A_DAY = '86400';

/** The chat at work: pages send by POST and hear by a stream that goes on from where they were. */
export class ChatSession implements AnswersWebhooks, ListensItself {
  readonly accounts: readonly string[];
  private readonly keys: Keys;
  private readonly presence: Presence;
  private readonly listeners: Listeners;
  private readonly proofs: Proofs;
  private readonly begun: Pace;
  private readonly unproven: Pace;
  private readonly said: Pace;
  private readonly saidFrom: Pace;
  private readonly filesFrom: Pace;
  private readonly filesGiven: Pace;
  private readonly asked: Pace;
  private readonly askedFrom: Pace;

  constructor(
    private readonly config: ChatSettings,
    private readonly host: Host,
  ) {
    this.accounts = [config.chatAccount];
    this.keys = keysOf(config.chatKey, config.previousChatKey);
    this.presence = new Presence(host, config.chatAccount);
    this.listeners = new Listeners(host, this.presence, config.chatListeners);
    this.proofs = new Proofs(config, host.state);
    this.unproven = new Pace(config.chatUnprovenPerMinute);
    this.begun = new Pace(config.chatConversationsPerMinute);
    this.said = new Pace(config.chatMessagesPerMinute);
    this.saidFrom = new Pace(config.chatAddressPerMinute);
    this.filesFrom = new Pace(config.chatAddressFilesPerMinute);
    this.filesGiven = new Pace(config.chatAddressFilesPerMinute);
    this.asked = new Pace(config.chatRequestsPerMinute);
    this.askedFrom = new Pace(config.chatAddressRequestsPerMinute);
  }

  read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    return factsOf(reception, raw, {
      keep: (bytes, mediaType) => this.host.keep(bytes, mediaType),
      doubtfulAt: this.config.chatDoubtfulAt,
    });
  }

  /** Keeps an answer for the pages of its conversation: those that are open have it at once, the others when they come back. */
  async send(message: Outbound): Promise<SendOutcome> {
    const answer = answerOf(message);
    if ('kind' in answer) return answer;
    const { account, conversation, id } = message;
    const line = {
      id,
      by: 'office',
      ...answer,
      at: message.queuedAt,
      ...(message.automatic ? { automatic: true } : {}),
    } as const;
    await this.host.state.change<Remembered>(keyOf(conversation), was => withLine(was, line));
    this.host.report({ account, conversation, message: id, state: 'sent', at: new Date().toISOString() }).catch(
      // The outcome of sending is told by other means: this only says a little more.
      (error: unknown) =>
        this.host.log.warn({ message: id, err: error }, 'it could not be told that an answer is kept'),
    );
    return { kind: 'accepted', externalId: id };
  }

  async settle({ conversation, id }: Outbound): Promise<SendOutcome | undefined> {
    const remembered = await this.host.state.get<Remembered>(keyOf(conversation));
    return remembered && lineOf(remembered, 'office', id) ? { kind: 'accepted', externalId: id } : undefined;
  }

  /** There is no provider: the chat leans on what it remembers and keeps. */
  connections(): readonly Connection[] {
    return [storageOf(this.host)];
  }

  async listen(signal: AbortSignal): Promise<void> {
    const forgetting = setInterval(() => void this.forgetOld(), FORGET_EVERY_MS);
    try {
      await Promise.all([this.listeners.work(signal), this.forgetOld()]);
    } finally {
      clearInterval(forgetting);
    }
  }

  close(): Promise<void> {
    this.listeners.endAll();
    return Promise.resolve();
  }

  async webhook(request: Request): Promise<Response> {
    const path = /\/public\/(chats(?:\/[a-z]+)?|chats\/files\/[\da-f-]{36}\/\d{1,3}|attendance)$/.exec(
      new URL(request.url).pathname,
    )?.[1];
    const origin = request.headers.get('origin');
    if (path === undefined) return problemAnswer({ name: 'not-found', detail: 'Qui non c’è nulla.' });
    if (origin !== null && !this.config.chatOrigins.includes(origin))
      return problemAnswer({ name: 'foreign-page', detail: 'Da questa pagina non si può scrivere in chat.' });
    const answer = request.method === 'OPTIONS' ? new Response(null, { status: 204 }) : await this.api(request, path);
    return origin === null ? answer : forOrigin(request, origin, answer);
  }

  private async api(request: Request, path: string): Promise<Response> {
    const [, line, place] = /^chats\/files\/([^/]+)\/(\d+)$/.exec(path) ?? [];
    if (line !== undefined && request.method === 'GET')
      return this.inside(
        request,
        this.paced(request, conversation => this.give(conversation, line, Number(place))),
      );
    switch (`${request.method} ${path}`) {
      case 'GET attendance':
        return Response.json((await this.presence.now()) ?? {}, {
          headers: { 'cache-control': `public, max-age=${GOOD_FOR_SECONDS}` },
        });
      case 'POST chats':
        return this.begin(request);
      case 'GET chats/stream':
        return this.inside(
          request,
          this.paced(request, conversation => this.stream(request, conversation)),
        );
      case 'GET chats/messages':
        return this.inside(
          request,
          this.paced(request, async conversation =>
            fresh({
              items: since(await this.remembered(conversation), seqIn(new URL(request.url).searchParams.get('after'))),
            }),
          ),
        );
      case 'POST chats/messages':
        return this.inside(request, conversation => this.take(request, conversation));
      case 'POST chats/writing':
        return this.inside(
          request,
          this.paced(request, conversation => this.writes(request, conversation)),
        );
      case 'POST chats/receipts':
        return this.inside(
          request,
          this.paced(request, conversation => this.acknowledge(request, conversation)),
        );
      default:
        return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    }
  }

  private async begin(request: Request): Promise<Response> {
    if (this.begun.tooMany(clientOf(request))) return tooMany();
    const token = newToken(this.keys);
    const [attendance, challenge] = await Promise.all([
      this.presence.now(),
      this.proofs.challenge(conversationOf(this.keys, token) ?? ''),
    ]);
    return fresh(
      { token, longest: LONGEST, ...(attendance ? { attendance } : {}), ...(challenge ? { challenge } : {}) },
      201,
    );
  }

  /**
   * How much the first line of a conversation looks like an abuse. The proof is asked of the machine alone, and a machine that has none
   * is heard too. Of one conversation it is asked once: it can be used for no other.
   */
  private async doubtOf(request: Request, conversation: string, { proof }: Sent): Promise<Doubt> {
    const verdict = await this.proofs.check(conversation, proof);
    const tooMany = verdict !== 'good' && this.unproven.tooMany(clientOf(request));
    return weighed([
      proofClue(verdict),
      [tooMany ? 30 : 0, 'molte conversazioni senza prova di lavoro dallo stesso indirizzo'],
    ]);
  }

  private async inside(request: Request, work: (conversation: string) => Promise<Response>): Promise<Response> {
    const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const conversation = conversationOf(this.keys, token);
    return conversation === undefined
      ? problemAnswer({
          name: 'not-authenticated',
          detail: 'Questa conversazione non è più valida: iniziane una nuova.',
        })
      : work(conversation);
  }

  /** What is asked of a conversation besides what is said in it: of one, and from one address, so often and no more. */
  private paced(
    request: Request,
    work: (conversation: string) => Promise<Response>,
  ): (conversation: string) => Promise<Response> {
    return conversation =>
      this.asked.tooMany(conversation) || this.askedFrom.tooMany(clientOf(request))
        ? Promise.resolve(tooMany())
        : work(conversation);
  }

  private stream(request: Request, conversation: string): Promise<Response> {
    if (this.listeners.full)
      return Promise.resolve(
        problemAnswer({
          name: 'temporarily-unavailable',
          detail: 'Troppe conversazioni aperte: riprova tra poco.',
          retryAfter: 5,
        }),
      );
    return Promise.resolve(this.listeners.stream(conversation, seqIn(request.headers.get('last-event-id'))));
  }

  /** Held by the house first, then shown to the pages, then answered: what is sent again is found, not taken twice. */
  private async take(request: Request, conversation: string): Promise<Response> {
    const raw = new Uint8Array(await request.arrayBuffer());
    const said = request.headers.get('content-type') ?? '';
    if (said.length > LONGEST_TYPE)
      return problemAnswer({ name: 'malformed-request', detail: 'Il Content-Type è troppo lungo.' });
    const mediaType = isFormData(said) ? said : 'application/json';
    const withFiles = mediaType === said;
    if (raw.byteLength > (withFiles ? this.config.chatMaxBytes : LARGEST))
      return problemAnswer({
        name: 'too-large',
        detail: withFiles ? 'Il messaggio con i suoi file è troppo grande.' : 'Il messaggio è troppo lungo.',
      });
    if (withFiles && this.filesFrom.tooMany(clientOf(request))) return tooMany();
    const sent = await sentIn(raw, mediaType);
    const words = wordsIn(sent.language);
    if ('mistakes' in sent) return wrong(words, sent.mistakes);
    const { chatMaxFiles: max, chatMaxFileBytes: maxBytes, chatMediaTypes: mediaTypes } = this.config;
    const { files, mistakes } = await checkedFiles(sent.uploads, { max, maxBytes, mediaTypes }, sent.language);
    if (mistakes.length > 0) return wrong(words, mistakes);
    const line = {
      id: sent.id,
      by: 'citizen',
      text: shown(sent),
      ...(sent.choice === undefined ? {} : { choice: sent.choice }),
      ...(files.length > 0 ? { files: files.map(fileOf) } : {}),
      at: new Date().toISOString(),
    } as const;
    const before = await this.remembered(conversation);
    const known = before && lineOf(before, 'citizen', sent.id);
    if (known) return answerTo(words, known, line);
    if (!wasOffered(sent, before?.lines ?? [])) return wrong(words, [{ pointer: '/choice', detail: words.choice }]);
    if (this.said.tooMany(conversation) || this.saidFrom.tooMany(clientOf(request))) return tooMany();
    this.presence.citizenWrites(conversation, false);
    const doubt = before ? doubtNow(before) : await this.doubtOf(request, conversation, sent);
    await this.host.receive(raw, {
      account: this.config.chatAccount,
      mediaType,
      about: aboutOf(conversation, doubt),
    });
    const after = await this.host.state.change<Remembered>(keyOf(conversation), was =>
      withLine(was, line, Date.now(), doubt),
    );
    const taken = lineOf(after, 'citizen', sent.id);
    return taken ? answerTo(words, taken, line, 201) : fresh({ id: sent.id }, 201);
  }

  /** A file of an answer, to whoever has the token of its conversation and to nobody else. */
  private async give(conversation: string, line: string, place: number): Promise<Response> {
    const remembered = await this.remembered(conversation);
    const file = remembered && lineOf(remembered, 'office', line)?.files?.[place];
    if (file?.sha256 === undefined) return gone();
    if (this.filesGiven.tooMany(conversation)) return tooMany();
    try {
      const bytes = await this.host.open({ sha256: file.sha256 });
      return new Response(Uint8Array.from(bytes), {
        headers: {
          'content-type': file.mediaType,
          // Kept, never shown as a page of this place.
          'content-disposition': `attachment; filename*=UTF-8''${encodedName(file.name)}`,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        },
      });
    } catch (error) {
      if (error instanceof BlobMissing) return gone();
      throw error;
    }
  }

  /** A page says that something is being written in it, or no longer; never what. */
  private async writes(request: Request, conversation: string): Promise<Response> {
    const body: unknown = await request.json().catch(() => undefined);
    const { writing } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    this.presence.citizenWrites(conversation, writing === true);
    return new Response(null, { status: 204 });
  }

  /** A page says what it has, and what somebody read. Told to the core before it is remembered: told again rather than never. */
  private async acknowledge(request: Request, conversation: string): Promise<Response> {
    const said = await receiptIn(request);
    const was = await this.remembered(conversation);
    if (!was) return new Response(null, { status: 204 });
    const now = withReceipt(was, said);
    const at = new Date().toISOString();
    const account = this.config.chatAccount;
    for (const { by, id, seq } of was.lines) {
      if (by !== 'office') continue;
      if (seq > was.read && seq <= now.read)
        await this.host.report({ account, conversation, message: id, state: 'read', at });
      else if (seq > was.delivered && seq <= now.delivered)
        await this.host.report({ account, conversation, message: id, state: 'delivered', at });
    }
    if (now !== was)
      await this.host.state.change<Remembered>(keyOf(conversation), again => withReceipt(again ?? now, said));
    return new Response(null, { status: 204 });
  }

  private remembered(conversation: string): Promise<Remembered | undefined> {
    return this.host.state.get<Remembered>(keyOf(conversation));
  }

  private async forgetOld(now = Date.now()): Promise<void> {
    try {
      for (const key of await this.host.state.keys(CONVERSATIONS))
        await this.host.state.forget<Remembered>(key, ({ until }) => until < now);
    } catch (error) {
      this.host.log.warn({ err: error }, 'old conversations could not be forgotten: tried again later');
    }
  }
}

/** Pages of other origins are told apart by name: none is let in by a pattern. */
function forOrigin(request: Request, origin: string, answer: Response): Response {
  answer.headers.set('access-control-allow-origin', origin);
  answer.headers.append('vary', 'Origin');
  answer.headers.set('access-control-expose-headers', 'retry-after');
  if (request.method === 'OPTIONS') {
    answer.headers.set('access-control-allow-methods', 'GET, POST');
    answer.headers.set('access-control-allow-headers', 'authorization, content-type, last-event-id');
    answer.headers.set('access-control-max-age', A_DAY);
  }
  return answer;
}

const shown = (sent: Sent): string =>
  sent.kind === 'transcript'
    ? transcriptWords(sent.email ?? '')
    : sent.text || (sent.kind === 'message' ? '' : 'Messaggio che questa pagina non sa mostrare.');
const fileOf = ({ filename: name, mediaType, bytes }: KnownFile): LineFile => ({
  name,
  mediaType,
  bytes: bytes.byteLength,
});

/** The same id stands for the same words and files, for ever. */
const answerTo = (words: Words, line: Line, said: Pick<Line, 'text' | 'files' | 'choice'>, status = 200): Response =>
  saysTheSame(line, said)
    ? fresh({ id: line.id, seq: line.seq, at: line.at }, status)
    : problemAnswer({ name: 'idempotency-mismatch', detail: words.otherWords });
const wrong = (words: Words, errors: readonly Mistake[]): Response =>
  problemAnswer({ name: 'invalid-input', detail: words.cannot, errors });
/** A name in a header (RFC 8187). */
const encodedName = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /['()*]/g,
    one => `%${one.charCodeAt(0).toString(16)}`,
  );
const gone = (): Response => problemAnswer({ name: 'not-found', detail: 'Questo file non c’è più.' });

async function receiptIn(request: Request): Promise<{ delivered: number; read: number }> {
  const body: unknown = await request.json().catch(() => undefined);
  const { delivered, read } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return { delivered: seqIn(delivered), read: seqIn(read) };
}
const seqIn = (value: unknown): number => {
  const seq = Number(value ?? 0);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : 0;
};
const fresh = (body: object, status = 200): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
const TOO_MANY: Problem = { name: 'too-many-requests', detail: 'Troppi messaggi: aspetta un momento.', retryAfter: 10 };
const tooMany = (): Response => problemAnswer(TOO_MANY);
