import { generateAll } from '../generate/all.js';
import { differences } from '../generate/output.js';

/** Makes every generated file again, in memory, and compares it with what is committed. */
export async function fresh(root: string): Promise<readonly string[]> {
  const { files, faults } = await generateAll(root);
  return [...faults, ...differences(root, files)];
}
