import type { Schemas } from '../api/client.js';
import { onceKey } from '../api/once-key.js';
import { Refusal } from '../api/refusal.js';
import { keep, keptText } from '../app/kept.js';
import { isEmpty, rejoined, sameWords, type Draft } from './rejoined.js';

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
  /** What another screen saved that these words did not go on from: whoever wrote both decides what becomes of them. */
  readonly theirs: Draft | undefined;
}

/** The drafts of the core, each changed from the version it was seen at: "version-stale" where another screen was first. */
export interface DraftCore {
  readonly read: () => Promise<Schemas['DraftView'] | undefined>;
  readonly save: (draft: Draft) => Promise<Schemas['DraftView']>;
  readonly discard: (version: number) => Promise<unknown>;
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
  version: 0,
});

const isDraft = (value: unknown): value is Omit<Draft, 'key' | 'version'> & Partial<Draft> =>
  typeof value === 'object' && value !== null && 'text' in value && 'attachments' in value;

function readHere(name: string): Draft | undefined {
  const text = keptText(name);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isDraft(value) ? { ...value, key: value.key ?? onceKey(), version: value.version ?? 0 } : undefined;
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
  version: view.version,
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
  /** What the core was told and nobody answered: it may have it all the same. */
  private unanswered: readonly Draft[] = [];
  /** What was said in the case, by what it was said with. */
  private heard: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly name: string,
    private readonly core: DraftCore,
    /** Told when what is written here was said from another screen, in the same words. */
    private readonly wasSaid: () => void,
  ) {
    const here = readHere(name);
    this.now = {
      draft: here ?? nothing(),
      kept: here ? 'here' : 'nothing',
      ready: here !== undefined,
      said: false,
      theirs: undefined,
    };
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
    if (theirs.key === this.now.draft.key && theirs.version === this.now.draft.version) return;
    this.set({ draft: draftOf(theirs), kept: 'core', said: false, theirs: undefined });
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
    if (!this.undecided) this.soon(PAUSE_MS);
  }

  /** Nothing goes on by itself until whoever wrote decides. */
  private get undecided(): boolean {
    return this.now.said || this.now.theirs !== undefined;
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
    if (this.clean || this.undecided || this.sending) return;
    this.telling = this.tellOnce();
    await this.telling;
    this.telling = undefined;
  }

  private async tellOnce(): Promise<void> {
    const next = this.now.draft;
    try {
      const saved = isEmpty(next) ? void (await this.core.discard(next.version)) : await this.core.save(next);
      this.tries = 0;
      this.unanswered = [];
      const same = this.now.draft === next;
      if (this.now.draft.key === next.key) this.goOnFrom(saved);
      if (!same) return;
      keep(this.name, undefined);
      this.set({ kept: saved ? 'core' : 'nothing' });
    } catch (fault) {
      if (this.now.draft.key !== next.key) return;
      if (fault instanceof Refusal && fault.problem === 'already-said') return this.alreadySaid();
      if (fault instanceof Refusal && fault.problem === 'version-stale') return this.lookAtTheirs();
      if (!isForNow(fault)) return;
      this.unanswered = [...this.unanswered, next];
      this.set({ kept: this.now.kept === 'nowhere' ? 'nowhere' : 'waiting' });
      this.soon(this.wait());
    }
  }

  /** What is written here goes on from what the core has, under the key it has there. */
  private goOnFrom(kept: Pick<Schemas['DraftView'], 'key' | 'version'> | undefined): void {
    const { draft } = this.now;
    const next = { ...draft, key: kept?.key ?? draft.key, version: kept?.version ?? 0 };
    if (!this.clean) keep(this.name, JSON.stringify(next));
    this.set({ draft: next });
  }

  /** Another screen was first: what it saved stands beside what is written here, unless that says nothing else. */
  private async lookAtTheirs(): Promise<void> {
    let theirs;
    try {
      theirs = await this.core.read();
    } catch {
      this.set({ kept: 'waiting' });
      return this.soon(this.wait());
    }
    const { draft } = this.now;
    const their = theirs && draftOf(theirs);
    if (their && isEmpty(draft)) {
      keep(this.name, undefined);
      return this.set({ draft: their, kept: 'core' });
    }
    if (their && ![draft, ...this.unanswered].some(mine => sameWords(mine, their))) {
      keep(this.name, JSON.stringify(draft));
      return this.set({ theirs: their, kept: this.now.kept === 'nowhere' ? 'nowhere' : 'here' });
    }
    // Put away there, or said by this screen when nobody answered: these words go on.
    this.goOnFrom(theirs);
    this.soon(0);
  }

  /** What is written here takes the place of what the other screen saved. */
  keepMine(): void {
    const { theirs, draft } = this.now;
    if (!theirs) return;
    this.set({ theirs: undefined });
    this.write({ ...draft, key: theirs.key, version: theirs.version });
  }

  /** What the other screen saved takes the place of what is written here. */
  takeTheirs(): void {
    const { theirs } = this.now;
    if (!theirs) return;
    keep(this.name, undefined);
    this.set({ draft: theirs, kept: 'core', theirs: undefined });
  }

  /** What the other screen saved, and then what is written here. */
  joinBoth(): void {
    const { theirs, draft } = this.now;
    if (!theirs) return;
    this.set({ theirs: undefined });
    this.write(rejoined(theirs, { ...draft, key: theirs.key, version: theirs.version }));
  }

  /** The connection is there again: what waits is told at once. */
  heal(): void {
    this.tries = 0;
    if (!this.undecided && (!this.clean || !this.now.ready)) this.soon(0);
  }

  /**
   * Says it by what is given, under its key and from the version that was seen; it is a draft no longer once that resolves, and stays one
   * when it rejects. Where it had been said from another screen in other words, or other words were saved there, these stay here, to be
   * decided upon.
   */
  async say<T>(run: (seen: Pick<Draft, 'key' | 'version'>) => Promise<T>): Promise<T> {
    clearTimeout(this.timer);
    this.sending = true;
    try {
      await this.telling;
      const answer = await run(this.now.draft).catch((fault: unknown) => this.orLook(fault, run));
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

  /** Other words were saved than were seen: they stand beside these, unless it was this screen that saved them and was not answered. */
  private async orLook<T>(fault: unknown, run: (seen: Pick<Draft, 'key' | 'version'>) => Promise<T>): Promise<T> {
    if (!(fault instanceof Refusal && fault.problem === 'version-stale')) throw fault;
    await this.lookAtTheirs();
    if (this.undecided) throw fault;
    return run(this.now.draft);
  }

  private clear(): void {
    clearTimeout(this.timer);
    keep(this.name, undefined);
    this.unanswered = [];
    this.set({ draft: nothing(), kept: 'nothing', said: false, theirs: undefined });
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
    this.write({ ...this.now.draft, key: onceKey(), version: 0 });
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
    if (this.now === before && this.clean && theirs) this.adopt(theirs);
    else this.write(rejoined(words, this.now.draft));
  }
}
