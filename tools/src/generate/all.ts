import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { asyncapi } from './asyncapi.js';
import { capabilities } from './capabilities.js';
import { environment } from './environment.js';
import { lifeCycle } from './life-cycle.js';
import { client, openapi } from './openapi.js';
import type { Generated } from './output.js';

/** Makes every generated file from the code as it is now, without writing any. What cannot be made is a fault; the others are still made. */
export async function generateAll(root: string): Promise<{ files: Generated[]; faults: string[] }> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const faults: string[] = [];
  const files: Generated[] = [];
  const make = async (what: string, made: () => Promise<Generated | Generated[]>): Promise<void> => {
    try {
      const result = await made();
      files.push(...(Array.isArray(result) ? result : [result]));
    } catch (error) {
      faults.push(`${what} cannot be made: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  };
  await make('contracts/asyncapi.yaml', () => asyncapi(version));
  await make('contracts/openapi.json and its client', async () => {
    const api = await openapi(root);
    return [api, await client(api)];
  });
  await make('.env.example', () => environment(root));
  await make('docs/life-cycle.md', async () => pretty(root, await lifeCycle(root)));
  await make('docs/capabilities.md', async () => pretty(root, await capabilities(root)));
  return { files, faults };
}

const pretty = async (root: string, file: Generated): Promise<Generated> => ({
  ...file,
  text: await format(file.text, { ...(await resolveConfig(join(root, file.path))), filepath: file.path }),
});
