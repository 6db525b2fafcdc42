import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  CHANNELS_BUCKET,
  ChannelAnnouncement,
  type Address,
  type Alias,
  type ChannelManifest,
  type ChannelView,
} from '@filodiretto/contracts';
import { Bus, checked } from '@filodiretto/bus';
import { correspondentKey } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { KV } from '@nats-io/kv';
import { LOG } from '../log.js';

/** A channel that has not renewed its announcement for this long does not run. */
const SILENT_MS = 90_000;
/** A watcher that died without a word is replaced after this long. */
const WATCH_MS = 60_000;

/** What each running channel says of itself. The core knows channels from here and from nowhere else. */
@Injectable()
export class ChannelRegistry implements OnModuleInit, BeforeApplicationShutdown {
  private readonly known = new Map<string, ChannelAnnouncement>();
  private readonly own = new Map<string, ReadonlySet<string>>();
  private stopped = false;
  private stopWatching: () => void = () => undefined;
  private watching: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.readAll(await this.bus.bucket(CHANNELS_BUCKET));
    this.watching = this.watchForEver();
  }
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.stopWatching();
    await this.watching;
  }

  /** Every channel that has introduced itself, in order of id. */
  announcements(): ChannelAnnouncement[] {
    return [...this.known.values()].sort((a, b) => a.manifest.id.localeCompare(b.manifest.id));
  }

  /** The same, and whether each runs now. */
  now(): ChannelView[] {
    const now = Date.now();
    return this.announcements().map(channel => ({
      ...channel,
      running: now - Date.parse(channel.seenAt) < SILENT_MS,
    }));
  }

  announcement(channel: string): ChannelAnnouncement | undefined {
    return this.known.get(channel);
  }

  /** What a channel can do; asks the bucket when the channel has not been heard of yet. `undefined`: it never introduced itself. */
  async manifestOf(channel: string): Promise<ChannelManifest | undefined> {
    if (!this.known.has(channel)) await this.readAll(await this.bus.bucket(CHANNELS_BUCKET));
    return this.known.get(channel)?.manifest;
  }

  /** Whether an address is that of one of our own accounts, however it is spelt. */
  isOurs(address: Address): boolean {
    const key = correspondentKey(address);
    return [...this.own.values()].some(keys => keys.has(key));
  }

  private async readAll(bucket: KV): Promise<void> {
    for await (const key of await bucket.keys()) {
      const entry = await bucket.get(key);
      if (entry?.operation === 'PUT') this.learn(entry.key, entry.value);
    }
  }

  private async watchForEver(): Promise<void> {
    while (!this.stopped) {
      try {
        const bucket = await this.bus.bucket(CHANNELS_BUCKET);
        const entries = await bucket.watch();
        const timer = setTimeout(() => entries.stop(), WATCH_MS);
        this.stopWatching = () => entries.stop();
        if (this.stopped) entries.stop();
        try {
          for await (const entry of entries) if (entry.operation === 'PUT') this.learn(entry.key, entry.value);
        } finally {
          clearTimeout(timer);
        }
      } catch (error) {
        if (this.stopped) return;
        this.log.warn({ err: error }, 'the registry of channels cannot be watched: trying again');
        await new Promise(resolve => setTimeout(resolve, 1_000));
      }
    }
  }

  private learn(key: string, value: Uint8Array): void {
    try {
      const announcement = checked(ChannelAnnouncement, JSON.parse(Buffer.from(value).toString()));
      this.known.set(announcement.manifest.id, announcement);
      this.own.set(announcement.manifest.id, new Set(ownAddresses(announcement).map(correspondentKey)));
    } catch (error) {
      this.log.warn({ key, err: error }, 'an announcement cannot be read');
    }
  }
}

/** What the accounts are reached at: as the channel says, and by their names where these are addresses. */
const ownAddresses = ({ accounts, addresses = [], manifest }: ChannelAnnouncement): Alias[] => [
  ...addresses,
  ...(manifest.capabilities.addressKinds ?? []).flatMap(kind => accounts.map(value => ({ kind, value }))),
];
