import twilio from 'twilio';
import type { CallFlow, FlowStep, Words } from '../flow/flow.js';
import { SAY_MAX } from '../limits.js';

type Voice = InstanceType<typeof twilio.twiml.VoiceResponse>;

/** The document said when nothing else can be: kept at the provider's fallback address too. */
export const FALLBACK =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="it-IT">Ci scusiamo, in questo momento non riusciamo a rispondere. La preghiamo di richiamare tra qualche minuto.</Say></Response>';

/** Where the provider asks for the next document. */
export interface Road {
  url(path: string, query?: Readonly<Record<string, string>>): string;
}

export interface Rendering {
  readonly flow: CallFlow;
  readonly road: Road;
  readonly language: string;
  /** Words of an emergency, said before everything else. */
  readonly announcement?: string;
  readonly recordCalls: boolean;
  readonly transcribeCalls: boolean;
}

/** The words of a step, in the caller's language or the flow's first. */
export const wordsIn = (text: Words | undefined, language: string, flow: CallFlow): string =>
  text?.[language] ?? text?.[flow.languages[0] ?? ''] ?? '';

export const say = (to: { say(options: object, text: string): unknown }, language: string, text: string): void => {
  for (let at = 0; at < text.length; at += SAY_MAX) to.say({ language }, text.slice(at, at + SAY_MAX));
};

/** A new document. */
export const document = (): Voice => new twilio.twiml.VoiceResponse();

/** The document of a step that waits for the caller, or ends. Steps that only lead on are passed before. Pure. */
export function render(step: FlowStep, retry: number, said: readonly string[], how: Rendering): string {
  const { flow, road, language } = how;
  const voice = document();
  if (how.announcement) say(voice, language, how.announcement);
  said.forEach(text => say(voice, language, text));
  const words = wordsIn(step.text, language, flow);
  switch (step.type) {
    case 'menu': {
      const gather = voice.gather({
        input: ['dtmf'],
        numDigits: 1,
        timeout: 6,
        action: road.url('/voice/step', { at: step.id, retry: String(retry) }),
      });
      say(gather, language, words);
      voice.redirect(road.url('/voice/step', { at: step.id, retry: String(retry), silent: '1' }));
      break;
    }
    case 'queue':
      if (how.recordCalls) say(voice, language, RECORDED[language] ?? RECORDED['it-IT'] ?? '');
      say(voice, language, words);
      voice.enqueue(
        { waitUrl: road.url('/voice/wait', { at: step.id }), action: road.url('/voice/left', { at: step.id }) },
        queueName(step),
      );
      break;
    case 'voicemail':
      say(voice, language, words);
      voice.record({
        maxLength: step.seconds ?? 120,
        playBeep: true,
        finishOnKey: '#',
        action: road.url('/voice/recorded', { at: step.id }),
        recordingStatusCallback: road.url('/voice/recording'),
        ...(how.transcribeCalls ? { transcribe: true, transcribeCallback: road.url('/voice/transcription') } : {}),
      });
      break;
    case 'callback': {
      const gather = voice.gather({
        input: ['dtmf'],
        timeout: 6,
        finishOnKey: '#',
        actionOnEmptyResult: true,
        action: road.url('/voice/callback', { at: step.id }),
      });
      say(gather, language, `${words} ${CONFIRM[language] ?? CONFIRM['it-IT'] ?? ''}`);
      break;
    }
    default:
      say(voice, language, words);
      voice.hangup();
  }
  return voice.toString();
}

const RECORDED: Words = {
  'it-IT':
    'La chiamata sarà registrata per migliorare il servizio. Se non desidera essere registrato lo dica all’operatore.',
  'en-GB': 'This call will be recorded to improve the service. If you do not wish so, please tell the operator.',
};
const CONFIRM: Words = {
  'it-IT':
    'Per essere richiamato al numero da cui chiama prema cancelletto, oppure digiti un altro numero e poi cancelletto.',
  'en-GB': 'To be called back at the number you are calling from press hash, or key in another number and then hash.',
};

/** The provider's name of a queue: opaque, without personal data. */
export const queueName = (step: FlowStep): string => `q-${step.queue ?? step.id}`;

/** The document of somebody who waits: position, and how long when it can be told. */
export function waiting(position: number, minutes: number | undefined, at: string, how: Rendering): string {
  const { road, language } = how;
  const voice = document();
  if (how.announcement) say(voice, language, how.announcement);
  const english = language.startsWith('en');
  const place = english ? `You are number ${position} in the queue.` : `È in posizione ${position}.`;
  const wait =
    minutes === undefined
      ? ''
      : english
        ? ` The estimated wait is about ${minutes} minute${minutes === 1 ? '' : 's'}.`
        : ` L'attesa stimata è di circa ${minutes} minut${minutes === 1 ? 'o' : 'i'}.`;
  const offer = english ? ' Press 1 to be called back.' : ' Prema 1 per essere richiamato.';
  const gather = voice.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: 15,
    action: road.url('/voice/wait-key', { at }),
  });
  say(gather, language, place + wait + offer);
  return voice.toString();
}
