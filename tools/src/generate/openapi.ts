import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import { runProgram } from '../check/steps.js';
import type { Generated } from './output.js';

/** The REST API, as the core describes itself: its own program prints the document, without a database or a bus. */
export async function openapi(root: string): Promise<Generated> {
  const { code, stdout, output } = await runProgram('--conditions=@filodiretto/source', [
    '--import',
    '@swc-node/register/esm-register',
    join(root, 'apps/crm/src/openapi-main.ts'),
  ]);
  if (code !== 0) throw new Error(`the core does not describe its API:\n${output}`);
  return { path: 'contracts/openapi.json', text: `${JSON.stringify(sorted(JSON.parse(stdout)), undefined, 2)}\n` };
}

/** The paths and schemas in one order, whatever the order in which modules were loaded. */
const sorted = (document: unknown): unknown => {
  if (typeof document !== 'object' || document === null) throw new Error('the API description is not an object');
  const inOrder = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return Object.fromEntries(
    Object.entries(document as Record<string, unknown>).map(([key, value]) => [
      key,
      key === 'paths'
        ? inOrder(value)
        : key === 'components' && typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([kind, members]) => [kind, inOrder(members)]))
          : value,
    ]),
  );
};

/** The types of the generated client, from the description of the API. */
export async function client(api: Generated): Promise<Generated> {
  const types = astToString(await openapiTypes(api.text, { silent: true, alphabetize: true }));
  return {
    path: 'libs/api-client/src/schema.ts',
    text: `/* Made by \`npm run generate\` from contracts/openapi.json: do not edit. */\n\n${types}`,
  };
}
