import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ImapServerOptions {
  readonly port?: number;
  readonly host?: string;
  readonly user?: string;
  readonly password?: string;
  /** Accepted by XOAUTH2; none unless told. */
  readonly accessToken?: string;
}

export interface StoredMail {
  readonly uid: number;
  readonly raw: Buffer;
  readonly arrivedAt: Date;
  readonly flags: ReadonlySet<string>;
}

/** A small IMAP4rev1 server (IDLE, UIDPLUS, MOVE) with what breaks in real ones as knobs. */
export interface ImapServer {
  readonly host: string;
  readonly port: number;
  /** Puts a mail in the folder, and tells who idles there. Answers its UID. */
  append(raw: Uint8Array, arrivedAt?: Date, folder?: string): number;
  mails(folder?: string): readonly StoredMail[];
  remove(uid: number, folder?: string): void;
  /** New UIDVALIDITY and new UIDs, as after a restore; the mails stay. */
  renumber(folder?: string): void;
  /** The next mail fetched breaks off after so many bytes of it. */
  cutNextFetch(afterBytes: number): void;
  disconnect(): void;
  /** How many connections were made so far. */
  readonly connections: number;
  /** Commands received so far, without their tags. */
  readonly commands: readonly string[];
  close(): Promise<void>;
}

interface Folder {
  uidValidity: number;
  uidNext: number;
  mails: { uid: number; raw: Buffer; arrivedAt: Date; flags: Set<string> }[];
}

const CAPABILITIES = 'IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 IDLE UIDPLUS MOVE ID NAMESPACE';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Starts the server with an empty INBOX and a folder `Archivio`. */
export async function startImapServer(options: ImapServerOptions = {}): Promise<ImapServer> {
  const server = new Server(options);
  await server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  return server;
}

class Server implements ImapServer {
  readonly folders = new Map<string, Folder>([
    ['INBOX', { uidValidity: 1_000, uidNext: 1, mails: [] }],
    ['Archivio', { uidValidity: 2_000, uidNext: 1, mails: [] }],
  ]);
  readonly commands: string[] = [];
  readonly sessions = new Set<ImapSession>();
  connections = 0;
  cutAfter: number | undefined;
  host = '127.0.0.1';
  port = 0;
  private readonly server = createServer(socket => {
    this.connections += 1;
    this.sessions.add(new ImapSession(this, socket));
  });

  constructor(readonly options: ImapServerOptions) {}

  listen(port: number, host: string): Promise<void> {
    this.host = host;
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.port = (this.server.address() as AddressInfo).port;
        resolve();
      });
    });
  }
  folder(name: string): Folder | undefined {
    return this.folders.get(name.toUpperCase() === 'INBOX' ? 'INBOX' : name);
  }
  append(raw: Uint8Array, arrivedAt = new Date(), name = 'INBOX'): number {
    const folder = this.existing(name);
    const uid = folder.uidNext++;
    folder.mails.push({ uid, raw: Buffer.from(raw), arrivedAt, flags: new Set() });
    for (const session of this.sessions) session.changed(folder);
    return uid;
  }
  mails(name = 'INBOX'): readonly StoredMail[] {
    return this.existing(name).mails;
  }
  remove(uid: number, name = 'INBOX'): void {
    const folder = this.existing(name);
    folder.mails = folder.mails.filter(mail => mail.uid !== uid);
  }
  renumber(name = 'INBOX'): void {
    const folder = this.existing(name);
    folder.uidValidity += 1;
    folder.mails.forEach((mail, index) => (mail.uid = index + 1));
    folder.uidNext = folder.mails.length + 1;
    this.disconnect();
  }
  cutNextFetch(afterBytes: number): void {
    this.cutAfter = afterBytes;
  }
  disconnect(): void {
    for (const session of this.sessions) session.end();
  }
  async close(): Promise<void> {
    this.disconnect();
    await new Promise(resolve => this.server.close(resolve));
  }
  private existing(name: string): Folder {
    const folder = this.folder(name);
    if (!folder) throw new Error(`no folder ${name}`);
    return folder;
  }
}

class ImapSession {
  private buffer = '';
  private selected: Folder | undefined;
  /** How many mails of the folder the client was told of. */
  private told = 0;
  private idling: string | undefined;
  /** What waits for the client's answer to `+`. */
  private continuation: ((answer: string) => void) | undefined;

  constructor(
    private readonly server: Server,
    private readonly socket: Socket,
  ) {
    socket.on('data', data => this.feed(data.toString('latin1')));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => server.sessions.delete(this));
    this.line(`* OK [CAPABILITY ${CAPABILITIES}] ready`);
  }

  end(): void {
    this.socket.destroy();
  }
  changed(folder: Folder): void {
    if (this.idling !== undefined && this.selected === folder) this.tell();
  }
  private tell(): void {
    const count = this.selected?.mails.length ?? 0;
    if (count !== this.told) this.line(`* ${count} EXISTS`);
    this.told = count;
  }

  private line(text: string): void {
    this.socket.write(`${text}\r\n`, 'latin1');
  }

  private feed(text: string): void {
    this.buffer += text;
    for (let end = this.buffer.indexOf('\r\n'); end >= 0; end = this.buffer.indexOf('\r\n')) {
      const line = this.buffer.slice(0, end);
      this.buffer = this.buffer.slice(end + 2);
      this.take(line);
    }
  }

  private take(line: string): void {
    const resume = this.continuation;
    if (resume) {
      this.continuation = undefined;
      return resume(line);
    }
    if (this.idling !== undefined && /^done$/i.test(line)) {
      const tag = this.idling;
      this.idling = undefined;
      this.line(`${tag} OK IDLE terminated`);
      return;
    }
    const [, tag = '*', command = '', rest = ''] = /^(\S+) (UID \S+|\S+) ?(.*)$/i.exec(line) ?? [];
    this.server.commands.push(/^(?:login|authenticate)$/i.test(command) ? command : `${command} ${rest}`.trim());
    this.carryOut(tag, command.toUpperCase(), rest);
  }

  private carryOut(tag: string, command: string, rest: string): void {
    switch (command) {
      case 'CAPABILITY':
        this.line(`* CAPABILITY ${CAPABILITIES}`);
        break;
      case 'ID':
        this.line('* ID NIL');
        break;
      case 'NAMESPACE':
        this.line('* NAMESPACE (("" "/")) NIL NIL');
        break;
      case 'LOGIN':
      case 'AUTHENTICATE':
        if (command === 'AUTHENTICATE' && !rest.includes(' ')) {
          this.continuation = answer => this.carryOut(tag, command, `${rest} ${answer}`);
          return this.line('+ ');
        }
        if (!this.known(command, rest)) return this.line(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`);
        return this.line(`${tag} OK [CAPABILITY ${CAPABILITIES}] welcome`);
      case 'LIST':
        for (const name of this.server.folders.keys()) this.line(`* LIST (\\HasNoChildren) "/" ${name}`);
        break;
      case 'SELECT':
      case 'EXAMINE':
        return this.select(tag, unquoted(rest));
      case 'IDLE':
        this.idling = tag;
        this.line('+ idling');
        return this.tell();
      case 'NOOP':
        this.tell();
        break;
      case 'UID SEARCH':
        this.line(`* SEARCH ${this.search(rest).join(' ')}`.trimEnd());
        break;
      case 'UID FETCH':
        if (!this.fetch(rest)) return;
        break;
      case 'UID STORE':
        this.store(rest);
        break;
      case 'UID MOVE':
        this.move(rest);
        break;
      case 'LOGOUT':
        this.line('* BYE');
        this.line(`${tag} OK`);
        this.socket.end();
        return;
      case 'CLOSE':
      case 'UNSELECT':
        this.selected = undefined;
        break;
      default:
        return this.line(`${tag} BAD unknown command`);
    }
    this.line(`${tag} OK done`);
  }

  private known(command: string, rest: string): boolean {
    const { user = 'urp', password = 'segreto', accessToken } = this.server.options;
    if (command === 'LOGIN') return rest.split(' ').map(unquoted).join('\n') === `${user}\n${password}`;
    const [mechanism = '', initial = ''] = rest.split(' ');
    const said = Buffer.from(initial, 'base64').toString('utf8');
    if (/^plain$/i.test(mechanism)) return said === `\0${user}\0${password}`;
    return accessToken !== undefined && said.startsWith(`user=${user}\u0001auth=Bearer ${accessToken}\u0001`);
  }

  private select(tag: string, name: string): void {
    const folder = this.server.folder(name);
    if (!folder) return this.line(`${tag} NO no such folder`);
    this.selected = folder;
    this.told = folder.mails.length;
    this.line('* FLAGS (\\Seen \\Deleted)');
    this.line('* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)]');
    this.line(`* ${folder.mails.length} EXISTS`);
    this.line('* 0 RECENT');
    this.line(`* OK [UIDVALIDITY ${folder.uidValidity}]`);
    this.line(`* OK [UIDNEXT ${folder.uidNext}]`);
    this.line(`${tag} OK [READ-WRITE] selected`);
  }

  private search(criteria: string): number[] {
    const since = /SINCE "?(\d{1,2})-([A-Za-z]{3})-(\d{4})"?/i.exec(criteria);
    const after = since ? Date.UTC(Number(since[3]), MONTHS.indexOf(since[2] ?? ''), Number(since[1])) : 0;
    const uids = this.uidsIn(/UID (\S+)/i.exec(criteria)?.[1] ?? '1:*');
    return (this.selected?.mails ?? [])
      .filter(mail => uids.has(mail.uid) && mail.arrivedAt.getTime() >= after)
      .map(mail => mail.uid);
  }

  /** `n:*` always names the last mail too, as the standard says. */
  private uidsIn(range: string): Set<number> {
    const all = (this.selected?.mails ?? []).map(mail => mail.uid);
    const last = Math.max(0, ...all);
    const found = new Set<number>();
    for (const piece of range.split(',')) {
      const [a = 0, b = a] = piece.split(':').map(end => (end === '*' ? last : Number(end)));
      for (const uid of all) if (uid >= Math.min(a, b) && uid <= Math.max(a, b)) found.add(uid);
    }
    return found;
  }

  /** False when the connection was cut. */
  private fetch(rest: string): boolean {
    const [, range = '', items = ''] = /^(\S+) (.*)$/.exec(rest) ?? [];
    const uids = this.uidsIn(range);
    for (const [index, mail] of (this.selected?.mails ?? []).entries()) {
      if (!uids.has(mail.uid)) continue;
      const fields = [`UID ${mail.uid}`];
      if (/RFC822\.SIZE/i.test(items)) fields.push(`RFC822.SIZE ${mail.raw.length}`);
      if (/INTERNALDATE/i.test(items)) fields.push(`INTERNALDATE "${internalDate(mail.arrivedAt)}"`);
      if (/FLAGS/i.test(items)) fields.push(`FLAGS (${[...mail.flags].join(' ')})`);
      const header = /BODY(?:\.PEEK)?\[HEADER\]/i.test(items);
      if (!header && !/BODY(?:\.PEEK)?\[\]/i.test(items)) {
        this.line(`* ${index + 1} FETCH (${fields.join(' ')})`);
        continue;
      }
      const end = mail.raw.indexOf('\r\n\r\n');
      const bytes = header ? mail.raw.subarray(0, end < 0 ? mail.raw.length : end + 4) : mail.raw;
      this.line(`* ${index + 1} FETCH (${fields.join(' ')} BODY[${header ? 'HEADER' : ''}] {${bytes.length}}`);
      const cut = this.server.cutAfter;
      if (cut !== undefined) {
        this.server.cutAfter = undefined;
        this.socket.write(bytes.subarray(0, cut), () => this.socket.destroy());
        return false;
      }
      this.socket.write(bytes);
      this.line(')');
    }
    return true;
  }

  private store(rest: string): void {
    const [, range = '', flags = ''] = /^(\S+) \+FLAGS(?:\.SILENT)? \(([^)]*)\)/i.exec(rest) ?? [];
    const uids = this.uidsIn(range);
    for (const mail of this.selected?.mails ?? [])
      if (uids.has(mail.uid)) for (const flag of flags.split(' ')) mail.flags.add(flag);
  }

  private move(rest: string): void {
    const [, range = '', name = ''] = /^(\S+) (.*)$/.exec(rest) ?? [];
    const target = this.server.folder(unquoted(name));
    const source = this.selected;
    if (!target || !source) return;
    const uids = this.uidsIn(range);
    for (const uid of uids) {
      const index = source.mails.findIndex(mail => mail.uid === uid);
      const mail = source.mails[index];
      if (!mail) continue;
      source.mails.splice(index, 1);
      target.mails.push({ ...mail, uid: target.uidNext++ });
      this.line(`* ${index + 1} EXPUNGE`);
      this.told -= 1;
    }
  }
}

const unquoted = (text: string): string =>
  text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\\(.)/g, '$1');

const internalDate = (at: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(at.getUTCDate())}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()}`;
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
};
