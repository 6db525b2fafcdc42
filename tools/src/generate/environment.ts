import { describeSettings, ServiceSettings, type SettingDescription } from '@filodiretto/platform';
import type { Generated } from './output.js';
import { channelsOf, exportsOf, settingsIn } from './source.js';

/** A service and the settings it reads. */
export interface Section {
  readonly title: string;
  readonly settings: readonly SettingDescription[];
}

/** The example configuration: what every service reads, then what each reads besides, said by their settings classes. */
export async function environment(root: string): Promise<Generated> {
  const common = describeSettings(ServiceSettings);
  const sections: Section[] = [{ title: 'Every service', settings: common }];

  const kit = (await exportsOf(root, 'libs/channel-kit/src/index.ts')) ?? {};
  const hosts = Object.values(kit).filter(
    (value): value is new () => object =>
      typeof value === 'function' && value.prototype instanceof ServiceSettings && value !== ServiceSettings,
  );
  const ofChannels = besides(hosts.flatMap(describeSettings), common);
  sections.push({ title: 'Every channel', settings: ofChannels });

  const core = settingsIn((await exportsOf(root, 'apps/crm/src/settings.ts')) ?? {}, describeSettings);
  if (!core) throw new Error('apps/crm/src/settings.ts exports no settings class');
  sections.push({ title: 'The core (apps/crm)', settings: besides(describeSettings(core), common) });

  const portal = settingsIn((await exportsOf(root, 'apps/portal/src/settings.ts')) ?? {}, describeSettings);
  if (!portal) throw new Error('apps/portal/src/settings.ts exports no settings class');
  sections.push({ title: "The citizens' pages (apps/portal)", settings: besides(describeSettings(portal), common) });

  for (const channel of await channelsOf(root))
    sections.push({
      title: `${channel.manifest.name} (apps/channels/${channel.folder})`,
      settings: besides(describeSettings(channel.config), [...common, ...ofChannels]),
    });

  return { path: '.env.example', text: exampleOf(sections.filter(section => section.settings.length > 0)) };
}

const besides = (
  settings: readonly SettingDescription[],
  known: readonly SettingDescription[],
): SettingDescription[] => {
  const names = new Set(known.map(one => one.name));
  return settings.filter(one => !names.has(one.name) && names.add(one.name));
};

const HEAD = `# What the services of Filodiretto read from their environment. Made by \`npm run generate\` from their settings
# classes: do not edit. A line that begins with # is optional, and shows the default or the form of the value.
# \`npm start\` needs none of this. A secret may also be read from a file: NAME_FILE instead of NAME.
`;

/** The text of the example: a required setting without a value, the others commented with their default. Never a secret's value. */
export const exampleOf = (sections: readonly Section[]): string =>
  [
    HEAD,
    ...sections.map(({ title, settings }) =>
      [`# ${'─'.repeat(4)} ${title} ${'─'.repeat(Math.max(4, 100 - title.length))}`, '', ...settings.map(lineOf)].join(
        '\n',
      ),
    ),
  ].join('\n');

const lineOf = (one: SettingDescription): string => {
  const required = !one.optional && one.default === undefined;
  const remarks = [
    required ? 'required' : undefined,
    one.secret ? 'secret' : undefined,
    one.values ? `one of ${one.values.join(', ')}` : undefined,
    FORMS[one.kind],
  ].filter(remark => remark !== undefined);
  const value = one.default === undefined || one.secret ? '' : shown(one.default);
  return `# ${one.description}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}\n${required ? '' : '# '}${one.name}=${value}\n`;
};

const FORMS: Readonly<Record<SettingDescription['kind'], string | undefined>> = {
  text: undefined,
  whole: 'a whole number',
  flag: 'true or false',
  choice: undefined,
  list: 'separated by commas',
  url: 'an absolute URL',
  json: 'JSON, or @ and the path of a file',
};

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value.join(',');
  return JSON.stringify(value);
};
