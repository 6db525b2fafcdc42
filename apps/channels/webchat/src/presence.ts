import type { Host } from '@filodiretto/channel-kit';
import type { AttendanceAnswer } from '@filodiretto/contracts';

/** Whether anybody is there, as the pages are told. */
export type Attendance = Pick<AttendanceAnswer, 'open' | 'opensAt' | 'attended'>;

const GOOD_FOR_MS = 5_000;
/** So many conversations fit in one question. */
const MOST = 500;

/** What the core says of who is there; asked no more often than needed. Nothing of it is kept. */
export class Presence {
  private known?: { readonly attendance: Attendance; readonly at: number };
  private asking?: Promise<Attendance | undefined>;

  constructor(
    private readonly host: Host,
    private readonly account: string,
  ) {}

  /** Whether anybody is there; what was known last when the core is away, and nothing when it never answered. */
  async now(): Promise<Attendance | undefined> {
    if (this.known && Date.now() - this.known.at < GOOD_FOR_MS) return this.known.attendance;
    this.asking ??= this.look([]).then(() => this.known?.attendance);
    try {
      return await this.asking;
    } finally {
      this.asking = undefined;
    }
  }

  /** In which of the conversations somebody is writing an answer; nothing when the core is away. */
  async look(conversations: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    const writing = new Set<string>();
    for (let from = 0; from === 0 || from < conversations.length; from += MOST) {
      const answer = await this.host.attendance({
        account: this.account,
        conversations: conversations.slice(from, from + MOST),
      });
      if (!answer) return undefined;
      const { open, opensAt, attended } = answer;
      this.known = { attendance: { open, attended, ...(opensAt ? { opensAt } : {}) }, at: Date.now() };
      for (const one of answer.writing) writing.add(one);
    }
    return writing;
  }

  get last(): Attendance | undefined {
    return this.known?.attendance;
  }
}
