import { PLAY_SECONDS, WAIT_AGAIN_SECONDS } from './limits.js';
import type { Dial, Enqueue, Gather, Pause, Play, Record as RecordVerb, Say, Target, Verb } from './twiml.js';

/** Which document a leg is in: its own, the one heard while it waits in a queue, the one said before it is joined. */
type FrameKind = 'main' | 'wait' | 'whisper';

type Doing =
  | { readonly at: 'asking' }
  | { readonly at: 'passing' }
  | { readonly at: 'gather'; readonly verb: Gather; readonly digits: string }
  | { readonly at: 'record'; readonly verb: RecordVerb; readonly words: readonly string[] }
  | { readonly at: 'queue'; readonly verb: Enqueue; readonly joined: boolean }
  | { readonly at: 'dial'; readonly verb: Dial; readonly joined: boolean }
  /** Called by another leg, and there only for it. */
  | { readonly at: 'party'; readonly joined: boolean };

interface Frame {
  readonly kind: FrameKind;
  /** Address of the document: what is written in it may be relative. */
  readonly base: string;
  readonly rest: readonly Verb[];
  readonly doing: Doing;
  /** Whether the document has taken any time. */
  readonly lasted: boolean;
}

/** One telephone line and what is being done on it; plain data. */
export interface Leg {
  /** The last is the one under way. */
  readonly frames: readonly Frame[];
  /** Grows with each thing begun: what was begun earlier and ends late changes nothing. */
  readonly ticket: number;
  readonly over: boolean;
  /** Characters spoken in a second; 0: speech takes no time. */
  readonly pace: number;
  /** Seconds for which a person who is recorded may still be silent at the beginning, besides those of the document. */
  readonly patience: number;
}

export type LegEvent =
  | { readonly type: 'document'; readonly ticket: number; readonly base: string; readonly verbs: readonly Verb[] }
  | { readonly type: 'time'; readonly ticket: number }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'speech'; readonly text: string }
  | { readonly type: 'hangup' }
  | { readonly type: 'queued' }
  /** Out of the queue without having been joined. */
  | { readonly type: 'unqueued'; readonly result: QueueResult }
  /** Somebody takes this leg out of the queue, or it was called and has answered. */
  | { readonly type: 'taken'; readonly whisper?: Target; readonly base: string }
  | { readonly type: 'joined' }
  | { readonly type: 'parted' }
  | { readonly type: 'dialled' }
  | { readonly type: 'redirected'; readonly to: Target };

type QueueResult = 'bridged' | 'leave' | 'hangup' | 'queue-full' | 'redirected' | 'error';

export interface Asking {
  readonly type: 'ask';
  readonly ticket: number;
  readonly frame: FrameKind;
  readonly to: Target;
  readonly parameters: Readonly<Record<string, string>>;
  /** What else the request is about: the exchange knows the numbers. */
  readonly about?: 'dial' | 'queue';
}
export type Effect =
  | Asking
  /** As `ask`, but the leg is over: the answer is heard by nobody. */
  | (Omit<Asking, 'type'> & { readonly type: 'tell' })
  | { readonly type: 'say'; readonly text: string; readonly language: string }
  | { readonly type: 'play'; readonly url: string }
  | { readonly type: 'time'; readonly ticket: number; readonly seconds: number }
  /** Keys or words are waited for. */
  | { readonly type: 'listening' }
  | {
      readonly type: 'recorded';
      readonly verb: RecordVerb;
      readonly words: string;
      readonly digits: string;
      readonly base: string;
      readonly ticket: number;
    }
  | { readonly type: 'enqueue'; readonly verb: Enqueue }
  | { readonly type: 'dequeue' }
  | { readonly type: 'dial'; readonly verb: Dial; readonly base: string }
  | { readonly type: 'whispered' }
  | { readonly type: 'reject'; readonly reason: 'rejected' | 'busy' }
  | { readonly type: 'over' };

export interface Turn {
  readonly leg: Leg;
  readonly effects: readonly Effect[];
}

interface Manner {
  readonly pace: number;
  readonly patience: number;
}
const frame = (kind: FrameKind, base: string, doing: Doing): Frame => ({ kind, base, rest: [], doing, lasted: false });

/** A leg whose first document is asked at once. */
export function answering(to: Target, manner: Manner): Turn {
  const leg: Leg = { frames: [frame('main', to.url, { at: 'asking' })], ticket: 1, over: false, ...manner };
  return { leg, effects: [{ type: 'ask', ticket: 1, frame: 'main', to, parameters: {} }] };
}
/** A leg that is there to be joined with another. */
export const called = (base: string, manner: Manner): Leg => ({
  frames: [frame('main', base, { at: 'party', joined: false })],
  ticket: 1,
  over: false,
  ...manner,
});

/** Pure. What happens on a line when something happens. */
export function next(leg: Leg, event: LegEvent): Turn {
  if (leg.over) return { leg, effects: [] };
  const work = new Work(leg);
  work.take(event);
  return work.turn;
}

/** Whether keys, and whether words, do something now. */
export function hears(leg: Leg): { readonly keys: boolean; readonly words: boolean; readonly recorded: boolean } {
  const doing = leg.over ? undefined : leg.frames.at(-1)?.doing;
  const recorded = doing?.at === 'record';
  return {
    keys: (doing?.at === 'gather' && doing.verb.digits) || recorded,
    words: recorded || (doing?.at === 'gather' && doing.verb.speech) || isJoined(leg),
    recorded,
  };
}
export const isJoined = (leg: Leg): boolean => {
  const doing = leg.over ? undefined : leg.frames[0]?.doing;
  return doing !== undefined && 'joined' in doing && doing.joined;
};
export const isQueued = (leg: Leg): boolean => {
  const doing = leg.over ? undefined : leg.frames[0]?.doing;
  return doing?.at === 'queue' && !doing.joined;
};

const seconds = (text: string, pace: number): number => (pace === 0 ? 0 : text.length / pace);

/** One step of the machine, written down as it goes. */
class Work {
  private readonly effects: Effect[] = [];
  private leg: Leg;

  constructor(leg: Leg) {
    this.leg = leg;
  }
  get turn(): Turn {
    return { leg: this.leg, effects: this.effects };
  }

  take(event: LegEvent): void {
    switch (event.type) {
      case 'document':
        if (event.ticket !== this.leg.ticket) return;
        this.change({ base: event.base, rest: event.verbs, doing: { at: 'passing' }, lasted: false });
        return this.run();
      case 'time':
        return event.ticket === this.leg.ticket ? this.timeIsOver() : undefined;
      case 'key':
        return this.key(event.key);
      case 'speech':
        return this.speech(event.text);
      case 'hangup':
        return this.hangUp();
      case 'queued':
        return this.wait();
      case 'unqueued':
        return this.unqueued(event.result);
      case 'taken':
        return this.taken(event.whisper, event.base);
      case 'joined':
        return this.joined(true);
      case 'parted':
      case 'dialled':
        return this.parted();
      case 'redirected':
        return this.redirected(event.to);
    }
  }

  private get top(): Frame {
    const top = this.leg.frames.at(-1);
    if (!top) throw new Error('a leg has at least its own document');
    return top;
  }
  private get bottom(): Frame {
    return this.leg.frames[0] ?? this.top;
  }
  private change(what: Partial<Frame>): void {
    this.leg = { ...this.leg, frames: [...this.leg.frames.slice(0, -1), { ...this.top, ...what }] };
  }
  private begin(doing: Doing): number {
    this.change({ doing });
    this.leg = { ...this.leg, ticket: this.leg.ticket + 1 };
    return this.leg.ticket;
  }
  private timer(length: number): void {
    this.effects.push({ type: 'time', ticket: this.leg.ticket, seconds: length });
  }
  private ask(to: Target, parameters: Readonly<Record<string, string>> = {}, about?: 'dial' | 'queue'): void {
    const ticket = this.begin({ at: 'asking' });
    this.effects.push({
      type: 'ask',
      ticket,
      frame: this.top.kind,
      to: this.resolved(to),
      parameters,
      ...(about ? { about } : {}),
    });
  }
  private resolved(to: Target): Target {
    return { ...to, url: new URL(to.url, this.top.base).href };
  }

  private run(): void {
    for (;;) {
      const [verb, ...rest] = this.top.rest;
      if (!verb) return this.ended();
      this.change({ rest });
      if (!this.begun(verb)) return;
    }
  }

  /** Begins what a verb says. Gives whether it is done already. */
  private begun(verb: Verb): boolean {
    switch (verb.verb) {
      case 'Say':
      case 'Play':
      case 'Pause': {
        const length = this.prompt(verb);
        if (length === 0) return true;
        this.change({ lasted: true });
        this.begin({ at: 'passing' });
        this.timer(length);
        return false;
      }
      case 'Gather': {
        const length = verb.prompts.map(prompt => this.prompt(prompt)).reduce((sum, one) => sum + one, 0);
        this.change({ lasted: true });
        this.begin({ at: 'gather', verb, digits: '' });
        this.timer(length + verb.timeout);
        this.effects.push({ type: 'listening' });
        return false;
      }
      case 'Record':
        this.begin({ at: 'record', verb, words: [] });
        this.timer(Math.min(verb.timeout + this.leg.patience, verb.maxLength));
        return false;
      case 'Enqueue':
        this.begin({ at: 'queue', verb, joined: false });
        this.effects.push({ type: 'enqueue', verb });
        return false;
      case 'Dial':
        this.begin({ at: 'dial', verb, joined: false });
        this.effects.push({ type: 'dial', verb, base: this.top.base });
        return false;
      case 'Redirect':
        this.ask(verb.to);
        return false;
      case 'Leave':
        if (this.top.kind !== 'wait') return true;
        this.unqueued('leave');
        return false;
      case 'Hangup':
        this.hangUp();
        return false;
      case 'Reject':
        this.effects.push({ type: 'reject', reason: verb.reason });
        this.over();
        return false;
    }
  }
  private prompt(prompt: Say | Play | Pause): number {
    switch (prompt.verb) {
      case 'Say':
        this.effects.push({ type: 'say', text: prompt.text, language: prompt.language });
        return seconds(prompt.text, this.leg.pace) * Math.max(1, prompt.loop);
      case 'Play':
        this.effects.push({ type: 'play', url: new URL(prompt.url, this.top.base).href });
        return PLAY_SECONDS * (prompt.loop === 0 ? 1_000 : prompt.loop);
      case 'Pause':
        return prompt.seconds;
    }
  }

  /** A document has come to its end. */
  private ended(): void {
    if (this.top.kind === 'main') return this.hangUp();
    if (this.top.kind === 'whisper') {
      this.leg = { ...this.leg, frames: this.leg.frames.slice(0, -1), ticket: this.leg.ticket + 1 };
      this.effects.push({ type: 'whispered' });
      return;
    }
    if (this.top.lasted) return this.waitAgain();
    this.change({ lasted: true });
    this.begin({ at: 'passing' });
    this.timer(WAIT_AGAIN_SECONDS);
  }
  private wait(): void {
    const { doing, base } = this.bottom;
    if (doing.at !== 'queue' || !doing.verb.wait) return;
    const { wait } = doing.verb;
    this.leg = { ...this.leg, frames: [this.bottom, frame('wait', base, { at: 'asking' })] };
    this.ask(wait);
  }
  private waitAgain(): void {
    this.leg = { ...this.leg, frames: [this.bottom] };
    this.wait();
  }

  private timeIsOver(): void {
    const { doing } = this.top;
    if (doing.at === 'passing') return this.run();
    if (doing.at === 'gather') return this.gathered(doing.verb, doing.digits, '');
    if (doing.at === 'record') return this.recorded(doing.verb, doing.words, '');
  }

  private key(key: string): void {
    const { doing } = this.top;
    if (doing.at === 'record' && doing.verb.finishOnKey.includes(key))
      return this.recorded(doing.verb, doing.words, key);
    if (doing.at !== 'gather' || !doing.verb.digits) return;
    const { verb } = doing;
    if (verb.finishOnKey !== '' && verb.finishOnKey.includes(key)) return this.gathered(verb, doing.digits, key);
    const digits = doing.digits + key;
    if (digits.length === verb.numDigits) return this.gathered(verb, digits, '');
    this.begin({ at: 'gather', verb, digits });
    this.timer(verb.timeout);
  }
  private gathered(verb: Gather, digits: string, finishedOn: string): void {
    if (digits === '' && !verb.actionOnEmptyResult) return this.run();
    this.ask(this.action(verb), { Digits: digits, ...(finishedOn === '' ? {} : { FinishedOnKey: finishedOn }) });
  }

  private speech(text: string): void {
    const { doing } = this.top;
    if (doing.at === 'gather' && doing.verb.speech)
      return this.ask(this.action(doing.verb), { SpeechResult: text, Confidence: '0.9' });
    if (doing.at !== 'record') return;
    this.begin({ ...doing, words: [...doing.words, text] });
    this.timer(doing.verb.timeout);
  }
  private recorded(verb: RecordVerb, words: readonly string[], digits: string): void {
    // Silence is no recording: the document goes on.
    if (words.length === 0) return this.run();
    const { base } = this.top;
    const ticket = this.begin({ at: 'asking' });
    this.effects.push({ type: 'recorded', verb, words: words.join(' '), digits, base, ticket });
  }
  private action(verb: { readonly action?: Target; readonly method: Target['method'] }): Target {
    return verb.action ?? { url: this.top.base, method: verb.method };
  }

  private unqueued(result: QueueResult): void {
    const { doing } = this.bottom;
    if (doing.at !== 'queue') return;
    this.leg = { ...this.leg, frames: [this.bottom] };
    this.effects.push({ type: 'dequeue' });
    this.afterQueue(doing.verb, result);
  }
  private afterQueue(verb: Enqueue, result: QueueResult): void {
    if (verb.action) this.ask(verb.action, { QueueResult: result }, 'queue');
    else this.run();
  }

  private taken(whisper: Target | undefined, base: string): void {
    if (this.bottom.doing.at === 'queue') this.effects.push({ type: 'dequeue' });
    this.leg = { ...this.leg, frames: [this.bottom], ticket: this.leg.ticket + 1 };
    if (!whisper) {
      this.effects.push({ type: 'whispered' });
      return;
    }
    this.leg = { ...this.leg, frames: [this.bottom, frame('whisper', base, { at: 'asking' })] };
    this.ask(whisper);
  }
  private joined(joined: boolean): void {
    const { doing } = this.bottom;
    if (!('joined' in doing)) return;
    this.leg = { ...this.leg, frames: [{ ...this.bottom, doing: { ...doing, joined } }], ticket: this.leg.ticket + 1 };
  }
  private parted(): void {
    const { doing } = this.bottom;
    this.leg = { ...this.leg, frames: [this.bottom] };
    if (doing.at === 'queue') return this.afterQueue(doing.verb, 'bridged');
    if (doing.at === 'party') return this.hangUp();
    if (doing.at !== 'dial') return;
    if (doing.verb.action) this.ask(doing.verb.action, {}, 'dial');
    else this.run();
  }

  private redirected(to: Target): void {
    if (isQueued(this.leg)) this.effects.push({ type: 'dequeue' });
    this.leg = { ...this.leg, frames: [frame('main', to.url, { at: 'asking' })] };
    this.ask(to);
  }

  private hangUp(): void {
    const { doing, base } = this.top;
    if (doing.at === 'record' && doing.words.length > 0)
      this.effects.push({
        type: 'recorded',
        verb: doing.verb,
        words: doing.words.join(' '),
        digits: 'hangup',
        base,
        ticket: 0,
      });
    const below = this.bottom.doing;
    if (below.at === 'queue') {
      if (!below.joined) this.effects.push({ type: 'dequeue' });
      this.tell(below.verb.action, { QueueResult: below.joined ? 'bridged' : 'hangup' }, 'queue');
    }
    if (below.at === 'dial') this.tell(below.verb.action, {}, 'dial');
    this.over();
  }
  private tell(to: Target | undefined, parameters: Readonly<Record<string, string>>, about: 'dial' | 'queue'): void {
    if (!to) return;
    const { base } = this.bottom;
    const there = { ...to, url: new URL(to.url, base).href };
    this.effects.push({ type: 'tell', ticket: 0, frame: 'main', to: there, parameters, about });
  }
  private over(): void {
    this.leg = { ...this.leg, over: true, ticket: this.leg.ticket + 1 };
    this.effects.push({ type: 'over' });
  }
}
