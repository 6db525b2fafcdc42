import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { ConsumerExtras, Delivery } from '@filodiretto/bus';
import { faultPoint } from '@filodiretto/platform';
import { Backlog } from './backlog.js';
import { Intake } from './intake.js';
import type { FromChannel, Item } from './item.js';

/** After so many deliveries an item is taken for one that kills the process: it is parked before it is opened. */
const MAX_DELIVERIES = 8;
/** Most deliveries in one transaction, and transactions at once: while one is written, the next are decided. */
const BATCH = 100;
const AT_ONCE = 3;
/** A transaction costs as much as a dozen messages in it, and as many come in this time at two hundred a second. */
const GATHER_MS = 60;
const AFTER_ACK_MS = 50;

/** What channels say, one ordered durable consumer for each partition. */
@Controller()
export class IntakeConsumer {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(Backlog) private readonly backlog: Backlog,
  ) {}

  /** Resolves when every delivery is settled; only then are they acknowledged. Throws for a fault of the system. */
  @EventPattern<string>('crm.in.*.>', {
    stream: 'IN',
    durable: 'crm-intake',
    partitions: true,
    batch: BATCH,
    concurrency: AT_ONCE,
    gatherMs: GATHER_MS,
  } satisfies ConsumerExtras)
  async receive(deliveries: Delivery[]): Promise<void> {
    if (deliveries.length >= BATCH) this.backlog.grows();
    for (const run of runsOf(deliveries)) {
      const [first] = run;
      if (!first) continue;
      if (wayOf(first) === 'together') await this.intake.takeAll(run.map(itemOf));
      else if (wayOf(first) === 'alone') await this.intake.alone(itemOf(first));
      else await this.parkUnopened(first);
    }
    if (deliveries.length > 0) faultPoint('intake.before-ack');
    // The acknowledgements follow this call: by then they have left.
    setTimeout(() => faultPoint('intake.after-ack'), AFTER_ACK_MS).unref();
  }

  private async parkUnopened(delivery: Delivery): Promise<void> {
    const killed = delivery.deliveries > MAX_DELIVERIES;
    const reason = killed
      ? `delivered ${delivery.deliveries} times and never settled`
      : (delivery.invalid ?? 'not what its type promises');
    await this.intake.parkFailed(unopened(delivery), reason, killed ? 'TooManyDeliveries' : 'InvalidPayload', killed);
  }
}

type Way = 'together' | 'alone' | 'unopened';

const wayOf = (delivery: Delivery): Way => {
  if (delivery.deliveries > MAX_DELIVERIES || !delivery.valid) return 'unopened';
  return delivery.deliveries > 1 ? 'alone' : 'together';
};

/** Neighbours that are taken together; each other delivery by itself. The order stays. */
function runsOf(deliveries: readonly Delivery[]): Delivery[][] {
  const runs: Delivery[][] = [];
  let last: Delivery[] | undefined;
  for (const delivery of deliveries) {
    const together = wayOf(delivery) === 'together';
    if (together && last) last.push(delivery);
    else runs.push((last = [delivery]));
    if (!together) last = undefined;
  }
  return runs;
}

const itemOf = (delivery: Delivery): Item => ({
  eventId: delivery.id,
  type: delivery.type === '' ? 'reception.unreadable.v1' : delivery.type,
  data: delivery.data,
  correlationId: delivery.context.correlationId,
  released: false,
});

/** The item of a delivery whose payload is not trusted: what can be read of it, for a person. */
function unopened(delivery: Delivery): Item {
  const [, , , channel = 'unknown', account = 'unknown'] = delivery.subject.split('.');
  return {
    eventId: delivery.id,
    type: delivery.type === '' ? 'reception.unreadable.v1' : delivery.type,
    correlationId: delivery.context.correlationId,
    released: false,
    data: { channel, account, ...readable(delivery) },
  };
}

function readable(delivery: Delivery): Partial<FromChannel> {
  try {
    const value: unknown = JSON.parse(Buffer.from(delivery.bytes).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? withTexts(value)
      : { ...raw(delivery) };
  } catch {
    return { ...raw(delivery) };
  }
}
const raw = (delivery: Delivery): object => ({ bytes: Buffer.from(delivery.bytes).toString('base64') });

/** The payload, with the names that parking needs only when they are texts. */
function withTexts(value: object): Partial<FromChannel> {
  const names = ['channel', 'account', 'conversation', 'externalId'];
  return Object.fromEntries(
    Object.entries(value).filter(([key, item]) =>
      names.includes(key) ? typeof item === 'string' : key !== 'reception' || isReception(item),
    ),
  );
}
const isReception = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'reception' in value &&
  typeof value.reception === 'string' &&
  /^[0-9a-f-]{36}$/i.test(value.reception) &&
  'index' in value &&
  Number.isInteger(value.index) &&
  'count' in value &&
  Number.isInteger(value.count);
