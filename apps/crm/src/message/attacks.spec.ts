import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCRIPTS, showAll, type Outcome, type Shown } from '@filodiretto/simulators';
import { chromium, type Browser } from 'playwright-core';
import { harmless, richTextPage, richTextPolicy } from './rich-text.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path =>
  existsSync(path),
);
const inBrowser = CHROMIUM ? describe : describe.skip;
const why = CHROMIUM ? '' : ' (skipped: no chromium on this machine)';
const BLOCKED = { remote: false, enclosed: new Map<string, string>() };

inBrowser(`what a person wrote, in a real browser${why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);
  afterAll(() => browser.close());
  const show = (shown: readonly Shown[]): Promise<Outcome[]> => showAll(() => browser.newPage(), shown);
  const faulty = (outcomes: readonly Outcome[], hurts: (one: Outcome) => boolean): unknown[] =>
    outcomes.flatMap((one, index) => (hurts(one) ? [[SCRIPTS[index], one]] : []));
  const runs = ({ ran }: Outcome): boolean => ran;
  const runsOrCalls = ({ ran, asked }: Outcome): boolean => ran || asked.length > 0;

  it('would run, were nothing done against it: more than 150 ways are known and this harness sees them', async () => {
    expect(new Set(SCRIPTS).size).toBe(SCRIPTS.length);
    expect(SCRIPTS.length).toBeGreaterThanOrEqual(150);
    const outcomes = await show(SCRIPTS.map(html => ({ html })));
    const hurt = outcomes.filter(runsOrCalls).length;
    process.stdout.write(`attacks: ${SCRIPTS.length} shapes, ${hurt} of them run or call out where nothing is done\n`);
    expect(hurt).toBeGreaterThan(90);
  }, 300_000);

  it('neither runs nor calls out as a rich text, by what is taken out of it alone', async () => {
    const outcomes = await show(SCRIPTS.map(html => ({ html: harmless(html, BLOCKED) })));
    expect(faulty(outcomes, runsOrCalls)).toEqual([]);
  }, 300_000);

  it('neither runs nor calls out by the policy of the document alone', async () => {
    const headers = { 'content-security-policy': richTextPolicy(BLOCKED) };
    const outcomes = await show(SCRIPTS.map(html => ({ html, headers })));
    expect(faulty(outcomes, runsOrCalls)).toEqual([]);
  }, 300_000);

  it('does not run by the sandboxed frame of a console alone', async () => {
    const framed = (html: string): string =>
      `<!doctype html><iframe sandbox srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    expect(faulty(await show(SCRIPTS.map(html => ({ html: framed(html) }))), runs)).toEqual([]);
  }, 300_000);

  it('does not run when pictures that are kept elsewhere are loaded, and nothing but pictures is', async () => {
    const showing = { ...BLOCKED, remote: true };
    const headers = { 'content-security-policy': richTextPolicy(showing) };
    const outcomes = await show(SCRIPTS.map(html => ({ html: richTextPage(html, showing), headers })));
    expect(faulty(outcomes, runs)).toEqual([]);
    const asked = new Set(outcomes.flatMap(one => one.asked));
    expect([...asked].filter(url => !url.startsWith('https://ran.invalid/pixel'))).toEqual([]);
  }, 300_000);
});
