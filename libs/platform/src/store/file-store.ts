import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { mkdir, open, readdir, readFile, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Store } from './store.js';

const missing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const OPEN_LOGS = 4;
/** Folders that are kept open to be synced: as many as the first two digits of a blob's address give, and some. */
const OPEN_FOLDERS = 300;

/** By number: the handles of `node:fs/promises` cost more than what is done with them. */
const calls = {
  open: promisify(fs.open),
  write: promisify(fs.write),
  datasync: promisify(fs.fdatasync),
  sync: promisify(fs.fsync),
  close: promisify(fs.close),
  rename: promisify(fs.rename),
};

/** One file of lines; the lines that come while a sync runs share the next one. */
class Log {
  private pending: string[] = [];
  private next?: Promise<void>;
  private running: Promise<void> = Promise.resolve();
  constructor(private readonly file: Promise<FileHandle>) {}

  append(line: string): Promise<void> {
    this.pending.push(`${line}\n`);
    this.next ??= this.running.then(
      () => this.flush(),
      () => this.flush(),
    );
    return this.next;
  }

  close(): void {
    void (this.next ?? this.running).then(
      () => this.file.then(file => file.close()),
      () => this.file.then(file => file.close()),
    );
  }

  private flush(): Promise<void> {
    const lines = this.pending;
    this.pending = [];
    this.next = undefined;
    this.running = this.file.then(async file => {
      await file.appendFile(lines.join(''));
      await file.datasync();
    });
    return this.running;
  }
}

async function writeWhole(descriptor: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;)
    at += (await calls.write(descriptor, bytes, at, bytes.byteLength - at)).bytesWritten;
}

interface OpenFolder {
  readonly descriptor: Promise<number>;
  users: number;
  dropped: boolean;
}

/** Resolves when it is closed; one that could not be opened needs no closing. */
const closed = (folder: OpenFolder): Promise<void> => folder.descriptor.then(calls.close).catch(() => undefined);

/** Folders that stay open, those used last; one that is in use is closed by its last user. */
class OpenFolders {
  private readonly open = new Map<string, OpenFolder>();
  constructor(private readonly most: number) {}

  async use<T>(path: string, work: (descriptor: number) => Promise<T>): Promise<T> {
    const folder = this.open.get(path) ?? { descriptor: calls.open(path, 'r'), users: 0, dropped: false };
    this.open.delete(path);
    this.open.set(path, folder);
    folder.users += 1;
    if (this.open.size > this.most) for (const [oldest] of this.open) if (this.drop(oldest)) break;
    try {
      return await work(await folder.descriptor);
    } catch (error) {
      this.drop(path);
      throw error;
    } finally {
      folder.users -= 1;
      if (folder.dropped && folder.users === 0) await closed(folder);
    }
  }

  /** Whether it was there to be dropped. */
  private drop(path: string): boolean {
    const folder = this.open.get(path);
    if (!folder) return false;
    this.open.delete(path);
    folder.dropped = true;
    if (folder.users === 0) void closed(folder);
    return true;
  }
}

/** The store on a file system: temporary file, fsync, rename, fsync of the folder. Folders are synced once for all who wait. */
export class FileStore implements Store {
  private readonly syncing = new Map<string, { waiting?: Promise<void>; running: Promise<void> }>();
  private readonly made = new Map<string, Promise<void>>();
  private readonly logs = new Map<string, Log>();
  private readonly folders = new OpenFolders(OPEN_FOLDERS);
  private readonly instance = randomUUID();

  constructor(private readonly root: string) {
    fs.mkdirSync(root, { recursive: true });
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.root, name);
    await this.makeFolder(dirname(path));
    const temporary = `${path}.${randomUUID()}.tmp`;
    const descriptor = await calls.open(temporary, 'wx', 0o640);
    try {
      await writeWhole(descriptor, bytes);
      await calls.datasync(descriptor);
    } catch (error) {
      await calls.close(descriptor);
      await unlink(temporary);
      throw error;
    }
    await calls.close(descriptor);
    await calls.rename(temporary, path);
    await this.syncFolder(dirname(path));
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.root, name));
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  }

  async list(folder: string): Promise<string[]> {
    try {
      const names = await readdir(join(this.root, folder));
      return names
        .filter(name => !name.endsWith('.tmp'))
        .sort()
        .map(name => `${folder}/${name}`);
    } catch (error) {
      if (missing(error)) return [];
      throw error;
    }
  }

  async probe(): Promise<void> {
    const name = `probe/${randomUUID()}`;
    await this.write(name, Buffer.from(name));
    const back = await this.read(name);
    if (!back || Buffer.from(back).toString() !== name)
      throw new Error(`the blob store at ${this.root} does not give back what it was given`);
    await unlink(join(this.root, name));
  }

  append(folder: string, line: string): Promise<void> {
    const log = this.logs.get(folder) ?? new Log(this.openLog(folder));
    this.logs.set(folder, log);
    if (this.logs.size > OPEN_LOGS) {
      const [oldest] = this.logs;
      if (oldest) {
        this.logs.delete(oldest[0]);
        oldest[1].close();
      }
    }
    return log.append(line);
  }

  async *lines(folder: string): AsyncIterable<string> {
    for (const name of await this.list(folder)) {
      const bytes = await this.read(name);
      if (!bytes) continue;
      const lines = Buffer.from(bytes).toString('utf8').split('\n');
      // What follows the last line feed was being written when the process died: nobody was told that it was kept.
      for (const line of lines.slice(0, -1)) if (line !== '') yield line;
    }
  }

  async rewriteLines(folder: string, rewrite: (line: string) => string | undefined): Promise<void> {
    for (const name of await this.list(folder)) {
      const bytes = await this.read(name);
      if (bytes) await this.rewriteFile(name, Buffer.from(bytes), rewrite);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await unlink(join(this.root, name));
      await this.syncFolder(dirname(join(this.root, name)));
    } catch (error) {
      if (!missing(error)) throw error;
    }
  }

  async writtenAt(name: string): Promise<Date | undefined> {
    try {
      return (await stat(join(this.root, name))).mtime;
    } catch (error) {
      if (missing(error)) return undefined;
      throw error;
    }
  }

  /** In place and padded with spaces: another process may be adding to the end of the same file. */
  private async rewriteFile(name: string, bytes: Buffer, rewrite: (line: string) => string | undefined): Promise<void> {
    const file = await open(join(this.root, name), 'r+');
    try {
      for (let from = 0, to = bytes.indexOf(10); to >= 0; from = to + 1, to = bytes.indexOf(10, from)) {
        const line = Buffer.from(rewrite(bytes.toString('utf8', from, to)) ?? '');
        if (line.byteLength === 0) continue;
        if (line.byteLength > to - from) throw new Error(`a line of ${name} would grow`);
        await file.write(Buffer.concat([line, Buffer.alloc(to - from - line.byteLength, 32)]), 0, to - from, from);
      }
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  private async openLog(folder: string): Promise<FileHandle> {
    const path = join(this.root, folder, `${this.instance}.log`);
    await this.makeFolder(dirname(path));
    const file = await open(path, 'a', 0o640);
    await this.syncFolder(dirname(path));
    return file;
  }

  private makeFolder(folder: string): Promise<void> {
    const found = this.made.get(folder);
    if (found) return found;
    const making = mkdir(folder, { recursive: true }).then(async first => {
      if (first) await this.syncFolder(dirname(first));
    });
    this.made.set(folder, making);
    making.catch(() => this.made.delete(folder));
    return making;
  }

  /** Resolves after a sync that began after the call; callers that come while one runs share the next. */
  private syncFolder(folder: string): Promise<void> {
    const state = this.syncing.get(folder);
    if (!state) {
      const running = this.syncNow(folder);
      this.syncing.set(folder, { running });
      return running;
    }
    state.waiting ??= state.running.then(
      () => this.next(folder),
      () => this.next(folder),
    );
    return state.waiting;
  }
  private next(folder: string): Promise<void> {
    const running = this.syncNow(folder);
    this.syncing.set(folder, { running });
    return running;
  }
  private async syncNow(folder: string): Promise<void> {
    try {
      await this.folders.use(folder, calls.sync);
    } finally {
      const state = this.syncing.get(folder);
      if (state && !state.waiting) this.syncing.delete(folder);
    }
  }
}
