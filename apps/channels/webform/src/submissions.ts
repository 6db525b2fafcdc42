import { createHash, createHmac } from 'node:crypto';
import {
  checkedFiles,
  HouseFault,
  keysOf,
  Pace,
  Unreadable,
  type FileLimits,
  type Host,
  type Keys,
  type KnownFile,
  type Problem,
  type Proofs,
  type Scan,
} from '@filodiretto/channel-kit';
import type { ScanState } from '@filodiretto/contracts';
import { fingerprintOf, submissionOf, type Submission } from './body.js';
import { doubtOf } from './doubt.js';
import type { FormDefinition } from './form.js';
import { judgeToken } from './form-token.js';
import { aboutOf, externalIdOf, FIRST_FILE, mediaOf, wordsIn, type GoesOn } from './receive.js';
import { remember } from './rescan.js';
import type { WebformSettings } from './settings.js';
import { keyMarkOf, LEAST_MS, NOBODYS, trackingCodeOf, typedCode } from './tracking-code.js';
import { checkedAnswers } from './validate.js';

/** A submission as it reached us. */
export interface Sent {
  readonly raw: Uint8Array;
  readonly mediaType: string;
  /** The Idempotency-Key header. */
  readonly key: string | undefined;
  /** Address of who sent it. */
  readonly client: string;
}
export type Taken = { readonly trackingCode: string } | { readonly problem: Problem };

/** What is remembered of a submission: losing it costs only that its repetition is read again. */
interface Remembered {
  /** A print of it. */
  readonly fingerprint: string;
  readonly until: number;
}
/** A submission under its key. */
interface Once {
  readonly form: FormDefinition;
  readonly key: string;
  readonly fingerprint: string;
  /** Instead of a code of its own: that of what it goes on with. */
  readonly goesOn?: GoesOn & { readonly trackingCode: string };
  /** The key was made by whoever sends: they may have used it at any time before. */
  readonly mayBeOld: boolean;
}
export const SENT = 'sent/';
/** The tracking codes given, for as long as the core may not know them yet. */
export const CODES = 'code/';
const REMEMBERED_MS = 7 * 24 * 3_600_000;
const CODE_MS = 90 * 24 * 3_600_000;

/** All the answers together, in characters of JSON: they travel on the bus. */
const MAX_ANSWERS = 150_000;

const digest = (...words: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex');
/** Under our key: from what is remembered nobody guesses what was answered. */
const print = (key: string, ...words: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(words)).digest('hex');
/** Under which a submission is remembered. */
const nameUnder = (ours: string, { form, key, goesOn }: Once): string =>
  `${SENT}${print(ours, form.id, key, ...(goesOn ? [goesOn.externalId] : []))}`;
const codeUnder = (ours: string, { form, key, goesOn }: Once): string =>
  goesOn?.trackingCode ?? trackingCodeOf(ours, form.id, key);
export const codeKey = (code: string): string => `${CODES}${digest(code)}`;

/** Takes submissions: each at most once, none dropped. */
export class Submissions {
  private readonly keys: Keys;
  private readonly taking = new Map<string, { readonly fingerprint: string; readonly answer: Promise<Taken> }>();
  private readonly pace: Pace;

  constructor(
    private readonly config: WebformSettings,
    private readonly host: Host,
    private readonly proofs: Proofs,
    private readonly scan: Scan | undefined,
  ) {
    this.keys = keysOf(config.webformKey, config.previousWebformKey);
    this.pace = new Pace(config.webformSubmissionsPerMinute);
  }

  /** Resolves when the house holds it, or with what the citizen must know. */
  take(form: FormDefinition, sent: Sent): Promise<Taken> {
    return this.taken(form, sent);
  }

  /** Words and files that go on with a submission, by whoever holds its code; resolves as `take`. */
  async takeReply(typed: string, sent: Sent): Promise<Taken> {
    const code = typedCode(typed);
    const [known] = await Promise.all([
      this.host.tracking(code ?? NOBODYS),
      new Promise(resolve => setTimeout(resolve, LEAST_MS)),
    ]);
    if (!known) return { problem: AWAY };
    const { account, externalId, from } = known;
    // It is held, and a person looks at it before it is a case: until then nothing can go on with it.
    if (code && !known.found && (await this.host.state.get<object>(codeKey(code)))) return { problem: NOT_YET };
    const form = account === undefined ? undefined : this.config.webformForms.find(one => one.id === account);
    if (!code || !known.found || !form || externalId === undefined || !from)
      return no('not-found', 'Nessuna richiesta ha questo codice. Controlla di averlo scritto bene.');
    return this.taken(replyTo(form), sent, { externalId, from, trackingCode: code });
  }

  private async taken(form: FormDefinition, sent: Sent, goesOn?: Once['goesOn']): Promise<Taken> {
    const tooMany = this.pace.tooMany(sent.client);
    if (sent.raw.byteLength > this.config.webformMaxBytes)
      return no('too-large', 'Il modulo con i suoi allegati è troppo grande.');
    if (sent.key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(sent.key))
      return no('malformed-request', 'L’Idempotency-Key ha da 1 a 255 caratteri visibili.');
    if (sent.mediaType.length > 255) return no('malformed-request', 'Il Content-Type è troppo lungo.');
    let submission: Submission;
    try {
      submission = await submissionOf(sent.raw, sent.mediaType);
    } catch (error) {
      if (error instanceof Unreadable) return no('malformed-request', error.message);
      throw error;
    }
    if (JSON.stringify(submission.fields).length > MAX_ANSWERS)
      return no('too-large', 'Le risposte sono troppo lunghe: allega un documento.');
    const { mistakes } = checkedAnswers(form, submission.fields);
    const { files, mistakes: wrongFiles } = await checkedFiles(
      form.files ? submission.files : [],
      limitsOf(this.config),
    );
    const none =
      form.files || submission.files.length === 0
        ? []
        : [{ pointer: '/files', detail: 'Questo modulo non accetta allegati.' }];
    const nothing =
      goesOn && mistakes.length === 0 && !wordsIn(submission) && submission.files.length === 0
        ? [{ pointer: '/fields/testo', detail: 'Scrivi qualcosa, o allega un file.' }]
        : [];
    const errors = [...mistakes, ...wrongFiles, ...none, ...nothing];
    if (errors.length > 0)
      return { problem: { name: 'invalid-input', detail: 'Alcune risposte vanno corrette.', errors } };
    const fingerprint = fingerprintOf(submission);
    const given = sent.key ?? submission.key?.slice(0, 255);
    const key = given ?? derivedKey(form, fingerprint, sent.client, submission.token);
    const once = { form, key, fingerprint, mayBeOld: given !== undefined && !goesOn, ...(goesOn ? { goesOn } : {}) };
    try {
      return await this.once(once, () => this.receive(once, sent, submission, files, tooMany));
    } catch (error) {
      if (!(error instanceof HouseFault)) throw error;
      this.host.log.warn({ err: error }, 'a submission could not be held: the citizen is asked to repeat');
      return { problem: AWAY };
    }
  }

  /** The same key gives the same answer, to repetitions that come together too; for another submission it is refused. */
  private async once(one: Once, work: () => Promise<void>): Promise<Taken> {
    const name = nameUnder(this.keys[0], one);
    const beside = this.taking.get(name);
    if (beside) return beside.fingerprint === one.fingerprint ? beside.answer : OTHER;
    const answer = this.first(one, work);
    this.taking.set(name, { fingerprint: one.fingerprint, answer });
    try {
      return await answer;
    } finally {
      this.taking.delete(name);
    }
  }

  private async first(one: Once, work: () => Promise<void>): Promise<Taken> {
    const before = (await this.remembered(one)) ?? (await this.longAgo(one));
    if (before) return before;
    await work();
    const [key] = this.keys;
    const trackingCode = codeUnder(key, one);
    try {
      if (!one.goesOn) await this.host.state.set(codeKey(trackingCode), { until: Date.now() + CODE_MS });
      await this.host.state.set(nameUnder(key, one), {
        fingerprint: print(key, one.fingerprint),
        until: Date.now() + REMEMBERED_MS,
      } satisfies Remembered);
    } catch (error) {
      // It is held: the core recognises a repetition by its key.
      this.host.log.warn({ err: error }, 'a submission that was taken could not be remembered');
    }
    return { trackingCode };
  }

  /** What was answered to a key, as it is remembered here, under whichever of our keys: with the code that was given then. */
  private async remembered(one: Once): Promise<Taken | undefined> {
    for (const key of this.keys) {
      const remembered = await this.host.state.get<Remembered>(nameUnder(key, one));
      if (remembered)
        return remembered.fingerprint === print(key, one.fingerprint) ? { trackingCode: codeUnder(key, one) } : OTHER;
    }
    return undefined;
  }

  /**
   * What was answered to a key that is no longer remembered here, by what the core knows of it. When it does not answer, the
   * submission is taken: it has an id of its own, so that neither is lost.
   */
  private async longAgo(one: Once): Promise<Taken | undefined> {
    if (!one.mayBeOld) return undefined;
    const codes = this.keys.map(key => codeUnder(key, one));
    const known = await Promise.all(codes.map(async code => ({ code, ...(await this.host.tracking(code)) })));
    const found = known.find(({ found: isFound, externalId }) => isFound && externalId !== undefined);
    if (!found) return undefined;
    return found.externalId === externalIdOf(one.key, one.fingerprint) ? { trackingCode: found.code } : OTHER;
  }

  private async receive(
    { form, key, fingerprint, goesOn }: Once,
    { raw, mediaType }: Sent,
    submission: Submission,
    files: readonly KnownFile[],
    tooMany: boolean,
  ): Promise<void> {
    const scans: ScanState[] = [];
    for (const { bytes } of files) scans.push(this.scan ? await this.scan(bytes) : 'skipped');
    // Who holds a code proved more than a form that was opened.
    const doubt = doubtOf({
      trapFilled: submission.trap !== undefined,
      token: goesOn ? 'good' : judgeToken(this.keys, form.id, submission.token, this.config.webformMinSeconds),
      proof: goesOn ? 'good' : await this.proofs.judge(form.id, submission.proof, key),
      tooMany,
      scans,
    });
    for (const [index, file] of files.entries())
      if (scans[index] === 'pending') {
        const media = await mediaOf(file, 'pending', { keep: (bytes, type) => this.host.keep(bytes, type) });
        await remember(this.host, {
          account: form.id,
          externalId: externalIdOf(key, fingerprint),
          ...(goesOn ? { conversation: goesOn.externalId } : {}),
          part: (goesOn ? Number(Boolean(wordsIn(submission))) : FIRST_FILE) + index,
          media,
        });
      }
    await this.host.receive(raw, {
      account: form.id,
      mediaType,
      about: aboutOf({
        key,
        fingerprint,
        doubt,
        scans,
        ...(goesOn
          ? { goesOn: { externalId: goesOn.externalId, from: goesOn.from } }
          : { keyMark: keyMarkOf(this.keys[0]) }),
      }),
    });
  }
}

/** What files a form takes, where it takes any. */
export const limitsOf = ({ webformMaxFiles, webformMaxFileBytes, webformMediaTypes }: WebformSettings): FileLimits => ({
  max: webformMaxFiles,
  maxBytes: webformMaxFileBytes,
  mediaTypes: webformMediaTypes,
});

/** What may go on with a submission: some words, and files where its form takes some. */
const replyTo = (form: FormDefinition): FormDefinition => ({
  id: form.id,
  version: form.version,
  title: form.title,
  fields: [{ name: 'testo', label: 'Messaggio', type: 'long_text', maxLength: 5_000 }],
  ...(form.files === undefined ? {} : { files: form.files }),
});

/** Without a key: the same answers, from the same place, on the same day, are the same submission. */
const derivedKey = (form: FormDefinition, fingerprint: string, client: string, token: string | undefined): string =>
  digest(form.id, fingerprint, client, token ?? '', new Date().toISOString().slice(0, 10));

const no = (name: Problem['name'], detail: string): Taken => ({ problem: { name, detail } });
const NOT_YET: Problem = {
  name: 'temporarily-unavailable',
  detail:
    'Abbiamo ricevuto la tua richiesta e una persona la sta guardando: tra poco potrai aggiungere altro. Conserva ciò che hai scritto e riprova.',
  retryAfter: 60,
};
const OTHER = no('idempotency-mismatch', 'Questa chiave è già stata usata per un altro invio.');
const AWAY: Problem = {
  name: 'temporarily-unavailable',
  detail:
    'In questo momento non possiamo ricevere il modulo. Riprova tra poco: non andrà perso né registrato due volte.',
  retryAfter: 5,
};
