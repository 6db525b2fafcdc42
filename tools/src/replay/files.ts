import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Something to replay: a mail, or the webhook of a provider. */
export interface Replayed {
  /** Path from the folder given. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly kind: 'mail' | 'webhook';
}

/** What lies beside the inputs of a corpus: what it should become, where it is from. */
const BESIDE = /(\.expected\.|\.golden$|(^|\/)(SOURCE|README|LICENSE|INDEX)(\.|$)|(^|\/)\.|\.php$|\.tsv$)/;
const MAIL_NAME = /\.(eml|box|raw|mbox|msg|email)$/i;
const HEADER = /^[A-Za-z][A-Za-z0-9-]*[ \t]*:/;

/** Every file under a folder that is a mail or a webhook; the others are counted as passed over. */
export function filesOf(folder: string): { files: Replayed[]; passedOver: string[] } {
  const files: Replayed[] = [];
  const passedOver: string[] = [];
  for (const path of walk(folder)) {
    const file = relative(folder, path);
    if (BESIDE.test(file)) continue;
    const bytes = readFileSync(path);
    const kind = kindOf(file, bytes);
    if (kind) files.push({ file, bytes, kind });
    else passedOver.push(file);
  }
  return { files, passedOver };
}

function* walk(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else yield path;
  }
}

function kindOf(file: string, bytes: Buffer): Replayed['kind'] | undefined {
  if (file.endsWith('.json')) return isWebhook(bytes) ? 'webhook' : undefined;
  if (MAIL_NAME.test(file)) return 'mail';
  const [first = '', second = ''] = bytes
    .subarray(0, 2_000)
    .toString('latin1')
    .split(/\r\n|\r|\n/);
  const heads = first.startsWith('From ') || HEADER.test(first);
  return heads && (HEADER.test(second) || /^[ \t]/.test(second)) ? 'mail' : undefined;
}

const isWebhook = (bytes: Buffer): boolean => {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && 'object' in value && 'entry' in value;
  } catch {
    return false;
  }
};
