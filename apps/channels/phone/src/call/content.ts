import type { CallPart, MediaPart, Part } from '@filodiretto/contracts';
import type { CallRecord, Recording } from './record.js';

/** Pure. What a call says, as far as it has come. The call is the first part; what came with it keeps its place. */
export function contentOf(record: CallRecord): Part[] {
  return [
    callOf(record),
    ...record.extras.flatMap((extra): Part[] => {
      if ('text' in extra) return [{ type: 'text', text: extra.text }];
      const recording = record.recordings.find(one => one.sid === extra.recording);
      return recording ? [mediaOf(recording)] : [];
    }),
  ];
}

function callOf(record: CallRecord): CallPart {
  const { direction, arrivedAt, queuedAt, answeredAt, answeredBy, endedAt, ending } = record;
  const words = (record.transcription ?? [])
    .map(one => one.text)
    .join('\n')
    .slice(0, 20_000);
  return {
    type: 'call',
    direction,
    arrivedAt,
    ...(queuedAt ? { queuedAt } : {}),
    ...(answeredAt ? { answeredAt } : {}),
    ...(endedAt ? { endedAt } : {}),
    ...(answeredBy ? { answeredBy } : {}),
    ...(ending ? { ending } : {}),
    steps: [...record.steps],
    ...(words === '' ? {} : { transcription: words }),
  };
}

function mediaOf(recording: Recording): MediaPart {
  return {
    type: 'media',
    kind: 'voice',
    mediaType: 'audio/mpeg',
    filename: `${recording.sid}.mp3`,
    caption: recording.kind === 'voicemail' ? 'Messaggio in segreteria' : 'Registrazione della conversazione',
    fetch: recording.blob ? 'done' : 'pending',
    scan: 'skipped',
    source: `recording:${recording.sid}:${recording.url}`,
    ...(recording.blob ? { blob: recording.blob } : {}),
  };
}
