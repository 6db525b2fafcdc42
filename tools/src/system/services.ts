import { join } from 'node:path';
import { citizenKeys, citizenProviders } from '../identity/citizen-provider.js';
import { issuerAt } from '../identity/identity-provider.js';
import { ROOT } from '../runtime/places.js';
import { readinessAt, type ProgramPlan } from '../runtime/program.js';
import type { PortName, Ports } from './addresses.js';
import { busUser } from './bus-users.js';
import type { Secrets } from './secrets.js';

/** What the services of one demonstration share. */
export interface Surroundings {
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** Folder of everything that is kept. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Whether the bus is the demonstration's own, and knows each service by its name. */
  readonly ownBus: boolean;
  /** File in which the core writes the operators of the demonstration. */
  readonly operatorsFile: string;
}

interface Service {
  readonly name: PortName &
    ('crm' | 'portal' | 'email' | 'phone' | 'whatsapp' | 'facebook' | 'webform' | 'loopback' | 'webchat');
  /** Folder of the service, from the root. */
  readonly folder: string;
  /** What this one is told besides what all are. */
  env(around: Surroundings): Readonly<Record<string, string>>;
}

/** The scanner that looks at files. */
const scanner = (ports: Ports): Readonly<Record<string, string>> => ({
  CLAMAV_HOST: '127.0.0.1',
  CLAMAV_PORT: String(ports.clamd),
});
const local = (port: number): string => `http://127.0.0.1:${port}`;

/** The administration's addresses in the demonstration. An address that routes names an office's account. */
export const DEMONSTRATION = {
  name: 'Comune di Poggioverde',
  domain: 'comune.poggioverde.example',
  mailboxes: [
    { account: 'urp', address: 'urp@comune.poggioverde.example', name: 'URP Comune di Poggioverde' },
    { account: 'tributi', address: 'tributi@comune.poggioverde.example', name: 'Ufficio Tributi' },
  ],
  telephone: '+390550000100',
  sms: '+393390000100',
  operatorTelephone: '+390550000199',
  twilioAccount: 'AC00000000000000000000000000000100',
  whatsappNumber: { id: '100000000000100', shown: '+390550000101' },
  metaAppId: '100000000000001',
  facebookPage: { id: '200000000000200', name: 'Comune di Poggioverde' },
} as const;

/** Where a demonstration keeps the anchors of its trail, in its folder. */
export const ANCHORS_FILE = 'trail-anchors.jsonl';

/** The services of the system. A new channel is one entry here. */
export const SERVICES: readonly Service[] = [
  {
    name: 'crm',
    folder: 'apps/crm',
    env: ({ databaseUrl, secrets, operatorsFile, ports, folder }) => ({
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: local(ports.crm),
      CITIZEN_PAGES_URL: local(ports.portal),
      ...scanner(ports),
      TOKEN_KEY: secrets.tokenKey,
      OIDC_ISSUER: issuerAt(ports.identity),
      OIDC_CLIENT_SECRET: secrets.oidcClientSecret,
      CITIZEN_PROVIDERS: citizenProviders(ports.citizenIdentity, citizenKeys(folder)),
      CITIZEN_KEY: secrets.citizenKey,
      TRAIL_KEY: secrets.trailKey,
      TRAIL_ANCHOR_FILE: join(folder, ANCHORS_FILE),
      // The citizens' pages say whom they ask for.
      TRUST_PROXY: 'true',
      CONSOLE_DIR: join(ROOT, 'apps/console/dist'),
      DEMONSTRATION: 'true',
      // Many people try it as the same one.
      SESSIONS_OF_ONE: '1000',
      // The tools ask for everybody, with one token.
      API_PER_SECOND: '1000000',
      API_BURST: '1000000',
      DEMONSTRATION_FILE: operatorsFile,
      // Whoever tries it does not wait.
      TRANSCRIPT_SILENCE_SECONDS: '20',
    }),
  },
  {
    name: 'portal',
    folder: 'apps/portal',
    env: ({ ports, secrets, folder }) => ({
      PORTAL_CORE_URL: local(ports.crm),
      PORTAL_FORMS_URL: local(ports.webform),
      PORTAL_KEY: secrets.portalKey,
      PORTAL_DRAFT_DIR: join(folder, 'portal-drafts'),
      PORTAL_ADMINISTRATION: DEMONSTRATION.name,
    }),
  },
  {
    name: 'email',
    folder: 'apps/channels/email',
    env: ({ ports }) => ({
      EMAIL_MAILBOXES: JSON.stringify(DEMONSTRATION.mailboxes),
      SMTP_IN_PORT: String(ports.smtp),
      SMTP_IN_NAME: `mail.${DEMONSTRATION.domain}`,
      SMTP_OUT_URL: `smtp://127.0.0.1:${ports.mailSmtp}`,
    }),
  },
  {
    name: 'phone',
    folder: 'apps/channels/phone',
    env: ({ ports, secrets }) => ({
      TWILIO_ACCOUNT_SID: DEMONSTRATION.twilioAccount,
      TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
      TWILIO_API_URL: local(ports.twilio),
      TWILIO_MEDIA_HOSTS: `127.0.0.1:${ports.twilio}`,
      PHONE_NUMBERS: DEMONSTRATION.telephone,
      SMS_NUMBERS: DEMONSTRATION.sms,
      PHONE_OPERATORS: DEMONSTRATION.operatorTelephone,
      // Two busy cores are slower than a server: better late than the fallback.
      PHONE_ANSWER_WITHIN_MS: '5000',
    }),
  },
  {
    name: 'whatsapp',
    folder: 'apps/channels/whatsapp',
    env: ({ ports, secrets }) => ({
      WHATSAPP_NUMBERS: DEMONSTRATION.whatsappNumber.id,
      WHATSAPP_APP_SECRET: secrets.metaAppSecret,
      WHATSAPP_VERIFY_TOKEN: secrets.metaVerifyToken,
      WHATSAPP_ACCESS_TOKEN: secrets.metaAccessToken,
      GRAPH_API_URL: local(ports.meta),
      WHATSAPP_MEDIA_HOSTS: `127.0.0.1:${ports.meta}`,
    }),
  },
  {
    name: 'facebook',
    folder: 'apps/channels/facebook',
    env: ({ ports, secrets }) => ({
      FACEBOOK_PAGES: DEMONSTRATION.facebookPage.id,
      FACEBOOK_APP_SECRET: secrets.metaAppSecret,
      FACEBOOK_APP_ID: DEMONSTRATION.metaAppId,
      FACEBOOK_VERIFY_TOKEN: secrets.metaVerifyToken,
      FACEBOOK_ACCESS_TOKEN: secrets.metaAccessToken,
      GRAPH_API_URL: local(ports.meta),
      FACEBOOK_MEDIA_HOSTS: `127.0.0.1:${ports.meta}`,
    }),
  },
  {
    name: 'webform',
    folder: 'apps/channels/webform',
    env: ({ secrets, ports }) => ({
      ...scanner(ports),
      WEBFORM_KEY: secrets.webformKey,
      WEBFORM_ADMINISTRATION: DEMONSTRATION.name,
      WEBFORM_PORTAL_URL: local(ports.portal),
      // The invented citizens all write from this machine.
      WEBFORM_SUBMISSIONS_PER_MINUTE: '1000000',
      WEBFORM_TRACKING_PER_MINUTE: '1000000',
    }),
  },
  {
    name: 'loopback',
    folder: 'apps/channels/loopback',
    env: ({ secrets, folder }) => ({
      LOOPBACK_SECRET: secrets.loopbackSecret,
      LOOPBACK_CONTROL: 'true',
      LOOPBACK_RECEIPTS: 'true',
      LOOPBACK_OUTBOX: join(folder, 'loopback.jsonl'),
    }),
  },
  {
    name: 'webchat',
    folder: 'apps/channels/webchat',
    env: ({ secrets, ports }) => ({
      CHAT_KEY: secrets.chatKey,
      // A moment of a browser's; whoever is invented has none, and all write from this machine.
      ALTCHA_KEY: secrets.altchaKey,
      ALTCHA_STEPS: '200',
      CHAT_UNPROVEN_PER_MINUTE: '1000000',
      // The invented site stands beside the citizen's side.
      CHAT_ORIGINS: ['127.0.0.1', 'localhost'].map(host => `http://${host}:${ports.citizen}`).join(','),
    }),
  },
];

/** Whoever speaks on the bus: the citizens' pages ask the core. */
export const ON_BUS: readonly string[] = SERVICES.map(({ name }) => name).filter(name => name !== 'portal');

/** Where a service answers. */
export const urlOf = (name: PortName, ports: Ports): string => local(ports[name]);

function asBusUser(service: string, busKey: string): Readonly<Record<string, string>> {
  const { user, password } = busUser(service, busKey);
  return { NATS_USER: user, NATS_PASSWORD: password };
}

/** How to run one service. */
export function servicePlan(service: Service, around: Surroundings): ProgramPlan {
  const { ports, secrets, folder } = around;
  return {
    name: service.name,
    command: process.execPath,
    args: [join(service.folder, 'dist/main.js')],
    cwd: ROOT,
    log: join(folder, 'logs', `${service.name}.log`),
    env: {
      ...process.env,
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: String(ports[service.name]),
      PUBLIC_URL: local(ports[service.name]),
      NATS_URL: around.natsUrl,
      ...(around.ownBus && ON_BUS.includes(service.name) ? asBusUser(service.name, secrets.busKey) : {}),
      NATS_MAX_BYTES: '1000000000',
      PARTITION_KEY: secrets.partitionKey,
      BLOB_DIR: join(folder, 'blobs'),
      FETCH_ALLOW_HOSTS: [ports.twilio, ports.meta, ports.mailHttp].map(port => `127.0.0.1:${port}`).join(','),
      ...service.env(around),
    },
    readiness: () => readinessAt(`${local(ports[service.name])}/health/ready`),
    readySeconds: 120,
  };
}
