import { jsonOf, textOf, type Json } from '@filodiretto/channel-kit';
import { namedCall, ownCall, type Asked, type Desk, type Outcome, type Routes } from './asked.js';
import { changed, ENDED, endingOf, withVoicemail, type CallState } from './state.js';
import { EMPTY } from './twiml.js';

/** What the provider tells of a person's call while nobody waits for words: its end, its recordings, its transcription. */
export class News {
  readonly routes: Routes = {
    '/voice/status': { call: ownCall, answer: (asked, call, now) => this.status(asked, call, now) },
    '/voice/recording': { call: asked => this.recordedCall(asked), answer: recording },
    '/voice/transcription': { call: ownCall, answer: transcribed },
    '/dial/status': { call: ownCall, answer: (asked, call, now) => this.status(asked, call, now) },
  };

  constructor(private readonly desk: Desk) {}

  /** Late news, and what comes after the end, change nothing. */
  private async status(asked: Asked, call: CallState, now: Date): Promise<Outcome> {
    const sequence = Number(asked.form.get('SequenceNumber') ?? call.sequence + 1);
    const status = asked.form.get('CallStatus') ?? '';
    if (call.endedAt || sequence <= call.sequence) return { document: EMPTY, call };
    const at = now.toISOString();
    const known = { ...call, sequence };
    if (!ENDED.has(status)) {
      const picked = status === 'in-progress' && call.direction === 'out' && !call.answeredAt;
      return { document: EMPTY, call: picked ? changed(known, { answeredAt: at }) : known };
    }
    if (call.queue) {
      await this.desk.hunt.leave(call.queue, call.sid);
      if (call.answeredAt && call.direction === 'in' && call.ending !== 'callback')
        await this.desk.line.talked(call.queue, (now.getTime() - Date.parse(call.answeredAt)) / 1_000);
    }
    return { document: EMPTY, call: changed(known, { endedAt: at, ending: endingOf(call, status) }) };
  }

  /** A conversation is recorded on the leg of the operator: the citizen's call is the one it was joined with, if we know it. */
  private async recordedCall(asked: Asked): Promise<string | undefined> {
    if (!isConversation(asked)) return ownCall(asked);
    return namedCall(asked) ?? (await this.desk.calls.joinedWith(ownCall(asked) ?? ''));
  }
}

const isConversation = ({ query, form }: Asked): boolean =>
  query.get('of') === 'conversation' || form.get('RecordingSource') === 'DialVerb';

/** A message in the mailbox is something said, by itself; the recording of a conversation belongs to the call. */
function recording(asked: Asked, call: CallState): Outcome {
  const url = asked.form.get('RecordingUrl') ?? '';
  const seconds = asked.form.get('RecordingDuration') ?? '?';
  const there = asked.form.get('RecordingStatus') !== 'absent' && seconds !== '0' && url !== '';
  if (!there) return { document: EMPTY, call };
  if (!isConversation(asked)) return { document: EMPTY, call: withVoicemail(call), about: { event: 'recorded' } };
  const source = `${url}.mp3`;
  const known = call.recordings.some(one => one.source === source);
  return {
    document: EMPTY,
    call: known ? call : changed(call, { recordings: [...call.recordings, { source, seconds }] }),
  };
}

/** One sentence more of the person's; they come in any order, and may come twice. */
function transcribed(asked: Asked, call: CallState): Outcome {
  const event = asked.form.get('TranscriptionEvent');
  const text = textOf(jsonIn(asked.form.get('TranscriptionData') ?? '').transcript)?.trim() ?? '';
  if (event !== 'transcription-content' || asked.form.get('Final') === 'false' || text === '')
    return { document: EMPTY, call };
  const sequence = Number(asked.form.get('SequenceId') ?? call.transcripts.length) || 0;
  return {
    document: EMPTY,
    call: changed(call, {
      transcripts: [...call.transcripts.filter(one => one.sequence !== sequence), { sequence, text }],
    }),
  };
}

/** The provider's JSON; an empty object when it is none. */
function jsonIn(text: string): Json {
  try {
    return jsonOf(JSON.parse(text));
  } catch {
    return {};
  }
}
