import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KnownSettings } from './known-settings.js';

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** An image whose tag is an exact version. */
export const isPinned = (image: string): boolean => /:v?\d+\.\d+(?:\.\d+)?[\w.-]*$|@sha256:[0-9a-f]{64}$/.test(image);

const instructionsOf = (text: string): Instruction[] =>
  text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [word = '', ...rest] = line.split(/\s+/);
      return { word: word.toUpperCase(), rest: rest.join(' ') };
    });

/** What is wrong with a Dockerfile. */
export function dockerfile(root: string, text: string): string[] {
  const all = instructionsOf(text);
  const stages = all.reduce<Instruction[][]>((found, one) => {
    if (one.word === 'FROM') found.push([]);
    found.at(-1)?.push(one);
    return found;
  }, []);
  const last = stages.at(-1) ?? [];
  const has = (word: string): boolean => last.some(one => one.word === word);
  const user = last.filter(one => one.word === 'USER').at(-1)?.rest ?? '';
  return [
    ...all
      .filter(one => one.word === 'FROM' && !isPinned(one.rest.split(' ')[0] ?? ''))
      .map(one => `an image without an exact version: FROM ${one.rest}`),
    ...(/^[1-9]\d*(?::\d+)?$/.test(user)
      ? []
      : [`the last stage runs as "${user || 'root'}": a number other than 0 is needed`]),
    ...['HEALTHCHECK', 'ENTRYPOINT', 'STOPSIGNAL']
      .filter(word => !has(word))
      .map(word => `the last stage has no ${word}`),
    ...all
      .filter(one => (one.word === 'ENTRYPOINT' || one.word === 'CMD') && !one.rest.startsWith('['))
      .map(one => `${one.word} without a list runs in a shell, and signals do not arrive`),
    ...all.filter(one => one.word === 'ADD').map(() => 'ADD: use COPY'),
    ...all
      .filter(one => (one.word === 'ARG' || one.word === 'ENV') && /(?:PASSWORD|SECRET|TOKEN|_KEY)\s*=/.test(one.rest))
      .map(one => `a secret in the image: ${one.word} ${one.rest.split('=')[0] ?? ''}`),
    ...all
      .filter(one => one.word === 'COPY' && !one.rest.includes('--from='))
      .flatMap(one => {
        const paths = one.rest.split(' ').filter(word => !word.startsWith('--'));
        return paths.slice(0, -1).filter(path => !existsSync(join(root, path)));
      })
      .map(path => `COPY of ${path}, which is not there`),
  ].map(fault => `docker/Dockerfile: ${fault}`);
}

interface ComposeService {
  readonly image?: string;
  readonly build?: unknown;
  readonly environment?: Record<string, string>;
  readonly ports?: string[];
  readonly healthcheck?: unknown;
}

/** What is wrong with the compose file: services, settings, secrets, ports. */
export function compose(text: string, settings: KnownSettings, channels: readonly string[]): string[] {
  const said = parse(text, { merge: true }) as { services: Record<string, ComposeService> };
  const services = Object.entries(said.services);
  const ours = services.filter(([, service]) => service.environment?.APP !== undefined);
  const apps = new Set(ours.map(([, service]) => service.environment?.APP));
  return [
    ...['apps/crm', 'apps/portal', ...channels.map(channel => `apps/channels/${channel}`)]
      .filter(app => !apps.has(app))
      .map(app => `no service runs ${app}`),
    ...services
      .filter(([, service]) => !service.build && !isPinned(service.image ?? ''))
      .map(([name, service]) => `${name} has an image without an exact version: ${service.image ?? '(none)'}`),
    ...services
      .filter(([, service]) => !service.build && !service.healthcheck)
      .map(([name]) => `${name} has no health check`),
    ...services.flatMap(([name, service]) =>
      (service.ports ?? [])
        .filter(port => !port.startsWith('127.0.0.1:'))
        .map(port => `${name} opens ${port} to the network`),
    ),
    ...services.flatMap(([name, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([key, value]) => isSecret(key) && !value.includes('${'))
        .map(([key]) => `${name} has a secret in the file: ${key}`),
    ),
    ...ours.flatMap(([name, { environment = {} }]) => [
      ...Object.keys(environment)
        .filter(key => key !== 'APP' && !settings.names.has(key))
        .map(key => `${name} is given ${key}, which no service reads`),
      ...requiredOf(environment.APP ?? '', settings)
        .filter(key => !(key in environment))
        .map(key => `${name} is not given ${key}`),
    ]),
  ].map(fault => `docker/compose.yaml: ${fault}`);
}

const requiredOf = (app: string, { required }: KnownSettings): readonly string[] =>
  app === 'apps/crm' ? required.core : app === 'apps/portal' ? required.portal : required.channel;

/** Whether a name of the environment is that of a secret. */
export const isSecret = (name: string): boolean =>
  /(?:PASSWORD|SECRET|TOKEN|_KEY|DATABASE(?:_[A-Z]+)?_URL)$/.test(name);
