import { createHash } from 'node:crypto';
import type { Outbound } from '@filodiretto/contracts';
import type { Host } from '@filodiretto/channel-kit';
import type { Announcement } from './announcement.js';
import { goTo, press, stepOf, type Turn } from './call/advance.js';
import { Calls } from './call/calls.js';
import { changed, endingOf, partOf, stepped, type CallState } from './call/state.js';
import { document, FALLBACK, queueName, say, waiting, type Rendering, type Road } from './call/twiml.js';
import { Hunt, type CallbackWork } from './line/hunt.js';
import { ANSWERS_KEPT } from './limits.js';
import { callBackNumber, e164, spoken } from './numbers.js';
import type { Provider } from './provider.js';
import type { PhoneSettings } from './settings.js';
import type { Parameters } from './signature.js';

/** One request of the provider, its signature verified. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly parameters: Parameters;
  readonly raw: Uint8Array;
}
/** What a request comes to: what is said, the call as it is then, and what the core is told besides. */
interface Outcome {
  readonly document: string;
  readonly call?: CallState;
  readonly about?: Readonly<Record<string, string>>;
}
type Handler = (asked: Asked, call: CallState, now: Date) => Promise<Outcome> | Outcome;

const ENDED = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);
const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Calls: each request goes one step along the flow, is kept and published, and only then answered. */
export class Voice {
  private readonly calls: Calls;
  private readonly hunt: Hunt;
  private readonly handlers: Readonly<Record<string, Handler>>;

  constructor(
    private readonly config: PhoneSettings,
    private readonly host: Host,
    private readonly provider: Provider,
    private readonly road: Road,
    private readonly announcement: Announcement,
  ) {
    this.calls = new Calls(host.state);
    const queues = config.phoneFlow.steps.filter(step => step.type === 'queue');
    const operators = new Map(queues.map(step => [step.queue ?? step.id, step.operators ?? config.phoneOperators]));
    this.hunt = new Hunt(provider, host, road, operators, config.phoneNumbers[0] ?? '');
    this.handlers = {
      '/voice': (_asked, call, now) => this.spoken(this.go(call, config.phoneFlow.start, 0, now)),
      '/voice/step': (asked, call, now) => this.step(asked, call, now),
      '/voice/wait': (asked, call) => this.wait(asked, call),
      '/voice/wait-key': asked => ({ document: this.waitKey(asked) }),
      '/voice/left': (asked, call, now) => this.left(asked, call, now),
      '/voice/callback': (asked, call, now) => this.callbackAsked(asked, call, now),
      '/voice/recorded': (_asked, call, now) =>
        this.thanks(changed(stepped(call, 'voicemail', now.toISOString()), { ending: 'voicemail' })),
      '/voice/recording': (asked, call) => this.recorded(asked, call),
      '/voice/transcription': (asked, call) => ({
        document: EMPTY,
        call: asked.form.get('TranscriptionText')
          ? changed(call, { transcription: (asked.form.get('TranscriptionText') ?? '').slice(0, 20_000) })
          : call,
      }),
      '/voice/whisper': (asked, call, now) => this.answered(asked, call, now),
      '/voice/status': (asked, call, now) => this.status(asked, call, now),
      '/dial': (asked, call, now) => this.dialled(asked, call, now),
      '/dial/status': (asked, call, now) => this.status(asked, call, now),
      '/voice/operator': asked => ({ document: this.operator(asked) }),
      '/voice/accept': asked => this.accept(asked),
      '/voice/talked': asked => this.talked(asked),
      '/voice/operator-status': asked => this.operatorStatus(asked),
    };
  }

  start(): void {
    this.hunt.start();
  }
  stop(): void {
    this.hunt.stop();
  }
  serves(path: string): boolean {
    return Object.hasOwn(this.handlers, path);
  }
  fallback(): Response {
    return spokenBy(FALLBACK);
  }

  /** Answers within the time that a caller bears; later, 503 and the provider says the fallback. */
  async answer(asked: Asked): Promise<Response> {
    const sid = asked.form.get('CallSid') ?? '';
    const worked = this.calls.oneByOne(sid, () => this.take(asked, sid));
    // A fault after the time is over is still a fault of the house, and is told as one.
    worked.catch((error: unknown) =>
      this.host.log.warn({ err: error, path: asked.path }, 'a step of a call could not be held'),
    );
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<'late'>(resolve => {
        timer = setTimeout(() => resolve('late'), this.config.phoneAnswerWithinMs);
      });
      const document = await Promise.race([worked, late]);
      if (document === 'late')
        return new Response('the step could not be held in time', { status: 503, headers: { 'retry-after': '1' } });
      return spokenBy(document);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls a citizen from a case; the operator is joined when they answer. Gives the provider's id. */
  async dial(order: Outbound, to: { to: string; operator: string; announcement: string }): Promise<string> {
    const from = (this.config.phoneNumbers.includes(order.account) ? order.account : this.config.phoneNumbers[0]) ?? '';
    const query = {
      order: order.id,
      attempt: String(order.attempt),
      operator: to.operator,
      words: to.announcement.slice(0, 500),
    };
    const sid = await this.provider.call({
      to: to.to,
      from,
      url: this.road.url('/dial', query),
      statusCallback: this.road.url('/dial/status', query),
      timeoutSeconds: 30,
    });
    return sid;
  }

  private async take(asked: Asked, sid: string): Promise<string> {
    const now = new Date();
    const handler = this.handlers[asked.path];
    if (!handler) throw new Error(`nothing answers at ${asked.path}`);
    const before = await this.calls.find(sid);
    const isNew = before === undefined && (asked.path === '/voice' || asked.path.startsWith('/dial'));
    const call = before ?? this.begun(asked, sid, now);
    const request = requestOf(asked);
    const repeated = call.answers.find(one => one.request === request)?.document;
    const outcome = repeated === undefined ? await handler(asked, call, now) : { document: repeated, call };
    const after =
      outcome.call && repeated === undefined ? remembered(outcome.call, request, outcome.document) : outcome.call;
    if (after && after !== before) await this.calls.save(after);
    const shown = after !== undefined && (isNew || repeated !== undefined || after.revision !== call.revision);
    await this.host.receive(asked.raw, {
      account: call.account,
      mediaType: 'application/x-www-form-urlencoded',
      about: {
        path: asked.path,
        ...Object.fromEntries(asked.query),
        sid,
        from: call.from,
        ...(shown && after
          ? {
              call: JSON.stringify(partOf(after)),
              revision: String(after.revision),
              language: after.language.slice(0, 2),
              ...(after.category ? { category: after.category } : {}),
            }
          : {}),
        ...(isNew || (asked.path === '/voice' && repeated !== undefined) ? { event: 'arrived' } : {}),
        ...outcome.about,
      },
    });
    return outcome.document;
  }

  private begun(asked: Asked, sid: string, now: Date): CallState {
    const out = asked.path.startsWith('/dial') || (asked.form.get('Direction') ?? '').startsWith('outbound');
    const [ours, theirs] = out
      ? [asked.form.get('From'), asked.form.get('To')]
      : [asked.form.get('To'), asked.form.get('From')];
    return {
      sid,
      account: ours && this.config.phoneNumbers.includes(ours) ? ours : (this.config.phoneNumbers[0] ?? 'unknown'),
      from: theirs ?? 'unknown',
      direction: out ? 'out' : 'in',
      language: this.config.phoneFlow.languages[0] ?? 'it-IT',
      arrivedAt: now.toISOString(),
      steps: [],
      revision: 0,
      sequence: -1,
      answers: [],
    };
  }

  private async how(): Promise<Omit<Rendering, 'language'>> {
    const announcement = await this.announcement.current();
    return {
      flow: this.config.phoneFlow,
      road: this.road,
      recordCalls: this.config.recordCalls,
      transcribeCalls: this.config.transcribeCalls,
      ...(announcement ? { announcement } : {}),
    };
  }
  private async go(call: CallState, id: string, retry: number, now: Date): Promise<Turn> {
    return goTo(call, id, retry, now, await this.how());
  }
  /** The turn is said; who comes to a queue begins to wait. */
  private async spoken(turning: Turn | Promise<Turn>): Promise<Outcome> {
    const { call, document: words, at } = await turning;
    if (at.type === 'queue') await this.hunt.join(at.queue ?? at.id, call.sid, call.queuedAt ?? call.arrivedAt);
    return { document: words, call };
  }

  private async step(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const menu = stepOf(this.config.phoneFlow, asked.query.get('at') ?? '');
    const digit = asked.query.get('silent') ? '' : (asked.form.get('Digits') ?? '');
    const how = await this.how();
    // An emergency is told once, when the call comes.
    return this.spoken(
      press(call, menu, digit, Number(asked.query.get('retry') ?? 0), now, {
        ...how,
        announcement: undefined,
      } as typeof how),
    );
  }

  private async wait(asked: Asked, call: CallState): Promise<Outcome> {
    const position = Number(asked.form.get('QueuePosition') ?? 1) || 1;
    const minutes = await this.hunt.minutes(call.queue ?? '', position);
    return {
      document: waiting(position, minutes, asked.query.get('at') ?? '', {
        ...(await this.how()),
        language: call.language,
      }),
    };
  }
  private waitKey(asked: Asked): string {
    const voice = document();
    if (asked.form.get('Digits') === '1') voice.leave();
    else voice.redirect(this.road.url('/voice/wait', { at: asked.query.get('at') ?? '' }));
    return voice.toString();
  }

  private async left(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const step = stepOf(this.config.phoneFlow, asked.query.get('at') ?? '');
    const result = asked.form.get('QueueResult') ?? '';
    await this.hunt.leave(call.queue ?? step.queue ?? step.id, call.sid);
    const after = stepped(call, step.id, now.toISOString(), `left:${result}`);
    if (result === 'leave') return this.spoken(this.go(after, step.next ?? this.callbackStep() ?? step.id, 0, now));
    if (result === 'bridged' || result === 'hangup' || result === 'bridging-in-process')
      return { document: EMPTY, call: after };
    return this.spoken(this.go(after, this.mailbox() ?? step.next ?? step.id, 0, now));
  }

  private async callbackAsked(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const dictated = asked.form.get('Digits') ?? '';
    const number = dictated === '' ? e164(call.from) : callBackNumber(dictated);
    if (!number)
      return this.spoken(
        this.go(stepped(call, 'callback', now.toISOString(), 'no number'), asked.query.get('at') ?? '', 0, now),
      );
    const queue = call.queue ?? 'urp';
    const work: CallbackWork = {
      call: call.sid,
      queue,
      number,
      account: call.account,
      since: call.queuedAt ?? call.arrivedAt,
      tries: 0,
    };
    await this.hunt.askCallback(work);
    const after = changed(stepped(call, 'callback', now.toISOString(), 'accepted'), { ending: 'callback' });
    const voice = document();
    const english = call.language.startsWith('en');
    say(
      voice,
      call.language,
      english
        ? `We will call you back at ${spoken(number)}. Goodbye.`
        : `La richiameremo al numero ${spoken(number)}. Arrivederci.`,
    );
    voice.hangup();
    return { document: voice.toString(), call: after, about: { event: 'callback', number } };
  }

  private thanks(call: CallState): Outcome {
    const voice = document();
    say(
      voice,
      call.language,
      call.language.startsWith('en')
        ? 'Thank you, your message was recorded. Goodbye.'
        : 'Grazie, il suo messaggio è stato registrato. Arrivederci.',
    );
    voice.hangup();
    return { document: voice.toString(), call };
  }
  private recorded(asked: Asked, call: CallState): Outcome {
    const there =
      asked.form.get('RecordingStatus') !== 'absent' && Number(asked.form.get('RecordingDuration') ?? 1) > 0;
    return {
      document: EMPTY,
      ...(there
        ? { call: call.ending ? call : changed(call, { ending: 'voicemail' }), about: { event: 'recorded' } }
        : {}),
    };
  }

  /** Said to the caller before the two are joined: the moment of the answer. */
  private async answered(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const operator = asked.query.get('operator') ?? 'operatore';
    await this.hunt.leave(call.queue ?? '', call.sid);
    const after = changed(stepped(call, 'answered', now.toISOString()), {
      answeredAt: call.answeredAt ?? now.toISOString(),
      answeredBy: operator,
    });
    return { document: EMPTY, call: after };
  }

  private async status(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const sequence = Number(asked.form.get('SequenceNumber') ?? call.sequence + 1);
    const status = asked.form.get('CallStatus') ?? '';
    const about = orderIn(asked);
    // What is late, or comes after the end, changes nothing.
    if (call.endedAt || sequence <= call.sequence) return { document: EMPTY, ...about };
    if (!ENDED.has(status)) {
      const heard = { ...call, sequence };
      const picked = status === 'in-progress' && call.direction === 'out' && !call.answeredAt;
      return { document: EMPTY, call: picked ? changed(heard, { answeredAt: now.toISOString() }) : heard, ...about };
    }
    if (call.queue) await this.hunt.leave(call.queue, call.sid);
    if (call.queue && call.answeredAt)
      await this.hunt.talked(call.queue, (now.getTime() - Date.parse(call.answeredAt)) / 1_000);
    return {
      document: EMPTY,
      call: changed({ ...call, sequence }, { endedAt: now.toISOString(), ending: endingOf(call, status) }),
      ...about,
    };
  }

  /** The citizen whom we call from a case has answered: the operator is joined. */
  private dialled(asked: Asked, call: CallState, now: Date): Outcome {
    const voice = document();
    const words = asked.query.get('words') ?? '';
    const operator = asked.query.get('operator') ?? '';
    say(voice, call.language, words || 'La chiamiamo dal Comune: la mettiamo in contatto con un operatore.');
    voice.dial({ callerId: call.account, answerOnBridge: true }, operator);
    const after = changed(stepped(call, 'dialled', now.toISOString()), {
      answeredAt: call.answeredAt ?? now.toISOString(),
      answeredBy: operator,
    });
    return { document: voice.toString(), call: after, ...orderIn(asked) };
  }

  private operator(asked: Asked): string {
    const voice = document();
    const query = { queue: asked.query.get('queue') ?? '', operator: asked.query.get('operator') ?? '' };
    const gather = voice.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: 10,
      action: this.road.url('/voice/accept', query),
    });
    say(gather, 'it-IT', 'Chiamata dal Comune in attesa. Prema 1 per rispondere.');
    voice.hangup();
    return voice.toString();
  }
  private async accept(asked: Asked): Promise<Outcome> {
    const voice = document();
    const queue = asked.query.get('queue') ?? '';
    const operator = asked.query.get('operator') ?? '';
    const first = asked.form.get('Digits') === '1' ? await this.hunt.first(queue) : undefined;
    if (!first) {
      say(voice, 'it-IT', 'Nessuno è più in attesa. Grazie.');
      voice.hangup();
    } else if (first === 'caller') {
      const dial = voice.dial(this.recording());
      dial.queue(
        { url: this.road.url('/voice/whisper', { operator }) },
        queueName({ id: queue, type: 'queue', queue }),
      );
    } else {
      say(voice, 'it-IT', 'Richiamiamo un cittadino che lo ha chiesto.');
      const dial = voice.dial({
        callerId: first.account,
        timeout: 30,
        action: this.road.url('/voice/talked', { queue, call: first.call }),
        ...this.recording(),
      });
      dial.number(first.number);
    }
    return { document: voice.toString() };
  }
  private recording(): { record?: 'record-from-answer'; recordingStatusCallback?: string } {
    return this.config.recordCalls
      ? { record: 'record-from-answer', recordingStatusCallback: this.road.url('/voice/recording') }
      : {};
  }
  private async talked(asked: Asked): Promise<Outcome> {
    const work = await this.hunt.callback(asked.query.get('queue') ?? '', asked.query.get('call') ?? '');
    if (work) await this.hunt.calledBack(work, asked.form.get('DialCallStatus') === 'completed');
    const voice = document();
    voice.hangup();
    return { document: voice.toString() };
  }
  private operatorStatus(asked: Asked): Outcome {
    if (ENDED.has(asked.form.get('CallStatus') ?? '')) this.hunt.free(asked.query.get('operator') ?? '');
    return { document: EMPTY };
  }

  private mailbox(): string | undefined {
    return this.config.phoneFlow.steps.find(step => step.type === 'voicemail')?.id;
  }
  private callbackStep(): string | undefined {
    return this.config.phoneFlow.steps.find(step => step.type === 'callback')?.id;
  }
}

const orderIn = (asked: Asked): { about?: Record<string, string> } => {
  const order = asked.query.get('order');
  return order ? { about: { order, attempt: asked.query.get('attempt') ?? '1' } } : {};
};

const spokenBy = (document: string): Response =>
  new Response(document, { headers: { 'content-type': 'text/xml; charset=utf-8' } });

/** What tells one request of a call from another; waiting is asked again and again, each time anew. */
function requestOf(asked: Asked): string {
  const { path, query, parameters } = asked;
  const telling = ['Digits', 'QueueResult', 'RecordingSid', 'SequenceNumber', 'CallStatus', 'DialCallStatus'].map(
    name => parameters[name] ?? '',
  );
  const again = path === '/voice/wait' || path === '/voice/wait-key' ? (parameters.QueueTime ?? '') : '';
  return createHash('sha256')
    .update(JSON.stringify([path, query.toString(), telling, again]))
    .digest('hex')
    .slice(0, 32);
}

const remembered = (call: CallState, request: string, document: string): CallState => ({
  ...call,
  answers: [...call.answers.slice(1 - ANSWERS_KEPT), { request, document }],
});
