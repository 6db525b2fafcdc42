import type { Generated } from './output.js';
import { channelsOf, type FoundChannel } from './source.js';

/** What each channel says it can do, side by side. */
export async function capabilities(root: string): Promise<Generated> {
  return { path: 'docs/capabilities.md', text: pageOf(await channelsOf(root)) };
}

/** The page: a row for each ability, a column for each channel. */
export function pageOf(channels: readonly FoundChannel[]): string {
  const rows = new Map<string, string[]>();
  for (const [column, { manifest }] of channels.entries())
    for (const [ability, value] of flat(manifest.capabilities)) {
      const row = rows.get(ability) ?? channels.map(() => '');
      row[column] = value;
      rows.set(ability, row);
    }
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `<!-- Made by \`npm run generate\` from the channels' manifests: do not edit. -->

# What the channels can do

Each channel says it by itself, in its manifest, and the core and the consoles go by what it says. An empty place means
that it cannot. How to write a channel is in [channels.md](channels.md).

${line(['Ability', ...channels.map(channel => channel.manifest.name)])}
${line(['---', ...channels.map(() => '---')])}
${[...rows]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([ability, cells]) => line([`\`${ability}\``, ...cells]))
  .join('\n')}
`;
}

const flat = (value: Readonly<Record<string, unknown>>, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    if (inner === undefined || inner === false) return [];
    if (inner === true) return [[path + key, 'yes']];
    if (Array.isArray(inner)) return [[path + key, inner.map(item => `\`${String(item)}\``).join(', ')]];
    if (typeof inner === 'string') return [[path + key, inner]];
    if (typeof inner === 'object' && inner !== null) return flat(inner as Record<string, unknown>, `${path}${key}.`);
    return [[path + key, typeof inner === 'number' ? inner.toLocaleString('en-GB') : JSON.stringify(inner)]];
  });
