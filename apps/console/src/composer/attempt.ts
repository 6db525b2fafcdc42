import { onceKey } from '../api/once-key.js';
import { keep, keptText } from '../app/kept.js';

/** Where keys are kept where the browser keeps nothing. */
const here = new Map<string, string>();
const SAID = 'filodiretto-said';
const nameOf = (draft: string): string => `attempt.${draft}`;

/** A short mark of words, which tells nothing of them: two of the same words have the same. */
export function markOf(words: string): string {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let at = 0; at < words.length; at += 1) {
    const code = words.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x5bd1e995);
  }
  return `${words.length}-${(one >>> 0).toString(36)}-${(other >>> 0).toString(36)}`;
}

/**
 * The key under which a draft is said. The same as long as it is the same: pressed again after no answer came, after a reload or in another
 * tab, it is said once. Of the words themselves nothing is kept.
 */
export function attemptFor(draft: string, body: object): string {
  const mark = markOf(JSON.stringify(body));
  const [key, before] = (keptText(nameOf(draft)) ?? here.get(draft) ?? '').split(' ');
  if (key && before === mark) return key;
  const next = onceKey();
  here.set(draft, `${next} ${mark}`);
  keep(nameOf(draft), `${next} ${mark}`);
  return next;
}

/** What is written from now on is another draft, also in the same words. */
export function endAttempt(draft: string): void {
  here.delete(draft);
  keep(nameOf(draft), undefined);
}

interface Told {
  readonly draft: string;
  readonly mark: string;
}

/** Tells the other tabs of this browser that these words were said. */
export function saidElsewhere(draft: string, words: string): void {
  const channel = new BroadcastChannel(SAID);
  channel.postMessage({ draft, mark: markOf(words) } satisfies Told);
  channel.close();
}

/** Hears whether words of a draft were said in another tab, until what is given back is called. */
export function hearSaid(draft: string, words: string, hear: () => void): () => void {
  const channel = new BroadcastChannel(SAID);
  const mark = markOf(words);
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.draft === draft && data.mark === mark) hear();
  };
  return () => channel.close();
}
