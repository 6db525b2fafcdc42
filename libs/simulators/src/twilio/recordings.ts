import { newSid } from './sids.js';

export interface SimulatedRecording {
  readonly sid: string;
  readonly call: string;
  readonly seconds: number;
  /** What was said in it. */
  readonly words: string;
  readonly source: 'RecordVerb' | 'DialVerb';
  readonly createdAt: number;
}

const WAV_RATE = 8_000;
/** MPEG-1 layer III, 32 kbit/s, 44.1 kHz, one channel: a frame whose side information is all zero is silence. */
const MP3_FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc4]), Buffer.alloc(100)]);
const MP3_FRAMES_PER_SECOND = 44_100 / 1_152;
const KEPT_SECONDS = 300;

/** Recordings, kept until they are deleted. Sound files are real and silent. */
export class Recordings {
  private readonly kept = new Map<string, SimulatedRecording>();

  add(recording: Omit<SimulatedRecording, 'sid'>): SimulatedRecording {
    const made = { ...recording, sid: newSid('RE') };
    this.kept.set(made.sid, made);
    return made;
  }
  find(sid: string): SimulatedRecording | undefined {
    return this.kept.get(sid);
  }
  all(): SimulatedRecording[] {
    return [...this.kept.values()];
  }
  /** Gives whether there was one. */
  remove(sid: string): boolean {
    return this.kept.delete(sid);
  }
}

export function soundOf(recording: SimulatedRecording, format: 'mp3' | 'wav'): { bytes: Buffer; mediaType: string } {
  const seconds = Math.min(Math.max(1, recording.seconds), KEPT_SECONDS);
  if (format === 'mp3') {
    const frames = Math.ceil(seconds * MP3_FRAMES_PER_SECOND);
    return { bytes: Buffer.concat(Array.from({ length: frames }, () => MP3_FRAME)), mediaType: 'audio/mpeg' };
  }
  const data = Buffer.alloc(seconds * WAV_RATE, 0x80);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(WAV_RATE, 24);
  head.writeUInt32LE(WAV_RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.byteLength, 40);
  return { bytes: Buffer.concat([head, data]), mediaType: 'audio/x-wav' };
}
