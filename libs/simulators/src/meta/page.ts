import { randomBytes, randomInt } from 'node:crypto';
import { isJson, type Json } from './checks.js';
import type { Clock } from './clock.js';
import { GraphError, missing } from './graph-error.js';
import { PAGE } from './limits.js';
import type { MediaStore, StoredMedia } from './media-store.js';
import { checkComment, checkHide, checkPageMessage } from './page-request.js';
import type { RestFaults } from './rest-faults.js';
import type { Webhooks } from './webhooks.js';

/** A person as a page knows them. */
export interface Follower {
  readonly psid: string;
  readonly name: string;
  unreachable?: boolean;
}
/** One message between a person and the page. */
export interface PageMessage {
  readonly mid: string;
  readonly direction: 'in' | 'out';
  readonly page: string;
  readonly psid: string;
  readonly at: string;
  readonly text?: string;
  readonly attachment?: { readonly type: string; readonly url?: string };
  readonly quickReplies?: readonly { readonly title: string; readonly payload: string }[];
  readonly tag?: string;
  readonly metadata?: string;
  /** The comment it answers in private. */
  readonly comment?: string;
  state: 'sent' | 'delivered' | 'read';
}
/** One comment under a post of the page, or under another comment. */
export interface PageComment {
  readonly id: string;
  readonly page: string;
  readonly post: string;
  readonly parent: string;
  readonly from: { readonly id: string; readonly name: string };
  message: string;
  readonly at: number;
  removed: boolean;
  hidden: boolean;
  answeredInPrivate: boolean;
}
export interface PageKnobs {
  /** Echo of what we send. */
  echoes: boolean;
  deliveries: 'with_mids' | 'watermark_only' | 'none';
  /** The webhook of a comment does not say who wrote it. */
  commentsWithoutFrom: boolean;
}
export type PageSaying =
  | { readonly text: string; readonly quickReply?: string; readonly replyTo?: string }
  | { readonly media: 'image' | 'video' | 'audio' | 'file'; readonly bytes: Uint8Array; readonly mediaType: string }
  /** An attachment at an address of somebody else's choice. */
  | { readonly media: 'image'; readonly url: string }
  | { readonly location: { latitude: number; longitude: number; title?: string } };

const newMid = (): string => `m_${randomBytes(24).toString('base64url')}`;

/** The page side: Messenger and comments. */
export class Pages {
  readonly knobs: PageKnobs = { echoes: true, deliveries: 'with_mids', commentsWithoutFrom: false };
  readonly messages: PageMessage[] = [];
  readonly comments: PageComment[] = [];
  private readonly followers = new Map<string, Follower>();
  private readonly lastInbound = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly webhooks: Webhooks,
    private readonly media: MediaStore,
    private readonly faults: RestFaults,
    /** page id → name. */
    readonly pages: ReadonlyMap<string, string>,
    private readonly appId: string,
  ) {}

  meet(who: { name: string; psid?: string; unreachable?: boolean }): Follower {
    const follower: Follower = { ...who, psid: who.psid ?? String(randomInt(1e14, 2.8e14)) };
    this.followers.set(follower.psid, follower);
    return follower;
  }
  people(): Follower[] {
    return [...this.followers.values()];
  }
  follower(psid: string): Follower {
    const found = this.followers.get(psid);
    if (!found) throw new Error(`no follower ${psid}`);
    return found;
  }
  conversation(psid: string): PageMessage[] {
    return this.messages.filter(message => message.psid === psid);
  }
  comment(id: string): PageComment {
    const found = this.comments.find(one => one.id === id);
    if (!found) throw new Error(`no comment ${id}`);
    return found;
  }

  /** The person writes to the page. */
  say(psid: string, saying: PageSaying, page = this.anyPage()): PageMessage {
    const message = this.keep(page, psid, 'in', this.worded(saying));
    const { text, attachment } = message;
    this.lastInbound.set(`${page}:${psid}`, this.clock.now());
    const location = 'location' in saying ? saying.location : undefined;
    this.tell(page, psid, {
      message: {
        mid: message.mid,
        ...(text === undefined ? {} : { text }),
        ...('text' in saying && saying.quickReply ? { quick_reply: { payload: saying.quickReply } } : {}),
        ...('text' in saying && saying.replyTo ? { reply_to: { mid: saying.replyTo } } : {}),
        ...(attachment?.url ? { attachments: [{ type: attachment.type, payload: { url: attachment.url } }] } : {}),
        ...(location
          ? {
              attachments: [
                {
                  type: 'location',
                  title: location.title,
                  payload: { coordinates: { lat: location.latitude, long: location.longitude } },
                },
              ],
            }
          : {}),
      },
    });
    return message;
  }
  /** The person presses a button. */
  postback(psid: string, title: string, payload: string, referral?: Json): void {
    this.lastInbound.set(`${this.anyPage()}:${psid}`, this.clock.now());
    this.tell(this.anyPage(), psid, { postback: { mid: newMid(), title, payload, ...(referral ? { referral } : {}) } });
  }
  react(psid: string, mid: string, emoji?: string): void {
    this.tell(this.anyPage(), psid, {
      reaction: emoji ? { mid, action: 'react', reaction: 'other', emoji } : { mid, action: 'unreact' },
    });
  }
  edit(psid: string, mid: string, text: string, times = 1): void {
    this.tell(this.anyPage(), psid, { message_edit: { mid, text, num_edit: times } });
  }
  referral(psid: string, ref: string): void {
    this.tell(this.anyPage(), psid, { referral: { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' } });
  }
  /** The person has read everything until now. */
  markRead(psid: string): void {
    for (const message of this.conversation(psid)) if (message.direction === 'out') message.state = 'read';
    this.tell(this.anyPage(), psid, { read: { watermark: this.clock.now() } });
  }
  /** Somebody of the administration answers by another application. */
  echo(psid: string, text: string, appId = '263902037430900'): PageMessage {
    const message = this.keep(this.anyPage(), psid, 'out', { text });
    this.tellEcho(message, appId);
    return message;
  }
  /** An event for another application: it holds the conversation. */
  standby(psid: string, text: string): void {
    const page = this.anyPage();
    const item = { ...this.between(psid, page), message: { mid: newMid(), text } };
    this.webhooks.tell({ object: 'page', entry: page, list: 'standby', item });
  }
  /** Any event of the conversation, as it is. */
  raw(event: Json, list: 'messaging' | 'changes' = 'messaging'): void {
    this.webhooks.tell({ object: 'page', entry: this.anyPage(), list, item: event });
  }

  /** Somebody comments under a post, or answers a comment. */
  addComment(psid: string, text: string, under: { post?: string; parent?: string } = {}): PageComment {
    const page = this.anyPage();
    const post =
      under.post ?? (under.parent === undefined ? undefined : this.comment(under.parent).post) ?? `${page}_1001`;
    const comment = this.keepComment(page, post, under.parent ?? post, this.whoIs(psid), text);
    this.tellComment(comment, 'add');
    return comment;
  }
  editComment(id: string, text: string): void {
    const comment = this.comment(id);
    comment.message = text;
    this.tellComment(comment, 'edited');
  }
  /** The person removes a comment; the webhook may never come. */
  removeComment(id: string, told = true): void {
    const comment = this.comment(id);
    comment.removed = true;
    if (told) this.tellComment(comment, 'remove');
  }
  /** Somebody names the page elsewhere. */
  mention(psid: string, text: string): string {
    const page = this.anyPage();
    const post = `${psid}_${randomInt(1e9, 9e9)}`;
    const value = {
      item: 'post',
      verb: 'add',
      post_id: post,
      sender_id: psid,
      sender_name: this.follower(psid).name,
      message: text,
      created_time: Math.floor(this.clock.now() / 1_000),
    };
    this.webhooks.tell({ object: 'page', entry: page, list: 'changes', item: { field: 'mention', value } });
    return post;
  }
  /** The page's own people write under a post. */
  ownComment(text: string, parent?: string): PageComment {
    const page = this.anyPage();
    const post = parent === undefined ? `${page}_1001` : this.comment(parent).post;
    const comment = this.keepComment(
      page,
      post,
      parent ?? post,
      { id: page, name: this.pages.get(page) ?? page },
      text,
    );
    this.tellComment(comment, 'add');
    return comment;
  }

  owns(page: string): boolean {
    return this.pages.has(page);
  }
  knows(object: string): boolean {
    return this.comments.some(comment => comment.id === object || comment.post === object);
  }

  /** `POST /{page-id}/messages`. */
  send(page: string, request: unknown): object {
    if (!this.owns(page)) throw missing(page);
    this.faults.refuse('messages');
    const body = checkPageMessage(request);
    const to = body.recipient as Record<string, string | undefined>;
    if (to.comment_id !== undefined) return this.privateReply(page, to.comment_id, body);
    const psid = to.id ?? '';
    const follower = this.followers.get(psid);
    if (!follower) throw new GraphError(400, 100, 'No matching user found', { subcode: 2018001 });
    if (body.sender_action !== undefined) return { recipient_id: psid };
    if (follower.unreachable)
      throw new GraphError(400, 551, 'This person is not available right now', { subcode: 1545041 });
    this.checkWindow(page, psid, body.tag === 'HUMAN_AGENT');
    const message = this.keep(page, psid, 'out', this.sent(body));
    this.tellSent(message);
    return { recipient_id: psid, message_id: message.mid };
  }

  /** `POST /{page-id}/message_attachments`. */
  upload(page: string, bytes: Uint8Array, mediaType: string, filename: string | undefined): StoredMedia {
    if (!this.owns(page)) throw missing(page);
    this.faults.refuse('media');
    if (bytes.byteLength > PAGE.attachmentBytes)
      throw new GraphError(400, 100, 'Upload attachment failure', { subcode: 2018047 });
    return this.media.keep(page, bytes, mediaType, filename);
  }

  /** `POST /{comment-id | post-id}/comments`. */
  reply(object: string, request: unknown): object {
    this.faults.refuse('comments');
    checkComment(request, '');
    const target = this.comments.find(one => one.id === object);
    if (target?.removed || (!target && !this.knows(object))) throw missing(object);
    const page = this.anyPage();
    const comment = this.keepComment(
      page,
      target?.post ?? object,
      object,
      { id: page, name: this.pages.get(page) ?? page },
      (request as { message: string }).message,
    );
    this.tellComment(comment, 'add');
    return { id: comment.id };
  }
  /** `POST /{comment-id}`. */
  hide(object: string, request: unknown): object {
    checkHide(request, '');
    const target = this.comments.find(one => one.id === object && !one.removed);
    if (!target) throw missing(object);
    target.hidden = (request as { is_hidden: boolean }).is_hidden;
    return { success: true };
  }
  /** `GET /{comment-id}`. */
  describe(object: string): object {
    if (this.owns(object)) return { id: object, name: this.pages.get(object) };
    const target = this.comments.find(one => one.id === object && !one.removed);
    if (!target) throw missing(object);
    return {
      id: target.id,
      message: target.message,
      from: target.from,
      created_time: new Date(target.at).toISOString(),
    };
  }

  private anyPage(): string {
    const [page] = this.pages.keys();
    if (page === undefined) throw new Error('the simulator has no page');
    return page;
  }
  private whoIs(psid: string): { id: string; name: string } {
    return { id: psid, name: this.follower(psid).name };
  }
  private between(from: string, to: string): Json {
    return { sender: { id: from }, recipient: { id: to }, timestamp: this.clock.now() };
  }
  private tell(page: string, psid: string, event: Json): void {
    this.webhooks.tell({
      object: 'page',
      entry: page,
      list: 'messaging',
      item: { ...this.between(psid, page), ...event },
    });
  }

  private worded(saying: PageSaying): Pick<PageMessage, 'text' | 'attachment'> {
    if ('text' in saying) return { text: saying.text };
    if ('location' in saying) return { attachment: { type: 'location' } };
    if ('url' in saying) return { attachment: { type: saying.media, url: saying.url } };
    const stored = this.media.keep('people', saying.bytes, saying.mediaType);
    return { attachment: { type: saying.media, url: this.media.link(stored, PAGE.attachmentUrlMs, '_cdn') } };
  }

  private sent(body: Json): Omit<PageMessage, 'mid' | 'direction' | 'page' | 'psid' | 'at' | 'state'> {
    const message = body.message as Json;
    const { text, metadata } = message;
    const replies = Array.isArray(message.quick_replies) ? (message.quick_replies as Json[]) : [];
    const attachment = isJson(message.attachment) ? this.attached(message.attachment) : undefined;
    return {
      ...(typeof text === 'string' ? { text } : {}),
      ...(typeof metadata === 'string' ? { metadata } : {}),
      ...(attachment ? { attachment } : {}),
      ...(replies.length > 0
        ? { quickReplies: replies.map(one => ({ title: String(one.title), payload: String(one.payload) })) }
        : {}),
      ...(typeof body.tag === 'string' ? { tag: body.tag } : {}),
    };
  }

  private attached(attachment: Json): { type: string; url?: string } {
    const { url, attachment_id: id } = attachment.payload as { url?: string; attachment_id?: string };
    const type = String(attachment.type);
    if (url !== undefined) return { type, url };
    const media = this.media.find(id ?? '');
    if (!media) throw new GraphError(400, 100, 'Invalid attachment id', { subcode: 2018074 });
    return { type, url: this.media.link(media, PAGE.attachmentUrlMs, '_cdn') };
  }

  private checkWindow(page: string, psid: string, human: boolean): void {
    const last = this.lastInbound.get(`${page}:${psid}`);
    const limit = human ? PAGE.humanAgentMs : PAGE.windowMs;
    if (last === undefined || this.clock.now() - last > limit)
      throw new GraphError(400, 10, 'This message is sent outside of allowed window', { subcode: 2018278 });
  }

  private privateReply(page: string, id: string, body: Json): object {
    const comment = this.comments.find(one => one.id === id && !one.removed);
    if (!comment) throw missing(id);
    if (comment.answeredInPrivate) throw new GraphError(400, 10900, 'Activity already replied to');
    if (this.clock.now() - comment.at > PAGE.privateReplyMs)
      throw new GraphError(400, 10903, 'This activity can not be replied to any more');
    comment.answeredInPrivate = true;
    const message = this.keep(page, comment.from.id, 'out', { ...this.sent(body), comment: id });
    this.tellSent(message);
    return { recipient_id: comment.from.id, message_id: message.mid };
  }

  private keep(
    page: string,
    psid: string,
    direction: 'in' | 'out',
    said: Omit<PageMessage, 'mid' | 'direction' | 'page' | 'psid' | 'at' | 'state'>,
  ): PageMessage {
    const at = new Date(this.clock.now()).toISOString();
    const message: PageMessage = { ...said, mid: newMid(), direction, page, psid, at, state: 'sent' };
    this.messages.push(message);
    return message;
  }

  private tellSent(message: PageMessage): void {
    if (this.knobs.echoes) this.tellEcho(message, this.appId);
    if (this.knobs.deliveries === 'none') return;
    message.state = 'delivered';
    const mids = this.knobs.deliveries === 'with_mids' ? { mids: [message.mid] } : {};
    this.tell(message.page, message.psid, { delivery: { ...mids, watermark: this.clock.now() } });
  }

  private tellEcho(message: PageMessage, appId: string): void {
    const item = {
      ...this.between(message.page, message.psid),
      message: {
        mid: message.mid,
        is_echo: true,
        app_id: Number(appId),
        ...(message.text === undefined ? {} : { text: message.text }),
        ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
        ...(message.attachment?.url
          ? { attachments: [{ type: message.attachment.type, payload: { url: message.attachment.url } }] }
          : {}),
      },
    };
    this.webhooks.tell({ object: 'page', entry: message.page, list: 'messaging', item });
  }

  private keepComment(
    page: string,
    post: string,
    parent: string,
    from: { id: string; name: string },
    message: string,
  ): PageComment {
    const id = `${post.split('_')[1] ?? post}_${randomInt(1e9, 9e9)}`;
    const comment: PageComment = {
      id,
      page,
      post,
      parent,
      from,
      message,
      at: this.clock.now(),
      removed: false,
      hidden: false,
      answeredInPrivate: false,
    };
    this.comments.push(comment);
    return comment;
  }

  private tellComment(comment: PageComment, verb: 'add' | 'edited' | 'remove'): void {
    const value = {
      item: 'comment',
      verb,
      post_id: comment.post,
      comment_id: comment.id,
      parent_id: comment.parent,
      ...(this.knobs.commentsWithoutFrom ? {} : { from: comment.from }),
      ...(verb === 'remove' ? {} : { message: comment.message }),
      created_time: Math.floor((verb === 'add' ? comment.at : this.clock.now()) / 1_000),
      post: {
        permalink_url: `https://www.facebook.com/${comment.post}`,
        status_type: 'mobile_status_update',
        is_published: true,
        id: comment.post,
      },
    };
    this.webhooks.tell({ object: 'page', entry: comment.page, list: 'changes', item: { field: 'feed', value } });
  }
}
