import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ENTRIES, OWN } from './deploy.js';
import { filledIn, type Names } from './names.js';

const SUFFIX = '.tpl';

/** The files that the templates make: path inside the channel's folder, and text. */
function* fromTemplates(folder: string, names: Names): Iterable<readonly [string, string]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && entry.name.endsWith(SUFFIX)) {
      const path = join(entry.parentPath, entry.name);
      const inside = filledIn(relative(folder, path).slice(0, -SUFFIX.length), names);
      yield [inside, filledIn(readFileSync(path, 'utf8'), names)];
    }
}

/**
 * Writes a channel into the workspace: its folder, and its entry wherever a channel is listed. Gives the paths written.
 * Everything is made before anything is written; throws, having written nothing, when the channel exists or a file is not
 * as the generator knows it.
 */
export function generateChannel(root: string, templates: string, names: Names): readonly string[] {
  const folder = `apps/channels/${names.id}`;
  if (existsSync(join(root, folder))) throw new Error(`${folder} exists already`);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const files: (readonly [string, string])[] = [
    ...[...fromTemplates(templates, names)].map(([path, text]) => [join(folder, path), text] as const),
    ...ENTRIES.map(({ path, add }) => [path, add(read(path), names)] as const),
    [OWN.path(names), OWN.text(read(OWN.model), names)],
  ];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return files.map(([path]) => path);
}
