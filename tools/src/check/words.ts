import { filesBelow, foldersIn, repositoryFiles, textOf } from './files.js';

/** A word that must not be written in some file, and where it was. */
export interface Found {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** The lines of a text that a pattern fits. */
export const linesWith = (path: string, text: string, pattern: RegExp): Found[] =>
  text.split('\n').flatMap((line, index) => {
    const match = pattern.exec(line);
    return match ? [{ path, line: index + 1, text: match[0] }] : [];
  });

/** Folders in which no channel and no provider may be named. */
const NAMELESS = [
  'apps/crm',
  'apps/console',
  'apps/portal',
  'libs/domain',
  'libs/contracts',
  'libs/bus',
  'libs/platform',
  'contracts',
];

/** Products and providers of the channels; never ordinary words. */
const PROVIDERS = [
  'twilio',
  'facebook',
  'messenger',
  'instagram',
  'whatsapp',
  'graph\\.facebook',
  'meta graph',
  'imapflow',
  'nodemailer',
];
/** Channels whose id is also an ordinary word or a kind of address: their id may be written, but may not select behaviour. */
const ORDINARY = new Set(['email', 'phone', 'webform', 'sms', 'video', 'paper', 'pec', 'io']);

/** The names that the core may not write: of the providers, and of the channels that are found as folders. */
export function forbiddenNames(channels: readonly string[]): RegExp {
  const names = [...PROVIDERS, ...channels.filter(channel => !ORDINARY.has(channel) && channel !== 'loopback')];
  return new RegExp([...new Set(names)].join('|'), 'i');
}

/** A channel's id compared, switched on, or looked up: `=== 'email'`, `case 'phone':`, `{ webform: … }[channel]`. */
export function selection(channels: readonly string[]): RegExp {
  const id = `['"\`](?:${channels.join('|')})['"\`]`;
  return new RegExp(
    [
      `[!=]==?\\s*${id}`,
      `${id}\\s*[!=]==?`,
      `case\\s+${id}\\s*:`,
      `channel\\w*\\.(?:startsWith|includes|match)\\(${id}`,
      `\\bchannel\\s*(?:=|in|<>|!=)\\s*${id}`,
    ].join('|'),
    'i',
  );
}

/** No folder of the core, its rules, its language or its screens names a channel or a provider. Addresses' kinds are compared nowhere either. */
export async function namesNoChannel(root: string): Promise<readonly string[]> {
  const channels = foldersIn(root, 'apps/channels');
  if (channels.length === 0) return ['apps/channels holds no channel: there is nothing to look for'];
  const names = forbiddenNames(channels);
  const selects = selection(channels);
  return NAMELESS.flatMap(folder => filesBelow(root, folder)).flatMap(path => {
    const text = textOf(root, path) ?? '';
    return [
      ...linesWith(path, text, names).map(found => `${found.path}:${found.line} names "${found.text}"`),
      ...(/\.spec\.ts$/.test(path)
        ? []
        : linesWith(path, text, selects).map(found => `${found.path}:${found.line} selects by channel: ${found.text}`)),
    ];
  });
}

/** The courtesy form: its pronouns, and the imperatives that a machine would say. */
const COURTESY = new RegExp(
  [
    String.raw`\b(?:i|il|la|le|e|a|un|una|dei|delle|della|del|alla|al|con|per|Non è stato|è stato|sono ora) (?:Suo|Sua|Suoi|Sue|Lei)\b`,
    String.raw`[a-z]rL[ae]\b`,
    String.raw`\b(?:Le|La) (?:abbiamo|è stat|scriv|rispond|arriver|diciamo|mand|invi|preghiamo|richiam|chiamiamo|mettiamo|riguard)`,
    String.raw`\b(?:[Rr]isponda|[Pp]rema|[Dd]igiti|[Aa]ttenda|[Ss]i rivolga|[Aa]lleghi)\b`,
    String.raw`\b[Ll][aoei] (?:scriva|legga|apra|chieda|scelga|corregga)\b`,
    String.raw`\b(?:[Rr]esti in linea|[Ll]asci un|Se (?:vuole|può|ritiene|desidera|preferisce)\b)`,
  ].join('|'),
);

/** The lines of a text that speak to somebody by the courtesy form. */
export const courtesyIn = (path: string, text: string): Found[] => linesWith(path, text, COURTESY);

/** Citizens and operators are spoken to in one way wherever something of ours speaks, READMEs' examples too: by «tu», as the public services' guide to language asks. */
export async function speaksOneWay(root: string): Promise<readonly string[]> {
  return [...filesBelow(root, 'apps'), ...filesBelow(root, 'libs')]
    .filter(path => /\.(?:tsx?|md)$/.test(path) && !/\.spec\.tsx?$|\/simulators\//.test(path))
    .flatMap(path => courtesyIn(path, textOf(root, path) ?? ''))
    .map(found => `${found.path}:${found.line} speaks otherwise than by "tu": ${found.text}`);
}

const PUBLIC_HOSTS = new Set(['schema.org']);
const REGISTRY = /https?:\/\/[^\s"'`)]*(?:registry|npmjs|pypi|verdaccio|artifactory|nexus|crates\.io)[^\s"'`)]*/i;
const MACHINE = /(?:^|[\s"'`(=:])\/(?:home|Users|root|work|farm)\/[A-Za-z0-9._-]+/;

/** What a repository must not remember: the machine it was written on, and where packages came from. */
export async function remembersNoMachine(root: string): Promise<readonly string[]> {
  return repositoryFiles(root).flatMap(path => {
    const text = textOf(root, path);
    if (text === undefined || path === 'tools/src/check/words.ts' || path.includes('/fixtures/')) return [];
    if (/(?:^|\/)package-lock\.json$/.test(path))
      return linesWith(path, text, /"resolved": "https?:[^"]*"/).map(
        found => `${found.path}:${found.line} ${found.text}`,
      );
    return [
      ...linesWith(path, text, REGISTRY)
        .filter(found => !PUBLIC_HOSTS.has(new URL(found.text).hostname))
        .map(found => `${found.path}:${found.line} names a registry: ${found.text}`),
      ...linesWith(path, text, MACHINE).map(
        found => `${found.path}:${found.line} names a folder of a machine: ${found.text.trim()}`,
      ),
    ];
  });
}
