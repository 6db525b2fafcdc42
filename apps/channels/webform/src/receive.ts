import { createHash } from 'node:crypto';
import {
  flagsOf,
  knownFile,
  type Doubt,
  type Fact,
  type Keys,
  type KnownFile,
  type ReadMessage,
  type Reception,
} from '@filodiretto/channel-kit';
import {
  MAX_INLINE_TEXT,
  SCAN_STATES,
  type Address,
  type BlobRef,
  type MediaPart,
  type Part,
  type ScanState,
} from '@filodiretto/contracts';
import { submissionOf, type Submission } from './body.js';
import type { FormDefinition } from './form.js';
import { keyOfMark, trackingCodeOf } from './tracking-code.js';
import { checkedAnswers, type Answers } from './validate.js';

/** What the raw bytes of a submission do not say. */
export interface About {
  /** Its idempotency key. */
  readonly key: string;
  /** What two sendings of the same submission have in common. */
  readonly fingerprint: string;
  readonly doubt: Doubt;
  /** What the virus check said of each file, in order. */
  readonly scans: readonly ScanState[];
  /** The submission that this one goes on with. */
  readonly goesOn?: GoesOn;
  /** Which key its tracking code was made under: read again, it has the code that was given. */
  readonly keyMark?: string;
}
/** What somebody goes on with, by the code they were given for it: the submission, and who had sent it. */
export interface GoesOn {
  readonly externalId: string;
  readonly from: Address;
}
const doubtIn = ({ doubt }: Reception['about']): Doubt | undefined =>
  doubt ? (JSON.parse(doubt) as Doubt) : undefined;
export const aboutOf = (about: About): Record<string, string> => ({
  key: about.key,
  fingerprint: about.fingerprint,
  doubt: JSON.stringify(about.doubt),
  scans: about.scans.join(' '),
  ...(about.goesOn ? { goesOn: JSON.stringify(about.goesOn) } : {}),
  ...(about.keyMark === undefined ? {} : { keyMark: about.keyMark }),
});

/** The key with what was sent under it: a key that comes again with something else is something else, and is never lost. */
export const externalIdOf = (key: string, fingerprint: string): string => `${key}#${fingerprint.slice(0, 32)}`;

interface Reader {
  readonly keys: Keys;
  readonly doubtfulAt: number;
  form(id: string): FormDefinition | undefined;
  readonly keep: (bytes: Uint8Array, mediaType: string) => Promise<BlobRef>;
}

/** What a kept submission says. Throws when its body cannot be read. */
export async function factsOf(reception: Reception, raw: Uint8Array, reader: Reader): Promise<Fact[]> {
  const { account, about } = reception;
  const submission = await submissionOf(raw, reception.raw.mediaType);
  if (about.goesOn)
    return [{ message: await repliedOf(reception, submission, JSON.parse(about.goesOn) as GoesOn, reader) }];
  const form = reader.form(account);
  const answers = form ? checkedAnswers(form, submission.fields).answers : plain(submission.fields);
  const key = about.key ?? createHash('sha256').update(raw).digest('hex');
  const externalId = about.fingerprint ? externalIdOf(key, about.fingerprint) : key;
  const media = await mediaIn(reception, submission, reader);
  const place = placeOf(form, answers);
  const [from, ...others] = addressesOf(form, answers, externalId);
  const category = answerTo(form?.categoryField, answers) ?? form?.category;
  return [
    {
      message: {
        account,
        externalId,
        conversation: externalId,
        from,
        author: 'contact',
        subject: (answerTo(form?.subjectField, answers) ?? form?.title ?? account).slice(0, 2_000),
        content: [
          await textPart(wordsOf(form, answers), reader),
          { type: 'form', form: account, version: form?.version ?? 'sconosciuta', fields: answers },
          ...media,
          ...(place ? [place] : []),
        ],
        sentAt: reception.receivedAt,
        hints: { form: account, language: 'it', ...(category ? { category } : {}) },
        ...(from.kind === 'anonymous' ? {} : { replyTo: [from, ...others] }),
        ...flagsOf(doubtIn(about), reader.doubtfulAt),
        trackingCode: trackingCodeOf(keyOfMark(reader.keys, about.keyMark), account, key),
      },
    },
  ];
}

/** What somebody adds to what they had sent: their words and their files, in the same conversation. */
async function repliedOf(
  reception: Reception,
  submission: Submission,
  { externalId: of, from }: GoesOn,
  reader: Reader,
): Promise<ReadMessage> {
  const { account, about } = reception;
  const key = about.key ?? createHash('sha256').update(reception.id).digest('hex');
  const words = wordsIn(submission);
  return {
    account,
    externalId: externalIdOf(key, about.fingerprint ?? ''),
    conversation: of,
    from: { kind: from.kind, value: from.value, verified: false },
    author: 'contact',
    content: [...(words ? [await textPart(words, reader)] : []), ...(await mediaIn(reception, submission, reader))],
    sentAt: reception.receivedAt,
    thread: { references: [of] },
    ...(from.kind === 'anonymous' ? {} : { replyTo: [{ kind: from.kind, value: from.value, verified: false }] }),
    hints: { form: account, language: 'it' },
    ...flagsOf(doubtIn(about), reader.doubtfulAt),
  };
}

/** The words of who goes on with a submission; none when they send files alone. */
export const wordsIn = ({ fields }: Submission): string =>
  typeof fields.testo === 'string' ? fields.testo.trim() : '';

/** The files of a submission with what the virus check said of each. */
async function mediaIn({ about }: Reception, submission: Submission, reader: Reader): Promise<MediaPart[]> {
  const scans = (about.scans ?? '').split(' ').filter(isScan);
  const files = await Promise.all(submission.files.map(knownFile));
  return Promise.all(files.map((file, index) => mediaOf(file, scans[index] ?? 'skipped', reader)));
}

/** Where it is, when the form says so by degrees that exist. */
function placeOf(form: FormDefinition | undefined, answers: Answers): Part | undefined {
  const latitude = degrees(form?.latitudeField, answers, 90);
  const longitude = degrees(form?.longitudeField, answers, 180);
  if (latitude === undefined || longitude === undefined) return undefined;
  const address = answerTo(form?.placeField, answers)?.slice(0, 1_000);
  return { type: 'location', latitude, longitude, ...(address ? { address } : {}) };
}
const degrees = (name: string | undefined, answers: Answers, most: number): number | undefined => {
  const said = name === undefined ? undefined : answers[name];
  return typeof said === 'number' && Math.abs(said) <= most ? said : undefined;
};

/** Place of the first file among the parts of a message: after the words and the answers. */
export const FIRST_FILE = 2;

/** A file of a submission, as a part of its message. */
export async function mediaOf(
  { filename, mediaType, bytes }: KnownFile,
  scan: ScanState,
  { keep }: Pick<Reader, 'keep'>,
): Promise<MediaPart> {
  const kind = mediaType.startsWith('image/') ? 'image' : 'file';
  return { type: 'media', kind, mediaType, filename, blob: await keep(bytes, mediaType), fetch: 'done', scan };
}

async function textPart(words: string, reader: Reader): Promise<Part> {
  if (words.length <= MAX_INLINE_TEXT) return { type: 'text', text: words };
  const whole = await reader.keep(new TextEncoder().encode(words), 'text/plain; charset=utf-8');
  return { type: 'text', text: words.slice(0, MAX_INLINE_TEXT).replace(/\p{Cs}$/u, ''), whole };
}

/** Where the person can be answered, first what they would read first; a nameless one when they left nothing. */
function addressesOf(form: FormDefinition | undefined, answers: Answers, externalId: string): [Address, ...Address[]] {
  const name = answerTo(form?.nameField, answers)?.slice(0, 300);
  const displayName = name ? { displayName: name } : {};
  const found = [
    { kind: 'email', value: answerTo(form?.emailField, answers) },
    { kind: 'phone', value: answerTo(form?.phoneField, answers) },
  ].flatMap(({ kind, value }): Address[] => (value ? [{ kind, value, verified: false, ...displayName }] : []));
  const [first, ...others] = found;
  return first ? [first, ...others] : [{ kind: 'anonymous', value: externalId, verified: false, ...displayName }];
}

/** The answers as a person reads them. */
function wordsOf(form: FormDefinition | undefined, answers: Answers): string {
  const where = [form?.latitudeField, form?.longitudeField];
  const said = Object.entries(answers).filter(([name]) => !where.includes(name));
  const lines = said.map(([name, value]) => {
    const field = form?.fields.find(one => one.name === name);
    const option = field?.options?.find(one => one.value === value);
    const shown = typeof value === 'boolean' ? (value ? 'sì' : 'no') : (option?.label ?? String(value));
    return `${field?.label ?? name}:${shown.includes('\n') ? '\n' : ' '}${shown}`;
  });
  return lines.join('\n');
}

const answerTo = (name: string | undefined, answers: Answers): string | undefined => {
  const answer = name === undefined ? undefined : answers[name];
  return answer === undefined || answer === '' ? undefined : String(answer);
};
/** The answers to a form that is no more: as they were written. */
const plain = (fields: Readonly<Record<string, unknown>>): Answers =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
const isScan = (value: string): value is ScanState => SCAN_STATES.some(one => one === value);
