import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { KnownSettings } from './known-settings.js';
import { isPinned, isSecret } from './docker.js';
import { filesBelow } from './files.js';

type Labels = Readonly<Record<string, string>>;
interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly livenessProbe?: unknown;
  readonly readinessProbe?: unknown;
  readonly startupProbe?: unknown;
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[] };
  };
}
/** As much of an object of Kubernetes as is looked at. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly labels?: Labels };
  readonly data?: Labels;
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Labels } & Labels;
    readonly podSelector?: { readonly matchLabels?: Labels };
    readonly template?: {
      readonly metadata?: { readonly labels?: Labels };
      readonly spec?: {
        readonly automountServiceAccountToken?: boolean;
        readonly securityContext?: { readonly runAsNonRoot?: boolean };
        readonly terminationGracePeriodSeconds?: number;
        readonly containers?: readonly Container[];
      };
    };
  };
}

const OVERLAY = 'k8s/overlays/production';

/** What is wrong below `k8s/`: files that are not YAML or not there always; the built overlay where `kubectl` is at hand. */
export async function kubernetes(
  root: string,
  settings: KnownSettings,
  channels: readonly string[],
): Promise<string[]> {
  const files = filesBelow(root, 'k8s').filter(path => /\.ya?ml$/.test(path));
  const faults = files.flatMap(path => {
    const documents = parseAllDocuments(readFileSync(join(root, path), 'utf8'));
    if ('empty' in documents) return [`${path} is empty`];
    return documents.flatMap(document => [
      ...document.errors.map(error => `${path}: ${error.message}`),
      ...(document.errors.length === 0 ? references(root, path, document.toJS() as Record<string, unknown>) : []),
    ]);
  });
  const base = readFileSync(join(root, 'k8s/base/kustomization.yaml'), 'utf8');
  faults.push(
    ...channels
      .filter(channel => !base.includes(`../channels/${channel}\n`))
      .map(channel => `k8s/base/kustomization.yaml does not list ../channels/${channel}`),
  );
  if (faults.length > 0) return faults;
  const built = await build(root);
  if (built === undefined) return [];
  return objectFaults(built, settings).map(fault => `${OVERLAY}: ${fault}`);
}

const references = (root: string, path: string, said: Record<string, unknown>): string[] => {
  if (said.kind !== 'Kustomization') return [];
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const paths = [
    ...list(said.resources),
    ...list(said.patches).map(patch => (patch as { path?: string }).path),
    ...list(said.configMapGenerator).flatMap(map => (map as { files?: string[] }).files ?? []),
  ].filter((one): one is string => typeof one === 'string');
  return paths
    .filter(one => !existsSync(join(root, normalize(join(dirname(path), one)))))
    .map(one => `${path} names ${one}, which is not there`);
};

/** The objects of the overlay as `kubectl kustomize` builds them; `undefined` where there is no `kubectl`. */
async function build(root: string): Promise<KubernetesObject[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)('kubectl', ['kustomize', join(root, OVERLAY)], {
      maxBuffer: 50_000_000,
    });
    const documents = parseAllDocuments(stdout);
    return 'empty' in documents ? [] : documents.map(document => document.toJS() as KubernetesObject);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What is wrong with a set of objects that are applied together. */
export function objectFaults(objects: readonly KubernetesObject[], settings: KnownSettings): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  const pods = objects.flatMap(object => (object.spec?.template ? [object.spec.template.metadata?.labels ?? {}] : []));
  for (const object of objects) {
    const name = `${object.kind ?? '?'} ${object.metadata?.name ?? '?'}`;
    const wrong = (fault: string): void => void faults.push(`${name}: ${fault}`);
    if (!object.apiVersion || !object.kind || !object.metadata?.name) wrong('apiVersion, kind or name is missing');
    if (seen.has(name)) wrong('is there twice');
    seen.add(name);
    if (object.kind === 'Secret') wrong('secrets are not kept in files');
    if (object.kind === 'ConfigMap')
      for (const key of Object.keys(object.data ?? {}))
        if (/^[A-Z][A-Z0-9_]*$/.test(key)) {
          if (!settings.names.has(key)) wrong(`${key} is read by no service`);
          if (isSecret(key)) wrong(`${key} is a secret`);
        }
    const selects =
      object.kind === 'Service'
        ? object.spec?.selector
        : object.kind === 'PodDisruptionBudget' || object.kind === 'Deployment' || object.kind === 'StatefulSet'
          ? object.spec?.selector?.matchLabels
          : object.spec?.podSelector?.matchLabels;
    if (selects && !pods.some(labels => Object.entries(selects).every(([key, value]) => labels[key] === value)))
      wrong(`selects no pod: ${JSON.stringify(selects)}`);
    const pod = object.spec?.template?.spec;
    if (pod) podFaults(pod, settings).forEach(wrong);
  }
  return faults;
}

const podFaults = (
  pod: NonNullable<NonNullable<NonNullable<KubernetesObject['spec']>['template']>['spec']>,
  settings: KnownSettings,
): string[] => [
  ...(pod.securityContext?.runAsNonRoot === true ? [] : ['may run as root']),
  ...(pod.automountServiceAccountToken === false ? [] : ['is given a token of the cluster']),
  ...((pod.terminationGracePeriodSeconds ?? 30) > 30 ? [] : ['has less than 30 seconds to finish what it holds']),
  ...(pod.containers ?? []).flatMap(container => {
    const safe = container.securityContext ?? {};
    const app = container.env?.find(one => one.name === 'APP');
    return [
      ...(isPinned(container.image ?? '') ? [] : [`an image without an exact version: ${container.image ?? '(none)'}`]),
      ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const)
        .filter(probe => !container[probe])
        .map(probe => `no ${probe}`),
      ...(container.resources?.requests?.memory && container.resources.limits?.memory
        ? []
        : ['no memory request or limit']),
      ...(safe.allowPrivilegeEscalation === false ? [] : ['may gain privileges']),
      ...(safe.readOnlyRootFilesystem === true ? [] : ['may write its file system']),
      ...(safe.capabilities?.drop?.includes('ALL') ? [] : ['keeps capabilities']),
      ...(container.env ?? [])
        .filter(one => isSecret(one.name) && one.valueFrom === undefined)
        .map(one => `${one.name} is written in the file`),
      ...(app
        ? (container.env ?? [])
            .filter(one => one.name !== 'APP' && !settings.names.has(one.name))
            .map(one => `${one.name} is read by no service`)
        : []),
    ];
  }),
];
