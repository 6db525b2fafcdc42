import type { CasePage, CaseSummary, CaseView, MessageView, ParkedPage, ParkedView } from '@filodiretto/contracts';

/** The core's API, as an operator uses it. */
export class Core {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return (await this.call('GET', path)) as T;
  }
  async post<T>(path: string, body: object, headers: Record<string, string> = {}): Promise<T> {
    return (await this.call('POST', path, body, headers)) as T;
  }

  /** `seen` is the version of what is changed, where it has one. */
  async put<T>(path: string, body: object, seen?: number): Promise<T> {
    return (await this.call('PUT', path, body, seen === undefined ? {} : { 'if-match': `"${seen}"` })) as T;
  }

  async patch<T>(path: string, body: object, seen: number): Promise<T> {
    return (await this.call('PATCH', path, body, { 'if-match': `"${seen}"` })) as T;
  }

  async delete(path: string): Promise<void> {
    await this.call('DELETE', path);
  }

  /** All cases opened since an instant, newest first. */
  async cases(since: string): Promise<CaseSummary[]> {
    const found: CaseSummary[] = [];
    let after: string | undefined;
    do {
      const page: CasePage = await this.get(
        `/api/cases?limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      );
      found.push(...page.items.filter(one => one.openedAt >= since));
      after =
        page.items.at(-1)?.openedAt !== undefined && (page.items.at(-1)?.openedAt ?? '') >= since
          ? page.next
          : undefined;
    } while (after);
    return found;
  }
  case(id: string): Promise<CaseView> {
    return this.get(`/api/cases/${id}`);
  }
  /** Everything that waits for a person. */
  async parked(): Promise<ParkedView[]> {
    const found: ParkedView[] = [];
    let after: string | undefined;
    do {
      const page: ParkedPage = await this.get(
        `/api/parked-items?limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      );
      found.push(...page.items);
      after = page.next;
    } while (after);
    return found;
  }
  /** The original of something, byte for byte. */
  async original(href: string): Promise<string> {
    const answer = await fetch(new URL(href, this.url), { headers: { authorization: `Bearer ${this.token}` } });
    if (!answer.ok) throw new Error(`${href} answers ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer()).toString('latin1');
  }

  private async call(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status} ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** The messages of a case, oldest first. */
export const messagesOf = (view: CaseView): MessageView[] =>
  view.timeline.flatMap(entry => (entry.message ? [entry.message] : []));

/** The words of a message. */
export const wordsOf = (message: MessageView): string =>
  message.content
    .map(part => (part.type === 'text' ? part.text : part.type === 'form' ? JSON.stringify(part.fields) : ''))
    .join('\n');
