import type { Bus } from '@filodiretto/bus';
import { CHANNELS_BUCKET, type ChannelAnnouncement, type ChannelManifest } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import type { Session } from './contract.js';
import type { ChannelHost } from './host.js';

const EVERY_MS = 15_000;

/** Introduces the channel, again and again while it runs: the registry and the consoles learn of it from nowhere else. */
export class Announcer {
  private timer?: NodeJS.Timeout;
  constructor(
    private readonly bus: Bus,
    private readonly manifest: ChannelManifest,
    private readonly session: Pick<Session, 'accounts' | 'addresses'>,
    private readonly host: ChannelHost,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.announce();
    this.timer = setInterval(() => void this.announce(), EVERY_MS);
  }
  stop(): void {
    clearInterval(this.timer);
  }

  private async announce(): Promise<void> {
    const { lastHeardAt, currentTrouble } = this.host;
    const announcement: ChannelAnnouncement = {
      manifest: this.manifest,
      accounts: [...this.session.accounts],
      ...(this.session.addresses ? { addresses: [...this.session.addresses] } : {}),
      seenAt: new Date().toISOString(),
      ...(lastHeardAt ? { lastHeardAt } : {}),
      ...(currentTrouble ? { trouble: currentTrouble } : {}),
    };
    try {
      const bucket = await this.bus.bucket(CHANNELS_BUCKET);
      await bucket.put(this.manifest.id, JSON.stringify(announcement));
    } catch (error) {
      this.log.warn({ err: error }, 'the channel could not introduce itself: it tries again');
    }
  }
}
