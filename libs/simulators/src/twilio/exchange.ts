import {
  SimulatedCall,
  isFinal,
  type CallRecord,
  type CallStatus,
  type HeardLine,
  type PhoneBehaviour,
} from './call.js';
import type { PhoneClock } from './clock.js';
import { answering, called, isQueued, next, type Asking, type Effect, type LegEvent, type Turn } from './leg.js';
import { CALL_SECONDS } from './limits.js';
import { Recordings } from './recordings.js';
import { newSid } from './sids.js';
import type { Parameters } from './signature.js';
import {
  parseTwiml,
  type Dial,
  type Enqueue,
  type Method,
  type RecordingTarget,
  type Target,
  type Verb,
} from './twiml.js';
import type { PhoneWebhooks, WebhookAnswer } from './webhooks.js';

export interface ExchangeOptions {
  readonly accountSid: string;
  readonly voiceUrl: string;
  readonly fallbackUrl?: string;
  /** Where the end of an incoming call is told. */
  readonly statusUrl: string;
  /** Characters spoken in a second; 0: speech takes no time. */
  readonly pace: number;
  readonly patienceSeconds: number;
}

/** A call to make, as the REST API takes it. */
export interface CallOrder {
  readonly to: string;
  readonly from: string;
  readonly document: Target | { readonly verbs: readonly Verb[]; readonly base: string };
  readonly statusTo?: RecordingTarget;
  readonly fallback?: Target;
  readonly timeoutSeconds?: number;
}

/** Something the provider shows in its console as an error. */
export interface PhoneError {
  readonly code: number;
  readonly call: string;
  readonly url: string;
  readonly message: string;
}

const ORDINARY: PhoneBehaviour = { answers: 'yes', afterSeconds: 0.5, keys: '1', says: [], who: 'operator' };
const APPLICATION_ERROR = 'We are sorry, an application error has occurred. Goodbye.';
/** Calls that have ended are forgotten, the oldest first, beyond this many. */
const CALLS_KEPT = 5_000;
/** What a dial is called here until it has come to something. */
const UNDER_WAY: ReadonlySet<string> = new Set(['waiting', 'taking']);
const CHARACTERS_RECORDED_A_SECOND = 15;

/** Calls, queues and who is joined with whom. */
export class Exchange {
  readonly recordings = new Recordings();
  readonly errors: PhoneError[] = [];
  /** What telephones do when they are called, by number; the others do what is ordinary. */
  readonly phones = new Map<string, PhoneBehaviour>();
  ordinary: PhoneBehaviour = ORDINARY;
  private readonly records = new Map<string, CallRecord>();
  private readonly queueSids = new Map<string, string>();

  constructor(
    private readonly options: ExchangeOptions,
    private readonly clock: PhoneClock,
    private readonly webhooks: PhoneWebhooks,
    /** Address of the REST API. */
    private readonly url: () => string,
  ) {}

  /** Oldest first. */
  calls(): SimulatedCall[] {
    return [...this.records.values()].map(record => this.shown(record));
  }
  find(sid: string): CallRecord | undefined {
    return this.records.get(sid);
  }
  list(): CallRecord[] {
    return [...this.records.values()];
  }
  shown(record: CallRecord): SimulatedCall {
    return new SimulatedCall(record, this);
  }

  /** Somebody calls one of our numbers. */
  place(from: string, to: string): SimulatedCall {
    const statusTo: RecordingTarget = { url: this.options.statusUrl, method: 'POST', events: ['completed'] };
    const fallback: Target | undefined = this.options.fallbackUrl
      ? { url: this.options.fallbackUrl, method: 'POST' }
      : undefined;
    const record = this.opened({ direction: 'inbound', from, to, statusTo, ...(fallback ? { fallback } : {}) });
    record.status = 'ringing';
    this.apply(record, answering({ url: this.options.voiceUrl, method: 'POST' }, this.manner));
    return this.shown(record);
  }

  /** The REST API has a call made. */
  create(order: CallOrder): CallRecord {
    const { to, from, statusTo, fallback, document } = order;
    const record = this.opened({
      direction: 'outbound-api',
      from,
      to,
      behaviour: this.behaviourOf(to),
      ...(statusTo ? { statusTo } : {}),
      ...(fallback ? { fallback } : {}),
    });
    this.ring(record, order.timeoutSeconds ?? CALL_SECONDS, () => {
      if ('url' in document) return this.apply(record, answering(document, this.manner));
      const begun = answering({ url: document.base, method: 'POST' }, this.manner);
      record.leg = begun.leg;
      this.happens(record, { type: 'document', ticket: begun.leg.ticket, ...document });
    });
    return record;
  }

  press(record: CallRecord, keys: string): void {
    for (const key of keys) {
      this.heard(record, { who: this.who(record), kind: 'key', text: key });
      this.happens(record, { type: 'key', key });
    }
  }
  speak(record: CallRecord, text: string): void {
    const line = { who: this.who(record), kind: 'said', text } as const;
    this.heard(record, line);
    if (record.peer) this.heard(record.peer, line);
    this.happens(record, { type: 'speech', text });
  }
  hangUp(record: CallRecord): void {
    if (isFinal(record.status)) return;
    if (record.leg) this.happens(record, { type: 'hangup' });
    else this.end(record, 'busy');
  }
  /** The REST API ends a call: one that rings is cancelled. */
  complete(record: CallRecord, status: 'canceled' | 'completed'): void {
    if (isFinal(record.status)) return;
    if (record.status === 'in-progress' && record.leg) this.happens(record, { type: 'hangup' });
    else this.end(record, status === 'canceled' || record.direction !== 'inbound' ? 'canceled' : 'completed');
  }
  redirect(record: CallRecord, to: Target): void {
    this.part(record);
    this.happens(record, { type: 'redirected', to });
  }

  private get manner(): { pace: number; patience: number } {
    return { pace: this.options.pace, patience: this.options.patienceSeconds };
  }
  private behaviourOf(number: string): PhoneBehaviour {
    return this.phones.get(number) ?? this.ordinary;
  }
  private who(record: CallRecord): HeardLine['who'] {
    return record.behaviour?.who ?? 'citizen';
  }

  private opened(
    call: Pick<CallRecord, 'direction' | 'from' | 'to'> &
      Partial<Pick<CallRecord, 'parent' | 'behaviour' | 'statusTo' | 'fallback'>>,
  ): CallRecord {
    const record: CallRecord = {
      ...call,
      sid: newSid('CA'),
      createdAt: this.clock.now(),
      transcript: [],
      status: 'queued',
      sequence: 0,
      documents: 0,
    };
    this.records.set(record.sid, record);
    if (this.records.size > CALLS_KEPT) {
      const oldest = this.list().find(one => isFinal(one.status));
      if (oldest) this.records.delete(oldest.sid);
    }
    return record;
  }

  /** Rings a telephone; `answered` when it is. */
  private ring(record: CallRecord, timeoutSeconds: number, answered: () => void): void {
    const behaviour = record.behaviour ?? this.ordinary;
    this.clock.after(0, () => {
      if (isFinal(record.status)) return;
      this.tellStatus(record, 'initiated', 'initiated');
      if (behaviour.answers === 'failed') return this.end(record, 'failed');
      if (behaviour.answers === 'busy') return this.end(record, 'busy');
      record.status = 'ringing';
      this.tellStatus(record, 'ringing', 'ringing');
      const silent = behaviour.answers === 'no-answer' || behaviour.afterSeconds > timeoutSeconds;
      this.clock.after((silent ? timeoutSeconds : behaviour.afterSeconds) * 1_000, () => {
        if (isFinal(record.status)) return;
        if (silent) return this.end(record, 'no-answer');
        this.answer(record);
        this.tellStatus(record, 'answered', 'in-progress');
        answered();
      });
    });
  }
  private answer(record: CallRecord): void {
    record.status = 'in-progress';
    record.answeredAt = this.clock.now();
  }

  private happens(record: CallRecord, event: LegEvent): void {
    if (record.leg) this.apply(record, next(record.leg, event));
  }
  private apply(record: CallRecord, { leg, effects }: Turn): void {
    record.leg = leg;
    for (const effect of effects) this.carryOut(record, effect);
  }

  private carryOut(record: CallRecord, effect: Effect): void {
    switch (effect.type) {
      case 'ask':
        return void this.ask(record, effect);
      case 'tell':
        if (effect.about === 'dial') this.keepConversation(record);
        return this.webhooks.tell(effect.to, this.asked(record, effect));
      case 'say':
        return this.heard(record, { who: 'system', kind: 'said', text: effect.text, language: effect.language });
      case 'play':
        return this.heard(record, { who: 'system', kind: 'played', text: effect.url });
      case 'time':
        return this.clock.after(effect.seconds * 1_000, () =>
          this.happens(record, { type: 'time', ticket: effect.ticket }),
        );
      case 'listening':
        return this.pressByItself(record);
      case 'recorded':
        return this.keepRecord(record, effect);
      case 'enqueue':
        return this.enqueue(record, effect.verb);
      case 'dequeue':
        if (record.stay && record.stay.leftAt === undefined) record.stay.leftAt = this.clock.now();
        return;
      case 'dial':
        return this.dial(record, effect.verb, effect.base);
      case 'whispered':
        return this.whispered(record);
      case 'reject':
        return this.end(record, effect.reason === 'busy' ? 'busy' : 'no-answer');
      case 'over':
        return this.over(record);
    }
  }

  // Documents

  private async ask(record: CallRecord, asking: Asking): Promise<void> {
    const answer = await this.webhooks.ask(asking.to, this.asked(record, asking));
    const verbs = this.verbsIn(record, asking.to.url, answer);
    if (verbs) return this.document(record, asking, asking.to.url, verbs);
    const { fallback } = record;
    if (fallback && asking.frame === 'main' && !isFinal(record.status)) {
      const failed = this.errors.at(-1);
      const second = await this.webhooks.ask(fallback, {
        ...this.asked(record, asking),
        ErrorCode: String(failed?.code ?? 11200),
        ErrorUrl: asking.to.url,
      });
      const words = this.verbsIn(record, fallback.url, second);
      if (words) return this.document(record, asking, fallback.url, words);
    }
    if (record.leg?.over || record.leg?.ticket !== asking.ticket) return;
    if (record.status === 'ringing') this.answer(record);
    this.heard(record, { who: 'system', kind: 'said', text: APPLICATION_ERROR, language: 'en-US' });
    this.happens(record, { type: 'hangup' });
  }
  private document(record: CallRecord, asking: Asking, base: string, verbs: readonly Verb[]): void {
    if (record.leg?.over || record.leg?.ticket !== asking.ticket) return;
    record.documents += 1;
    if (record.direction === 'inbound' && record.status === 'ringing' && verbs[0]?.verb !== 'Reject')
      this.answer(record);
    if (this.webhooks.knobs.hangUpAt === record.documents && record.behaviour === undefined) return this.hangUp(record);
    this.happens(record, { type: 'document', ticket: asking.ticket, base, verbs });
  }
  /** The document in an answer; what is wrong with it is kept among the errors. */
  private verbsIn(record: CallRecord, url: string, answer: WebhookAnswer): readonly Verb[] | undefined {
    const wrong = (code: number, message: string): undefined => {
      this.errors.push({ code, call: record.sid, url, message });
      return undefined;
    };
    if (typeof answer.status !== 'number') return wrong(11205, `HTTP connection failure: ${answer.status}`);
    if (answer.status < 200 || answer.status > 299) return wrong(11200, `HTTP retrieval failure: ${answer.status}`);
    if (answer.mediaType.startsWith('text/plain'))
      return [{ verb: 'Say', text: answer.body, language: 'en-US', loop: 1 }];
    if (!/^(text|application)\/xml\b/.test(answer.mediaType)) return wrong(12300, `Content type ${answer.mediaType}`);
    try {
      return parseTwiml(answer.body);
    } catch (error) {
      return wrong(12100, `Document parse failure: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  private asked(record: CallRecord, asking: Pick<Asking, 'frame' | 'parameters' | 'about'>): Parameters {
    const about = asking.about === 'dial' ? this.dialled(record) : asking.about === 'queue' ? this.queued(record) : {};
    const frame = asking.frame === 'wait' ? this.waiting(record) : {};
    const whisper = asking.frame === 'whisper' ? this.whispering(record) : {};
    return { ...this.parameters(record), ...frame, ...whisper, ...about, ...asking.parameters };
  }
  private parameters(record: CallRecord): Parameters {
    const { sid, from, to, parent, direction, status } = record;
    return {
      AccountSid: this.options.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: sid,
      CallStatus: status,
      Called: to,
      Caller: from,
      Direction: direction,
      From: from,
      To: to,
      ...(from.startsWith('+39') ? { FromCountry: 'IT', CallerCountry: 'IT' } : {}),
      ...(to.startsWith('+39') ? { ToCountry: 'IT', CalledCountry: 'IT' } : {}),
      ...(parent ? { ParentCallSid: parent } : {}),
    };
  }

  // Queues

  private queueSid(queue: string): string {
    const sid = this.queueSids.get(queue) ?? newSid('QU');
    this.queueSids.set(queue, sid);
    return sid;
  }
  private inQueue(queue: string): CallRecord[] {
    return [...this.records.values()]
      .filter(one => one.stay?.queue === queue && one.stay.leftAt === undefined && one.leg && isQueued(one.leg))
      .sort((one, other) => (one.stay?.at ?? 0) - (other.stay?.at ?? 0));
  }
  private enqueue(record: CallRecord, verb: Enqueue): void {
    const size = this.inQueue(verb.queue).filter(one => one !== record).length;
    const stay = { queue: verb.queue, queueSid: this.queueSid(verb.queue), at: this.clock.now() };
    if (size >= verb.maxSize) {
      record.stay = { ...stay, leftAt: stay.at };
      return this.happens(record, { type: 'unqueued', result: 'queue-full' });
    }
    record.stay = stay;
    this.happens(record, { type: 'queued' });
    const taker = [...this.records.values()].find(
      one => one.dialling?.queue === verb.queue && one.dialling.status === 'waiting' && one.status === 'in-progress',
    );
    if (taker) this.take(taker, verb.queue);
  }
  private secondsIn(record: CallRecord): string {
    const { stay } = record;
    return String(stay ? Math.floor(((stay.leftAt ?? this.clock.now()) - stay.at) / 1_000) : 0);
  }
  private queued(record: CallRecord): Parameters {
    return { QueueSid: record.stay?.queueSid ?? '', QueueTime: this.secondsIn(record) };
  }
  private waiting(record: CallRecord): Parameters {
    const { stay } = record;
    if (!stay) return {};
    const line = this.inQueue(stay.queue);
    return {
      ...this.queued(record),
      QueuePosition: String(line.indexOf(record) + 1 || 1),
      CurrentQueueSize: String(line.length),
      MaxQueueSize: '100',
      AvgQueueTime: '0',
    };
  }
  private whispering(record: CallRecord): Parameters {
    const taker = this.takerOf(record);
    return record.stay ? { ...this.queued(record), ...(taker ? { DequeingCallSid: taker.sid } : {}) } : {};
  }

  // Two together

  private dial(record: CallRecord, verb: Dial, base: string): void {
    const { to } = verb;
    if ('queue' in to) {
      record.dialling = { queue: to.queue, status: 'waiting' };
      const { dialling } = record;
      if (this.take(record, to.queue)) return;
      return this.clock.after(verb.timeout * 1_000, () => {
        if (record.dialling !== dialling || dialling.status !== 'waiting') return;
        dialling.status = 'no-answer';
        this.happens(record, { type: 'dialled' });
      });
    }
    const { status } = to;
    const child = this.opened({
      direction: 'outbound-dial',
      from: verb.callerId ?? record.from,
      to: to.number,
      parent: record.sid,
      behaviour: this.behaviourOf(to.number),
      ...(status ? { statusTo: { ...status, url: new URL(status.url, base).href } } : {}),
    });
    record.dialling = { other: child, status: 'waiting' };
    this.ring(child, verb.timeout, () => {
      child.leg = called(base, this.manner);
      this.happens(child, { type: 'taken', base, ...(to.whisper ? { whisper: to.whisper } : {}) });
    });
  }
  /** Takes the first of a queue; gives whether there was one. */
  private take(taker: CallRecord, queue: string): boolean {
    const [first] = this.inQueue(queue);
    const verb = dialOf(taker);
    if (!first || !taker.dialling || !verb) return false;
    taker.dialling = { ...taker.dialling, other: first, status: 'taking' };
    this.happens(first, {
      type: 'taken',
      base: verb.base,
      ...(verb.dial.to.whisper ? { whisper: verb.dial.to.whisper } : {}),
    });
    return true;
  }
  /** Who took this call out of a queue, or dialled it, last. */
  private takerOf(record: CallRecord): CallRecord | undefined {
    return [...this.records.values()].findLast(one => one.dialling?.other === record);
  }
  private whispered(record: CallRecord): void {
    const other = this.takerOf(record);
    if (!other?.dialling || isFinal(other.status)) return this.happens(record, { type: 'parted' });
    other.dialling = { ...other.dialling, status: 'completed', joinedAt: this.clock.now() };
    record.peer = other;
    other.peer = record;
    this.happens(record, { type: 'joined' });
    this.happens(other, { type: 'joined' });
    for (const one of [record, other]) this.talkByItself(one);
  }
  private dialled({ dialling }: CallRecord): Parameters {
    const seconds = dialling?.joinedAt ? Math.floor((this.clock.now() - dialling.joinedAt) / 1_000) : undefined;
    const recording = dialling?.recording ? this.recordings.find(dialling.recording) : undefined;
    return {
      DialCallStatus: dialling === undefined ? 'failed' : UNDER_WAY.has(dialling.status) ? 'canceled' : dialling.status,
      ...(dialling?.other ? { DialCallSid: dialling.other.sid } : {}),
      ...(seconds === undefined ? {} : { DialCallDuration: String(seconds), DialBridged: 'true' }),
      ...(recording ? { RecordingUrl: this.recordingUrl(recording.sid), RecordingSid: recording.sid } : {}),
    };
  }
  /** The two no longer hear each other; the other goes on with its own document. */
  private part(record: CallRecord): void {
    const { peer } = record;
    if (!peer) return;
    for (const one of [record, peer]) this.keepConversation(one);
    delete record.peer;
    delete peer.peer;
    this.happens(peer, { type: 'parted' });
  }

  // The end

  private over(record: CallRecord): void {
    this.part(record);
    const other = record.dialling?.other;
    // Whom this call was ringing is no longer looked for.
    if (other && !isFinal(other.status) && other.direction === 'outbound-dial') this.complete(other, 'canceled');
    const taker = this.takerOf(record);
    if (taker?.dialling?.status === 'taking') {
      taker.dialling.status = 'no-answer';
      this.end(record, 'completed');
      return this.happens(taker, { type: 'dialled' });
    }
    this.end(record, record.status === 'ringing' ? 'no-answer' : 'completed');
  }
  private end(record: CallRecord, status: CallStatus): void {
    if (isFinal(record.status)) return;
    record.status = status;
    record.endedAt = this.clock.now();
    if (record.leg && !record.leg.over) record.leg = { ...record.leg, over: true };
    this.tellStatus(record, 'completed', status);
    const parent = record.parent ? this.records.get(record.parent) : undefined;
    if (parent?.dialling?.other === record && parent.dialling.status === 'waiting') {
      parent.dialling.status = status === 'completed' ? 'no-answer' : status;
      this.happens(parent, { type: 'dialled' });
    }
  }
  private tellStatus(record: CallRecord, event: string, status: string): void {
    const { statusTo } = record;
    if (!statusTo?.events.includes(event)) return;
    const sequence = record.sequence;
    record.sequence += 1;
    const seconds = record.answeredAt === undefined ? 0 : Math.round((this.clock.now() - record.answeredAt) / 1_000);
    this.webhooks.tell(statusTo, {
      ...this.parameters(record),
      CallStatus: status,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      Timestamp: rfc2822(this.clock.now()),
      ...(event === 'completed' ? { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) } : {}),
    });
  }

  // Recordings

  private recordingUrl(sid: string): string {
    return `${this.url()}/2010-04-01/Accounts/${this.options.accountSid}/Recordings/${sid}`;
  }
  private keepRecord(record: CallRecord, effect: Extract<Effect, { type: 'recorded' }>): void {
    const { verb, words, digits, base, ticket } = effect;
    const kept = this.recordings.add({
      call: record.sid,
      words,
      seconds: Math.min(verb.maxLength, Math.max(1, Math.ceil(words.length / CHARACTERS_RECORDED_A_SECOND))),
      source: 'RecordVerb',
      createdAt: this.clock.now(),
    });
    const parameters = {
      RecordingSid: kept.sid,
      RecordingUrl: this.recordingUrl(kept.sid),
      RecordingDuration: String(kept.seconds),
      ...(digits === '' ? {} : { Digits: digits }),
    };
    const target = verb.action ?? { url: base, method: verb.method };
    const to = { ...target, url: new URL(target.url, base).href };
    if (digits === 'hangup') this.webhooks.tell(to, { ...this.parameters(record), ...parameters });
    else void this.ask(record, { type: 'ask', ticket, frame: 'main', to, parameters });
    if (verb.status) this.tellRecording(record, kept.sid, verb.status, base);
    if (verb.transcribeTo)
      this.webhooks.tell(
        { ...verb.transcribeTo, url: new URL(verb.transcribeTo.url, base).href },
        {
          ...this.parameters(record),
          TranscriptionSid: newSid('TR'),
          TranscriptionText: words,
          TranscriptionStatus: 'completed',
          RecordingSid: kept.sid,
          RecordingUrl: this.recordingUrl(kept.sid),
        },
      );
  }
  private keepConversation(record: CallRecord): void {
    const found = dialOf(record);
    const { dialling } = record;
    if (!found?.dial.recorded || !dialling?.joinedAt || dialling.recording) return;
    const since = dialling.joinedAt;
    const kept = this.recordings.add({
      call: record.sid,
      words: record.transcript
        .filter(line => line.kind === 'said' && line.who !== 'system' && Date.parse(line.at) >= Math.floor(since))
        .map(line => line.text)
        .join(' '),
      seconds: Math.max(1, Math.round((this.clock.now() - since) / 1_000)),
      source: 'DialVerb',
      createdAt: this.clock.now(),
    });
    dialling.recording = kept.sid;
    if (found.dial.recording) this.tellRecording(record, kept.sid, found.dial.recording, found.base);
  }
  private tellRecording(record: CallRecord, sid: string, to: RecordingTarget, base: string): void {
    const kept = this.recordings.find(sid);
    if (!kept || !to.events.includes('completed')) return;
    this.webhooks.tell(
      { url: new URL(to.url, base).href, method: to.method satisfies Method },
      {
        AccountSid: this.options.accountSid,
        CallSid: record.sid,
        RecordingSid: sid,
        RecordingUrl: this.recordingUrl(sid),
        RecordingStatus: 'completed',
        RecordingDuration: String(kept.seconds),
        RecordingChannels: '1',
        RecordingSource: kept.source,
        RecordingStartTime: rfc2822(kept.createdAt - kept.seconds * 1_000),
      },
    );
  }

  // Those who do by themselves

  private heard(record: CallRecord, line: Omit<HeardLine, 'at'>): void {
    record.transcript.push({ ...line, at: new Date(this.clock.now()).toISOString() });
  }
  private pressByItself(record: CallRecord): void {
    const { behaviour } = record;
    if (!behaviour || behaviour.keys === '') return;
    const ticket = record.leg?.ticket;
    this.clock.after(behaviour.afterSeconds * 1_000, () => {
      if (record.leg?.ticket === ticket && !record.leg?.over) this.press(record, behaviour.keys);
    });
  }
  private talkByItself(record: CallRecord): void {
    const { behaviour } = record;
    if (!behaviour) return;
    for (const text of behaviour.says) this.speak(record, text);
    if (behaviour.talkSeconds !== undefined) this.clock.after(behaviour.talkSeconds * 1_000, () => this.hangUp(record));
  }
}

/** The dial under way on a call, and the document in which it is written. */
function dialOf({ leg }: CallRecord): { dial: Dial; base: string } | undefined {
  const bottom = leg?.frames[0];
  return bottom?.doing.at === 'dial' ? { dial: bottom.doing.verb, base: bottom.base } : undefined;
}

/** An instant as the provider writes it. */
export const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');
