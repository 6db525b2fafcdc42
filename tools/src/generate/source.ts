import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { foldersIn } from '../check/files.js';

/** What a module of the workspace exports, loaded from its source; `undefined` when there is no such file. No service is named: folders are read. */
export async function exportsOf(root: string, path: string): Promise<Record<string, unknown> | undefined> {
  const file = join(root, path);
  return existsSync(file) ? ((await import(pathToFileURL(file).href)) as Record<string, unknown>) : undefined;
}

type Settings = new () => object;

/** What a channel says of itself. */
export interface FoundChannel {
  readonly folder: string;
  readonly manifest: {
    readonly id: string;
    readonly name: string;
    readonly capabilities: Readonly<Record<string, unknown>>;
  };
  readonly config: Settings;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isChannel = (value: unknown): value is Omit<FoundChannel, 'folder'> =>
  isObject(value) &&
  isObject(value.manifest) &&
  typeof value.manifest.id === 'string' &&
  isObject(value.manifest.capabilities) &&
  typeof value.config === 'function' &&
  typeof value.connect === 'function';

/** Every channel of the workspace, by folder. Throws when a folder holds none: a channel that cannot be read is not left out in silence. */
export async function channelsOf(root: string): Promise<FoundChannel[]> {
  const found: FoundChannel[] = [];
  for (const folder of foldersIn(root, 'apps/channels')) {
    const exported = await exportsOf(root, `apps/channels/${folder}/src/channel.ts`);
    const channel = Object.values(exported ?? {}).find(isChannel);
    if (!channel)
      throw new Error(`apps/channels/${folder}/src/channel.ts exports no channel (manifest, config, connect)`);
    found.push({ folder, manifest: channel.manifest, config: channel.config });
  }
  return found;
}

/** The one exported class of a module that carries settings. */
export const settingsIn = (
  exported: Readonly<Record<string, unknown>>,
  describe: (type: Settings) => readonly unknown[],
): Settings | undefined =>
  Object.values(exported).find(
    (value): value is Settings =>
      typeof value === 'function' && /^class\b/.test(value.toString()) && describe(value as Settings).length > 0,
  );
