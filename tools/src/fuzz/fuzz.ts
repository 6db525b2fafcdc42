import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { Arbitraries, NAUGHTY } from './arbitraries.js';
import { ApiDocument, type Operation } from './document.js';
import { JSON_BOMBS, textFields, withText } from './fields.js';

/** Who asks: a name for the report, and the token; without one, nobody. */
export interface Asker {
  readonly name: string;
  readonly token?: string;
}

interface Finding {
  readonly operation: string;
  readonly as: string;
  readonly status: number;
  readonly why: 'fault' | 'undescribed' | 'not_a_problem' | 'not_its_schema' | 'talks' | 'unanswered';
  readonly detail: string;
  /** The request, shortened. */
  readonly asked: string;
}

export interface FuzzReport {
  readonly seed: number;
  readonly operations: number;
  readonly requests: number;
  /** How many answers of each hundred: 2, 4, 5. */
  readonly answers: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** What an answer must never tell of the inside. */
const TALKS =
  /\bat \S+ \(.+:\d+:\d+\)|node_modules|QueryFailedError|\b(select|insert|update|delete)\b[^"]{0,80}\b(from|into|set)\b[^"]{0,40}\b(case_file|operator|message|contact)\b|\/(src|dist)\/\S+\.[jt]s/i;
const UUID = /"(?:id|[a-z]+)":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g;
const LONGEST_MS = 20_000;
/** Of a body, in bytes: what is longer is not read. */
const MOST_READ = 2_000_000;
const MOST_IDS = 400;
/** What is longer in an address is refused before the API sees it. */
const LONGEST_WORD = 300;
/** How likely each place of a request is something else than described, from round to round. */
const STRANGENESS = [0, 0.05, 0.3];

/**
 * Asks every operation that the API's description has, as several people, with what it describes and with what it does not.
 * Nothing may fault, answer with what is not described, or tell of the inside. The same seed asks the same, as far as ids allow.
 */
export async function fuzz(
  url: string,
  {
    askers,
    rounds,
    seed,
    skip = [],
  }: {
    readonly askers: readonly Asker[];
    readonly rounds: number;
    readonly seed: number;
    readonly skip?: readonly string[];
  },
): Promise<FuzzReport> {
  const api = new ApiDocument();
  const run = new Run(url, api);
  const operations = api.operations.filter(({ id, answers }) => !skip.includes(id) && !isStream(answers));
  // What there is, so that what is asked for afterwards may be there.
  for (const operation of operations)
    if (operation.method === 'GET' && !operation.path.includes('{'))
      for (const asker of askers) await run.ask(operation, asker, 0, seed);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, operation] of operations.entries()) {
      const asker = askers[(index + round) % askers.length] ?? { name: 'nobody' };
      const strange = STRANGENESS[round % STRANGENESS.length] ?? 0;
      await run.ask(operation, asker, strange, seed + round * 1_000 + index);
    }
  return run.report(seed, operations.length);
}

/** What was asked when texts were put into every field. */
export interface NaughtyReport extends FuzzReport {
  /** Places in which a text was put, of all bodies together. */
  readonly fields: number;
  readonly texts: number;
  readonly bombs: number;
}

const AT_ONCE = 6;

/**
 * Puts texts that programs trip over into every text field of everything that is sent, one at a time and all else as described,
 * and sends each operation that reads JSON all bodies that are larger to read than to send. `each`: how many of the texts a field
 * is given, taken in turn so that all of them come up; unless told, all.
 */
export async function naughty(
  url: string,
  {
    askers,
    seed,
    each = NAUGHTY.length,
  }: { readonly askers: readonly Asker[]; readonly seed: number; readonly each?: number },
): Promise<NaughtyReport> {
  const api = new ApiDocument();
  const run = new Run(url, api);
  for (const operation of api.operations)
    if (operation.method === 'GET' && !operation.path.includes('{') && !isStream(operation.answers))
      for (const asker of askers) await run.ask(operation, asker, 0, seed);
  const asks: ((turn: number) => Promise<void>)[] = [];
  let fields = 0;
  let bombs = 0;
  const askerOf = (turn: number): Asker => askers[turn % askers.length] ?? { name: 'nobody' };
  for (const operation of api.operations)
    for (const [type, { schema }] of Object.entries(operation.body)) {
      if (schema === undefined) continue;
      const isJson = type.includes('json');
      const places = isJson ? textFields(api, schema) : [[]];
      for (const place of places) {
        const first = fields;
        fields += 1;
        for (let count = 0; count < each; count += 1) {
          const text = NAUGHTY[(first + count) % NAUGHTY.length] ?? '';
          const change = (value: unknown): string | FormData =>
            isJson
              ? JSON.stringify(withText(value, place, text))
              : type.startsWith('multipart')
                ? formOf(value, text)
                : text;
          asks.push(turn => run.ask(operation, askerOf(turn), 0, seed + turn, change));
        }
      }
      if (!isJson) continue;
      for (const bomb of Object.values(JSON_BOMBS)) {
        bombs += 1;
        asks.push(turn => run.ask(operation, askerOf(turn), 0, seed + turn, () => bomb, true));
      }
    }
  for (let at = 0; at < asks.length; at += AT_ONCE)
    await Promise.all(asks.slice(at, at + AT_ONCE).map((ask, index) => ask(at + index)));
  return { ...run.report(seed, api.operations.length), fields, texts: NAUGHTY.length, bombs };
}

const isStream = (answers: Operation['answers']): boolean =>
  Object.values(answers).some(({ content }) => content && 'text/event-stream' in content);

class Run {
  private readonly ids = new Set<string>();
  /** Ids of what a collection has, by its path. */
  private readonly of = new Map<string, Set<string>>();
  private readonly found: Finding[] = [];
  private readonly answers: Record<string, number> = {};
  private requests = 0;
  private readonly arbitraries: Arbitraries;
  private readonly schemas: Ajv2020;

  constructor(
    private readonly url: string,
    api: ApiDocument,
  ) {
    this.arbitraries = new Arbitraries(api, { ids: () => [...this.ids] });
    this.schemas = new Ajv2020({ strict: false, validateFormats: false });
    this.schemas.addSchema({ $id: 'api', components: { schemas: api.schemas } });
  }

  report(seed: number, operations: number): FuzzReport {
    return { seed, operations, requests: this.requests, answers: this.answers, findings: this.found };
  }

  /** `change`: what is sent instead of what the description has. `bomb`: it may be refused before any operation sees it. */
  async ask(
    operation: Operation,
    asker: Asker,
    strange: number,
    seed: number,
    change?: (value: unknown) => string | FormData,
    bomb = false,
  ): Promise<void> {
    const request = this.requestOf(operation, strange, seed, change);
    this.requests += 1;
    const found = (why: Finding['why'], status: number, detail: string): void => {
      this.found.push({
        operation: operation.id,
        as: asker.name,
        status,
        why,
        detail: detail.slice(0, 300),
        asked: `${operation.method} ${request.path} ${typeof request.body === 'string' ? request.body : ''}`.slice(
          0,
          500,
        ),
      });
    };
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${this.url}${request.path}`, {
        method: operation.method,
        headers: {
          ...request.headers,
          ...(asker.token === undefined ? {} : { authorization: `Bearer ${asker.token}` }),
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      text = await answer.text();
    } catch (error) {
      // A header that no client may send never leaves: that is no answer of the API.
      const words = String(error);
      if (/TypeError.*(ByteString|header)/i.test(words)) return;
      // What is far too large is refused while it is still being sent.
      const sent = typeof request.body === 'string' ? request.body.length : 0;
      if (bomb && /fetch failed/.test(words) && sent > MOST_READ) return;
      found('unanswered', 0, words);
      return;
    }
    const { status } = answer;
    const hundred = `${Math.floor(status / 100)}xx`;
    this.answers[hundred] = (this.answers[hundred] ?? 0) + 1;
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (status >= 500) found('fault', status, text);
    if (status >= 400 && TALKS.test(text)) found('talks', status, text);
    if (!(String(status) in operation.answers) && !(bomb && [400, 413].includes(status)))
      found('undescribed', status, text);
    if (status >= 400) {
      const why = notAProblem(status, type, text);
      if (why !== undefined) found('not_a_problem', status, `${why}: ${text}`);
    } else {
      const isFile = answer.headers.has('content-disposition');
      const why = isFile ? undefined : this.strayed(operation, status, type, text);
      if (why !== undefined) found('not_its_schema', status, why);
      this.remember(operation, text);
    }
  }

  private remember({ path }: Operation, text: string): void {
    for (const [whole, id = ''] of text.matchAll(UUID)) {
      if (this.ids.size < MOST_IDS) this.ids.add(id);
      if (!whole.startsWith('"id"') || path.includes('{')) continue;
      const kept = this.of.get(path) ?? new Set();
      if (kept.size < MOST_IDS) this.of.set(path, kept.add(id));
    }
  }

  private requestOf(
    { path, parameters, body }: Operation,
    strange: number,
    seed: number,
    change?: (value: unknown) => string | FormData,
  ): { readonly path: string; readonly headers: Record<string, string>; readonly body?: string | FormData } {
    let turn = 0;
    const one = (arbitrary: fc.Arbitrary<unknown>): unknown =>
      fc.sample(arbitrary, { numRuns: 1, seed: seed + (turn += 7_919) })[0];
    const word = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
    const headers: Record<string, string> = {};
    const query = new URLSearchParams();
    let filled = path;
    for (const parameter of parameters) {
      if (parameter.in !== 'path' && parameter.required !== true && one(fc.integer({ min: 0, max: 2 })) === 0) continue;
      const there = [...(this.of.get(path.slice(0, path.indexOf(`/{${parameter.name}}`))) ?? [])];
      const likely = parameter.in === 'path' && there.length > 0 && one(fc.integer({ min: 0, max: 9 })) !== 0;
      const arbitrary = likely ? fc.constantFrom(...there) : this.arbitraries.of(parameter.schema, strange);
      const value = word(one(arbitrary)).slice(0, LONGEST_WORD);
      if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encoded(value) || '%20');
      else if (parameter.in === 'query') query.append(parameter.name, wellFormed(value));
      else headers[parameter.name.toLowerCase()] = parameter.name === 'If-Match' && strange === 0 ? '"1"' : value;
    }
    const asked = query.size === 0 ? filled : `${filled}?${query.toString()}`;
    const [type, said] = Object.entries(body)[0] ?? [];
    if (type === undefined || said?.schema === undefined) return { path: asked, headers };
    const value = one(this.arbitraries.of(said.schema, strange));
    if (change) {
      const body = change(value);
      if (typeof body === 'string') headers['content-type'] = type;
      return { path: asked, headers, body: typeof body === 'string' ? wellFormed(body) : body };
    }
    if (type === 'multipart/form-data') return { path: asked, headers, body: formOf(value) };
    headers['content-type'] = type;
    return {
      path: asked,
      headers,
      body: type.includes('json') ? (JSON.stringify(value) ?? 'null') : wellFormed(word(value)),
    };
  }

  private strayed({ answers }: Operation, status: number, type: string, text: string): string | undefined {
    const schema = answers[String(status)]?.content?.[type]?.schema;
    if (type !== 'application/json' || schema === undefined) return undefined;
    const check = this.schemas.compile(absolute(schema));
    return check(JSON.parse(text)) ? undefined : this.schemas.errorsText(check.errors);
  }
}

/** Halves of characters cannot be sent. */
const wellFormed = (value: string): string => Buffer.from(value).toString();
const encoded = (value: string): string => encodeURIComponent(wellFormed(value));

/** References of a part of the document, from outside it. */
const absolute = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as object;

function formOf(value: unknown, filename = 'nota.txt'): FormData {
  const form = new FormData();
  for (const [name, one] of Object.entries(typeof value === 'object' && value !== null ? value : {}))
    if (name === 'file') form.append(name, new Blob([String(one)]), wellFormed(filename));
    else form.append(name, wellFormed(String(one)));
  return form;
}

/** Why an answer is no problem of RFC 9457 with its status; `undefined`: it is one. */
function notAProblem(status: number, type: string, text: string): string | undefined {
  if (type !== 'application/problem+json') return `is ${type === '' ? 'of no type' : type}`;
  try {
    const problem = JSON.parse(text) as Record<string, unknown>;
    if (problem.status !== status) return `says ${String(problem.status)}`;
    return typeof problem.type === 'string' && typeof problem.title === 'string' ? undefined : 'has no type or title';
  } catch {
    return 'is no JSON';
  }
}
