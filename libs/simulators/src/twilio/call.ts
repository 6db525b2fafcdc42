import { hears, isJoined, isQueued, type Leg } from './leg.js';
import type { RecordingTarget, Target } from './twiml.js';

/** One thing that was said, played or pressed, as it is heard on a line. */
export interface HeardLine {
  readonly who: 'system' | 'citizen' | 'operator';
  readonly kind: 'said' | 'played' | 'key';
  readonly text: string;
  /** RFC 3339. */
  readonly at: string;
  /** Of what the system says. */
  readonly language?: string;
}

/** What somebody's telephone does when it is called. */
export interface PhoneBehaviour {
  readonly answers: 'yes' | 'busy' | 'no-answer' | 'failed';
  /** Seconds of ringing, and between a question and the keys. */
  readonly afterSeconds: number;
  /** Pressed each time keys are asked for. */
  readonly keys: string;
  /** Said once joined with somebody. */
  readonly says: readonly string[];
  /** Seconds after which they hang up; absent, they wait for the other. */
  readonly talkSeconds?: number;
  readonly who: 'citizen' | 'operator';
}

export type CallStatus =
  'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

/** Ways in which a call is over. */
export const isFinal = (status: CallStatus): boolean => !['queued', 'ringing', 'in-progress'].includes(status);

/** What a call is made of; the exchange keeps it. */
export interface CallRecord {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  readonly from: string;
  readonly to: string;
  readonly parent?: string;
  readonly behaviour?: PhoneBehaviour;
  readonly statusTo?: RecordingTarget;
  readonly fallback?: Target;
  readonly createdAt: number;
  readonly transcript: HeardLine[];
  status: CallStatus;
  leg?: Leg;
  answeredAt?: number;
  endedAt?: number;
  /** Of the next status callback. */
  sequence: number;
  /** Documents heard so far. */
  documents: number;
  /** In which queue, since when, and until when. */
  stay?: { readonly queue: string; readonly queueSid: string; readonly at: number; leftAt?: number };
  /** Whom this call dials, or took out of a queue, and what came of it. */
  dialling?: { other?: CallRecord; queue?: string; status: string; joinedAt?: number; recording?: string };
  /** With whom it talks. */
  peer?: CallRecord;
}

interface Hands {
  press(call: CallRecord, keys: string): void;
  speak(call: CallRecord, text: string): void;
  hangUp(call: CallRecord): void;
}

/** A call, as the person at its far end has it in the hand. */
export class SimulatedCall {
  constructor(
    private readonly record: CallRecord,
    private readonly hands: Hands,
  ) {}

  get sid(): string {
    return this.record.sid;
  }
  /** The provider's own word. */
  get status(): CallStatus {
    return this.record.status;
  }
  get direction(): CallRecord['direction'] {
    return this.record.direction;
  }
  get from(): string {
    return this.record.from;
  }
  get to(): string {
    return this.record.to;
  }
  get transcript(): readonly HeardLine[] {
    return this.record.transcript;
  }
  get state(): 'ringing' | 'speaking' | 'waiting' | 'talking' | 'ended' {
    const { status, leg } = this.record;
    if (isFinal(status)) return 'ended';
    if (status !== 'in-progress' || !leg) return 'ringing';
    if (isJoined(leg)) return 'talking';
    return isQueued(leg) ? 'waiting' : 'speaking';
  }
  /** What does something now: keys, and spoken words; and whether these are being recorded. */
  get hears(): { readonly keys: boolean; readonly words: boolean; readonly recorded: boolean } {
    return this.record.leg ? hears(this.record.leg) : { keys: false, words: false, recorded: false };
  }
  /** Presses keys, from 0 to 9, * and #, one after the other; those that nobody waits for are lost. Throws when it has ended. */
  press(keys: string): void {
    if (!/^[0-9*#]+$/.test(keys)) throw new Error(`«${keys}» are no keys of a telephone`);
    this.hands.press(this.underWay(), keys);
  }
  /** Says something. Throws when the call has ended. */
  speak(text: string): void {
    this.hands.speak(this.underWay(), text);
  }
  /** A call that has ended stays so. */
  hangUp(): void {
    this.hands.hangUp(this.record);
  }
  private underWay(): CallRecord {
    if (isFinal(this.record.status)) throw new Error(`call ${this.sid} has ended`);
    return this.record;
  }
}
