import type { Host } from '@filodiretto/channel-kit';
import type { AttendanceAnswer } from '@filodiretto/contracts';

/** Whether anybody is there, as the pages are told. */
export type Attendance = Pick<AttendanceAnswer, 'open' | 'opensAt' | 'attended'>;

const GOOD_FOR_MS = 5_000;
/** A page says again every three seconds that something is being written. */
const WRITES_FOR_MS = 5_000;
/** So many conversations fit in one question. */
const MOST = 500;

/** What the core says of who is there; asked no more often than needed. Nothing of it is kept. */
export class Presence {
  private known?: Attendance;
  private askedAt = Number.NEGATIVE_INFINITY;
  private asking?: Promise<void> | undefined;
  /** Conversations in which the citizen writes, as they said to this process, and until when that counts. */
  private readonly writers = new Map<string, number>();

  constructor(
    private readonly host: Host,
    private readonly account: string,
  ) {}

  /**
   * Whether anybody is there; what was known last when the core is away, and nothing when it never answered. However many ask, the core is
   * asked once in five seconds, also while it does not answer.
   */
  async now(): Promise<Attendance | undefined> {
    if (Date.now() - this.askedAt >= GOOD_FOR_MS) this.asking ??= this.askOnce();
    await this.asking;
    return this.known;
  }

  private async askOnce(): Promise<void> {
    try {
      await this.look([]);
    } finally {
      this.asking = undefined;
    }
  }

  /** The citizen of a conversation is writing, or is no longer. */
  citizenWrites(conversation: string, writes: boolean): void {
    if (writes) this.writers.set(conversation, Date.now() + WRITES_FOR_MS);
    else this.writers.delete(conversation);
  }
  get anybodyWrites(): boolean {
    for (const [conversation, until] of this.writers) if (until < Date.now()) this.writers.delete(conversation);
    return this.writers.size > 0;
  }

  /**
   * In which of the conversations somebody is writing an answer; nothing when the core is away. Tells the core who writes to it, unless
   * they are too many at once for it to matter.
   */
  async look(conversations: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    const writing = new Set<string>();
    let citizenWrites = this.anybodyWrites ? [...this.writers.keys()].slice(0, MOST) : [];
    for (let from = 0; from === 0 || from < conversations.length; from += MOST) {
      const answer = await this.host.attendance({
        account: this.account,
        conversations: conversations.slice(from, from + MOST),
        ...(citizenWrites.length > 0 ? { citizenWrites } : {}),
      });
      citizenWrites = [];
      this.askedAt = Date.now();
      if (!answer) return undefined;
      const { open, opensAt, attended } = answer;
      this.known = { open, attended, ...(opensAt ? { opensAt } : {}) };
      for (const one of answer.writing) writing.add(one);
    }
    return writing;
  }

  get last(): Attendance | undefined {
    return this.known;
  }
}
