import { posix } from 'node:path';
import { preProcessFile } from 'typescript';
import { repositoryFiles, textOf } from './files.js';

const SOURCE = /\.(?:ts|tsx|mts|mjs)$/;

/** The files that a text imports by a relative path, types and dynamic imports too, as paths from the root; what is no file of `known` is left out. */
export function importsOf(path: string, text: string, known: ReadonlySet<string>): string[] {
  return preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter(name => name.startsWith('.'))
    .flatMap(name => {
      const at = posix.join(posix.dirname(path), name);
      return (
        [at, at.replace(/\.js$/, '.ts'), at.replace(/\.js$/, '.tsx')].find(candidate => known.has(candidate)) ?? []
      );
    });
}

/**
 * Circles of a graph of imports: groups of files each of which reaches every other one of its group, and files that
 * import themselves. Each group is sorted, and the groups are in the order of their first file. (Tarjan 1972.)
 */
export function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const open = new Set<string>();
  const found: string[][] = [];

  const visit = (file: string): number => {
    const number = order.size;
    let low = number;
    order.set(file, number);
    path.push(file);
    open.add(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.has(next)) low = Math.min(low, order.get(next) ?? low);
    }
    lowest.set(file, low);
    if (low === number) {
      const group = path.splice(path.lastIndexOf(file));
      for (const one of group) open.delete(one);
      if (group.length > 1 || imports.get(file)?.includes(file)) found.push(group.sort());
    }
    return low;
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found.sort(([a = ''], [b = '']) => a.localeCompare(b));
}

/** Arrows run one way: no file imports one from which it is imported itself, however far round; a type's import is one too. */
export async function oneWay(root: string): Promise<readonly string[]> {
  const files = repositoryFiles(root).filter(path => SOURCE.test(path));
  const known = new Set(files);
  const imports = new Map(files.map(path => [path, importsOf(path, textOf(root, path) ?? '', known)]));
  return circles(imports).map(group => {
    const arrows = group.flatMap(file =>
      (imports.get(file) ?? []).filter(next => group.includes(next)).map(next => `  ${file} → ${next}`),
    );
    return [`${group.length} files import each other:`, ...new Set(arrows)].join('\n');
  });
}
