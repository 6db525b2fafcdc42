import { randomUUID } from 'node:crypto';
import { constants, mkdirSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Store } from './store.js';

const missing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const OPEN_LOGS = 4;

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

/** The store on a file system: temporary file, fsync, rename, fsync of the folder. Folders are synced once for all who wait. */
export class FileStore implements Store {
  private readonly syncing = new Map<string, { waiting?: Promise<void>; running: Promise<void> }>();
  private readonly made = new Map<string, Promise<void>>();
  private readonly logs = new Map<string, Log>();
  private readonly instance = randomUUID();

  constructor(private readonly root: string) {
    mkdirSync(root, { recursive: true });
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.root, name);
    await this.makeFolder(dirname(path));
    const temporary = `${path}.${randomUUID()}.tmp`;
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o640);
    try {
      await file.writeFile(bytes);
      await file.datasync();
    } catch (error) {
      await file.close();
      await unlink(temporary);
      throw error;
    }
    await file.close();
    await rename(temporary, path);
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
      const handle = await open(folder, 'r');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    } finally {
      const state = this.syncing.get(folder);
      if (state && !state.waiting) this.syncing.delete(folder);
    }
  }
}
