import { createHash, createHmac } from 'node:crypto';

/** Conversations are spread over so many ordered partitions. A constant of the deployment: durables are named by it. */
export const PARTITIONS = 16;

/** Subjects of the system; no other place builds one. `*` may stand for any token. */
export type Subject = string & { readonly __subject: true };

/** A token of a subject: words that are safe stay readable, all others become a hash. */
export const token = (text: string): string =>
  /^[A-Za-z0-9_-]{1,64}$/.test(text) ? text : `h-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;

/** The partition of a conversation: a keyed hash, so that a subject tells nothing of a person. */
export const partitionOf = (key: string, channel: string, account: string, conversation: string): number =>
  createHmac('sha256', key)
    .update(JSON.stringify([channel, account, conversation]))
    .digest()
    .readUInt32BE(0) % PARTITIONS;

export type InFact = 'message' | 'progress' | 'unreadable' | 'empty';

export const subjects = {
  /** A fact from a channel. */
  in: (partition: number | '*', channel: string, account: string, fact: InFact): Subject =>
    `crm.in.${partition}.${token(channel)}.${token(account)}.${fact}` as Subject,
  /** An order to a channel. */
  out: (channel: string, account: string): Subject => `crm.out.${token(channel)}.${token(account)}.message` as Subject,
  /** Something that happened, for whoever listens. */
  event: (noun: 'case' | 'message' | 'call' | 'offer', fact: string, id: string): Subject =>
    `crm.event.${noun}.${token(fact)}.${token(id)}` as Subject,
  /** A question to the core. */
  ask: (what: 'claim' | 'tracking' | 'attendance'): Subject => `crm.ask.${what}` as Subject,
  /** A question to a channel. */
  askChannel: (channel: string, what: 'read-again' | 'fetch-again' | 'check-connections'): Subject =>
    `crm.ask.channel.${token(channel)}.${what}` as Subject,
};

/**
 * Where answers to a process come, and what it asked to be sent: under the name of its NATS user (else its own), so that the
 * server can let each hear only its own. With `_INBOX.>` for everybody, each channel could read the mail of all.
 */
export const inboxOf = ({ user, name }: { readonly user?: string; readonly name: string }): string =>
  `_INBOX_${token(user ?? name)}`;
