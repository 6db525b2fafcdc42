import {
  DIAL_SECONDS,
  GATHER_SECONDS,
  QUEUE_SIZE,
  QUEUE_SIZE_MAX,
  RECORD_SECONDS,
  RECORD_SILENCE_SECONDS,
  SAY_MAX,
  TWIML_MAX,
} from './limits.js';
import { parseXml, wordsOf, type Element } from './xml.js';

export type Method = 'GET' | 'POST';
/** Another document, or a place to tell something. `url` may be relative to the document in which it is written. */
export interface Target {
  readonly url: string;
  readonly method: Method;
}
export interface Say {
  readonly verb: 'Say';
  readonly text: string;
  readonly language: string;
  readonly loop: number;
}
export interface Play {
  readonly verb: 'Play';
  readonly url: string;
  /** 0 is for ever. */
  readonly loop: number;
}
export interface Pause {
  readonly verb: 'Pause';
  readonly seconds: number;
}
export interface Gather {
  readonly verb: 'Gather';
  readonly action?: Target;
  readonly method: Method;
  readonly digits: boolean;
  readonly speech: boolean;
  readonly numDigits?: number;
  readonly timeout: number;
  readonly finishOnKey: string;
  readonly actionOnEmptyResult: boolean;
  readonly prompts: readonly (Say | Play | Pause)[];
}
/** Where the state of a recording is told, and which states. */
export interface RecordingTarget extends Target {
  readonly events: readonly string[];
}
export interface Record {
  readonly verb: 'Record';
  readonly action?: Target;
  readonly method: Method;
  readonly maxLength: number;
  readonly timeout: number;
  readonly finishOnKey: string;
  readonly status?: RecordingTarget;
  readonly transcribeTo?: Target;
}
export interface Enqueue {
  readonly verb: 'Enqueue';
  readonly queue: string;
  readonly action?: Target;
  readonly wait?: Target;
  readonly maxSize: number;
}
export interface Dial {
  readonly verb: 'Dial';
  readonly action?: Target;
  readonly callerId?: string;
  readonly timeout: number;
  readonly recorded: boolean;
  readonly recording?: RecordingTarget;
  readonly to:
    | { readonly queue: string; readonly whisper?: Target }
    | { readonly number: string; readonly whisper?: Target; readonly status?: RecordingTarget };
}
export type Verb =
  | Say
  | Play
  | Pause
  | Gather
  | Record
  | Enqueue
  | Dial
  | { readonly verb: 'Redirect'; readonly to: Target }
  | { readonly verb: 'Leave' }
  | { readonly verb: 'Hangup' }
  | { readonly verb: 'Reject'; readonly reason: 'rejected' | 'busy' };

/** A document that the provider would not carry out. Stricter than it is: an attribute it ignores is a mistake here. */
class TwimlMistake extends Error {}

const RECORDING = ['recordingStatusCallback', 'recordingStatusCallbackMethod', 'recordingStatusCallbackEvent'];
const ATTRIBUTES: Readonly<{ [name: string]: readonly string[] }> = {
  Say: ['voice', 'language', 'loop'],
  Play: ['loop', 'digits'],
  Pause: ['length'],
  Gather:
    'action actionOnEmptyResult bargeIn finishOnKey hints input language maxSpeechTime method numDigits partialResultCallback partialResultCallbackMethod profanityFilter speechModel speechTimeout timeout enhanced'.split(
      ' ',
    ),
  Record: [
    ...'action finishOnKey maxLength method playBeep timeout transcribe transcribeCallback trim recordingTrack'.split(
      ' ',
    ),
    ...RECORDING,
  ],
  Enqueue: ['action', 'method', 'maxQueueSize', 'waitUrl', 'waitUrlMethod'],
  Dial: [
    ...'action answerOnBridge callerId hangupOnStar method record recordingTrack ringTone sequential timeLimit timeout trim'.split(
      ' ',
    ),
    ...RECORDING,
  ],
  Number: ['url', 'method', 'sendDigits', 'statusCallback', 'statusCallbackMethod', 'statusCallbackEvent'],
  Queue: ['url', 'method'],
  Redirect: ['method'],
  Leave: [],
  Hangup: [],
  Reject: ['reason'],
};

/** What a document asks for, in order. Throws `TwimlMistake`, or `MalformedXml`. */
export function parseTwiml(text: string): Verb[] {
  if (text.length > TWIML_MAX) throw new TwimlMistake(`a document has at most ${TWIML_MAX} characters`);
  const response = parseXml(text);
  if (response.name !== 'Response') throw new TwimlMistake(`a document begins with <Response>, not <${response.name}>`);
  return elementsOf(response).map(verbOf);
}

function verbOf(element: Element): Verb {
  switch (known(element).name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      return promptOf(element);
    case 'Gather':
      return gatherOf(element);
    case 'Record':
      return recordOf(element);
    case 'Enqueue':
      return enqueueOf(element);
    case 'Dial':
      return dialOf(element);
    case 'Redirect':
      return { verb: 'Redirect', to: { url: needed(wordsOf(element), 'Redirect'), method: methodOf(element) } };
    case 'Leave':
    case 'Hangup':
      return { verb: element.name as 'Leave' | 'Hangup' };
    case 'Reject':
      return { verb: 'Reject', reason: element.attributes.reason === 'busy' ? 'busy' : 'rejected' };
    default:
      throw new TwimlMistake(`<${element.name}> does not stand here`);
  }
}

function promptOf(element: Element): Say | Play | Pause {
  const { attributes } = known(element);
  switch (element.name) {
    case 'Say': {
      const text = wordsOf(element);
      if (text === '' || text.length > SAY_MAX) throw new TwimlMistake(`<Say> has from 1 to ${SAY_MAX} characters`);
      return { verb: 'Say', text, language: attributes.language ?? 'en-US', loop: whole(element, 'loop', 1, 0, 1_000) };
    }
    case 'Play':
      return { verb: 'Play', url: needed(wordsOf(element), 'Play'), loop: whole(element, 'loop', 1, 0, 1_000) };
    case 'Pause':
      return { verb: 'Pause', seconds: whole(element, 'length', 1, 0, 3_600) };
    default:
      throw new TwimlMistake(`<${element.name}> does not stand within <Gather>`);
  }
}

function gatherOf(element: Element): Gather {
  const input = (element.attributes.input ?? 'dtmf').split(' ');
  const numDigits = whole(element, 'numDigits', 0, 1, 1_000);
  const action = targetOf(element, 'action');
  return {
    verb: 'Gather',
    ...(action ? { action } : {}),
    method: methodOf(element),
    digits: input.includes('dtmf'),
    speech: input.includes('speech'),
    ...(numDigits > 0 ? { numDigits } : {}),
    timeout: whole(element, 'timeout', GATHER_SECONDS, 0, 3_600),
    finishOnKey: element.attributes.finishOnKey ?? '#',
    actionOnEmptyResult: element.attributes.actionOnEmptyResult === 'true',
    prompts: elementsOf(element).map(promptOf),
  };
}

function recordOf(element: Element): Record {
  const action = targetOf(element, 'action');
  const status = recordingOf(element);
  const transcribeTo = targetOf(element, 'transcribeCallback');
  return {
    verb: 'Record',
    ...(action ? { action } : {}),
    method: methodOf(element),
    maxLength: whole(element, 'maxLength', RECORD_SECONDS, 1, 14_400),
    timeout: whole(element, 'timeout', RECORD_SILENCE_SECONDS, 0, 3_600),
    finishOnKey: element.attributes.finishOnKey ?? '1234567890*#',
    ...(status ? { status } : {}),
    ...(transcribeTo ? { transcribeTo } : {}),
  };
}

function enqueueOf(element: Element): Enqueue {
  const action = targetOf(element, 'action');
  const { waitUrl } = element.attributes;
  return {
    verb: 'Enqueue',
    queue: needed(wordsOf(element), 'Enqueue'),
    ...(action ? { action } : {}),
    ...(waitUrl ? { wait: { url: waitUrl, method: methodOf(element, 'waitUrlMethod') } } : {}),
    maxSize: whole(element, 'maxQueueSize', QUEUE_SIZE, 1, QUEUE_SIZE_MAX),
  };
}

function dialOf(element: Element): Dial {
  const [noun, another] = elementsOf(element);
  if (another) throw new TwimlMistake('<Dial> reaches one number or one queue here');
  if (noun && noun.name !== 'Number' && noun.name !== 'Queue')
    throw new TwimlMistake(`<${noun.name}> within <Dial> is not known here`);
  const { attributes } = noun ? known(noun) : { attributes: {} as Element['attributes'] };
  const name = needed(wordsOf(element), 'Dial');
  const whisper = noun && attributes.url ? { whisper: { url: attributes.url, method: methodOf(noun) } } : {};
  const status =
    noun && attributes.statusCallback
      ? {
          status: {
            url: attributes.statusCallback,
            method: methodOf(noun, 'statusCallbackMethod'),
            events: (attributes.statusCallbackEvent ?? 'completed').split(' '),
          },
        }
      : {};
  const { callerId, record } = element.attributes;
  const action = targetOf(element, 'action');
  const recording = recordingOf(element);
  return {
    verb: 'Dial',
    ...(action ? { action } : {}),
    ...(callerId ? { callerId } : {}),
    timeout: whole(element, 'timeout', DIAL_SECONDS, 5, 600),
    recorded: record !== undefined && record !== 'do-not-record' && record !== 'false',
    ...(recording ? { recording } : {}),
    to: noun?.name === 'Queue' ? { queue: name, ...whisper } : { number: name, ...whisper, ...status },
  };
}

function recordingOf(element: Element): RecordingTarget | undefined {
  const url = element.attributes.recordingStatusCallback;
  return url
    ? {
        url,
        method: methodOf(element, 'recordingStatusCallbackMethod'),
        events: (element.attributes.recordingStatusCallbackEvent ?? 'completed').split(' '),
      }
    : undefined;
}

function targetOf(element: Element, name: string): Target | undefined {
  const url = element.attributes[name];
  const method = methodOf(element);
  return url === undefined ? undefined : { url, method };
}

function methodOf(element: Element, name = 'method'): Method {
  const method = element.attributes[name] ?? 'POST';
  if (method !== 'GET' && method !== 'POST') throw new TwimlMistake(`${name} of <${element.name}> is ${method}`);
  return method;
}

function whole(element: Element, name: string, otherwise: number, min: number, max: number): number {
  const written = element.attributes[name];
  if (written === undefined) return otherwise;
  const value = Number(written);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new TwimlMistake(`${name} of <${element.name}> is «${written}», not from ${min} to ${max}`);
  return value;
}

function needed(text: string, name: string): string {
  if (text === '') throw new TwimlMistake(`<${name}> is empty`);
  return text;
}

function known(element: Element): Element {
  const names = ATTRIBUTES[element.name];
  if (!names) throw new TwimlMistake(`<${element.name}> is no verb known here`);
  const stranger = Object.keys(element.attributes).find(name => !names.includes(name));
  if (stranger) throw new TwimlMistake(`<${element.name}> has no attribute ${stranger}`);
  return element;
}

const elementsOf = (element: Element): Element[] => element.children.filter(child => typeof child !== 'string');
