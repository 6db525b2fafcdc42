import { v5 } from 'uuid';
import type { EmptyReception, EventType, Inbound, Progress, Unreadable } from '@filodiretto/contracts';
import { InvalidPayload, checkedEvent, type InFact } from '@filodiretto/bus';
import type { Reception } from '@filodiretto/platform';
import type { Fact, ReadProgress } from './contract.js';

const NAMESPACE = '6f0f2f0a-9d5e-5a3b-8c53-2d9f6a1e7b10';

/** The id of a message: the same channel, account and external id give the same one, for ever. */
export const messageIdOf = (channel: string, account: string, externalId: string): string =>
  v5(JSON.stringify([channel, account, externalId]), NAMESPACE);

/** A fact, ready for the bus. */
export type Publication = {
  readonly [T in EventType]: { readonly type: T; readonly fact: InFact; readonly payload: unknown };
}[EventType] & { readonly id: string; readonly account: string; readonly conversation: string };

/** What a reading of a reception becomes on the bus: one publication for each fact, or one that says there was none. */
export function publicationsOf(reception: Reception, facts: readonly Fact[]): Publication[] {
  if (facts.length === 0) {
    const payload: EmptyReception = {
      ...origin(reception, 0, 0),
      raw: reception.raw,
      receivedAt: reception.receivedAt,
    };
    return [publication('reception.empty.v1', 'empty', payload, reception.id, reception.account, reception.id)];
  }
  return facts.map((fact, index) => {
    const where = origin(reception, index, facts.length);
    if ('progress' in fact) return progressOf(reception.channel, fact.progress, where);
    const { message } = fact;
    const payload: Inbound = {
      ...message,
      ...where,
      account: message.account,
      id: messageIdOf(reception.channel, message.account, message.externalId),
      receivedAt: reception.receivedAt,
      raw: reception.raw,
    };
    return publication('message.received.v1', 'message', payload, payload.id, message.account, message.conversation);
  });
}

/**
 * A reading that failed: parked by the core, where people see it. Its reason does not depend on the version of the engine
 * that failed, so that reading again gives the same fact.
 */
export const unreadable = (reception: Reception, error: unknown): Publication => {
  const reason =
    error instanceof SyntaxError ? 'it is not JSON' : error instanceof Error ? error.message : String(error);
  const payload: Unreadable = {
    ...origin(reception, 0, 1),
    raw: reception.raw,
    receivedAt: reception.receivedAt,
    reason: reason.slice(0, 2_000) || 'no reason was given',
  };
  return publication('reception.unreadable.v1', 'unreadable', payload, reception.id, reception.account, reception.id);
};

/** What became of a message, ready for the bus. */
export function progressOf(channel: string, progress: ReadProgress, where: object = {}): Publication {
  const payload: Progress = { ...progress, ...where, channel, account: progress.account };
  const id = v5(JSON.stringify([channel, { ...progress }]), NAMESPACE);
  const conversation = progress.conversation ?? progress.externalId ?? progress.message ?? progress.account;
  return publication('message.progressed.v1', 'progress', payload, id, progress.account, conversation);
}

const origin = (
  reception: Reception,
  index: number,
  count: number,
): { channel: string; account: string; reception: Inbound['reception'] } => ({
  channel: reception.channel,
  account: reception.account,
  reception: { reception: reception.id, index, count },
});

const publication = (
  type: EventType,
  fact: InFact,
  payload: unknown,
  id: string,
  account: string,
  conversation: string,
): Publication => ({ type, fact, payload, id, account, conversation });

/**
 * A fact that is not what the contract promises is a fault of the channel: the whole delivery is parked, none of it lost.
 * Returns the publications to make instead, when one of them is invalid.
 */
export function checkedPublications(reception: Reception, publications: Publication[]): Publication[] {
  try {
    for (const one of publications) checkedEvent(one.type, one.payload);
    return publications;
  } catch (error) {
    if (!(error instanceof InvalidPayload)) throw error;
    return [
      unreadable(reception, new Error(`the channel read something that the contract does not allow: ${error.message}`)),
    ];
  }
}
