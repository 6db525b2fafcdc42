import { createHash } from 'node:crypto';
import type { Fact, Reception } from '@filodiretto/channel-kit';
import {
  AUTOMATIC_KINDS,
  MAX_INLINE_TEXT,
  MEDIA_KINDS,
  SEND_STATES,
  type AutomaticKind,
  type BlobRef,
  type MediaKind,
  type MediaPart,
  type Part,
  type SendState,
} from '@filodiretto/contracts';

/** Keeps bytes found inside a delivery. */
export type Keep = (bytes: Uint8Array, mediaType: string) => Promise<BlobRef>;
type Item = Readonly<Record<string, unknown>>;

/** Every fact of a delivery, in order. A delivery is `{ "items": [...] }`; see the README for the items. */
export async function factsOf(reception: Reception, raw: Uint8Array, keep: Keep): Promise<Fact[]> {
  const body = parsed(raw);
  if (!isItem(body) || !Array.isArray(body.items)) throw new Error('a delivery is an object with a list of items');
  return Promise.all(body.items.map((item: unknown) => factOf(reception, isItem(item) ? item : { value: item }, keep)));
}

function parsed(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch (error) {
    throw new Error('the delivery is not JSON in UTF-8', { cause: error });
  }
}

async function factOf(reception: Reception, item: Item, keep: Keep): Promise<Fact> {
  if (item.kind === 'receipt' && isState(item.state) && (text(item.externalId) || text(item.message)))
    return {
      progress: {
        account: reception.account,
        state: item.state,
        at: time(item.at, reception),
        ...optional('externalId', text(item.externalId)),
        ...optional('message', text(item.message)),
        ...optional('conversation', text(item.person)),
      },
    };
  const person = key(text(item.person) ?? 'anonimo');
  const externalId = key(text(item.id) ?? digest(JSON.stringify(item)));
  const flags = flagsOf(item);
  const thread = { ...optional('tokens', texts(item.tokens)), ...optional('references', texts(item.references)) };
  return {
    message: {
      account: reception.account,
      externalId,
      conversation: person,
      from: {
        kind: 'loopback',
        value: person,
        verified: true,
        ...optional('displayName', text(item.name)?.slice(0, 300)),
      },
      author: item.kind === 'echo' ? 'external_app' : 'contact',
      content: await contentOf(item, keep),
      sentAt: time(item.at, reception),
      ...optional('subject', text(item.subject)?.slice(0, 2_000)),
      ...(Object.keys(flags).length > 0 ? { flags } : {}),
      ...(Object.keys(thread).length > 0 ? { thread } : {}),
    },
  };
}

async function contentOf(item: Item, keep: Keep): Promise<Part[]> {
  const parts: Part[] = [];
  if (item.kind === 'message' || item.kind === 'echo') {
    if (typeof item.text === 'string') parts.push(await textPart(item.text, keep));
    for (const one of Array.isArray(item.media) ? item.media : []) parts.push(await mediaPart(one, keep));
    if (isItem(item.place) && typeof item.place.latitude === 'number' && typeof item.place.longitude === 'number')
      parts.push({ type: 'location', latitude: item.place.latitude, longitude: item.place.longitude });
    if (isItem(item.choice) && text(item.choice.id))
      parts.push({ type: 'choice', id: text(item.choice.id) ?? '', title: text(item.choice.title) ?? '' });
  }
  return parts.length > 0
    ? parts
    : [{ type: 'unsupported', providerType: (text(item.kind) ?? 'no kind').slice(0, 200) }];
}

async function textPart(words: string, keep: Keep): Promise<Part> {
  if (words.length <= MAX_INLINE_TEXT) return { type: 'text', text: words };
  const whole = await keep(new TextEncoder().encode(words), 'text/plain; charset=utf-8');
  return { type: 'text', text: words.slice(0, MAX_INLINE_TEXT).replace(/[\uD800-\uDBFF]$/, ''), whole };
}

/** A file inside the delivery is kept at once; one that is only an address is fetched later, by the host. */
async function mediaPart(value: unknown, keep: Keep): Promise<Part> {
  if (!isItem(value)) return { type: 'unsupported', providerType: 'media' };
  const mediaType = (text(value.mediaType) ?? 'application/octet-stream').slice(0, 255);
  const about = {
    type: 'media',
    kind: isMediaKind(value.kind) ? value.kind : 'file',
    mediaType,
    scan: 'skipped',
    ...optional('filename', text(value.filename)?.slice(-255)),
    ...optional('caption', text(value.caption)?.slice(0, 4_096)),
  } as const satisfies Omit<MediaPart, 'fetch'>;
  const source = text(value.url);
  if (source) return { ...about, fetch: 'pending', source };
  if (typeof value.base64 !== 'string') return { type: 'unsupported', providerType: 'media' };
  return { ...about, fetch: 'done', blob: await keep(Buffer.from(value.base64, 'base64'), mediaType) };
}

const flagsOf = (item: Item): { automatic?: AutomaticKind; doubtful?: string; public?: boolean } => ({
  ...(isAutomatic(item.automatic) ? { automatic: item.automatic } : {}),
  ...optional('doubtful', text(item.doubtful)?.slice(0, 500)),
  ...(item.public === true ? { public: true } : {}),
});

/** The contract has no room for a longer key: its digest stands for it, so that no item parks its siblings. */
const key = (value: string): string => (value.length <= 200 ? value : digest(value));
const digest = (value: string): string => createHash('sha256').update(value).digest('hex');
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
/** What was withdrawn, people say. */
const isState = (value: unknown): value is Exclude<SendState, 'withdrawn'> =>
  value !== 'withdrawn' && SEND_STATES.some(one => one === value);
const isMediaKind = (value: unknown): value is MediaKind => MEDIA_KINDS.some(one => one === value);
const isAutomatic = (value: unknown): value is AutomaticKind => AUTOMATIC_KINDS.some(one => one === value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter(one => text(one) !== undefined).map(String) : undefined;
const time = (value: unknown, reception: Reception): string => {
  const at = Date.parse(text(value) ?? '');
  return Number.isNaN(at) ? reception.receivedAt : new Date(at).toISOString();
};
const optional = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [k in K]?: V };
