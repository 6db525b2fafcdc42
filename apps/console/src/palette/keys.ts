import { keep, keptText } from '../app/kept.js';

/** The keys that actions have until somebody gives them others: one letter, pressed when nobody writes. */
export const SHIPPED_KEYS: Readonly<Record<string, string>> = {
  'case.next': 'j',
  'case.previous': 'k',
  'case.reply': 'r',
  'case.note': 'n',
  'case.takeCharge': 'c',
  'case.assign': 'a',
  'case.resolve': 'e',
  'case.askCitizen': 'w',
  'case.task': 'q',
  'case.extend': 'p',
  'case.suspend': 's',
  'case.merge': 'u',
  'case.tag': 't',
  'case.place': 'l',
  'case.macro': 'm',
  'case.call': 'h',
  'case.change': 'd',
  'case.facts': 'i',
  'case.open': 'o',
  'go.mine': 'g',
  'go.search': 'f',
  'list.select': 'x',
  'list.bulk': 'b',
  'list.filter': 'v',
  'case.split': '2',
  'case.link': '7',
  'case.level': '8',
  'case.answer': '9',
  'case.print': '0',
  'queue.claim': 'z',
  'offer.accept': 'y',
};

export interface Keys {
  /** Whether keys of one letter act at all (WCAG 2.1.4). */
  readonly on: boolean;
  readonly byAction: Readonly<Record<string, string>>;
}

const NAME = 'keys';
const isKeys = (value: unknown): value is Keys =>
  typeof value === 'object' && value !== null && 'on' in value && 'byAction' in value;

const shipped: Keys = { on: true, byAction: SHIPPED_KEYS };

/** The keys as they were chosen in this browser. */
function read(): Keys {
  const text = keptText(NAME);
  if (text === undefined) return shipped;
  try {
    const value: unknown = JSON.parse(text);
    return isKeys(value) ? { on: value.on, byAction: { ...SHIPPED_KEYS, ...value.byAction } } : shipped;
  } catch {
    return shipped;
  }
}

let keys = read();
const looking = new Set<() => void>();

export const keysNow = (): Keys => keys;

export function onKeys(look: () => void): () => void {
  looking.add(look);
  return () => looking.delete(look);
}

function change(next: Keys): void {
  keys = next;
  keep(NAME, JSON.stringify(next));
  for (const look of looking) look();
}

export const switchKeys = (on: boolean): void => change({ ...keys, on });
export const resetKeys = (): void => change(shipped);

/** Gives an action another key; answers whose the key is when it is somebody else's. */
export function giveKey(action: string, key: string): string | undefined {
  const other = Object.entries(keys.byAction).find(([id, one]) => one === key && id !== action);
  if (other) return other[0];
  change({ ...keys, byAction: { ...keys.byAction, [action]: key } });
  return undefined;
}

const WRITING = new Set(['INPUT', 'TEXTAREA', 'SELECT']);

/** Whether what is pressed goes into a text, or belongs to a list that finds by letters, or to a dialog. */
export function isTaken(event: KeyboardEvent): boolean {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable || WRITING.has(at.tagName)) return true;
  return at.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
