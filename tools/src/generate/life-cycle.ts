import { CASE_STATES, ENDED_STATES, type CaseState } from '@filodiretto/contracts';
import type { Generated } from './output.js';
import { exportsOf } from './source.js';

interface Transition {
  readonly facts: readonly string[];
  readonly from: readonly CaseState[];
  readonly to: readonly CaseState[];
  readonly by: readonly string[];
}
type LifeCycle = Readonly<Record<string, Transition>>;

const isLifeCycle = (value: unknown): value is LifeCycle =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (row: unknown) =>
      typeof row === 'object' &&
      row !== null &&
      'from' in row &&
      Array.isArray(row.from) &&
      'to' in row &&
      Array.isArray(row.to),
  );

/** The life cycle of a case, drawn from the table that `libs/domain` decides by. */
export async function lifeCycle(root: string): Promise<Generated> {
  const found = (await exportsOf(root, 'libs/domain/src/case/life-cycle.ts'))?.LIFE_CYCLE;
  if (!isLifeCycle(found)) throw new Error('libs/domain/src/case/life-cycle.ts exports no LIFE_CYCLE');
  return { path: 'docs/life-cycle.md', text: pageOf(found) };
}

/** The page: a diagram of the roads between states, and the table of commands. */
export function pageOf(rows: LifeCycle): string {
  const roads = new Map<string, string[]>();
  for (const [command, row] of Object.entries(rows))
    for (const to of row.to)
      for (const from of startsOf(row))
        if (from !== to) {
          const key = `${from} --> ${to}`;
          roads.set(key, [...(roads.get(key) ?? []), command]);
        }
  const ends = ENDED_STATES.filter(state => state !== 'resolved').map(state => `  ${state} --> [*]`);
  const table = Object.entries(rows).map(
    ([command, row]) =>
      `| \`${command}\` | ${row.facts.map(code).join(', ')} | ${row.from.map(code).join(', ') || 'nothing yet'} | ${row.to.map(code).join(', ') || 'unchanged'} | ${row.by.join(', ')} |`,
  );
  return `<!-- Made by \`npm run generate\` from libs/domain/src/case/life-cycle.ts: do not edit. -->

# Life cycle of a case

${CASE_STATES.length} states, ${Object.keys(rows).length} commands. What each state means is in [the glossary](glossary.md).

\`\`\`mermaid
stateDiagram-v2
  state "every open state" as every_open
${[...roads].map(([road, commands]) => `  ${road}: ${commands.join(', ')}`).join('\n')}
${ends.join('\n')}
\`\`\`

| Command | Fact in the journal | From | To | Who may ask |
| --- | --- | --- | --- | --- |
${table.join('\n')}
`;
}

/** Where the roads of a row begin; those that begin in every open state are drawn once. */
const startsOf = (row: Transition): readonly string[] => {
  if (row.from.length === 0) return ['[*]'];
  const open = CASE_STATES.filter(state => !(ENDED_STATES as readonly CaseState[]).includes(state));
  return row.from.length === open.length && open.every(state => row.from.includes(state)) ? ['every_open'] : row.from;
};

const code = (word: string): string => `\`${word}\``;
