import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { brokenLinks, publiccodeFaults, unprovenPromises } from './papers.js';

const good = {
  publiccodeYmlVersion: '0.7',
  name: 'X',
  url: 'https://example.org/x.git',
  platforms: ['web'],
  developmentStatus: 'development',
  softwareType: 'standalone/web',
  description: { it: { shortDescription: 'breve', longDescription: 'parola '.repeat(30), features: ['una'] } },
  legal: { license: 'AGPL-3.0-or-later' },
  maintenance: { type: 'community', contacts: [{ name: 'Chi mantiene' }] },
  localisation: { localisationReady: false, availableLanguages: ['it'] },
  supports: [{ id: 'alias:gdpr' }],
};

describe('publiccode.yml', () => {
  it('that has all that the standard asks is right', () => {
    expect(publiccodeFaults(stringify(good))).toEqual([]);
  });
  it.each([
    ['publiccodeYmlVersion', { ...good, publiccodeYmlVersion: '0.4' }],
    [
      'longDescription has 5 characters',
      { ...good, description: { it: { ...good.description.it, longDescription: 'breve' } } },
    ],
    [
      'shortDescription has 151',
      { ...good, description: { it: { ...good.description.it, shortDescription: 'x'.repeat(151) } } },
    ],
    ['maintenance.contacts names nobody', { ...good, maintenance: { type: 'internal' } }],
    ['maintenance.contractors is empty', { ...good, maintenance: { type: 'contract' } }],
    ['legal.license', { ...good, legal: { license: 'MIT' } }],
    ['localisationReady', { ...good, localisation: { availableLanguages: ['it'] } }],
    ['country sections', { ...good, IT: {} }],
  ])('%s is told', (fault, said) => {
    expect(publiccodeFaults(stringify(said)).join('\n')).toContain(fault);
  });
});

describe('promises of security', () => {
  const page = (...rows: string[]): string =>
    ['# S', '', '| Promise | Test |', '| --- | --- |', ...rows, '', 'Words.'].join('\n');
  const proven = '| Nothing is lost | [a.spec.ts](../a.spec.ts) |';

  it('one that names no test is told, and so is a page without any', () => {
    expect(unprovenPromises('s.md', page(proven, proven))).toEqual([]);
    expect(unprovenPromises('s.md', page(proven, '| All is well | by looking |'))).toEqual([
      's.md promises without a test: All is well',
    ]);
    expect(unprovenPromises('s.md', '# S')).toEqual(['s.md has no table of promises']);
  });
});

describe('links between documents', () => {
  it('a link to a file that is not there is told; one to the outside, to a heading or in code is not', () => {
    const text = '[a](package.json) [b](no-such.md#x) [c](https://example.org/y) [d](#here) `[e](z.md)`';
    expect(brokenLinks('.', 'README.md', text)).toEqual(['README.md links to no-such.md, which is not there']);
  });
});
