import type { JsMsg } from '@nats-io/jetstream';
import type { EventPayload, EventType } from '@filodiretto/contracts';
import type { WorkContext } from './context.js';
import { checkedEvent, InvalidPayload, isEventType } from './validation.js';

/** One event, as a handler gets it. */
export class Delivery<T extends EventType = EventType> {
  private acknowledged = false;
  private readonly read: { type: T; data: EventPayload<T> } | { invalid: string };

  constructor(private readonly message: JsMsg) {
    this.read = readEvent<T>(message);
  }

  /** Whether the payload is what its type promises. */
  get valid(): boolean {
    return 'data' in this.read;
  }
  /** Why the payload cannot be used; `undefined` when it can. */
  get invalid(): string | undefined {
    return 'invalid' in this.read ? this.read.invalid : undefined;
  }
  /** The payload, checked. Throws when it is invalid. */
  get data(): EventPayload<T> {
    if ('invalid' in this.read) throw new InvalidPayload(this.message.subject, [this.read.invalid]);
    return this.read.data;
  }
  /** `ce-type`; the empty text when it is missing. */
  get type(): T | '' {
    return 'type' in this.read ? this.read.type : '';
  }
  /** Whether the event is of a type; narrows `data`. */
  is<K extends EventType>(type: K): this is Delivery<K> {
    return (this.type as string) === type;
  }
  get subject(): string {
    return this.message.subject;
  }
  /** Place in the stream. */
  get sequence(): number {
    return this.message.seq;
  }
  /** How many times it was delivered, this time included. */
  get deliveries(): number {
    return this.message.info.deliveryCount;
  }
  /** `ce-id`. */
  get id(): string {
    return this.header('ce-id') ?? `${this.message.info.stream}-${this.message.seq}`;
  }
  /** Bytes as they travelled. */
  get bytes(): Uint8Array {
    return this.message.data;
  }
  get context(): WorkContext {
    const traceparent = this.header('traceparent');
    return {
      correlationId: this.header('filodiretto-correlation-id') ?? this.id,
      causationId: this.id,
      ...(traceparent ? { traceparent } : {}),
    };
  }
  header(name: string): string | undefined {
    return this.message.headers?.get(name) || undefined;
  }
  /** Acknowledges now, once: call after the effect. The bus does it by itself when the handler resolves. */
  ack(): void {
    if (this.acknowledged) return;
    this.acknowledged = true;
    this.message.ack();
  }
  /** Tells the server that the work goes on. */
  working(): void {
    if (!this.acknowledged) this.message.working();
  }
}

function readEvent<T extends EventType>(message: JsMsg): { type: T; data: EventPayload<T> } | { invalid: string } {
  const type = message.headers?.get('ce-type') ?? '';
  if (!isEventType(type)) return { invalid: `unknown type ${JSON.stringify(type.slice(0, 100))}` };
  let value: unknown;
  try {
    value = message.json();
  } catch {
    return { invalid: 'not JSON' };
  }
  try {
    return { type: type as T, data: checkedEvent(type as T, value) };
  } catch (error) {
    if (error instanceof InvalidPayload) return { invalid: error.message };
    throw error;
  }
}
