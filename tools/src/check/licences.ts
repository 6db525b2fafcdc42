import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences whose code may be part of a work under AGPL-3.0-or-later. */
const COMPATIBLE = new Set([
  '0BSD',
  'AGPL-3.0-or-later',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'GPL-3.0-or-later',
  'ISC',
  'LGPL-2.1-or-later',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
/** Licences of data, not of code: named, kept with the data. */
const DATA = new Set(['CC-BY-3.0', 'CC-BY-4.0']);
/** Packages that say nothing in their package.json; what their own licence file says, read by a person. */
const READ_BY_A_PERSON = new Map([['convert-string', 'MIT']]);

interface LockedPackage {
  readonly license?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
}

/** Whether one may use a work under an SPDX expression: one of the alternatives, all of the conjuncts. */
export function compatible(expression: string): boolean {
  const text = expression.trim();
  const outer = stripParentheses(text);
  const alternatives = splitAt(outer, ' OR ');
  if (alternatives.length > 1) return alternatives.some(compatible);
  const all = splitAt(outer, ' AND ');
  if (all.length > 1) return all.every(compatible);
  return COMPATIBLE.has(outer) || DATA.has(outer);
}

const stripParentheses = (text: string): string => {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  for (const [index, sign] of [...text].entries()) {
    if (sign === '(') depth++;
    if (sign === ')') depth--;
    if (depth === 0 && index < text.length - 1) return text;
  }
  return stripParentheses(text.slice(1, -1).trim());
};

const splitAt = (text: string, word: string): string[] => {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (depth === 0 && text.startsWith(word, at)) {
      pieces.push(text.slice(from, at));
      from = at + word.length;
    }
  }
  return [...pieces, text.slice(from)];
};

/** Every package of the lock has a licence that ours can live with. */
export async function licences(root: string): Promise<readonly string[]> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(lock.packages).flatMap(([path, locked]) => {
    if (!path.includes('node_modules/') || locked.link) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const said = locked.license ?? licenceOf(join(root, path)) ?? READ_BY_A_PERSON.get(name);
    if (said === undefined) return [`${name} says no licence`];
    return compatible(said) ? [] : [`${name} is under ${said}`];
  });
}

const licenceOf = (folder: string): string | undefined => {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const said = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  if (typeof said.license === 'string') return said.license;
  return said.license?.type ?? said.licenses?.flatMap(one => one.type ?? []).join(' OR ');
};
