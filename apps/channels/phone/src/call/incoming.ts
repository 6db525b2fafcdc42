import { callbackOf, queueOf, type FlowStep } from '../flow/flow.js';
import { isAnswered } from '../flow/reach.js';
import { callBackNumber, spoken } from '../numbers.js';
import { atTurn } from '../road.js';
import { goTo, press, stepOf, type Turn } from './advance.js';
import { ownCall, type Asked, type Desk, type Outcome, type Routes } from './asked.js';
import { sentence } from './sentences.js';
import { changed, stepped, withVoicemail, type CallState } from './state.js';
import { closing, document, EMPTY, farewell, waiting, type Rendering } from './twiml.js';

const CALLBACK_ATTEMPTS = 3;
/** How somebody's waiting ended who needs to hear nothing more. */
const OVER = new Set(['bridged', 'hangup', 'bridging-in-process', 'bridging-in-progress', 'redirected-from-bridged']);

/** A citizen calls: each request goes one step along the flow. */
export class Incoming {
  readonly routes: Routes = {
    '/voice': {
      call: ownCall,
      answer: async (_asked, call, now) => this.said(await this.go(call, this.desk.config.phoneFlow.start, 0, now)),
    },
    '/voice/step': { call: ownCall, answer: (asked, call, now) => this.step(asked, call, now) },
    '/voice/wait': { call: ownCall, answer: (asked, call, now) => this.wait(asked, call, now) },
    '/voice/wait-key': { call: ownCall, answer: (asked, call) => this.waitKey(asked, call) },
    '/voice/left': { call: ownCall, answer: (asked, call, now) => this.left(asked, call, now) },
    '/voice/callback': { call: ownCall, answer: (asked, call, now) => this.callback(asked, call, now) },
    '/voice/recorded': { call: ownCall, answer: (_asked, call, now) => recorded(call, now) },
  };

  constructor(private readonly desk: Desk) {}

  private async how(call: CallState): Promise<Omit<Rendering, 'language'>> {
    const { config, road, announcement } = this.desk;
    const words = await announcement.current();
    return {
      flow: config.phoneFlow,
      road: atTurn(road, call.turn),
      recordCalls: config.recordCalls,
      transcribeCalls: config.transcribeCalls,
      callable: callBackNumber(call.from) !== undefined,
      ...(words !== undefined && words !== call.announced ? { announcement: words } : {}),
    };
  }
  private async go(call: CallState, id: string, retry: number, now: Date): Promise<Turn> {
    const how = await this.how(call);
    return heard(goTo(call, id, retry, now, how), how);
  }
  /** The turn is said; who comes to a queue begins to wait. */
  private async said({ call, document: words, at }: Turn): Promise<Outcome> {
    if (at.type === 'queue' && !call.endedAt)
      await this.desk.hunt.join(at.queue ?? at.id, call.sid, call.queuedAt ?? call.at);
    return { document: words, call };
  }

  private async step(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const menu = this.stepNamed(asked);
    const digit = asked.query.get('silent') ? '' : (asked.form.get('Digits') ?? '');
    const how = await this.how(call);
    return this.said(heard(press(call, menu, digit, retryIn(asked), now, how), how));
  }

  private async wait(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const step = this.stepNamed(asked);
    const { config, hunt } = this.desk;
    const queue = step.queue ?? step.id;
    hunt.heardOf(call.sid);
    if (!isAnswered(config.phoneFlow, queue, now)) return { document: closing(call.language), call };
    const position = Math.max(1, Number(asked.form.get('QueuePosition') ?? 1) || 1);
    const how = await this.how(call);
    const minutes = await hunt.minutes(queue, position);
    const words = waiting(step, position, minutes, { ...how, language: call.language });
    return { document: words, call: how.announcement ? { ...call, announced: how.announcement } : call };
  }
  private waitKey(asked: Asked, call: CallState): Outcome {
    const voice = document();
    if (asked.form.get('Digits') === '1') voice.leave();
    else voice.redirect(atTurn(this.desk.road, call.turn).document('/voice/wait', { at: asked.query.get('at') ?? '' }));
    return { document: voice.toString(), call };
  }

  private async left(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const step = this.stepNamed(asked);
    const flow = this.desk.config.phoneFlow;
    const result = asked.form.get('QueueResult') ?? '';
    await this.desk.hunt.leave(step.queue ?? step.id, call.sid);
    const after = stepped(call, step.id, now.toISOString(), `left:${result}`);
    if (OVER.has(result) || result === 'redirected') return { document: EMPTY, call: after };
    const mailbox = flow.steps.find(one => one.type === 'voicemail')?.id;
    const next = result === 'leave' ? (callbackOf(flow, step) ?? mailbox) : (mailbox ?? step.next);
    if (next === undefined) return { document: farewell(call.language, sentence('sorry', call.language)), call: after };
    return this.said(await this.go(after, next, 0, now));
  }

  /** Key 1, or hash alone, is a yes to the number shown; silence is not. Any number must be one that may be called back. */
  private async callback(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const step = this.stepNamed(asked);
    const digits = asked.form.get('Digits') ?? '';
    const yes = digits === '1' || (digits === '' && asked.form.get('FinishedOnKey') === '#');
    const number = callBackNumber(yes ? call.from : digits);
    const queue = step.queue ?? call.queue ?? queueOf(this.desk.config.phoneFlow, step);
    if (number === undefined || queue === undefined) return this.callbackAgain(asked, call, step, now);
    await this.desk.line.askCallback({
      call: call.sid,
      queue,
      number,
      account: call.account,
      language: call.language,
      since: call.queuedAt ?? call.at,
      tries: 0,
    });
    void this.desk.hunt.seek(queue);
    return {
      document: farewell(call.language, sentence('callbackTaken', call.language, { number: spoken(number) })),
      call: changed(stepped(call, step.id, now.toISOString(), 'accepted'), { ending: 'callback' }),
      about: { event: 'callback', number },
    };
  }
  private async callbackAgain(asked: Asked, call: CallState, step: FlowStep, now: Date): Promise<Outcome> {
    const retry = retryIn(asked) + 1;
    const after = stepped(call, step.id, now.toISOString(), 'no number');
    if (retry < CALLBACK_ATTEMPTS) return this.said(await this.go(after, step.id, retry, now));
    const { steps } = this.desk.config.phoneFlow;
    const next = step.next ?? steps.find(one => one.type === 'voicemail')?.id;
    if (next === undefined) return { document: farewell(call.language, sentence('sorry', call.language)), call: after };
    return this.said(await this.go(after, next, 0, now));
  }

  private stepNamed(asked: Asked): FlowStep {
    return stepOf(this.desk.config.phoneFlow, asked.query.get('at') ?? '');
  }
}

const recorded = (call: CallState, now: Date): Outcome => ({
  document: farewell(call.language, sentence('messageTaken', call.language)),
  call: withVoicemail(stepped(call, 'voicemail', now.toISOString())),
});
const retryIn = (asked: Asked): number => Number(asked.query.get('retry') ?? 0) || 0;
/** The caller hears the words of emergency with this turn, and not again. */
const heard = (turn: Turn, { announcement }: Pick<Rendering, 'announcement'>): Turn =>
  announcement === undefined ? turn : { ...turn, call: { ...turn.call, announced: announcement } };
