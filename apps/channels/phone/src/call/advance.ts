import type { CallStep } from '@filodiretto/contracts';
import type { Act } from '../flow/acts.js';
import { sentence, type Sentence } from '../flow/sentences.js';
import { answered, enter, type Surroundings, type Walked } from '../flow/walk.js';
import { accountOf, instantIn, wholeIn, type Hook } from '../hook.js';
import { caller, e164 } from '../numbers.js';
import { endingOf, nextRevision, withSteps, type CallRecord } from './record.js';

/** What a flow needs to know of the house. */
export interface House extends Surroundings {
  readonly recordCalls: boolean;
  readonly transcribeCalls: boolean;
}
/** What a webhook made of a call. `acts` is absent when nobody waits for a document. */
export interface Advanced {
  readonly record: CallRecord;
  /** Name of the fact: a repeated webhook has the same one, and changes nothing. */
  readonly key: string;
  readonly acts?: readonly Act[];
  /** Whether anything is new to whoever reads the call. */
  readonly news: boolean;
  /** Whether the fact was known already. */
  readonly repeated: boolean;
}

const ENDED = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);
export const isEnded = (status: string | undefined): boolean => status !== undefined && ENDED.has(status);

/** Which call a webhook is about: a leg of an operator carries it in its address. */
export const callIdOf = ({ path, query, params }: Hook): string | undefined =>
  (path === '/citizen/joined' && query.w === 'queue' ? params.CallSid : undefined) ?? query.c ?? params.CallSid;

/** The name of the fact that a webhook tells. */
export function keyOf({ path, query, params }: Hook): string {
  switch (path) {
    case '/voice':
      return 'incoming';
    case '/voice/key':
    case '/voice/silence':
      return `turn:${query.n ?? ''}`;
    case '/voice/wait':
      return `wait:${query.n ?? ''}`;
    case '/voice/wait-key':
      return `wait-key:${query.n ?? ''}:${query.t ?? ''}`;
    case '/voice/recording':
      return `recording:${params.RecordingSid ?? ''}:${params.RecordingStatus ?? ''}`;
    case '/voice/transcription':
      return `transcription:${params.TranscriptionSid ?? ''}:${params.SequenceId ?? params.TranscriptionEvent ?? ''}`;
    case '/voice/fallback':
      return `fallback:${params.ErrorCode ?? ''}:${params.ErrorUrl ?? ''}`.slice(0, 300);
    case '/voice/status':
    case '/operator/status':
    case '/citizen/status':
      return `${path}:${params.CallSid ?? ''}:${params.CallStatus ?? ''}`;
    default:
      return `${path}:${params.CallSid ?? ''}:${query.n ?? ''}`;
  }
}

/** A call of which nothing is known yet, from the first webhook that speaks of it. */
export function begun(hook: Hook, house: House): CallRecord {
  const { params, query } = hook;
  const id = callIdOf(hook) ?? 'unknown';
  const out = query.w === 'dial';
  const far = query.t ?? (params.Direction?.startsWith('outbound') ? params.To : params.From) ?? '';
  const { address, conversation } = caller(far, id, params.CallerName);
  const party = e164(far);
  return {
    id,
    direction: out ? 'out' : 'in',
    account: accountOf(hook),
    from: address,
    conversation,
    ...(party ? { party } : {}),
    ...(query.o ? { operator: query.o } : {}),
    arrivedAt: house.at,
    language: query.l ?? house.flow.languages[0]?.id ?? 'it',
    steps: [],
    extras: [],
    recordings: [],
    seen: [],
    sequences: {},
    answers: [],
    revision: 0,
    heardAt: house.at,
  };
}

/** Pure. Applies one webhook to a call. The same one again changes nothing. */
export function advance(before: CallRecord | undefined, hook: Hook, house: House): Advanced {
  const known = before ?? begun(hook, house);
  const key = keyOf(hook);
  if (known.seen.includes(key)) return { record: known, key, news: true, repeated: true };
  const heard: CallRecord = { ...known, seen: [...known.seen, key], heardAt: house.at };
  const moved = apply(heard, hook, house);
  // The first fact of a call is always news: the call becomes a message by it.
  const news = moved.record !== heard || known.seen.length === 0;
  const record = news ? { ...moved.record, revision: nextRevision(known.revision, house.at) } : moved.record;
  return { record, key, news, repeated: false, ...(moved.acts ? { acts: moved.acts } : {}) };
}

interface Moved {
  readonly record: CallRecord;
  readonly acts?: readonly Act[];
}

function apply(record: CallRecord, hook: Hook, house: House): Moved {
  const { path, params, query } = hook;
  switch (path) {
    case '/voice':
      return incoming(record, house);
    case '/voice/key':
    case '/voice/silence':
      return turned(record, hook, house);
    case '/voice/wait':
      return { record: record.queuedAt ? record : step({ ...record, queuedAt: house.at }, house.at, 'queued') };
    case '/voice/wait-key':
      return params.Digits === '1' && !record.answeredAt && callbackOf(record, house)
        ? { record: { ...record, leaving: 'callback' }, acts: [{ do: 'leave' }] }
        : { record, acts: [{ do: 'redirect', url: house.url('/voice/wait', { n: query.n ?? '' }) }] };
    case '/voice/left':
      return left(record, params.QueueResult ?? 'error', house);
    case '/voice/recorded':
      return recorded(record, hook, house);
    case '/voice/recording':
      return { record: recordingKept(record, hook) };
    case '/voice/forwarded':
      return forwarded(record, params.DialCallStatus ?? 'failed', house);
    case '/voice/transcription':
      return { record: transcribed(record, params) };
    case '/voice/status':
      return { record: status(record, hook, house) };
    case '/voice/fallback':
      return { record: step(record, house.at, 'fallback', params.ErrorCode) };
    case '/operator/answered':
      return operatorAnswered(record, hook, house);
    case '/operator/key':
      return operatorKey(record, hook, house);
    case '/operator/done':
      return { record, acts: operatorDone(hook, house) };
    case '/operator/status':
      return { record: record.direction === 'out' ? status(record, hook, house) : record };
    case '/citizen/joined':
      return joined(record, hook, house);
    case '/citizen/status':
      return { record: citizenStatus(record, hook, house) };
    default:
      throw new Error(`no webhook of a call is called ${path}`);
  }
}

const step = (record: CallRecord, at: string, name: string, choice?: string): CallRecord =>
  withSteps(record, { step: name.slice(0, 100), at, ...(choice ? { choice: choice.slice(0, 100) } : {}) });

function incoming(record: CallRecord, house: House): Moved {
  const walked = enter(house, record, house.flow.start, 1);
  return withWalk(record, walked, notices(record, house));
}

/** What must be said before anything is recorded or written down. */
function notices(record: CallRecord, house: House): Act[] {
  const said = (name: Sentence): Act => ({ do: 'say', text: sentence(house.flow, record.language, name), language: record.language });
  return [
    ...(house.recordCalls ? [said('recordingNotice')] : []),
    ...(house.transcribeCalls
      ? [
          said('transcriptionNotice'),
          {
            do: 'transcribe' as const,
            status: house.url('/voice/transcription', { c: record.id }),
            language: record.language,
          },
        ]
      : []),
  ];
}

function withWalk(record: CallRecord, walked: Walked, first: readonly Act[] = []): Moved {
  const { acts, steps, language, category, position, queue, closed, finished, callback } = walked;
  const since = record.queuedAt ?? record.arrivedAt;
  const moved: CallRecord = {
    ...withSteps(record, ...steps),
    language,
    ...(category ? { category } : {}),
    ...(position ? { position } : {}),
    ...(queue ? { queue } : {}),
    ...(closed ? { closed } : {}),
    ...(finished ? { finished } : {}),
    ...(callback
      ? {
          callback: { ...callback, since },
          extras: [...record.extras, { text: `Chiede di essere richiamato al numero ${callback.number}.` }],
        }
      : {}),
  };
  return { record: moved, acts: [...first, ...acts] };
}

/** A key, a word or a silence at the question of turn `n`. After a loss of memory the flow begins anew. */
function turned(record: CallRecord, hook: Hook, house: House): Moved {
  const { position } = record;
  const turn = wholeIn(hook.query.n) ?? 0;
  if (!position) return withWalk(record, enter(house, record, house.flow.start, turn + 1));
  if (turn !== position.turn) return { record, acts: [] };
  const { Digits: digits, SpeechResult: speech } = hook.params;
  const walked = answered(
    house,
    { ...record, position },
    { ...(digits ? { digits } : {}), ...(speech ? { speech } : {}) },
  );
  // What was pressed belongs to the step at which it was asked. A dictated number is content, not a step.
  const chosen: CallStep[] = walked.choice
    ? [{ step: position.node, at: house.at, choice: walked.choice.slice(0, 100) }]
    : [];
  return withWalk(withSteps(record, ...chosen), walked);
}

const nodeOf = (record: CallRecord, house: House): House['flow']['nodes'][number] | undefined =>
  house.flow.nodes.find(one => one.id === record.position?.node);
const callbackOf = (record: CallRecord, house: House): string | undefined => {
  const node = nodeOf(record, house);
  return node?.kind === 'queue' ? node.callback : undefined;
};

function left(record: CallRecord, result: string, house: House): Moved {
  const node = nodeOf(record, house);
  const out = step(record, house.at, 'left_queue', result);
  if (result === 'hangup') return { record: out, acts: [] };
  const turn = (record.position?.turn ?? 0) + 1;
  const goOn = (next: string): Moved => withWalk(out, enter(house, out, next, turn));
  if (node?.kind !== 'queue') return goOn(house.flow.start);
  if (/^(bridged|bridging-in-process|bridging-in-progress|redirected|redirected-from-bridged)$/.test(result))
    return node.next ? goOn(node.next) : { record: { ...out, finished: true }, acts: [{ do: 'hangup' }] };
  return goOn(result === 'leave' && record.leaving === 'callback' ? (node.callback ?? node.otherwise) : node.otherwise);
}

function recorded(record: CallRecord, hook: Hook, house: House): Moved {
  const node = nodeOf(record, house);
  const kept = recordingKept(record, { ...hook, query: { ...hook.query, kind: 'voicemail' } });
  if (node?.kind === 'voicemail' && node.next)
    return withWalk(kept, enter(house, kept, node.next, (record.position?.turn ?? 0) + 1));
  return {
    record: kept,
    acts: [
      { do: 'say', text: sentence(house.flow, record.language, 'voicemailThanks'), language: record.language },
      { do: 'hangup' },
    ],
  };
}

/** A recording, told twice: by the end of the verb, and by its own callback when it can be fetched. */
function recordingKept(record: CallRecord, { params, query }: Hook): CallRecord {
  const { RecordingSid: sid, RecordingUrl: url, RecordingStatus: state } = params;
  const seconds = wholeIn(params.RecordingDuration);
  if (!sid || !url || state === 'absent' || (state === undefined && seconds === 0)) return record;
  if (record.recordings.some(one => one.sid === sid)) return record;
  const kind = query.kind === 'voicemail' ? ('voicemail' as const) : ('conversation' as const);
  return {
    ...record,
    recordings: [...record.recordings, { sid, url, kind, ...(seconds === undefined ? {} : { seconds }) }],
    extras: [...record.extras, { recording: sid }],
    ...(record.endedAt && record.ending === 'abandoned' && kind === 'voicemail' ? { ending: 'voicemail' as const } : {}),
  };
}

function forwarded(record: CallRecord, dialStatus: string, house: House): Moved {
  const node = nodeOf(record, house);
  const done = step(record, house.at, 'forwarded', dialStatus);
  if (dialStatus === 'completed' || dialStatus === 'answered' || node?.kind !== 'forward')
    return { record: { ...done, finished: true }, acts: [{ do: 'hangup' }] };
  return withWalk(done, enter(house, done, node.otherwise, (record.position?.turn ?? 0) + 1));
}

function transcribed(record: CallRecord, params: Hook['params']): CallRecord {
  if (params.TranscriptionEvent !== 'transcription-content' || params.Final === 'false') return record;
  const text = transcriptIn(params.TranscriptionData ?? '');
  const sequence = wholeIn(params.SequenceId) ?? 0;
  if (text === '') return record;
  return {
    ...record,
    transcription: [...(record.transcription ?? []), { sequence, text }].sort((a, b) => a.sequence - b.sequence),
  };
}
function transcriptIn(data: string): string {
  try {
    const parsed: unknown = JSON.parse(data);
    return typeof parsed === 'object' && parsed !== null && 'transcript' in parsed && typeof parsed.transcript === 'string'
      ? parsed.transcript
      : '';
  } catch {
    return data;
  }
}

/** Late ones are dropped by their SequenceNumber; the end is final, whatever comes after it. */
function status(record: CallRecord, { params }: Hook, house: House): CallRecord {
  const { CallSid: sid = '', CallStatus: state = '' } = params;
  const sequence = wholeIn(params.SequenceNumber);
  const highest = record.sequences[sid];
  if (record.endedAt || (sequence !== undefined && highest !== undefined && sequence <= highest)) return record;
  const at = instantIn(params.Timestamp, house.at);
  const counted: CallRecord = {
    ...record,
    ...(record.direction === 'out' && sid !== '' ? { sid } : {}),
    ...(sequence === undefined ? {} : { sequences: { ...record.sequences, [sid]: sequence } }),
  };
  const leg = record.direction === 'out' ? 'operator_' : '';
  if (isEnded(state)) {
    const ended = { ...counted, endedAt: at };
    return step({ ...ended, ending: record.ending ?? endingOf(ended, state) }, at, `${leg}${state.replace('-', '_')}`);
  }
  if (record.direction === 'out') return step(counted, at, state === 'in-progress' ? 'operator_answered' : `operator_${state}`);
  return counted;
}

function citizenStatus(record: CallRecord, { params, query }: Hook, house: House): CallRecord {
  const state = params.CallStatus ?? '';
  const at = instantIn(params.Timestamp, house.at);
  const sid = params.CallSid ?? '';
  const sequence = wholeIn(params.SequenceNumber);
  const highest = record.sequences[sid];
  if (sequence !== undefined && highest !== undefined && sequence <= highest) return record;
  const counted: CallRecord = {
    ...record,
    ...(sequence === undefined ? {} : { sequences: { ...record.sequences, [sid]: sequence } }),
  };
  const name = record.direction === 'out' ? 'citizen' : 'callback';
  if (state === 'in-progress')
    return step(
      { ...counted, answeredAt: record.answeredAt ?? at, ...(query.o ? { answeredBy: query.o } : {}) },
      at,
      `${name}_answered`,
    );
  if (!isEnded(state)) return step(counted, at, `${name}_${state}`);
  const over = step(counted, at, `${name}_${state.replace('-', '_')}`);
  if (record.direction === 'in') return state === 'completed' ? { ...over, endedAt: at } : over;
  return { ...over, endedAt: at, ending: endingOf(over, state) };
}

const legOf = ({ query }: Hook): Record<string, string> =>
  Object.fromEntries(['w', 'c', 'q', 'o', 't', 'a', 'l'].flatMap(name => (query[name] ? [[name, query[name]]] : [])));

function operatorAnswered(record: CallRecord, hook: Hook, house: House): Moved {
  const language = house.flow.languages[0]?.id ?? 'it';
  const words: Sentence =
    hook.query.w === 'dial' ? 'operatorDial' : hook.query.w === 'callback' ? 'operatorCallback' : 'operatorQueue';
  const ask: Act = {
    do: 'ask',
    text: sentence(house.flow, language, words),
    language,
    action: house.url('/operator/key', legOf(hook)),
    digits: 1,
    timeoutSeconds: 8,
  };
  return { record, acts: [ask, { do: 'hangup' }] };
}

/** The operator takes the call by a key: a voice mailbox that answers does not. */
function operatorKey(record: CallRecord, hook: Hook, house: House): Moved {
  const { w, q, t, a } = hook.query;
  if (hook.params.Digits !== '1') return { record, acts: [{ do: 'hangup' }] };
  const leg = legOf(hook);
  const recording = house.recordCalls ? { recorded: house.url('/voice/recording', { c: record.id, kind: 'conversation' }) } : {};
  const done = house.url('/operator/done', leg);
  if (w === 'queue')
    return {
      record,
      acts: [{ do: 'take', queue: q ?? record.queue ?? '', whisper: house.url('/citizen/joined', leg), done, ...recording }],
    };
  const number = record.party ?? t;
  if (!number) return { record, acts: operatorDone(hook, house) };
  return {
    record,
    acts: [
      {
        do: 'dial',
        number: record.callback?.number ?? number,
        callerId: a ?? record.account,
        done,
        whisper: house.url('/citizen/joined', leg),
        status: house.url('/citizen/status', leg),
        ringSeconds: 30,
        ...recording,
      },
    ],
  };
}

function operatorDone(hook: Hook, house: House): Act[] {
  const language = house.flow.languages[0]?.id ?? 'it';
  const talked = ['completed', 'answered'].includes(hook.params.DialCallStatus ?? '');
  return [
    ...(talked ? [] : [{ do: 'say' as const, text: sentence(house.flow, language, 'operatorGone'), language }]),
    { do: 'hangup' },
  ];
}

/** Heard by the citizen just before the two are joined. */
function joined(record: CallRecord, hook: Hook, house: House): Moved {
  const said = (text: string): Act => ({ do: 'say', text, language: record.language });
  const { w, o } = hook.query;
  if (w === 'queue')
    return {
      record: step(
        { ...record, answeredAt: record.answeredAt ?? house.at, ...(o ? { answeredBy: o } : {}) },
        house.at,
        'answered',
      ),
      acts: [said(sentence(house.flow, record.language, 'joining'))],
    };
  return {
    record,
    acts: [
      ...notices(record, house),
      ...(w === 'callback' ? [said(sentence(house.flow, record.language, 'callbackCall'))] : []),
      ...(record.announcement ? [said(record.announcement)] : []),
    ],
  };
}
