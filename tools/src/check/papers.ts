import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parse } from 'yaml';
import { repositoryFiles, textOf } from './files.js';

/** SHA-256 of the text of the licence as its authors publish it. */
const AGPL = '8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef';

/** What a catalogue of public software asks of `publiccode.yml`, version 0.7. */
export function publiccodeFaults(text: string): string[] {
  const said = parse(text) as Record<string, unknown>;
  const faults: string[] = [];
  const need = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(`publiccode.yml: ${fault}`);
  };
  const record = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const words = (value: unknown): string => (typeof value === 'string' ? value : '');

  need(
    said.publiccodeYmlVersion === '0.7' || said.publiccodeYmlVersion === '0.7.0',
    'publiccodeYmlVersion is not "0.7"',
  );
  need(words(said.name) !== '', 'name is missing');
  need(/^https:\/\//.test(words(said.url)), 'url is not an https address');
  need(list(said.platforms).length > 0, 'platforms is empty');
  need(
    ['concept', 'development', 'beta', 'stable', 'obsolete'].includes(words(said.developmentStatus)),
    'developmentStatus is not one of the words of the standard',
  );
  need(
    [
      'standalone/mobile',
      'standalone/iot',
      'standalone/desktop',
      'standalone/web',
      'standalone/backend',
      'standalone/other',
      'addon',
      'library',
      'configurationFiles',
    ].includes(words(said.softwareType)),
    'softwareType is not one of the words of the standard',
  );
  const descriptions = Object.entries(record(said.description));
  need(descriptions.length > 0, 'description is empty');
  for (const [language, value] of descriptions) {
    const description = record(value);
    const short = words(description.shortDescription).trim();
    const long = words(description.longDescription).trim();
    need(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language), `description.${language} is not a language (BCP 47)`);
    need(
      short.length > 0 && short.length <= 150,
      `description.${language}.shortDescription has ${short.length} characters, not 1 to 150`,
    );
    need(
      long.length >= 150 && long.length <= 10_000,
      `description.${language}.longDescription has ${long.length} characters, not 150 to 10,000`,
    );
    need(list(description.features).length > 0, `description.${language}.features is empty`);
  }
  need(record(said.legal).license === 'AGPL-3.0-or-later', 'legal.license is not that of LICENSE');
  const maintenance = record(said.maintenance);
  const kind = words(maintenance.type);
  need(
    ['internal', 'contract', 'community', 'none'].includes(kind),
    'maintenance.type is not one of the words of the standard',
  );
  need(kind !== 'contract' || list(maintenance.contractors).length > 0, 'maintenance.contractors is empty');
  need(
    !['internal', 'community'].includes(kind) ||
      list(maintenance.contacts).some(contact => words(record(contact).name) !== ''),
    'maintenance.contacts names nobody',
  );
  const localisation = record(said.localisation);
  need(typeof localisation.localisationReady === 'boolean', 'localisation.localisationReady is missing');
  need(list(localisation.availableLanguages).length > 0, 'localisation.availableLanguages is empty');
  need(
    list(said.supports).every(one => /^(alias:|urn:|https?:)/.test(words(record(one).id))),
    'supports has an id that is neither an alias nor a URI',
  );
  need(said.IT === undefined && said.it === undefined, 'country sections are deprecated: use supports');
  return faults;
}

/** Where it is said what is guaranteed. */
const SECURITY = 'docs/security.md';

/** The licence is the whole and unchanged text, publiccode.yml is right, every link between documents leads somewhere, and every promise names a test. */
export async function papers(root: string): Promise<readonly string[]> {
  const licence = createHash('sha256')
    .update(readFileSync(join(root, 'LICENSE')))
    .digest('hex');
  return [
    ...(licence === AGPL ? [] : ['LICENSE is not the text of AGPL-3.0']),
    ...publiccodeFaults(readFileSync(join(root, 'publiccode.yml'), 'utf8')),
    ...unprovenPromises(SECURITY, readFileSync(join(root, SECURITY), 'utf8')),
    ...repositoryFiles(root)
      .filter(path => path.endsWith('.md'))
      .flatMap(path => brokenLinks(root, path, textOf(root, path) ?? '')),
  ];
}

/** Links of a page to files that are not there. */
export const brokenLinks = (root: string, path: string, text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(match => {
    const target = (match[1] ?? '').split('#')[0] ?? '';
    if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
    return existsSync(join(root, normalize(join(dirname(path), decodeURIComponent(target)))))
      ? []
      : [`${path} links to ${target}, which is not there`];
  });

/** Rows of the table of promises of a page that name no test, a link to a spec; that it is there, `brokenLinks` sees. */
export function unprovenPromises(path: string, text: string): string[] {
  const [, table = ''] = text.split(/^\| Promise .*$\n^\|[ -|]*$/m);
  const rows =
    table
      .trimStart()
      .split(/\n(?!\|)/)[0]
      ?.split('\n') ?? [];
  const unproven = rows.filter(row => !/\]\([^)]+\.spec\.tsx?\)/.test(row.split('|').at(2) ?? ''));
  return rows.length > 1
    ? unproven.map(row => `${path} promises without a test: ${row.split('|').at(1)?.trim() ?? row}`)
    : [`${path} has no table of promises`];
}

const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
