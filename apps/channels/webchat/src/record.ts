import type { Doubt } from '@filodiretto/channel-kit';

/** One line of a conversation, as its page shows it. */
export interface Line {
  /** Grows from line to line, also over a loss of what was remembered. */
  readonly seq: number;
  /** The page's own id of what the citizen wrote; ours of what they are answered. */
  readonly id: string;
  readonly by: 'citizen' | 'office';
  /** A machine wrote it: the acknowledgement with the number of the case. */
  readonly automatic?: boolean;
  /** Empty where files were sent without words. */
  readonly text: string;
  readonly files?: readonly LineFile[];
  /** What may be answered by a button. */
  readonly choices?: readonly LineChoice[];
  /** Of what the citizen answered by a button: which. */
  readonly choice?: string;
  /** RFC 3339. */
  readonly at: string;
}
/** An answer that is offered, as a button. */
export interface LineChoice {
  readonly id: string;
  readonly title: string;
}
/** Characters, at most. */
export const CHOICE_ID_MAX = 200;
export const CHOICE_TITLE_MAX = 40;
/** A file that was sent with a line. */
export interface LineFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Where its bytes are, when the pages of the conversation may have them; never told to a page. */
  readonly sha256?: string;
}

/** What is remembered of a conversation for its pages. The core has all of it: this is for who comes back. */
export interface Remembered {
  readonly lines: readonly Line[];
  /** Up to which line its pages said that they have, and that somebody read it. */
  readonly delivered: number;
  readonly read: number;
  /** How much its first line looked like an abuse; nothing when it did not. */
  readonly doubt?: Doubt;
  /** Milliseconds since the epoch: forgotten after it. */
  readonly until: number;
}

/** For how long a conversation that is silent is remembered, and can be answered. */
export const REMEMBERED_HOURS = 168;
const REMEMBERED_MS = REMEMBERED_HOURS * 3_600_000;
/** Of a long conversation the pages show the last lines. */
const MOST_LINES = 300;
const MOST_CHARACTERS = 200_000;

export const keyOf = (conversation: string): string => `conversation/${conversation}`;
export const CONVERSATIONS = 'conversation/';
export const conversationIn = (key: string): string | undefined =>
  key.startsWith(CONVERSATIONS) ? key.slice(CONVERSATIONS.length) : undefined;

/** The same with one line more; as it was when it has the line already. The doubt is that of a first line. */
export function withLine(
  was: Remembered | undefined,
  line: Omit<Line, 'seq'>,
  now = Date.now(),
  first?: Doubt,
): Remembered {
  const { lines, delivered, read, doubt } = was ?? { lines: [], delivered: 0, read: 0, doubt: first };
  if (was && lineOf(was, line.by, line.id)) return was;
  const seq = Math.max(now, (lines.at(-1)?.seq ?? 0) + 1);
  return {
    lines: latest([...lines, { ...line, seq }]),
    delivered,
    read,
    ...(doubt ? { doubt } : {}),
    until: now + REMEMBERED_MS,
  };
}

/** The doubt about what is said in a conversation now: that of its beginning, until the house said something in it, since then it has looked. */
export const doubtNow = ({ doubt, lines }: Remembered): Doubt | undefined =>
  lines.some(({ by }) => by === 'office') ? undefined : doubt;

/** The same, in which the pages have said that they have, or somebody read, what was written up to a line. */
export function withReceipt(
  was: Remembered,
  { delivered, read }: { readonly delivered: number; readonly read: number },
): Remembered {
  const last = was.lines.at(-1)?.seq ?? 0;
  const now = {
    delivered: Math.max(was.delivered, Math.min(Math.max(delivered, read), last)),
    read: Math.max(was.read, Math.min(read, last)),
  };
  return now.delivered === was.delivered && now.read === was.read ? was : { ...was, ...now };
}

export const lineOf = ({ lines }: Remembered, by: Line['by'], id: string): Line | undefined =>
  lines.find(line => line.by === by && line.id === id);

/** What a page that has everything up to a line does not have yet, as pages are told it. */
export const since = (remembered: Remembered | undefined, seq: number): readonly Line[] =>
  (remembered?.lines ?? [])
    .filter(line => line.seq > seq)
    .map(({ files, ...line }) => (files ? { ...line, files: files.map(({ sha256: _, ...file }) => file) } : line));

type Words = Pick<Line, 'text' | 'files' | 'choice'>;
/** Whether two lines say the same: the words, and the files by name and size. */
export const saysTheSame = (one: Words, other: Words): boolean => {
  const said = ({ text, choice = '', files = [] }: Words): string =>
    JSON.stringify([text, choice, files.map(({ name, bytes }) => [name, bytes])]);
  return said(one) === said(other);
};

function latest(lines: readonly Line[]): readonly Line[] {
  let characters = 0;
  const kept = lines.slice(-MOST_LINES).reverse();
  const first = kept.findIndex((line, index) => {
    characters += line.text.length + JSON.stringify([line.files ?? '', line.choices ?? '']).length;
    return index > 0 && characters > MOST_CHARACTERS;
  });
  return (first < 0 ? kept : kept.slice(0, first)).reverse();
}
