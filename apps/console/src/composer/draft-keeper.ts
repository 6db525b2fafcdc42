import type { Schemas } from '../api/client.js';
import { onceKey } from '../api/once-key.js';
import { Refusal } from '../api/refusal.js';
import { keep, keptText } from '../app/kept.js';
import { isEmpty, rejoined, type Draft } from './rejoined.js';

/** Where the draft is safe: with the core, in this browser until the core is told, in this browser until it answers again, or nowhere. */
type Kept = 'nothing' | 'core' | 'here' | 'waiting' | 'nowhere';

/** How a draft stands. */
export interface DraftNow {
  readonly draft: Draft;
  readonly kept: Kept;
  /** False until it is known whether there is one: nothing is written over it. */
  readonly ready: boolean;
  /** It was said from another screen in other words: whoever wrote these decides what becomes of them. */
  readonly said: boolean;
}

/** The drafts of the core. */
export interface DraftCore {
  readonly read: () => Promise<Schemas['DraftView'] | undefined>;
  readonly save: (draft: Draft) => Promise<Schemas['DraftView']>;
  readonly discard: () => Promise<unknown>;
}

/** How long after the last key the core is told. */
const PAUSE_MS = 700;
const FIRST_TRY_MS = 2_000;
const LAST_TRY_MS = 30_000;

const nothing = (): Draft => ({
  key: onceKey(),
  text: '',
  subject: '',
  conversation: undefined,
  visibility: undefined,
  attachments: [],
  begunFrom: 1,
});

const isDraft = (value: unknown): value is Omit<Draft, 'key'> & Partial<Draft> =>
  typeof value === 'object' && value !== null && 'text' in value && 'attachments' in value;

function readHere(name: string): Draft | undefined {
  const text = keptText(name);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? { ...value, key: value.key ?? onceKey() } : undefined;
  } catch {
    return undefined;
  }
}

const draftOf = (view: Schemas['DraftView']): Draft => ({
  key: view.key,
  text: view.text,
  subject: view.subject ?? '',
  conversation: view.conversation,
  visibility: view.visibility,
  attachments: view.attachments,
  begunFrom: view.begunFrom,
});

/** Whether the core may take it later: nobody answered, or not now, or only whoever logs in again. */
const isForNow = (fault: unknown): boolean =>
  fault instanceof Refusal &&
  (fault.status === 0 || fault.status === 401 || fault.status === 429 || fault.status >= 500);

/**
 * One draft of one operator in one case, for as long as the page is there: kept with each key in this browser, and a moment later by the
 * core, which then has the only copy. When the core cannot be told it is told again until it is, also after whoever wrote went elsewhere.
 * It is said under its key, and what was said under it from another screen is said no more here.
 */
export class DraftKeeper {
  private now: DraftNow;
  private readonly looking = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private telling: Promise<void> | undefined;
  private tries = 0;
  private sending = false;
  private savedAt = '';
  /** What was said in the case, by what it was said with. */
  private heard: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly name: string,
    private readonly core: DraftCore,
    /** Told when what is written here was said from another screen, in the same words. */
    private readonly wasSaid: () => void,
  ) {
    const here = readHere(name);
    this.now = { draft: here ?? nothing(), kept: here ? 'here' : 'nothing', ready: here !== undefined, said: false };
    if (here) this.soon(0);
  }

  readonly subscribe = (look: () => void): (() => void) => {
    this.looking.add(look);
    return () => this.looking.delete(look);
  };
  readonly read = (): DraftNow => this.now;

  private set(part: Partial<DraftNow>): void {
    this.now = { ...this.now, ...part };
    for (const look of this.looking) look();
  }

  private get clean(): boolean {
    return this.now.kept === 'nothing' || this.now.kept === 'core';
  }

  /** Takes up what the core has, unless something is written here that it was not told. */
  async refresh(): Promise<void> {
    if (!this.clean || this.sending) return;
    const before = this.now.draft;
    try {
      const theirs = await this.core.read();
      if (this.now.draft === before && this.clean && !this.sending) this.adopt(theirs);
      this.tries = 0;
      if (!this.now.ready) this.set({ ready: true });
    } catch (fault) {
      // Whether there is one is asked until it is known: what was begun elsewhere is not written over.
      if (isForNow(fault)) this.soon(this.wait());
      else this.set({ ready: true });
    }
  }

  private adopt(theirs: Schemas['DraftView'] | undefined): void {
    if (!theirs) {
      if (this.now.kept === 'core') this.set({ draft: nothing(), kept: 'nothing' });
      return;
    }
    if (theirs.key === this.now.draft.key && theirs.savedAt <= this.savedAt) return;
    this.savedAt = theirs.savedAt;
    this.set({ draft: draftOf(theirs), kept: 'core', said: false });
    this.hear(this.heard);
  }

  /** Writes something else; `version` is that of the case whoever writes has before them. */
  change(part: Partial<Draft>, version: number): void {
    const { draft } = this.now;
    this.write({ ...draft, ...(isEmpty(draft) ? { begunFrom: version } : {}), ...part });
  }

  private write(draft: Draft): void {
    const safe = keep(this.name, JSON.stringify(draft));
    this.set({ draft, kept: safe ? 'here' : 'nowhere', ready: true });
    if (!this.now.said) this.soon(PAUSE_MS);
  }

  private soon(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.now.kept === 'nothing' || this.now.kept === 'core') void this.refresh();
      else void this.tell();
    }, milliseconds);
  }

  private wait(): number {
    this.tries += 1;
    return Math.min(LAST_TRY_MS, FIRST_TRY_MS * 2 ** (this.tries - 1));
  }

  /** Tells the core now what it was not told yet; resolves when it was, or could not be. */
  async tell(): Promise<void> {
    clearTimeout(this.timer);
    await this.telling;
    if (this.clean || this.now.said || this.sending) return;
    this.telling = this.tellOnce();
    await this.telling;
    this.telling = undefined;
  }

  private async tellOnce(): Promise<void> {
    const next = this.now.draft;
    try {
      const saved = isEmpty(next) ? void (await this.core.discard()) : await this.core.save(next);
      this.tries = 0;
      if (saved) this.savedAt = saved.savedAt;
      const same = this.now.draft === next;
      // Begun at another screen too: it goes on under the key it has there.
      if (saved && saved.key !== next.key && this.now.draft.key === next.key)
        this.set({ draft: { ...this.now.draft, key: saved.key } });
      if (!same) return;
      keep(this.name, undefined);
      this.set({ kept: saved ? 'core' : 'nothing' });
    } catch (fault) {
      if (this.now.draft.key !== next.key) return;
      if (fault instanceof Refusal && fault.problem === 'already-said') return this.alreadySaid();
      if (!isForNow(fault)) return;
      this.set({ kept: this.now.kept === 'nowhere' ? 'nowhere' : 'waiting' });
      this.soon(this.wait());
    }
  }

  /** The connection is there again: what waits is told at once. */
  heal(): void {
    this.tries = 0;
    if (!this.now.said && (!this.clean || !this.now.ready)) this.soon(0);
  }

  /**
   * Says it under its key by what is given; it is a draft no longer once that resolves, and stays one when it rejects. Where it had been
   * said from another screen in other words, these stay here, to be decided upon.
   */
  async say<T>(run: (key: string) => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.sending = true;
    try {
      const answer = await run(this.now.draft.key);
      this.clear();
      return answer;
    } catch (fault) {
      if (fault instanceof Refusal && fault.problem === 'idempotency-mismatch') this.alreadySaid();
      throw fault;
    } finally {
      this.sending = false;
      this.hear(this.heard);
      if (!this.clean) this.soon(PAUSE_MS);
    }
  }

  private clear(): void {
    clearTimeout(this.timer);
    keep(this.name, undefined);
    this.set({ draft: nothing(), kept: 'nothing', said: false });
  }

  /** What was said in the case: a draft that is among it was said from another screen, and the same words are not kept to be said again. */
  hear(said: ReadonlyMap<string, string>): void {
    this.heard = said;
    if (this.sending) return;
    const words = said.get(this.now.draft.key);
    if (words === undefined) return;
    if (isEmpty(this.now.draft)) return this.clear();
    if (words.trim() !== this.now.draft.text.trim()) return this.alreadySaid();
    this.clear();
    this.wasSaid();
    void this.refresh();
  }

  private alreadySaid(): void {
    clearTimeout(this.timer);
    if (this.now.said) return;
    keep(this.name, JSON.stringify(this.now.draft));
    this.set({ said: true, kept: 'here' });
  }

  /** What is written here becomes a draft of its own, to be said besides what was said from elsewhere. */
  goOn(): void {
    this.set({ said: false });
    this.write({ ...this.now.draft, key: onceKey() });
  }

  /** What is written here is not to be said: what the core has, if it has anything, stands in its place. */
  async drop(): Promise<void> {
    this.clear();
    await this.refresh();
  }

  /** What was said is taken back by what is given: it is a draft again, before what was begun meanwhile, here or elsewhere. */
  async takeBack(words: Draft, run: () => Promise<unknown>): Promise<void> {
    // What was begun meanwhile is with the core before the core puts the words before it.
    await this.tell();
    const before = this.now;
    await run();
    const theirs = await this.core.read().catch(() => undefined);
    if (this.now === before && this.clean && theirs) {
      this.savedAt = '';
      this.adopt(theirs);
    } else this.write(rejoined(words, this.now.draft));
  }
}
