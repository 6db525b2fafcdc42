import type { Schemas } from '../api/client.js';

/** What is being written. */
export interface Draft {
  readonly text: string;
  readonly subject: string;
  readonly conversation: string | undefined;
  readonly visibility: 'public' | 'parties' | undefined;
  readonly attachments: readonly Schemas['UploadView'][];
  /** The version of the case it was begun from. */
  readonly begunFrom: number;
}

/** What was taken back, and then what was begun meanwhile. */
export const rejoined = (words: Draft, begun: Draft): Draft =>
  begun.text === '' && begun.attachments.length === 0
    ? words
    : {
        ...words,
        text: [words.text, begun.text].filter(text => text !== '').join('\n\n'),
        attachments: [
          ...words.attachments,
          ...begun.attachments.filter(({ id }) => words.attachments.every(one => one.id !== id)),
        ],
      };
