import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { HouseFault, NotConnected, type Host } from '@filodiretto/channel-kit';
import type { MailboxSetting, ImapAccess } from './config.js';
import type { AccessTokens } from './oauth2.js';

/** How far a folder has been read. Moves only after the house holds the mail; `\Seen` plays no part. */
interface Cursor {
  readonly uidValidity: string;
  readonly lastUid: number;
  /** Arrival of the last mail, for a rescan when UIDs lose their meaning. */
  readonly lastArrival?: string;
}

/** UIDs may lose their meaning: what arrived up to two days before the last mail is read again; duplicates are known. */
const RESCAN_MS = 2 * 86_400_000;
const HEADERS_KEPT = 256_000;
const PATIENCE = { connectionTimeout: 30_000, greetingTimeout: 15_000, socketTimeout: 660_000 };
/** Less than the kit waits for one answer. */
const LOOK_MS = 7_000;

interface ImapError {
  readonly message: string;
  readonly authenticationFailed?: boolean;
  readonly responseStatus?: string;
  readonly responseText?: string;
}

export interface Limits {
  readonly maxBytes: number;
  readonly pollSeconds: number;
}

/**
 * Reads one mailbox until the signal: what is waiting, then what arrives (IDLE, and a poll as a net). Rejects when the
 * connection or the house fails: the caller comes again. One connection, one command at a time.
 */
export class Mailbox {
  private readonly folder: string;
  private readonly key: string;

  constructor(
    private readonly mailbox: MailboxSetting,
    private readonly access: ImapAccess,
    private readonly tokens: AccessTokens | undefined,
    private readonly host: Host,
    private readonly limits: Limits,
  ) {
    this.folder = access.folder ?? 'INBOX';
    this.key = `cursor.${mailbox.account}.${access.host}.${this.folder}`;
  }

  /** `ready` is called once the folder is open. */
  async run(signal: AbortSignal, ready: () => void): Promise<void> {
    signal.throwIfAborted();
    const client = await this.client();
    let lost: (error: Error) => void = () => undefined;
    const gone = new Promise<never>((_, reject) => {
      lost = reject;
    });
    gone.catch(() => undefined);
    let fault: Error | undefined;
    client.on('error', (error: Error) => {
      fault = error;
    });
    client.on('close', () => lost(fault ?? new Error(`${this.access.host} closed the connection`)));
    const stop = (): void => lost(new Stopped());
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.race([this.work(client, signal, ready, gone), gone]);
    } catch (error) {
      if (signal.aborted) return;
      throw this.inWords(error);
    } finally {
      signal.removeEventListener('abort', stop);
      client.close();
    }
  }

  /** Logs in on a connection of its own and looks whether the folder is there. Throws `NotConnected` when the server says no. */
  async look(): Promise<string> {
    const client = await this.client({ connectionTimeout: LOOK_MS, greetingTimeout: LOOK_MS, socketTimeout: LOOK_MS });
    // What goes wrong is told by the command that waits.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { exists } = await client.mailboxOpen(this.folder, { readOnly: true });
      return `${this.access.host} · ${this.folder}: ${exists}`;
    } catch (error) {
      const { authenticationFailed, responseStatus, responseText, message } = error as ImapError;
      if (authenticationFailed) {
        this.tokens?.forget();
        throw new NotConnected('unauthorized', responseText ?? message);
      }
      if (responseStatus === 'NO') throw new NotConnected('not_found', responseText ?? message);
      throw error;
    } finally {
      client.close();
    }
  }

  private async client(patience: object = PATIENCE): Promise<ImapFlow> {
    const { host, port = 993, secure = true, user, password } = this.access;
    const auth = this.tokens ? { user, accessToken: await this.tokens.token() } : { user, pass: password ?? '' };
    return new ImapFlow({
      host,
      port,
      secure,
      auth,
      logger: false,
      disableAutoIdle: true,
      maxIdleTime: 540_000,
      ...patience,
    });
  }

  private async work(client: ImapFlow, signal: AbortSignal, ready: () => void, gone: Promise<never>): Promise<void> {
    try {
      await client.connect();
    } catch (error) {
      this.tokens?.forget();
      throw error;
    }
    const opened = await client.mailboxOpen(this.folder);
    this.host.heard();
    ready();
    let arrived: () => void = () => undefined;
    client.on('exists', () => arrived());
    for (;;) {
      if (signal.aborted) return;
      const news = new Promise<void>(resolve => {
        arrived = resolve;
      });
      await this.fetchNew(client, String(opened.uidValidity), signal);
      if (signal.aborted) return;
      await this.wait(client, news, gone);
      this.host.heard();
    }
  }

  private async wait(client: ImapFlow, news: Promise<void>, gone: Promise<never>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const poll = new Promise<void>(resolve => {
      timer = setTimeout(resolve, this.limits.pollSeconds * 1_000);
    });
    try {
      // without IDLE imapflow's idle() asks with NOOP by itself; it ends when the next command begins
      const idle = client.idle();
      idle.catch(() => undefined);
      await Promise.race([news, poll, gone, idle.then(() => poll)]);
      await client.noop();
    } finally {
      clearTimeout(timer);
    }
  }

  private async fetchNew(client: ImapFlow, uidValidity: string, signal: AbortSignal): Promise<void> {
    let cursor = await this.host.state.get<Cursor>(this.key);
    const known = cursor?.uidValidity === uidValidity ? cursor.lastUid : 0;
    if (cursor && cursor.uidValidity !== uidValidity)
      this.host.log.warn({ account: this.mailbox.account, folder: this.folder }, 'UIDs changed their meaning: rescan');
    for (const uid of await this.waiting(client, known, cursor)) {
      if (signal.aborted) return;
      const arrival = await this.take(client, uid, uidValidity);
      cursor = { uidValidity, lastUid: uid, ...lastArrival(arrival ?? cursor?.lastArrival) };
      await this.host.state.set(this.key, cursor);
      if (arrival !== undefined) await this.afterwards(client, uid);
    }
  }

  /** UIDs not read yet, in order. `n:*` always names the last mail, so it is filtered. */
  private async waiting(client: ImapFlow, known: number, cursor: Cursor | undefined): Promise<number[]> {
    const since = [
      this.access.since === undefined ? undefined : Date.parse(this.access.since),
      known === 0 && cursor?.lastArrival !== undefined ? Date.parse(cursor.lastArrival) - RESCAN_MS : undefined,
    ].filter(time => time !== undefined);
    const found = await client.search(
      { uid: `${known + 1}:*`, ...(since.length > 0 ? { since: new Date(Math.max(...since)) } : {}) },
      { uid: true },
    );
    if (found === false || found === undefined)
      throw new Error(`${this.access.host} does not say which mails there are`);
    return found.filter(uid => uid > known).sort((a, b) => a - b);
  }

  /** Resolves when the house holds the mail, with its arrival; `undefined` when somebody deleted it before. */
  private async take(client: ImapFlow, uid: number, uidValidity: string): Promise<string | undefined> {
    const size = await client.fetchOne(String(uid), { uid: true, size: true, internalDate: true }, { uid: true });
    if (!size) return undefined;
    const tooLarge = (size.size ?? 0) > this.limits.maxBytes;
    const found: FetchMessageObject | false | undefined = await client.fetchOne(
      String(uid),
      tooLarge ? { uid: true, headers: true } : { uid: true, source: true },
      { uid: true },
    );
    const raw = found ? (tooLarge ? found.headers?.subarray(0, HEADERS_KEPT) : found.source) : undefined;
    if (!raw) return undefined;
    const arrival = size.internalDate === undefined ? undefined : new Date(size.internalDate).toISOString();
    await this.host.receive(raw, {
      account: this.mailbox.account,
      mediaType: 'message/rfc822',
      about: {
        folder: this.folder,
        uid: `${uidValidity}.${uid}`,
        ...(arrival ? { arrivedAt: arrival } : {}),
        ...(tooLarge ? { size: String(size.size) } : {}),
      },
    });
    return arrival ?? new Date().toISOString();
  }

  /** Courtesies to who opens the mailbox too: what fails here is only logged, the mail is held. */
  private async afterwards(client: ImapFlow, uid: number): Promise<void> {
    try {
      if (this.access.markSeen) await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      if (this.access.moveTo) await client.messageMove(String(uid), this.access.moveTo, { uid: true });
    } catch (error) {
      this.host.log.warn(
        { account: this.mailbox.account, uid, err: error },
        'a mail that is held could not be marked or moved',
      );
    }
  }

  private inWords(error: unknown): Error {
    if (error instanceof HouseFault) return error;
    const said = error as { message?: string; responseText?: string; authenticationFailed?: boolean };
    const what = said.authenticationFailed ? 'refuses the credentials' : 'cannot be read';
    return new Error(
      `mailbox ${this.mailbox.account} (${this.access.host}) ${what}: ${said.responseText ?? said.message ?? String(error)}`,
      { cause: error },
    );
  }
}

class Stopped extends Error {}

const lastArrival = (arrival: string | undefined): Pick<Cursor, 'lastArrival'> =>
  arrival ? { lastArrival: arrival } : {};
