import type { Outbound } from '@filodiretto/contracts';
import { DIAL_WORDS_MAX } from '../limits.js';
import type { Provider } from '../provider.js';
import { namedCall, ownCall, type Asked, type Desk, type Outcome, type Routes } from './asked.js';
import { sentence } from './sentences.js';
import { changed, stepped, type CallState } from './state.js';
import { document, EMPTY, farewell, giveNotice, say } from './twiml.js';

/** Whom to call, and who of us is joined when they answer. */
export interface NewDial {
  readonly to: string;
  readonly operator: string;
  readonly announcement: string;
}

const RING_SECONDS = 30;

/** We call a citizen from a case: when they answer, the operator is rung and joined. */
export class Outgoing {
  readonly routes: Routes = {
    '/dial': { call: ownCall, answer: (asked, call, now) => this.answered(asked, call, now) },
    '/dial/joined': { call: namedCall, answer: joined },
    '/dial/over': { call: ownCall, answer: over },
  };

  constructor(
    private readonly desk: Desk,
    private readonly provider: Provider,
    /** The number that calls. */
    private readonly numberOf: (account: string) => string,
  ) {}

  /** Places the call. Gives the provider's id. Rejects as `Provider.call` does. */
  dial(order: Outbound, { to, operator, announcement }: NewDial): Promise<string> {
    const { road } = this.desk;
    const query = {
      order: order.id,
      attempt: String(order.attempt),
      conversation: order.conversation,
      operator,
      words: announcement.slice(0, DIAL_WORDS_MAX),
    };
    return this.provider.call({
      to,
      from: this.numberOf(order.account),
      url: road.document('/dial', query),
      statusCallback: road.news('/dial/status', query),
      fallbackUrl: road.document('/voice/fallback'),
      timeoutSeconds: RING_SECONDS,
    });
  }

  private answered(asked: Asked, call: CallState, now: Date): Outcome {
    const { config, road } = this.desk;
    const voice = document();
    const operator = asked.query.get('operator') ?? '';
    const conversation = asked.query.get('conversation') ?? '';
    const order = {
      order: call.order?.message ?? '',
      attempt: String(call.order?.attempt ?? 1),
      conversation,
      operator,
      call: call.sid,
    };
    say(voice, call.language, asked.query.get('words') || sentence('weCall', call.language));
    giveNotice(voice, call.language, road, config);
    const dial = voice.dial({
      callerId: call.account,
      answerOnBridge: true,
      timeout: RING_SECONDS,
      action: road.document('/dial/over', order),
      ...recordingOf(this.desk, call.sid),
    });
    dial.number({ url: road.document('/dial/joined', order) }, operator);
    const at = now.toISOString();
    return {
      document: voice.toString(),
      call: changed(stepped(call, 'answered', at), { answeredAt: call.answeredAt ?? at }),
    };
  }
}

/** How a conversation is recorded, when that is switched on. The person has been told before. */
export function recordingOf(
  { config, road }: Pick<Desk, 'config' | 'road'>,
  call?: string,
): { record?: 'record-from-answer'; recordingStatusCallback?: string } {
  if (!config.recordCalls) return {};
  return {
    record: 'record-from-answer',
    recordingStatusCallback: road.news('/voice/recording', { of: 'conversation', ...(call ? { call } : {}) }),
  };
}

/** The operator has picked up, and is joined with the citizen now. */
const joined = (asked: Asked, call: CallState, now: Date): Outcome => ({
  document: EMPTY,
  call: changed(stepped(call, 'joined', now.toISOString()), { answeredBy: asked.query.get('operator') ?? 'operatore' }),
});

/** The operator did not answer, or the conversation is over. */
function over(asked: Asked, call: CallState, now: Date): Outcome {
  const status = asked.form.get('DialCallStatus') ?? '';
  const after = stepped(call, 'operator', now.toISOString(), status);
  if (status === 'completed' || status === 'answered') return { document: EMPTY, call: after };
  return { document: farewell(call.language, sentence('nobodyFree', call.language)), call: after };
}
