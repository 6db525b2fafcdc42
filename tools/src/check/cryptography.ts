import { filesBelow, textOf } from './files.js';

const PAPER = 'docs/cryptography.md';
/** Where what people run is; doubles and tools are no part of it. */
const FOLDERS = ['apps', 'libs'];
const NOT_OURS = /^libs\/simulators\/|\.spec\.ts$|(^|\/)testing(\.ts$|\/)/;

/** Libraries that sign, seal or prove for us. */
const LIBRARIES = /^import (?!type )[^;]*? from '(?:jose|openid-client|altcha-lib[^']*|pkijs)';/m;
const FROM_NODE = /^import (?!type )\{([^}]*)\} from '(?:node:)?crypto';/gm;
const WHOLE_NODE = /^import (?:\* as )?\w+ from '(?:node:)?crypto';/m;
const OF_BROWSERS = /\bsubtle\./;
/** How the provider of telephone calls signs, in its own library. */
const OF_PROVIDERS = /\bvalidateRequest\w*\(/;
/** What only makes a name that guards nothing. */
const NAMES = new Set(['randomUUID']);

/** Whether a file uses a cryptographic primitive, or a library that does. */
export function usesCryptography(text: string): boolean {
  const taken = [...text.matchAll(FROM_NODE)]
    .flatMap(([, names = '']) => names.split(','))
    .map(name => name.trim())
    .filter(name => name !== '' && !name.startsWith('type ') && !NAMES.has(name));
  return (
    taken.length > 0 ||
    WHOLE_NODE.test(text) ||
    LIBRARIES.test(text) ||
    OF_BROWSERS.test(text) ||
    OF_PROVIDERS.test(text)
  );
}

/** What is wrong with an inventory: files with a use that it does not name, files that it names without one. */
export function inventoryFaults(
  paper: string,
  files: readonly { readonly path: string; readonly text: string }[],
): string[] {
  const named = new Set([...paper.matchAll(/\]\(\.\.\/([\w./-]+\.tsx?)\)/g)].map(([, path = '']) => path));
  const using = new Set(files.filter(({ text }) => usesCryptography(text)).map(({ path }) => path));
  return [
    ...[...using].filter(path => !named.has(path)).map(path => `${path} uses cryptography and is not in ${PAPER}`),
    ...[...named].filter(path => !using.has(path)).map(path => `${PAPER} names ${path}, which uses none`),
  ].sort();
}

/** Each use of cryptography is in the inventory, with its algorithm and its key. */
export function cryptography(root: string): Promise<readonly string[]> {
  const files = FOLDERS.flatMap(folder => filesBelow(root, folder))
    .filter(path => /\.tsx?$/.test(path) && !NOT_OURS.test(path))
    .map(path => ({ path, text: textOf(root, path) ?? '' }));
  return Promise.resolve(inventoryFaults(textOf(root, PAPER) ?? '', files));
}
