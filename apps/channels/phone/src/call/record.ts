import type { Address, BlobRef, CallEnding, CallStep } from '@filodiretto/contracts';
import { ANSWERS_KEPT, STEPS_MAX } from '../limits.js';

/** Where a call stands in the flow. `turn` grows at each question, so that an answer is recognised when it comes twice. */
export interface Position {
  readonly node: string;
  readonly turn: number;
  readonly attempt: number;
  readonly phase?: 'confirm' | 'number';
}
export interface Recording {
  readonly sid: string;
  readonly url: string;
  readonly seconds?: number;
  readonly kind: 'voicemail' | 'conversation';
  readonly blob?: BlobRef;
}
/** A part of the content besides the call itself, in order of arrival: its place never changes. */
export type Extra = { readonly text: string } | { readonly recording: string };

/** All that is known of a call; durable, so that the same step always gets the same answer. */
export interface CallRecord {
  /** CallSid of who called us; id of our message when we call. */
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly account: string;
  readonly conversation?: string;
  readonly from?: Address;
  /** The other party's number, when it is known. */
  readonly party?: string;
  /** CallSid, once known, of a call that we make. */
  readonly sid?: string;
  readonly operator?: string;
  readonly announcement?: string;
  readonly arrivedAt: string;
  readonly queuedAt?: string;
  readonly answeredAt?: string;
  readonly answeredBy?: string;
  readonly endedAt?: string;
  readonly ending?: CallEnding;
  readonly language: string;
  readonly category?: string;
  readonly position?: Position;
  readonly queue?: string;
  readonly leaving?: 'callback' | 'late';
  readonly closed?: true;
  readonly finished?: true;
  readonly callback?: { readonly number: string; readonly queue: string; readonly since: string };
  readonly steps: readonly CallStep[];
  readonly extras: readonly Extra[];
  readonly recordings: readonly Recording[];
  readonly transcription?: readonly { readonly sequence: number; readonly text: string }[];
  /** Facts applied, by key: a repeated one changes nothing. */
  readonly seen: readonly string[];
  /** Highest SequenceNumber heard, by CallSid. */
  readonly sequences: Readonly<Record<string, number>>;
  readonly answers: readonly { readonly key: string; readonly twiml: string }[];
  readonly revision: number;
  readonly heardAt: string;
}

/** Seconds since here make a revision that grows even when the memory of the call was lost; fits 32 bits until 2088. */
const REVISIONS_SINCE = Date.parse('2020-01-01T00:00:00.000Z');
export const nextRevision = (before: number, receivedAt: string): number =>
  Math.max(before + 1, Math.floor((Date.parse(receivedAt) - REVISIONS_SINCE) / 1_000));

/** Steps in order of time, without the ones that came twice. */
export function withSteps(record: CallRecord, ...steps: readonly CallStep[]): CallRecord {
  const all = [...record.steps, ...steps].slice(0, STEPS_MAX);
  return {
    ...record,
    steps: all
      .map((step, index) => ({ step, index }))
      .sort(byTime)
      .map(one => one.step),
  };
}
const byTime = (a: { step: CallStep; index: number }, b: { step: CallStep; index: number }): number =>
  Date.parse(a.step.at) - Date.parse(b.step.at) || a.index - b.index;

export const answerOf = (record: CallRecord, key: string): string | undefined =>
  record.answers.find(one => one.key === key)?.twiml;
/** The record with the answer to a step; the first one given stays. */
export const withAnswer = (record: CallRecord, key: string, twiml: string): CallRecord =>
  answerOf(record, key) === undefined
    ? { ...record, answers: [...record.answers, { key, twiml }].slice(-ANSWERS_KEPT) }
    : record;

/** How a call that is over ended, from what happened in it. */
export function endingOf(record: CallRecord, status: string): CallEnding {
  if (record.answeredAt) return record.callback ? 'callback' : 'completed';
  if (record.callback) return 'callback';
  if (record.recordings.some(one => one.kind === 'voicemail')) return 'voicemail';
  if (status === 'busy') return 'busy';
  if (status === 'no-answer') return 'no_answer';
  if (status === 'failed') return 'failed';
  if (record.closed) return 'closed_hours';
  return record.finished ? 'completed' : 'abandoned';
}
