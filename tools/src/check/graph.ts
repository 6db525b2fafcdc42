import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './steps.js';

const NX = 'node_modules/nx/dist/bin/nx.js';

/** Makes the graph that the boundary rule reads, and sees that every workspace is in it, with exactly one tag that the rule knows. */
export async function graph(root: string): Promise<readonly string[]> {
  const shown = await runProgram(NX, ['show', 'projects', '--json']);
  if (shown.code !== 0) return [shown.output];
  const projects = JSON.parse(shown.stdout) as string[];
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { link?: boolean; resolved?: string }>;
  };
  const workspaces = Object.values(lock.packages).flatMap(one => (one.link && one.resolved ? [one.resolved] : []));
  const rules = readFileSync(join(root, 'eslint.config.mjs'), 'utf8');
  return workspaces.flatMap(folder => {
    const { name, nx } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
      name: string;
      nx?: { tags?: string[] };
    };
    const tags = nx?.tags ?? [];
    const [tag] = tags;
    return [
      ...(projects.includes(name) ? [] : [`${name} (${folder}) is not in the graph`]),
      ...(tags.length === 1 && tag && rules.includes(`'${tag}'`)
        ? []
        : [`${name} has the tags ${tags.join(', ') || '(none)'}: one that eslint.config.mjs knows is needed`]),
    ];
  });
}
