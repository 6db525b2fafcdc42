import { describe, expect, it } from '@jest/globals';
import { knownSettings } from './known-settings.js';
import { compose, dockerfile } from './docker.js';
import { objectFaults, type KubernetesObject } from './kubernetes.js';

const settings = knownSettings(`# ──── Every service ────
# Port (required)
PORT=
# Level
# LOG_LEVEL=info
# ──── The core (apps/crm) ────
# Database (required; secret)
DATABASE_URL=
# ──── The citizens' pages (apps/portal) ────
# Key (required; secret)
PORTAL_KEY=
# ──── Every channel ────
# Address (required)
PUBLIC_URL=
# ──── Posta (apps/channels/post) ────
# Box (required)
POST_BOX=
`);

describe('what the example configuration says', () => {
  it('the core and the channels need what every service needs, and their own; the pages their own and a port', () => {
    expect(settings.required).toEqual({
      core: ['PORT', 'DATABASE_URL'],
      portal: ['PORT', 'PORTAL_KEY'],
      channel: ['PORT', 'PUBLIC_URL'],
    });
  });
  it('optional settings are known, and secrets may come from a file', () => {
    expect(settings.names.has('LOG_LEVEL')).toBe(true);
    expect(settings.names.has('DATABASE_URL_FILE')).toBe(true);
  });
});

describe('a Dockerfile', () => {
  const good =
    'FROM node:20.1.0-slim\nUSER 1000:1000\nSTOPSIGNAL SIGTERM\nHEALTHCHECK CMD ["node", "h.mjs"]\nENTRYPOINT ["node", "m.js"]\n';
  it('that pins its image, leaves root, tells its health and takes signals is right', () => {
    expect(dockerfile('.', good)).toEqual([]);
  });
  it.each([
    ['an image without an exact version', good.replace('node:20.1.0-slim', 'node:latest')],
    ['runs as "root"', good.replace('USER 1000:1000\n', '')],
    ['runs as "0"', good.replace('USER 1000:1000', 'USER 0')],
    ['no HEALTHCHECK', good.replace(/HEALTHCHECK.*\n/, '')],
    ['signals do not arrive', good.replace('ENTRYPOINT ["node", "m.js"]', 'ENTRYPOINT node m.js')],
    ['a secret in the image', `${good}ENV API_TOKEN=abc\n`],
    ['which is not there', `${good}COPY no-such-file /app\n`],
  ])('%s is told', (fault, text) => {
    expect(dockerfile('.', text).join('\n')).toContain(fault);
  });
});

describe('a compose file', () => {
  const good = `services:
  db: { image: 'postgres:18.4', healthcheck: { test: [x] } }
  crm: { build: ., environment: { APP: apps/crm, PORT: '3000', DATABASE_URL: '\${DATABASE_URL:?}' }, ports: ['127.0.0.1:3000:3000'] }
  portal: { build: ., environment: { APP: apps/portal, PORT: '3000', PORTAL_KEY: '\${PORTAL_KEY:?}' } }
  post: { build: ., environment: { APP: apps/channels/post, PORT: '3000', PUBLIC_URL: 'https://x', POST_BOX: '7' } }
`;
  it('with every service, its settings and no open port is right', () => {
    expect(compose(good, settings, ['post'])).toEqual([]);
  });
  it.each([
    ['no service runs apps/channels/fax', good, ['post', 'fax']],
    ['no service runs apps/portal', good.replace('apps/portal', 'apps/crm'), ['post']],
    ['portal is not given PORTAL_KEY', good.replace(", PORTAL_KEY: '${PORTAL_KEY:?}'", ''), ['post']],
    ['crm is not given PORT', good.replace("APP: apps/crm, PORT: '3000',", 'APP: apps/crm,'), ['post']],
    ['post is given POST_BOXX, which no service reads', good.replace('POST_BOX:', 'POST_BOXX:'), ['post']],
    [
      'crm has a secret in the file: DATABASE_URL',
      good.replace("'${DATABASE_URL:?}'", 'postgres://me:pw@db'),
      ['post'],
    ],
    ['crm opens 3000:3000 to the network', good.replace('127.0.0.1:3000:3000', '3000:3000'), ['post']],
    ['db has an image without an exact version', good.replace('postgres:18.4', 'postgres'), ['post']],
  ])('%s is told', (fault, text, channels) => {
    expect(compose(text, settings, channels).join('\n')).toContain(fault);
  });
});

describe('objects of Kubernetes', () => {
  const labels = { app: 'crm' };
  const pod = {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 45,
    securityContext: { runAsNonRoot: true },
    containers: [
      {
        name: 'service',
        image: 'crm:1.2.3',
        env: [
          { name: 'APP', value: 'apps/crm' },
          { name: 'DATABASE_URL', valueFrom: {} },
        ],
        livenessProbe: {},
        readinessProbe: {},
        startupProbe: {},
        resources: { requests: { memory: '1Mi' }, limits: { memory: '1Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  };
  const deployment: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'crm' },
    spec: { selector: { matchLabels: labels } as never, template: { metadata: { labels }, spec: pod } },
  };
  const service = (selector: Record<string, string>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'crm' },
    spec: { selector },
  });

  it('that fit together and run safely are right', () => {
    expect(objectFaults([deployment, service(labels)], settings)).toEqual([]);
  });
  it('a service that selects no pod is told', () => {
    expect(objectFaults([deployment, service({ app: 'cmr' })], settings)).toEqual([
      'Service crm: selects no pod: {"app":"cmr"}',
    ]);
  });
  it('a secret in a file, and one in an environment, are told', () => {
    const secret: KubernetesObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } };
    const open = structuredClone(deployment) as { spec: { template: { spec: typeof pod } } };
    open.spec.template.spec.containers[0]?.env.splice(1, 1, { name: 'DATABASE_URL', value: 'postgres://' });
    expect(objectFaults([secret, open as KubernetesObject], settings)).toEqual([
      'Secret s: secrets are not kept in files',
      'Deployment crm: DATABASE_URL is written in the file',
    ]);
  });
  it('a setting that no service reads is told', () => {
    const map: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { PROT: '1' } };
    expect(objectFaults([map], settings)).toEqual(['ConfigMap c: PROT is read by no service']);
  });
  it('a pod that may run as root, without probes, is told all of it', () => {
    const bare: KubernetesObject = {
      ...deployment,
      spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'x', image: 'crm' }] } } },
    };
    const told = objectFaults([bare], settings).join('\n');
    for (const fault of [
      'root',
      'token',
      'version',
      'livenessProbe',
      'readinessProbe',
      'memory',
      'privileges',
      'capabilities',
    ])
      expect(told).toContain(fault);
  });
});
