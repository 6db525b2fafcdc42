import type { CallbackWork } from '../line/line.js';
import { namedCall, ownCall, type Asked, type Desk, type Outcome, type Routes } from './asked.js';
import { recordingOf } from './outgoing.js';
import { sentence } from './sentences.js';
import { changed, ENDED, stepped, type CallState } from './state.js';
import { document, EMPTY, farewell, giveNotice, queueName, say } from './twiml.js';

const CALLBACK_RING_SECONDS = 30;

/** An operator is rung, accepts, and is joined with whoever waits longest: on the telephone, or to be called back. */
export class Answering {
  readonly routes: Routes = {
    '/voice/operator': { answerOperator: asked => ({ document: this.offer(asked) }) },
    '/voice/accept': { answerOperator: asked => this.accept(asked) },
    '/voice/operator-status': { answerOperator: asked => this.operatorStatus(asked) },
    '/voice/whisper': { call: ownCall, answer: (asked, call, now) => this.joined(asked, call, now) },
    '/voice/called-back': { call: namedCall, answer: (asked, call, now) => this.calledBack(asked, call, now) },
    '/voice/talked': { call: namedCall, answer: (asked, call, now) => this.talked(asked, call, now) },
  };

  constructor(private readonly desk: Desk) {}

  private offer(asked: Asked): string {
    const { queue, operator } = offered(asked);
    const voice = document();
    const gather = voice.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: 10,
      action: this.desk.road.document('/voice/accept', { queue, operator }),
    });
    say(gather, 'it-IT', 'Chiamata dal Comune in attesa. Premi 1 per rispondere.');
    voice.hangup();
    return voice.toString();
  }

  private async accept(asked: Asked): Promise<Outcome> {
    const { queue, operator, leg } = offered(asked);
    const { road, line, operators } = this.desk;
    const first = asked.form.get('Digits') === '1' ? await line.claimFirst(queue, leg) : undefined;
    if (!first) return { document: farewell('it-IT', 'Nessuno è più in attesa. Grazie.') };
    operators.accepted(operator, leg);
    if (first !== 'caller') return { document: this.callBack(first, operator) };
    const voice = document();
    voice
      .dial(recordingOf(this.desk))
      .queue({ url: road.document('/voice/whisper', { queue, operator }) }, queueName(queue));
    return { document: voice.toString() };
  }
  private callBack({ queue, call, number, account }: CallbackWork, operator: string): string {
    const { road } = this.desk;
    const query = { queue, call, operator };
    const voice = document();
    say(voice, 'it-IT', 'Richiamiamo un cittadino che lo ha chiesto.');
    voice
      .dial({
        callerId: account,
        timeout: CALLBACK_RING_SECONDS,
        action: road.document('/voice/talked', query),
        ...recordingOf(this.desk, call),
      })
      .number({ url: road.document('/voice/called-back', query) }, number);
    return voice.toString();
  }

  /** Asked before the caller of a queue is joined: `CallSid` is the caller's, `DequeingCallSid` the operator's leg. */
  private async joined(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const { calls, hunt, line } = this.desk;
    const { queue, operator } = offered(asked);
    const leg = asked.form.get('DequeingCallSid') ?? '';
    await calls.joined(leg, call.sid);
    await hunt.leave(queue, call.sid);
    // The provider's first may be another than ours: the one who was claimed goes on waiting.
    await line.release(queue, leg);
    return { document: EMPTY, call: answeredBy(call, operator, now) };
  }

  /** The citizen whom we call back has picked up: said to them before they are joined. */
  private async calledBack(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const { config, road, line } = this.desk;
    const { queue, operator } = offered(asked);
    await line.calledBack({ queue, call: call.sid });
    const voice = document();
    say(voice, call.language, sentence('weCallBack', call.language));
    // A transcription would be told of another call: this leg is not the one that the citizen made.
    giveNotice(voice, call.language, road, { recordCalls: config.recordCalls, transcribeCalls: false });
    return { document: voice.toString(), call: answeredBy(call, operator, now) };
  }

  /** A callback is over. One that nobody answered keeps its place and is tried again. */
  private async talked(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const { line } = this.desk;
    const { queue, leg } = offered(asked);
    const status = asked.form.get('DialCallStatus') ?? '';
    await line.release(queue, leg);
    const duration = asked.form.get('DialCallDuration');
    if (status === 'completed' && duration) await line.talked(queue, Number(duration));
    return { document: EMPTY, call: stepped(call, 'called-back', now.toISOString(), status) };
  }

  private async operatorStatus(asked: Asked): Promise<Outcome> {
    const { queue, operator, leg } = offered(asked);
    if (ENDED.has(asked.form.get('CallStatus') ?? '')) await this.desk.hunt.ended(operator, queue, leg);
    return { document: EMPTY };
  }
}

const answeredBy = (call: CallState, operator: string, now: Date): CallState => {
  const at = now.toISOString();
  return changed(stepped(call, 'answered', at), {
    answeredAt: call.answeredAt ?? at,
    answeredBy: operator === '' ? 'operatore' : operator,
  });
};
const offered = (asked: Asked): { queue: string; operator: string; leg: string } => ({
  queue: asked.query.get('queue') ?? '',
  operator: asked.query.get('operator') ?? '',
  leg: asked.form.get('CallSid') ?? '',
});
