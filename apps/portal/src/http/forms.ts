import { randomUUID } from 'node:crypto';
import type { Schemas } from '@filodiretto/api-client';

/** One question of a form. */
interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}
/** A form, as the forms' service describes it. */
export interface Form {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly fields: readonly FormField[];
  readonly files?: { readonly max: number; readonly maxBytes: number; readonly mediaTypes: readonly string[] };
  readonly privacyNotice?: string;
  readonly token: string;
  /** There when a proof of work is asked of who sends it. */
  readonly challengeUrl?: string;
}
/** One thing to put right: the name of a field, or `files`, and what to do. */
export interface Mistake {
  readonly field: string;
  readonly detail: string;
}
/** What was sent is held, or what its writer must know. */
export type Handed =
  | { readonly code: string }
  | { readonly mistakes: readonly Mistake[] }
  | { readonly refused: 'unknown' | 'too-large' | 'busy' | 'away' };

export interface Upload {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}
export type TrackedCase = Schemas['TrackedCase'];
export type Tracked = TrackedCase | 'too-many' | 'held';
export type OwnData = Schemas['OwnData'];
/** What is asked of what is kept of a citizen, by path. */
interface OwnAsked {
  readonly '': Schemas['ShowOwnData'];
  readonly '/consents': Schemas['DecideOwnConsent'];
  readonly '/requests': Schemas['AskOwnRight'];
  readonly '/cases': Schemas['ClaimOwnCase'];
}
export type Provider = Schemas['CitizenProviderView'];
/** Why nobody was logged in. */
export type NotLoggedIn = 'stale' | 'refused' | 'weak' | 'unusable' | 'too-many';
const PROVIDERS_MS = 30_000;
/** What is kept of a citizen, or why it is not shown. */
export type Own = { readonly data: OwnData } | { readonly refused: 'over' | 'too-many' | 'stale' | 'refused' };

/** The other side does not answer, or not as it should. */
export class Away extends Error {}

/** That the other side does not answer is a word; anything else goes on as it is. */
export function away(error: unknown): 'away' {
  if (error instanceof Away) return 'away';
  throw error;
}

/** The part of a submission that its proof of work stands in. */
const PROOF = 'altcha';
/** Handing in takes no longer than this, in seconds. */
const MARGIN_S = 60;

/** Whether a proof is one that the forms take until it is handed in: one that came too late counts more against its sender than none. */
function isFresh(proof: string | undefined, now = Date.now()): proof is string {
  if (!proof) return false;
  try {
    const said = JSON.parse(Buffer.from(proof, 'base64').toString()) as {
      readonly challenge?: { readonly parameters?: { readonly expiresAt?: number } };
    } | null;
    const until = said?.challenge?.parameters?.expiresAt;
    return typeof until === 'number' && now / 1_000 + MARGIN_S < until;
  } catch {
    return false;
  }
}

const PATIENCE_MS = 15_000;
const SENDING_MS = 60_000;

/** The two doors that these pages know: the forms, where what people write is handed in, and the core, which says what became of it. */
export class Doors {
  private readonly described = new Map<string, Form>();
  private logins: { readonly items: readonly Provider[]; readonly at: number } | undefined;

  constructor(
    private readonly at: {
      readonly core: string;
      readonly forms: string;
      /** Of the core, where it serves several. */
      readonly administration?: string | undefined;
    },
  ) {}

  /**
   * A form with a proof that it was opened; `undefined` when there is none of this id. While the forms do not answer it is as
   * they last described it, so that what people write meanwhile can be kept. Rejects with `Away` before they ever did.
   */
  async form(id: string): Promise<Form | undefined> {
    const before = this.described.get(id);
    const answer = await this.ask(`${this.at.forms}/public/forms/${id}`, {}).catch((error: unknown) => {
      if (error instanceof Away && before) return undefined;
      throw error;
    });
    if (answer?.status === 404) return undefined;
    if (answer?.ok) {
      const form = (await answer.json()) as Form;
      this.described.set(id, form);
      return form;
    }
    if (before) return before;
    throw new Away(`the forms answer ${answer?.status ?? 'nothing'}`);
  }

  /** What a browser has to solve before it sends a form; `undefined` when nothing is asked, or the forms do not answer. */
  async challenge(form: string, client: string): Promise<object | undefined> {
    const answer = await this.ask(`${this.at.forms}/public/forms/${encodeURIComponent(form)}/challenge`, {
      headers: { 'x-forwarded-for': client },
    }).catch(away);
    return answer !== 'away' && answer.ok ? ((await answer.json()) as object) : undefined;
  }

  /** Hands a form in, under the key of this attempt: the same attempt is taken once. */
  submit(
    form: string,
    sent: {
      readonly attempt: string;
      readonly token: string;
      /** What the browser solved, where it could. */
      readonly proof?: string | undefined;
      readonly fields: Readonly<Record<string, string>>;
      readonly files: readonly Upload[];
    },
    client: string,
  ): Promise<Handed> {
    const body = bodyOf(sent.fields, sent.files);
    body.set('token', sent.token);
    if (isFresh(sent.proof)) body.set(PROOF, sent.proof);
    return this.handIn(
      `${this.at.forms}/public/forms/${form}/submissions`,
      body,
      { 'idempotency-key': sent.attempt },
      client,
    );
  }

  /** Hands in what goes on with what a code was given for. */
  reply(
    code: string,
    sent: { readonly attempt: string; readonly text: string; readonly files: readonly Upload[] },
    client: string,
  ): Promise<Handed> {
    const headers = { 'idempotency-key': sent.attempt, 'tracking-code': code };
    return this.handIn(`${this.at.forms}/public/replies`, bodyOf({ testo: sent.text }, sent.files), headers, client);
  }

  /**
   * The case of a code, and of a number when one is said; `held` when what was sent is no case yet, `undefined` when there is none. Rejects
   * with `Away`.
   */
  async track(code: string, number: string | undefined, client: string): Promise<Tracked | undefined> {
    const answer = await this.ask(`${this.at.core}/public/tracked-cases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': client },
      body: JSON.stringify({ code, ...(number ? { number } : {}) }),
    });
    if (answer.status === 404) return (await this.isHeld(code, client)) ? 'held' : undefined;
    if (answer.status === 422) return undefined;
    if (answer.status === 429) return 'too-many';
    if (!answer.ok) throw new Away(`the core answers ${answer.status}`);
    return (await answer.json()) as TrackedCase;
  }

  /** Whether the forms gave this code for something that a person still looks at: it has no number yet. */
  private async isHeld(code: string, client: string): Promise<boolean> {
    const answer = await this.ask(`${this.at.forms}/public/submissions/${encodeURIComponent(code)}`, {
      headers: { 'x-forwarded-for': client },
    }).catch((error: unknown) => {
      // That there is no case is known all the same.
      if (error instanceof Away) return undefined;
      throw error;
    });
    if (!answer?.ok) return false;
    return ((await answer.json()) as { caseNumber?: string }).caseNumber === undefined;
  }

  /** Rates the service of the case of a code; `over` when it can no longer be rated. Rejects with `Away`. */
  async rate(code: string, said: Omit<Schemas['RateService'], 'code'>, client: string): Promise<'rated' | 'over'> {
    const answer = await this.ask(`${this.at.core}/public/ratings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': client },
      body: JSON.stringify({ ...said, code }),
    });
    if (answer.ok) return 'rated';
    if (answer.status === 404 || answer.status === 409) return 'over';
    throw new Away(`the core answers ${answer.status}`);
  }

  /** Has a one-time code sent to an address; `none`: none are sent from here. Rejects with `Away`. */
  async askOwnCode(
    said: Omit<Schemas['AskOwnDataCode'], 'administration'>,
    client: string,
  ): Promise<'sent' | 'too-many' | 'none'> {
    const { administration } = this.at;
    const answer = await this.post(
      '/public/own-data/codes',
      { ...said, ...(administration ? { administration } : {}) },
      client,
    );
    if (answer.ok) return 'sent';
    if (answer.status === 429) return 'too-many';
    if (answer.status === 404) return 'none';
    throw new Away(`the core answers ${answer.status}`);
  }

  /** Spends a one-time code; `undefined`: it is not good, or no longer. Rejects with `Away`. */
  async openOwn(code: string, client: string): Promise<Schemas['OwnDataSession'] | 'too-many' | undefined> {
    const answer = await this.post('/public/own-data/sessions', { code }, client);
    if (answer.ok) return (await answer.json()) as Schemas['OwnDataSession'];
    if (answer.status === 429) return 'too-many';
    if (answer.status === 404 || answer.status === 422) return undefined;
    throw new Away(`the core answers ${answer.status}`);
  }

  /** What is kept of who a session is of, after what they do. Rejects with `Away`. */
  async own<Path extends keyof OwnAsked>(path: Path, said: OwnAsked[Path], client: string): Promise<Own> {
    const answer = await this.post(`/public/own-data${path}`, said, client);
    if (answer.ok) return { data: (await answer.json()) as OwnData };
    const why: Readonly<Record<number, 'over' | 'too-many' | 'stale' | 'refused'>> = {
      404: 'over',
      429: 'too-many',
      412: 'stale',
      409: 'refused',
      422: 'refused',
    };
    const refused = why[answer.status];
    if (refused) return { refused };
    throw new Away(`the core answers ${answer.status}`);
  }

  /** Ends a session; gives where to log out of the provider too, where there is one. Rejects with `Away`. */
  async endOwn(session: string, client: string): Promise<string | undefined> {
    const answer = await this.post('/public/own-data/sessions/end', { session }, client);
    if (!answer.ok) throw new Away(`the core answers ${answer.status}`);
    return ((await answer.json()) as Schemas['OwnDataEnded']).leave;
  }

  /** Where citizens log in; while the core is away, what it last said, or nothing. */
  async providers(): Promise<readonly Provider[]> {
    const { logins } = this;
    if (logins && Date.now() - logins.at < PROVIDERS_MS) return logins.items;
    try {
      const answer = await this.ask(`${this.at.core}/public/own-data/providers`, {}, 3_000);
      if (!answer.ok) return logins?.items ?? [];
      const { items } = (await answer.json()) as Schemas['CitizenProviderList'];
      this.logins = { items, at: Date.now() };
      return items;
    } catch (error) {
      if (error instanceof Away) return logins?.items ?? [];
      throw error;
    }
  }

  /** Begins a login; `undefined`: there is no such provider. Rejects with `Away`, also when the provider is away. */
  async beginLogin(provider: string, client: string): Promise<Schemas['CitizenLoginBegun'] | 'too-many' | undefined> {
    const { administration } = this.at;
    const answer = await this.post(
      '/public/own-data/logins',
      { provider, ...(administration ? { administration } : {}) },
      client,
    );
    if (answer.ok) return (await answer.json()) as Schemas['CitizenLoginBegun'];
    if (answer.status === 429) return 'too-many';
    if (answer.status === 404 || answer.status === 422) return undefined;
    throw new Away(`the core answers ${answer.status}`);
  }

  /** Ends a login by what the provider sent back. Rejects with `Away`. */
  async endLogin(login: string, query: string, client: string): Promise<Schemas['OwnDataSession'] | NotLoggedIn> {
    const answer = await this.post('/public/own-data/logins/end', { login, query }, client);
    if (answer.ok) return (await answer.json()) as Schemas['OwnDataSession'];
    if (answer.status === 429) return 'too-many';
    if (answer.status === 404 || answer.status === 422) return 'stale';
    const { type } = (await answer.json().catch(() => ({}))) as { readonly type?: string };
    const why: Readonly<Record<string, NotLoggedIn>> = {
      '/problems/login-refused': 'refused',
      '/problems/login-too-weak': 'weak',
      '/problems/login-not-usable': 'unusable',
    };
    const not = why[type ?? ''];
    if (not) return not;
    throw new Away(`the core answers ${answer.status}`);
  }

  /** What of the two does not answer; the pages go on, and say so to whoever asks for more. */
  async trouble(): Promise<string | undefined> {
    for (const url of [this.at.core, this.at.forms])
      try {
        const answer = await this.ask(`${url}/health/live`, {}, 3_000);
        if (!answer.ok) return `${url} answers ${answer.status}`;
      } catch (error) {
        if (error instanceof Away) return `${url}: ${error.message}`;
        throw error;
      }
    return undefined;
  }

  private post(path: string, body: object, client: string): Promise<Response> {
    return this.ask(`${this.at.core}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': client },
      body: JSON.stringify(body),
    });
  }

  private async handIn(url: string, body: FormData, headers: Record<string, string>, client: string): Promise<Handed> {
    const answer = await this.ask(
      url,
      { method: 'POST', headers: { ...headers, 'x-forwarded-for': client }, body },
      SENDING_MS,
    ).catch((error: unknown) => {
      if (error instanceof Away) return undefined;
      throw error;
    });
    if (!answer) return { refused: 'away' };
    const said = (await answer.json().catch(() => ({}))) as {
      trackingCode?: string;
      type?: string;
      errors?: readonly { pointer: string; detail: string }[];
    };
    if (answer.status === 201 && said.trackingCode) return { code: said.trackingCode };
    if (answer.status === 422 && said.errors)
      return {
        mistakes: said.errors.map(({ pointer, detail }) => ({
          field: pointer.startsWith('/files') ? 'files' : pointer.replace('/fields/', ''),
          detail,
        })),
      };
    // What was taken under this key had other words: these were never handed in. The proof was that one's.
    if (said.type === '/problems/idempotency-mismatch') {
      body.delete(PROOF);
      return this.handIn(url, body, { ...headers, 'idempotency-key': randomUUID() }, client);
    }
    const refusals: Readonly<Record<number, 'unknown' | 'too-large' | 'busy'>> = {
      404: 'unknown',
      413: 'too-large',
      429: 'busy',
    };
    return { refused: refusals[answer.status] ?? 'away' };
  }

  private async ask(url: string, init: RequestInit, patience = PATIENCE_MS): Promise<Response> {
    try {
      return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patience) });
    } catch (error) {
      throw new Away(error instanceof Error ? error.message : 'nobody answers', { cause: error });
    }
  }
}

function bodyOf(fields: Readonly<Record<string, string>>, files: readonly Upload[]): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== '') body.set(name, value);
  for (const { filename, mediaType, bytes } of files)
    body.append('files', new Blob([Uint8Array.from(bytes)], { type: mediaType }), filename);
  return body;
}
