import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One file that is derived from the code: never edited, committed, proven fresh by `npm run check`. */
export interface Generated {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export function writeAll(root: string, files: readonly Generated[]): void {
  for (const file of files) {
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
}

/** Where a committed file is not what the code gives now: the first line that differs. */
export function differences(root: string, files: readonly Generated[]): string[] {
  return files.flatMap(file => {
    let committed: string;
    try {
      committed = readFileSync(join(root, file.path), 'utf8');
    } catch {
      return [`${file.path} is missing: npm run generate`];
    }
    if (committed === file.text) return [];
    const [old, fresh] = [committed.split('\n'), file.text.split('\n')];
    const at = fresh.findIndex((line, index) => line !== old[index]);
    const line = at === -1 ? fresh.length : at;
    return [
      `${file.path} is not fresh: npm run generate\n  line ${line + 1}, committed: ${old[line] ?? '(nothing)'}\n  line ${line + 1}, now:       ${fresh[line] ?? '(nothing)'}`,
    ];
  });
}
