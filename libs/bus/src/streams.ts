import { nanos, PermissionViolationError } from '@nats-io/transport-node';
import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';

const DAY = 86_400_000;

/** Limits that a deployment sets. */
export interface StreamLimits {
  /** Copies of each stream: 1, or 3 on a cluster. */
  readonly replicas: number;
  /** Largest size of each stream, in bytes: when full, the publisher is refused, nothing old is dropped. */
  readonly maxBytes: number;
}

/** The three streams, declared here and nowhere else. Limits retention: a work queue forgets ids and hides poison. */
const streams = (limits: StreamLimits): (Partial<StreamConfig> & { name: string; subjects: string[] })[] => {
  const common = {
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    num_replicas: limits.replicas,
    max_bytes: limits.maxBytes,
    max_msg_size: 1_000_000,
    duplicate_window: nanos(300_000),
  };
  return [
    { ...common, name: 'IN', subjects: ['crm.in.>'], max_age: nanos(14 * DAY) },
    { ...common, name: 'OUT', subjects: ['crm.out.>'], max_age: nanos(14 * DAY) },
    { ...common, name: 'EVENT', subjects: ['crm.event.>'], max_age: nanos(14 * DAY), discard: DiscardPolicy.Old },
  ];
};

/**
 * Makes the streams that are missing and brings the others up to date, as far as who asks may: a channel leaves what is there as
 * it is. Safe to call by several at once.
 */
export async function ensureStreams(manager: JetStreamManager, limits: StreamLimits): Promise<void> {
  for (const stream of streams(limits)) {
    try {
      await manager.streams.add(stream);
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error;
      // It exists, perhaps with other limits.
      await manager.streams.update(stream.name, stream).catch((refused: unknown) => {
        if (!isForbidden(refused)) throw refused;
      });
    }
  }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof PermissionViolationError || (error instanceof Error && isForbidden(error.cause));
