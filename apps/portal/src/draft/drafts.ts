import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seal } from './seal.js';

/** A file of a draft. */
export interface DraftFile {
  readonly id: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly size: number;
}

/** What somebody is writing, or has just sent. */
export interface Draft {
  /** Known to the browser of who writes, and to nobody else. */
  readonly id: string;
  readonly form: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly DraftFile[];
  /** Proof of the forms that one was opened. */
  readonly token: string;
  /** When that proof was given, in milliseconds. */
  readonly openedAt: number;
  /** The key under which it is sent: the same however often the button is pressed, another when something was changed. */
  readonly attempt: string;
  /** How often it was kept: whoever keeps it says which one they saw. */
  readonly revision: number;
  /** Since when it is being sent, in milliseconds, 0 when it no longer is: meanwhile nothing of it is changed. */
  readonly sendingSince?: number;
  /** The code that it was given when it was sent: then its words and files are gone. */
  readonly sent?: string;
}

const ID = /^[\w-]{32}$/;
const SWEEP_MS = 600_000;

/** Somebody, in another tab, kept the draft meanwhile, sent it or threw it away. */
export class Stale extends Error {}
/** A lock that is older than this was left by who died. */
const LOCKED_MS = 10_000;
const LOCK_LOOK_MS = 20;

/** No room for another draft now. */
export class NoRoom extends Error {}

/**
 * Drafts on disk, for whoever has no script in their browser. Each is sealed with a key made from its id, and named by a keyed
 * hash of it: without the cookie that holds the id nobody reads it, who reads the disk neither.
 */
export class Drafts {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly folder: string,
    private readonly seal: Seal,
    private readonly limits: { readonly hours: number; readonly bytes: number },
  ) {}

  /** Makes the folder, and begins to destroy what nobody touches any more. Rejects when the folder cannot be written. */
  async start(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.sweep();
    this.timer = setInterval(() => void this.sweep().catch(() => undefined), SWEEP_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  begin(form: string, token: string): Draft {
    const id = randomBytes(24).toString('base64url');
    return { id, form, fields: {}, files: [], token, openedAt: Date.now(), attempt: randomUUID(), revision: 0 };
  }

  /** The draft of an id, while it is kept. */
  async get(id: string | undefined): Promise<Draft | undefined> {
    if (id === undefined || !ID.test(id)) return undefined;
    const bytes = await this.read(id, 'draft');
    return bytes && (JSON.parse(bytes.toString()) as Draft);
  }

  /** Keeps a draft, and gives it as it is kept. Rejects with `Stale` when it is no longer the one that was seen: nothing was written. */
  put(draft: Draft): Promise<Draft> {
    return this.alone(draft.id, async () => {
      const now = await this.get(draft.id);
      if ((now?.revision ?? 0) !== draft.revision) throw new Stale();
      const next = { ...draft, revision: draft.revision + 1 };
      await this.write(draft.id, 'draft', Buffer.from(JSON.stringify(next)));
      return next;
    });
  }

  /** Keeps a file of a draft. Rejects with `NoRoom` when the drafts are too many. */
  async keep(draft: Draft, file: { filename: string; mediaType: string; bytes: Uint8Array }): Promise<DraftFile> {
    if ((await this.size()) + file.bytes.byteLength > this.limits.bytes) throw new NoRoom();
    const id = randomUUID();
    await this.write(draft.id, id, file.bytes);
    return { id, filename: file.filename, mediaType: file.mediaType, size: file.bytes.byteLength };
  }

  open(draft: Draft, file: DraftFile): Promise<Buffer | undefined> {
    return this.read(draft.id, file.id);
  }

  async drop(draft: Draft, file: DraftFile): Promise<void> {
    await this.remove(draft.id, file.id);
  }

  /** One after the other, in whichever process: a file that only one can make. */
  private async alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    const lock = this.pathOf(id, 'lock');
    while (!(await made(lock))) {
      const found = await stat(lock).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > LOCKED_MS) await rm(lock, { force: true });
      else await sleep(LOCK_LOOK_MS);
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }

  /** Destroys a draft and its files. */
  async destroy(draft: Draft): Promise<void> {
    for (const file of draft.files) await this.drop(draft, file);
    await this.remove(draft.id, 'draft');
  }

  /** Destroys what nobody touched for as long as drafts are kept. */
  async sweep(now = Date.now()): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found && now - found.mtimeMs > this.limits.hours * 3_600_000) await rm(path, { force: true });
    }
  }

  private async size(): Promise<number> {
    let size = 0;
    for (const name of await readdir(this.folder))
      size += (await stat(join(this.folder, name)).catch(() => undefined))?.size ?? 0;
    return size;
  }

  private pathOf(id: string, part: string): string {
    const [name] = this.seal.namesOf('draft', `${id} ${part}`);
    return join(this.folder, name);
  }

  /** Where a part of a draft is, if it was named with a key before that of today. */
  private pathsBefore(id: string, part: string): string[] {
    const [, ...names] = this.seal.namesOf('draft', `${id} ${part}`);
    return names.map(name => join(this.folder, name));
  }

  /** What is kept has one name: what has that of a key before is given that of today first. */
  private async read(id: string, part: string): Promise<Buffer | undefined> {
    const path = this.pathOf(id, part);
    let sealed = await ifThere(readFile(path));
    for (const before of sealed ? [] : this.pathsBefore(id, part)) {
      await ifThere(rename(before, path));
      sealed ??= await ifThere(readFile(path));
    }
    return sealed && this.seal.open(`draft ${id} ${part}`, sealed);
  }

  private async remove(id: string, part: string): Promise<void> {
    for (const path of [this.pathOf(id, part), ...this.pathsBefore(id, part)]) await rm(path, { force: true });
  }

  private async write(id: string, part: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(id, part);
    const beside = `${path}.${randomUUID()}`;
    await writeFile(beside, this.seal.close(`draft ${id} ${part}`, bytes), { mode: 0o600 });
    await rename(beside, path);
  }
}

/** What comes of a file; nothing when there is none. */
async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes a file that is not there yet; false: it is. */
async function made(path: string): Promise<boolean> {
  try {
    await writeFile(path, '', { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
