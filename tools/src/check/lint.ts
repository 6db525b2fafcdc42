import { ESLint } from 'eslint';

/** A text that must be refused where it stands: it proves that the rule is awake, since a sleeping rule finds nothing. */
interface Probe {
  readonly says: string;
  /** A file that exists, in the place of which the text is read. */
  readonly at: string;
  readonly text: string;
  readonly rule: string;
}

const BOUNDARY = '@nx/enforce-module-boundaries';

const PROBES: readonly Probe[] = [
  {
    says: 'the rules may not know the bus',
    at: 'libs/domain/src/index.ts',
    text: "export { Bus } from '@filodiretto/bus';\n",
    rule: BOUNDARY,
  },
  {
    says: 'the rules may not know a framework',
    at: 'libs/domain/src/index.ts',
    text: "export { Injectable } from '@nestjs/common';\n",
    rule: BOUNDARY,
  },
  {
    says: 'the rules do no input or output',
    at: 'libs/domain/src/index.ts',
    text: "export { readFileSync } from 'node:fs';\n",
    rule: 'no-restricted-imports',
  },
  {
    says: 'the rules are told the time',
    at: 'libs/domain/src/index.ts',
    text: 'export const now = (): Date => new Date();\n',
    rule: 'no-restricted-syntax',
  },
  {
    says: 'the published language depends on nothing of ours',
    at: 'libs/contracts/src/index.ts',
    text: "export { loadSettings } from '@filodiretto/platform';\n",
    rule: BOUNDARY,
  },
  {
    says: 'the core may not know the channels’ kit',
    at: 'apps/crm/src/settings.ts',
    text: "export { runChannel } from '@filodiretto/channel-kit';\n",
    rule: BOUNDARY,
  },
  {
    says: 'a channel may not know another',
    at: 'apps/channels/loopback/src/channel.ts',
    text: "export { channel } from '@filodiretto/channel-email';\n",
    rule: BOUNDARY,
  },
  {
    says: 'a channel may not know the rules',
    at: 'apps/channels/loopback/src/channel.ts',
    text: "export { decide } from '@filodiretto/domain';\n",
    rule: BOUNDARY,
  },
  {
    says: 'a service may not know the providers’ doubles',
    at: 'apps/channels/loopback/src/channel.ts',
    text: "export { start } from '@filodiretto/simulators';\n",
    rule: BOUNDARY,
  },
  {
    says: 'the environment is read in a settings class',
    at: 'apps/crm/src/settings.ts',
    text: 'export const port = process.env.PORT;\n',
    rule: 'no-restricted-properties',
  },
  {
    says: 'save() is not used in the core',
    at: 'apps/crm/src/settings.ts',
    text: 'export const keep = (rows: { save(row: object): void }): void => rows.save({});\n',
    rule: 'no-restricted-syntax',
  },
  { says: 'a service logs', at: 'apps/crm/src/settings.ts', text: "console.log('x');\n", rule: 'no-console' },
  {
    says: 'a set of values is a list',
    at: 'libs/bus/src/index.ts',
    text: 'export enum Colour {\n  Red,\n}\n',
    rule: 'no-restricted-syntax',
  },
  {
    says: 'exports have a name',
    at: 'libs/bus/src/index.ts',
    text: 'export default 1;\n',
    rule: 'no-restricted-syntax',
  },
  {
    says: 'nothing is any',
    at: 'libs/bus/src/index.ts',
    text: 'export const value: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    says: 'no promise floats',
    at: 'libs/bus/src/index.ts',
    text: 'export const go = (): void => {\n  Promise.resolve(1);\n};\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    says: 'a rule cannot be switched off in a file',
    at: 'libs/bus/src/index.ts',
    text: '// eslint-disable-next-line no-console\nconsole.log(1);\n',
    rule: 'no-console',
  },
];

/**
 * Reads all files, then tries every probe; not before, since a text once read in the place of a file is what the others
 * see of it. The graph of Nx must exist: without it the boundary rule is skipped in silence.
 */
export async function lint(root: string): Promise<readonly string[]> {
  const eslint = new ESLint({ cwd: root });
  const results = await eslint.lintFiles(['.']);
  const asleep = await sleepingRules(eslint, PROBES);
  const report = await (await eslint.loadFormatter('stylish')).format(results);
  const wrong = results.some(result => result.errorCount + result.warningCount > 0);
  return [...asleep, ...(wrong ? [withoutColour(report).trim()] : [])];
}

async function sleepingRules(eslint: ESLint, probes: readonly Probe[]): Promise<string[]> {
  const asleep: string[] = [];
  for (const probe of probes) {
    const [result] = await eslint.lintText(probe.text, { filePath: probe.at });
    const rules = (result?.messages ?? []).map(message => message.ruleId ?? message.message);
    if (!rules.includes(probe.rule))
      asleep.push(
        `"${probe.says}" is not enforced: ${probe.rule} was silent in ${probe.at} (${rules.join(', ') || 'nothing said'})`,
      );
  }
  return asleep;
}

const withoutColour = (text: string): string => text.replaceAll(/\u001b\[[0-9;]*m/g, '');
