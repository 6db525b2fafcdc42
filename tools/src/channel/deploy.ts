import type { Names } from './names.js';

/** A channel deployed everywhere, whose entries are copied for a new one. */
const MODEL = { id: 'webform', env: 'WEBFORM' } as const;

/** Who may say and hear what on the bus, as deployed. */
export const USERS = 'k8s/nats/users.conf';

/** A file outside the channel's folder, and how the entry of a new channel is added to its text. */
export interface Entry {
  readonly path: string;
  readonly add: (text: string, names: Names) => string;
}
/** A file that no longer looks as the generator knows it. */
class NotAsKnown extends Error {}

const renamed = (text: string, { id, env }: Names): string =>
  text.replaceAll(`${MODEL.env}_`, `${env}_`).replaceAll(MODEL.id, id);

/** The text with what the model's pattern found repeated after it, for the new channel. */
function repeated(
  path: string,
  text: string,
  pattern: RegExp,
  names: Names,
  change = (copy: string): string => copy,
): string {
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new NotAsKnown(`${path}: no entry of ${MODEL.id} to copy (${String(pattern)})`);
  return text.replace(found, () => found + change(renamed(found, names)));
}

/** The first port of the machine, from 3207, that no service of the compose file has. */
const freePortIn = (compose: string): number => {
  const taken = [...compose.matchAll(/127\.0\.0\.1:(\d+):/g)].map(one => Number(one[1]));
  let port = 3_207;
  while (taken.includes(port)) port += 1;
  return port;
};

interface Lock {
  readonly packages: Record<string, object>;
}
interface References {
  readonly references: { readonly path: string }[];
}

/** Everything outside its folder that a new channel touches: the workspace's two lists, and one entry a deployment target. */
export const ENTRIES: readonly Entry[] = [
  {
    path: 'tsconfig.json',
    add: (text, { id }) => {
      const said = JSON.parse(text) as References;
      const references = [...said.references, { path: `./apps/channels/${id}` }];
      return `${JSON.stringify({ ...said, references }, undefined, 2)}\n`;
    },
  },
  {
    path: 'package-lock.json',
    add: (text, { id }) => {
      const said = JSON.parse(text) as Lock;
      const packages = {
        ...said.packages,
        [`apps/channels/${id}`]: { name: `@filodiretto/channel-${id}`, version: '0.1.0', license: 'AGPL-3.0-or-later' },
        [`node_modules/@filodiretto/channel-${id}`]: { resolved: `apps/channels/${id}`, link: true },
      };
      const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
      return `${JSON.stringify({ ...said, packages: sorted }, undefined, 2)}\n`;
    },
  },
  {
    path: 'docker/compose.yaml',
    add: (text, names) => {
      const password = repeated('docker/compose.yaml', text, /^ +WEBFORM_NATS_PASSWORD: .*\n/m, names);
      const port = freePortIn(text);
      return repeated('docker/compose.yaml', password, /^ {2}webform:\n(?: {4}.*\n)+\n?/m, names, copy =>
        copy.replace(/127\.0\.0\.1:\d+:/, `127.0.0.1:${port}:`),
      );
    },
  },
  {
    path: 'docker/compose.env.example',
    add: (text, names) => repeated('docker/compose.env.example', text, /^WEBFORM_NATS_PASSWORD=.*\n/m, names),
  },
  {
    path: USERS,
    add: (text, names) => repeated(USERS, text, /^ {2}\{\n {4}user: webform,[^]*?\n {2}\}\n/m, names),
  },
  {
    path: 'k8s/base/kustomization.yaml',
    add: (text, names) => repeated('k8s/base/kustomization.yaml', text, /^ +- \.\.\/channels\/webform\n/m, names),
  },
];

/** A file of the deployment that is the channel's own, made from the model's. */
export const OWN = {
  model: `k8s/channels/${MODEL.id}/kustomization.yaml`,
  path: ({ id }: Names): string => `k8s/channels/${id}/kustomization.yaml`,
  text: renamed,
} as const;
