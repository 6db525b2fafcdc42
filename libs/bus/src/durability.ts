import type { NatsConnection } from '@nats-io/transport-node';

/** The first version whose acknowledgement can be believed after a loss of power (2.10.20–22 can lose a whole stream). */
const FLOOR = [2, 10, 23] as const;

const atLeast = (version: string): boolean => {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, floor] of FLOOR.entries()) {
    const part = parts[index] ?? 0;
    if (part !== floor) return part > floor;
  }
  return true;
};

/**
 * Why the server's acknowledgement must not be believed after a loss of power; empty when it may. Asks the monitoring
 * address for `sync_always`, which a server shows only when the mode is on.
 */
export async function durabilityFaults(connection: NatsConnection, monitorUrl: string | undefined): Promise<string[]> {
  const faults: string[] = [];
  const version = connection.info?.version ?? '0';
  if (!atLeast(version)) faults.push(`nats-server ${version} is older than ${FLOOR.join('.')}`);
  if (!monitorUrl) faults.push('NATS_MONITOR_URL is not given, so that sync_interval: always cannot be seen');
  else {
    const answer = await fetch(`${monitorUrl}/varz`, { signal: AbortSignal.timeout(5_000) });
    const varz = (await answer.json()) as { jetstream?: { config?: { sync_always?: boolean } } };
    if (varz.jetstream?.config?.sync_always !== true)
      faults.push('nats-server runs without jetstream sync_interval: always');
  }
  return faults;
}
