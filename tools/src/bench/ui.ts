import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserHere, openBrowser } from '../browser/browser.js';
import { logIn } from '../browser/console.js';
import { LoopbackDoor, PhoneDoor } from '../load/doors.js';
import { pause } from '../runtime/program.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { System } from '../system/system.js';
import { filled } from './archive-bench.js';
import { percentile, rate, rounded, type Measure } from './measure.js';

const CASES = 10_000;
const MESSAGES = 500;
const LISTENERS = 500;
/** Rows that are walked through by key, and cases that are opened. */
const ROWS = 120;
const OPENED = 15;
const LETTERS = 60;
const COLD = 5;
const NEWS = 40;
const CALLS = 15;
const PERSON = 'Paolo Santini';
/** Who answers the telephone. */
const ANSWERS = 'Giulia Ferri';

/** What is shown in the browser, measured there. Nothing where this machine has no browser: it is told. */
export async function uiMeasures(folder: string, scale: number, tell: Tell): Promise<Measure[]> {
  if (browserHere() === undefined) {
    tell('No browser on this machine: what it would show is not measured.');
    return [];
  }
  const system = new System({
    folder,
    ports: await freePorts(),
    throwAway: true,
    tell,
    died: program => tell(`${program.name} died.\n${program.lastLines()}`),
  });
  let browser: Browser | undefined;
  try {
    await system.start();
    await filled(system, { cases: Math.ceil(CASES * scale), years: 1 }, tell);
    await Promise.all(['loopback', 'phone', 'webform', 'portal'].map(name => system.program(name).start()));
    browser = await openBrowser();
    return await new Screens(system, browser, scale, tell).all();
  } finally {
    await browser?.close();
    await system.stop();
  }
}

/** What of the pages is looked for. */
const ROW = '[data-place="list"] [role="option"]';
const CASE = '[data-place="case"]';
const WORDS = '.pane.case textarea >> nth=0';

class Screens {
  constructor(
    private readonly system: System,
    private readonly browser: Browser,
    private readonly scale: number,
    private readonly tell: Tell,
  ) {}

  async all(): Promise<Measure[]> {
    const long = await this.longCase();
    return [
      ...(await this.cold()),
      ...(await this.interactions(long)),
      ...(await this.news()),
      ...(await this.calls()),
    ];
  }

  /** First views by a browser that has nothing, and how much script they bring. */
  private async cold(): Promise<Measure[]> {
    const { crm, portal } = this.system.urls;
    const times = { bare: [] as number[], console: [] as number[], portal: [] as number[] };
    let [consoleBytes, portalBytes] = [0, 0];
    for (let time = 0; time < COLD; time += 1) {
      times.bare.push((await this.first(`${crm}/`, 'h1')).milliseconds);
      const seen = await this.first(`${crm}/console/`, ROW, page => this.cookieOf(page));
      times.console.push(seen.milliseconds);
      consoleBytes = seen.script;
      const form = await this.first(`${portal}/segnalazione`, 'form button');
      times.portal.push(form.milliseconds);
      portalBytes = form.script;
    }
    const bare = percentile(times.bare, 0.5);
    const how = `median of ${COLD} browsers that have nothing, from the address to what can be used; beside a page of four lines without script; a ratio above 1 is slower`;
    return [
      rate(
        'ui.console.ready',
        percentile(times.console, 0.5),
        bare,
        'ms',
        `logged in, to the rows of the list; ${how}`,
      ),
      rate('ui.portal.ready', percentile(times.portal, 0.5), bare, 'ms', `to the form; ${how}`),
      kilobytes('ui.console.kb', consoleBytes, 250, 'the list of cases'),
      kilobytes('ui.portal.kb', portalBytes, 60, 'the form'),
    ];
  }

  /** Opens an address in a browser that has nothing: until what is looked for is there and two frames were painted. */
  private async first(
    address: string,
    until: string,
    before?: (page: Page) => Promise<void>,
  ): Promise<{ milliseconds: number; script: number }> {
    const context = await this.browser.newContext({ locale: 'it-IT', viewport: { width: 1440, height: 900 } });
    try {
      const page = await context.newPage();
      await before?.(page);
      const network = await context.newCDPSession(page);
      await network.send('Network.enable');
      await network.send('Network.setCacheDisabled', { cacheDisabled: true });
      const scripts = new Set<string>();
      let script = 0;
      let shown = false;
      network.on(
        'Network.responseReceived',
        ({ requestId, type }) => void (type === 'Script' && !shown && scripts.add(requestId)),
      );
      network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (scripts.has(requestId)) script += encodedDataLength;
      });
      const began = performance.now();
      await page.goto(address, { waitUntil: 'commit' });
      await page.locator(until).first().waitFor();
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
      const milliseconds = performance.now() - began;
      // What it fetches from now on is for later; what it began to fetch is waited for.
      shown = true;
      await pause(1_500);
      return { milliseconds, script };
    } finally {
      await context.close();
    }
  }

  private readonly cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
  private async cookieOf(page: Page, person = PERSON): Promise<void> {
    if (!this.cookies.has(person)) {
      const context = await this.browser.newContext({ locale: 'it-IT' });
      await logIn(await context.newPage(), this.system.urls.crm, person);
      this.cookies.set(person, await context.cookies(this.system.urls.crm));
      await context.close();
    }
    await page.context().addCookies(this.cookies.get(person) ?? []);
  }

  private async console(path: string, person = PERSON): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'it-IT', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await this.cookieOf(page, person);
    await page.goto(`${this.system.urls.crm}/console${path}`);
    await page.locator(ROW).first().waitFor();
    return page;
  }

  /** A citizen who wrote so many messages; gives the case. */
  private async longCase(): Promise<string> {
    const door = new LoopbackDoor(this.system);
    const conversation = randomUUID();
    const count = Math.ceil(MESSAGES * this.scale);
    for (let place = 0; place < count; place += 50) {
      const batch = Array.from({ length: Math.min(50, count - place) }, (_, index) => ({
        mark: randomUUID(),
        conversation,
        place: place + index,
        text: `Messaggio ${place + index + 1}: il lampione davanti a casa è ancora spento e la strada è buia.`,
      }));
      if (!(await door.deliver(batch))) throw new CannotGoOn('The long conversation was not taken in.');
    }
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(300)) {
      const { items } = (await this.ask('/api/cases?limit=1&channel=loopback')) as { items: { id: string }[] };
      const [found] = items;
      if (!found) continue;
      const { timeline } = (await this.ask(`/api/cases/${found.id}`)) as { timeline: unknown[] };
      if (timeline.length >= count) return found.id;
    }
    throw new CannotGoOn('The long conversation did not become a case within a minute.');
  }

  private async ask(path: string, person = PERSON, put?: object): Promise<unknown> {
    const token = this.system.operators.find(({ name }) => name === person)?.token;
    const answer = await fetch(`${this.system.urls.crm}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(put && { method: 'PUT', body: JSON.stringify(put) }),
    });
    if (!answer.ok) throw new CannotGoOn(`${path} answers ${answer.status}`);
    return answer.json();
  }

  /** Keys and clicks, from the event to the next frame that is painted, as the browser itself measures it. */
  private async interactions(longCase: string): Promise<Measure[]> {
    const bare = await this.bareInteractions();
    const page = await this.console('/cases/open');
    await observe(page);
    for (let row = 0; row < ROWS * this.scale; row += 1) await page.keyboard.press('j', { delay: 5 });
    for (let one = 0; one < OPENED; one += 1) {
      await page.locator(ROW).nth(one).click();
      await page.locator(CASE).waitFor();
    }
    const walked = await observed(page);
    await page.goto(`${this.system.urls.crm}/console/cases/open/${longCase}`);
    await page.locator(CASE).waitFor();
    await observe(page);
    await page.locator(WORDS).click();
    await page.keyboard.type('Buongiorno, la squadra è già stata avvisata. '.repeat(2).slice(0, LETTERS), { delay: 5 });
    const written = await observed(page);
    await page.context().close();
    const all = [...walked, ...written];
    this.tell(
      `  ${all.length} interactions: p50 ${percentile(all, 0.5)} ms, p98 ${percentile(all, 0.98)} ms, most ${Math.max(...all)} ms`,
    );
    return [
      rate(
        'ui.inp.p98',
        percentile(all, 0.98),
        percentile(bare, 0.98),
        'ms',
        `interaction to next paint of ${all.length} keys and clicks (Event Timing, in steps of 8 ms): walking down a list of ${Math.ceil(CASES * this.scale)} cases, opening them, writing in a case of ${Math.ceil(MESSAGES * this.scale)} messages; beside a field on an empty page; a ratio above 1 is slower`,
      ),
    ];
  }

  private async bareInteractions(): Promise<number[]> {
    const page = await (await this.browser.newContext()).newPage();
    await page.setContent('<!doctype html><title>bare</title><label>Words <textarea></textarea></label>');
    await observe(page);
    await page.locator('textarea').click();
    await page.keyboard.type('Buongiorno, la squadra è già stata avvisata.', { delay: 5 });
    const times = await observed(page);
    await page.context().close();
    return times;
  }

  /** From the moment at which the core says it on the stream to the row on the screen, while many others listen. */
  private async news(): Promise<Measure[]> {
    const listeners = await Promise.all(Array.from({ length: Math.ceil(LISTENERS * this.scale) }, () => this.listen()));
    const said = new Map<string, number>();
    const ear = await this.listen(text => {
      for (const [, id] of text.matchAll(/"case":"([0-9a-f-]{36})"/g))
        if (id && !said.has(id)) said.set(id, Date.now());
    });
    try {
      const page = await this.console('/cases/open');
      await page.evaluate(() => {
        const shown: Record<string, number> = {};
        Object.assign(globalThis, { shown });
        new MutationObserver(() => {
          for (const { id } of document.querySelectorAll('[data-place="list"] [role="option"]'))
            shown[id.slice(-36)] ??= Date.now();
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
      });
      const door = new LoopbackDoor(this.system);
      for (let one = 0; one < NEWS * this.scale; one += 1) {
        await door.deliver([{ mark: randomUUID(), conversation: randomUUID(), place: 0, text: 'Una novità' }]);
        await pause(250);
      }
      await pause(3_000);
      const shown = await page.evaluate(() => (globalThis as unknown as { shown: Record<string, number> }).shown);
      const times = [...said].flatMap(([id, at]) => (shown[id] === undefined ? [] : [shown[id] - at]));
      await page.context().close();
      if (times.length === 0 || times.length < said.size * 0.9)
        throw new CannotGoOn(`${said.size - times.length} of ${said.size} new cases were never shown.`);
      const how = `${times.length} new cases, from the stream’s word (as a listener beside it hears it) to the row on the screen, with ${listeners.length} others who listen`;
      return [{ name: 'ui.event.p95', value: rounded(percentile(times, 0.95)), unit: 'ms', how }];
    } finally {
      for (const listener of [...listeners, ear]) listener.destroy();
    }
  }

  /** From the provider's word that somebody calls to what is shown to who answers. */
  private async calls(): Promise<Measure[]> {
    await this.ask('/api/operators/me/presence', ANSWERS, { status: 'available' });
    const page = await this.console('/cases/office', ANSWERS);
    await page.evaluate(() => {
      const shown: Record<string, number> = {};
      Object.assign(globalThis, { shown });
      new MutationObserver(() => {
        for (const call of document.querySelectorAll('[data-call]')) {
          const [from] = /\+39\d+/.exec(call.textContent ?? '') ?? [];
          if (from !== undefined) shown[from] ??= Date.now();
        }
      }).observe(document.body, { subtree: true, childList: true });
    });
    const door = new PhoneDoor(this.system);
    const rang = new Map<string, number>();
    for (let one = 0; one < Math.max(3, CALLS * this.scale); one += 1) {
      const from = `+3934711${String(one).padStart(5, '0')}`;
      rang.set(from, Date.now());
      if (!(await door.rings(from))) throw new CannotGoOn('A call was not taken in.');
      await pause(700);
    }
    await pause(2_000);
    const shown = await page.evaluate(() => (globalThis as unknown as { shown: Record<string, number> }).shown);
    await page.context().close();
    const times = [...rang].flatMap(([from, at]) => (shown[from] === undefined ? [] : [shown[from] - at]));
    if (times.length < rang.size)
      throw new CannotGoOn(`${rang.size - times.length} of ${rang.size} calls were never shown.`);
    this.tell(`  ${times.length} calls: ${times.join(', ')} ms`);
    return [
      {
        name: 'ui.call.p95',
        value: rounded(percentile(times, 0.95)),
        unit: 'ms',
        how: `${times.length} calls, from the provider’s signed word that one rings to the notice on the screen of who answers`,
      },
    ];
  }

  private listen(heard: (text: string) => void = () => undefined): Promise<IncomingMessage> {
    const token = this.system.operators.find(({ name }) => name === PERSON)?.token ?? '';
    return new Promise((resolve, reject) => {
      get(`${this.system.urls.crm}/api/stream`, { headers: { authorization: `Bearer ${token}` } }, answer => {
        if (answer.statusCode !== 200) return reject(new CannotGoOn(`/api/stream answers ${answer.statusCode ?? 0}`));
        answer.setEncoding('utf8').on('data', heard);
        answer.on('error', () => undefined);
        resolve(answer);
      }).once('error', reject);
    });
  }
}

const kilobytes = (name: string, bytes: number, most: number, what: string): Measure =>
  rate(
    name,
    bytes / 1_000,
    most,
    'kB',
    `script that a browser fetches to show ${what}, as it is sent; beside the most that is meant`,
  );

interface Observing {
  interactions: Map<number, number>;
}

/** Begins to note how long each interaction takes until it is painted. */
const observe = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const interactions = new Map<number, number>();
    Object.assign(globalThis, { interactions });
    new PerformanceObserver(list => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId)
          interactions.set(entry.interactionId, Math.max(entry.duration, interactions.get(entry.interactionId) ?? 0));
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    Object.assign(globalThis, {
      began: (performance as unknown as { interactionCount?: number }).interactionCount ?? 0,
    });
  });

/** Milliseconds of each interaction since; those under 16 are told as 8. */
async function observed(page: Page): Promise<number[]> {
  await pause(500);
  return page.evaluate(() => {
    const { interactions, began } = globalThis as unknown as Observing & { began: number };
    const count = (performance as unknown as { interactionCount?: number }).interactionCount ?? began;
    const slow = [...interactions.values()];
    return [...slow, ...Array.from({ length: Math.max(0, count - began - slow.length) }, () => 8)];
  });
}
