import { isJson, type Json } from './checks.js';
import type { MetaSimulator } from './simulator.js';
import type { PageSaying } from './page.js';
import type { RestFault } from './rest-faults.js';
import type { Saying } from './whatsapp.js';

/** A mistake of who uses the control API. */
export class ControlMistake extends Error {}

const word = (body: Json, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new ControlMistake(`«${name}» must be a text`);
  return value;
};
const maybe = (body: Json, name: string): string | undefined =>
  body[name] === undefined ? undefined : word(body, name);
const amount = (body: Json, name: string): number => {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ControlMistake(`«${name}» must be a number`);
  return value;
};
const bytesOf = (body: Json): Uint8Array => Buffer.from(word(body, 'base64'), 'base64');

/** Sets those fields of `knobs` that the body names and that are of the same kind. */
function turn<T extends object>(knobs: T, body: Json): T {
  for (const [name, value] of Object.entries(body)) {
    if (!(name in knobs)) throw new ControlMistake(`no knob «${name}»`);
    if (typeof value !== typeof knobs[name as keyof T]) throw new ControlMistake(`«${name}» is of another kind`);
    Object.assign(knobs, { [name]: value });
  }
  return knobs;
}

/** What a person says on WhatsApp: `{text}`, `{media, base64, mediaType, caption?}`, `{latitude, longitude}`, `{emoji, messageId}`, `{button, title}`, `{raw}`. */
function saying(body: Json): Saying {
  if (isJson(body.raw)) return { raw: body.raw };
  if (body.media !== undefined) {
    const media = word(body, 'media');
    if (!/^(image|video|audio|voice|document|sticker)$/.test(media))
      throw new ControlMistake('«media» is of no known kind');
    const caption = maybe(body, 'caption');
    const filename = maybe(body, 'filename');
    return {
      media: media as 'image',
      bytes: bytesOf(body),
      mediaType: word(body, 'mediaType'),
      ...(caption ? { caption } : {}),
      ...(filename ? { filename } : {}),
    };
  }
  if (body.latitude !== undefined) {
    const name = maybe(body, 'name');
    const address = maybe(body, 'address');
    const place = { latitude: amount(body, 'latitude'), longitude: amount(body, 'longitude') };
    return { location: { ...place, ...(name ? { name } : {}), ...(address ? { address } : {}) } };
  }
  if (body.messageId !== undefined) {
    const emoji = maybe(body, 'emoji');
    return { reaction: { messageId: word(body, 'messageId'), ...(emoji ? { emoji } : {}) } };
  }
  if (body.button !== undefined) return { button: { id: word(body, 'button'), title: word(body, 'title') } };
  return { text: word(body, 'text') };
}

function pageSaying(body: Json): PageSaying {
  if (body.media !== undefined && body.url !== undefined) return { media: 'image', url: word(body, 'url') };
  if (body.media !== undefined) {
    const media = word(body, 'media');
    if (!/^(image|video|audio|file)$/.test(media)) throw new ControlMistake('«media» is of no known kind');
    return { media: media as 'image', bytes: bytesOf(body), mediaType: word(body, 'mediaType') };
  }
  if (body.latitude !== undefined)
    return { location: { latitude: amount(body, 'latitude'), longitude: amount(body, 'longitude') } };
  const quickReply = maybe(body, 'quickReply');
  const replyTo = maybe(body, 'replyTo');
  return { text: word(body, 'text'), ...(quickReply ? { quickReply } : {}), ...(replyTo ? { replyTo } : {}) };
}

function fault(body: Json): Omit<RestFault, 'times'> & { times?: number } {
  const on = maybe(body, 'on') ?? 'messages';
  const kind = maybe(body, 'kind') ?? 'error';
  if (!/^(messages|media|download|comments|any)$/.test(on)) throw new ControlMistake('«on» is no known call');
  if (!/^(error|bare|no_answer|failed_status)$/.test(kind)) throw new ControlMistake('«kind» is no known fault');
  const numbers = Object.fromEntries(
    ['times', 'status', 'code', 'subcode', 'retryAfter']
      .filter(name => name in body)
      .map(name => [name, amount(body, name)]),
  );
  const details = maybe(body, 'details');
  return { on: on as RestFault['on'], kind: kind as RestFault['kind'], ...numbers, ...(details ? { details } : {}) };
}

type Action = (simulator: MetaSimulator, body: Json) => unknown;

/** Every action of `/_control/…`: GET with the query as body for looking, POST with JSON for acting. */
export const CONTROL: Readonly<Record<string, Action>> = {
  'GET knobs': s => ({ delivery: s.webhooks.knobs, whatsapp: s.whatsapp.knobs, page: s.pages.knobs }),
  'POST knobs': (s, body) => turn(s.webhooks.knobs, body),
  'POST faults': (s, body) => s.faults.add(fault(body)),
  'POST faults/clear': s => s.faults.clear(),
  'POST clock': (s, body) => {
    s.clock.advance(amount(body, 'advanceMs'));
    return { now: new Date(s.clock.now()).toISOString() };
  },
  'GET deliveries': s => s.webhooks.records,
  'POST targets': (s, body) => {
    const whatsapp = maybe(body, 'whatsapp');
    const page = maybe(body, 'page');
    return Object.assign(s.webhooks.targets, {
      ...(whatsapp ? { whatsapp_business_account: whatsapp } : {}),
      ...(page ? { page } : {}),
    });
  },
  'POST media/expire': s => s.media.expireLinks(),

  'POST whatsapp/knobs': (s, body) => turn(s.whatsapp.knobs, body),
  'GET whatsapp/citizens': s => s.whatsapp.people(),
  'POST whatsapp/citizens': (s, body) => {
    const names = Object.fromEntries(
      ['waId', 'parentBsuid', 'username'].filter(name => name in body).map(name => [name, word(body, name)]),
    );
    const bsuid = typeof body.bsuid === 'string' ? { bsuid: body.bsuid } : {};
    return s.whatsapp.meet({ ...names, ...bsuid, name: word(body, 'name'), unreachable: body.unreachable === true });
  },
  'POST whatsapp/messages': (s, body) => {
    const inReplyTo = maybe(body, 'inReplyTo');
    const number = maybe(body, 'number');
    const options = { ...(inReplyTo ? { inReplyTo } : {}), ...(number ? { number } : {}) };
    return s.whatsapp.say(word(body, 'from'), saying(body), options);
  },
  'POST whatsapp/albums': (s, body) => {
    const count = amount(body, 'count');
    if (count < 1 || count > 100) throw new ControlMistake('«count» must be from 1 to 100');
    const one = saying({ ...body, caption: undefined });
    return s.whatsapp.sayTogether(
      word(body, 'from'),
      Array.from({ length: count }, () => one),
    );
  },
  'GET whatsapp/conversation': (s, body) => s.whatsapp.conversation(word(body, 'citizen')),
  'POST whatsapp/read': (s, body) => s.whatsapp.markRead(word(body, 'citizen')),
  'POST whatsapp/rename': (s, body) => {
    const waId = maybe(body, 'waId');
    const bsuid = maybe(body, 'bsuid');
    return s.whatsapp.rename(word(body, 'citizen'), { ...(waId ? { waId } : {}), ...(bsuid ? { bsuid } : {}) });
  },
  'POST whatsapp/echo': (s, body) => ({ id: s.whatsapp.echo(word(body, 'citizen'), word(body, 'text')) }),
  'POST whatsapp/raw': (s, body) => s.whatsapp.raw(word(body, 'field'), isJson(body.value) ? body.value : {}),

  'POST messenger/knobs': (s, body) => turn(s.pages.knobs, body),
  'GET messenger/people': s => s.pages.people(),
  'POST messenger/people': (s, body) => {
    const psid = maybe(body, 'psid');
    return s.pages.meet({
      name: word(body, 'name'),
      unreachable: body.unreachable === true,
      ...(psid ? { psid } : {}),
    });
  },
  'POST messenger/messages': (s, body) => s.pages.say(word(body, 'from'), pageSaying(body)),
  'POST messenger/postback': (s, body) =>
    s.pages.postback(word(body, 'from'), word(body, 'title'), word(body, 'payload')),
  'POST messenger/reaction': (s, body) => s.pages.react(word(body, 'from'), word(body, 'mid'), maybe(body, 'emoji')),
  'POST messenger/edit': (s, body) => s.pages.edit(word(body, 'from'), word(body, 'mid'), word(body, 'text')),
  'POST messenger/read': (s, body) => s.pages.markRead(word(body, 'from')),
  'POST messenger/echo': (s, body) => s.pages.echo(word(body, 'to'), word(body, 'text')),
  'POST messenger/standby': (s, body) => s.pages.standby(word(body, 'from'), word(body, 'text')),
  'POST messenger/raw': (s, body) =>
    s.pages.raw(isJson(body.event) ? body.event : {}, body.list === 'changes' ? 'changes' : 'messaging'),
  'GET messenger/conversation': (s, body) => s.pages.conversation(word(body, 'person')),

  'GET comments/list': s => s.pages.comments,
  'POST comments/add': (s, body) => {
    const parent = maybe(body, 'parent');
    const post = maybe(body, 'post');
    const under = { ...(parent ? { parent } : {}), ...(post ? { post } : {}) };
    return s.pages.addComment(word(body, 'from'), word(body, 'text'), under);
  },
  'POST comments/edit': (s, body) => s.pages.editComment(word(body, 'comment'), word(body, 'text')),
  'POST comments/remove': (s, body) => s.pages.removeComment(word(body, 'comment'), body.told !== false),
  'POST comments/own': (s, body) => s.pages.ownComment(word(body, 'text'), maybe(body, 'parent')),
  'POST comments/mention': (s, body) => ({ post: s.pages.mention(word(body, 'from'), word(body, 'text')) }),
};
