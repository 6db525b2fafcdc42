import 'reflect-metadata';
import { oneWay } from './circles.js';
import { asyncapiIsValid, openapiIsValid } from './contracts.js';
import { cryptography } from './cryptography.js';
import { deployment } from './deployment.js';
import { fresh } from './fresh.js';
import { graph } from './graph.js';
import { licences } from './licences.js';
import { lint } from './lint.js';
import { papers } from './papers.js';
import { program, runSteps, type Result, type Step } from './steps.js';
import { namesNoChannel, remembersNoMachine, speaksOneWay } from './words.js';

const root = process.cwd();

const STEPS: readonly Step[] = [
  { name: 'graph of the workspace', run: () => graph(root) },
  { name: 'types', run: program('node_modules/@typescript/native/bin/tsc', '-b') },
  { name: 'generated files are fresh', run: () => fresh(root) },
  { name: 'lint and boundaries', after: ['graph of the workspace'], run: () => lint(root) },
  { name: 'imports run one way', run: () => oneWay(root) },
  { name: 'contracts are valid', run: async () => [...(await asyncapiIsValid(root)), ...(await openapiIsValid(root))] },
  { name: 'format', run: program('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  {
    name: 'no unused code',
    run: program('node_modules/knip/bin/knip.js', '--no-progress'),
  },
  { name: 'the core names no channel', run: () => namesNoChannel(root) },
  { name: 'words speak by "tu"', run: () => speaksOneWay(root) },
  { name: 'no machine and no registry is remembered', run: () => remembersNoMachine(root) },
  { name: 'licences of dependencies', run: () => licences(root) },
  { name: 'deployment files', run: () => deployment(root) },
  { name: 'cryptography has its inventory', run: () => cryptography(root) },
  { name: 'papers', run: () => papers(root) },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter(word => !STEPS.some(step => step.name.includes(word)));
if (unknown.length > 0) {
  console.error(
    `no step is called ${unknown.join(', ')}. The steps are:\n${STEPS.map(step => `  ${step.name}`).join('\n')}`,
  );
  process.exit(2);
}
/** The steps asked for, and those they need. */
const names = new Set<string>();
const choose = (step: Step): void => {
  names.add(step.name);
  for (const needed of STEPS) if (step.after?.includes(needed.name)) choose(needed);
};
for (const step of STEPS) if (wanted.length === 0 || wanted.some(word => step.name.includes(word))) choose(step);
const steps = STEPS.filter(step => names.has(step.name));

const MARKS = { right: '✓', wrong: '✗', 'not run': '–' } as const;
const tell = ({ name, state, seconds, faults }: Result, done: number): void =>
  console.log(
    `${MARKS[state]} ${String(done).padStart(2)}/${steps.length}  ${name.padEnd(42)} ${state === 'not run' ? faults.join('; ') : `${seconds.toFixed(1)} s`}`,
  );

const results = await runSteps(steps, 2, tell);
const wrong = results.filter(result => result.state !== 'right');
for (const { name, state, faults } of wrong)
  if (state === 'wrong')
    console.error(`\n── ${name} ${'─'.repeat(Math.max(4, 76 - name.length))}\n${faults.join('\n')}`);
console.log(
  wrong.length === 0
    ? `\nAll ${steps.length} checks hold.`
    : `\n${wrong.length} of ${steps.length} checks do not hold: ${wrong.map(result => result.name).join(', ')}.`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
