import type { EventType, Inbound, Progress, ReceptionItem, Unreadable } from '@filodiretto/contracts';

/** One fact from a channel, as intake works on it. */
export interface Item<T extends EventType = EventType, Data = unknown> {
  /** `ce-id`. */
  readonly eventId: string;
  readonly type: T;
  readonly data: Data;
  readonly correlationId: string;
  /** A person has looked at it: what made it doubtful counts no more. */
  readonly released: boolean;
}
export type MessageItem = Item<'message.received.v1', Inbound>;
export type ProgressItem = Item<'message.progressed.v1', Progress>;
export type UnreadableItem = Item<'reception.unreadable.v1', Unreadable>;

/** What every payload of the stream has. */
export interface FromChannel {
  readonly channel: string;
  readonly account: string;
  readonly reception?: ReceptionItem;
}
