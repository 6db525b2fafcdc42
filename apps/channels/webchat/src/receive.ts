import { isEmail } from 'class-validator';
import {
  flagsOf,
  formDataOf,
  isFormData,
  knownFile,
  Unreadable,
  uploadsIn,
  type Doubt,
  type Fact,
  type KnownFile,
  type Mistake,
  type ReadMessage,
  type Reception,
  type Upload,
} from '@filodiretto/channel-kit';
import type { BlobRef, MediaPart, Part } from '@filodiretto/contracts';
import { CHOICE_ID_MAX, CHOICE_TITLE_MAX, type Line } from './record.js';
import { isConversation } from './token.js';
import { wordsIn } from './words.js';

/** Characters of one message, at most. */
export const LONGEST = 4_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
type Item = Readonly<Record<string, unknown>>;

/** What a page sends: something said, or where the conversation is to be sent once it is over. */
export interface Sent {
  readonly id: string;
  /** `message`, `transcript`, or what a later page may know. */
  readonly kind: string;
  readonly text: string;
  /** The button that says it, by its id. */
  readonly choice?: string;
  readonly name?: string;
  readonly email?: string;
  readonly language?: string;
  /** The proof of work of who begins. */
  readonly proof?: string;
  readonly uploads: readonly Upload[];
}

/** What is wrong with what a page sent, in the words of its language. */
export interface Unsendable {
  readonly mistakes: readonly Mistake[];
  readonly language?: string;
}

/** What a page sent, as JSON or with files as a form, or what is wrong with it, in the citizen's words. */
export async function sentIn(raw: Uint8Array, mediaType: string): Promise<Sent | Unsendable> {
  const { body, uploads } = await bodyOf(raw, mediaType);
  if (!body) return { mistakes: [{ pointer: '', detail: wordsIn(undefined).unreadable }] };
  const language = languageIn(body.language);
  const said = wordsIn(language);
  const kind = typeof body.kind === 'string' && body.kind !== '' ? body.kind.slice(0, 200) : 'message';
  const text = words(body.text);
  const mistakes: Mistake[] = [];
  const wrong = (pointer: string, detail: string): void => void mistakes.push({ pointer, detail });
  if (typeof body.id !== 'string' || !UUID.test(body.id)) wrong('/id', said.id);
  if (kind === 'message' && text === '' && uploads.length === 0) wrong('/text', said.empty);
  if (text.length > LONGEST) wrong('/text', said.tooLong(LONGEST));
  const choice = words(body.choice);
  if (choice.length > CHOICE_ID_MAX || (choice !== '' && (text === '' || text.length > CHOICE_TITLE_MAX)))
    wrong('/choice', said.choice);
  const email = words(body.email);
  if (email !== '' && !isEmail(email)) wrong('/email', said.email);
  if (kind === 'transcript' && email === '') wrong('/email', said.emailMissing);
  const name = words(body.name).replace(/\s+/g, ' ');
  if (name.length > 120) wrong('/name', said.name);
  if (mistakes.length > 0) return { mistakes, ...(language ? { language } : {}) };
  return {
    id: String(body.id).toLowerCase(),
    kind,
    text,
    ...(choice ? { choice } : {}),
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(language ? { language } : {}),
    ...(typeof body.proof === 'string' && body.proof !== '' ? { proof: body.proof } : {}),
    uploads,
  };
}

/** Whether what a page says was pressed is a button that the house showed it: its id and its words, both. What is typed is always good. */
export const wasOffered = ({ kind, choice, text }: Sent, lines: readonly Line[]): boolean =>
  kind !== 'message' ||
  choice === undefined ||
  lines.some(({ choices = [] }) => choices.some(({ id, title }) => words(id) === choice && words(title) === text));

/** What is noted of a message beside its bytes: its conversation, and the doubt about it. */
export const aboutOf = (conversation: string, doubt: Doubt | undefined): Reception['about'] => ({
  conversation,
  ...(doubt && doubt.score > 0 ? { doubt: JSON.stringify(doubt) } : {}),
});

interface Reader {
  readonly keep: (bytes: Uint8Array, mediaType: string) => Promise<BlobRef>;
  /** From which score on a person looks first. */
  readonly doubtfulAt: number;
}

/** What a kept delivery says; keeps its files. Throws when it cannot be read. */
export async function factsOf(
  { account, about, receivedAt, raw: { mediaType } }: Reception,
  raw: Uint8Array,
  { keep, doubtfulAt }: Reader,
): Promise<Fact[]> {
  const sent = await sentIn(raw, mediaType);
  const conversation = about.conversation ?? '';
  if ('mistakes' in sent)
    throw new Error(sent.mistakes.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '));
  if (!isConversation(conversation)) throw new Error('it is of no conversation');
  const { kind, name, email, language } = sent;
  const message: ReadMessage = {
    account,
    externalId: externalIdOf(conversation, sent.id),
    conversation,
    from: { kind: 'visitor', value: conversation, verified: false, ...(name ? { displayName: name } : {}) },
    author: 'contact',
    content: [
      ...partsOf(sent),
      ...(await Promise.all(sent.uploads.map(async one => mediaOf(await knownFile(one), keep)))),
    ],
    sentAt: receivedAt,
    ...flagsOf(about.doubt ? (JSON.parse(about.doubt) as Doubt) : undefined, doubtfulAt),
    ...(email
      ? { replyTo: [{ kind: 'email', value: email, verified: false, ...(name ? { displayName: name } : {}) }] }
      : {}),
    ...(kind === 'transcript' && email ? { transcriptTo: { kind: 'email', value: email, verified: false } } : {}),
    hints: { form: account, ...(language ? { language } : {}) },
  };
  return [{ message }];
}

const externalIdOf = (conversation: string, id: string): string => `${conversation}/${id}`;

function partsOf({ kind, text, choice, email }: Sent): Part[] {
  if (kind === 'message' && choice !== undefined) return [{ type: 'choice', id: choice, title: text }];
  if (kind === 'message') return text === '' ? [] : [{ type: 'text', text }];
  if (kind === 'transcript') return [{ type: 'text', text: transcriptWords(email ?? '') }];
  return [{ type: 'unsupported', providerType: kind }];
}
/** A file of a citizen. Nobody has looked into it here: the core does with every file, whichever way it came. */
async function mediaOf(
  { filename, mediaType, bytes }: KnownFile,
  keep: (bytes: Uint8Array, mediaType: string) => Promise<BlobRef>,
): Promise<MediaPart> {
  const kind = mediaType.startsWith('image/') ? 'image' : 'file';
  const blob = await keep(bytes, mediaType);
  return { type: 'media', kind, mediaType, filename, blob, fetch: 'done', scan: 'skipped' };
}
/** As the operator reads it, and the citizen too. */
export const transcriptWords = (email: string): string =>
  `Vorrei ricevere questa conversazione per e-mail all’indirizzo ${email}.`;

async function bodyOf(
  raw: Uint8Array,
  mediaType: string,
): Promise<{ readonly body: Item | undefined; readonly uploads: readonly Upload[] }> {
  if (!isFormData(mediaType)) return { body: parsed(raw), uploads: [] };
  try {
    const form = await formDataOf(raw, mediaType);
    return { body: Object.fromEntries(form), uploads: await uploadsIn(form) };
  } catch (error) {
    if (error instanceof Unreadable) return { body: undefined, uploads: [] };
    throw error;
  }
}

function parsed(raw: Uint8Array): Item | undefined {
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Item) : undefined;
  } catch {
    return undefined;
  }
}

/** A language as pages say it; nothing when it is none. */
const languageIn = (said: unknown): string | undefined => {
  const language = words(said);
  return /^[a-z]{2}(-[A-Za-z0-9]{2,8})?$/.test(language) ? language : undefined;
};

/** Without what no keyboard writes and no database keeps. */
const words = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/\r\n?/g, '\n')
        .replace(/(?![\n\t])\p{Cc}/gu, '')
        .replace(/\p{Cs}/gu, '\uFFFD')
        .trim()
    : '';
