import { randomBytes, randomInt } from 'node:crypto';
import { isJson, type Json } from './checks.js';
import type { Clock } from './clock.js';
import { GraphError, invalid, missing } from './graph-error.js';
import { WHATSAPP } from './limits.js';
import { digest, type MediaStore, type StoredMedia } from './media-store.js';
import type { RestFaults } from './rest-faults.js';
import type { Notice, Webhooks } from './webhooks.js';
import { checkMessage, checkRead } from './whatsapp-request.js';

/** A person on the network; the number or the id may be hidden from the administration. */
export interface Citizen {
  readonly key: string;
  waId?: string;
  bsuid?: string;
  parentBsuid?: string;
  name: string;
  username?: string;
  /** Cannot be reached: an accepted message fails with 131026. */
  unreachable?: boolean;
}
export type ReceiptState = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
/** One message of a conversation, as the citizen's telephone shows it. */
export interface ChatMessage {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly number: string;
  readonly citizen: string;
  readonly at: string;
  readonly type: string;
  /** The part of the message named by its type. */
  readonly body: unknown;
  readonly template?: string;
  readonly inReplyTo?: string;
  state: ReceiptState;
  readonly opaque?: string;
  error?: number;
}
export interface WhatsappKnobs {
  /** Which statuses follow an accepted message by themselves. */
  statuses: 'sent_delivered' | 'sent' | 'none' | 'delivered_before_sent';
  /** `markRead` sends `read` although `delivered` never came. */
  readWithoutDelivered: boolean;
  /** Where 131047 is said: in a failed status, as it mostly is, or in the answer to the call. */
  windowError: 'status' | 'call';
  /** The answer says `held_for_quality_assessment`. */
  heldForQuality: boolean;
  mediaLiveMs: number;
}
/** What a citizen says, in few words; anything else goes through `raw`. */
export type Saying =
  | { readonly text: string }
  | {
      readonly media: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly caption?: string;
      readonly filename?: string;
    }
  | { readonly location: { latitude: number; longitude: number; name?: string; address?: string } }
  | { readonly reaction: { messageId: string; emoji?: string } }
  | { readonly button: { id: string; title: string } }
  | { readonly raw: Json };
interface SayOptions {
  readonly number?: string;
  readonly inReplyTo?: string;
  readonly id?: string;
}
interface Template {
  readonly name: string;
  readonly language: string;
  readonly parameters: number;
  readonly state: 'approved' | 'paused' | 'disabled';
}

const wamid = (): string => `wamid.${randomBytes(18).toString('base64')}`;

/** The WhatsApp side: numbers, citizens, conversations, statuses, windows. */
export class Whatsapp {
  readonly knobs: WhatsappKnobs = {
    statuses: 'sent_delivered',
    readWithoutDelivered: false,
    windowError: 'status',
    heldForQuality: false,
    mediaLiveMs: WHATSAPP.mediaUrlMs,
  };
  readonly chat: ChatMessage[] = [];
  readonly templates: Template[] = [];
  private readonly citizens = new Map<string, Citizen>();
  private readonly lastInbound = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly webhooks: Webhooks,
    private readonly media: MediaStore,
    private readonly faults: RestFaults,
    /** phone_number_id → number shown. */
    readonly numbers: ReadonlyMap<string, string>,
    private readonly waba: string,
  ) {}

  /** Makes a person exist. Without `waId` the number is hidden; with `bsuid: ''` the account is of before the ids. */
  meet(who: Partial<Omit<Citizen, 'key'>> & { name: string }): Citizen {
    const bsuid = who.bsuid ?? `IT.${randomInt(1e14, 2.8e14)}`;
    const citizen: Citizen = { ...who, key: bsuid || (who.waId ?? ''), ...(bsuid ? { bsuid } : { bsuid: undefined }) };
    if (citizen.key === '') throw new Error('a citizen needs a number or an id');
    this.citizens.set(citizen.key, citizen);
    return citizen;
  }
  people(): Citizen[] {
    return [...this.citizens.values()];
  }
  citizen(key: string): Citizen {
    const found = this.citizens.get(key) ?? this.people().find(one => one.waId === key || one.bsuid === key);
    if (!found) throw new Error(`no citizen ${key}`);
    return found;
  }
  /** The conversation as the citizen sees it. */
  conversation(key: string): ChatMessage[] {
    const { key: own } = this.citizen(key);
    return this.chat.filter(message => message.citizen === own);
  }

  /** The citizen says something; the webhook leaves at once. */
  say(key: string, saying: Saying, options: SayOptions = {}): ChatMessage {
    const { message, notice } = this.said(key, saying, options);
    this.webhooks.tell(notice);
    return message;
  }

  /** Several at once, as many webhooks in parallel: an album. */
  sayTogether(key: string, sayings: readonly Saying[], options: SayOptions = {}): ChatMessage[] {
    const all = sayings.map(saying => this.said(key, saying, options));
    this.webhooks.tell(...all.map(one => one.notice));
    return all.map(one => one.message);
  }

  /** The citizen opens the conversation: what was delivered is read. */
  markRead(key: string): void {
    const { readWithoutDelivered } = this.knobs;
    for (const message of this.conversation(key))
      if (
        message.direction === 'out' &&
        (message.state === 'delivered' || (readWithoutDelivered && message.state !== 'failed'))
      )
        this.status(message, 'read');
  }

  /** Sends a status whatever came before it. */
  status(message: ChatMessage, state: Exclude<ReceiptState, 'accepted'>, code?: number): void {
    message.state = state;
    if (code !== undefined) message.error = code;
    const citizen = this.citizen(message.citizen);
    const value = {
      ...this.head(message.number),
      statuses: [
        {
          id: message.id,
          status: state,
          timestamp: this.clock.seconds(),
          ...(citizen.waId ? { recipient_id: citizen.waId } : {}),
          ...(citizen.bsuid && code === undefined ? { recipient_user_id: citizen.bsuid } : {}),
          ...(state === 'sent'
            ? { pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' } }
            : {}),
          ...(message.opaque ? { biz_opaque_callback_data: message.opaque } : {}),
          ...(code === undefined
            ? {}
            : {
                errors: [
                  {
                    code,
                    title: 'Message failed',
                    message: 'Message failed',
                    error_data: { details: `Simulated failure ${code}` },
                  },
                ],
              }),
        },
      ],
    };
    this.webhooks.tell(this.change('messages', value));
  }

  /** The citizen changes number, or the provider their id: one system message or one `user_id_update`. */
  rename(key: string, names: { waId?: string; bsuid?: string }): void {
    const citizen = this.citizen(key);
    const number = this.anyNumber();
    if (names.waId !== undefined) {
      const message = {
        from: citizen.waId,
        id: wamid(),
        timestamp: this.clock.seconds(),
        type: 'system',
        system: {
          body: `${citizen.name} changed from ${citizen.waId ?? ''} to ${names.waId}`,
          wa_id: names.waId,
          type: 'user_changed_number',
        },
      };
      this.webhooks.tell(this.change('messages', { ...this.head(number), messages: [message] }));
      citizen.waId = names.waId;
    }
    if (names.bsuid !== undefined) {
      const update = {
        user_id: { previous: citizen.bsuid, current: names.bsuid },
        ...(citizen.waId ? { wa_id: citizen.waId } : {}),
        timestamp: this.clock.seconds(),
        detail: 'The user id changed',
      };
      this.webhooks.tell(this.change('user_id_update', { ...this.head(number), user_id_update: [update] }));
      citizen.bsuid = names.bsuid;
    }
  }

  /** Somebody of the administration answers in the provider's own application. */
  echo(key: string, text: string): string {
    const citizen = this.citizen(key);
    const number = this.anyNumber();
    const message = {
      from: this.numbers.get(number),
      ...(citizen.waId ? { to: citizen.waId } : {}),
      ...(citizen.bsuid ? { to_user_id: citizen.bsuid } : {}),
      id: wamid(),
      timestamp: this.clock.seconds(),
      type: 'text',
      text: { body: text },
    };
    this.webhooks.tell(this.change('smb_message_echoes', { ...this.head(number), message_echoes: [message] }));
    return message.id;
  }

  /** Any change, as it is. */
  raw(field: string, value: Json): void {
    this.webhooks.tell(this.change(field, value));
  }

  /** `POST /{phone-number-id}/messages`. */
  send(number: string, request: unknown): object {
    this.owned(number);
    this.faults.refuse('messages');
    if (isJson(request) && request.status !== undefined) return this.readReceipt(request);
    const { request: body, type } = checkMessage(request);
    const content = body[type];
    if (type === 'template') this.checkTemplate(content as Json);
    if (isJson(content) && typeof content.id === 'string') this.checkMedia(number, type, content.id);
    const citizen = this.addressee(body);
    const code = this.failureOf(number, citizen, type);
    if (code === 131047 && this.knobs.windowError === 'call')
      throw new GraphError(400, 131047, 'Re-engagement message', {
        details:
          'Message failed to send because more than 24 hours have passed since the customer last replied to this number',
      });
    const message = this.record(number, citizen, {
      type,
      body: content,
      opaque: body.biz_opaque_callback_data,
      context: body.context,
    });
    this.followUp(message, code);
    return {
      messaging_product: 'whatsapp',
      contacts: [
        {
          input: body.to ?? body.recipient,
          ...(citizen.waId ? { wa_id: citizen.waId } : {}),
          ...(citizen.bsuid ? { user_id: citizen.bsuid } : {}),
        },
      ],
      messages: [
        { id: message.id, message_status: this.knobs.heldForQuality ? 'held_for_quality_assessment' : 'accepted' },
      ],
    };
  }

  /** `POST /{phone-number-id}/media`. */
  upload(number: string, bytes: Uint8Array, mediaType: string, filename: string | undefined): StoredMedia {
    this.owned(number);
    this.faults.refuse('media');
    if (bytes.byteLength === 0) throw invalid('The file is empty');
    if (bytes.byteLength > WHATSAPP.bytes.document)
      throw new GraphError(400, 131053, 'Media upload error', { details: 'The file is too large' });
    return this.media.keep(number, bytes, mediaType, filename);
  }

  /** The number as the provider knows it. */
  describe(number: string): object {
    this.owned(number);
    return {
      id: number,
      display_phone_number: this.numbers.get(number),
      verified_name: 'Comune di prova',
      quality_rating: 'GREEN',
    };
  }
  owns(number: string): boolean {
    return this.numbers.has(number);
  }

  private owned(number: string): void {
    if (!this.owns(number)) throw missing(number);
  }
  private anyNumber(): string {
    const [number] = this.numbers.keys();
    if (number === undefined) throw new Error('the simulator has no number');
    return number;
  }
  private head(number: string): Json {
    return {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: this.numbers.get(number) ?? number, phone_number_id: number },
    };
  }
  private change(field: string, value: Json): Notice {
    return { object: 'whatsapp_business_account', entry: this.waba, list: 'changes', item: { field, value } };
  }

  private said(key: string, saying: Saying, options: SayOptions): { message: ChatMessage; notice: Notice } {
    const citizen = this.citizen(key);
    const number = options.number ?? this.anyNumber();
    const { type, body } = this.worded(number, saying);
    const id = options.id ?? wamid();
    const message: ChatMessage = {
      id,
      direction: 'in',
      number,
      citizen: citizen.key,
      at: new Date(this.clock.now()).toISOString(),
      type,
      body,
      ...(options.inReplyTo === undefined ? {} : { inReplyTo: options.inReplyTo }),
      state: 'delivered',
    };
    this.chat.push(message);
    this.lastInbound.set(`${number}:${citizen.key}`, this.clock.now());
    const value = {
      ...this.head(number),
      contacts: [
        {
          profile: { name: citizen.name, ...(citizen.username ? { username: citizen.username } : {}) },
          ...(citizen.waId ? { wa_id: citizen.waId } : {}),
          ...(citizen.bsuid ? { user_id: citizen.bsuid } : {}),
          ...(citizen.parentBsuid ? { parent_user_id: citizen.parentBsuid } : {}),
        },
      ],
      messages: [
        {
          ...(citizen.waId ? { from: citizen.waId } : {}),
          ...(citizen.bsuid ? { from_user_id: citizen.bsuid } : {}),
          ...(citizen.parentBsuid ? { from_parent_user_id: citizen.parentBsuid } : {}),
          id,
          timestamp: this.clock.seconds(),
          ...(options.inReplyTo ? { context: { from: this.numbers.get(number), id: options.inReplyTo } } : {}),
          type,
          [type]: body,
        },
      ],
    };
    return { message, notice: this.change('messages', value) };
  }

  private worded(number: string, saying: Saying): { type: string; body: unknown } {
    if ('text' in saying) return { type: 'text', body: { body: saying.text } };
    if ('location' in saying) return { type: 'location', body: saying.location };
    if ('reaction' in saying) {
      const { messageId, emoji } = saying.reaction;
      return { type: 'reaction', body: { message_id: messageId, ...(emoji ? { emoji } : {}) } };
    }
    if ('button' in saying) return { type: 'interactive', body: { type: 'button_reply', button_reply: saying.button } };
    if ('raw' in saying) {
      const type = typeof saying.raw.type === 'string' ? saying.raw.type : 'unknown';
      return { type, body: saying.raw[type] };
    }
    const { media, bytes, mediaType, caption, filename } = saying;
    const stored = this.media.keep(number, bytes, mediaType, filename);
    const type = media === 'voice' ? 'audio' : media;
    return {
      type,
      body: {
        id: stored.id,
        mime_type: mediaType,
        sha256: digest(bytes),
        ...(caption ? { caption } : {}),
        ...(filename ? { filename } : {}),
        ...(type === 'audio' ? { voice: media === 'voice' } : {}),
      },
    };
  }

  private readReceipt(request: unknown): object {
    checkRead(request, '');
    return { success: true };
  }

  private checkTemplate(template: Json): void {
    const language = isJson(template.language) ? template.language.code : undefined;
    const known = this.templates.find(one => one.name === template.name && one.language === language);
    if (!known)
      throw new GraphError(404, 132001, 'Template name does not exist in the translation', {
        details: `${String(template.name)} in ${String(language)}`,
      });
    if (known.state !== 'approved')
      throw new GraphError(400, known.state === 'paused' ? 132015 : 132016, `Template is ${known.state}`, {
        details: known.name,
      });
    const components = Array.isArray(template.components) ? (template.components as Json[]) : [];
    const body = components.find(one => one.type === 'body');
    const given = Array.isArray(body?.parameters) ? body.parameters.length : 0;
    if (given !== known.parameters)
      throw new GraphError(400, 132000, 'Number of parameters does not match the expected number of params', {
        details: `body: ${given} instead of ${known.parameters}`,
      });
  }

  private checkMedia(number: string, type: string, id: string): void {
    const media = this.media.find(id);
    if (!media || media.owner !== number)
      throw new GraphError(400, 131009, 'Parameter value is not valid', { details: `Media ${id} is not known` });
    const limits: Readonly<Record<string, number>> = WHATSAPP.bytes;
    const limit = limits[type];
    if (limit !== undefined && media.bytes.byteLength > limit)
      throw new GraphError(400, 131053, 'Media upload error', { details: `${type} over ${limit} bytes` });
  }

  private addressee(request: Json): Citizen {
    const name = String(request.to ?? request.recipient);
    const known = this.people().find(one => (request.to === undefined ? one.bsuid === name : one.waId === name));
    if (known) return known;
    if (request.to === undefined)
      throw new GraphError(400, 131009, 'Parameter value is not valid', {
        details: 'The recipient is not a known user id',
      });
    if (!/^\d{7,15}$/.test(name))
      throw new GraphError(400, 131009, 'Parameter value is not valid', {
        details: 'The recipient phone number is not valid',
      });
    return { key: name, waId: name, name: name, unreachable: true };
  }

  private failureOf(number: string, citizen: Citizen, type: string): number | undefined {
    const asked = this.faults.take('messages', 'failed_status');
    if (asked) return asked.code ?? 131000;
    if (citizen.unreachable) return 131026;
    const last = this.lastInbound.get(`${number}:${citizen.key}`);
    const open = last !== undefined && this.clock.now() - last <= WHATSAPP.windowMs;
    return type === 'template' || open ? undefined : 131047;
  }

  private record(
    number: string,
    citizen: Citizen,
    said: { type: string; body: unknown; opaque: unknown; context: unknown },
  ): ChatMessage {
    this.citizens.set(citizen.key, citizen);
    const quoted = isJson(said.context) ? said.context.message_id : undefined;
    const message: ChatMessage = {
      id: wamid(),
      direction: 'out',
      number,
      citizen: citizen.key,
      at: new Date(this.clock.now()).toISOString(),
      type: said.type,
      body: said.body,
      ...(typeof quoted === 'string' ? { inReplyTo: quoted } : {}),
      ...(typeof said.opaque === 'string' ? { opaque: said.opaque } : {}),
      state: 'accepted',
    };
    this.chat.push(message);
    return message;
  }

  private followUp(message: ChatMessage, code: number | undefined): void {
    if (code !== undefined) return this.status(message, 'failed', code);
    const { statuses } = this.knobs;
    if (statuses === 'none') return;
    if (statuses === 'delivered_before_sent') this.status(message, 'delivered');
    this.status(message, 'sent');
    if (statuses === 'sent_delivered') this.status(message, 'delivered');
  }
}
