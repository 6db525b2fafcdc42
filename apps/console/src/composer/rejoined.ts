import type { Schemas } from '../api/client.js';

/** What is being written. */
export interface Draft {
  /** What it is sent with, whichever screen sends it: then it is said once. */
  readonly key: string;
  readonly text: string;
  readonly subject: string;
  readonly conversation: string | undefined;
  readonly visibility: 'public' | 'parties' | undefined;
  readonly attachments: readonly Schemas['UploadView'][];
  /** The version of the case it was begun from. */
  readonly begunFrom: number;
  /** The version of the draft, as the core keeps it, that it goes on from; 0: of none. */
  readonly version: number;
}

/** Whether nothing is written. */
export const isEmpty = ({ text, attachments }: Draft): boolean => text === '' && attachments.length === 0;

/** Whether both say the same, with the same files, to the same place. */
export const sameWords = (one: Draft, other: Draft): boolean =>
  one.text === other.text &&
  one.subject === other.subject &&
  one.conversation === other.conversation &&
  one.visibility === other.visibility &&
  one.attachments.map(({ id }) => id).join() === other.attachments.map(({ id }) => id).join();

/** What was taken back, and then what was begun meanwhile, where that is not the same: a draft of its own, which nobody has said. */
export const rejoined = (words: Draft, begun: Draft): Draft => ({
  ...words,
  key: begun.key,
  version: begun.version,
  text: [...new Set([words.text, begun.text])].filter(text => text !== '').join('\n\n'),
  attachments: [
    ...words.attachments,
    ...begun.attachments.filter(({ id }) => words.attachments.every(one => one.id !== id)),
  ],
});
