/** What this needs of a browser's page: no library is asked for here. */
interface Page {
  route(url: string, handler: (route: Route) => Promise<void>): Promise<unknown>;
  goto(url: string, options: { waitUntil: 'load'; timeout: number }): Promise<unknown>;
  waitForTimeout(ms: number): Promise<void>;
  frames(): Frame[];
  close(): Promise<void>;
}
interface Frame {
  name(): string;
  parentFrame(): Frame | null;
  evaluate<T>(script: string): Promise<T>;
}
interface Route {
  request(): { url(): string; frame(): Frame };
  fulfill(answer: { status: number; headers: Record<string, string>; body: string }): Promise<void>;
  abort(): Promise<void>;
}

export interface Shown {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Outcome {
  /** Whether something that was written by a person ran. */
  readonly ran: boolean;
  /** What the page asked of the network. */
  readonly asked: readonly string[];
}

const AT_ONCE = 40;
const ADDRESS = 'https://page.invalid/';
const SETTLES_MS = 300;
/** Touches everything that can be touched. */
const TOUCH = `for (const one of document.querySelectorAll('*')) for (const type of ['pointerenter','pointerover','pointerdown','mouseenter','mouseover','focus','click','input','submit','toggle'])
  try { if (type === 'click') one.click?.(); else if (type === 'focus') one.focus?.(); else if (one.tagName !== 'FORM') one.dispatchEvent(new Event(type, { bubbles: true, cancelable: true })); } catch {}`;

/**
 * Shows each HTML in a real browser as if a server had answered it, in a frame of its own, touches all of it, and tells what
 * happened, in the order given. Nothing leaves the machine.
 */
export async function showAll(newPage: () => Promise<Page>, shown: readonly Shown[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < shown.length; at += AT_ONCE)
    outcomes.push(...(await showSome(newPage, shown.slice(at, at + AT_ONCE))));
  return outcomes;
}

async function showSome(newPage: () => Promise<Page>, shown: readonly Shown[]): Promise<Outcome[]> {
  const page = await newPage();
  const outcomes = shown.map(() => ({ ran: false, asked: [] as string[] }));
  const documents = new Map(shown.map((one, index) => [`${ADDRESS}${index}`, one]));
  const host = shown.map((_, index) => `<iframe name="${index}" src="${ADDRESS}${index}"></iframe>`).join('');
  try {
    await page.route('**/*', async route => {
      const url = route.request().url();
      const document = url === ADDRESS ? { html: host } : documents.get(url);
      if (document) {
        const headers = { 'content-type': 'text/html; charset=utf-8', ...document.headers };
        return route.fulfill({ status: 200, headers, body: document.html });
      }
      // What a name without an address leads to is the page's own: it is no call to others.
      if (!url.startsWith(ADDRESS)) outcomes[indexOf(route.request().frame())]?.asked.push(url);
      return route.abort();
    });
    await page.goto(ADDRESS, { waitUntil: 'load', timeout: 10_000 }).catch(() => undefined);
    await page.waitForTimeout(SETTLES_MS);
    await Promise.all(page.frames().map(frame => inTime(frame.evaluate(TOUCH))));
    await page.waitForTimeout(SETTLES_MS);
    for (const frame of page.frames()) {
      const mark = await inTime(frame.evaluate<unknown>('self.ran'));
      const outcome = outcomes[indexOf(frame)];
      if (outcome && mark === 1) outcome.ran = true;
    }
    return outcomes;
  } finally {
    await page.close();
  }
}

/** Of the frame right below the page that holds this one. */
function indexOf(frame: Frame): number {
  let one = frame;
  for (let above = one.parentFrame(); above?.parentFrame(); above = one.parentFrame()) one = above;
  return one.parentFrame() ? Number(one.name()) : -1;
}

/** A frame that went away, or that does not answer, says nothing. */
const inTime = <T>(asked: Promise<T>): Promise<T | undefined> =>
  Promise.race([
    asked.catch(() => undefined),
    new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), 1_000)),
  ]);
