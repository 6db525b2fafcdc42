import { randomUUID } from 'node:crypto';
import type { CaseView, CaseSummary, MessageView, ParkedPage } from '@filodiretto/contracts';
import type { CitizenSide, Line, PhoneCall } from '../demo/page/model.js';
import type { Operator } from '../system/operators.js';
import type { Urls } from '../system/system.js';
import { pause } from '../runtime/program.js';

interface Running {
  readonly urls: Urls;
  readonly operators: readonly Operator[];
}

/** The system that `npm test` brought up, or the one whose `npm start -- --json` line is in FILODIRETTO_SYSTEM. */
export const running = (): Running => {
  const line = process.env.FILODIRETTO_SYSTEM;
  if (!line)
    throw new Error(
      'FILODIRETTO_SYSTEM is missing: run the journeys by npm test, or put the line of npm start -- --json in it',
    );
  return JSON.parse(line) as Running;
};

const WAIT_SECONDS = 20;

/** The first value that is not `undefined`, looked for again and again; rejects, naming what did not happen. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const until = Date.now() + WAIT_SECONDS * 1_000; Date.now() < until; await pause(100)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`within ${WAIT_SECONDS} seconds it did not happen that ${what}`);
}

/** An operator at the API. */
export class Desk {
  constructor(private readonly token = running().operators[0]?.token ?? '') {}

  async ask<T>(
    path: string,
    options: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<T> {
    const response = await fetch(`${running().urls.crm}/api${path}`, {
      method: options.method ?? 'GET',
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${options.method ?? 'GET'} ${path} answers ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  /** The newest case of a channel that says these words, once it is there. */
  async caseSaying(words: string, channel: string): Promise<CaseView> {
    const query = new URLSearchParams({ channel, text: words, limit: '1' });
    const found = await eventually(`a case of ${channel} says «${words}»`, async () => {
      const { items } = await this.ask<{ items: CaseSummary[] }>(`/cases?${query.toString()}`);
      return items[0];
    });
    return this.case(found.id);
  }

  /** The newest case of a channel, once there is one. */
  async newestCase(channel: string): Promise<CaseView> {
    const found = await eventually(`there is a case of ${channel}`, async () => {
      const { items } = await this.ask<{ items: CaseSummary[] }>(`/cases?channel=${channel}&limit=1`);
      return items[0];
    });
    return this.case(found.id);
  }

  case(id: string): Promise<CaseView> {
    return this.ask(`/cases/${id}`);
  }

  /** The case, once it is as asked. */
  caseWhen(id: string, what: string, fits: (view: CaseView) => boolean): Promise<CaseView> {
    return eventually(what, async () => {
      const view = await this.case(id);
      return fits(view) ? view : undefined;
    });
  }

  reply(caseId: string, text: string, more: Readonly<Record<string, unknown>> = {}): Promise<MessageView> {
    return this.ask(`/cases/${caseId}/replies`, {
      method: 'POST',
      body: { text, ...more },
      headers: { 'idempotency-key': randomUUID() },
    });
  }

  parked(): Promise<ParkedPage> {
    return this.ask('/parked-items');
  }
}

export const messagesOf = (view: CaseView): MessageView[] => view.timeline.flatMap(entry => entry.message ?? []);

export const textOf = (message: MessageView): string =>
  message.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');

/** A citizen of the page. */
export class CitizenAt {
  constructor(private readonly id: string) {}

  async act(action: string, body: Readonly<Record<string, string>> = {}): Promise<CitizenSide> {
    const response = await fetch(`${running().urls.citizen}/api/citizens/${this.id}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action} answers ${response.status}: ${text}`);
    return JSON.parse(text) as CitizenSide;
  }

  async sees(): Promise<CitizenSide> {
    return (await (await fetch(`${running().urls.citizen}/api/citizens/${this.id}`)).json()) as CitizenSide;
  }

  /** The citizen's call, once it is as asked. */
  callWhen(what: string, fits: (call: PhoneCall) => boolean): Promise<PhoneCall> {
    return eventually(what, async () => {
      const { call } = await this.sees();
      return call && fits(call) ? call : undefined;
    });
  }

  /** What the administration said that fits, once it is there. */
  hears(where: Exclude<keyof CitizenSide, 'call'>, words: string): Promise<Line> {
    return eventually(`the citizen reads «${words}» (${where})`, async () => {
      const side = await this.sees();
      return side[where].find(
        line => line.by === 'administration' && (line.text.includes(words) || (line.subject ?? '').includes(words)),
      );
    });
  }
}

/** Words that no other test says. */
export const marked = (words: string): string => `${words} ${randomUUID().slice(0, 8)}`;

/** Tells a double of a provider something, as JSON; gives what it answers. Throws when it refuses. */
export const told = async (url: string, body: object): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};
