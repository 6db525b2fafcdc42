import { isJson, jsonOf, textOf, type Json } from '@filodiretto/channel-kit';
import type { WaWebClient, WebEvent, WebMedia, WebMessage, WebPerson, WebState } from './client.js';

/** What is used of the library's client; its shapes as they were seen, its fields never trusted. */
export interface LibraryClient {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  sendMessage(chat: string, content: unknown, options?: object): Promise<unknown>;
  isRegisteredUser(chat: string): Promise<boolean>;
  getMessageById(handle: string): Promise<unknown>;
  getState(): Promise<unknown>;
  getChats(): Promise<unknown[]>;
  getContactLidAndPhone(ids: string[]): Promise<unknown[]>;
}
export interface Library {
  readonly MessageMedia: new (mediaType: string, base64: string, filename?: string) => unknown;
  readonly Location: new (latitude: number, longitude: number, options?: { name: string }) => unknown;
}

/** Our client over the library's: its events in order, each chat under one name. */
export const adapted = (client: LibraryClient, library: Library): WaWebClient => new Adapter(client, library);

const STATES = ['ready', 'authenticated', 'auth_failure', 'disconnected'] as const;
/** Chats that are no person's: groups, news, stories. */
const NOBODYS = /@(g\.us|newsletter|broadcast)$/;
const PER_CHAT = 50;

class Adapter implements WaWebClient {
  private tell: (event: WebEvent) => void = () => undefined;
  private tellState: (state: WebState) => void = () => undefined;
  /** Events wait for one another, because the name of a chat may have to be asked for. */
  private chain: Promise<void> = Promise.resolve();
  private readonly phones = new Map<string, string>();
  private stopped = false;

  constructor(
    private readonly client: LibraryClient,
    private readonly library: Library,
  ) {
    client.on('qr', code => this.tellState({ name: 'qr', qr: String(code) }));
    for (const name of STATES)
      client.on(name, detail => this.tellState({ name, ...(typeof detail === 'string' ? { detail } : {}) }));
    client.on('change_state', state => {
      if (state !== 'CONNECTED') this.tellState({ name: String(state) });
    });
    client.on('message', message => this.later(() => this.message(message)));
    client.on('message_create', message => {
      if (jsonOf(message).fromMe === true) this.later(() => this.message(message));
    });
    client.on('message_ack', (message, ack) => this.later(() => this.ack(message, ack)));
    client.on('message_edit', (message, body) => this.later(() => this.edit(message, body)));
    client.on('message_revoke_everyone', (after, before) => this.later(() => this.revoke(after, before)));
    client.on('message_reaction', reaction => this.later(() => this.reaction(reaction)));
    client.on('call', call => this.later(() => this.call(call)));
  }

  onEvent(listener: (event: WebEvent) => void): void {
    this.tell = listener;
  }
  onState(listener: (state: WebState) => void): void {
    this.tellState = listener;
  }
  start(): Promise<void> {
    return this.client.initialize();
  }
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await this.client.destroy();
  }

  async state(): Promise<string> {
    return textOf(await this.client.getState()) ?? 'UNKNOWN';
  }

  async missed(since: number): Promise<WebMessage[]> {
    const found: WebMessage[] = [];
    for (const chat of await this.client.getChats()) {
      const about = jsonOf(chat);
      if (Number(about.timestamp) < since || typeof about.fetchMessages !== 'function') continue;
      const fetchMessages = about.fetchMessages as (options: object) => Promise<unknown[]>;
      for (const message of await fetchMessages.call(chat, { limit: PER_CHAT })) {
        const read = await this.read(message);
        if (read && !read.fromMe && read.timestamp >= since) found.push(read);
      }
    }
    return found.sort((a, b) => a.timestamp - b.timestamp);
  }

  sendText(chat: string, text: string, quoted?: string): Promise<string> {
    return this.say(chat, text, quoted ? { quotedMessageId: quoted, ignoreQuoteErrors: true } : {});
  }
  sendMedia(chat: string, media: WebMedia, caption: string): Promise<string> {
    const { bytes, mediaType, filename } = media;
    const content = new this.library.MessageMedia(mediaType, Buffer.from(bytes).toString('base64'), filename);
    return this.say(chat, content, caption === '' ? {} : { caption });
  }
  sendLocation(chat: string, place: { latitude: number; longitude: number; name?: string }): Promise<string> {
    const { latitude, longitude, name } = place;
    return this.say(chat, new this.library.Location(latitude, longitude, ...(name ? [{ name }] : [])), {});
  }
  isKnown(chat: string): Promise<boolean> {
    return chat.endsWith('@lid') ? Promise.resolve(true) : this.client.isRegisteredUser(chat);
  }

  async download(handle: string): Promise<WebMedia | undefined> {
    const message = jsonOf(await this.client.getMessageById(handle));
    if (typeof message.downloadMedia !== 'function') return undefined;
    const media = jsonOf(await (message.downloadMedia as () => Promise<unknown>)());
    const data = textOf(media.data);
    if (data === undefined) return undefined;
    const filename = textOf(media.filename);
    return {
      bytes: Buffer.from(data, 'base64'),
      mediaType: textOf(media.mimetype, 255) ?? 'application/octet-stream',
      ...(filename ? { filename } : {}),
    };
  }

  private async say(chat: string, content: unknown, options: object): Promise<string> {
    const id = idOf(jsonOf(await this.client.sendMessage(chat, content, options)).id);
    if (id === undefined) throw new Error('The device sent without giving an id');
    return id;
  }

  private later(work: () => Promise<WebEvent | undefined>): void {
    this.chain = this.chain.then(async () => {
      try {
        const event = await work();
        if (event) this.tell(event);
      } catch (error) {
        // What the device tells cannot be asked for again but by catching up: the link is given up, and made anew.
        this.tellState({ name: 'disconnected', detail: error instanceof Error ? error.message : String(error) });
      }
    });
  }

  private async message(message: unknown): Promise<WebEvent | undefined> {
    const read = await this.read(message);
    return read && { kind: 'message', message: read };
  }
  private async edit(message: unknown, body: unknown): Promise<WebEvent | undefined> {
    const read = await this.read(message);
    return read && { kind: 'edit', message: read, body: typeof body === 'string' ? body : '' };
  }
  private async revoke(after: unknown, before: unknown): Promise<WebEvent | undefined> {
    const read = await this.read(isJson(before) ? before : after);
    return read && { kind: 'revoke', message: read };
  }
  private async ack(message: unknown, ack: unknown): Promise<WebEvent | undefined> {
    const about = jsonOf(message);
    const id = idOf(about.id);
    const person = await this.person(about.fromMe === true ? about.to : about.from);
    return id !== undefined && person && about.fromMe === true
      ? { kind: 'ack', id, person, ack: Number(ack) }
      : undefined;
  }
  private async reaction(reaction: unknown): Promise<WebEvent | undefined> {
    const about = jsonOf(reaction);
    const [id, to] = [idOf(about.id), idOf(about.msgId)];
    const person = jsonOf(about.id).fromMe === true ? undefined : await this.person(about.senderId);
    return id !== undefined && to !== undefined && person
      ? {
          kind: 'reaction',
          id,
          to,
          person,
          emoji: textOf(about.reaction, 100) ?? '',
          timestamp: Number(about.timestamp),
        }
      : undefined;
  }
  private async call(call: unknown): Promise<WebEvent | undefined> {
    const about = jsonOf(call);
    const id = textOf(about.id);
    const person = about.fromMe === true || about.isGroup === true ? undefined : await this.person(about.from);
    return id !== undefined && person ? { kind: 'call', id, person, timestamp: Number(about.timestamp) } : undefined;
  }

  private async read(message: unknown): Promise<WebMessage | undefined> {
    const about = jsonOf(message);
    const id = idOf(about.id);
    const fromMe = about.fromMe === true;
    const data = jsonOf(about._data);
    const person =
      about.isStatus === true ? undefined : await this.person(fromMe ? about.to : about.from, data.notifyName);
    if (id === undefined || !person || about.type === 'e2e_notification' || about.type === 'protocol') return undefined;
    const quoted = idOf(data.quotedStanzaID === undefined ? undefined : { id: data.quotedStanzaID });
    const place = jsonOf(about.location);
    const mediaType = textOf(data.mimetype, 255);
    const filename = textOf(data.filename, 255);
    const name = textOf(place.name) ?? textOf(place.description);
    return {
      id,
      handle: textOf(jsonOf(about.id)._serialized) ?? id,
      person,
      fromMe,
      timestamp: Number(about.timestamp),
      type: textOf(about.type) ?? 'unknown',
      body: typeof about.body === 'string' && !isPicture(about) ? about.body : '',
      hasMedia: about.hasMedia === true,
      ...(mediaType ? { mediaType } : {}),
      ...(filename ? { filename } : {}),
      ...(quoted ? { quoted } : {}),
      ...(about.isForwarded === true ? { forwarded: true } : {}),
      ...(isJson(about.location)
        ? {
            location: {
              latitude: Number(place.latitude),
              longitude: Number(place.longitude),
              ...(name ? { name } : {}),
            },
          }
        : {}),
      ...(Array.isArray(about.vCards) && about.vCards.length > 0 ? { cards: about.vCards.map(String) } : {}),
    };
  }

  /** The person of a chat, under the telephone number when the device can say it; `undefined` for what is nobody's. */
  private async person(chat: unknown, name?: unknown): Promise<WebPerson | undefined> {
    const id = textOf(chat);
    if (id === undefined || NOBODYS.test(id)) return undefined;
    const phone = id.endsWith('@lid') ? await this.phoneOf(id) : id.replace(/(:\d+)?@.*$/, '');
    const shown = textOf(name, 300);
    return { chat: id, ...(phone ? { phone } : {}), ...(shown ? { name: shown } : {}) };
  }

  private async phoneOf(lid: string): Promise<string | undefined> {
    const known = this.phones.get(lid);
    if (known !== undefined) return known;
    const [found] = await this.client.getContactLidAndPhone([lid]);
    const phone = textOf(jsonOf(found).pn)?.replace(/@.*$/, '');
    if (phone !== undefined) this.phones.set(lid, phone);
    return phone;
  }
}

const idOf = (id: unknown): string | undefined => textOf(jsonOf(id).id);
/** The body of a place is its map, as a picture in base64. */
const isPicture = (about: Json): boolean => about.type === 'location';
