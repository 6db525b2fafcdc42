/** What is known of a delivered mail besides its bytes. Plain data: it crosses to the worker that reads. */
export interface Delivered {
  readonly account: string;
  /** Addresses of the account, the first is the one it writes from. */
  readonly addresses: readonly string[];
  /** Names under which our own mail server signs Authentication-Results. */
  readonly authservIds: readonly string[];
  /** The mailbox is a PEC one: its provider lets no forged envelope in. */
  readonly certified: boolean;
  readonly receivedAt: string;
  readonly about: Readonly<Record<string, string>>;
}

/** How much is looked at: `lean` leaves out what may take long, the words and files are always there. */
export type Effort = 'full' | 'lean';
