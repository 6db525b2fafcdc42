import { createHash } from 'node:crypto';
import type { Outbound } from '@filodiretto/contracts';
import type { Host } from '@filodiretto/channel-kit';
import type { Announcement } from './announcement.js';
import { Answering } from './call/answering.js';
import type { Asked, Desk, Outcome, Route, Routes } from './call/asked.js';
import { Calls } from './call/calls.js';
import { Incoming } from './call/incoming.js';
import { News } from './call/news.js';
import { Outgoing, type NewDial } from './call/outgoing.js';
import { contentOf, REVISION_EPOCH, type CallState } from './call/state.js';
import { EMPTY, FALLBACK } from './call/twiml.js';
import { isAnswered } from './flow/reach.js';
import { ANSWERS_KEPT } from './limits.js';
import { Hunt } from './line/hunt.js';
import { Line } from './line/line.js';
import { Operators } from './line/operators.js';
import { OneByOne } from './one-by-one.js';
import type { Provider } from './provider.js';
import type { Road } from './road.js';
import type { PhoneSettings } from './settings.js';

const FORM = 'application/x-www-form-urlencoded';
const now = (): Date => new Date();

/** Calls: each request goes one step along the flow, is kept and published, and only then answered. */
export class Voice {
  private readonly desk: Desk;
  private readonly outgoing: Outgoing;
  private readonly routes: Routes;
  private readonly requests = new OneByOne();

  constructor(
    private readonly config: PhoneSettings,
    private readonly host: Host,
    provider: Provider,
    road: Road,
    announcement: Announcement,
  ) {
    const flow = config.phoneFlow;
    const queues = flow.steps.filter(step => step.type === 'queue');
    const numbers = new Map(queues.map(step => [step.queue ?? step.id, step.operators ?? config.phoneOperators]));
    const line = new Line(host.state, now);
    const operators = new Operators(numbers, now);
    const hunt = new Hunt({
      provider,
      log: host.log,
      road,
      line,
      operators,
      from: this.numberOf(''),
      isOpen: queue => isAnswered(flow, queue, now()),
      now,
    });
    this.desk = { config, road, announcement, calls: new Calls(host.state), line, hunt, operators };
    this.outgoing = new Outgoing(this.desk, provider, account => this.numberOf(account));
    this.routes = {
      ...new Incoming(this.desk).routes,
      ...new News(this.desk).routes,
      ...new Answering(this.desk).routes,
      ...this.outgoing.routes,
    };
  }

  start(): void {
    this.desk.hunt.start();
  }
  stop(): void {
    this.desk.hunt.stop();
  }
  serves(path: string): boolean {
    return Object.hasOwn(this.routes, path);
  }
  fallback(): Response {
    return spokenBy(FALLBACK);
  }
  /** Calls a citizen from a case; the operator is joined when they answer. Gives the provider's id. */
  dial(order: Outbound, to: NewDial): Promise<string> {
    return this.outgoing.dial(order, to);
  }

  /** Answers within the time that a caller bears; later, 503: the provider asks again, or says the fallback. */
  async answer(asked: Asked): Promise<Response> {
    const worked = this.take(asked);
    // A fault after the time is over is still a fault of the house, and is told as one.
    worked.catch((error: unknown) =>
      this.host.log.warn({ err: error, path: asked.path }, 'a step of a call could not be held'),
    );
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<undefined>(resolve => {
        timer = setTimeout(() => resolve(undefined), this.config.phoneAnswerWithinMs);
      });
      const document = await Promise.race([worked, late]);
      if (document === undefined)
        return new Response('the step could not be held in time', { status: 503, headers: { 'retry-after': '1' } });
      return spokenBy(document);
    } finally {
      clearTimeout(timer);
    }
  }

  private async take(asked: Asked): Promise<string> {
    const route = this.routes[asked.path];
    if (!route) throw new Error(`nothing answers at ${asked.path}`);
    if ('answerOperator' in route) return this.takeOperators(asked, await route.answerOperator(asked));
    const sid = await route.call(asked);
    if (!sid) return this.takeOperators(asked, { document: EMPTY });
    return this.requests.run(sid, () => this.takeCalls(asked, sid, route));
  }

  /** What is about an operator's leg only is kept, and is no fact of anybody's matter. */
  private async takeOperators(asked: Asked, { document }: Outcome): Promise<string> {
    await this.host.receive(asked.raw, {
      account: this.numberOf(asked.form.get('From') ?? ''),
      mediaType: FORM,
      about: { path: asked.path },
    });
    return document;
  }

  /** The answer is remembered with what the core is told, then told: a request repeated after any fault gets both again. */
  private async takeCalls(asked: Asked, sid: string, route: Route): Promise<string> {
    const { calls } = this.desk;
    const before = await calls.find(sid);
    const call = before ?? this.begun(asked, sid, now());
    const request = requestOf(asked);
    const given = call.answers.find(one => one.request === request);
    const outcome = given ?? (await route.answer(asked, call, now()));
    const after = given ? call : remembered(outcome, call, request);
    if (!given) await calls.save(after);
    await this.host.receive(asked.raw, {
      account: call.account,
      mediaType: FORM,
      about: {
        ...Object.fromEntries(asked.query),
        ...outcome.about,
        ...toldOf(after),
        path: asked.path,
        ...(given || after.order || !after.held || after.revision !== call.revision ? shownOf(after) : {}),
        ...(after.held ? {} : { arrived: before ? 'again' : 'first' }),
      },
    });
    if (!after.held) await calls.save({ ...after, held: true });
    return outcome.document;
  }

  /** A call not known yet, from the first request heard of it: any of them may be the first that reaches us. */
  private begun(asked: Asked, sid: string, at: Date): CallState {
    const { form, query } = asked;
    // Asked on another leg than this call's: its numbers say nothing of the call.
    const own = form.get('CallSid') === sid;
    const order = query.get('order');
    const out = order !== null || (form.get('Direction') ?? '').startsWith('outbound');
    const [ours, theirs] = out ? ['From', 'To'] : ['To', 'From'];
    const callerName = own ? form.get('CallerName') : null;
    const conversation = query.get('conversation');
    return {
      sid,
      account: this.numberOf((own && form.get(ours)) || ''),
      from: (own && form.get(theirs)) || 'unknown',
      ...(callerName ? { callerName } : {}),
      direction: out ? 'out' : 'in',
      ...(order
        ? {
            order: {
              message: order,
              attempt: Number(query.get('attempt') ?? 1) || 1,
              ...(conversation ? { conversation } : {}),
            },
          }
        : {}),
      language: this.config.phoneFlow.languages[0] ?? 'it-IT',
      at: at.toISOString(),
      steps: [],
      transcripts: [],
      recordings: [],
      // Grows across a loss of this memory too: what is said later is newer.
      revision: Math.max(0, Math.floor((at.getTime() - REVISION_EPOCH) / 1_000)),
      sequence: -1,
      turn: 0,
      // What we call ourselves is a message of ours already.
      held: out || !own,
      answers: [],
    };
  }
  private numberOf(account: string): string {
    const { phoneNumbers } = this.config;
    return (phoneNumbers.includes(account) ? account : phoneNumbers[0]) ?? 'unknown';
  }
}

const spokenBy = (document: string): Response =>
  new Response(document, { headers: { 'content-type': 'text/xml; charset=utf-8' } });

/** The parameters that tell one request of a call from another, beside its address. */
const TELLING = [
  'Digits',
  'FinishedOnKey',
  'QueueResult',
  'RecordingSid',
  'RecordingStatus',
  'SequenceNumber',
  'CallStatus',
  'DialCallStatus',
  'TranscriptionSid',
  'SequenceId',
];

/** What tells one request of a call from another; waiting is asked again and again, each time anew. */
function requestOf({ path, query, parameters }: Asked): string {
  const telling = TELLING.map(name => (name === 'CallStatus' && !path.endsWith('/status') ? '' : parameters[name]));
  const again = path === '/voice/wait' || path === '/voice/wait-key' ? parameters.QueueTime : '';
  return createHash('sha256')
    .update(JSON.stringify([path, query.toString(), telling, again]))
    .digest('hex')
    .slice(0, 32);
}

const remembered = ({ call, document, about }: Outcome, before: CallState, request: string): CallState => {
  const after = call ?? before;
  return {
    ...after,
    turn: before.turn + 1,
    answers: [...after.answers.slice(1 - ANSWERS_KEPT), { request, document, ...(about ? { about } : {}) }],
  };
};

/** Whose call it is: told with every request, so that each can be read by itself. */
const toldOf = ({ sid, from, callerName, order, language, category }: CallState): Record<string, string> => ({
  sid,
  from,
  ...(callerName ? { callerName } : {}),
  ...(order
    ? {
        order: order.message,
        attempt: String(order.attempt),
        ...(order.conversation ? { conversation: order.conversation } : {}),
      }
    : {}),
  language: language.slice(0, 2),
  ...(category ? { category } : {}),
});
const shownOf = (call: CallState): Record<string, string> => ({
  content: JSON.stringify(contentOf(call)),
  revision: String(call.revision),
});
