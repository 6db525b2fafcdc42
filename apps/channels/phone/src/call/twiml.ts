import twilio from 'twilio';
import { callbackOf, type CallFlow, type FlowStep, type Words } from '../flow/flow.js';
import { SAY_MAX } from '../limits.js';
import type { Road } from '../road.js';
import { sentence, type SentenceName } from './sentences.js';

type Voice = InstanceType<typeof twilio.twiml.VoiceResponse>;

/** A new document. */
export const document = (): Voice => new twilio.twiml.VoiceResponse();

/** Says a text, in as many sentences as the provider takes. */
export const say = (to: { say(options: object, text: string): unknown }, language: string, text: string): void => {
  for (let at = 0; at < text.length; at += SAY_MAX) to.say({ language }, text.slice(at, at + SAY_MAX));
};

/** A document that says one thing and ends the call. */
export function farewell(language: string, text: string): string {
  const voice = document();
  say(voice, language, text);
  voice.hangup();
  return voice.toString();
}

/** A document that asks for nothing. */
export const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';
/** The document said when nothing else can be: kept at the provider's fallback address too. */
export const FALLBACK = farewell('it-IT', sentence('sorry', 'it-IT'));

export interface Rendering {
  readonly flow: CallFlow;
  readonly road: Road;
  readonly language: string;
  /** Words of an emergency that the caller has not heard yet, said before everything else. */
  readonly announcement?: string;
  /** Whether the number that the caller shows can be called back. */
  readonly callable: boolean;
  readonly recordCalls: boolean;
  readonly transcribeCalls: boolean;
}

/** The words of a step, in the caller's language or the flow's first. */
export const wordsIn = (text: Words | undefined, language: string, flow: CallFlow): string =>
  text?.[language] ?? text?.[flow.languages[0] ?? ''] ?? '';

/** What is said before a conversation is recorded or transcribed; nothing when it is neither. */
function noticeOf({ recordCalls, transcribeCalls }: Switches): SentenceName | undefined {
  if (recordCalls) return transcribeCalls ? 'recordedAndTranscribed' : 'recorded';
  return transcribeCalls ? 'transcribed' : undefined;
}
type Switches = Pick<Rendering, 'recordCalls' | 'transcribeCalls'>;

/** Says that the call is recorded or transcribed, and begins to transcribe the person's own words. */
export function giveNotice(voice: Voice, language: string, road: Road, switches: Switches): void {
  const notice = noticeOf(switches);
  if (notice) say(voice, language, sentence(notice, language));
  transcribe(voice, language, road, switches);
}
function transcribe(voice: Voice, language: string, road: Road, { transcribeCalls }: Switches): void {
  if (transcribeCalls)
    voice.start().transcription({
      languageCode: language,
      track: 'inbound_track',
      statusCallbackUrl: road.news('/voice/transcription'),
    });
}

/** The document of a step that waits for the caller, or ends. Steps that only lead on are passed before. Pure. */
export function render(step: FlowStep, retry: number, said: readonly string[], how: Rendering): string {
  const { flow, road, language } = how;
  const voice = document();
  if (how.announcement) say(voice, language, how.announcement);
  said.forEach(text => say(voice, language, text));
  const words = wordsIn(step.text, language, flow);
  const here = { at: step.id, retry: String(retry) };
  switch (step.type) {
    case 'menu': {
      const gather = voice.gather({
        input: ['dtmf'],
        numDigits: 1,
        timeout: 6,
        action: road.document('/voice/step', here),
      });
      say(gather, language, words);
      voice.redirect(road.document('/voice/step', { ...here, silent: '1' }));
      break;
    }
    case 'queue':
      giveNotice(voice, language, road, how);
      say(voice, language, words);
      voice.enqueue(
        {
          waitUrl: road.document('/voice/wait', { at: step.id }),
          action: road.document('/voice/left', { at: step.id }),
        },
        queueName(step.queue ?? step.id),
      );
      break;
    case 'voicemail':
      // The words of the step say that a message is recorded; that it is transcribed is said by us.
      if (how.transcribeCalls) say(voice, language, sentence('transcribed', language));
      say(voice, language, words);
      transcribe(voice, language, road, how);
      voice.record({
        maxLength: step.seconds ?? 120,
        playBeep: true,
        finishOnKey: '#',
        action: road.document('/voice/recorded', { at: step.id }),
        recordingStatusCallback: road.news('/voice/recording'),
      });
      // Nothing was said: the provider goes on here.
      say(voice, language, sentence('goodbye', language));
      break;
    case 'callback': {
      const gather = voice.gather({
        input: ['dtmf'],
        timeout: 6,
        finishOnKey: '#',
        actionOnEmptyResult: true,
        action: road.document('/voice/callback', here),
      });
      say(gather, language, `${words} ${sentence(how.callable ? 'callbackHere' : 'callbackElsewhere', language)}`);
      break;
    }
    default:
      say(voice, language, words);
      voice.hangup();
  }
  return voice.toString();
}

/** The provider's name of a queue: opaque, without personal data. */
export const queueName = (queue: string): string => `q-${queue}`;

/** The document of somebody who waits: position, how long when it can be told, and the offer of a callback where there is one. */
export function waiting(step: FlowStep, position: number, minutes: number | undefined, how: Rendering): string {
  const { flow, road, language } = how;
  const voice = document();
  if (how.announcement) say(voice, language, how.announcement);
  const offered = callbackOf(flow, step) !== undefined;
  const told = [
    sentence('position', language, { position }),
    ...(minutes === undefined ? [] : [sentence('estimate', language, { minutes })]),
    ...(offered ? [sentence('offer', language)] : []),
  ].join(' ');
  if (!offered) {
    say(voice, language, told);
    voice.pause({ length: 15 });
    return voice.toString();
  }
  const gather = voice.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: 15,
    action: road.document('/voice/wait-key', { at: step.id }),
  });
  say(gather, language, told);
  return voice.toString();
}

/** The document of somebody who still waits when the office closes: they leave the queue, and are offered what follows it. */
export function closing(language: string): string {
  const voice = document();
  say(voice, language, sentence('nowClosed', language));
  voice.leave();
  return voice.toString();
}
