import { proofOf, type Challenge } from './proof.js';

/** One line of the conversation, as the chat tells it. */
export interface Line {
  readonly seq: number;
  readonly id: string;
  readonly by: 'citizen' | 'office';
  readonly automatic?: boolean;
  readonly text: string;
  readonly files?: readonly LineFile[];
  readonly choices?: readonly LineChoice[];
  readonly choice?: string;
  readonly at: string;
}
/** An answer that is offered, as a button. */
export interface LineChoice {
  readonly id: string;
  readonly title: string;
}
export interface LineFile {
  readonly name: string;
  readonly bytes: number;
}
/** What was written and is not known to be held. */
export interface Pending {
  readonly id: string;
  readonly text: string;
  /** The button that was pressed to say it. */
  readonly choice?: string;
  readonly kind?: 'transcript';
  readonly email?: string;
  /** No browser keeps them for us: they are there as long as this page is. */
  readonly files?: readonly File[];
}
/** What is said with files, and the ids of what was written before it and still waited then. */
interface Carried extends Pending {
  readonly behind: ReadonlySet<string>;
}
export interface Attendance {
  readonly open?: boolean;
  readonly opensAt?: string;
  readonly attended?: boolean;
}
/** What a browser keeps of a conversation, over the pages of the site. */
interface Kept {
  readonly token?: string;
  /** As long as nothing was said in the conversation. */
  readonly challenge?: Challenge;
  readonly pending: readonly Pending[];
  readonly read: number;
}
type Reach = 'reached' | 'offline' | 'away' | 'slow';

/** The chat says something every fifteen seconds. */
const SILENT_MS = 40_000;
/** That somebody writes is said again so often; it lapses by itself soon after. */
const WRITES_EVERY_MS = 3_000;
/** Who looks and says nothing is told anew so often whether anybody is there. */
const LOOK_EVERY_MS = 30_000;
/** A file that has not arrived after so long, or after so many attempts while the chat is there, is given back. */
const UPLOAD_MS = 120_000;
const UPLOADS = 4;
/** A machine that is not done with its proof after so long sends without. */
const PROOF_MS = 20_000;
/** So long before a challenge holds no longer nothing is begun with it. */
const MARGIN_MS = 120_000;
/** A stream that held for so long was one: what is over at once is tried less and less often. */
const HELD_MS = 5_000;
const WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * A conversation with the chat. What is said is kept in the browser until it is known to be held, and sent again under the same id until
 * then; what is heard goes on from the last line that came, whatever happened to the connection.
 */
export class Conversation {
  readonly lines: Line[] = [];
  attendance: Attendance = {};
  writing = false;
  reach: Reach = 'reached';
  /** Why the last message cannot be sent as it is, and the message: whoever wrote it has its words back. */
  wrong = '';
  refused: Pending | undefined;
  private kept: Kept;
  private keepsNothing = false;
  private sending = false;
  private listening = false;
  private delivered = 0;
  /** Who waits to try again. */
  private readonly waiting = new Set<() => void>();
  private stream = new AbortController();

  constructor(
    private readonly url: string,
    private readonly language: string,
    private readonly changed: () => void,
    /** What is said of a file that never gets through. */
    private readonly lost = '',
  ) {
    this.kept = this.load();
    // A connection may outlive the network that it was on, without a word.
    addEventListener('online', () => {
      this.stream.abort();
      for (const go of [...this.waiting]) go();
    });
    addEventListener('offline', () => {
      this.stream.abort();
      this.reached('offline');
    });
    // Another page of the site said or began something.
    addEventListener('storage', event => {
      if (event.key !== this.key) return;
      this.kept = this.load();
      this.changed();
      if (!this.kept.token) return;
      void this.listen();
      // That page may be gone before it is held: sent from both it is one message.
      void this.flush();
    });
    if (this.kept.token) void this.listen();
    if (this.kept.pending.length > 0) void this.flush();
  }

  get pending(): readonly Pending[] {
    return [...this.kept.pending, ...this.carried];
  }
  /** Whether something waits that is gone with this page. */
  get carries(): boolean {
    return this.carried.length > 0;
  }
  private carried: readonly Carried[] = [];
  get unread(): number {
    return this.lines.filter(({ by, seq }) => by === 'office' && seq > this.kept.read).length;
  }

  /** Somebody looks at the chat, or no longer: as long as they do, and no conversation tells it, asks now and then whether anybody is there. */
  watch(isLookedAt: boolean): void {
    this.isLookedAt = isLookedAt;
    clearTimeout(this.nextLook);
    if (!isLookedAt) return;
    const wait = this.lookAt - performance.now();
    if (wait > 0) this.nextLook = setTimeout(() => this.watch(true), wait);
    else void this.look().then(() => this.watch(this.isLookedAt));
  }
  private isLookedAt = false;
  private nextLook: ReturnType<typeof setTimeout> | undefined;
  private lookAt = 0;
  private missed = 0;

  private async look(): Promise<void> {
    // Never two at once, nor sooner for who opens and closes.
    this.lookAt = performance.now() + LOOK_EVERY_MS;
    if (this.listening) return;
    try {
      const answer = await fetch(`${this.url}/public/attendance`);
      if (!answer.ok) throw new Error(`it answers ${answer.status}`);
      this.attendance = (await answer.json()) as Attendance;
      this.missed = 0;
      this.reached('reached');
    } catch {
      this.missed += 1;
      this.reached(navigator.onLine ? 'away' : 'offline');
    }
    // Apart from each other, and further apart the longer nothing answers.
    const wait = LOOK_EVERY_MS * 2 ** Math.min(this.missed, 4) * (0.75 + Math.random() / 2);
    this.lookAt = performance.now() + wait;
  }

  say(said: Omit<Pending, 'id'>): void {
    this.wrong = '';
    this.refused = undefined;
    this.wroteAt = Number.NEGATIVE_INFINITY;
    const one = { ...said, id: crypto.randomUUID() };
    const { pending } = this.load();
    if (one.files) this.carried = [...this.carried, { ...one, behind: new Set(pending.map(({ id }) => id)) }];
    else this.keep({ pending: [...pending, one] });
    this.changed();
    void this.flush();
  }

  /** Somebody writes in this page, or has taken back what they wrote: that alone is told, and only where something was said before. */
  writes(isWriting: boolean): void {
    if (this.reach !== 'reached') return;
    const now = performance.now();
    if (isWriting ? now - this.wroteAt < WRITES_EVERY_MS : this.wroteAt === Number.NEGATIVE_INFINITY) return;
    this.wroteAt = isWriting ? now : Number.NEGATIVE_INFINITY;
    // What is not heard lapses and is said again.
    if (this.lines.length > 0) this.ask('writing', { writing: isWriting }).catch(() => undefined);
    else if (isWriting) this.prepare().catch(() => undefined);
  }
  /** The machine does its part while the person still writes. */
  private async prepare(): Promise<void> {
    if (this.kept.token || (await this.begin())) await this.prove();
  }
  private wroteAt = Number.NEGATIVE_INFINITY;

  /** Somebody has seen all that there is. */
  seen(): void {
    const last = this.lines.at(-1)?.seq ?? 0;
    if (last <= this.kept.read) return;
    this.keep({ read: last });
    void this.confirm();
  }

  /** Tells the chat what came here and what somebody read, until it is known that it heard. */
  private async confirm(): Promise<void> {
    if (this.confirming) return;
    this.confirming = true;
    try {
      for (let attempt = 0; this.kept.token && this.hasToConfirm;) {
        const said = { delivered: this.delivered, read: this.kept.read };
        const answer = await this.ask('receipts', said).catch(() => undefined);
        if (answer && answer.status < 500 && answer.status !== 429) {
          this.confirmed = said;
          attempt = 0;
        } else await this.pause(attempt++);
      }
    } finally {
      this.confirming = false;
    }
  }
  private confirming = false;
  private confirmed = { delivered: 0, read: 0 };
  private get hasToConfirm(): boolean {
    return this.delivered > this.confirmed.delivered || this.kept.read > this.confirmed.read;
  }

  /** In order, one after the other, until nothing waits. */
  private async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let attempt = 0, next = this.next; next; next = this.next)
        if (await this.sendOne(next)) attempt = 0;
        else await this.pause(attempt++);
    } finally {
      this.sending = false;
    }
  }
  /** What was written first. */
  private get next(): Pending | undefined {
    const [written] = this.kept.pending;
    const [carried] = this.carried;
    return carried && !(written && carried.behind.has(written.id)) ? carried : written;
  }

  /** Says whether it is done with: held, or never to be. */
  private async sendOne(one: Pending): Promise<boolean> {
    const { id, text, choice, kind, email, files } = one;
    let isOnItsWay = false;
    try {
      if (!this.kept.token && !(await this.begin())) return false;
      void this.listen();
      const { token } = this.kept;
      const proof = await this.prove();
      const said = { id, text, choice, kind, email, language: this.language, proof };
      isOnItsWay = true;
      const answer = await (files ? this.bring(said, files) : this.ask('messages', said));
      if (answer.status === 401) {
        this.isOver(token);
        return false;
      }
      if (answer.status === 429 || answer.status >= 500) {
        this.reached(answer.status === 429 ? 'slow' : 'away');
        return false;
      }
      // Of two pages that sent it one gives it back.
      if (!answer.ok && (files || this.load().pending.some(other => other.id === id))) {
        const { detail, errors } = (await answer.json()) as { detail?: string; errors?: { detail: string }[] };
        this.wrong = errors?.[0]?.detail ?? detail ?? '';
        this.refused = one;
      }
      this.reached('reached');
      if (answer.ok) {
        if (this.kept.challenge) this.keep({ challenge: undefined });
        const { seq, at } = (await answer.json()) as { seq?: number; at?: string };
        if (seq !== undefined && at !== undefined && !kind)
          this.add({
            seq,
            id,
            by: 'citizen',
            text,
            at,
            ...(choice === undefined ? {} : { choice }),
            ...(files ? { files: files.map(({ name, size }) => ({ name, bytes: size })) } : {}),
          });
      }
      this.done(id);
      return true;
    } catch {
      this.reached(navigator.onLine ? 'away' : 'offline');
      if (!files || !navigator.onLine || !isOnItsWay) return false;
      // It was heard that it is held, though its answer never came.
      if (!this.carried.some(other => other.id === id)) return true;
      this.cuts.set(id, (this.cuts.get(id) ?? 0) + 1);
      // What never gets through keeps nothing of what is written after it back.
      if ((this.cuts.get(id) ?? 0) < UPLOADS) return false;
      this.wrong = this.lost;
      this.refused = one;
      this.done(id);
      return true;
    }
  }
  /** How often what is sent with files was cut off on its way. */
  private readonly cuts = new Map<string, number>();
  private done(id: string): void {
    this.cuts.delete(id);
    this.carried = this.carried.filter(one => one.id !== id);
    const { pending } = this.load();
    if (pending.some(one => one.id === id)) this.keep({ pending: pending.filter(one => one.id !== id) });
    this.changed();
  }

  /** Gets a file of an answer, by the token alone: it has no address that anybody else could follow. */
  async fetchFile(line: string, place: number): Promise<Blob> {
    const answer = await fetch(`${this.url}/public/chats/files/${line}/${place}`, {
      headers: { authorization: `Bearer ${this.kept.token ?? ''}` },
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
    if (!answer.ok) throw new Error(((await answer.json()) as { detail?: string }).detail ?? '');
    return answer.blob();
  }

  private bring(said: Readonly<Record<string, string | undefined>>, files: readonly File[]): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(said)) if (value !== undefined) form.set(name, value);
    for (const file of files) form.append('files', file);
    return fetch(`${this.url}/public/chats/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.kept.token ?? ''}` },
      body: form,
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
  }

  private begin(): Promise<boolean> {
    return (this.beginning ??= this.beginOnce().finally(() => (this.beginning = undefined)));
  }
  private beginning: Promise<boolean> | undefined;
  private async beginOnce(): Promise<boolean> {
    const answer = await fetch(`${this.url}/public/chats`, { method: 'POST' });
    if (!answer.ok) {
      this.reached(answer.status === 429 ? 'slow' : 'away');
      return false;
    }
    const { token, attendance, challenge } = (await answer.json()) as {
      token: string;
      attendance?: Attendance;
      challenge?: Challenge;
    };
    this.attendance = attendance ?? this.attendance;
    // Another page of the site may have begun meanwhile: there is one conversation.
    if (!this.load().token) this.keep({ token, challenge });
    else this.kept = this.load();
    return true;
  }

  /**
   * The proof that goes with the first message, when one is asked and this browser can give it in time. What was begun so long ago that
   * its challenge holds no longer goes on without: it may have been sent already, and of another conversation it would be another message.
   */
  private prove(): Promise<string | undefined> {
    const { challenge } = this.kept;
    const until = (challenge?.parameters.expiresAt ?? Infinity) * 1_000;
    if (!challenge || Date.now() > until - MARGIN_MS) return Promise.resolve(undefined);
    const { proving } = this;
    if (proving && proving.of === challenge.signature) return proving.proof;
    const proof = proofOf(challenge, AbortSignal.timeout(PROOF_MS)).catch(() => undefined);
    this.proving = { of: challenge.signature, proof };
    return proof;
  }
  private proving: { readonly of: string | undefined; readonly proof: Promise<string | undefined> } | undefined;

  private async listen(): Promise<void> {
    if (this.listening) return;
    this.listening = true;
    try {
      for (let attempt = 0; this.kept.token;) {
        try {
          // Without a gap: a line that was only answered may be later than one that was not heard yet.
          const began = performance.now();
          if ((await this.hear(this.heard)) && performance.now() - began > HELD_MS) attempt = 0;
        } catch {
          this.reached(navigator.onLine ? 'away' : 'offline');
        }
        await this.pause(attempt++);
      }
    } finally {
      this.listening = false;
    }
  }
  private heard = 0;

  /** Hears until the connection is lost. Says whether there was one. */
  private async hear(after: number): Promise<boolean> {
    this.stream = new AbortController();
    const { token } = this.kept;
    const answer = await fetch(`${this.url}/public/chats/stream`, {
      signal: this.stream.signal,
      headers: {
        authorization: `Bearer ${token ?? ''}`,
        ...(after > 0 ? { 'last-event-id': String(after) } : {}),
      },
    });
    if (answer.status === 401) this.isOver(token);
    if (!answer.ok || !answer.body) return false;
    this.reached('reached');
    void this.flush();
    void this.confirm();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ''; ;) {
      const silent = setTimeout(() => this.stream.abort(), SILENT_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(silent));
      if (done) return true;
      const blocks = (text + value).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const event = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (event === undefined || data === undefined) return;
    const said: unknown = JSON.parse(data);
    if (event === 'attendance') this.attendance = said as Attendance;
    if (event === 'writing') this.writing = (said as { writing: boolean }).writing;
    if (event === 'line') {
      const line = said as Line;
      if (this.kept.challenge) this.keep({ challenge: undefined });
      this.heard = Math.max(this.heard, line.seq);
      this.add(line);
      if (line.by === 'office' && line.seq > this.delivered) {
        this.delivered = line.seq;
        this.writing = false;
        void this.confirm();
      }
      if (this.pending.some(({ id }) => id === line.id)) this.done(line.id);
    }
    this.changed();
  }

  private add(line: Line): void {
    if (this.lines.some(({ seq }) => seq === line.seq)) return;
    this.lines.push(line);
    this.lines.sort((one, other) => one.seq - other.seq);
  }

  private ask(what: string, body: object): Promise<Response> {
    return fetch(`${this.url}/public/chats/${what}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.kept.token ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      keepalive: true,
    });
  }

  private reached(reach: Reach): void {
    this.reach = reach;
    this.changed();
  }
  /** Ends early when the connection is back. */
  private pause(attempt: number): Promise<void> {
    return new Promise(resolve => {
      const go = (): void => {
        clearTimeout(timer);
        this.waiting.delete(go);
        resolve();
      };
      const wait = WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] ?? 0;
      // Apart from each other: a chat that is back is not asked by all its pages at once.
      const timer = setTimeout(go, wait * (0.5 + Math.random() / 2));
      this.waiting.add(go);
    });
  }

  /** A conversation is no longer valid; another that a page of the site began meanwhile is. */
  private isOver(token: string | undefined): void {
    this.kept = this.load();
    if (this.kept.token === token) this.keep({ token: undefined, challenge: undefined });
  }

  private get key(): string {
    return `filodiretto:chat:${this.url}`;
  }
  private load(): Kept {
    if (this.keepsNothing) return this.kept;
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? '{}') as Partial<Kept>;
      return {
        pending: kept.pending ?? [],
        read: kept.read ?? 0,
        ...(kept.token ? { token: kept.token } : {}),
        ...(kept.challenge ? { challenge: kept.challenge } : {}),
      };
    } catch {
      // A browser that keeps nothing has the conversation of this page alone.
      return this.kept ?? { pending: [], read: 0 };
    }
  }
  /** Changes what is kept as it is now: another page of the site may have said something that was not told here yet. */
  private keep(change: {
    token?: string | undefined;
    challenge?: Challenge | undefined;
    pending?: readonly Pending[];
    read?: number;
  }): void {
    const { token, challenge, ...now } = { ...this.load(), ...change };
    this.kept = { ...now, ...(token === undefined ? {} : { token }), ...(challenge ? { challenge } : {}) };
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
      this.keepsNothing = false;
    } catch {
      // Nothing is kept: it lives as long as this page, and what the browser had before is not taken for it.
      this.keepsNothing = true;
    }
  }
}
